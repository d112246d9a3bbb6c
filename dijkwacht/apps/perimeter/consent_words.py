"""What this room says of consent: the levels, why something is refused, and the path along which a level came."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.perimeter.models import Consent
from dijkwacht.apps.perimeter.queries.coverage import Covered, Reach
from dijkwacht.apps.perimeter.services.consents import CONFIRM_FROM
from dijkwacht.core.consent import Step

LEVELS: Mapping[int, Any] = {
    0: gettext_lazy("nothing"),
    1: gettext_lazy("public sources only"),
    2: gettext_lazy("as an ordinary visitor"),
    3: gettext_lazy("noticeable"),
    4: gettext_lazy("intrusive"),
}
LEVEL_MEANS: Mapping[int, Any] = {
    1: gettext_lazy(
        "Questions to the name system, certificate logs and route tables. The systems themselves notice nothing of it."
    ),
    2: gettext_lazy(
        "Also what any visitor of the site or sender of mail does, and beginnings of connections as old programs make them."
    ),
    3: gettext_lazy(
        "Also knocking on ports and listing weak settings one by one. Whoever watches the systems will see it."
    ),
}
DAYS: Mapping[str, Any] = {
    "mon": gettext_lazy("Mon"), "tue": gettext_lazy("Tue"), "wed": gettext_lazy("Wed"), "thu": gettext_lazy("Thu"),
    "fri": gettext_lazy("Fri"), "sat": gettext_lazy("Sat"), "sun": gettext_lazy("Sun"),
}  # fmt: skip
KINDS: Mapping[str, Any] = {
    "name": gettext_lazy("the name itself"),
    "web": gettext_lazy("web server"),
    "mail": gettext_lazy("mail host"),
    "servers": gettext_lazy("name server"),
}
_REFUSED: Mapping[str, Any] = {
    "opted_out": gettext_lazy("its keeper asked not to be measured"),
    "excluded": gettext_lazy("it is excluded in a consent"),
    "revoked": gettext_lazy("the consent was revoked"),
    "shared": gettext_lazy("the address is of another, or serves others too"),
    "elsewhere": gettext_lazy("another organisation on this installation watches this name too, and may hold it"),
    "level": gettext_lazy("the consent goes no further"),
    "window": gettext_lazy("not at this hour"),
    "ended": gettext_lazy("the consent has ended"),
    "not_yet": gettext_lazy("the consent has not begun yet"),
    "no_consent": gettext_lazy("no consent covers it"),
    "malformed": gettext_lazy("this is no name or address"),
    "private": gettext_lazy("a private address is not measured"),
    "no_routes": gettext_lazy(
        "another network was left alone, and without route tables we cannot tell whether this address lies in it"
    ),
    "loopback": gettext_lazy("an address of this machine itself is not measured"),
    "port": gettext_lazy("this port is not asked at this level"),
    "no_resolver": gettext_lazy("there is no resolver to ask"),
}
_ADVICE: Mapping[str, Any] = {
    "mail": gettext_lazy(
        "This is a mail host of somebody else. Ask that supplier for consent and record it here as consent of a supplier."
    ),
    "shared": gettext_lazy(
        "Ask the supplier whose address it is for consent, and record it here as consent of a supplier."
    ),
    "elsewhere": gettext_lazy(
        "Until it is settled whose the name is, only public sources are asked. If you measure it for another, record the consent "
        "of that other as consent of a supplier; else ask whoever runs this installation, or your CSIRT, to settle it."
    ),
    "no_consent": gettext_lazy("Give a consent in which this name lies."),
    "level": gettext_lazy("Give a consent that goes further, or leave it at this."),
    "window": gettext_lazy("It is measured within the hours of the consent."),
    "unconfirmed": gettext_lazy("Let somebody with the mandate to sign confirm the consent."),
    "excluded": gettext_lazy("Take the exclusion out in a new consent, if it may be measured after all."),
    "ended": gettext_lazy("Give a new consent."),
    "revoked": gettext_lazy("Give a new consent, if it may be measured after all."),
    "not_yet": gettext_lazy("Nothing: it begins by itself."),
    "opted_out": gettext_lazy("Nothing: the wish of its keeper goes first."),
}
_STEPS: Mapping[str, Any] = {
    "consent": gettext_lazy("consent of %(about)s, level %(level)s"),
    "name": gettext_lazy("the name lies in %(about)s"),
    "network": gettext_lazy("the address lies in %(about)s"),
    "inherited": gettext_lazy("the address inherits from the name, at most level %(level)s"),
    "shared": gettext_lazy("the address is shared with %(about)s, at most level %(level)s"),
    "serves": gettext_lazy("other organisations found at this address: %(about)s; at most level %(level)s"),
    "elsewhere": gettext_lazy("another organisation may hold %(about)s, at most level %(level)s"),
    "supplier": gettext_lazy("%(about)s consents too, at most level %(level)s"),
    "non_intrusive": gettext_lazy("by %(about)s, at most level %(level)s"),
}
_WINDOW = re.compile(r"(\w{3})(?:-(\w{3}))? (\S+)-(\S+)")


def level_word(level: int) -> str:
    """The word of a level."""
    return str(LEVELS.get(level, level))


def refused_word(code: str) -> str:
    """Why a connection was refused, in a clause."""
    return str(_REFUSED.get(code, code))


def why(reach: Reach) -> str:
    """Why a host cannot be measured as it should, in a clause; empty when it can."""
    if reach.enough or reach.why is None:
        return ""
    if reach.kind == "mail" and reach.why.code == "no_consent":
        return _("it lies at another organisation than the name")
    return refused_word(reach.why.code)


def advice(reach: Reach) -> str:
    """What to do about it; empty when it can be measured."""
    if reach.enough or reach.why is None:
        return ""
    code = "mail" if reach.kind == "mail" and reach.why.code == "no_consent" else reach.why.code
    return str(_ADVICE.get(code, ""))


def whose(row: Consent) -> str:
    """Whose consent it is and how far it goes."""
    who = row.party or row.organisation.name
    return _("Consent of %(party)s, level %(level)s") % {"party": who, "level": row.level}


def path_words(steps: Sequence[Step], names: Mapping[str, str]) -> list[str]:
    """The path along which a level came, step by step. ``names``: of organisations, by slug."""
    return [
        str(_STEPS[step.code]) % {"about": names.get(step.about, step.about), "level": step.level} for step in steps
    ]


def window_words(text: str) -> str:
    """`mon-fri 20:00-06:00` in words."""
    match = _WINDOW.fullmatch(text)
    if match is None:
        return text
    first, last, begin, end = match.groups()
    days = str(DAYS.get(first, first)) + (f"–{DAYS.get(last, last)}" if last else "")
    return f"{days} {begin}–{end}" if (begin, end) != ("00:00", "24:00") else days


def state(row: Consent, *, on: date) -> str:
    """Where a consent is on a day: revoked, ended, coming, waiting (for confirmation) or live."""
    if row.revoked_at is not None:
        return "revoked"
    if row.until is not None and row.until <= on:
        return "ended"
    if row.since > on:
        return "coming"
    return "waiting" if row.level >= CONFIRM_FROM and row.confirmed_at is None else "live"


def sentence(rows: Sequence[tuple[Consent, str]], *, names: int, lacking: int) -> str:
    """What may be measured, in one sentence."""
    live = [row for row, where in rows if where in ("live", "waiting")]
    if not live:
        return _("Nothing may be measured: no consent is in force.")
    told = ngettext("%(n)d consent is in force", "%(n)d consents are in force", len(live)) % {"n": len(live)}
    waiting = sum(where == "waiting" for _row, where in rows)
    if waiting:
        text = ngettext("%(n)d waits for confirmation", "%(n)d wait for confirmation", waiting)
        told = _("%(first)s; %(rest)s") % {"first": told, "rest": text % {"n": waiting}}
    if not names:
        return f"{told}."
    if not lacking:
        return _("%(told)s. All names that are watched lie in them.") % {"told": told}
    text = ngettext(
        "%(told)s. %(n)d name that is watched does not lie in any.",
        "%(told)s. %(n)d names that are watched do not lie in any.", lacking,
    )  # fmt: skip
    return text % {"told": told, "n": lacking}


def coverage_sentence(rows: Sequence[Covered]) -> str:
    """What is not covered, in one sentence."""
    short = sum(bool(row.lacking) for row in rows)
    if not rows:
        return _("No name is watched yet.")
    if not short:
        return _("Everything that belongs to these names may be measured.")
    text = ngettext(
        "At %(n)d of these names something cannot be measured for want of consent.",
        "At %(n)d of these names something cannot be measured for want of consent.", short,
    )  # fmt: skip
    return text % {"n": short}
