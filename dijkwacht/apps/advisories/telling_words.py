"""What this part of the room says: texts of others made safe for a mail, why somebody is called, what a contact lacks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.core.advisories.matching import Fix
from dijkwacht.web.csaf_words import remedy_word
from dijkwacht.web.version_words import range_words

LONG = 600  # characters of one remedy
MANY = 8  # remedies in one mail
REASONS: Mapping[str, Any] = {
    "not_seen": gettext_lazy("Nobody took note, after a reminder and a mail to the deputies."),
    "no_contact": gettext_lazy("This organisation has no contacts."),
    "no_trusted_contact": gettext_lazy("There is no trusted contact (VCIB), and others may not see it."),
    "not_reachable": gettext_lazy("Who may see it can be reached neither by mail nor by telephone."),
    "not_by_mail": gettext_lazy("It may not be mailed to who may see it, as they have no account here."),
    "label_too_strict": gettext_lazy("The label keeps it inside the own organisation."),
}
GAPS: Mapping[str, Any] = {
    "no_contact": gettext_lazy("No contacts: nobody can be warned."),
    "no_trusted": gettext_lazy("No trusted contact (VCIB): what is TLP:AMBER reaches nobody."),
    "trusted_by_phone": gettext_lazy("No trusted contact with an account: TLP:AMBER only by telephone."),
    "no_phone": gettext_lazy("No telephone number: nobody can be called."),
    "no_deputy": gettext_lazy("No deputy: one absence, and nobody is warned."),
}
SERIOUS = ("no_contact", "no_trusted")


def one_line(text: str) -> str:
    """A text of others on one line: no line ends, nothing that hides or turns round what stands there."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def several_lines(text: str) -> list[str]:
    """The same of a longer text, line by line; empty lines at most one at a time."""
    found: list[str] = []
    for each in text.splitlines():
        line = one_line(each)
        if line or (found and found[-1]):
            found.append(line)
    return found


def fix_lines(fixes: Iterable[Fix]) -> list[str]:
    """What the publisher says is to be done, each thing once."""
    found: dict[str, None] = {}
    for fix in fixes:
        if fix.fixed:
            found[
                _("Fixed in version %(versions)s.") % {"versions": one_line(", ".join(map(range_words, fix.fixed)))}
            ] = None
        for each in fix.remedies:
            told = shortened(one_line(each.details))
            found[f"{remedy_word(each.kind)}: {told} {one_line(each.url)}".strip()] = None
    lines = list(found)
    if len(lines) <= MANY:
        return lines
    left = len(lines) - MANY
    more = ngettext("And %(n)s more, in the advisory itself.", "And %(n)s more, in the advisory itself.", left)
    return [*lines[:MANY], more % {"n": left}]


def shortened(text: str) -> str:
    """A long text up to a bound, with a mark that it goes on."""
    return text if len(text) <= LONG else f"{text[:LONG].rstrip()} …"


def why_called(reason: str) -> str:
    """Why somebody of the desk must call."""
    return str(REASONS.get(reason, reason))


def gap_sentences(codes: Sequence[str]) -> list[tuple[bool, str]]:
    """What is missing in the contacts of an organisation, each with whether somebody cannot be warned by it."""
    return [(each in SERIOUS, str(GAPS[each])) for each in codes]
