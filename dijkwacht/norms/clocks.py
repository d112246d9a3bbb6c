"""The legal clocks of the packs: `norms/clocks`. Rules, calendar, warnings and the words for their codes, read strictly."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import cast

from dijkwacht.core.clocks.calendar import Calendar
from dijkwacht.core.clocks.rules import KINDS, METHODS, TARGETS, UNITS, Kind, Method, Rule, Target, Term, Unit, Warn
from dijkwacht.norms.clocks_calendar import read_calendar, whole
from dijkwacht.norms.fields import LANGUAGES, Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, known, rows, table

FOLDER = "clocks"
RULE_FILES = ("incidents.yaml", "board_and_register.yaml", "public_order.yaml", "crisis.yaml")
_TERM = re.compile(r"([1-9]\d{0,3}) (" + "|".join(UNITS) + ")", re.ASCII)
_SHARE = re.compile(r"([1-9]\d?)/([1-9]\d?)", re.ASCII)
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_KEYS = (
    "name", "area", "law", "article", "kind", "duty_of", "to", "starts_on", "starts_with", "ends_on", "only_for", "term",
    "counted", "at_once", "soft", "by_request", "free_days", "target", "warn", "applies_from", "handled_by_due", "open_at_due",
    "past", "needs", "valid_from", "valid_to", "source", "note", "uncertain",
)  # fmt: skip
_OTHERS = ("starts_with", "applies_from", "past")
_ROLES = ("trust_service",)
Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Clocks:
    """All that the packs say of legal clocks. ``warn``: the warnings by name; the rest are words for codes, in nl and en.

    ``short``: a law by its short name.
    """

    calendar: Calendar
    rules: Mapping[str, Rule]
    warn: Mapping[str, tuple[Warn, ...]]
    laws: Texts
    short: Mapping[str, str]
    areas: Texts
    parties: Texts
    events: Texts

    def in_area(self, *areas: str) -> Mapping[str, Rule]:
        """The rules of these areas, in their order."""
        return {name: rule for name, rule in self.rules.items() if rule.area in areas}


@dataclass(frozen=True, slots=True)
class _Words:
    laws: Texts
    short: Mapping[str, str]
    areas: Texts
    parties: Texts
    events: Texts
    free_days: Mapping[str, tuple[bool, Mapping[str, str]]]


@dataclass(slots=True)
class _Pack:
    root: Path
    problems: list[Problem] = field(default_factory=list)

    def file(self, name: str) -> Fields:
        """One file as fields; empty when it cannot be read."""
        return fields_of(self.root, f"{FOLDER}/{name}", name, self.problems)


def read_clocks(root: Path) -> Clocks:
    """All of it, checked. Raises PackErrors with file and line of everything that is wrong."""
    pack = _Pack(root)
    calendar = read_calendar(pack.file("calendar.yaml"))
    warn, words = _warnings(pack.file("warnings.yaml")), _words(pack.file("words.yaml"))
    rules: dict[str, Rule] = {}
    seen: dict[str, Fields] = {}
    for name in RULE_FILES:
        _rules(pack.file(name), words, warn, rules, seen)
    for name, row in seen.items():
        _check_others(row, rules[name], rules)
    if pack.problems or calendar is None:
        raise PackErrors(sorted(set(pack.problems)))
    return Clocks(calendar, rules, warn, words.laws, words.short, words.areas, words.parties, words.events)


def _words(fields: Fields) -> _Words:
    fields.only(("laws", "areas", "parties", "events", "free_days"))
    free: dict[str, tuple[bool, Mapping[str, str]]] = {}
    for name, row in table(fields, "free_days", keys=("shifts", "text")):
        if "shifts" not in row.data:
            row.wrong("shifts", "shifts is missing")
        free[name] = (row.flag("shifts", False), row.both("text", needed=True))
    laws: dict[str, Mapping[str, str]] = {}
    short: dict[str, str] = {}
    for name, row in table(fields, "laws", keys=(*LANGUAGES, "short")):
        laws[name] = {language: row.text(language, needed=True) for language in LANGUAGES}
        short[name] = row.text("short", needed=True)
    areas, parties, events = (_texts(fields, key) for key in ("areas", "parties", "events"))
    return _Words(laws, short, areas, parties, events, free)


def _texts(fields: Fields, key: str) -> Texts:
    part = fields.nested(key)
    if not part.data:
        fields.wrong(key, f"{key} is missing")
    return {name: part.both(name, needed=True) for name in part.data}


def _warnings(fields: Fields) -> Mapping[str, tuple[Warn, ...]]:
    fields.only(("source", "warnings"))
    fields.text("source", needed=True)
    ladders = fields.nested("warnings")
    return {
        name: tuple(_warn(row) for row in rows(ladders, name, keys=("share", "left", "days", "at")))
        for name in ladders.data
    }


def _warn(row: Fields) -> Warn:
    ways = [key for key in ("share", "left", "days") if key in row.data]
    if len(ways) != 1:
        row.wrong(None, "a warning has one of share, left and days")
        return Warn(row.text("id"))
    if ("at" in row.data) != ("days" in row.data):
        row.wrong("at", "days and at belong together")
    share, left, days, at = None, None, None, time(9)
    if "share" in row.data:
        match = _SHARE.fullmatch(row.text("share"))
        share = Fraction(int(match[1]), int(match[2])) if match else Fraction(1)
        if share >= 1:
            row.wrong("share", "share must be a part such as 1/2")
    elif "left" in row.data:
        term = _term(row, "left", ("minutes", "hours"))
        left = term.elapsed if term else timedelta(hours=1)
    else:
        days = whole(row, "days", least=0, most=3660)
        match = _HOUR.fullmatch(row.text("at"))
        at = time(int(match[1]), int(match[2])) if match else at
        if not match:
            row.wrong("at", "an hour such as 09:00 was expected")
    return Warn(row.text("id"), share, left, days, at)


def _term(row: Fields, key: str, units: Iterable[str] = UNITS) -> Term | None:
    if key not in row.data:
        return None
    match = _TERM.fullmatch(row.text(key))
    if not match or match[2] not in units:
        row.wrong(key, f"{key} must be a term such as 24 hours; the units are {', '.join(units)}")
        return None
    return Term(int(match[1]), cast(Unit, match[2]))


def _rules(
    fields: Fields, words: _Words, warn: Mapping[str, object], rules: dict[str, Rule], seen: dict[str, Fields]
) -> None:
    fields.only(("area", "clocks"))
    area = known(fields, "area", words.areas)
    for row in rows(fields, "clocks", keys=_KEYS):
        name = row.text("id")
        if name in rules:
            row.wrong("id", f"{name} stands in another file too")
        rules[name], seen[name] = _rule(row, area, words, warn), row


def _rule(row: Fields, area: str, words: _Words, warn: Mapping[str, object]) -> Rule:
    shifts, why = words.free_days.get(known(row, "free_days", words.free_days), (False, {}))
    valid_from = row.day("valid_from")
    if valid_from is None:
        row.wrong("valid_from", "valid_from is missing")
    rule = Rule(
        row.text("id"), row.both("name", needed=True), known(row, "area", words.areas, needed=False) or area,
        known(row, "law", words.laws), row.text("article", needed=True), cast(Kind, row.one_of("kind", KINDS, "duty")),
        known(row, "duty_of", words.parties), all_known(row, "to", words.parties), known(row, "starts_on", words.events),
        cast(Method, row.one_of("counted", METHODS, "none")), row.text("source", needed=True), valid_from or date.min,
        row.day("valid_to"), all_known(row, "ends_on", words.events), _term(row, "term"), row.flag("at_once", False),
        row.flag("soft", False), shifts, why,
        cast(Target, row.one_of("target", TARGETS, TARGETS[0])) if "target" in row.data else None,
        known(row, "warn", warn, needed=False) or None, row.text("starts_with") or None, row.text("applies_from") or None,
        known(row, "handled_by_due", words.events, needed=False) or None,
        known(row, "open_at_due", words.events, needed=False) or None, row.text("past") or None,
        known(row, "needs", words.events, needed=False) or None,
        row.flag("by_request", False), all_known(row, "only_for", _ROLES), row.both("note"), row.both("uncertain"),
    )  # fmt: skip
    _check_sense(row, rule)
    return rule


def _check_sense(row: Fields, rule: Rule) -> None:
    """What cannot go together in one rule."""
    counted = rule.method in ("elapsed", "end_of_day", "start_of_day", "same_clock_time")
    exact = rule.term is not None and rule.term.unit in ("minutes", "hours")
    if counted != (rule.term is not None):
        row.wrong("term", f"counted {rule.method} {'needs a' if counted else 'has no'} term")
    elif counted and exact != (rule.method == "elapsed"):
        row.wrong("counted", "minutes and hours are counted elapsed, and nothing else is")
    if rule.shifts and rule.method != "end_of_day":
        row.wrong("free_days", "only what ends with a day moves on a free day")
    if rule.target and not rule.shifts:
        row.wrong("target", "only an end that may move has a target")
    if rule.warn and not counted:
        row.wrong("warn", "what has no end has no warnings")
    if rule.by_request and rule.method != "none":
        row.wrong("by_request", "the one who asks sets a term only where the law sets none")
    if rule.valid_to is not None and rule.valid_to <= rule.valid_from:
        row.wrong("valid_to", "valid_to must be after valid_from")


def _check_others(row: Fields, rule: Rule, rules: Mapping[str, Rule]) -> None:
    """What a rule says of other rules."""
    for key in _OTHERS:
        other = getattr(rule, key)
        if other is not None and (other not in rules or other == rule.id):
            row.wrong(key, f"there is no other clock {other}")
        elif key == "starts_with" and other is not None and rules[other].starts_on != rule.starts_on:
            row.wrong(key, f"{other} starts on something else")
        elif key == "applies_from" and other is not None and rules[other].kind != "start":
            row.wrong(key, f"{other} is no clock of the kind start")
