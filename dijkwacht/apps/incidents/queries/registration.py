"""What our own records say of what the register of entities holds, and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.incidents.models import Clock, ClockState, DutyRole, EntityRole, Registration
from dijkwacht.apps.incidents.queries.duty import on_duty
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Record:
    """The fields that our records know: name, number, domains, roles and contacts; ``since``: (field, item) to a day."""

    values: Mapping[str, str | Sequence[str]]
    since: Mapping[tuple[str, str], date]


def told_last(organisation: Organisation) -> Registration | None:
    """What the register was told last."""
    return Registration.objects.filter(organisation=organisation).order_by("-told_at", "-pk").first()


def record_of(organisation: Organisation, *, on: date) -> Record:
    """What our records say on a day. What only the register knows (addresses, IP ranges) is not among it."""
    names = Subject.objects.filter(organisation=organisation, kind="domain", recorded_at__lte=on)
    rows = list(names.order_by("name").values_list("name", "recorded_at", "archived_at"))
    roles = EntityRole.objects.filter(organisation=organisation, since__lte=on)
    contacts = [row for row in on_duty(organisation, on=on) if row.role == DutyRole.REPORTER]
    since: dict[tuple[str, str], date] = {}
    for name, came, went in rows:
        since["domains", name] = went if went is not None and went <= on else came
    for role in roles:
        since["roles", role.role] = role.until if role.until is not None and role.until <= on else role.since
    told = {f"{row.person} {row.phone}".strip(): row.since for row in contacts}
    since.update({("contacts", text): day for text, day in told.items()})
    values: dict[str, str | Sequence[str]] = {
        "name": organisation.name, "number": organisation.tooi_code or "",
        "domains": [name for name, _came, went in rows if went is None or went > on],
        "roles": sorted({role.role for role in roles if role.until is None or role.until > on}),
        "contacts": sorted(told),
    }  # fmt: skip
    return Record(values, since)


def running_term(organisation: Organisation) -> Clock | None:
    """The term within which a change must be told, while it runs."""
    rows = Clock.objects.filter(organisation=organisation, incident__isnull=True, state=ClockState.RUNNING)
    return rows.order_by("due_at", "pk").first()


def roles_now(organisation: Organisation, *, on: date) -> Sequence[EntityRole]:
    """What the organisation is on a day besides what its kind says."""
    rows = EntityRole.objects.filter(organisation=organisation, since__lte=on).exclude(until__lte=on)
    return list(rows.order_by("since", "pk"))
