"""Joining the benchmark, and leaving it: an organisation lets its counts be part of it, without its name."""

from datetime import date, datetime

from dijkwacht.apps.ensia.marks import marked
from dijkwacht.apps.ensia.models import Consent
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record


def join(organisation: Organisation, *, person: Person | None, on: date, at: datetime, actor: str = "") -> Consent:
    """Lets the counts be part of the benchmark from this day. Twice is once."""
    with acting(organisation, person=person, actor=actor, on=on, at=at):
        consent, is_new = Consent.objects.get_or_create(
            organisation=organisation, ended_on=None, defaults={"given_on": on, "given_by": person}
        )
        if is_new:
            _record(consent, "consented", person=person, actor=actor, on=on, at=at)
    return consent


def leave(organisation: Organisation, *, person: Person | None, on: date, at: datetime, actor: str = "") -> bool:
    """Takes the counts out of the benchmark, at once; whether they were in it."""
    with acting(organisation, person=person, actor=actor, on=on, at=at):
        held = Consent.objects.filter(organisation=organisation, ended_on__isnull=True)
        consent = held.first()  # there is one at most
        if consent is not None:
            held.update(ended_on=on, ended_by=person)
            _record(consent, "consent_ended", person=person, actor=actor, on=on, at=at)
    return consent is not None


def _record(consent: Consent, act: str, *, person: Person | None, actor: str, on: date, at: datetime) -> None:
    organisation = consent.organisation
    record(
        organisation, person=person, actor=actor, act=f"ensia.{act}", about=f"organisation:{organisation.slug}",
        detail={"day": on, ROWS: marked([consent])}, at=at,
    )  # fmt: skip
