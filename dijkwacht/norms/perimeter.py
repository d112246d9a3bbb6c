"""The part of the packs about measuring from the outside: `norms/perimeter`. Read by `read.py`, which hands it out per day.

Two editions of the TLS guidelines, limits and lists, what each check weighs, and the names of what a TLS server may choose.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from dijkwacht.core.checks.finding import Area, Word
from dijkwacht.core.checks.known import Known
from dijkwacht.core.checks.policy import WORDS, Edition, Policy, Rule, Share, Worth
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.perimeter_known import read_known
from dijkwacht.norms.problems import PackErrors, Problem

FOLDER = "perimeter"
EDITIONS = ("tls-2021.yaml", "tls-2025.yaml")
SUBJECTS = ("version", "suite", "group", "hash", "hash_support", "certificate_key", "certificate_hash", "option")
CATEGORIES = ("ipv6", "dnssec", "rpki", "tls", "headers", "auth", "own")
LEVEL_REASONS = ("dns", "any_resolver", "routes", "visitor", "worst_hellos", "ports")
_VERSIONS = frozenset({"tls1.3", "tls1.2", "tls1.1", "tls1.0", "ssl3.0", "ssl2.0"})
_WORTHS: tuple[Worth, ...] = ("good", "sufficient", "phase_out", "insufficient", "unlisted")
_WORDS: tuple[Word, ...] = get_args(Word)


@dataclass(frozen=True, slots=True)
class Perimeter:
    """All that the packs say of the outside, with the period of each part."""

    editions: tuple[Edition, ...]
    limits: tuple[tuple[str, int, date | None, date | None], ...]
    lists: tuple[tuple[str, tuple[str, ...], date | None, date | None], ...]
    rules: Mapping[str, Rule]
    names: Mapping[str, Mapping[str, str]]
    known: Known

    def policy_on(self, day: date) -> Policy:
        """What counted on a day: the editions, limits and lists whose period holds it."""
        on = day.isoformat()
        return Policy(
            on,
            tuple(each for each in self.editions if each.since <= on and (each.until is None or on < each.until)),
            {name: value for name, value, since, until in self.limits if _holds(day, since, until)},
            {name: items for name, items, since, until in self.lists if _holds(day, since, until)},
            self.rules,
            self.names,
            self.known,
        )


def _holds(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day < until)


def read_perimeter(root: Path) -> Perimeter:
    """All of it, checked. Raises PackErrors with file and line of everything that is wrong."""
    reader = _Reader(root)
    names = _names(reader)
    limits, lists = _limits(reader)
    try:
        known = read_known(root)
    except PackErrors as error:
        reader.problems += error.problems
        known = Known()
    found = Perimeter(
        tuple(_edition(reader, file, names) for file in EDITIONS), limits, lists, _rules(reader), names, known
    )
    roles = [each.role for each in found.editions]
    if not reader.problems and sorted(roles) != ["law", "norm"]:
        reader.problems.append(Problem(f"{FOLDER}/{EDITIONS[0]}", 1, "of the editions one is law and one is norm"))
    if reader.problems:
        raise PackErrors(sorted(set(reader.problems)))
    return found


@dataclass(slots=True)
class _Reader:
    """The folder, and what is wrong with it."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def file(self, name: str) -> Fields:
        """One file as fields; empty when it cannot be read."""
        return fields_of(self.root, f"{FOLDER}/{name}", name, self.problems)

    def each(self, fields: Fields, key: str, name: str, keys: str) -> Iterator[Fields]:
        """The mappings of a list; `name` is the key that tells them apart, `keys` what may stand in one."""
        found = fields.data.get(key)
        if not isinstance(found, list):
            fields.wrong(key, f"a list of {key} was expected")
            return
        for i, data in enumerate(found):
            if not isinstance(data, dict):
                fields.wrong(key, f"{key}[{i}] must be a mapping")
                continue
            inner = Fields(fields.document, data, str(data.get(name, f"{key}[{i}]")), self.problems, True)
            inner.only(keys.split())
            inner.text(name, needed=True)
            yield inner


def _whole(fields: Fields, key: str, default: int | None = None) -> int:
    value = fields.data.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        fields.wrong(key, f"{key} must be a whole number")
        return 0
    return value


def _names(reader: _Reader) -> Mapping[str, Mapping[str, str]]:
    fields = reader.file("names.yaml")
    fields.only(["source", "suites", "groups", "dh_primes"])
    fields.text("source", needed=True)
    found: dict[str, Mapping[str, str]] = {}
    for key, kind, size in (("suites", "suite", 4), ("groups", "group", 4), ("dh_primes", "dh_prime", 64)):
        part = fields.nested(key)
        for number in part.data:
            if len(number) != size or set(number) - set("0123456789abcdef"):
                part.wrong(number, f"{number:.70} must be {size} hexadecimal digits")
            part.text(number, needed=True)
        if len(set(map(str, part.data.values()))) != len(part.data):
            part.wrong(None, f"{key} has a name twice")
        found[kind] = part.data
    return found


