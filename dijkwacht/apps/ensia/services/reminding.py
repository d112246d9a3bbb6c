"""Reminders that time makes due: each term of an open year has the day on which the next one goes out.

Safe when run twice, killed, or run on five machines at once: whoever moves that day on, in one statement that also says
what it was, writes the mails; who comes second moves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dijkwacht.apps.ensia.marks import marked
from dijkwacht.apps.ensia.models import Notice, NoticeKind, Term, Year
from dijkwacht.apps.ensia.queries.calendar import rule_named
from dijkwacht.apps.ensia.queries.done import lines_done
from dijkwacht.apps.ensia.queries.lines import open_lines
from dijkwacht.apps.ensia.services.mailing import send_waiting
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.ensia import EVERY_LINE, Milestone, Rule, after_reminder

ACTOR = "tick"


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a round came to: terms whose reminder was due, mails written for them, mails that went out."""

    terms: int
    written: int
    sent: int


def remind(*, on: date, at: datetime) -> Reminded:
    """Writes the reminders that are due by ``on`` and sends every mail that waits."""
    due = Term.objects.filter(remind_at__lte=on, year__closed_on__isnull=True).select_related("year__organisation")
    terms = written = 0
    for term in due.order_by("pk"):
        found = _remind(term, on=on, at=at)
        if found is not None:
            terms += 1
            written += found
    return Reminded(terms, written, send_waiting(at=at))


def _remind(term: Term, *, on: date, at: datetime) -> int | None:
    """The number of mails written for one term; None when another did it."""
    rule = rule_named(term.key)
    following = after_reminder(Milestone(rule, term.on), on=on) if rule else None
    with acting(term.year.organisation, person=None, actor=ACTOR, on=on, at=at):
        claimed = Term.objects.filter(pk=term.pk, remind_at=term.remind_at, year__closed_on__isnull=True)
        if not claimed.update(remind_at=following):
            return None
        if rule is None or term.on < on:
            return 0
        lines = _lines_by_person(term.year, rule, on=on)
        made = [
            Notice(year=term.year, kind=NoticeKind.REMINDER, person_id=person, lines=mine, term=term.key, on=on)
            for person, mine in lines.items()
        ]
        Notice.objects.bulk_create(made, ignore_conflicts=True)
        if made:
            written = Notice.objects.filter(
                year=term.year, kind=NoticeKind.REMINDER, term=term.key, on=on, person_id__in=lines
            )
            record(
                term.year.organisation, person=None, actor=ACTOR, act="ensia.reminded",
                about=f"ensia:{term.year.year}", at=at,
                detail={"day": on, "term": term.key, "persons": len(made), "of": sorted(lines), ROWS: marked(written)},
            )  # fmt: skip
    return len(made)


def _lines_by_person(year: Year, rule: Rule, *, on: date) -> Mapping[int, list[str]]:
    """Whom to remind of which lines: who has lines of this term that were not handed in and still have open questions.

    The coordinator is reminded of every such line. Who has no role here any more is not.
    """
    about = None if EVERY_LINE in rule.lines else rule.lines
    left = [line for line in open_lines(year, on=on, only=about) if line not in lines_done(year)]
    here = set(persons_in(year.organisation, on=on).values_list("pk", flat=True))
    found: dict[int, list[str]] = {}
    for line, person in year.answerers.filter(until__isnull=True, line__in=left).values_list("line", "person"):
        if person in here and line not in found.setdefault(person, []):
            found[person].append(line)
    if left and year.coordinator_id in here and year.coordinator_id is not None:
        found[year.coordinator_id] = list(left)
    return {person: [line for line in left if line in mine] for person, mine in found.items()}
