"""What a supervisor or auditor may read: the statements of what was shared with him, and the chain behind them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import Remark, RemarkState, Statement
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Organisation, Share, ShareKind
from dijkwacht.apps.people.queries import shares_to
from dijkwacht.apps.trail import queries as trail
from dijkwacht.core.access import Tlp
from dijkwacht.core.chain import Broken
from dijkwacht.core.statement import StatementLine
from dijkwacht.core.statement_changes import Difference, differences


@dataclass(frozen=True, slots=True)
class Shelf:
    """The statements of one organisation that may be read, the latest first. ``share``: by what; None: our own."""

    owner: Organisation
    account: str
    share: Share | None
    statements: list[Statement]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads a statement. ``organisation``: for whom he looks; ``share``: what lets him in; None: his own."""

    organisation: Organisation
    share: Share | None

    @property
    def may_take(self) -> bool:
        """Whether he may take lines and papers along: what is TLP:RED is only for looking."""
        return self.share is None or self.share.tlp != Tlp.RED


@dataclass(frozen=True, slots=True)
class Chained:
    """Whether the trail of an organisation holds up to the entry on which a statement rests. ``broken``: where it does not."""

    seq: int
    hash: str
    broken: Broken | None

    @property
    def holds(self) -> bool:
        """Whether nothing up to that entry was changed, taken out or put in."""
        return self.broken is None


def shelves(organisation: Organisation, *, own: bool, receives: bool, on: date) -> list[Shelf]:
    """What may be read for an organisation on a day: by account, ours first. ``own``: also its own statements."""
    found = []
    if own:
        rows = list(statements.statements(organisation))
        accounts = dict.fromkeys(row.account for row in rows)
        found += [Shelf(organisation, each, None, [row for row in rows if row.account == each]) for each in accounts]
    if receives:
        shares = shares_to(organisation, on=on).filter(kind=ShareKind.ACCOUNT).order_by("owner__name", "what", "pk")
        latest = {(share.owner_id, share.what): share for share in shares}
        wanted = Q(pk__in=[])
        for owner, account in latest:
            wanted |= Q(organisation=owner, account=account)
        rows = list(Statement.objects.filter(wanted).select_related("organisation").order_by("-number"))
        found += [
            Shelf(share.owner, account, share, [r for r in rows if (r.organisation_id, r.account) == (owner, account)])
            for (owner, account), share in latest.items()
        ]
    return found


def reader(seat: Seat, account: str) -> Reader | None:
    """As whom somebody reads a statement of this account; None for a guest with whom it was not shared."""
    if not seat.guest:
        return Reader(seat.organisation, None)
    held = [share for share in seat.shared if share.kind == ShareKind.ACCOUNT and share.what == account]
    held.sort(key=lambda share: list(Tlp).index(Tlp(share.tlp)))  # the widest of them counts
    return Reader(held[0].recipient, held[0]) if held else None


def chained(row: Statement) -> Chained:
    """Holds the trail of the owner against what the statement says of its last entry. Reads it from the beginning."""
    broken = trail.verify(row.organisation, noted={row.head_seq: row.head_hash} if row.head_seq else None)
    before = broken if broken is not None and broken.seq <= row.head_seq else None
    return Chained(row.head_seq, row.head_hash, before)


def since_last(row: Statement, lines: Collection[StatementLine]) -> tuple[Statement | None, tuple[Difference, ...]]:
    """The statement with which it was compared when it was frozen, and the lines that differ. None when that is gone."""
    number = row.frame.get("before")
    before = statements.one(row.organisation, int(number)) if number else None
    if before is None:
        return None, ()
    try:
        return before, differences(statements.opened(before).lines, tuple(lines))
    except storage.StorageError:
        return None, ()


# -- remarks -----------------------------------------------------------------------------------------
def remarks(organisation: Organisation) -> QuerySet[Remark]:
    """All remarks about statements of an organisation, what must be answered first on top."""
    rows = Remark.objects.filter(organisation=organisation)
    return rows.select_related("organisation", "statement", "by", "by_organisation", "answered_by").order_by(
        "term", "pk"
    )


def open_remarks(organisation: Organisation) -> QuerySet[Remark]:
    """Those that wait for an answer."""
    return remarks(organisation).filter(state=RemarkState.OPEN)


def remarks_by(reads: Reader, row: Statement) -> QuerySet[Remark]:
    """What was remarked about a statement for the organisation of the reader: another reader's remarks are not his."""
    return remarks(row.organisation).filter(statement=row, by_organisation=reads.organisation)
