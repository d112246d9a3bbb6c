"""Who is called: the handler of an incident and the people on duty, deputies when it presses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from dijkwacht.apps.incidents.days import day_of
from dijkwacht.apps.incidents.models import Duty, DutyRole
from dijkwacht.apps.incidents.queries.duty import on_duty
from dijkwacht.apps.incidents.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.clocks.escalate import Point, called

PRIVACY = "avg-"
"""The terms of the GDPR are also those of whoever weighs data breaches."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who is on duty, and who still has a role here, on one day."""

    duty: Sequence[Duty]
    here: Collection[int]

    def people(self, point: Point, *, handler: Person | None, rule: str) -> list[tuple[Person, str]]:
        """Whom to warn at this point, each once, with why; only who still has a role here."""
        wanted: list[tuple[Person, str]] = []
        for role in called(point):
            if role == "handler":
                wanted += [(handler, role)] if handler else []
            elif role == "deputy":
                wanted += [
                    (row.person, row.role) for row in self.duty if row.role == DutyRole.REPORTER and row.rank > 1
                ]
            else:
                firsts = [row for row in self.duty if row.role == role and (row.rank == 1 or role != "reporter")]
                wanted += [(row.person, row.role) for row in firsts]
        if rule.startswith(PRIVACY):
            wanted += [(row.person, row.role) for row in self.duty if row.role == DutyRole.PRIVACY]
        found: dict[int, tuple[Person, str]] = {}
        for person, why in wanted:
            if person.pk in self.here:
                found.setdefault(person.pk, (person, why))
        return list(found.values())


def crew_of(organisation: Organisation, *, at: datetime) -> Crew:
    """Who can be called at a moment."""
    here = persons_in(organisation, on=day_of(at)).values_list("pk", flat=True)
    return Crew(on_duty(organisation, on=day_of(at)), frozenset(here))


def put_on_duty(
    organisation: Organisation, *, who: Person, role: str, person: Person, at: datetime, phone: str = "",
    eherkenning: str = "",
) -> Duty:  # fmt: skip
    """Somebody gets a role; the first is called first, the next is a deputy. Raises Refused (role, twice, stranger)."""
    day = day_of(at)
    if role not in DutyRole.values:
        raise Refused("role")
    if not persons_in(organisation, on=day).filter(pk=who.pk).exists():
        raise Refused("stranger")
    with doing(organisation, person=person, at=at) as deed:
        rows = Duty.objects.filter(organisation=organisation, role=role, until__isnull=True)
        if rows.filter(person=who).exists():
            raise Refused("twice")
        last = rows.aggregate(last=Max("rank"))["last"] or 0
        row = Duty.objects.create(
            organisation=organisation, role=role, person=who, rank=last + 1, phone=phone.strip()[:40],
            eherkenning=eherkenning, since=day,
        )  # fmt: skip
        deed.write("on_duty", about="duty", rows=[row], role=role, who=str(who), rank=row.rank)
    return row


def off_duty(row: Duty, *, person: Person, at: datetime) -> None:
    """No longer on duty; who came after moves up. Raises Refused (ended)."""
    day = day_of(at)
    with doing(row.organisation, person=person, at=at) as deed:
        rows = Duty.objects.filter(organisation=row.organisation, role=row.role, until__isnull=True)
        if not rows.filter(pk=row.pk).update(until=day):
            raise Refused("ended")
        moved = []
        for rank, each in enumerate(rows.exclude(pk=row.pk).order_by("rank"), 1):
            if each.rank != rank:
                each.rank = rank
                each.save(update_fields=["rank"])
                moved.append(each)
        deed.write("off_duty", about="duty", rows=[row, *moved], role=row.role, who=str(row.person))
