"""An incident comes in within a minute; what is known of it grows, and its handling goes on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from dijkwacht.apps.incidents.models import (
    Answer,
    Clock,
    ClockState,
    Hit,
    Incident,
    IncidentKind,
    IncidentState,
    Moment,
    MomentKind,
    Rehearsal,
    Telling,
    Weighing,
)
from dijkwacht.apps.incidents.queries.desk import duties
from dijkwacht.apps.incidents.services import terms
from dijkwacht.apps.incidents.services.calling import crew_of
from dijkwacht.apps.incidents.services.doing import Refused, about, doing, fresh, not_later, quiet
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.web.moments import day_of

MOMENTS = (
    "began_at", "noticed_at", "known_at", "significant_at", "breach_at", "contained_at", "recovery_expected_at",
    "recovered_at",
)  # fmt: skip
PLAIN = (
    "title", "kind", "restricted", "what", "effects", "measures", "rsit", "cause", "root_cause", "detection", "indicators",
    "unlawful", "cross_border", "cross_border_text", "recipients", "essential", "personal_data", "data_role", "data_risk",
    "high_risk", "people_hit", "records_hit", "loss",
    "began_at", "noticed_at", "noticed_by", "known_at", "known_by", "breach_at", "recovery_expected_at", "recovered_at",
)  # fmt: skip
WEIGHS = frozenset({"effects", "people_hit", "loss", "recovered_at", "began_at", "recovery_expected_at", "kind"})
"""What, when it changes, may change whether the incident is significant: then the weighing is asked for again."""
LONGEST = {"title": 200, "noticed_by": 200, "known_by": 200}


@dataclass(frozen=True, slots=True)
class Intake:
    """What is told in the first minute. Moments are aware."""

    title: str
    what: str
    known_at: datetime
    known_by: str
    kind: str = IncidentKind.INCIDENT
    began_at: datetime | None = None
    noticed_at: datetime | None = None
    noticed_by: str = ""
    personal_data: str = Answer.UNKNOWN
    rsit: str = ""
    exercise: bool = False
    restricted: bool = False
    detection: str = ""
    indicators: str = ""


def tell(
    organisation: Organisation, *, intake: Intake, person: Person | None, at: datetime, handler: Person | None = None,
    actor: str = "",
) -> Incident:  # fmt: skip
    """Records a new incident, and who is told of it by mail. Without a person ``actor`` says who told.

    Raises Refused (empty, future, zone, order) naming the field.
    """
    _check(asdict(intake), at=at)
    with doing(organisation, person=person, at=at, actor=actor) as deed:
        year = day_of(at).year
        last = Incident.objects.filter(organisation=organisation, year=year).aggregate(last=Max("number"))["last"]
        made = Incident.objects.create(
            organisation=organisation, year=year, number=(last or 0) + 1, told_at=at, told_by=person, handler=handler,
            breach_at=intake.known_at if intake.personal_data == Answer.YES else None, **asdict(intake),
        )  # fmt: skip
        first = Moment.objects.create(
            incident=made, at=made.known_at, kind=MomentKind.FOUND, text=made.title, written_at=at, by=person
        )
        started, called = terms.follow_facts(made, at=at), _call(made, at=at)
        deed.write(
            "told", about=about(made), rows=[made, first, *started, *called], name=made.name,
            kind=made.kind, known_at=made.known_at, exercise=made.exercise,
            **quiet(made, title=made.title, known_by=made.known_by),
        )  # fmt: skip
    return made


def _call(made: Incident, *, at: datetime) -> list[Telling]:
    """Who gets a mail about it (`alerting` sends them); of an exercise nobody."""
    if made.exercise:
        return []
    crew = crew_of(made.organisation, at=at)
    called = crew.told(handler=made.handler, personal_data=made.personal_data, by=made.told_by)
    return [Telling.objects.create(incident=made, person=each, role=why, made_at=at) for each, why in called]


def change(incident: Incident, *, values: Mapping[str, Any], person: Person, at: datetime) -> Incident:
    """Writes what is known now; what is not in ``values`` stays. Terms that follow from it start, move or fall away.

    Raises Refused (closed, empty, future, zone, order, risk, unknown_field; significant: terms end by a decision, not by a word).
    """
    if wrong := [name for name in values if name not in PLAIN]:
        raise Refused("unknown_field", field=wrong[0])
    with doing(incident.organisation, person=person, at=at) as deed:
        now = _open(incident)
        before = {name: getattr(now, name) for name in values}
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return now
        if "kind" in changed and before["kind"] == IncidentKind.INCIDENT and now.significant_at is not None:
            raise Refused("significant", field="kind")
        for name, value in changed.items():
            setattr(now, name, value)
        if now.personal_data == Answer.YES and now.breach_at is None:
            now.breach_at = at
            changed["breach_at"] = at
        _check({name: getattr(now, name) for name in (*PLAIN, "significant_at")}, at=at)
        now.save(update_fields=list(changed))
        asked = _ask_again(now, changed, at=at)
        moved = terms.follow_facts(now, at=at)
        told = {name: before.get(name) for name in changed if name in MOMENTS}
        deed.write(
            "changed", about=about(now), rows=[now, *asked, *moved], name=now.name, fields=sorted(changed), before=told,
        )  # fmt: skip
    return now


def give_to(incident: Incident, *, handler: Person | None, person: Person, at: datetime) -> Incident:
    """Says who handles it."""
    with doing(incident.organisation, person=person, at=at) as deed:
        now = fresh(incident)
        now.handler = handler
        now.save(update_fields=["handler"])
        deed.write("given", about=about(now), rows=[now], name=now.name, handler=str(handler or ""))
    return now


def hit(
    incident: Incident, *, subject: Subject, effect: str, person: Person, at: datetime, since: datetime | None = None,
    until: datetime | None = None, note: str = "",
) -> Hit:  # fmt: skip
    """A system or process was hit, or is no longer. Raises Refused (closed, stranger, future, order)."""
    if subject.organisation_id != incident.organisation_id:
        raise Refused("stranger")
    for field, moment in (("since", since), ("until", until)):
        not_later(moment, at, field)
    if since and until and until < since:
        raise Refused("order", field="until", before="since")
    with doing(incident.organisation, person=person, at=at) as deed:
        now = _open(incident)
        row, _new = Hit.objects.update_or_create(
            incident=now, subject=subject, effect=effect, defaults={"since": since, "until": until, "note": note[:300]}
        )
        asked = _ask_again(now, {"hits": row}, at=at)
        deed.write(
            "hit", about=about(now), rows=[row, *asked], name=now.name, effect=effect, since=since, until=until,
            **quiet(now, subject=subject.key, subject_name=subject.name),
        )  # fmt: skip
    return row


def unhit(row: Hit, *, person: Person, at: datetime) -> None:
    """It was not hit after all. Raises Refused (closed)."""
    with doing(row.incident.organisation, person=person, at=at) as deed:
        now = _open(row.incident)
        key, name, kept = row.subject.key, row.subject.name, Hit(pk=row.pk)
        row.delete()
        asked = _ask_again(now, {"hits": None}, at=at)
        said = quiet(now, subject=key, subject_name=name)
        deed.write("unhit", about=about(now), rows=[kept, *asked], name=now.name, **said)


def move_to(incident: Incident, *, state: str, person: Person, at: datetime, when: datetime | None = None) -> Incident:
    """Contained, handled, closed, or open again. ``when``: the moment itself, ``at`` if not given.

    Raises Refused (state, future, order; for closed: weigh, terms; for open again: rehearsing, an exercise while another runs).
    """
    moment = when or at
    not_later(moment, at, "when")
    with doing(incident.organisation, person=person, at=at) as deed:
        now = fresh(incident)
        before = now.state
        if state == before or state not in IncidentState.values:
            raise Refused("state")
        if moment < now.known_at:
            raise Refused("order", field="when", before="known_at")
        if before == IncidentState.CLOSED and _rehearses(now):
            raise Refused("rehearsing")
        changed = _moved(now, state, moment, at=at)
        now.save(update_fields=["state", *changed])
        moved = terms.follow_facts(now, at=at)
        if state == IncidentState.CLOSED and (why := why_not_closed(now)):  # after: closing may set a term going
            raise Refused(why[0])
        deed.write(
            state if state != IncidentState.OPEN else "reopened", about=about(now), rows=[now, *moved], name=now.name,
            before=before, when=moment,
        )  # fmt: skip
    return now


def _moved(now: Incident, state: str, moment: datetime, *, at: datetime) -> list[str]:
    """Puts the state and its moments on the incident; the columns that changed."""
    now.state = state
    if state == IncidentState.CONTAINED:
        now.contained_at = now.contained_at or moment
        return ["contained_at"]
    if state == IncidentState.HANDLED:
        now.handled_at = moment
        return ["handled_at"]
    if state == IncidentState.CLOSED:
        now.handled_at, now.closed_at = now.handled_at or moment, at
        return ["handled_at", "closed_at"]
    now.handled_at = now.closed_at = None
    return ["handled_at", "closed_at"]


def _rehearses(now: Incident) -> bool:
    """Whether this is an exercise and another one runs."""
    rows = Rehearsal.objects.filter(incident__organisation=now.organisation)
    return now.exercise and rows.exclude(incident__state=IncidentState.CLOSED).exclude(incident=now).exists()


def why_not_closed(incident: Incident) -> list[str]:
    """What stands in the way of closing, as codes: nobody weighed it, a term that is ours to keep still runs."""
    found = []
    weighed = Weighing.objects.filter(incident=incident).order_by("-at", "-pk").first()
    if incident.kind == IncidentKind.INCIDENT and (weighed is None or weighed.asked_again_at):
        found.append("weigh")
    if Clock.objects.filter(incident=incident, state=ClockState.RUNNING, rule__in=duties()).exists():
        found.append("terms")
    return found


def _open(incident: Incident) -> Incident:
    now = fresh(incident)
    if now.state == IncidentState.CLOSED:
        raise Refused("closed")
    return now


def _ask_again(incident: Incident, changed: Mapping[str, Any], *, at: datetime) -> list[Weighing]:
    """The last weighing is asked for again when what it rests on changed; the row, if that made a difference."""
    what = sorted(name for name in changed if name in WEIGHS or name == "hits")
    last = Weighing.objects.filter(incident=incident).order_by("-at", "-pk").first()
    if last is None or not what or last.asked_again_at is not None:
        return []
    last.asked_again_at, last.asked_again_for = at, ", ".join(what)[:200]
    last.save(update_fields=["asked_again_at", "asked_again_for"])
    return [last]


def _check(values: Mapping[str, Any], *, at: datetime) -> None:
    """Raises Refused naming the first field that cannot be."""
    for field in ("title", "what", "known_by"):
        if not str(values.get(field) or "").strip():
            raise Refused("empty", field=field)
    for field, most in LONGEST.items():
        if len(str(values.get(field) or "")) > most:
            raise Refused("long", field=field, most=most)
    for field in MOMENTS:
        if field != "recovery_expected_at":
            not_later(values.get(field), at, field)
    for earlier, later in (("began_at", "recovered_at"), ("began_at", "known_at"), ("noticed_at", "known_at")):
        first, second = values.get(earlier), values.get(later)
        if first and second and second < first:
            raise Refused("order", field=later, before=earlier)
    if values.get("data_risk") == Answer.NO and values.get("high_risk") == Answer.YES:
        raise Refused("risk", field="high_risk")
    if (significant := values.get("significant_at")) and significant < values["known_at"]:
        raise Refused("order", field="significant_at", before="known_at")
