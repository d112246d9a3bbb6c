"""What an organisation does about a warning: take note, give it to somebody, assess it in writing, say how each asset stands.

Whoever does any of these has seen the warning: reminders stop. One deed with one entry each; the rules are in
`core/advisories/handling`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dijkwacht.apps.advisories.models import (
    Assessment,
    EventKind,
    Handled,
    Line,
    Touched,
    Warned,
    WarningState,
)
from dijkwacht.apps.advisories.queries.handling import may_handle, whole
from dijkwacht.apps.advisories.queries.stated import chosen, proposals
from dijkwacht.apps.advisories.services import lines, telling, weighing
from dijkwacht.apps.advisories.services.doing import Doing, Refused, doing, titled
from dijkwacht.apps.advisories.services.meaning import said_by
from dijkwacht.apps.advisories.services.stating import restate, set_week, settle
from dijkwacht.apps.advisories.services.warning import ACTOR
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.advisories import handling
from dijkwacht.core.advisories.handling import Handled as Standing
from dijkwacht.core.advisories.priority import GRADES
from dijkwacht.web.moments import day_of

LONG, SHORT = 20_000, 500
VERDICTS = (WarningState.OPEN, WarningState.IN_PROGRESS, WarningState.DONE, WarningState.NOT_AFFECTED)
"""Where a warning without assets may stand; a risk is accepted of something that is there."""
FIELDS = {"flag": "flag", "reason": "because", "by": "decided", "until": "until"}
"""What the core calls a field, and what it is called here."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of assets. ``decided``, ``until``: who accepted the risk, and up to and including which day."""

    status: str
    flag: str = ""
    because: str = ""
    decided: Person | None = None
    until: date | None = None

    def wrong(self, *, on: date) -> list[tuple[str, str]]:
        """What is missing, as field and code."""
        if self.status not in handling.STATUSES:
            return [("status", "status_unknown")]
        told = Standing(self.status, self.flag, self.because, str(self.decided or ""), self.until)
        return [(FIELDS[field], code) for field, code in handling.wrong(told, on=on)]


def see(warning: Warned, *, person: Person, at: datetime) -> bool:
    """Takes note of a warning, which stops reminders; False when somebody did already."""
    with doing(warning.organisation, person=person, at=at) as deed:
        row = _held(warning)
        if row.seen_at is not None:
            return False
        _noted(row, deed)
        row.save()
        telling.plan(row)
        told = {"name": row.number, "title": titled(row.tlp, row.title)}
        deed.write("seen", about=f"warning:{row.pk}", rows=[row], **told)
    return True


def give(warning: Warned, *, handler: Person | None, person: Person, at: datetime) -> Warned:
    """Somebody handles it from now on, or nobody. Raises Refused (stranger, label_named)."""
    with doing(warning.organisation, person=person, at=at) as deed:
        row = _held(warning)
        if handler is not None:
            _known_here(row, handler, "handler", at)
            if not may_handle(row, handler):
                raise Refused("label_named", field="handler", label=row.tlp)
        row.handler = handler
        _noted(row, deed)
        row.save()
        telling.plan(row)
        deed.write("given", about=f"warning:{row.pk}", rows=[row], name=row.number, handler=str(handler or "–"))
    return row


def assess(
    warning: Warned, *, text: str, likelihood: str = "", damage: str = "", because: str = "", verdict: str = "", person: Person,
    at: datetime,
) -> Assessment:  # fmt: skip
    """Writes down what is made of a warning; the newest counts, and whether the week runs follows from it.

    ``likelihood``, ``damage``: as the organisation sees them, both or neither. ``because``: why they lie below a publisher who
    calls both high. ``verdict``: of a warning without assets, where the whole of it stands. Raises Refused (empty, long, grade,
    half_rating, lower_reason, has_assets, verdict, lapsed).
    """
    _written({"assessment": text, "because": because})
    own = _own(likelihood, damage)
    with doing(warning.organisation, person=person, at=at) as deed:
        row = _held(warning)
        one_week = weighing.short_term(said_by(row.advisory))
        if handling.needs_reason(one_week, own) and not because.strip():
            raise Refused("lower_reason", field="because")
        if verdict:
            _whole(row, verdict, at=at)
        made = Assessment.objects.create(
            warning=row, text=text.strip(), likelihood=likelihood, damage=damage, because=because.strip(), verdict=verdict,
            version=row.advisory.version, at=at, by=person,
        )  # fmt: skip
        if row.state != WarningState.LAPSED:
            _week(row, own)
            restate_seen(row, deed)
        told = {"name": row.number, "title": titled(row.tlp, row.title)}
        deed.write("assessed", about=f"warning:{row.pk}", rows=[row, made], **told)
    return made


