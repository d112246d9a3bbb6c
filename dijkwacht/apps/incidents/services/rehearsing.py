"""Rehearsals: the whole path of an incident on a clock of its own, with made-up receipts. Nothing of it leaves the house.

Deeds on pages of an exercise happen at the moment that its clock shows (`middleware`), so that what was late there is late. The
trail tells of them at the real moment (`doing`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dijkwacht.apps.incidents.models import Delivery, Incident, IncidentState, Moment, MomentKind, Rehearsal
from dijkwacht.apps.incidents.queries.rehearsals import left
from dijkwacht.apps.incidents.services import intake, reports, ticking, weighing
from dijkwacht.apps.incidents.services.doing import Refused, about, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.norms.read import incidents
from dijkwacht.web.terms import text_of

MOST_DAYS = 200
ANSWERS_AFTER = timedelta(hours=2)  # a made-up CSIRT answers after so long: our choice
CAPACITY = "csirt"


@dataclass(frozen=True, slots=True)
class Ran:
    """What happened while the clock ran: warnings written, events told, receipts made up, weighings asked for again."""

    warnings: int
    events: int
    receipts: int
    asked: int


def begin(
    organisation: Organisation,
    *,
    title: str,
    what: str,
    person: Person,
    at: datetime,
    scenario: str = "",
    goal: str = "",
) -> Rehearsal:
    """Starts an exercise, known of from this moment. Raises Refused (empty, long, stranger; rehearsing: another one runs)."""
    if scenario and scenario not in incidents().scenarios:
        raise Refused("stranger", field="scenario")
    with doing(organisation, person=person, at=at) as deed:
        if standing(organisation) is not None:
            raise Refused("rehearsing")
        told = intake.Intake(title=title.strip(), what=what.strip(), known_at=at, known_by=str(person), exercise=True)
        incident = intake.tell(organisation, intake=told, person=person, at=at, handler=person)
        row = Rehearsal.objects.create(
            incident=incident, scenario=scenario, goal=goal.strip()[:300], began_at=at, begun_by=person
        )
        deed.write("rehearsal_begun", about=about(incident), rows=[row], name=incident.name, title=incident.title)
    return row


def standing(organisation: Organisation) -> Rehearsal | None:
    """The rehearsal that runs here, if any."""
    rows = Rehearsal.objects.filter(incident__organisation=organisation)
    return rows.exclude(incident__state=IncidentState.CLOSED).select_related("incident").first()


def run_on(row: Rehearsal, *, to: datetime, person: Person, at: datetime) -> Ran:
    """Lets the clock run to a moment: what happens until then happens, who would be warned is warned, receipts come in.

    ``at`` is the real moment. Raises Refused (closed, zone, backwards, far).
    """
    if to.tzinfo is None:
        raise Refused("zone", field="to")
    incident = row.incident
    with doing(incident.organisation, person=person, at=at, real=at) as deed:
        now = Rehearsal.objects.select_for_update(of=("self",)).select_related("incident__organisation").get(pk=row.pk)
        if now.incident.state == IncidentState.CLOSED:
            raise Refused("closed")
        if to <= now.moment(at):
            raise Refused("backwards", field="to")
        if to > now.began_at + timedelta(days=MOST_DAYS):
            raise Refused("far", field="to", most=MOST_DAYS)
        told = _told(now, to=to, at=at)
        now.ahead, now.told = to - at, now.told + len(told)
        now.save(update_fields=["ahead", "told"])
        deed.write("rehearsal_run", about=about(incident), rows=[now, *told], name=incident.name, to=to)
    made = _receipts(now.incident, person=person, at=to)
    asked = weighing.ask_again(at=to, rehearsed=incident)
    fired = ticking.fire_rehearsed(incident.organisation, at=to, real=at)
    return Ran(fired.alerts, len(told), made, asked)


def _told(row: Rehearsal, *, to: datetime, at: datetime) -> list[Moment]:
    """The events of the scenario that have happened by then, in the timeline, in the language of who lets the clock run."""
    return [
        Moment.objects.create(
            incident=row.incident, at=row.began_at + each.after, kind=MomentKind.EVENT, text=text_of(each.text), written_at=at,
        )
        for each in left(row)
        if row.began_at + each.after <= to
    ]  # fmt: skip


def _receipts(incident: Incident, *, person: Person, at: datetime) -> int:
    """Makes up what a receiver would send back: a number at once, and of a CSIRT an answer a little later; how many."""
    sent = Delivery.objects.filter(report__incident=incident, at__lte=at).select_related(
        "report__incident__organisation"
    )
    made = 0
    for row in sent.filter(receipt=""):
        reports.note_receipt(
            row, receipt=_("EXERCISE-%(number)s") % {"number": row.pk}, receipt_at=row.at, person=person, at=at
        )
        made += 1
    for row in sent.filter(capacity=CAPACITY, answered_at__isnull=True, at__lte=at - ANSWERS_AFTER):
        said = _("EXERCISE: made-up answer. We received your report and look along. Tell us when something changes.")
        reports.note_answer(row, text=said, when=row.at + ANSWERS_AFTER, person=person, at=at)
        made += 1
    return made
