"""What stops, when and how, in sentences."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.suppliers.queries.concentration import Table
from dijkwacht.apps.suppliers.queries.exclusion import Place, Standing
from dijkwacht.apps.suppliers.queries.exits import Exit
from dijkwacht.apps.suppliers.queries.stops import Stopped, WhatIf
from dijkwacht.web.moments import day_words

DAY = 24


def after(hours: float, *, sure: bool) -> str:
    """``after 3 days``; when a time on the way is not known it may be later than said."""
    if not sure:
        if not hours:
            return _("not known, perhaps at once")
        return _("%(after)s or later") % {"after": after(hours, sure=True)}
    if not hours:
        return _("at once")
    whole = int(hours)
    if whole >= 2 * DAY and whole % DAY == 0:
        return ngettext("after %(n)d day", "after %(n)d days", whole // DAY) % {"n": whole // DAY}
    return ngettext("after %(n)d hour", "after %(n)d hours", whole) % {"n": whole}


def stops_note(hours: float, *, sure: bool) -> str:
    """The same beside a box of a picture."""
    return _("stops: %(after)s") % {"after": after(hours, sure=sure)}


def listed(names: Sequence[str]) -> str:
    """``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def happens(found: WhatIf, names: Mapping[str, str], *, shared: bool) -> str:
    """What happens when these stop, in one or two sentences: the one thing that who looks came for."""
    who = listed([names.get(each, each[1:]) for each in found.gone])
    if not found.stopped:
        told = _("As far as the register tells, nothing stops without %(who)s.") % {"who": who}
        return f"{told} {_goes_on(found)}".strip() if found.kept else told
    count, first = len(found.stopped), found.stopped[0]
    told = ngettext(
        "Without %(who)s, %(count)d process or system stops: %(when)s.",
        "Without %(who)s, %(count)d processes and systems stop, the first %(when)s.",
        count,
    ) % {"who": who, "count": count, "when": after(first.hours, sure=first.sure)}
    if shared:
        many = len(found.organisations)
        told += " " + ngettext("That is in %(n)d organisation.", "That is in %(n)d organisations.", many) % {"n": many}
    return f"{told} {_unsure(found.stopped)}".strip()


def _unsure(stopped: Sequence[Stopped]) -> str:
    count = sum(not each.sure for each in stopped)
    if not count:
        return ""
    return ngettext(
        "Of %(count)d of them nobody filled in how long it can do without.",
        "Of %(count)d of them nobody filled in how long they can do without.",
        count,
    ) % {"count": count}


def _goes_on(found: WhatIf) -> str:
    count = len(found.kept)
    return ngettext(
        "%(count)d process or system leans on it and goes on by another way.",
        "%(count)d processes and systems lean on it and go on by another way.",
        count,
    ) % {"count": count}


def leant_answer(table: Table, *, shared: bool, process: str) -> str:
    """On whom most leans."""
    if not table.rows:
        return _("Nothing is recorded yet that leans on a supplier.")
    first = table.rows[0]
    told = {"name": first.name, "count": len(first.who), "whole": table.whole, "process": process}
    if not shared:
        return _("%(name)s alone would stop %(count)d of %(whole)d processes and systems.") % told
    if process:
        return _("%(name)s alone would stop “%(process)s” in %(count)d of %(whole)d organisations.") % told
    return _("%(name)s alone would stop something in %(count)d of %(whole)d organisations.") % told


def knot_sentence(table: Table) -> str:
    """The innermost core, in words; nothing when there is none."""
    knot = table.knot
    if knot is None:
        return ""
    told = {"suppliers": len(knot.suppliers), "organisations": len(knot.organisations), "ties": knot.ties}
    return " ".join(
        (
            _("The tightest knot: %(suppliers)d suppliers and %(organisations)d organisations.") % told,
            _("Each of these organisations buys from at least %(ties)d of these suppliers.") % told,
            _("Each of these suppliers serves at least %(ties)d of these organisations.") % told,
            _("Trouble in the knot hits the same organisations several times over."),
        )
    )


def order_state(standing: Standing, *, on: date) -> str:
    """How far an order is, in one sentence."""
    order = standing.order
    if order.ended_on is not None and order.ended_on <= on:
        return _("No longer holds since %(day)s.") % {"day": day_words(order.ended_on)}
    if not standing.places:
        return _("Not in your register. Whether it is in use anywhere else, only you can tell.")
    if not standing.left:
        return _("Out of every service in which it was found.")
    told = ngettext("Still in %(count)d service.", "Still in %(count)d services.", standing.left) % {
        "count": standing.left
    }
    if standing.unplanned:
        told += " " + ngettext(
            "For %(count)d of them nothing is planned.", "For %(count)d of them nothing is planned.", standing.unplanned
        ) % {"count": standing.unplanned}
    if standing.late:
        told += " " + ngettext("%(count)d is late.", "%(count)d are late.", standing.late) % {"count": standing.late}
    return told


def place_state(place: Place, *, late: bool) -> tuple[str, str]:
    """How one service under an order stands: status of the chip, and its word."""
    if not place.running:
        return "met", _("service has ended")
    if place.contradicts:
        return "partly", _("said to be replaced, still in the register")
    if late:
        return "not_met", _("late")
    return ("partly", _("planned")) if place.plan else ("not_met", _("nothing planned"))


def orders_answer(rows: Sequence[Standing]) -> str:
    """What the orders ask now."""
    open_ = [each for each in rows if each.order.ended_on is None]
    if not open_:
        return _("No order to keep a supplier out is recorded.")
    late, left = sum(each.late for each in open_), sum(each.left for each in open_)
    if late:
        return ngettext(
            "%(count)d service should be without it by now.", "%(count)d services should be without it by now.", late
        ) % {"count": late}
    if left:
        return ngettext(
            "%(count)d service still has to be replaced.", "%(count)d services still have to be replaced.", left
        ) % {"count": left}
    return _("Nothing that an order names is left in your register.")


def shares_answer(ours: Sequence[object], theirs: Sequence[object]) -> str:
    """Who sees what."""
    told = ngettext("%(n)d organisation sees your register.", "%(n)d organisations see your register.", len(ours))
    seen = ngettext("You see that of %(n)d other.", "You see those of %(n)d others.", len(theirs))
    first = told % {"n": len(ours)} if ours else _("Nobody else sees your register.")
    return f"{first} " + (seen % {"n": len(theirs)} if theirs else _("Nobody shares theirs with you."))


def exits_answer(rows: Sequence[Exit]) -> str:
    """Which ways out are missing."""
    heavy = [each for each in rows if each.sure]
    if not heavy:
        return _("No service is known to be critical.")
    without = sum(each.plan is None for each in heavy)
    lacking = sum(each.lacks for each in heavy) - without
    told = ngettext(
        "%(without)d of %(count)d critical service has no exit plan.",
        "%(without)d of %(count)d critical services have no exit plan.",
        len(heavy),
    ) % {"without": without, "count": len(heavy)}
    if lacking:
        told += " " + ngettext(
            "%(n)d plan is old or was never tried out.", "%(n)d plans are old or were never tried out.", lacking
        ) % {"n": lacking}
    return told
