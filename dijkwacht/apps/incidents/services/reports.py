"""Reports to authorities: written on, checked, sent as they are, and with their receipts. Of an exercise nothing leaves."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Max

from dijkwacht.apps.incidents.models import Delivery, Incident, Report, ReportState
from dijkwacht.apps.incidents.queries.attributes import attributes
from dijkwacht.apps.incidents.services import terms
from dijkwacht.apps.incidents.services.doing import Refused, about, doing, fresh, not_later
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.core import chain
from dijkwacht.core.reporting import Form, Receivers, lacking, prefilled, receivers
from dijkwacht.norms.read import clocks, incidents
from dijkwacht.web.moments import day_of

INSIDE = {"csirt": OrganisationKind.CSIRT, "authority": OrganisationKind.SUPERVISOR}
"""Which capacities an organisation on this installation may have."""


def form_of(name: str) -> Form:
    """The form. Raises Refused (form)."""
    found = incidents().forms.get(name)
    if found is None:
        raise Refused("form", form=name)
    return found


def receivers_of(incident: Incident, form: Form, *, at: datetime) -> Receivers:
    """Who receives this form of this organisation on that day."""
    pack, roles = incidents(), tuple(terms.roles_of(incident.organisation, at=at))
    return receivers(pack.parties, pack.duties, roles=roles, on=day_of(at), needed=form.to)


def begin(
    incident: Incident, *, form: str, person: Person, at: datetime, asked_by: str = "", asked_at: datetime | None = None,
    asked_before: datetime | None = None,
) -> Report:  # fmt: skip
    """The draft of a form, filled with what the incident says; the one that there is already, if any.

    Who asked counts only for an interim report: another one ends the term of its own. Raises Refused (form, future, order; asked:
    an interim report says who asked and when; asked_twice: a draft for another request still stands).
    """
    wanted = form_of(form)
    if wanted.to != ("requester",):
        asked_by, asked_at, asked_before = "", None, None
    elif not (asked_by.strip() and asked_at):
        raise Refused("asked", field="asked_by")
    not_later(asked_at, at, "asked_at")
    if asked_at and asked_before and asked_before < asked_at:
        raise Refused("order", field="asked_before", before="asked_at")
    with doing(incident.organisation, person=person, at=at) as deed:
        now = fresh(incident)
        standing = Report.objects.filter(incident=now, form=form, state=ReportState.DRAFT).first()
        if standing is not None:
            if (standing.asked_by, standing.asked_at) != (asked_by.strip(), asked_at):
                raise Refused("asked_twice", who=standing.asked_by)
            return standing
        last = Report.objects.filter(incident=now, form=form).aggregate(last=Max("number"))["last"]
        made = Report.objects.create(
            incident=now, form=form, number=(last or 0) + 1, values=dict(prefilled(wanted, attributes(now, at=at))),
            made_at=at, made_by=person, changed_at=at, asked_by=asked_by.strip(), asked_at=asked_at,
            asked_before=asked_before,
        )  # fmt: skip
        moved = terms.follow_facts(now, at=at) if asked_at else []
        deed.write(
            "report_begun", about=about(now), rows=moved, name=now.name, form=form, asked_by=made.asked_by,
            asked_before=asked_before,
        )  # fmt: skip
    return made


def save(report: Report, *, values: Mapping[str, Any], at: datetime) -> Report:
    """Keeps what was written so far; the trail tells of a report when it is sent. Raises Refused (sent, field)."""
    known = {each.id for each in form_of(report.form).fields}
    if wrong := [name for name in values if name not in known]:
        raise Refused("field", field=wrong[0])
    kept = {**report.values, **chain.plain(dict(values))}
    if not Report.objects.filter(pk=report.pk, state=ReportState.DRAFT).update(values=kept, changed_at=at):
        raise Refused("sent")
    report.refresh_from_db()
    return report


def drop(report: Report, *, person: Person, at: datetime) -> None:
    """A draft that will not be sent. Raises Refused (sent)."""
    with doing(report.incident.organisation, person=person, at=at) as deed:
        if not Report.objects.filter(pk=report.pk, state=ReportState.DRAFT).update(state=ReportState.DROPPED):
            raise Refused("sent")
        now = fresh(report.incident)
        moved = terms.follow_facts(now, at=at)
        deed.write("report_dropped", about=about(now), rows=moved, name=now.name, form=report.form)


def send(
    report: Report, *, to: Mapping[str, str], person: Person, at: datetime, sent_at: datetime | None = None,
    lacks: bool = False, also: Sequence[Organisation] = (), seen: datetime | None = None,
) -> Report:  # fmt: skip
    """Records that the report was sent as it is, ``to`` receivers (id: channel); its clock ends at ``sent_at``.

    What an article asks for and is not known may be missing if ``lacks`` says so: being in time comes first (Cbw 26 to 29 ask
    for what is available). A receiver on this installation can read it from now on, and so can those of ``also``: a CSIRT or
    supervisor here that is no legal receiver. Of an exercise nobody can. ``seen``: when what the person saw was last changed.
    Raises Refused (sent, to, lacking, order, future; meanwhile: it was changed since it was seen).
    """
    moment = sent_at or at
    not_later(moment, at, "sent_at")
    form = form_of(report.form)
    if not to:
        raise Refused("to", field="to")
    with doing(report.incident.organisation, person=person, at=at) as deed:
        now = fresh(report.incident)
        row = Report.objects.select_for_update().get(pk=report.pk)
        if row.state != ReportState.DRAFT:
            raise Refused("sent")
        if seen is not None and seen != row.changed_at:
            raise Refused("meanwhile")
        if moment < now.known_at:
            raise Refused("order", field="sent_at", before="known_at")
        if (missing := lacking(form, row.values)) and not lacks:
            raise Refused("lacking", fields=[each.id for each in missing])
        row.frozen = frozen(row, sent_at=moment)
        row.digest, row.state, row.sent_at, row.sent_by = (
            sha256(row.frozen).hexdigest(),
            ReportState.SENT,
            moment,
            person,
        )
        row.voluntary = not _asked_by_law(row)
        row.save(update_fields=["frozen", "digest", "state", "sent_at", "sent_by", "voluntary"])
        gone = _deliver(now, row, to, also, person=person, moment=moment)
        moved = terms.follow_facts(now, at=at)
        deed.write(
            "report_sent", about=about(now), rows=[now, row, *gone, *moved], name=now.name, form=row.form,
            sha256=row.digest, sent_at=moment, to=sorted(to), voluntary=row.voluntary,
        )  # fmt: skip
    return row


def frozen(report: Report, *, sent_at: datetime | None) -> bytes:
    """What is sent, as JSON that never changes; of a draft (``sent_at`` empty) what it would be now."""
    told = {
        "form": report.form, "number": report.number, "incident": report.incident.name,
        "organisation": report.incident.organisation.slug, "exercise": report.incident.exercise, "sent_at": sent_at,
        "values": report.values,
    }  # fmt: skip
    return json.dumps(chain.plain(told), ensure_ascii=False, sort_keys=True, default=str, indent=1).encode()


def _asked_by_law(report: Report) -> bool:
    """Whether there is a clock that this report ends: also one that waits, or that an earlier report ended."""
    event = terms.event_of(report.form)
    there = report.incident.clocks.exclude(state="void").values_list("rule", flat=True)
    return any(event in clocks().rules[name].ends_on for name in there if name in clocks().rules)


def _deliver(
    now: Incident,
    report: Report,
    to: Mapping[str, str],
    also: Sequence[Organisation],
    *,
    person: Person,
    moment: datetime,
) -> list[Delivery]:
    found = {each.party.id: each for each in receivers_of(now, form_of(report.form), at=moment).found}
    made = []
    for receiver, channel in to.items():
        known = found.get(receiver)
        inside = None if known is None or now.exercise else tenant(known.as_what, receiver)
        name = known.party.name.get("nl", receiver) if known else receiver
        capacity = known.as_what if known else ""
        made.append(
            Delivery(
                receiver=receiver[:40], name=name[:200], capacity=capacity, organisation=inside, channel=channel[:60]
            )
        )
    here = {each.organisation for each in made}
    for each in also if not now.exercise else ():
        if each.kind not in INSIDE.values():
            raise Refused("also", name=each.name)
        same = next((row for row in made if row.receiver == each.slug[:40]), None)
        if same is not None:
            same.organisation = each  # one row per receiver: it reads along in the same capacity
        elif each not in here:
            made.append(Delivery(receiver=each.slug[:40], name=each.name, organisation=each, channel="dijkwacht"))
    for row in made:
        row.report, row.at, row.by = report, moment, person
        row.save()
    return made


def tenant(capacity: str, receiver: str) -> Organisation | None:
    """The receiver, where it works with this installation: an organisation of that kind with this slug."""
    kind = INSIDE.get(capacity)
    return Organisation.objects.filter(kind=kind, slug=receiver).first() if kind else None


def note_receipt(
    delivery: Delivery, *, receipt: str, receipt_at: datetime, person: Person | None, at: datetime, actor: str = ""
) -> Delivery:
    """The receiver's number and moment of receipt; ``actor``: the receiver itself. Raises Refused (empty, future, order)."""
    came = {"receipt": receipt.strip()[:120], "receipt_at": receipt_at}
    return _came_back(delivery, "receipt_noted", came, person=person, at=at, actor=actor)


