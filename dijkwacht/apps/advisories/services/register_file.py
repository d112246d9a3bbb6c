"""A file with a product register: which form it has, how its columns are read, and the lines of it that are taken over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dijkwacht.adapters import registers
from dijkwacht.adapters.registers import cmdb, gemma, ict_foto
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.core.advisories.register_lines import Lines, Source
from dijkwacht.core.advisories.register_words import REGISTER
from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.core.intake_columns import Layout
from dijkwacht.core.sheets import Row, Sheet

LARGEST = registers.LIMITS.size
FORMS = registers.FORMS
ROLES = REGISTER.roles
LONGEST_LABEL = 120
_TABLES: Mapping[str, Callable[..., Lines]] = {ict_foto.FORM: ict_foto.of, gemma.FORM: gemma.of, cmdb.FORM: cmdb.of}
_PARTS = ("cyclonedx", "spdx")


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it is read: its form with why, the lines or what is wrong, and of a table its sheets and where the columns are.

    ``whose``: the organisations that it names, where it names any.
    """

    form: str
    reasons: tuple[Reason, ...]
    lines: Lines
    sheets: tuple[Sheet, ...] = ()
    layout: Layout | None = None
    whose: tuple[str, ...] = ()

    @property
    def is_parts(self) -> bool:
        """Whether it lists the parts of one application, which then names the source."""
        return self.form in _PARTS

    def header(self) -> Row:
        """The row with the headings."""
        return self._row(lambda number, at: number == at, 1)[0]

    def samples(self, most: int) -> tuple[Row, ...]:
        """A few rows under the headings."""
        return self._row(lambda number, at: number > at, most)

    def _row(self, fits: Callable[[int, int], bool], most: int) -> tuple[Row, ...]:
        if self.layout is None or not self.sheets:
            return (Row(1, ()),)
        header = self.layout.header
        return tuple(row for row in self.sheets[self.layout.sheet].rows if fits(row.number, header))[:most] or (
            Row(header, ()),
        )


def look(
    data: bytes, name: str, *, on: date, form: str = "", chosen: Mapping[str, int | None] | None = None, whose: str = ""
) -> Looked:
    """What is in a file. ``form``: as a person says; ``chosen``: sheet, header and columns by role as a person chose them.

    ``whose``: of a file that names several organisations, the one whose lines count. Whatever is wrong with it is a problem in
    the answer.
    """
    found = registers.detect(data, name)
    kind = form if form in FORMS else found.form or ""
    if not kind:
        problem = found.problem
        lines = Lines("", problems=(problem,) if problem else (), counts={problem.code: 1} if problem else {})
        if not found.sheets:
            return Looked("", found.reasons, lines)
        kind, layouts = cmdb.FORM, _chosen(found.sheets, (), chosen or {})
        lines = _TABLES[kind](found.sheets, on=on, layouts=layouts) if layouts else lines
        start = (Layout(0, _first(found.sheets[0]), {}, {}),)
        return _looked(Looked(kind, (), lines, tuple(found.sheets)), layouts or start, whose)
    reasons = found.reasons if kind == found.form else ()
    if kind not in _TABLES or not found.sheets:
        return Looked(kind, reasons, registers.read(data, name=name, on=on, form=kind))
    lines = _TABLES[kind](found.sheets, on=on, layouts=())
    layouts = _chosen(found.sheets, lines.layouts, chosen or {}, every=kind == ict_foto.FORM)
    if layouts:
        lines = _TABLES[kind](found.sheets, on=on, layouts=layouts)
    return _looked(Looked(kind, reasons, lines, tuple(found.sheets)), layouts or lines.layouts, whose)


def _looked(found: Looked, layouts: Sequence[Layout], whose: str) -> Looked:
    """With where the columns are, and with the lines of one organisation where several are named and one was chosen."""
    lines = found.lines
    names = tuple(sorted({each.organisation for each in lines.lines if each.organisation}))
    if whose in names:
        lines = replace(lines, lines=tuple(each for each in lines.lines if each.organisation == whose))
    return replace(found, lines=lines, layout=layouts[0] if layouts else None, whose=names)


def _chosen(
    sheets: Sequence[Sheet], proposed: Sequence[Layout], chosen: Mapping[str, int | None], *, every: bool = False
) -> tuple[Layout, ...]:
    """The layouts with what a person chose; nothing when nothing was chosen, or there is no such sheet."""
    if not chosen:
        return ()
    sheet = chosen.get("sheet")
    position = sheet if sheet is not None else proposed[0].sheet if proposed else 0
    if not 0 <= position < len(sheets):
        return ()
    held = {each.sheet: each for each in proposed}
    before = held.get(position)
    header = chosen.get("header") or (before.header if before else _first(sheets[position]))
    widest = max((len(row.cells) for row in sheets[position].rows), default=0)
    columns = {role: at for role in ROLES if (at := chosen.get(role)) is not None and 0 <= at < widest}
    if not any(role in chosen for role in ROLES):
        columns = dict(before.columns) if before and before.header == header else {}
    mine = Layout(position, header, columns, {})
    return (mine, *(each for at, each in held.items() if at != position)) if every else (mine,)


def _first(sheet: Sheet) -> int:
    return next((row.number for row in sheet.rows), 1)


def source_of(looked: Looked, label: str) -> Source:
    """Where the lines come from. Raises Refused (label_needed, long) for a list of parts that does not say of what."""
    text = " ".join(label.split())
    if len(text) > LONGEST_LABEL:
        raise Refused("long", field="label", most=LONGEST_LABEL)
    if looked.is_parts and not text:
        raise Refused("label_needed", field="label")
    return Source(looked.form, text)


def of_one(looked: Looked, whose: str) -> Lines:
    """The lines that are taken over. Raises Refused (whose) while it is open which organisation of several is meant."""
    if len(looked.whose) > 1 and whose not in looked.whose:
        raise Refused("whose", field="whose")
    return looked.lines
