"""What is kept about an incident: timeline, tasks, contacts, exhibits and who had them, messages, lessons."""

from datetime import date, datetime

from dijkwacht.apps.incidents.models import (
    Contact,
    Custody,
    Exhibit,
    Incident,
    IncidentState,
    Lesson,
    Message,
    Moment,
    Task,
)  # fmt: skip
from dijkwacht.apps.incidents.services import terms
from dijkwacht.apps.incidents.services.doing import Refused, about, doing, fresh, not_later, quiet
from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.people.models import Person
from dijkwacht.web.moments import day_of


def note(
    incident: Incident, *, text: str, when: datetime, kind: str, person: Person, at: datetime,
    approximate: bool = False, replaces: Moment | None = None,
) -> Moment:  # fmt: skip
    """A line of the timeline, maybe instead of another one. Raises Refused (empty, future, zone, stranger, replaced)."""
    _said(text, "text")
    not_later(when, at, "when")
    with doing(incident.organisation, person=person, at=at) as deed:
        now = fresh(incident)
        if replaces is not None:
            if replaces.incident_id != now.pk:
                raise Refused("stranger")
            if Moment.objects.filter(replaces=replaces).exists():
                raise Refused("replaced")
        row = Moment.objects.create(
            incident=now, at=when, kind=kind, text=text.strip(), approximate=approximate, written_at=at, by=person,
            replaces=replaces,
        )  # fmt: skip
        said = quiet(now, text=row.text)
        deed.write("noted", about=about(now), rows=[row], name=now.name, when=when, kind=kind, **said)
    return row


def add_task(
    incident: Incident, *, title: str, person: Person, at: datetime, owner: Person | None = None,
    due_at: datetime | None = None,
) -> Task:  # fmt: skip
    """Something to do. Raises Refused (empty, closed)."""
    _said(title, "title")
    with doing(incident.organisation, person=person, at=at) as deed:
        now = _open(incident)
        row = Task.objects.create(incident=now, title=title.strip()[:200], owner=owner, due_at=due_at, made_at=at)
        said = quiet(now, title=row.title)
        deed.write("task_added", about=about(now), rows=[row], name=now.name, due_at=due_at, **said)
    return row


def finish_task(task: Task, *, result: str, person: Person, at: datetime, dropped: bool = False) -> Task:
    """The task is done, or will not be. Raises Refused (ended)."""
    with doing(task.incident.organisation, person=person, at=at) as deed:
        rows = Task.objects.filter(pk=task.pk, done_at__isnull=True, dropped_at__isnull=True)
        ends = {"dropped_at": at} if dropped else {"done_at": at, "done_by": person}
        if not rows.update(result=result.strip()[:500], **ends):
            raise Refused("ended")
        task.refresh_from_db()
        act = "task_dropped" if dropped else "task_done"
        said = quiet(task.incident, title=task.title)
        deed.write(act, about=about(task.incident), rows=[task], name=task.incident.name, **said)
    return task


def add_contact(
    incident: Incident, *, name: str, person: Person, at: datetime, function: str = "", organisation_name: str = "",
    phone: str = "", email: str = "", note: str = "",
) -> Contact:  # fmt: skip
    """Whom one calls. The trail tells that there is one and not who. Raises Refused (empty)."""
    _said(name, "name")
    with doing(incident.organisation, person=person, at=at) as deed:
        row = Contact.objects.create(
            incident=incident, name=name.strip(), function=function, organisation_name=organisation_name, phone=phone,
            email=email, note=note,
        )  # fmt: skip
        deed.write("contact_added", about=about(incident), rows=[row], name=incident.name)
    return row


def end_contact(contact: Contact, *, person: Person, at: datetime) -> None:
    """No longer called. Raises Refused (ended)."""
    with doing(contact.incident.organisation, person=person, at=at) as deed:
        if not Contact.objects.filter(pk=contact.pk, ended_at__isnull=True).update(ended_at=at):
            raise Refused("ended")
        deed.write("contact_ended", about=about(contact.incident), rows=[contact], name=contact.incident.name)


def secure(
    incident: Incident, *, label: str, what: str, secured_at: datetime, secured_by: str, person: Person, at: datetime,
    where: str = "", file: Evidence | None = None, digest: str = "", keep_until: date | None = None,
) -> Exhibit:  # fmt: skip
    """Something is kept as evidence. Raises Refused (empty, future, stranger, label: there is one with this label)."""
    for text, field in ((label, "label"), (what, "what"), (secured_by, "secured_by")):
        _said(text, field)
    not_later(secured_at, at, "secured_at")
    if file is not None and file.organisation_id != incident.organisation_id:
        raise Refused("stranger")
    with doing(incident.organisation, person=person, at=at) as deed:
        now = fresh(incident)
        if Exhibit.objects.filter(incident=now, label=label.strip()).exists():
            raise Refused("label", label=label.strip())
        row = Exhibit.objects.create(
            incident=now, label=label.strip(), what=what.strip(), file=file, digest=digest.strip().lower(),
            secured_at=secured_at, secured_by=secured_by.strip(), where=where.strip(), keep_until=keep_until,
        )  # fmt: skip
        deed.write(
            "secured", about=about(now), rows=[row], name=now.name, label=row.label,
            sha256=file.sha256 if file else row.digest, **quiet(now, what=row.what),
        )  # fmt: skip
    return row