def note_answer(
    delivery: Delivery, *, text: str, when: datetime, person: Person | None, at: datetime, actor: str = ""
) -> Delivery:
    """The first answer that came back (Cbw 36). Raises Refused (empty, future, order)."""
    came = {"answer": text.strip(), "answered_at": when}
    return _came_back(delivery, "answered", came, person=person, at=at, actor=actor)


FIELDS = {"answer": "text", "answered_at": "when"}
"""What a form calls a column of a delivery, where it has another name."""


def _came_back(
    delivery: Delivery, act: str, came: Mapping[str, Any], *, person: Person | None, at: datetime, actor: str
) -> Delivery:
    """Keeps what a receiver sent back: a text, and the moment of it."""
    (what, text), (when, moment) = came.items()
    if not text:
        raise Refused("empty", field=FIELDS.get(what, what))
    not_later(moment, at, FIELDS.get(when, when))
    if moment < delivery.at:
        raise Refused("order", field=FIELDS.get(when, when), before="sent_at")
    incident = delivery.report.incident
    with doing(incident.organisation, person=person, at=at, actor=actor) as deed:
        Delivery.objects.filter(pk=delivery.pk).update(**came)
        delivery.refresh_from_db()
        moved = terms.follow_facts(fresh(incident), at=at) if "answered_at" in came else []  # a receipt ends no term
        deed.write(
            act, about=about(incident), rows=[delivery, *moved], name=incident.name, form=delivery.report.form,
            receiver=delivery.name, receipt=delivery.receipt,
        )  # fmt: skip
    return delivery


def see(delivery: Delivery, *, person: Person, at: datetime) -> None:
    """Somebody at the receiver opened it for the first time; told in the trail of the sender."""
    if delivery.seen_at is not None:
        return
    incident = delivery.report.incident
    with doing(incident.organisation, person=None, at=at, actor=f"{delivery.organisation}") as deed:
        if Delivery.objects.filter(pk=delivery.pk, seen_at__isnull=True).update(seen_at=at, seen_by=person):
            delivery.refresh_from_db()
            deed.write(
                "seen", about=about(incident), rows=[delivery], name=incident.name, receiver=delivery.name,
                form=delivery.report.form,
            )  # fmt: skip
