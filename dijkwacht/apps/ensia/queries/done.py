"""Which lines of a year are done: handed in, or signed."""

from dijkwacht.apps.accountability.models import Statement, StatementState
from dijkwacht.apps.ensia.models import Year
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.norms.read import ensia_lines


def lines_done(year: Year) -> frozenset[str]:
    """The lines that were handed in, and those whose account was signed for this year."""
    return frozenset({*year.hand_ins.values_list("line", flat=True), *signed_lines(year)})


def signed_lines(year: Year) -> frozenset[str]:
    """The lines whose account was signed for this year."""
    accounts = signed_accounts(year)
    return frozenset(line["line"] for line in ensia_lines() if line.get("account") in accounts)


def signed_accounts(year: Year) -> frozenset[str]:
    """The accounts with a signed statement in force whose reference date lies in the year.

    An account per subject is signed when it is for every subject of that kind that is in use.
    """
    rows = Statement.objects.filter(organisation=year.organisation, on__year=year.year, state=StatementState.FROZEN)
    signed: dict[str, set[str]] = {}
    for account, subject, on in rows.exclude(signer_role="").values_list("account", "subject", "on"):
        held = packs_on(on).norms.accounts.get(account)
        if held is not None:
            signed.setdefault(account, set()).add(subject)
    kinds = {account: packs_on(year.opened_on).norms.accounts.get(account) for account in signed}
    return frozenset(
        account
        for account, subjects in signed.items()
        if (held := kinds[account]) is not None and _needed(year, held.per) <= subjects
    )


def _needed(year: Year, per: str) -> set[str]:
    if per == "organisation":
        return {year.organisation.slug}
    rows = Subject.objects.filter(organisation=year.organisation, kind=per, archived_at__isnull=True)
    return set(rows.values_list("key", flat=True))
