"""What was agreed with a supplier is looked at again, year after year; what is not kept to becomes a finding."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dijkwacht.apps.ledger.models import Evidence, Fact
from dijkwacht.apps.ledger.services.facts import observe
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.suppliers.models import Agreed, Finding, FollowUp, Kept, Severity
from dijkwacht.apps.suppliers.services import following
from dijkwacht.apps.suppliers.services.awarding import said_by
from dijkwacht.apps.suppliers.services.doing import Deed, Refused, doing
from dijkwacht.apps.suppliers.services.keeping import LONGEST_NOTE, here, now, one_of, own, put, text
from dijkwacht.core.suppliers.tendering import due_after
from dijkwacht.web.moments import day_of

MOST_MONTHS = 120
TO_MEND = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look found. ``severity`` and ``mend_by``: of the finding, when it is not kept to."""

    kept: str
    note: str = ""
    file: Evidence | None = None
    severity: str = Severity.MEDIUM
    mend_by: date | None = None


def look(agreed: Agreed, *, look: Look, person: Person | None, at: datetime, seen: int | None = None) -> FollowUp:
    """Somebody looked whether it is kept to; the next day to look follows. Not kept to: a finding at the supplier.

    ``seen``: how many looks the person had before him. Raises Refused (gone, odd, empty: why it is not kept to whole, too_long,
    another, and what a finding refuses).
    """
    on, kept = day_of(at), one_of(look.kept, "kept", Kept.values)
    note = text(look.note, "note", LONGEST_NOTE, needed=kept != Kept.YES)
    with doing(agreed.organisation, person=person, at=at) as deed:
        row = now(agreed)
        if seen is not None and row.follow_ups.count() != seen:
            raise Refused("gone")
        made = FollowUp.objects.create(
            agreed=row, on=on, kept=kept, note=note, file=own(look.file, deed.organisation, "file"), person=person
        )
        row.due = due_after(on, row.follow_months)
        row.save(update_fields=["due"])
        deed.write(
            "agreed_looked", about=f"supplier:{row.supplier_id}", rows=[row, made], name=row.key,
            supplier=row.supplier.name, kept=kept,
        )  # fmt: skip
        if kept == Kept.NO:
            _find(deed, row, look, note)
    return made


def arrange(
    agreed: Agreed,
    *,
    owner: Person | None,
    follow_months: int | None,
    due: date | None,
    person: Person | None,
    at: datetime,
) -> Agreed:
    """Who looks, how often, and when next. ``follow_months`` None: once is enough. Raises Refused (gone, odd)."""
    if follow_months is not None and not 1 <= follow_months <= MOST_MONTHS:
        raise Refused("odd", field="follow_months")
    with doing(agreed.organisation, person=person, at=at) as deed:
        row = now(agreed)
        here(deed, {"owner": owner}, row)
        if put(row, {"owner": owner, "follow_months": follow_months, "due": due}):
            about = f"supplier:{row.supplier_id}"
            deed.write("agreed_arranged", about=about, rows=[row], name=row.key, supplier=row.supplier.name)
    return row


def end(agreed: Agreed, *, because: str, person: Person | None, at: datetime) -> Agreed:
    """It does not hold any more, and why; what the award told of it ends when nothing agreed says it any more.

    Raises Refused (gone, empty, too_long).
    """
    why = text(because, "because", 300, needed=True)
    with doing(agreed.organisation, person=person, at=at) as deed:
        row = now(agreed)
        row.ended_on = day_of(at)
        row.save(update_fields=["ended_on"])
        about = f"supplier:{row.supplier_id}"
        deed.write("agreed_ended", about=about, rows=[row], name=row.key, supplier=row.supplier.name, because=why)
        _end_facts(deed, row)
    return row


def _find(deed: Deed, agreed: Agreed, look: Look, note: str) -> None:
    """A finding, unless the same is open already."""
    title = agreed.text[:200].strip()
    same = Finding.objects.filter(
        supplier=agreed.supplier_id, title=title, mended_on__isnull=True, accepted_on__isnull=True
    )
    if same.exists():
        return
    on = day_of(deed.at)
    following.add_finding(
        agreed.supplier, title=title, what=note, severity=look.severity, due=look.mend_by or on + TO_MEND,
        owner=agreed.owner or deed.person, found_on=on, person=deed.person, at=deed.at,
    )  # fmt: skip


def _end_facts(deed: Deed, agreed: Agreed) -> None:
    """Ends what the award of this tender told, as far as no line that still holds says it."""
    line, subject = agreed.line, agreed.supplier.subject
    if line is None or subject is None or not line.facts:
        return
    others = Agreed.objects.filter(supplier=agreed.supplier_id, line__tender=line.tender_id, ended_on__isnull=True)
    held = {fact for each in others.select_related("line") if each.line for fact in each.line.facts}
    standing = Fact.objects.filter(
        organisation=deed.organisation, subject=subject, fact_type__in=set(line.facts) - held, said_by=said_by(line.tender),
        superseded_at__isnull=True, valid_to__isnull=True,
    )  # fmt: skip
    ended = list(standing.select_related("subject").order_by("pk"))
    if ended:
        observe(
            deed.organisation, observations=(), source=said_by(line.tender), on=day_of(deed.at), at=deed.at, ended=ended,
            person=deed.person,
        )  # fmt: skip