def _edition(reader: _Reader, file: str, names: Mapping[str, Mapping[str, str]]) -> Edition:
    fields = reader.file(file)
    fields.only(["id", "role", "title", "source", "since", "until", "words", "uncertain", "subjects"])
    numbers = {name: number for number, name in names["suite"].items()}
    known = {
        "version": _VERSIONS,
        "suite": numbers.keys(),
        "group": {*names["group"].values(), *names["dh_prime"].values()},
    }
    worth: dict[str, Mapping[str, Worth]] = {}
    doubts = {"": fields.both("uncertain")} if "uncertain" in fields.data else {}
    for row in reader.each(fields, "subjects", "id", " ".join(("id", "otherwise", "uncertain", *_WORTHS))):
        subject = row.one_of("id", SUBJECTS, SUBJECTS[0])
        if subject in worth:
            row.wrong("id", f"{subject} stands here twice")
        worth[subject] = _worth(row, known.get(subject), numbers if subject == "suite" else {})
        if "uncertain" in row.data:
            doubts[subject] = row.both("uncertain")
    if missing := [each for each in SUBJECTS if each not in worth]:
        fields.wrong("subjects", f"nothing is said of {', '.join(missing)}")
    since, until = fields.day("since"), fields.day("until")
    if since is None:
        fields.wrong("since", "since is missing")
    return Edition(
        fields.text("id", needed=True), cast(Any, fields.one_of("role", ("law", "norm"), "norm")),
        fields.text("title", needed=True), fields.text("source", needed=True), (since or date.min).isoformat(),
        until.isoformat() if until else None, worth, _words(fields), doubts,
    )  # fmt: skip


def _words(fields: Fields) -> Mapping[Worth, Word]:
    part = fields.nested("words")
    part.only(_WORTHS)
    return {worth: cast(Word, part.one_of(worth, _WORDS, WORDS[worth])) for worth in _WORTHS}


def _worth(row: Fields, known: Any, numbers: Mapping[str, str]) -> Mapping[str, Worth]:
    """The worth of each item; of suites by number. `*` is all that is not named."""
    found: dict[str, Worth] = {"*": cast(Worth, row.one_of("otherwise", _WORTHS, "unlisted"))}
    for worth in _WORTHS:
        for i, item in enumerate(row.words(worth)):
            if known is not None and item not in known:
                row.wrong_at(f"{worth}[{i}]", f"there is no {item}")
            key = numbers.get(item, item)
            if key in found:
                row.wrong_at(f"{worth}[{i}]", f"{item} stands here twice")
            found[key] = worth
    return found


def _limits(reader: _Reader) -> tuple[Any, Any]:
    fields = reader.file("limits.yaml")
    fields.only(["limits", "lists"])
    limits = tuple(
        (row.text("id"), _whole(row, "value"), since, until)
        for row, since, until in _periods(reader, fields, "limits", "id value source since until")
    )
    lists = tuple(
        (row.text("id"), row.words("items"), since, until)
        for row, since, until in _periods(reader, fields, "lists", "id items source since until uncertain")
    )
    return limits, lists


def _periods(reader: _Reader, fields: Fields, key: str, keys: str) -> Iterator[tuple[Fields, date | None, date | None]]:
    """The rows of a list with a source, each with its period. On no day may an id stand twice: one would count unseen."""
    seen: dict[str, list[tuple[date, date]]] = {}
    for row in reader.each(fields, key, "id", keys):
        if not row.text("source", needed=True):
            continue
        if "uncertain" in row.data:
            row.both("uncertain")
        since, until, name = row.day("since"), row.day("until"), row.text("id")
        first, end = since or date.min, until or date.max
        if any(first < other_end and other_first < end for other_first, other_end in seen.get(name, ())):
            row.wrong("id", f"{name} stands here twice on one day")
        seen.setdefault(name, []).append((first, end))
        yield row, since, until


_RULE_FIELDS = "check area category worst points scores codes beside share after level why source"


def _points_of(fields: Fields) -> dict[str, int]:
    """Points by code."""
    return {code: _whole(fields, code) for code in fields.data}


def _beside(row: Fields) -> dict[str, dict[str, int]]:
    others = row.nested("beside")
    return {check: _points_of(others.nested(check)) for check in others.data}


def _share(row: Fields) -> Share | None:
    fields = row.nested("share")
    if not fields.data:
        return None
    fields.only(["some", "alone"])
    return Share(_whole(fields, "some"), _whole(fields, "alone"))


def _given(rule: Rule) -> Iterator[int]:
    """All points that a rule gives beside all and none."""
    yield from (*rule.scores.values(), *rule.codes.values())
    for limits in rule.beside.values():
        yield from limits.values()
    if rule.share is not None:
        yield from (rule.share.some, rule.share.alone)


def _rules(reader: _Reader) -> Mapping[str, Rule]:
    fields = reader.file("rules.yaml")
    fields.only(["sources", "rules"])
    sources = fields.nested("sources")
    found: dict[str, Rule] = {}
    for row in reader.each(fields, "rules", "check", _RULE_FIELDS):
        source = row.one_of("source", sources.data, "")
        scores = row.nested("scores")
        scores.only(_WORDS)
        rule = Rule(
            row.text("check"), cast(Area, row.one_of("area", get_args(Area), "web")),
            row.one_of("category", CATEGORIES, "own"), cast(Any, row.one_of("worst", ("failed", "warning", "info"), "info")),
            _whole(row, "points", 0), _whole(row, "level"), row.one_of("why", LEVEL_REASONS, "visitor"),
            sources.text(source) if source else "", {cast(Word, word): _whole(scores, word) for word in scores.data},
            row.text("after"), _points_of(row.nested("codes")), _beside(row), _share(row),
        )  # fmt: skip
        key = f"{rule.area}.{rule.id}"
        if key in found:
            row.wrong("check", f"{key} stands here twice")
        if not 1 <= rule.level <= 4:
            row.wrong("level", "level must be 1 to 4")
        if rule.points and rule.worst != "failed":
            row.wrong("points", "only what can fail has points")
        if any(points > rule.points for points in _given(rule)):
            row.wrong("scores", "a word or a reason has more points than the check")
        if rule.after and f"{rule.area}.{rule.after}" not in found:
            row.wrong("after", f"there is no {rule.after} before it")
        found[key] = rule
    return found