def _written(texts: dict[str, str]) -> None:
    if not texts["assessment"].strip():
        raise Refused("empty", field="assessment")
    for field, most in (("assessment", LONG), ("because", SHORT)):
        if len(texts[field]) > most:
            raise Refused("long", field=field, most=most)


def _own(likelihood: str, damage: str) -> tuple[str, str] | None:
    for field, grade in (("likelihood", likelihood), ("damage", damage)):
        if grade and grade not in GRADES:
            raise Refused("grade", field=field)
    if bool(likelihood) != bool(damage):
        raise Refused("half_rating", field="damage" if likelihood else "likelihood")
    return (likelihood, damage) if likelihood else None


def _whole(row: Warned, verdict: str, *, at: datetime) -> None:
    """Where a warning without assets stands."""
    if verdict not in VERDICTS:
        raise Refused("verdict", field="verdict")
    if row.state == WarningState.LAPSED:
        raise Refused("lapsed")
    if _standing(row).exists():
        raise Refused("has_assets", field="verdict")
    before = WarningState(row.state)
    row.state = WarningState(verdict)
    settle(row, before, at=at)


def _week(row: Warned, own: tuple[str, str] | None) -> None:
    """Whether the week runs now. One that ran ends when it did; one that begins now counts from when it was told as a task."""
    ran, end = row.week, row.due_at
    task = row.events.filter(kind__in=(EventKind.FIRST, EventKind.TASK)).last()
    set_week(row, own=own, since=task.at if task else None)
    if ran and row.week:
        row.due_at = end


def set_status(
    warning: Warned,
    said: Said,
    *,
    line: int | None = None,
    weaknesses: Collection[str] = (),
    person: Person,
    at: datetime,
) -> int:
    """Says how assets stand: one line or all, some weaknesses or all; how many were said anew.

    Raises Refused (lapsed, no_assets, weakness, stranger, and what `core/advisories/handling.WRONG` names).
    """
    _allowed(said, at)
    with doing(warning.organisation, person=person, at=at) as deed:
        row = _held(warning)
        if said.status == WarningState.ACCEPTED and said.decided is not None:
            _known_here(row, said.decided, "decided", at)
        changed = _say(_chosen(row, line, weaknesses), said, deed)
        if changed:
            restate_seen(row, deed)
            deed.write(
                "handled", about=f"warning:{row.pk}", rows=[row, *changed], name=row.number, status=said.status,
                because=said.because.strip(), n=len(changed),
            )  # fmt: skip
    return len(changed)


def mark_all(warning: Warned, said: Said, *, person: Person, at: datetime) -> int:
    """Says the same of everything of a warning at once."""
    return set_status(warning, said, person=person, at=at)


def _allowed(said: Said, at: datetime) -> None:
    for field, code in said.wrong(on=day_of(at)):
        raise Refused(code, field=field)
    if len(said.because) > SHORT:
        raise Refused("long", field="because", most=SHORT)


def _chosen(row: Warned, line: int | None, weaknesses: Collection[str]) -> list[Handled]:
    if row.state == WarningState.LAPSED:
        raise Refused("lapsed")
    rows = _standing(row)
    if line is not None:
        rows = rows.filter(line=line)
    found = list(rows.select_related("line", "warning"))
    if not found:
        raise Refused("no_assets")
    if set(weaknesses) - {each.weakness for each in found}:
        raise Refused("weakness", field="weaknesses")
    return [each for each in found if not weaknesses or each.weakness in weaknesses]


