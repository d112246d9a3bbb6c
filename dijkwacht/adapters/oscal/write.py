"""Our norms and statements as OSCAL 1.2: canonical JSON, the same bytes for the same content, with ids that follow from it.

Of norms only numbers and our own titles go out: official texts are protected, and are not ours to give.
"""

from dijkwacht.adapters.oscal.parts import (
    Json,
    back_matter,
    catalog_resources,
    control_id,
    day,
    document,
    identity,
    metadata,
    objective_id,
    prop,
    rule_title,
    title_of,
    token,
)  # fmt: skip
from dijkwacht.adapters.oscal.results import assessment_results, component_definition, poam
from dijkwacht.core.catalog import Account, Catalog, Norms, Withdrawn
from dijkwacht.core.framework import Map
from dijkwacht.core.relations import derived

__all__ = [
    "assessment_results", "catalog", "component_definition", "mapping_collection", "poam", "profile",
]  # fmt: skip


def catalog(norms: Norms, catalog_id: str) -> bytes:
    """One of our norms as a catalog: a group per theme, a control per requirement. Raises KeyError."""
    found = norms.catalogs[catalog_id]
    groups = []
    for name in dict.fromkeys(rule.theme for rule in found.requirements.values()):
        controls = [_control(found, rule.id) for rule in found.requirements.values() if rule.theme == name]
        title = title_of(found.themes.get(name, {})) if name else title_of(found.name)
        groups.append({"id": token(f"{found.id}-{name or 'lines'}"), "title": title, "controls": controls})
    gone = [_gone(each, found) for each in found.withdrawn.values()]
    if gone:
        groups.append({"id": token(f"{found.id}-withdrawn"), "title": "Vervallen en verplaatst", "controls": gone})
    remarks = f"Numbers and own titles only; the text of the norm is not included. Source: {found.source}"
    head = metadata(title_of(found.name), version=found.version, at=day(found.valid_from), remarks=remarks)
    head["props"] = [prop("catalog", found.id), prop("valid-from", found.valid_from.isoformat())]
    return document("catalog", {"metadata": head, "groups": groups})


def _control(found: Catalog, name: str) -> Json:
    rule = found.requirements[name]
    props = [prop("label", rule.number, own=False), prop("requirement", rule.id), prop("subject", rule.subject)]
    if rule.basis:
        props.append(prop("basis", rule.basis))
    if english := rule.title.get("en"):
        props.append(prop("title-en", english))
    objective = {"id": objective_id(name), "name": "assessment-objective", "prose": rule_title(rule)}
    return {"id": control_id(name), "title": rule_title(rule), "props": props, "parts": [objective]}


def _gone(each: Withdrawn, found: Catalog) -> Json:
    props = [prop("label", each.id.partition(":")[2] or each.id, own=False), prop("status", "withdrawn", own=False)]
    control: Json = {
        "id": control_id(each.id),
        "title": title_of(each.title),
        "props": [*props, prop("kind", each.kind)],
    }
    if each.moved_to and each.moved_to in {**found.requirements, **found.withdrawn}:
        control["links"] = [{"href": f"#{control_id(each.moved_to)}", "rel": "moved-to"}]
    return control


def profile(norms: Norms, account: Account) -> bytes:
    """What an account asks, as a profile over our catalogs."""
    by_catalog: dict[str, list[str]] = {}
    for name in account.requirements:
        if name in norms.requirements:
            by_catalog.setdefault(name.partition(":")[0], []).append(control_id(name))
    resources = catalog_resources(norms, by_catalog)
    imports = [
        {"href": f"#{resources[name]['uuid']}", "include-controls": [{"with-ids": ids}]}
        for name, ids in by_catalog.items()
    ]
    newest = max(norms.catalogs[name].valid_from for name in by_catalog)
    head = metadata(title_of(account.name), version=newest.isoformat(), at=day(newest))
    head["props"] = [prop("account", account.id), prop("complete", "yes" if account.complete else "no")]
    body = {"metadata": head, "imports": imports, "merge": {"as-is": True}}
    return document("profile", body | back_matter(resources.values()))


def mapping_collection(norms: Norms, *, source: str, target: str) -> bytes | None:
    """How one of our norms relates to another, as their criteria give it; None when they have nothing in common."""
    maps = derived(norms, source=source, target=target)
    if not maps:
        return None
    resources = catalog_resources(norms, (source, target))
    one, other = norms.catalogs[source], norms.catalogs[target]
    mapping = {
        "uuid": identity("mapping", one.id, one.version, other.id, other.version),
        "source-resource": {"type": "catalog", "href": f"#{resources[source]['uuid']}"},
        "target-resource": {"type": "catalog", "href": f"#{resources[target]['uuid']}"},
        "maps": [_map(each, norms) for each in maps],
    }
    provenance = {
        "method": "automation", "matching-rationale": "functional", "status": "complete",
        "mapping-description": (
            "Derived from the criteria of both norms: a line that leans on another, or lines that read the same facts."
        ),
    }  # fmt: skip
    newest = max(one.valid_from, other.valid_from)
    title = f"{title_of(one.name)} → {title_of(other.name)}"
    head = metadata(title, version=f"{one.version}-{other.version}", at=day(newest))
    body = {"metadata": head, "provenance": provenance, "mappings": [mapping]}
    return document("mapping-collection", body | back_matter(resources.values()))


def _map(each: Map, norms: Norms) -> Json:
    sides = [
        [{"type": "control", "id-ref": control_id(name)} for name in names] for names in (each.sources, each.targets)
    ]
    found: Json = {
        "uuid": identity("map", *(_versioned(name, norms) for name in (*each.sources, *each.targets))),
        "relationship": str(each.relation), "sources": sides[0], "targets": sides[1],
    }  # fmt: skip
    return found | ({"remarks": f"Shared facts: {each.remarks}"} if each.remarks else {})


def _versioned(name: str, norms: Norms) -> str:
    return f"{name}@{norms.catalogs[name.partition(':')[0]].version}"
