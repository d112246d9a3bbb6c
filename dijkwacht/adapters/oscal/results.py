"""A statement as OSCAL: assessment results, a plan of action for what is not in order, and the organisation as component.

A line is a finding about the objective of its control; a fact is an observation, with the hash of its evidence and never
its content. OSCAL knows satisfied and not satisfied only: our five verdicts stand beside that as a property, and unknown
is not satisfied.
"""

from collections.abc import Iterable, Sequence

from dijkwacht.adapters.oscal.parts import (
    Json,
    back_matter,
    catalog_resources,
    control_id,
    day,
    document,
    identity,
    metadata,
    moment,
    objective_id,
    prop,
    rule_title,
    title_of,
)  # fmt: skip
from dijkwacht.core.catalog import Norms
from dijkwacht.core.facts import Assurance
from dijkwacht.core.statement import EvidenceMark, Statement, StatementLine, UsedFact
from dijkwacht.core.verdict import Status

WORDS = {
    Status.MET: "op orde", Status.PARTLY: "deels op orde", Status.NOT_MET: "niet op orde",
    Status.NOT_APPLICABLE: "niet van toepassing", Status.UNKNOWN: "onbekend",
}  # fmt: skip
OPEN = (Status.NOT_MET, Status.PARTLY)
_STATES = {  # state and reason, by OSCAL's own words
    Status.MET: ("satisfied", "pass"), Status.NOT_APPLICABLE: ("satisfied", "other"),
    Status.PARTLY: ("not-satisfied", "fail"), Status.NOT_MET: ("not-satisfied", "fail"),
    Status.UNKNOWN: ("not-satisfied", "other"),
}  # fmt: skip
_METHODS = {
    Assurance.STATED: "INTERVIEW", Assurance.DOCUMENTED: "EXAMINE", Assurance.MEASURED: "TEST", Assurance.AUDITED: "EXAMINE",
}  # fmt: skip


def assessment_results(statement: Statement, norms: Norms) -> bytes:
    """The statement as assessment results: a finding per line, an observation per fact."""
    lines = statement.lines
    plan = identity("plan", statement.account)
    account = norms.accounts.get(statement.account)
    plan_title = title_of(account.name) if account else statement.account
    controls = dict.fromkeys(control_id(line.requirement) for line in lines)
    selection: Json = (
        {"include-controls": [{"control-id": name} for name in controls]} if controls else {"include-all": {}}
    )
    result: Json = {
        "uuid": identity("result", statement.organisation.slug, statement.id), "title": _title(statement, plan_title),
        "description": f"Stand op {statement.on.isoformat()}, zoals bekend op {statement.known_at.isoformat()}.",
        "start": moment(day(statement.on)), "end": moment(statement.at), "props": _about(statement),
        "reviewed-controls": {"control-selections": [selection]},
    }  # fmt: skip
    result |= _subjects(lines) | _observations(lines)
    if lines:
        result["findings"] = [_finding(line, norms) for line in lines]
    body = {
        "metadata": _head(statement, _title(statement, plan_title)), "import-ap": {"href": f"#{plan}"},
        "results": [result],
    }  # fmt: skip
    resources = [{"uuid": plan, "title": plan_title, "description": "De eisen van deze verantwoording."}]
    return document("assessment-results", body | back_matter([*resources, *_catalogs(lines, norms), *_evidence(lines)]))


def poam(statement: Statement, norms: Norms) -> bytes:
    """A plan of action and milestones: an item per line that is not, or only partly, in order. Never empty, as OSCAL asks."""
    lines = [line for line in statement.lines if line.status in OPEN]
    items = [_item(line, norms) for line in lines] or [_nothing_open(statement)]
    account = norms.accounts.get(statement.account)
    body: Json = {
        "metadata": _head(statement, _title(statement, title_of(account.name) if account else statement.account)),
        "system-id": {"id": statement.organisation.slug},
    }  # fmt: skip
    if subjects := _subjects(lines):
        body["local-definitions"] = subjects["local-definitions"]
    body |= _observations(lines)
    if lines:
        body["findings"] = [_finding(line, norms) for line in lines]
    body["poam-items"] = items
    return document("plan-of-action-and-milestones", body | back_matter([*_catalogs(lines, norms), *_evidence(lines)]))


