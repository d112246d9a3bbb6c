"""Rows of the pages about handling: warnings in a list, the week as a term, a product with how it stands and what to do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dijkwacht.apps.advisories.handling_words import about_sentence, week_name
from dijkwacht.apps.advisories.models import Handled, Touched, Warned, WarningState
from dijkwacht.apps.advisories.queries import handling as queries
from dijkwacht.apps.advisories.queries.stated import Proposal
from dijkwacht.apps.advisories.services.assets import names_for, thing_of
from dijkwacht.core.advisories.handling import Handled as Standing
from dijkwacht.core.advisories.handling import standing
from dijkwacht.core.advisories.matching import Fix, fix_of
from dijkwacht.core.advisories.naming import Aliases
from dijkwacht.core.advisories.rows import places_of
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.shapes import Reason, Remedy
from dijkwacht.core.clocks.state import State
from dijkwacht.norms.advisories import priority_table
from dijkwacht.web.advisory_words import reason_sentence
from dijkwacht.web.clock_words import state_word
from dijkwacht.web.moments import day_of
from dijkwacht.web.register_words import FORMS
from dijkwacht.web.term_row import TermRow
from dijkwacht.web.version_words import range_words

SOON = timedelta(days=2)  # before its end a week presses
ASKED = ("no_version", "version_not_understood", "version_short", "version_other_form")
"""Reasons why it cannot be told that a version answers."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A warning in a list: why it is about us, and its week."""

    warning: Warned
    about: str
    term: TermRow | None


def listed(warnings: Iterable[Warned], *, at: datetime) -> list[Listed]:
    """Rows in the order given; two queries for all of them."""
    rows = list(warnings)
    products, caught = queries.products_of(rows), queries.caught_by(rows)
    return [
        Listed(each, about_sentence(each, products.get(each.pk, []), caught.get(each.pk, "")), week_row(each, at=at))
        for each in rows
    ]


def week_row(warning: Warned, *, at: datetime, name: str = "", url: str = "") -> TermRow | None:
    """The week as a term, by another ``name`` where many stand together; None when it does not run. An accepted risk does not
    stop it."""
    if not warning.week or warning.due_at is None or warning.state == WarningState.LAPSED:
        return None
    done = warning.settled_at if warning.state in (WarningState.DONE, WarningState.NOT_AFFECTED) else None
    left = None if done else warning.due_at - at
    state = _week_state(warning.due_at, done, at)
    norm, _colon, number = priority_table().requirement.partition(":")
    return TermRow(
        rule="week", name=name or week_name(), article=f"{norm.upper()} {number}", to="", state=state, word=state_word(state),
        started=warning.todo_at, due=warning.due_at, left=left, done=done, url=url, about=week_name() if name else "",
    )  # fmt: skip


def _week_state(due: datetime, done: datetime | None, at: datetime) -> State:
    if done is not None:
        return "done_in_time" if done <= due else "done_late"
    if at > due:
        return "overdue"
    return "due_soon" if due - at <= SOON else "running"


@dataclass(frozen=True, slots=True)
class Group:
    """Weaknesses of one product of which the same was said. ``ended``: the risk was accepted until a day that has passed."""

    status: WarningState
    weaknesses: Sequence[tuple[str, str]]  # key and title
    flag: str
    because: str
    until: date | None
    by: str
    at: datetime
    said: bool

    @property
    def ended(self) -> bool:
        """Whether it was accepted, and that is over."""
        return self.until is not None and self.status == WarningState.OPEN


@dataclass(frozen=True, slots=True)
class Helps:
    """What helps a product: versions in which it is fixed, versions that are recommended, what else there is to do."""

    fixed: Sequence[str] = ()
    recommended: Sequence[str] = ()
    remedies: Sequence[Remedy] = ()

    @property
    def any(self) -> bool:
        """Whether the document says anything."""
        return bool(self.fixed or self.recommended or self.remedies)


@dataclass(frozen=True, slots=True)
class Product:
    """A product of ours that a warning is about. ``asks``: a version would settle whether it is affected."""

    touched: Touched
    reason: str
    source: str
    groups: Sequence[Group]
    helps: Helps
    asks: bool
    proposals: Sequence[Proposal] = field(default_factory=tuple)

    @property
    def weaknesses(self) -> int:
        """How many."""
        return sum(len(each.weaknesses) for each in self.groups)


