"""What there is to choose on this room's pages, from the packs in force, in the words of the screen."""

from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dijkwacht.apps.people.models import Share
from dijkwacht.core.access import RoleName
from dijkwacht.norms.read import norms_on
from dijkwacht.web.terms import role_word, text_of


def functions(on: date) -> list[tuple[str, str]]:
    """The functions that know an answer according to the packs and are not a role by themselves, by name."""
    words = {fact_type.answered_by for fact_type in norms_on(on).fact_types.values()} - set(RoleName)
    return sorted(((word, role_word(word)) for word in words), key=lambda choice: choice[1])


def shareable(on: date) -> dict[str, Any]:
    """The fact types and accounts that can be shared, as ShareForm asks for them."""
    norms = norms_on(on)
    accounts = [(account.id, text_of(account.name)) for account in norms.accounts.values()]
    return {"fact_types": norms.fact_types.keys(), "accounts": sorted(accounts, key=lambda choice: choice[1])}


def share_state(share: Share, on: date) -> str:
    """Whether a share runs, in one word or a few."""
    if share.revoked_at is not None and localtime(share.revoked_at).date() <= on:
        return _("revoked")
    if on < share.valid_from:
        return _("not yet started")
    if share.valid_to is not None and share.valid_to <= on:
        return _("ended")
    return _("running")