def component_definition(statement: Statement, norms: Norms) -> bytes:
    """The organisation as a component, with how it meets each requirement that applies to it."""
    lines = [line for line in statement.lines if line.status is not Status.NOT_APPLICABLE]
    resources = catalog_resources(norms, _catalog_names(lines, norms))
    implementations = [
        {
            "uuid": identity("implementation", statement.organisation.slug, statement.id, name),
            "source": f"#{resource['uuid']}", "description": f"Stand op {statement.on.isoformat()}.",
            "implemented-requirements": _implemented(statement, name, lines, norms),
        }
        for name, resource in resources.items()
    ]  # fmt: skip
    component: Json = {
        "uuid": identity("organisation", statement.organisation.slug), "type": "organization",
        "title": statement.organisation.name, "description": f"{statement.organisation.name}, als geheel.",
    }  # fmt: skip
    if implementations:
        component["control-implementations"] = implementations
    body = {
        "metadata": _head(statement, f"{statement.organisation.name}: {statement.account}"),
        "components": [component],
    }
    return document("component-definition", body | back_matter(resources.values()))


def _implemented(statement: Statement, catalog: str, lines: Sequence[StatementLine], norms: Norms) -> list[Json]:
    by_rule: dict[str, list[StatementLine]] = {}
    for line in lines:
        if line.requirement.partition(":")[0] == catalog:
            by_rule.setdefault(line.requirement, []).append(line)
    return [
        {
            "uuid": identity("implemented", statement.organisation.slug, statement.id, name),
            "control-id": control_id(name),
            "description": "; ".join(_sentence(line, norms) for line in mine),
            "props": [prop("verdict", str(line.status), remarks=line.subject) for line in mine],
        }
        for name, mine in by_rule.items()
    ]


def _title(statement: Statement, account: str) -> str:
    return f"{account}, {statement.organisation.name}, {statement.on.isoformat()}"


def _head(statement: Statement, title: str) -> Json:
    head = metadata(title, version=str(statement.number), at=statement.at)
    party = {
        "uuid": identity("organisation", statement.organisation.slug), "type": "organization",
        "name": statement.organisation.name,
    }  # fmt: skip
    return head | {"props": _about(statement), "parties": [party]}


def _about(statement: Statement) -> list[Json]:
    """By what the statement can be found and checked: its id, its account, the packs, and the head of the trail."""
    found = [prop("statement", statement.id), prop("account", statement.account), prop("packs", statement.packs)]
    found += [prop("norm", f"{name} {version}") for name, version in sorted(statement.versions.items())]
    found.append(prop("trail-head", statement.head.hash, remarks=f"seq {statement.head.seq}"))
    signer = statement.signer
    found.append(prop("signed-by", f"{signer.name}, {signer.role}" if signer else "not signed"))
    return found


def _subjects(lines: Iterable[StatementLine]) -> Json:
    """Everything that lines and facts are about, as components of this document."""
    names: dict[str, str] = {}
    for line in lines:
        names.setdefault(line.subject, line.subject_name)
        for fact in line.facts:
            names.setdefault(fact.subject, fact.subject_name)
    components = [
        {
            "uuid": identity("subject", key), "type": "system", "title": name or key, "description": key,
            "status": {"state": "operational"},
        }
        for key, name in sorted(names.items())
    ]  # fmt: skip
    return {"local-definitions": {"components": components}} if components else {}


def _facts(lines: Iterable[StatementLine]) -> list[UsedFact]:
    return list({fact.id: fact for line in lines for fact in line.facts}.values())


def _observations(lines: Iterable[StatementLine]) -> Json:
    found = [_observation(fact) for fact in _facts(lines)]
    return {"observations": found} if found else {}


def _observation(fact: UsedFact) -> Json:
    props = [
        prop("fact", fact.id), prop("fact-type", fact.fact), prop("value", str(fact.value)), prop("origin", fact.origin),
        prop("assurance", fact.assurance.name.lower()), prop("valid-from", fact.valid_from.isoformat()),
    ]  # fmt: skip
    props += [prop("act", str(fact.act)), *([prop("said-by", fact.said_by)] if fact.said_by else [])]
    if fact.inherited_from:
        props.append(prop("inherited-from", fact.inherited_from))
    found: Json = {
        "uuid": identity("fact", fact.id), "title": fact.fact, "description": f"{fact.subject_name}: {fact.fact} = {fact.value}",
        "props": props, "methods": [_METHODS[fact.assurance]], "types": ["control-objective"],
        "subjects": [{"subject-uuid": identity("subject", fact.subject), "type": "component"}],
        "collected": moment(day(fact.last_seen or fact.recorded_at)),
    }  # fmt: skip
    if fact.evidence:
        found["relevant-evidence"] = [
            {"href": f"#{identity('evidence', each.sha256)}", "description": each.name} for each in fact.evidence
        ]
    return found | ({"remarks": fact.explanation} if fact.explanation else {})


