"""What the verbs about the register share: texts and answers that are looked at, a row as it is now, a subject in the ledger."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.ledger.services.subjects import archive_subject, register_subject, rename_subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.apps.suppliers.models import Answer, Service, Supplier
from dijkwacht.apps.suppliers.queries.register import free_subjects
from dijkwacht.apps.suppliers.services.doing import Deed, Refused
from dijkwacht.web.moments import day_of

M = TypeVar("M", bound=Model)
LONGEST_NOTE = 20_000
MOST_HOURS = 100_000


def text(value: str, field: str, most: int, *, needed: bool = False) -> str:
    """A text as it is kept, without spaces around it. Raises Refused (empty, too_long, odd)."""
    found = value.strip()
    if needed and not found:
        raise Refused("empty", field=field)
    if len(found) > most:
        raise Refused("too_long", field=field)
    if "\0" in found:
        raise Refused("odd", field=field)
    return found


def one_of(value: str, field: str, known: Collection[str]) -> str:
    """One of several codes. Raises Refused (odd)."""
    if value not in known:
        raise Refused("odd", field=field)
    return str(value)


def answers(told: Mapping[str, Any], fields: Collection[str]) -> dict[str, Any]:
    """Of what is told the answers yes, no or unknown. Raises Refused (odd)."""
    return {name: one_of(told[name], name, Answer.values) for name in fields if name in told}


def whole(value: int | None, field: str, most: int) -> int | None:
    """A whole number from zero, or nothing. Raises Refused (odd)."""
    if value is not None and not 0 <= value <= most:
        raise Refused("odd", field=field)
    return value


def now(row: M, **also: Any) -> M:
    """The row as it is in the database. Raises Refused (gone) when it ended or was merged meanwhile."""
    found = type(row)._default_manager.filter(pk=row.pk, **also).first()
    if found is None or getattr(found, "ended_on", None) is not None:
        raise Refused("gone")
    if getattr(found, "merged_into_id", None) is not None:
        raise Refused("gone")
    return found


def put(row: Model, told: Mapping[str, Any]) -> list[str]:
    """Fills in what differs and saves it; the names of what changed."""
    changed = [name for name, value in told.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, told[name])
    if changed:
        row.save(update_fields=changed)
    return sorted(changed)


def own(row: Any, organisation: Organisation, field: str) -> Any:
    """A row of this organisation. Raises Refused (another)."""
    if row is not None and row.organisation_id != organisation.pk:
        raise Refused("another", field=field)
    return row


def make_direct(deed: Deed, supplier: Supplier) -> list[Supplier]:
    """Puts a supplier that was only known further down the chain in the ledger; those that changed."""
    if supplier.subject_id is not None:
        return []
    supplier.subject = subject_for(deed, "supplier", supplier.name)
    supplier.save(update_fields=["subject"])
    return [supplier]


def subject_for(deed: Deed, kind: str, name: str) -> Subject:
    """The subject in the ledger: one of this name that is in no register of ours yet, or a new one. Raises Refused (odd)."""
    if (known := free_subjects(deed.organisation, kind).filter(name__iexact=name).first()) is not None:
        return known
    try:
        return register_subject(
            deed.organisation,
            kind=kind,
            name=name,
            person=deed.person,
            actor=deed.actor,
            on=day_of(deed.at),
            at=deed.at,
        )
    except Refusal as error:
        raise Refused("odd", field="name") from error


def here(deed: Deed, told: Mapping[str, Any], row: Any = None, *, code: str = "not_here") -> None:
    """Who is to see to something has a role here; who saw to it already may have left since. Raises Refused (``code``)."""
    owner = told.get("owner")
    if owner is None or (row is not None and row.owner_id == owner.pk):
        return
    if not persons_in(deed.organisation, on=day_of(deed.at)).filter(pk=owner.pk).exists():
        raise Refused(code, field="owner")


def rename(deed: Deed, row: Supplier | Service) -> None:
    """Gives the subject in the ledger the name that its row has now."""
    if row.subject is not None and row.subject.name != row.name:
        rename_subject(row.subject, name=row.name, person=deed.person, actor=deed.actor, on=day_of(deed.at), at=deed.at)


def archive(deed: Deed, subject: Subject | None) -> None:
    """Takes a subject out of the register of the ledger, unless it is already; its facts stay."""
    if subject is not None and subject.archived_at is None:
        archive_subject(subject, person=deed.person, actor=deed.actor, on=day_of(deed.at), at=deed.at)


def end_rows(rows: Collection[M], on: date) -> list[M]:
    """Ends rows from a day on; those that ended."""
    found = list(rows)
    for row in found:
        row.ended_on = on  # type: ignore[attr-defined]
        row.save(update_fields=["ended_on"])
    return found
