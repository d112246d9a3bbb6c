"""The powers of the packs: `norms/powers`. Questions, reasons, rules and their words, read strictly and checked when read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import cast

from dijkwacht.core.powers import (
    BY_RULE,
    NO,
    STATUSES,
    YES,
    FollowUp,
    Limits,
    Power,
    Question,
    Reason,
    Status,
)
from dijkwacht.norms.clocks import read_clocks
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.powers_expressions import Asked, read_expression
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, known, rows, table

ROOT = Path(__file__).resolve().parent
FOLDER = "powers"
FILES = ("words.yaml", "facts.yaml", "reasons.yaml", "rules.yaml", "listed.yaml")
MOMENTS = ("decided", "published", "begins")
ONLINE = ("yes", "no", "disputed")
NOBODY = "nobody"
_POWER = (
    "name", "kind", "holder", "basis", "valid_from", "valid_to", "status", "needs", "forbids", "limits", "follow_up",
    "rights", "lighter", "addressee", "disputed", "note", "source", "uncertain", "checked_on", "state",
)  # fmt: skip
_LIMITS = ("duration", "territory", "signed_by", "mandate", "before", "deviates_from_law", "never_from")
_LISTED = ("name", "holder", "basis", "condition", "online", "note", "source", "uncertain")
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A power that is told of and has no rule: it counts in no outcome. ``online``: whether it reaches what is online."""

    id: str
    name: Texts
    holder: str
    basis: str
    condition: Texts
    online: str
    source: str
    note: Texts
    uncertain: Texts


@dataclass(frozen=True, slots=True)
class Road:
    """A way that is always there with a call online. ``assume``: with which answers its powers are looked at."""

    id: str
    name: Texts
    powers: tuple[str, ...]
    assume: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Powers:
    """All that the packs say of powers. ``starts``: which moment of a decision is the event that a clock starts on."""

    as_of: date
    digest: str
    groups: Mapping[str, Texts]
    questions: Mapping[str, Question]
    reasons: Mapping[str, Reason]
    powers: Mapping[str, Power]
    roads: Mapping[str, Road]
    starts: Mapping[str, str]
    listed: Mapping[str, Listed]
    parties: Mapping[str, Texts]
    rights: Mapping[str, Texts]
    kinds: Mapping[str, Texts]
    mandates: Mapping[str, Texts]

    @property
    def version(self) -> str:
        """How a decision names the pack that it was weighed with."""
        return f"{self.as_of.isoformat()} {self.digest[:12]}"


@dataclass(frozen=True, slots=True)
class _Words:
    parties: Mapping[str, Texts]
    rights: Mapping[str, Texts]
    kinds: Mapping[str, Texts]
    mandates: Mapping[str, Texts]


def read_powers(root: Path, *, clocks: Mapping[str, object]) -> Powers:
    """All of it, checked. Raises PackErrors with file and line of everything that is wrong; ``clocks``: those there are."""
    problems: list[Problem] = []
    files = {name: fields_of(root, f"{FOLDER}/{name}", name, problems) for name in FILES}
    if problems:
        raise PackErrors(sorted(set(problems)))
    words = _words(files["words.yaml"])
    groups, questions = _questions(files["facts.yaml"], words)
    asked = Asked(questions)
    reasons = _reasons(files["reasons.yaml"], asked)
    top = files["rules.yaml"]
    top.only(("as_of", "roads", "starts", "powers"))
    powers = {
        name: _power(name, row, words=words, reasons=reasons, clocks=clocks, asked=asked)
        for name, row in table(top, "powers", keys=_POWER)
    }
    for name, row in table(top, "powers", keys=_POWER):
        _check_power(row, powers[name], powers)
    _check_used(files, questions, reasons, powers, asked)
    listed = {each.id: each for each in (_listed(row, words) for row in _listed_rows(files["listed.yaml"]))}
    roads, starts, as_of = _roads(top, powers, questions), _starts(top), top.day("as_of")
    if as_of is None:
        top.wrong("as_of", "as_of is missing")
    if problems:
        raise PackErrors(sorted(set(problems)))
    return Powers(
        as_of or date.min, _digest(root), groups, questions, reasons, powers, roads, starts, listed, words.parties,
        words.rights, words.kinds, words.mandates,
    )  # fmt: skip