def _finding(line: StatementLine, norms: Norms) -> Json:
    state, reason = _STATES[line.status]
    rule = norms.requirements.get(line.requirement)
    title = rule_title(rule) if rule else line.requirement
    found: Json = {
        "uuid": identity("finding", line.requirement, line.subject), "title": title,
        "description": _sentence(line, norms), "props": _line_props(line),
        "target": {
            "type": "objective-id", "target-id": objective_id(line.requirement),
            "status": {"state": state, "reason": reason, "remarks": WORDS[line.status]},
        },
    }  # fmt: skip
    if related := _related(line):
        found["related-observations"] = related
    return found


def _related(line: StatementLine) -> list[Json]:
    return [{"observation-uuid": identity("fact", name)} for name in dict.fromkeys(fact.id for fact in line.facts)]


def _line_props(line: StatementLine) -> list[Json]:
    found = [prop("verdict", str(line.status)), prop("requirement", line.requirement), prop("subject", line.subject)]
    if line.assurance is not None:
        found.append(prop("assurance", line.assurance.name.lower()))
    if line.shown is not None:
        found.append(prop("shown", line.shown.name.lower()))
    if line.stale_at is not None:
        found.append(prop("stale-at", line.stale_at.isoformat()))
    if line.owner:
        found.append(prop("owner", line.owner))
    if line.claim:
        found.append(prop("self-assessment", line.claim))
    return [*found, *(prop("reason", _reason(each.code, each.fact_type, each.requirement)) for each in line.reasons)]


def _reason(code: str, fact_type: str | None, requirement: str | None) -> str:
    return " ".join(each for each in (code, fact_type, requirement) if each)


def _sentence(line: StatementLine, norms: Norms) -> str:
    rule = norms.requirements.get(line.requirement)
    number = rule.number if rule else line.requirement
    subject = f" ({line.subject_name})" if rule is not None and rule.subject != "organisation" else ""
    return f"{number}{subject}: {WORDS[line.status]}"


def _item(line: StatementLine, norms: Norms) -> Json:
    rule = norms.requirements.get(line.requirement)
    found: Json = {
        "uuid": identity("poam-item", line.requirement, line.subject),
        "title": rule_title(rule) if rule else line.requirement,
        "description": _sentence(line, norms), "props": _line_props(line),
        "related-findings": [{"finding-uuid": identity("finding", line.requirement, line.subject)}],
    }  # fmt: skip
    if related := _related(line):
        found["related-observations"] = related
    return found


def _nothing_open(statement: Statement) -> Json:
    words = "Geen regel van deze verklaring is niet of deels op orde."
    return {"uuid": identity("poam-item", "none", statement.id), "title": "Geen open punten", "description": words}


def _catalog_names(lines: Iterable[StatementLine], norms: Norms) -> list[str]:
    names = dict.fromkeys(line.requirement.partition(":")[0] for line in lines)
    return [name for name in names if name in norms.catalogs]


def _catalogs(lines: Iterable[StatementLine], norms: Norms) -> list[Json]:
    return list(catalog_resources(norms, _catalog_names(lines, norms)).values())


def _evidence(lines: Iterable[StatementLine]) -> list[Json]:
    """The files behind the facts: name, size and hash, never the content."""
    marks = {mark.sha256: mark for fact in _facts(lines) for mark in fact.evidence}
    return [_file(mark) for mark in marks.values()]


def _file(mark: EvidenceMark) -> Json:
    props = [prop("size", str(mark.size))]
    if mark.made_on is not None:
        props.append(prop("made-on", mark.made_on.isoformat()))
    link = {
        "href": f"urn:sha256:{mark.sha256}", "media-type": mark.media_type,
        "hashes": [{"algorithm": "SHA-256", "value": mark.sha256}],
    }  # fmt: skip
    return {"uuid": identity("evidence", mark.sha256), "title": mark.name, "props": props, "rlinks": [link]}
