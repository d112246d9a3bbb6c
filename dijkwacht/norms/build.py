"""From the text of a pack to fact types, requirements and catalogs. What is wrong is noted, with its line."""

import re
from collections.abc import Iterator, Mapping

from dijkwacht.core.catalog import Catalog, Requirement, Withdrawn
from dijkwacht.core.criteria import Node
from dijkwacht.core.criterion_form import CriterionError, parse
from dijkwacht.core.facts import SUBJECT_KINDS, VALUE_KINDS, Assurance, FactType, Shows
from dijkwacht.norms.fields import Fields
from dijkwacht.norms.problems import Problem
from dijkwacht.norms.text import Document

ANSWERED_BY = (
    "ciso", "process_owner", "it_manager", "hr", "procurement", "facility", "privacy_officer", "secretary",
    "crisis_adviser", "supplier_manager", "developer_lead",
)  # fmt: skip
PROOF = tuple(level.name.lower() for level in Assurance)
SHOWS = tuple(level.name.lower() for level in Shows)
MAY_NOT_HAPPEN = (
    "yes_no",
    "date",
    "count",
    "percentage",
)  # kinds of value for which "nothing happened" means something
KINDS = ("moved", "withdrawn", "referral", "no_measure")
FACT_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
REQUIREMENT_ID = re.compile(r"[a-z0-9_]+:[A-Za-z0-9/_.]+")
SOURCE = re.compile(r"(perimeter|register):[a-z_]+|incidents|exercises|people|advisories")
FACT_KEYS = (
    "id", "subject", "value", "refers_to", "question", "labels", "help", "shelf_life", "proof", "shows", "answered_by",
    "measured_by", "may_not_happen", "never",
)  # fmt: skip
REQUIREMENT_KEYS = ("title", "number", "theme", "basis", "subject", "applies_if", "met_if", "shows", "uncertain")


def fact_types(
    document: Document, problems: list[Problem], *, theme: str, strict: bool
) -> Iterator[tuple[FactType, int]]:
    """Every fact type of a file with its line."""
    if not isinstance(document.value, list):
        problems.append(document.problem(1, "a list of fact types was expected"))
        return
    for i, data in enumerate(document.value):
        line = document.line(document.value, i)
        if not isinstance(data, dict) or not isinstance(data.get("id"), str):
            problems.append(document.problem(line, "a fact type with an id was expected"))
        else:
            yield _fact_type(Fields(document, data, data["id"], problems, strict), theme), line


def _fact_type(fields: Fields, theme: str) -> FactType:
    fields.only(FACT_KEYS)
    subject = fields.one_of("subject", SUBJECT_KINDS, "organisation")
    value, choices = _value(fields)
    shelf_life = fields.duration("shelf_life")
    if value == "date" and shelf_life is not None:
        fields.wrong("shelf_life", "a date fact has no shelf life; its criterion says within")
    if value not in MAY_NOT_HAPPEN and fields.data.get("may_not_happen") is True:
        fields.wrong("may_not_happen", f"may_not_happen goes with {', '.join(MAY_NOT_HAPPEN)}")
    if value != "date" and "never" in fields.data:
        fields.wrong("never", "never goes with a date")
    if fields.strict:
        _strict_fact(fields, subject, value)
    shows = fields.words("shows", ["existence"])
    if not shows or set(shows) - set(SHOWS):
        fields.wrong("shows", f"shows is a list out of {', '.join(SHOWS)}")
        shows = ("existence",)
    return FactType(
        id=fields.data["id"], subject=subject, value=value, choices=choices, shelf_life=shelf_life, theme=theme,
        refers_to=fields.text("refers_to") or None,
        question=fields.both("question", needed=True), help=fields.both("help"), labels=_labels(fields, choices),
        proof=Assurance[fields.one_of("proof", PROOF, "stated").upper()],
        shows=frozenset(Shows[word.upper()] for word in shows),
        answered_by=fields.text("answered_by", "ciso"), measured_by=fields.text("measured_by") or None,
        may_not_happen=fields.flag("may_not_happen", not fields.strict and value in MAY_NOT_HAPPEN),
        may_be_never=fields.flag("never", True),
    )  # fmt: skip


def _value(fields: Fields) -> tuple[str, tuple[str, ...]]:
    """The value kind and, of a choice, the choices."""
    value = fields.data.get("value")
    if isinstance(value, dict):
        choices = fields.nested("value").words("choice")
        if set(value) != {"choice"} or len(set(choices)) < max(len(choices), 1):
            fields.wrong("value", "a choice is {choice: [..]} with different words")
        return "choice", choices
    if value not in VALUE_KINDS or value == "choice":
        fields.wrong("value", f"unknown value {value!r:.40}")
        return "yes_no", ()
    return str(value), ()


