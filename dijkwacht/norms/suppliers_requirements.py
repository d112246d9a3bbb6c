"""Requirements for a tender: `norms/suppliers/requirements.yaml`, in our own words, checked when read.

Also what the readers of questions and collective services share: what may be named in the packs, and the edition on top.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from dijkwacht.core.catalog import Norms
from dijkwacht.core.facts import FactType
from dijkwacht.core.suppliers.asking import Asked, ContextQuestion, Edition, Named, Part, PartKind, RequirementSet
from dijkwacht.core.suppliers.procurement import Requirement, Weight
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.packs import read_packs
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, known, rows

ROOT = Path(__file__).resolve().parent
FILE = "suppliers/requirements.yaml"
EDITION = ("version", "as_of", "licence", "name", "about")
_KEYS = (
    "parts", "theme", "weight", "replaces", "only_if", "must_if", "text", "verify", "links", "facts", "follow", "source",
    "uncertain",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What may be named: the requirements of the norms, and the fact types."""

    requirements: Collection[str]
    facts: Mapping[str, FactType]


def names_of(norms: Norms) -> Names:
    """What these norms have to be named."""
    return Names(frozenset(norms.requirements), norms.fact_types)


@lru_cache(maxsize=1)
def house_names() -> Names:
    """What every version of the packs of the house has to be named. Raises PackErrors."""
    packs = read_packs(ROOT)
    if packs.problems:
        raise PackErrors(packs.problems)
    return names_of(packs.norms(tuple(packs.versions)))


@lru_cache(maxsize=1)
def requirements() -> RequirementSet:
    """The requirements of the house. Raises PackErrors with file and line."""
    return read_requirements(ROOT, house_names())


def read_requirements(root: Path, names: Names) -> RequirementSet:
    """The requirements in a folder of packs, checked against what may be named. Raises PackErrors."""
    problems: list[Problem] = []
    found = _read(fields_of(root, FILE, "requirements", problems), names)
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def requirement_problems(root: Path, names: Names) -> list[Problem]:
    """What is wrong with the requirements in a folder of packs; nothing where there are none."""
    if not (root / FILE).is_file():
        return []
    try:
        read_requirements(root, names)
    except PackErrors as error:
        return error.problems
    return []


def edition(top: Fields, *keys: str) -> Edition:
    """What stands on top of a pack; ``keys``: what else may stand in it."""
    top.only((*EDITION, *keys))
    as_of = top.day("as_of")
    if as_of is None and "as_of" not in top.data:
        top.wrong("as_of", "as_of is missing")
    return Edition(
        top.text("version", needed=True), as_of or date.min, top.text("licence", needed=True),
        top.both("name", needed=True), top.both("about", needed=True),
    )  # fmt: skip


def named(top: Fields, key: str) -> tuple[Named, ...]:
    """A list of codes with their words."""
    return tuple(
        Named(row.text("id"), row.both("name", needed=True), row.both("text", needed=True))
        for row in rows(top, key, keys=("name", "text"))
    )


def links_of(row: Fields, names: Names) -> tuple[str, ...]:
    """The norm numbers that a row serves; at least one, each known in the packs."""
    found = all_known(row, "links", names.requirements)
    if not found:
        row.wrong("links", "links to no norm")
    return found


def _read(top: Fields, names: Names) -> RequirementSet:
    head = edition(top, "parts", "themes", "context", "requirements")
    parts = tuple(_part(row) for row in rows(top, "parts", keys=("kind", "name", "text")))
    themes = named(top, "themes")
    context = tuple(
        ContextQuestion(row.text("id"), row.both("question", needed=True), row.both("help", needed=True))
        for row in rows(top, "context", keys=("question", "help"))
    )
    reader = _Reader(
        {each.id for each in parts}, {each.id for each in themes}, {each.id for each in context}, names,
        _ids(top.data.get("requirements")),
    )  # fmt: skip
    found: dict[str, tuple[Fields, Asked]] = {}
    for row in rows(top, "requirements", keys=_KEYS):
        found[row.text("id")] = (row, reader.asked(row))
    result = RequirementSet(head, parts, themes, context, tuple(each for _, each in found.values()))
    _check_replaced(found)
    _check_used(top, result)
    return result


