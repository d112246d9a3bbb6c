"""An import before and after: what a file says as we read it, and what bringing it in came to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dijkwacht.apps.ledger import receipts, words
from dijkwacht.apps.ledger.forms.importing import ANSWERED, HAPPENED, ROLE_WORDS, ColumnsForm
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import subjects, verdicts
from dijkwacht.apps.ledger.receipts import Turned
from dijkwacht.apps.ledger.services import claims, reading
from dijkwacht.apps.ledger.services.reading import AUDIT, Reading, UnreadableError
from dijkwacht.apps.ledger.services.uploads import Upload
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.catalog import Norms
from dijkwacht.core.intake_columns import ROLES, Layout
from dijkwacht.core.intake_plan import Derived, Implied, Plan
from dijkwacht.core.intake_values import shown
from dijkwacht.core.sheets import Cell, Problem, column_letter
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import text_of, value_words

SAMPLES = 3
MOST_PROBLEMS = 100
ANSWERS = ("yes", "partly", "no", "not_applicable")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is taken for, with its heading and a few of its cells."""

    role: str
    word: str
    heading: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that follows, or a question that stays open and why."""

    text: str
    value: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. ``counts``: how many lines say yes, partly, no and not applicable.

    ``dates``: what the date of a row is taken for, empty when no row has one; ``dated``: the answers that are such a date.
    """

    audit: bool
    form: ColumnsForm
    columns: tuple[Column, ...]
    plan: Plan
    counts: Mapping[str, int]
    problems: tuple[str, ...]
    more_problems: int
    remarks: tuple[str, ...]
    derived: tuple[Told, ...]
    open: tuple[Told, ...]
    conflicts: tuple[Told, ...]
    dates: str
    dated: tuple[Told, ...]

    @property
    def lines(self) -> int:
        """How many answers there are."""
        return len(self.plan.claims) + len(self.plan.answers)

    @property
    def usable(self) -> bool:
        """Whether the columns that are needed are known."""
        return any(each.role == "answer" for each in self.columns)


@dataclass(frozen=True, slots=True)
class Done:
    """What an import came to, as its entry in the trail tells it."""

    entry: Entry
    claims: int
    claims_unchanged: int
    recorded: int
    unchanged: int
    outdated: int
    turned: tuple[Turned, ...]
    now: Mapping[str, int]
    accounts: tuple[str, ...]


def preview(organisation: Organisation, upload: Upload, query: Mapping[str, str], *, on: date) -> Preview | None:
    """What the file would do with these columns; None when it cannot be read any more, or has no such sheet."""
    try:
        read = reading.read(upload, on=on)
    except (UnreadableError, OSError):
        return None
    norms = packs_on(on).norms
    layout = reading.arranged(read, _chosen(query))
    if layout is None:
        return None
    catalog = query.get("catalog", "") if query.get("catalog", "") in norms.catalogs else ""
    dates = ANSWERED if query.get("dates") == ANSWERED else HAPPENED
    plan = _with_dates(reading.plan(organisation, reading=read, layout=layout, on=on, catalog=catalog), dates)
    derived = claims.derive(organisation, plan=plan, on=on) if plan.ok else Derived((), ())
    names = subjects.names(organisation)
    problems = tuple(words.file_trouble(each) for each in _wrong(plan, layout))
    return Preview(
        read.kind == AUDIT,
        _form(read, layout, plan, norms, dates),
        _columns(read, layout),
        plan,
        _counts(plan),
        problems[:MOST_PROBLEMS],
        len(problems[MOST_PROBLEMS:]),
        tuple(words.file_trouble(each) for each in plan.remarks),
        _derived(derived.answers, norms, names),
        _open(derived, norms, names),
        _conflicts(derived, norms, names),
        dates if any(each.day for each in plan.claims) else "",
        _derived([each for each in derived.answers if each.basis == "date"], norms, names),
    )


def receipt(seat: Seat, act: int, *, on: date) -> Done | None:
    """What an import did; None when the act was something else."""
    entry = Entry.objects.filter(organisation=seat.organisation, seq=act, act="ledger.import").first()
    if entry is None:
        return None
    outcomes = entry.detail.get("outcomes", {})
    turns = receipts.turned(seat, verdicts.turns(seat.organisation).filter(act=act), on=on)
    turns = receipts.held_back(seat, turns, on=on)
    return Done(
        entry,
        entry.detail.get("claims", 0),
        entry.detail.get("claims_unchanged", 0),
        outcomes.get("recorded", 0),
        outcomes.get("unchanged", 0),
        outcomes.get("outdated", 0),
        turns,
        Counter(each.after for each in turns),
        receipts.accounts_of(turns, on=on),
    )


