"""From the text of a pack to accounts: who is accounted to, for what, and with what demand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dijkwacht.core.catalog import Account, Demand
from dijkwacht.core.facts import SUBJECT_KINDS, Assurance, Shows
from dijkwacht.norms.build import PROOF, SHOWS
from dijkwacht.norms.fields import Fields
from dijkwacht.norms.problems import Problem
from dijkwacht.norms.text import Document

ABOUT = ("reference_date", "deadline", "signer", "legal_basis", "source", "uncertain", "publication")
LINE_TEXTS = ("name", "supervisor", "accountability", "assurance", "deadline")
ACCOUNT_KEYS = ("id", "name", "addressee", "per", "requirements", "demand", "complete", *ABOUT)


def accounts(document: Document, known: Iterable[str], problems: list[Problem]) -> Iterator[Account]:
    """Every account, with the requirements its patterns name among those known."""
    known = tuple(known)
    listed = document.value.get("accounts") if isinstance(document.value, dict) else None
    if not isinstance(listed, list):
        problems.append(document.problem(1, "a list of accounts was expected"))
        return
    for i, data in enumerate(listed):
        if not isinstance(data, dict) or not isinstance(data.get("id"), str):
            problems.append(document.problem(document.line(listed, i), "an account with an id was expected"))
        else:
            yield _account(Fields(document, data, data["id"], problems, strict=True), known)


def _account(fields: Fields, known: tuple[str, ...]) -> Account:
    fields.only(ACCOUNT_KEYS)
    for key in ("legal_basis", "source", "signer", "deadline", "reference_date"):
        if key not in fields.data:
            fields.wrong(None, f"{key} is missing")
    named = [name for pattern in fields.words("requirements") for name in _matching(fields, pattern, known)]
    requirements = tuple(dict.fromkeys(named))
    about: dict[str, Any] = {key: fields.data[key] for key in ABOUT if key in fields.data}
    if "uncertain" in fields.data:
        fields.both("uncertain")
    if assurance_by := fields.nested("demand").both("assurance_by"):
        about["assurance_by"] = assurance_by
    return Account(
        id=fields.data["id"], name=fields.both("name", needed=True), addressee=fields.both("addressee", needed=True),
        requirements=requirements, demand=_demand(fields.nested("demand"), requirements),
        per=fields.one_of("per", SUBJECT_KINDS, "organisation"), complete=fields.flag("complete", True), about=about,
    )  # fmt: skip


def _matching(fields: Fields, pattern: str, known: tuple[str, ...]) -> list[str]:
    form = re.compile(re.escape(pattern).replace(r"\*", ".*"))
    names = [name for name in known if form.fullmatch(name)]
    if not names:
        fields.wrong("requirements", f"{pattern} names no requirement")
    return names


def _demand(fields: Fields, requirements: tuple[str, ...]) -> Demand:
    fields.only(("least_assurance", "assurance_by", "shows", "operation_for", "comparable_event"))
    shows = fields.one_of("shows", (*SHOWS, "per_requirement"), "design")
    operation_for = fields.words("operation_for")
    for name in operation_for:
        if name not in requirements:
            fields.wrong("operation_for", f"{name} is not in this account")
    return Demand(
        least_assurance=Assurance[fields.one_of("least_assurance", PROOF, "stated").upper()],
        shows=None if shows == "per_requirement" else Shows[shows.upper()],
        operation_for=frozenset(operation_for),
        comparable_event=fields.flag("comparable_event", False),
    )


def ensia_lines(
    document: Document, known: Mapping[str, Account], problems: list[Problem]
) -> tuple[Mapping[str, Any], ...]:
    """Every line of ENSIA as it stands in the file, with what the packs hold of it."""
    listed = document.value.get("ensia_lines", []) if isinstance(document.value, dict) else []
    lines = []
    for i, data in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(data, dict):
            problems.append(document.problem(document.line(listed, i), "a line of ENSIA was expected"))
            continue
        fields = Fields(document, data, f"ENSIA line {data.get('line')}", problems, strict=True)
        fields.only(("line", "account", "status", "source", *LINE_TEXTS, "to_verify", "instead"))
        fields.text("line", needed=True)
        fields.text("source", needed=True)
        status = fields.one_of("status", ("in_pack", "incomplete", "not_in_pack"), "not_in_pack")
        account = data.get("account")
        if account not in known if status != "not_in_pack" else account is not None:
            fields.wrong("account", "account goes with in_pack and incomplete, and names an account")
        for key in LINE_TEXTS:
            fields.both(key, needed=True)
        fields.both("to_verify")
        fields.both("instead")  # not needed here: the packs that are kept with older statements have none
        lines.append(data)
    return tuple(lines)
