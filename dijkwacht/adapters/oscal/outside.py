"""What was measured from the outside as OSCAL assessment results: an observation per name and check, and a finding for each.

A finding is about what one check asks of one name. OSCAL knows satisfied and not satisfied only: the word, and that of
internet.nl and of each edition of the guidelines, stand beside that as properties.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dijkwacht.adapters.oscal.parts import Json, back_matter, document, identity, metadata, moment, prop, token

NOT_SATISFIED = frozenset({"failed", "warning"})


@dataclass(frozen=True, slots=True)
class Seen:
    """The word of a check on a name. ``law``, ``norm``: by the two editions, empty where a check knows no editions."""

    name: str
    area: str
    check: str
    title: str
    word: str
    peer: str
    law: str
    norm: str
    since: datetime
    seen_at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Outside:
    """All that stands at a moment."""

    slug: str
    organisation: str
    at: datetime
    policy: str
    rows: Sequence[Seen]


def assessment_results(outside: Outside) -> bytes:
    """The standing words as assessment results; valid without any row too."""
    title = f"Buitenkant, {outside.organisation}, {outside.at.date().isoformat()}"
    plan = identity("outside-plan", outside.policy)
    party = {"uuid": identity("organisation", outside.slug), "type": "organization", "name": outside.organisation}
    names = sorted({row.name for row in outside.rows})
    result: Json = {
        "uuid": identity("outside", outside.slug, outside.at.isoformat()), "title": title,
        "description": "Wat van buitenaf is gemeten, zoals het nu staat.",
        "start": moment(min((row.seen_at for row in outside.rows), default=outside.at)), "end": moment(outside.at),
        "props": [prop("policy", outside.policy)], "reviewed-controls": {"control-selections": [{"include-all": {}}]},
    }  # fmt: skip
    if names:
        result["local-definitions"] = {"components": [_component(outside.slug, name) for name in names]}
        result["observations"] = [_observation(outside.slug, row) for row in outside.rows]
        result["findings"] = [_finding(outside.slug, row) for row in outside.rows]
    head = metadata(title, version=outside.policy, at=outside.at) | {"parties": [party]}
    body = {"metadata": head, "import-ap": {"href": f"#{plan}"}, "results": [result]}
    resource = {"uuid": plan, "title": "Meting van de buitenkant", "description": "De controles van Dijkwacht."}
    return document("assessment-results", body | back_matter([resource]))


def _component(slug: str, name: str) -> Json:
    return {
        "uuid": identity("outside-name", slug, name), "type": "service", "title": name, "description": name,
        "status": {"state": "operational"},
    }  # fmt: skip


def _observation(slug: str, row: Seen) -> Json:
    props = [prop("check", f"{row.area}.{row.check}"), prop("word", row.word), prop("internet.nl", row.peer)]
    props += [prop(name, word) for name, word in (("law", row.law), ("norm", row.norm)) if word]
    props.append(prop("since", moment(row.since)))
    return {
        "uuid": identity("outside-seen", slug, row.name, row.area, row.check), "title": row.title,
        "description": f"{row.name}: {row.area}.{row.check} = {row.word}", "props": props, "methods": ["TEST"],
        "types": ["finding" if row.word in NOT_SATISFIED else "control-objective"],
        "subjects": [{"subject-uuid": identity("outside-name", slug, row.name), "type": "component"}],
        "collected": moment(row.seen_at), "remarks": row.source or "–",
    }  # fmt: skip


def _finding(slug: str, row: Seen) -> Json:
    wrong = row.word in NOT_SATISFIED
    state = {"state": "not-satisfied", "reason": "fail"} if wrong else {"state": "satisfied", "reason": "pass"}
    return {
        "uuid": identity("outside-finding", slug, row.name, row.area, row.check), "title": row.title,
        "description": f"{row.name}: {row.title}", "props": [prop("word", row.word)],
        "target": {"type": "objective-id", "target-id": token(f"{row.area}-{row.check}"), "status": state},
        "related-observations": [{"observation-uuid": identity("outside-seen", slug, row.name, row.area, row.check)}],
    }  # fmt: skip
