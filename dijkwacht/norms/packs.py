"""All files of a folder of packs, read together: fact types, every version of every catalog, accounts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from dijkwacht.core.catalog import Account, Catalog, Norms, Requirement
from dijkwacht.core.dependencies import facts_of_requirement, verdicts_of_requirement
from dijkwacht.core.facts import SUBJECT_KINDS, FactType, register_type
from dijkwacht.norms import accounts, build
from dijkwacht.norms.criteria import Checker, leaning
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.text import Document, load


@dataclass(frozen=True, slots=True, eq=False)
class CriteriaFile:
    """The requirements of one criteria file, their lines, and the names of those that could not be read."""

    document: Document
    all: dict[str, Requirement]
    lines: dict[str, int]
    unread: frozenset[str]

    @classmethod
    def read(cls, document: Document, problems: list[Problem], *, strict: bool) -> "CriteriaFile":
        found = list(build.requirements(document, problems, strict=strict))
        every = {each.id: each for each, _ in found}
        names = document.value if isinstance(document.value, dict) else ()
        return cls(document, every, {each.id: line for each, line in found}, frozenset(names) - every.keys())


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of a catalog, and the files it stands in."""

    catalog: Catalog
    found: CriteriaFile
    about: Document

    def in_force(self, on: date) -> bool:
        """Whether this version holds on a day."""
        last = self.catalog.valid_to
        return self.catalog.valid_from <= on and (last is None or on < last)


