"""What leans on a service, after how many hours without it hurts, and how we would get away from it."""

from datetime import date, datetime

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.suppliers.models import ExitPlan, Service, Use
from dijkwacht.apps.suppliers.services import telling
from dijkwacht.apps.suppliers.services.doing import Refused, doing
from dijkwacht.apps.suppliers.services.keeping import (
    LONGEST_NOTE,
    MOST_HOURS,
    end_rows,
    here,
    now,
    put,
    text,
    whole,
)
from dijkwacht.web.moments import day_of

KINDS = ("process", "system")
MOST_DAYS = 3660


def add_use(
    service: Service, *, subject: Subject, person: Person | None, at: datetime, hours: int | None = None,
    group: str = "", note: str = "",
) -> Use:  # fmt: skip
    """A process or system leans on a service. ``hours`` None: nobody knows.

    ``group``: uses of one process with the same word are ways to do the same. Raises Refused (use_kind, another, use_twice, odd,
    too_long, gone).
    """
    told = _told(hours, group, note)
    with doing(service.organisation, person=person, at=at) as deed:
        row = now(service)
        if subject.organisation_id != service.organisation_id or subject.archived_at is not None:
            raise Refused("another", field="subject")
        if subject.kind not in KINDS:
            raise Refused("use_kind", field="subject")
        if Use.objects.filter(service=row, subject=subject, ended_on__isnull=True).exists():
            raise Refused("use_twice", field="subject")
        use = Use.objects.create(service=row, subject=subject, since=day_of(at), **told)
        deed.write(
            "use_added", about=f"service:{row.pk}", rows=[use], name=row.name, subject=subject.name, hours=use.hours
        )
        telling.settle(service.organisation, at=at, suppliers=[row.supplier_id])
    return use


def change_use(
    use: Use, *, person: Person | None, at: datetime, hours: int | None = None, group: str = "", note: str = ""
) -> Use:
    """After how many hours it hurts, as it is known now. Raises Refused (odd, too_long, gone)."""
    told = _told(hours, group, note)
    with doing(use.service.organisation, person=person, at=at) as deed:
        row = now(use)
        if changed := put(row, told):
            deed.write(
                "use_changed", about=f"service:{row.service_id}", rows=[row], name=row.service.name,
                subject=row.subject.name, hours=row.hours, changed=changed,
            )  # fmt: skip
            telling.settle(deed.organisation, at=at, suppliers=[row.service.supplier_id])
    return row


def end_use(use: Use, *, person: Person | None, at: datetime) -> Use:
    """It does not lean on the service any more. Raises Refused (gone)."""
    with doing(use.service.organisation, person=person, at=at) as deed:
        (row,) = end_rows([now(use)], day_of(at))
        deed.write(
            "use_ended", about=f"service:{row.service_id}", rows=[row], name=row.service.name, subject=row.subject.name
        )
        telling.settle(deed.organisation, at=at, suppliers=[row.service.supplier_id])
    return row


def write_exit_plan(
    service: Service, *, alternative: str, data: str, steps: str, person: Person | None, at: datetime,
    days: int | None = None, owner: Person | None = None, tested_on: date | None = None,
) -> ExitPlan:  # fmt: skip
    """How we get away from a service; writing it is looking at it again. Raises Refused (empty, too_long, odd, future, gone)."""
    on = day_of(at)
    if tested_on is not None and tested_on > on:
        raise Refused("future", field="tested_on")
    told = {
        "alternative": text(alternative, "alternative", LONGEST_NOTE, needed=True),
        "data": text(data, "data", LONGEST_NOTE, needed=True), "steps": text(steps, "steps", LONGEST_NOTE, needed=True),
        "days": whole(days, "days", MOST_DAYS), "owner": owner, "tested_on": tested_on, "reviewed_on": on,
    }  # fmt: skip
    with doing(service.organisation, person=person, at=at) as deed:
        row = now(service)
        here(deed, told, ExitPlan.objects.filter(service=row).first())
        plan, made = ExitPlan.objects.get_or_create(service=row, defaults={"made_on": on, **told})
        changed = [] if made else put(plan, told)
        if made or changed:
            deed.write("exit_written", about=f"service:{row.pk}", rows=[plan], name=row.name, made=made)
            telling.settle(service.organisation, at=at, suppliers=[row.supplier_id])
    return plan


def _told(hours: int | None, group: str, note: str) -> dict[str, int | str | None]:
    return {
        "hours": whole(hours, "hours", MOST_HOURS), "group": text(group, "group", 40), "note": text(note, "note", 300),
    }  # fmt: skip
