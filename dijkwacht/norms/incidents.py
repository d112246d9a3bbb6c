"""What the packs say of an incident beside its clocks, read strictly: `norms/incidents`, thresholds, receivers, forms, kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast, get_args

from dijkwacht.core.reporting import Channel, Duty, FieldKind, Form, FormField, Party, Section
from dijkwacht.core.significance import Significance
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.incidents_scenarios import Scenario, read_scenarios
from dijkwacht.norms.incidents_significance import read_significance
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, known, rows

FOLDER = "incidents"
FIELD_KINDS: tuple[FieldKind, ...] = get_args(FieldKind)
CAPACITIES = ("csirt", "authority", "critical_authority", "data_authority", "register")
_TO = (*CAPACITIES, "requester")
_FIELD_KEYS = ("label", "kind", "choices", "required_by", "from", "help")
Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class IncidentClass:
    """A class of the taxonomy with its types."""

    id: str
    name: Mapping[str, str]
    types: Texts


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The kinds of incidents. ``tag`` is how other tools write one."""

    namespace: str
    version: int
    source: str
    classes: tuple[IncidentClass, ...]

    def tag(self, name: str, kind: str) -> str:
        """``rsit:availability="ddos"``, the machine tag of a type."""
        return f'{self.namespace}:{name}="{kind}"'


@dataclass(frozen=True, slots=True)
class Incidents:
    """All of it. ``duties`` count by their period; ``intended`` never do: they say what is to come."""

    significance: Significance
    roles: Texts
    parties: Mapping[str, Party]
    duties: tuple[Duty, ...]
    intended: tuple[Duty, ...]
    attributes: Texts
    forms: Mapping[str, Form]
    taxonomy: Taxonomy
    causes: Texts
    detections: Texts
    scenarios: Mapping[str, Scenario]


@dataclass(slots=True)
class _Pack:
    root: Path
    problems: list[Problem] = field(default_factory=list)

    def file(self, name: str) -> Fields:
        """One file as fields; empty when it cannot be read."""
        return fields_of(self.root, f"{FOLDER}/{name}", name, self.problems)


def read_incidents(root: Path, *, clocks: Mapping[str, object]) -> Incidents:
    """All of it, checked; ``clocks``: those that there are. Raises PackErrors with file and line of everything that is wrong."""
    pack = _Pack(root)
    who, kinds, papers = pack.file("receivers.yaml"), pack.file("rsit.yaml"), pack.file("forms.yaml")
    who.only(("roles", "parties", "receivers", "intended"))
    roles, parties = _texts(who, "roles"), _parties(who)
    duties = _duties(who, "receivers", roles, parties)
    intended = _duties(who, "intended", roles, parties)
    taxonomy = _taxonomy(kinds)
    causes, detections = _values(kinds, "causes"), _values(kinds, "detections")
    papers.only(("attributes", "forms"))
    attributes = _texts(papers, "attributes")
    found = Incidents(
        read_significance(pack.file("significance.yaml"), roles=roles), roles, parties, duties, intended, attributes,
        _forms(papers, attributes, clocks), taxonomy, causes, detections, read_scenarios(pack.file("scenarios.yaml")),
    )  # fmt: skip
    if pack.problems:
        raise PackErrors(sorted(set(pack.problems)))
    return found


def _texts(fields: Fields, key: str) -> Texts:
    part = fields.nested(key)
    if not part.data:
        fields.wrong(key, f"{key} is missing")
    return {name: part.both(name, needed=True) for name in part.data}


def _parties(fields: Fields) -> Mapping[str, Party]:
    found = {}
    for row in rows(fields, "parties", keys=("name", "channels", "source", "uncertain")):
        channels = tuple(
            Channel(each.text("id"), each.text("address", needed=True), each.both("what", needed=True))
            for each in rows(row, "channels", keys=("address", "what"))
        )
        name, source = row.both("name", needed=True), row.text("source", needed=True)
        found[row.text("id")] = Party(row.text("id"), name, channels, source, row.both("uncertain"))
    return found


