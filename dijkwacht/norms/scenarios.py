"""Scripts of scenario sessions: `norms/scenarios/*.yaml`, and those of others in the same form. Read strictly, written back.

A script points to powers and clocks of the packs; one that is not there is an error of that inject. Invented; no law.
"""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from dijkwacht.core.exercise_script import BLOCKS, WEEKDAYS, DecisionPoint, Inject, Scenario, Words
from dijkwacht.core.shown import reads_as_it_is
from dijkwacht.norms.clocks import read_clocks
from dijkwacht.norms.fields import LANGUAGES, Fields
from dijkwacht.norms.powers import powers_pack, read_powers
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, rows
from dijkwacht.norms.text import Document, load, parse

FOLDER = "scenarios"
ROOT = Path(__file__).resolve().parent
MOST_BYTES, MOST_INJECTS, MOST_ROLES, MOST_LINES, MOST_POINTS = 300_000, 200, 40, 20, 6
LONG, LONGEST = 4000, 14 * 24 * 60
"""Characters of a text; minutes of a story."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9_-]{1,20}", re.ASCII)  # it stands in addresses
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_TOP = (
    "id", "as_of", "source", "doubt", "title", "goal", "minutes", "begins", "inspired_by", "blocks", "roles", "injects",
    "evaluation",
)  # fmt: skip
_INJECT = ("at", "to", "via", "text", "known", "unknown", "decisions")
_POINT = ("question", "who", "powers", "clocks", "not_allowed", "expected")


class _Script:
    """One file on its way to a scenario. ``both``: title, goal and roles in two languages, as in the packs of the house."""

    def __init__(self, fields: Fields, *, powers: Collection[str], clocks: Collection[str], both: bool) -> None:
        self.fields, self.powers, self.clocks, self.both = fields, powers, clocks, both
        self.roles: dict[str, Words] = {}

    def scenario(self) -> Scenario:
        top = self.fields
        top.only(_TOP)
        self.roles = self._roles()
        minutes = _minute(top, "minutes")
        if not 1 <= minutes <= LONGEST:
            top.wrong("minutes", f"minutes must be a whole number from 1 to {LONGEST}")
        blocks = top.nested("blocks")
        blocks.only(BLOCKS)
        return Scenario(
            top.text("id"), _words(top, "title", both=self.both), _words(top, "goal", both=self.both), minutes, self.roles,
            {name: self._block(blocks, name) for name in BLOCKS}, self._injects(minutes),
            evaluation=_list(top, "evaluation"), inspired_by=top.words("inspired_by"), begins=self._begins(),
            doubt=_words(top, "doubt", needed=False),
        )  # fmt: skip

    def _roles(self) -> dict[str, Words]:
        part = self.fields.nested("roles")
        if not 1 <= len(part.data) <= MOST_ROLES:
            self.fields.wrong("roles", f"roles must be a mapping with 1 to {MOST_ROLES} roles")
            return {}
        for name in part.data:
            if not _NAME.fullmatch(name):
                part.wrong(name, f"{name:.60} is no name of a role: small letters, digits and _")
        return {name: _words(part, name, both=self.both) for name in part.data}

    def _begins(self) -> tuple[str, str]:
        if "begins" not in self.fields.data:
            return "", ""
        part = self.fields.nested("begins")
        part.only(("weekday", "time"))
        hour = part.text("time", needed=True)
        if hour and not _HOUR.fullmatch(hour):
            part.wrong("time", 'time must be an hour in quotes, such as "06:40"')
        return part.one_of("weekday", WEEKDAYS, ""), hour

    def _block(self, blocks: Fields, name: str) -> tuple[Words, ...]:
        value = blocks.data.get(name)
        if isinstance(value, list):
            return _list(blocks, name, needed=True)
        return (_words(blocks, name),)

    def _injects(self, minutes: int) -> tuple[Inject, ...]:
        found: list[Inject] = []
        for each in rows(self.fields, "injects", keys=_INJECT):
            row = Fields(each.document, each.data, f"inject {each.data['id']:.40}", each.problems, True)
            if not _ID.fullmatch(row.text("id")):
                row.wrong("id", "id must be 1 to 20 letters, digits, - or _")
            at = _minute(row, "at")
            if at > minutes:
                row.wrong("at", f"at lies after the end of the story, minute {minutes}")
            if found and at < found[-1].at:
                row.wrong("at", "at goes back in time: injects stand in the order in which they happen")
            found.append(Inject(
                row.text("id"), at, self._of_roles(row, "to"), _words(row, "text"), _words(row, "via", needed=False),
                _list(row, "known"), _list(row, "unknown"), self._points(row),
            ))  # fmt: skip
        if not 1 <= len(found) <= MOST_INJECTS:
            self.fields.wrong("injects", f"a scenario has 1 to {MOST_INJECTS} injects")
        return tuple(found)

    def _of_roles(self, fields: Fields, key: str) -> tuple[str, ...]:
        found = fields.words(key)
        if not found:
            fields.wrong(key, f"{key} names no role")
        for name in found:
            if name not in self.roles:
                fields.wrong(key, f"{key} names a role that is not in roles: {name:.60}")
        return tuple(dict.fromkeys(found))

    def _points(self, inject: Fields) -> tuple[DecisionPoint, ...]:
        value = inject.data.get("decisions", [])
        if not isinstance(value, list) or len(value) > MOST_POINTS:
            inject.wrong("decisions", f"decisions must be a list of at most {MOST_POINTS}")
            return ()
        found = []
        for number, data in enumerate(value):
            if not isinstance(data, dict):
                inject.wrong_at(f"decisions[{number}]", f"decisions[{number}] must be a mapping")
                continue
            row = Fields(inject.document, data, f"{inject.what} decisions[{number}]", inject.problems, True)
            row.only(_POINT)
            found.append(DecisionPoint(
                _words(row, "question"), self._of_roles(row, "who"), all_known(row, "powers", self.powers),
                all_known(row, "clocks", self.clocks), all_known(row, "not_allowed", self.powers),
                _list(row, "expected", needed=True),
            ))  # fmt: skip
        return tuple(found)


def _minute(fields: Fields, key: str) -> int:
    value = fields.data.get(key)
    if type(value) is not int or value < 0:
        fields.wrong(key, f"{key} must be a whole number of minutes")
        return 0
    return value


def _words(fields: Fields, key: str, *, needed: bool = True, both: bool = False) -> Words:
    value = fields.data.get(key)
    if value is None and not needed:
        return {}
    return _text(fields, key, value, both=both)


def _text(fields: Fields, key: str, value: Any, *, both: bool = False) -> Words:
    """One text, in Dutch, or a mapping with Dutch and maybe English; ``both``: both are asked."""
    if isinstance(value, str) and not both:
        value = {"nl": value}
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        fields.wrong(key, f"{key} must be {'text in nl and en' if both else 'text, or a text in nl and en'}")
        return {}
    for language in value:
        if language not in LANGUAGES:
            fields.wrong(key, f"{key} has an unknown language {language:.20}")
    for language in LANGUAGES if both else LANGUAGES[:1]:
        if not value.get(language, "").strip():
            fields.wrong(key, f"{key} has no text in {language}")
    if not all(map(reads_as_it_is, value.values())):
        fields.wrong(key, f"{key} has characters that do not show or that turn the text around")
    if any(len(each) > LONG for each in value.values()):
        fields.wrong(key, f"{key} is longer than {LONG} characters")
    return value


def _list(fields: Fields, key: str, *, needed: bool = False) -> tuple[Words, ...]:
    value = fields.data.get(key, [])
    if not isinstance(value, list) or len(value) > MOST_LINES or (needed and not value):
        fields.wrong(key, f"{key} must be a list of {1 if needed else 0} to {MOST_LINES} texts")
        return ()
    return tuple(_text(fields, key, each) for each in value)


def read_scenario(
    document: Document, *, powers: Collection[str], clocks: Collection[str], both: bool = False
) -> Scenario:
    """A script out of a file or out of plain data. Raises PackErrors that name file, line, inject and field."""
    problems: list[Problem] = []
    data = document.value
    fields = Fields(document, data if isinstance(data, dict) else {}, "scenario", problems, True)
    if not isinstance(data, dict):
        fields.wrong(None, "a scenario is a mapping with title, goal, minutes, blocks, roles and injects")
    else:
        found = _Script(fields, powers=powers, clocks=clocks, both=both).scenario()
    if problems:
        raise PackErrors(sorted(problems, key=lambda each: each.line))
    return found


def read_scenarios(root: Path, *, powers: Collection[str], clocks: Collection[str]) -> Mapping[str, Scenario]:
    """Those of a folder of packs, by id. Raises PackErrors with everything that is wrong."""
    found, problems = {}, list[Problem]()
    for path in sorted((root / FOLDER).glob("*.yaml")):
        try:
            document = load(path, root=root)
            scenario = read_scenario(document, powers=powers, clocks=clocks, both=True)
        except PackErrors as error:
            problems += error.problems
            continue
        if scenario.id != path.stem:
            problems.append(document.problem(1, f"id must be the name of the file: {path.stem}"))
        found[scenario.id] = scenario
    if problems:
        raise PackErrors(problems)
    return found


def scenario_problems(root: Path) -> list[Problem]:
    """What is wrong with the scripts of a folder of packs; of powers and clocks that cannot be read their own check tells."""
    if not (root / FOLDER).is_dir():
        return []
    try:
        rules = read_clocks(root).rules
        read_scenarios(root, powers=read_powers(root, clocks=rules).powers, clocks=rules)
    except PackErrors as error:
        return error.problems
    return []


def names_known() -> tuple[Collection[str], Collection[str]]:
    """The ids of the powers and of the clocks of the house, to which a script may point."""
    return _names()


@lru_cache(maxsize=1)
def scenarios() -> Mapping[str, Scenario]:
    """The scripts of the house, by id."""
    powers, clocks = _names()
    return read_scenarios(ROOT, powers=powers, clocks=clocks)


@lru_cache(maxsize=1)
def _names() -> tuple[Collection[str], Collection[str]]:
    return frozenset(powers_pack().powers), frozenset(read_clocks(ROOT).rules)


def scenario_of(text: bytes, *, file: str) -> Scenario:
    """A script that somebody brings. Raises PackErrors: too large, not UTF-8, not YAML, aliases, or what is wrong in it."""
    if len(text) > MOST_BYTES:
        raise PackErrors([Problem(file, 1, f"larger than {MOST_BYTES} bytes")])
    try:
        plain = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackErrors([Problem(file, error.object[: error.start].count(b"\n") + 1, "not UTF-8")]) from None
    powers, clocks = _names()
    return read_scenario(parse(plain, file=file), powers=powers, clocks=clocks)


def scenario_kept(data: Any) -> Scenario:
    """A script as a table keeps it (`plain`). What was sound when it was kept stays so, whatever the packs dropped since."""
    powers, clocks = _names()
    more = _pointed(data)
    return read_scenario(Document("", data), powers={*powers, *more}, clocks={*clocks, *more})


def _pointed(data: Any) -> set[str]:
    points = [point for each in data["injects"] for point in each.get("decisions", [])]
    return {name for point in points for key in ("powers", "clocks", "not_allowed") for name in point.get(key, [])}


def plain(scenario: Scenario) -> dict[str, Any]:
    """The script as plain lists, mappings and scalars, in the order and form of a file."""
    found: dict[str, Any] = {"id": scenario.id} if scenario.id else {}
    found |= {"title": _said(scenario.title), "goal": _said(scenario.goal), "minutes": scenario.minutes}
    if scenario.begins[1]:
        found["begins"] = dict(zip(("weekday", "time"), scenario.begins, strict=True))
    if scenario.inspired_by:
        found["inspired_by"] = list(scenario.inspired_by)
    if scenario.doubt:
        found["doubt"] = _said(scenario.doubt)
    found["blocks"] = {
        name: _said(texts[0]) if len(texts) == 1 else [_said(each) for each in texts]
        for name, texts in scenario.blocks.items()
    }
    found["roles"] = {name: _said(words) for name, words in scenario.roles.items()}
    found["injects"] = [plain_inject(each) for each in scenario.injects]
    return found | {"evaluation": [_said(each) for each in scenario.evaluation]}


def plain_inject(inject: Inject) -> dict[str, Any]:
    """One inject in the form of a file, such as one that was sent besides the script."""
    found: dict[str, Any] = {"id": inject.id, "at": inject.at, "to": list(inject.to)}
    if inject.via:
        found["via"] = _said(inject.via)
    found["text"] = _said(inject.text)
    found |= {
        key: [_said(each) for each in getattr(inject, key)] for key in ("known", "unknown") if getattr(inject, key)
    }
    if inject.decisions:
        found["decisions"] = [
            {
                "question": _said(each.question), "who": list(each.who), "powers": list(each.powers),
                "clocks": list(each.clocks), "not_allowed": list(each.not_allowed),
                "expected": [_said(text) for text in each.expected],
            }
            for each in inject.decisions
        ]  # fmt: skip
    return found


def _said(words: Words) -> str | dict[str, str]:
    return words["nl"] if set(words) == {"nl"} else dict(words)


def as_yaml(scenario: Scenario) -> str:
    """The script as a file, in the form in which it is read."""
    return str(yaml.safe_dump(plain(scenario), allow_unicode=True, sort_keys=False, width=110))