@lru_cache(maxsize=1)
def powers_pack() -> Powers:
    """The powers of the house, read once per process."""
    return read_powers(ROOT, clocks=read_clocks(ROOT).rules)


def power_problems(root: Path, *, clocks: Mapping[str, object]) -> list[Problem]:
    """What is wrong with the powers in a folder of packs; nothing where there are none."""
    if not (root / FOLDER).is_dir():
        return []
    try:
        read_powers(root, clocks=clocks)
    except PackErrors as error:
        return error.problems
    return []


def _digest(root: Path) -> str:
    """Of what is in the files, so that a decision can say with which text it was weighed."""
    whole = sha256()
    for name in FILES:
        whole.update((root / FOLDER / name).read_bytes())
    return whole.hexdigest()


def _words(fields: Fields) -> _Words:
    fields.only(("parties", "rights", "kinds", "mandates"))
    return _Words(*(_texts(fields, key) for key in ("parties", "rights", "kinds", "mandates")))


def _texts(fields: Fields, key: str) -> Mapping[str, Texts]:
    part = fields.nested(key)
    if not part.data:
        fields.wrong(key, f"{key} is missing")
    return {name: part.both(name, needed=True) for name in part.data}


def _questions(fields: Fields, words: _Words) -> tuple[Mapping[str, Texts], Mapping[str, Question]]:
    fields.only(("groups", "facts"))
    groups = _texts(fields, "groups")
    found = {}
    for name, row in table(fields, "facts", keys=("group", "value", "ask", "help", "options", "answered_by")):
        choice = row.one_of("value", ("yes_no", "choice"), "yes_no") == "choice"
        options = _texts(row, "options") if choice else {}
        if not choice and "options" in row.data:
            row.wrong("options", "only a choice has options")
        if clash := sorted({*options} & {YES, NO, "unknown"}):
            row.wrong("options", f"{clash[0]} is an answer of itself and no option")
        found[name] = Question(
            name, known(row, "group", groups), row.both("ask", needed=True), known(row, "answered_by", words.parties),
            row.both("help"), options,
        )  # fmt: skip
    return groups, found


def _reasons(fields: Fields, asked: Asked) -> Mapping[str, Reason]:
    fields.only(("conditions", "reasons"))
    conditions = fields.nested("conditions")
    for name in conditions.data:
        asked.conditions[name] = read_expression(conditions, name, asked)
    found = {}
    for name, row in table(fields, "reasons", keys=("when", "never", "text", "source", "uncertain")):
        if (name in BY_RULE) == ("when" in row.data):
            row.wrong("when", "a reason has when, unless it follows from the rule itself")
        when = read_expression(row, "when", asked) if "when" in row.data else None
        found[name] = Reason(
            name, row.both("text", needed=True), row.text("source", needed=True), when, row.flag("never", False),
            row.both("uncertain"),
        )  # fmt: skip
    for name in BY_RULE:
        if name not in found:
            fields.wrong("reasons", f"reason {name} is missing")
    return found


def _power(
    name: str, row: Fields, *, words: _Words, reasons: Mapping[str, Reason], clocks: Mapping[str, object], asked: Asked
) -> Power:
    usable = [code for code, each in reasons.items() if each.when is not None]
    limits, flagged = row.nested("limits"), row.flag("disputed", False)
    limits.only(_LIMITS)
    known(limits, "never_from", ("constitution",), needed=False)
    return Power(
        name, row.both("name", needed=True), known(row, "kind", words.kinds), known(row, "holder", words.parties),
        _basis(row.nested("basis")), cast(Status, row.one_of("status", STATUSES, STATUSES[0])),
        read_expression(row, "needs", asked), all_known(row, "forbids", usable),
        Limits(
            limits.both("duration", needed=True), limits.both("territory", needed=True),
            all_known(limits, "signed_by", words.parties), known(limits, "mandate", words.mandates),
            limits.both("before"), limits.flag("deviates_from_law", False),
        ),
        row.both("addressee", needed=True), row.text("source", needed=True), row.day("valid_from"), row.day("valid_to"),
        _follow_up(row, clocks, asked), all_known(row, "rights", words.rights), row.words("lighter"), flagged,
        row.both("note"), row.both("uncertain"), row.day("checked_on"), row.both("state"),
    )  # fmt: skip


