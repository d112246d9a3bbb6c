"""What this room says in public and beside others: categories, and the sentences above those pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.perimeter.queries.comparing import Comparison
from dijkwacht.apps.perimeter.queries.public import Tally

_CATEGORIES: Mapping[str, Any] = {
    "": gettext_lazy("Everything together"),
    "ipv6": gettext_lazy("Modern address"),
    "dnssec": gettext_lazy("Signed name"),
    "rpki": gettext_lazy("Authorised route"),
    "tls": gettext_lazy("Secured connection"),
    "auth": gettext_lazy("Real mail"),
    "headers": gettext_lazy("Safe page"),
}
_MEANINGS: Mapping[str, Any] = {
    "ipv6": gettext_lazy("The name can also be reached by who has only the new kind of internet address (IPv6)."),
    "dnssec": gettext_lazy("Nobody can send visitors elsewhere unseen, because the name is signed (DNSSEC)."),
    "rpki": gettext_lazy("Nobody can take over the route to the servers by mistake or on purpose (RPKI)."),
    "tls": gettext_lazy("Nobody on the way can read along or change anything (HTTPS, STARTTLS, DANE)."),
    "auth": gettext_lazy("Others cannot send mail in the name of the organisation (SPF, DKIM, DMARC)."),
    "headers": gettext_lazy(
        "The site tells browsers what is allowed on its pages, and others where to report a weakness."
    ),
}


def category(key: str) -> str:
    """The name of a category, for who does not know the techniques."""
    return str(_CATEGORIES[key])


def meaning(key: str) -> str:
    """What it is good for, in a sentence."""
    return str(_MEANINGS[key])


def public_sentence(found: Tally) -> str:
    """How the names stand, for anybody."""
    if not found.seen:
        return _("Nothing was measured yet.")
    text = ngettext(
        "At %(good)s of %(n)s name nothing is wrong.", "At %(good)s of %(n)s names nothing is wrong.", found.seen
    )
    return text % {"good": found.good, "n": found.seen}


def compare_sentence(found: Comparison) -> str:
    """Where we stand, in one sentence."""
    if not found.joined:
        return _("You see how others stand once you take part yourself.")
    whole = found.rows[0] if found.rows else None
    if whole is None or whole.own is None:
        return _("You take part. Nothing of yours was measured yet.")
    told = _("At %(own)s%% of your names nothing is wrong.") % {"own": whole.own}
    other = whole.like or whole.everyone
    if other is None:
        return _("%(told)s Too few municipalities take part to compare.") % {"told": told}
    if whole.like:
        return _("%(told)s In the middle of your size that is %(other)s%%.") % {"told": told, "other": other.middle}
    return _("%(told)s In the middle of all municipalities that is %(other)s%%.") % {
        "told": told,
        "other": other.middle,
    }


def contact_url(contact: str) -> str:
    """Where a link to the contact leads: mail for an address, the page for one of the web; empty for anything else."""
    if contact.startswith(("https://", "http://", "mailto:")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""