@dataclass(frozen=True, slots=True)
class Advice:
    """What helps, and the products that it helps."""

    products: Sequence[str]
    helps: Helps


def advice(found: Iterable[Product]) -> list[Advice]:
    """What helps, each thing once with all products that it helps; what most products need first."""
    held: dict[tuple[object, ...], tuple[Helps, list[str]]] = {}
    for each in found:
        helps = each.helps
        key = (tuple(helps.fixed), tuple(helps.recommended), tuple(helps.remedies))
        held.setdefault(key, (helps, []))[1].append(str(each.touched.line))
    made = [Advice(names, helps) for helps, names in held.values()]
    return sorted(made, key=lambda each: -len(each.products))


def products(
    warning: Warned, held: queries.Whole, content: Content, found: Iterable[Proposal], *, at: datetime
) -> list[Product]:
    """The products that it is about, those that are affected first."""
    titles = {each.key: each.title for each in content.vulnerabilities}
    aliases, proposed = names_for(warning.organisation, at=at)[0], list(found)
    return [
        Product(
            row, reason_sentence(reason_of(row)), str(FORMS.get(row.line.kind, row.line.kind)),
            groups_of(held.handled.get(row.line_id, ()), titles, on=day_of(at)),
            helps_of(content, row, {each.weakness for each in held.handled.get(row.line_id, ())}, aliases),
            row.outcome == "undetermined" and row.reason.get("code") in ASKED,
            [each for each in proposed if each.line == row.line_id],
        )
        for row in held.touched
    ]  # fmt: skip


def reason_of(row: Touched) -> Reason:
    """Why it is touched, as the core told it."""
    return Reason(row.reason.get("code", ""), tuple(row.reason.get("params", {}).items()))


def groups_of(rows: Iterable[Handled], titles: Mapping[str, str], *, on: date) -> list[Group]:
    """The weaknesses by what was said of them, what is to be done first."""
    found: dict[tuple[object, ...], list[Handled]] = {}
    for row in rows:
        key = (row.status, row.flag, row.because, row.until, row.by_id)
        found.setdefault(key, []).append(row)
    order = {name: place for place, name in enumerate(WarningState.values)}
    made = [_group(some, titles, on=on) for some in found.values()]
    return sorted(made, key=lambda each: (order[each.status], -len(each.weaknesses)))


def _group(rows: Sequence[Handled], titles: Mapping[str, str], *, on: date) -> Group:
    row = rows[0]
    said = Standing(row.status, row.flag, row.because, "x", row.until)  # type: ignore[arg-type]
    weaknesses = [(each.weakness, titles.get(each.weakness, "")) for each in rows]
    told = row.by is not None
    return Group(
        WarningState(standing(said, on=on)), weaknesses, row.flag, row.because, row.until, str(row.by or ""),
        max(each.at for each in rows), told,
    )  # fmt: skip


def helps_of(content: Content, row: Touched, keys: Iterable[str], aliases: Aliases) -> Helps:
    """What the document says that helps this product against these weaknesses, each thing once."""
    asset = getattr(row.line, "asset", None)
    if asset is None:
        return Helps()
    asset.line = row.line
    places, wanted = places_of(thing_of(asset), aliases), set(keys)
    fixes = [fix_of(content, each, places, aliases) for each in content.vulnerabilities if each.key[:300] in wanted]
    remedies: dict[tuple[str, str, str], Remedy] = {}
    for each in (remedy for fix in fixes for remedy in fix.remedies):
        remedies.setdefault((each.kind, each.details, each.url), each)
    return Helps(
        _once(fixes, lambda fix: fix.fixed), _once(fixes, lambda fix: fix.recommended), list(remedies.values())
    )


def _once(fixes: Iterable[Fix], what: Callable[[Fix], Iterable[str]]) -> list[str]:
    """Versions in words, each once."""
    return list(dict.fromkeys(range_words(text) for fix in fixes for text in what(fix)))