def _ids(listed: object) -> set[str]:
    """The ids in a list as it stands in the file, so that a row may name one further on."""
    return {str(each.get("id")) for each in listed if isinstance(each, dict)} if isinstance(listed, list) else set()


def _part(row: Fields) -> Part:
    kind = cast(PartKind, row.one_of("kind", get_args(PartKind), "bought"))
    return Part(row.text("id"), kind, row.both("name", needed=True), row.both("text", needed=True))


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a requirement may name."""

    parts: Collection[str]
    themes: Collection[str]
    context: Collection[str]
    names: Names
    ids: Collection[str]

    def asked(self, row: Fields) -> Asked:
        """One requirement with its words."""
        weight = cast(Weight, row.one_of("weight", get_args(Weight), "must"))
        must_if = frozenset(all_known(row, "must_if", self.context))
        if weight == "must" and must_if:
            row.wrong("must_if", "it is a must already")
        parts = frozenset(all_known(row, "parts", self.parts))
        if not parts:
            row.wrong("parts", "comes with no part")
        plain = Requirement(
            row.text("id"), parts, weight, frozenset(all_known(row, "replaces", self.ids)),
            frozenset(all_known(row, "only_if", self.context)), must_if, links_of(row, self.names), self._facts(row),
        )  # fmt: skip
        return Asked(
            plain, known(row, "theme", self.themes), row.both("text", needed=True), row.both("verify", needed=True),
            row.duration("follow"), row.text("source", needed=True), row.both("uncertain"),
        )  # fmt: skip

    def _facts(self, row: Fields) -> tuple[str, ...]:
        """Fact types that a yes settles: of a supplier, and with yes or no as their value."""
        found = all_known(row, "facts", self.names.facts)
        for i, name in enumerate(found):
            fact = self.names.facts.get(name)
            if fact is not None and (fact.subject, fact.value) != ("supplier", "yes_no"):
                row.wrong_at(f"facts[{i}]", f"{name} is not a yes or no about a supplier")
        return found


def _check_replaced(found: Mapping[str, tuple[Fields, Asked]]) -> None:
    """What takes the place of another is no lighter and settles all that it settled; nothing replaces itself."""
    for row, each in found.values():
        for name in sorted(each.requirement.replaces):
            if name not in found:
                continue
            weaker = found[name][1].requirement
            if (each.requirement.weight, weaker.weight) == ("wish", "must"):
                row.wrong("replaces", f"{name} is a must, a wish cannot take its place")
            if lost := sorted(set(weaker.facts) - set(each.requirement.facts)):
                row.wrong("replaces", f"{name} settles {', '.join(lost)}, this does not")
    every = [each.requirement for _, each in found.values()]
    for row, each in found.values():
        if each.requirement.replaces and _circle(every, each.requirement):
            row.wrong("replaces", f"{each.id} replaces itself, through what it replaces")


def _circle(every: Iterable[Requirement], each: Requirement) -> bool:
    below, waiting = set[str](), [each.id]
    replaced = {one.id: one.replaces for one in every}
    while waiting:
        for name in replaced.get(waiting.pop(), ()):
            if name == each.id:
                return True
            if name not in below:
                below.add(name)
                waiting.append(name)
    return False


def _check_used(top: Fields, found: RequirementSet) -> None:
    """Nothing stands on top that no requirement uses, and some part goes with every tender."""
    for key, there, used in (
        ("parts", [each.id for each in found.parts], [each.parts for each in found.plain]),
        ("themes", [each.id for each in found.themes], [{each.theme} for each in found.requirements]),
        ("context", [each.id for each in found.context], [each.only_if | each.must_if for each in found.plain]),
    ):  # fmt: skip
        for i, name in enumerate(there):
            if not any(name in each for each in used):
                top.wrong_at(f"{key}[{i}]", f"no requirement has {name}")
    if not found.always:
        top.wrong("parts", "no part goes with every tender")