def _chosen(query: Mapping[str, str]) -> dict[str, int | None]:
    """The numbers in a query; a role that is named without a number has no column. Anything else is not there."""
    found: dict[str, int | None] = {}
    for name in ("sheet", "header", *ROLES):
        text = query.get(name)
        if text is not None and text.isascii() and text.isdigit() and len(text) < 8:
            found[name] = int(text)
        elif text == "" and name in ROLES:
            found[name] = None
    return found


def _wrong(plan: Plan, layout: Layout) -> tuple[Problem, ...]:
    """The problems; while a column that is needed is not known, every row would have one, and none helps."""
    if "answer" not in layout.columns or not {"number", "question"} & set(layout.columns):
        return ()
    return plan.problems


def _with_dates(plan: Plan, dates: str) -> Plan:
    """The plan with the date of a row read as was chosen."""
    claims = tuple(replace(each, happened=dates == HAPPENED) for each in plan.claims)
    return replace(plan, claims=claims)


def _form(read: Reading, layout: Layout, plan: Plan, norms: Norms, dates: str) -> ColumnsForm:
    header, rows = read.header(layout), read.rows_below(layout)
    widest = max((len(row.cells) for row in (header, *rows[:SAMPLES])), default=0)
    columns = [(n, f"{column_letter(n)}: {shown(header.cell(n), 40) or '–'}") for n in range(widest)]
    table = {"sheet": layout.sheet, "header": layout.header, "catalog": plan.catalog or "", "dates": dates}
    initial = {**table, **layout.columns}
    return ColumnsForm(
        initial=initial,
        sheets=[(n, sheet.name) for n, sheet in enumerate(read.sheets)],
        columns=columns,
        catalogs=[(each.id, text_of(each.name)) for each in norms.catalogs.values()],
    )


def _columns(read: Reading, layout: Layout) -> tuple[Column, ...]:
    header, rows = read.header(layout), read.rows_below(layout)
    return tuple(
        Column(
            role,
            str(ROLE_WORDS[role]),
            shown(header.cell(column)),
            tuple(text for row in rows if (text := _sample(row.cell(column))))[:SAMPLES],
        )
        for role in ROLES
        if (column := layout.columns.get(role)) is not None
    )


def _sample(cell: Cell) -> str:
    """A cell in a few words; a day as people write it."""
    return day_words(cell) if isinstance(cell, date) else shown(cell, 40)


def _counts(plan: Plan) -> dict[str, int]:
    found = Counter(str(each.answer) for each in plan.claims)
    return {answer: found[answer] for answer in ANSWERS}


def _asked(norms: Norms, subject: str | None, fact_type: str, names: Mapping[str, str]) -> str:
    kind = norms.fact_types.get(fact_type)
    return words.asked(kind, subject or "", names) if kind else words.asked_register(fact_type)


def _derived(answers: Iterable[Implied], norms: Norms, names: Mapping[str, str]) -> tuple[Told, ...]:
    return tuple(
        Told(
            _asked(norms, each.subject, each.fact_type, names),
            value_words(norms.fact_types.get(each.fact_type), each.value, names),
            _numbers(each.requirements, norms),
        )
        for each in answers
    )


def _open(derived: Derived, norms: Norms, names: Mapping[str, str]) -> tuple[Told, ...]:
    return tuple(
        Told(_asked(norms, each.subject, each.fact_type, names), words.open_word(each.why)) for each in derived.open
    )


def _conflicts(derived: Derived, norms: Norms, names: Mapping[str, str]) -> tuple[Told, ...]:
    return tuple(
        Told(_asked(norms, each.subject, each.fact_type, names), "", _numbers(each.requirements, norms))
        for each in derived.conflicts
    )


def _numbers(requirements: tuple[str, ...], norms: Norms) -> tuple[str, ...]:
    return tuple(norms.requirements[name].number if name in norms.requirements else name for name in requirements)
