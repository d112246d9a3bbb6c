"""How lines were handed out: by whom, when, and with which note. The trail tells who; the mail holds the note."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.ensia.models import Answerer, Notice
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.trail.models import Entry

ACTS = ("ledger.ask_many", "ensia.handed_out")


@dataclass(frozen=True, slots=True)
class Asking:
    """Who handed a line to somebody (None: no person), on which day, for which last day, and the note that went along."""

    by: Person | None
    on: date
    due: date | None
    note: str


def askings(rows: Iterable[Answerer]) -> dict[int, Asking]:
    """Per answerer (by row number) how he was asked. The rows are of one organisation, each with its year."""
    wanted = {(f"ensia:{row.year.year}:{row.line}", row.person_id, row.theme, row.lead): row for row in rows}
    if not wanted:
        return {}
    organisation = next(iter(wanted.values())).year.organisation_id
    about = {key[0] for key in wanted}
    told = Entry.objects.filter(organisation=organisation, act__in=ACTS, about__in=about).order_by("seq")
    entries = {}
    for entry in told.select_related("person"):
        detail = entry.detail
        key = (entry.about, detail.get("of"), detail.get("theme"), detail.get("lead"))
        if key in wanted:
            entries[key] = entry  # the last one that handed it out so
    mails = {entry.detail.get("mail") for entry in entries.values()}
    notes = dict(Notice.objects.filter(pk__in=mails - {None}).values_list("pk", "note"))
    return {
        wanted[key].pk: Asking(
            entry.person, wanted[key].since, _day(entry.detail.get("due")), notes.get(entry.detail.get("mail"), "")
        )
        for key, entry in entries.items()
    }


def due_of(notice: Notice) -> date | None:
    """The last day for which a line was handed out with this mail; None when none was named."""
    about = [f"ensia:{notice.year.year}:{line}" for line in notice.lines]
    told = Entry.objects.filter(organisation=notice.year.organisation_id, act__in=ACTS, about__in=about)
    return next((_day(each.detail.get("due")) for each in told if each.detail.get("mail") == notice.pk), None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