def _basis(fields: Fields) -> str:
    """``Gemeentewet 172 lid 3``; empty where no law is the basis."""
    fields.only(("law", "article", "paragraph"))
    law, article, paragraph = fields.text("law", needed=True), fields.text("article"), fields.text("paragraph")
    if law == "none":
        return ""
    return " ".join(each for each in (law, article, f"lid {paragraph}" if paragraph else "") if each)


def _follow_up(row: Fields, clocks: Mapping[str, object], asked: Asked) -> tuple[FollowUp, ...]:
    found = row.data.get("follow_up", [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        row.wrong("follow_up", "a list of follow_up was expected")
        return ()
    made = []
    for data in found:
        each = Fields(row.document, data, f"{row.what} follow_up", row.problems, True)
        each.only(("duty", "clock", "basis", "unless"))
        unless = read_expression(each, "unless", asked) if "unless" in data else None
        made.append(
            FollowUp(
                each.both("duty", needed=True), known(each, "clock", clocks, needed=False), each.text("basis"), unless
            )
        )
    return tuple(made)


def _check_power(row: Fields, power: Power, powers: Mapping[str, Power]) -> None:
    """What cannot go together in one rule, and what it says of others."""
    if power.status == "in_force" and power.valid_from is None:
        row.wrong("valid_from", "law in force has a valid_from")
    if power.status == "bill" and (power.valid_from or power.checked_on is None or not power.state):
        row.wrong("status", "a bill has no valid_from, and says where it stood and when that was checked")
    if power.valid_from and power.valid_to and power.valid_to < power.valid_from:
        row.wrong("valid_to", "valid_to comes before valid_from")
    for i, name in enumerate(power.lighter):
        other = powers.get(name)
        if other is None or name == power.id:
            row.wrong_at(f"lighter[{i}]", f"there is no other power {name}")
        elif other.status == "bill" or other.holder == NOBODY:
            row.wrong_at(f"lighter[{i}]", f"{name} is never allowed, so it is no lighter way")


def _check_used(
    files: Mapping[str, Fields], questions: Iterable[str], reasons: Mapping[str, Reason], powers: Mapping[str, Power],
    asked: Asked,
) -> None:  # fmt: skip
    used = {code for each in powers.values() for code in each.forbids}
    for code in reasons:
        if code not in used and code not in BY_RULE:
            files["reasons.yaml"].nested("reasons").wrong(code, f"no power uses reason {code}")
    for name in questions:
        if name not in asked.used:
            files["facts.yaml"].nested("facts").wrong(name, f"no rule asks {name}")


def _roads(top: Fields, powers: Mapping[str, Power], questions: Mapping[str, Question]) -> Mapping[str, Road]:
    found = {}
    for name, row in table(top, "roads", keys=("name", "powers", "assume")):
        assume = row.nested("assume")
        answers = {each: known(assume, each, questions[each].answers) for each in assume.data if each in questions}
        for each in set(assume.data) - set(questions):
            assume.wrong(each, f"unknown fact {each}")
        found[name] = Road(name, row.both("name", needed=True), all_known(row, "powers", powers), answers)
    return found


def _starts(top: Fields) -> Mapping[str, str]:
    part = top.nested("starts")
    return {event: known(part, event, MOMENTS) for event in part.data}


def _listed_rows(fields: Fields) -> Iterable[Fields]:
    fields.only(("listed",))
    return rows(fields, "listed", keys=_LISTED)


def _listed(row: Fields, words: _Words) -> Listed:
    return Listed(
        row.text("id"), row.both("name", needed=True), known(row, "holder", words.parties), row.text("basis", needed=True),
        row.both("condition", needed=True), row.one_of("online", ONLINE, "no"), row.text("source", needed=True),
        row.both("note"), row.both("uncertain"),
    )  # fmt: skip