@dataclass(slots=True)
class Packs:
    """Everything in a folder of packs, and everything that is wrong with it."""

    fact_types: dict[str, FactType] = field(default_factory=dict)
    fact_places: dict[str, tuple[Document, int]] = field(default_factory=dict)
    versions: list[Version] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)
    ensia_lines: tuple[Mapping[str, Any], ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def days(self) -> list[date]:
        """The days on which another set of versions comes into force."""
        catalogs = [version.catalog for version in self.versions]
        return sorted({day for each in catalogs for day in (each.valid_from, each.valid_to) if day is not None})

    def on(self, day: date) -> tuple[Version, ...]:
        """The versions in force on a day."""
        return tuple(version for version in self.versions if version.in_force(day))

    def norms(self, versions: tuple[Version, ...]) -> Norms:
        """These versions together, with the accounts that name anything in them."""
        requirements: dict[str, Requirement] = {}
        for version in versions:
            requirements.update(version.catalog.requirements)
        held = {}
        for account in self.accounts.values():
            if names := tuple(name for name in account.requirements if name in requirements):
                held[account.id] = replace(account, requirements=names)
        catalogs = {version.catalog.id: version.catalog for version in versions}
        versions_of = {name: each.version for name, each in catalogs.items()}
        return Norms(self.fact_types, requirements, held, catalogs, versions_of)


def read_packs(root: Path) -> Packs:
    """Every pack under the folder; what is wrong is in ``problems``. Raises PackErrors when nothing is there."""
    packs = Packs()
    files = sorted(root.glob("facts/*.yaml"))
    if not files:
        raise PackErrors([Problem("facts", 1, "no fact types found")])
    for path in files:
        if document := _load(path, root, packs.problems):
            _add_facts(packs, document, theme=path.stem)
    for folder in sorted({path.parent for path in root.glob("*/*/c*.yaml")}):
        _add_version(packs, folder, root)
    _check_periods(packs)
    _add_accounts(packs, root)
    _check_criteria(packs)
    packs.problems = sorted(set(packs.problems))
    return packs


def read_folder(root: Path) -> Norms:
    """The pack of one folder with facts.yaml and criteria.yaml. Raises PackErrors."""
    packs = Packs()
    facts, criteria = (load(root / name, root=root) for name in ("facts.yaml", "criteria.yaml"))
    _add_facts(packs, facts, theme="", strict=False)
    for kind in SUBJECT_KINDS[1:]:
        register = register_type(kind)
        packs.fact_types.setdefault(register.id, register)
    found = CriteriaFile.read(criteria, packs.problems, strict=False)
    packs.problems += _criterion_problems(packs.fact_types, [found], strict=False)
    if packs.problems:
        raise PackErrors(sorted(set(packs.problems)))
    return Norms(packs.fact_types, found.all)


def _load(path: Path, root: Path, problems: list[Problem]) -> Document | None:
    try:
        return load(path, root=root)
    except PackErrors as error:
        problems.extend(error.problems)
        return None


def _add_facts(packs: Packs, document: Document, *, theme: str, strict: bool = True) -> None:
    for fact, line in build.fact_types(document, packs.problems, theme=theme, strict=strict):
        if fact.id in packs.fact_types:
            first, at = packs.fact_places[fact.id]
            packs.problems.append(document.problem(line, f"{fact.id}: double id, first in {first.file}:{at}"))
            continue
        packs.fact_types[fact.id] = fact
        packs.fact_places[fact.id] = document, line


def _add_version(packs: Packs, folder: Path, root: Path) -> None:
    about = _load(folder / "catalog.yaml", root, packs.problems)
    document = _load(folder / "criteria.yaml", root, packs.problems)
    if about is None or document is None:
        return
    found = CriteriaFile.read(document, packs.problems, strict=True)
    catalog = build.catalog(about, found.all, packs.problems)
    if catalog is None:
        return
    if (catalog.id, catalog.version) != (folder.parent.name, folder.name):
        message = f"{catalog.id} {catalog.version} does not belong in {folder.relative_to(root).as_posix()}"
        packs.problems.append(about.problem(about.line(about.value, "id"), message))
    for requirement in found.all.values():
        line = found.lines[requirement.id]
        if requirement.catalog != catalog.id:
            packs.problems.append(document.problem(line, f"{requirement.id}: this catalog is {catalog.id}"))
        if requirement.theme not in catalog.themes:
            packs.problems.append(document.problem(line, f"{requirement.id}: unknown theme {requirement.theme}"))
    packs.versions.append(Version(catalog, found, about))


def _check_periods(packs: Packs) -> None:
    """Two versions of a catalog never hold on the same day."""
    by_start = sorted(packs.versions, key=lambda version: (version.catalog.id, version.catalog.valid_from))
    for earlier, later in pairwise(by_start):
        last = earlier.catalog.valid_to
        if earlier.catalog.id == later.catalog.id and (last is None or last > later.catalog.valid_from):
            about = later.about
            both = f"{later.catalog.id} {later.catalog.version} starts before {earlier.catalog.version} has ended"
            packs.problems.append(about.problem(about.line(about.value, "valid_from"), f"{both} (valid_to)"))
    for version in packs.versions:
        catalog, about = version.catalog, version.about
        if catalog.valid_to is not None and catalog.valid_to <= catalog.valid_from:
            line = about.line(about.value, "valid_to")
            packs.problems.append(about.problem(line, "valid_to is not after valid_from"))


def _add_accounts(packs: Packs, root: Path) -> None:
    document = _load(root / "accounts.yaml", root, packs.problems)
    if document is None:
        return
    known = dict.fromkeys(name for version in packs.versions for name in version.catalog.requirements)
    for account in accounts.accounts(document, known, packs.problems):
        if account.id in packs.accounts:
            packs.problems.append(document.problem(1, f"{account.id}: double id"))
        packs.accounts[account.id] = account
    packs.ensia_lines = accounts.ensia_lines(document, packs.accounts, packs.problems)


def _check_criteria(packs: Packs) -> None:
    """What is wrong between criteria, for every set of versions that is ever in force together."""
    for versions in dict.fromkeys(packs.on(day) for day in packs.days()):
        found = [version.found for version in versions]
        packs.problems += _criterion_problems(packs.fact_types, found, strict=True)
    used: set[str] = set()
    for version in packs.versions:
        for requirement in version.catalog.requirements.values():
            facts = facts_of_requirement(requirement)
            used |= facts
            if not _can_show(requirement, [packs.fact_types[name] for name in facts if name in packs.fact_types]):
                line, document = version.found.lines[requirement.id], version.found.document
                message = f"{requirement.id}: none of its facts can show {requirement.shows.name.lower()}"
                packs.problems.append(document.problem(line, message))
    for name, (document, line) in packs.fact_places.items():
        if name not in used:
            packs.problems.append(document.problem(line, f"{name}: used by no criterion"))


def _can_show(requirement: Requirement, facts: list[FactType]) -> bool:
    """Whether one of its facts, or a verdict on which it leans, can show what the requirement says it shows."""
    return bool(verdicts_of_requirement(requirement)) or any(fact.most >= requirement.shows for fact in facts)


def _criterion_problems(
    fact_types: Mapping[str, FactType], found: list[CriteriaFile], *, strict: bool
) -> Iterator[Problem]:
    every = {name: each for some in found for name, each in some.all.items()}
    place = {name: some for some in found for name in some.all}
    unread = frozenset(name for some in found for name in some.unread)
    checker = Checker(fact_types, every, strict, unread)
    for name, requirement in every.items():
        document = place[name].document
        for at, message in checker.requirement(requirement):
            yield document.problem(document.line_at(document.value[name], at), f"{name}: {message}")
    for name, message in leaning(every):
        yield place[name].document.problem(place[name].lines[name], f"{name}: {message}")