def _strict_fact(fields: Fields, subject: str, value: str) -> None:
    """What a pack of the house must keep to, beyond what the engine needs."""
    fact_id = fields.data["id"]
    if not FACT_ID.fullmatch(fact_id):
        fields.wrong("id", "an id is dotted, in small letters")
    if subject != "organisation" and not fact_id.startswith(f"{subject}."):
        fields.wrong("id", f"the id of a fact about a {subject} starts with it")
    if (value == "reference") != (fields.data.get("refers_to") in SUBJECT_KINDS):
        fields.wrong("refers_to", "refers_to goes with a reference and names a kind of subject")
    for key in ("subject", "value", "proof", "shows", "answered_by"):
        if key not in fields.data:
            fields.wrong(None, f"{key} is missing")
    if "answered_by" in fields.data:
        fields.one_of("answered_by", ANSWERED_BY, "ciso")
    if fields.data.get("measured_by") and not SOURCE.fullmatch(fields.text("measured_by")):
        fields.wrong("measured_by", f"unknown source {fields.data['measured_by']}")


def _labels(fields: Fields, choices: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    labels = fields.nested("labels")
    if fields.strict and set(labels.data) != set(choices):
        fields.wrong("labels", "every choice has a label, and nothing else has")
    return {choice: labels.languages(choice, label) for choice, label in labels.data.items()}


def requirements(document: Document, problems: list[Problem], *, strict: bool) -> Iterator[tuple[Requirement, int]]:
    """Every requirement of a file with its line."""
    if not isinstance(document.value, dict):
        problems.append(document.problem(1, "a map of requirement to criterion was expected"))
        return
    for name, data in document.value.items():
        line = document.line(document.value, name)
        if strict and not REQUIREMENT_ID.fullmatch(name):
            problems.append(document.problem(line, f"{name}: an id is norm:number"))
        if not isinstance(data, dict) or "met_if" not in data:
            problems.append(document.problem(line, f"{name}: a criterion with met_if was expected"))
            continue
        fields = Fields(document, data, name, problems, strict)
        met_if = _criterion(fields, "met_if")
        applies_if = _criterion(fields, "applies_if") if "applies_if" in data else None
        if met_if is not None:
            yield _requirement(fields, met_if, applies_if), line


def _criterion(fields: Fields, key: str) -> Node | None:
    try:
        return parse(fields.data[key], where=key)
    except CriterionError as error:
        fields.wrong_at(error.where, f"{error.where}: {error.message}")
        return None


def _requirement(fields: Fields, met_if: Node, applies_if: Node | None) -> Requirement:
    fields.only(REQUIREMENT_KEYS)
    return Requirement(
        id=fields.what, met_if=met_if, applies_if=applies_if,
        subject=fields.one_of("subject", SUBJECT_KINDS, "organisation"),
        shows=Shows[fields.one_of("shows", SHOWS, "existence").upper()],
        title=fields.both("title", needed=True), basis=fields.text("basis"), uncertain=fields.both("uncertain"),
        theme=fields.text("theme", needed=fields.strict), label=fields.text("number"),
    )  # fmt: skip


def catalog(document: Document, own: Mapping[str, Requirement], problems: list[Problem]) -> Catalog | None:
    """The catalog that the document describes, with its requirements; None when it has no id or first day."""
    if not isinstance(document.value, dict):
        problems.append(document.problem(1, "a catalog was expected"))
        return None
    fields = Fields(document, document.value, "catalog", problems, strict=True)
    fields.only(
        ("id", "version", "name", "valid_from", "valid_to", "source", "uncertain", "themes", "withdrawn", "short")
    )
    name, valid_from = fields.text("id", needed=True), fields.day("valid_from")
    if valid_from is None:
        fields.wrong("valid_from", "valid_from is missing")
        return None
    themes = fields.nested("themes")
    return Catalog(
        id=name, version=fields.text("version", needed=True), name=fields.both("name", needed=True),
        valid_from=valid_from, valid_to=fields.day("valid_to"), source=fields.text("source", needed=True),
        requirements=own, withdrawn=dict(_withdrawn(fields, name, own)), uncertain=fields.both("uncertain"),
        themes={theme: themes.languages(theme, label) for theme, label in themes.data.items()},
        short=fields.both("short"),
    )  # fmt: skip


def _withdrawn(fields: Fields, catalog_id: str, own: Mapping[str, Requirement]) -> Iterator[tuple[str, Withdrawn]]:
    listed = fields.nested("withdrawn")
    for number in listed.data:
        entry = listed.nested(number)
        entry.only(("kind", "moved_to", "title", "not_in_text"))
        kind, moved = entry.one_of("kind", KINDS, "withdrawn"), entry.text("moved_to")
        full = f"{catalog_id}:{number}"
        if full in own:
            listed.wrong(number, f"{number} is withdrawn and has a criterion too")
        target = f"{catalog_id}:{moved}" if moved else None
        if target and target not in own and not entry.flag("not_in_text", False):
            listed.wrong(number, f"{number} moved to {moved}, which is no requirement")
        if (kind in ("moved", "referral")) != bool(moved):
            listed.wrong(number, f"{number}: moved_to goes with moved and referral")
        yield full, Withdrawn(full, kind, entry.both("title", needed=True), target)