def _duties(fields: Fields, key: str, roles: Texts, parties: Mapping[str, Party]) -> tuple[Duty, ...]:
    """Rows with a period (those intended have none); no role has two parties in one capacity on one day."""
    found: list[Duty] = []
    dated = ("since", "until") if key == "receivers" else ()
    for row in rows(fields, key, keys=("roles", "as", "party", "source", "uncertain", *dated)):
        since, until = row.day("since"), row.day("until")
        if dated and since is None:
            row.wrong("since", "since is missing")
        if since and until and until <= since:
            row.wrong("until", "until must be after since")
        duty = Duty(
            row.text("id"), all_known(row, "roles", roles), row.one_of("as", CAPACITIES, CAPACITIES[0]),
            known(row, "party", parties), since or date.min, until, row.text("source", needed=True), row.both("uncertain"),
        )  # fmt: skip
        for other in found if dated else ():
            if _overlap(duty, other):
                row.wrong("roles", f"{other.id} names someone for the same role on the same day")
        found.append(duty)
    return tuple(found)


def _overlap(one: Duty, other: Duty) -> bool:
    same = one.as_what == other.as_what and not set(one.roles).isdisjoint(other.roles)
    return same and one.since < (other.until or date.max) and other.since < (one.until or date.max)


def _taxonomy(fields: Fields) -> Taxonomy:
    fields.only(("namespace", "version", "source", "classes", "causes", "detections"))
    version = fields.data.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        fields.wrong("version", "version must be a whole number")
        version = 0
    classes = []
    for row in rows(fields, "classes", keys=("name", "types")):
        types = {each.text("id"): each.both("name", needed=True) for each in rows(row, "types", keys=("name",))}
        classes.append(IncidentClass(row.text("id"), row.both("name", needed=True), types))
    namespace = fields.text("namespace", needed=True)
    return Taxonomy(namespace, version, fields.text("source", needed=True), tuple(classes))


def _values(fields: Fields, key: str) -> Texts:
    part = fields.nested(key)
    part.only(("source", "values"))
    part.text("source", needed=True)
    return {row.text("id"): row.both("name", needed=True) for row in rows(part, "values", keys=("name",))}


def _forms(fields: Fields, attributes: Texts, clocks: Mapping[str, object]) -> Mapping[str, Form]:
    found = {}
    used: set[str] = set()
    for row in rows(fields, "forms", keys=("name", "clock", "to", "source", "uncertain", "sections")):
        sections, seen = [], set[str]()
        for part in rows(row, "sections", keys=("name", "fields")):
            items = [_field(each, attributes, seen) for each in rows(part, "fields", keys=_FIELD_KEYS)]
            used |= {item.from_attribute for item in items if item.from_attribute}
            sections.append(Section(part.text("id"), part.both("name", needed=True), tuple(items)))
        found[row.text("id")] = Form(
            row.text("id"), row.both("name", needed=True), known(row, "clock", clocks), all_known(row, "to", _TO),
            tuple(sections), row.text("source", needed=True), row.both("uncertain"),
        )  # fmt: skip
    for name in attributes:
        if name not in used:
            fields.nested("attributes").wrong(name, f"no form asks {name}")
    return found


def _field(row: Fields, attributes: Texts, seen: set[str]) -> FormField:
    name = row.text("id")
    if name in seen:
        row.wrong("id", f"{name} stands in this form twice")
    seen.add(name)
    kind = cast(FieldKind, row.one_of("kind", FIELD_KINDS, "text"))
    choices = known(row, "choices", ("rsit", "causes", "detections"), needed=False)
    if (kind == "choice") != bool(choices):
        row.wrong("choices", "a choice has choices, and nothing else has")
    source = known(row, "from", attributes, needed=False) or None
    return FormField(
        name, row.both("label", needed=True), kind, source, row.text("required_by"), choices, row.both("help")
    )