def hand_over(
    exhibit: Exhibit, *, given_by: str, taken_by: str, purpose: str, when: datetime, person: Person, at: datetime
) -> Custody:
    """An exhibit goes to somebody else. Raises Refused (empty, future, holder: who gives it is not who has it, order)."""
    for text, field in ((given_by, "given_by"), (taken_by, "taken_by"), (purpose, "purpose")):
        _said(text, field)
    not_later(when, at, "when")
    with doing(exhibit.incident.organisation, person=person, at=at) as deed:
        last = Custody.objects.filter(exhibit=exhibit).order_by("-at", "-pk").first()
        holder, since = (last.taken_by, last.at) if last else (exhibit.secured_by, exhibit.secured_at)
        if given_by.strip().casefold() != holder.casefold():
            raise Refused("holder", holder=holder)
        if when < since:
            raise Refused("order", field="when", before="since")
        row = Custody.objects.create(
            exhibit=exhibit, at=when, given_by=holder, taken_by=taken_by.strip(), purpose=purpose.strip(),
            written_at=at, by=person,
        )  # fmt: skip
        deed.write(
            "handed_over", about=about(exhibit.incident), rows=[row], name=exhibit.incident.name, label=exhibit.label,
            **quiet(exhibit.incident, given_by=holder, taken_by=row.taken_by),
        )  # fmt: skip
    return row


def log_message(
    incident: Incident, *, party: str, channel: str, text: str, when: datetime, direction: str, person: Person,
    at: datetime, public: bool = False, audience: str = "",
) -> Message:  # fmt: skip
    """Something said to or by others. For an ``audience`` that the law names, it ends the term of informing them.

    Raises Refused (empty, future).
    """
    for said, field in ((party, "party"), (channel, "channel"), (text, "text")):
        _said(said, field)
    not_later(when, at, "when")
    with doing(incident.organisation, person=person, at=at) as deed:
        now = fresh(incident)
        row = Message.objects.create(
            incident=now, at=when, direction=direction, party=party.strip(), channel=channel.strip(), text=text.strip(),
            public=public, audience=audience, written_at=at, by=person,
        )  # fmt: skip
        met = terms.follow_facts(now, at=at) if audience else []
        deed.write(
            "message_logged", about=about(now), rows=[row, *met], name=now.name, channel=row.channel, direction=direction,
            audience=audience, **quiet(now, party=row.party),
        )  # fmt: skip
    return row


def learn(
    incident: Incident, *, text: str, person: Person, at: datetime, improvement: str = "", owner: Person | None = None,
    due: date | None = None,
) -> Lesson:  # fmt: skip
    """What is learned, and what will be improved. Raises Refused (empty, due: an improvement needs an owner and a day)."""
    _said(text, "text")
    if improvement.strip() and (owner is None or due is None):
        raise Refused("due", field="due")
    with doing(incident.organisation, person=person, at=at) as deed:
        row = Lesson.objects.create(
            incident=incident,
            text=text.strip(),
            improvement=improvement.strip()[:300],
            owner=owner,
            due=due,
            written_at=at,
        )
        said = quiet(incident, text=row.text)
        deed.write("learned", about=about(incident), rows=[row], name=incident.name, due=due, **said)
    return row


def finish_lesson(lesson: Lesson, *, result: str, person: Person, at: datetime) -> Lesson:
    """The improvement is done. Raises Refused (empty, ended)."""
    _said(result, "result")
    with doing(lesson.incident.organisation, person=person, at=at) as deed:
        rows = Lesson.objects.filter(pk=lesson.pk, done_at__isnull=True)
        if not rows.update(done_at=at, result=result.strip()[:500]):
            raise Refused("ended")
        lesson.refresh_from_db()
        deed.write(
            "lesson_done", about=about(lesson.incident), rows=[lesson], name=lesson.incident.name, day=day_of(at),
        )  # fmt: skip
    return lesson


def _said(text: str, field: str) -> None:
    if not text.strip():
        raise Refused("empty", field=field)


def _open(incident: Incident) -> Incident:
    now = fresh(incident)
    if now.state == IncidentState.CLOSED:
        raise Refused("closed")
    return now