def _say(rows: Iterable[Handled], said: Said, deed: Doing) -> list[Handled]:
    """Writes it; those that say something else than they did."""
    accepted = said.status == WarningState.ACCEPTED
    told: dict[str, Any] = {
        "status": said.status, "flag": said.flag if said.status == WarningState.NOT_AFFECTED else "",
        "because": said.because.strip(), "until": said.until if accepted else None,
    }  # fmt: skip
    who = said.decided if accepted else deed.person
    changed = []
    for row in rows:
        if any(getattr(row, name) != value for name, value in told.items()) or (accepted and row.by != who):
            for name, value in told.items():
                setattr(row, name, value)
            row.by, row.at = who, deed.at
            changed.append(row)
    Handled.objects.bulk_update(changed, [*told, "by", "at"], batch_size=200)
    return changed


def take_proposal(warning: Warned, *, line: int, advisory: int, person: Person, at: datetime) -> int:
    """Takes over that a supplier says that a line is not affected; for how many weaknesses. Raises Refused (no_proposal)."""
    found = chosen(proposals(warning, whole(warning), person, at=at), line=line, advisory=advisory)
    if not found:
        raise Refused("no_proposal")
    return sum(
        set_status(
            warning, Said(WarningState.NOT_AFFECTED, each.flag, each.source[:SHORT]), line=line, weaknesses=each.weaknesses,
            person=person, at=at,
        )
        for each in found
    )  # fmt: skip


def answer_version(touched: Touched, *, version: str, person: Person, at: datetime) -> Warned:
    """Says which version of a product is in use; the warning as it is after matching ran again: affected, or lapsed.

    Raises Refused as `lines.set_version` does.
    """
    line = Line.objects.select_related("organisation").get(pk=touched.line_id)
    lines.set_version(line, version=version, person=person, at=at)
    see(touched.warning, person=person, at=at)
    return Warned.objects.select_related("organisation").get(pk=touched.warning_id)


def end_accepted(*, at: datetime) -> int:
    """Opens again what was accepted until a day that has passed; how many warnings. For `tick`."""
    due = {"handled__status": WarningState.ACCEPTED, "handled__until__lt": day_of(at)}
    found = Warned.objects.filter(**due).select_related("organisation").distinct().order_by("organisation", "pk")
    for each in found:
        with doing(each.organisation, person=None, at=at, actor=ACTOR) as deed:
            row = _held(each)
            rows = list(Handled.objects.filter(warning=row, status=WarningState.ACCEPTED, until__lt=day_of(at)))
            if not rows:
                continue
            for one in rows:
                one.status, one.at = WarningState.OPEN, at
            Handled.objects.bulk_update(rows, ["status", "at"], batch_size=200)
            restate(row, at=at)
            deed.write("accepted_ended", about=f"warning:{row.pk}", rows=[row, *rows], name=row.number, n=len(rows))
    return len(found)


def restate_seen(row: Warned, deed: Doing) -> None:
    """Who handles it has seen it; its state follows from what was said, and is saved."""
    _noted(row, deed)
    restate(row, at=deed.at)


def _noted(row: Warned, deed: Doing) -> None:
    if row.seen_at is None:
        row.seen_at, row.seen_by = deed.at, deed.person


def _known_here(row: Warned, who: Person, field: str, at: datetime) -> None:
    if not persons_in(row.organisation, on=day_of(at)).filter(pk=who.pk).exists():
        raise Refused("stranger", field=field)


def _standing(row: Warned) -> Any:
    return Handled.objects.filter(warning=row).exclude(status=WarningState.LAPSED).order_by("pk")


def _held(warning: Warned) -> Warned:
    """The warning as it is under the lock."""
    rows = Warned.objects.select_for_update(of=("self",)).select_related("organisation", "advisory__document")
    return rows.get(pk=warning.pk)
