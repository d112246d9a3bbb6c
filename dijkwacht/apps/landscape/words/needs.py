"""What the pages of needs and initiatives say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.landscape.queries.initiatives import Either
from dijkwacht.apps.landscape.queries.needs import Seen
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.ledger.services.deeds import Refused
from dijkwacht.core.covenant.needs import OPEN, Voices, share, unsaid
from dijkwacht.core.covenant.stand import Course

REFUSED: Mapping[str, Any] = {
    "taken_back": gettext_lazy("This need was taken back."),
    "reach": gettext_lazy("Others said something of this need: it stays to be seen by all."),
    "why": gettext_lazy("Say why it is met or not taken up."),
    "band": gettext_lazy("Give three whole numbers in order: low, likely, high."),
    "basis": gettext_lazy("Say on what the figures rest, or leave them out."),
    "finished": gettext_lazy("This initiative is over already."),
    "already": gettext_lazy("You take part already."),
    "not_in": gettext_lazy("You do not take part."),
    "years": gettext_lazy("Choose between 1 and %(most)s years."),
    "number": gettext_lazy("Give a whole number of municipalities."),
}
UNSAID: Mapping[str, Any] = {
    "breadth": gettext_lazy("how widely it is felt"),
    "realism": gettext_lazy("how realistic it is"),
    "priority": gettext_lazy("how pressing it is"),
    "holder": gettext_lazy("who acts"),
    "cost": gettext_lazy("what it costs"),
    "runs": gettext_lazy("what runs to meet it"),
}
COURSES: Mapping[Course, Any] = {
    Course.PLANNED: gettext_lazy("still to begin"),
    Course.RUNNING: gettext_lazy("runs"),
    Course.LAPSING: gettext_lazy("ends soon"),
    Course.LAPSED: gettext_lazy("lapsed: nobody said what came of it"),
    Course.DONE: gettext_lazy("finished"),
    Course.UNKNOWN: gettext_lazy("not known whether it runs"),
}


def refusal(error: Refused) -> str:
    """Why something may not be, as a sentence."""
    return deed_pages.refusal(error, REFUSED)


def needs_answer(rows: Sequence[Seen]) -> str:
    """The sentence under the title of the register."""
    still = [row for row in rows if row.weighed.status in OPEN]
    nobody = sum(not row.weighed.holder for row in still)
    told = ngettext("%(n)s need is open.", "%(n)s needs are open.", len(still)) % {"n": len(still)}
    if nobody:
        more = ngettext("Of %(n)s nobody is known who acts.", "Of %(n)s nobody is known who acts.", nobody)
        return f"{told} {more % {'n': nobody}}"
    return told


def breadth(voices: Voices) -> str:
    """How widely a need is felt, in words: a share only when enough organisations spoke."""
    found = share(voices)
    if found.code == "nobody":
        return _("Nobody said yet whether this is felt.")
    told = ngettext(
        "%(felt)s of the %(n)s organisation that spoke feels it, %(strong)s strongly.",
        "%(felt)s of the %(n)s organisations that spoke feel it, %(strong)s strongly.", voices.spoke,
    ) % {"felt": voices.felt, "n": voices.spoke, "strong": voices.strong}  # fmt: skip
    if found.code == "few":
        return _("%(told)s Too few to say more.") % {"told": told}
    low, high = round(found.low * 100), round(found.high * 100)
    return _("%(told)s With this many voices the share lies between %(low)s and %(high)s percent.") % {
        "told": told, "low": low, "high": high,
    }  # fmt: skip


def missing(row: Seen) -> str:
    """What is still to be said of a need, as a sentence; empty when nothing."""
    codes = unsaid(row.weighed)
    if not codes:
        return ""
    return _("Not said yet: %(what)s.") % {"what": ", ".join(str(UNSAID[code]) for code in codes)}


def initiatives_answer(rows: Sequence[Either]) -> str:
    """The sentence under the title of what runs."""
    counted = Counter(row.course for row in rows)
    if not rows:
        return _("No initiative was added here yet.")
    lapsed, soon = counted[Course.LAPSED], counted[Course.LAPSING]
    told = ngettext("%(n)s initiative is known here.", "%(n)s initiatives are known here.", len(rows)) % {
        "n": len(rows)
    }
    if lapsed:
        more = ngettext("%(n)s lapsed without an outcome.", "%(n)s lapsed without an outcome.", lapsed) % {"n": lapsed}
        told = f"{told} {more}"
    if soon:
        more = ngettext("%(n)s ends within 90 days.", "%(n)s end within 90 days.", soon) % {"n": soon}
        told = f"{told} {more}"
    return told
