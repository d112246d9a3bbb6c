"""Who is called: the handler of an incident and the people on duty, deputies when it presses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from dijkwacht.apps.incidents.models import Answer, Duty, DutyRole
from dijkwacht.apps.incidents.queries.duty import here_at, on_duty_at
from dijkwacht.apps.incidents.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.clocks.escalate import Point, called
from dijkwacht.web.moments import day_of

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
            wanted += self._privacy()
        return self._once(wanted)

    def told(self, *, handler: Person | None, personal_data: str, by: Person | None) -> list[tuple[Person, str]]:
        """Whom to tell that an incident came in: who handles it, who is called first to report, and who weighs data breaches
        unless there are none. Not who told of it."""
        wanted = [(handler, "handler")] if handler else []
        wanted += [(row.person, row.role) for row in self.duty if row.role == DutyRole.REPORTER and row.rank == 1]
        if personal_data != Answer.NO:
            wanted += self._privacy()
        return [(person, why) for person, why in self._once(wanted) if person != by]

    def _privacy(self) -> list[tuple[Person, str]]:
        return [(row.person, row.role) for row in self.duty if row.role == DutyRole.PRIVACY]

    def _once(self, wanted: Sequence[tuple[Person, str]]) -> list[tuple[Person, str]]:
        """Each once, and only who still has a role here."""
        found: dict[int, tuple[Person, str]] = {}
        for person, why in wanted:
            if person.pk in self.here:
                found.setdefault(person.pk, (person, why))
        return list(found.values())


def crew_of(organisation: Organisation, *, at: datetime) -> Crew:
    """Who can be called at a moment."""
    return crews_of([organisation], at=at)[organisation.pk]


def crews_of(organisations: Collection[Organisation], *, at: datetime) -> dict[int, Crew]:
    """The same of many, by number, in two questions to the database."""
    duty: dict[int, list[Duty]] = {each.pk: [] for each in organisations}
    for row in on_duty_at(organisations, on=day_of(at)):
        duty[row.organisation_id].append(row)
    return {number: Crew(duty[number], here) for number, here in here_at(organisations, on=day_of(at)).items()}


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
