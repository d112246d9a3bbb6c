"""What there is to choose on this room's pages, from the packs in force, in the words of the screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dijkwacht.apps.people.models import Share, ShareKind
from dijkwacht.core.access import RoleName
from dijkwacht.core.facts import SUBJECT_KINDS
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


def shared_words(share: Share, on: date) -> str:
    """What is shared: the name of the account or framework, or which facts about which subject."""
    return what_words(share.what, on, {share.owner.slug: share.owner.name})


def what_words(what: str, on: date, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """The same of the code of a share; ``names``: those of subjects."""
    if what == ShareKind.SUPPLIERS:
        return str(ShareKind.SUPPLIERS.label)
    if what.startswith("framework:"):
        return what.split(":", 2)[2]
    norms = norms_on(on)
    subject, bar, wanted = what.partition("|")
    if not bar:
        account = norms.accounts.get(what)
        return text_of(account.name) if account else what
    words = {"facts": wanted, "subject": names.get(subject, subject)}
    if wanted in norms.fact_types:
        words["facts"] = text_of(norms.fact_types[wanted].question) or wanted
    elif wanted == "*" or wanted.removesuffix(".*") in SUBJECT_KINDS:
        return _("Everything about all subjects") if subject == "*" else _("Everything about %(subject)s") % words
    if subject == "*":
        return _("Of every subject: %(facts)s") % words
    return _("About %(subject)s: %(facts)s") % words


@dataclass(frozen=True, slots=True)
class Shared:
    """A share as a row: the organisation at the other end, what, and how it stands (empty: it runs)."""

    share: Share
    organisation: str
    what: str
    state: str = ""


def given(share: Share, on: date) -> Shared:
    """Something that we share."""
    return Shared(share, share.recipient.name, shared_words(share, on), share_state(share, on))


def received(share: Share, on: date) -> Shared:
    """Something that is shared with us."""
    return Shared(share, share.owner.name, shared_words(share, on))


def share_state(share: Share, on: date) -> str:
    """Whether a share runs, in one word or a few."""
    if share.revoked_at is not None and localtime(share.revoked_at).date() <= on:
        return _("revoked")
    if on < share.valid_from:
        return _("not yet started")
    if share.valid_to is not None and share.valid_to <= on:
        return _("ended")
    return _("running")
