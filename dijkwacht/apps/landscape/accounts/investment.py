"""The investment agenda: needs by costs and municipalities, what they bring, and on what all that leans."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.landscape.accounts import rows
from dijkwacht.apps.landscape.queries import covenant as queries
from dijkwacht.apps.landscape.queries.covenant import Investment, Stand
from dijkwacht.apps.landscape.words import covenant as say
from dijkwacht.apps.landscape.words.needs import breadth
from dijkwacht.core.covenant.investment import Size, Swing
from dijkwacht.core.covenant.papers import Account, Citing, Part
from dijkwacht.web.moments import day_words

MOST = 8
"""So many assumptions are shown that the outcome leans on most."""


def investment(stand: Stand) -> Account:
    """The agenda with its assumptions. Needs without costs are named, never counted as nothing."""
    cite, found = Citing(), queries.investment(stand.organisation, stand.needs)
    parts = [Part(_("In short"), _short(found, cite))]
    if found.agenda.lines:
        parts += [_lines(found), _benefits(found), _swings(found)]
    parts += [_assumed(found), _without(found)]
    lead = _("What meeting the open needs would cost and bring, over %(years)s years, as assumed on %(day)s.") % {
        "years": found.agenda.years, "day": day_words(stand.on),
    }  # fmt: skip
    return rows.framed(stand, "investment", lead=lead, parts=parts, cite=cite, unknown=_unknown(found))


def _short(found: Investment, cite: Citing) -> tuple[str, ...]:
    n = len(found.agenda.lines)
    if not n:
        return (_("No costs were given for any open need, so there is nothing to add up yet."),)
    source = _(
        "Bands of costs as given per need, times the municipalities that feel it, summed by the rules in the documentation"
    )
    total = found.agenda.total
    first = ngettext(
        "Costs were given for %(n)s need.", "Costs were given for %(n)s needs.", n
    ) % {
        "n": cite(n, _("needs with costs"), _("What was written of each need"), "landscape:needs")
    }  # fmt: skip
    second = _("Over %(years)s years that is likely %(likely)s; with everything low %(low)s, with everything high %(high)s.") % {
        "likely": cite(say.euros(total.likely), _("total, likely"), source), "years": found.agenda.years,
        "low": cite(say.euros(total.low), _("total, everything low"), source),
        "high": cite(say.euros(total.high), _("total, everything high"), source),
    }  # fmt: skip
    return f"{first} {second}", _("That everything is low, or high, at once is less likely than each of them alone.")


def _lines(found: Investment) -> Part:
    """Needs by costs and municipalities."""
    table = tuple(
        (
            found.titles[line.key], say.numbers(line.municipalities), say.band(line.once), say.band(line.yearly),
            say.band(line.total), line.basis,
        )
        for line in found.agenda.lines
    )  # fmt: skip
    heads = (
        _("Need"), _("Municipalities that feel it"), _("Once, all together"), _("Per year, all together"),
        _("Whole period"), _("Rests on"),
    )  # fmt: skip
    return Part(_("Needs, costs and municipalities"), heads=heads, rows=table)


def _benefits(found: Investment) -> Part:
    hours = {line.key: line.hours for line in found.agenda.lines}
    table = tuple(
        (
            each.title, (each.handling.benefit if each.handling else "") or _("not said"),
            say.numbers(hours[each.key]) if hours[each.key].high else _("not known"),
        )
        for each in found.costed
    )  # fmt: skip
    heads = (_("Need"), _("What it brings, and to whom"), _("Hours saved per year, all together"))
    return Part(_("What it brings"), heads=heads, rows=table)


def _swings(found: Investment) -> Part:
    table = tuple(
        (
            f"{found.titles[each.key]}: {_kind(each)}", say.euros(each.low), say.euros(each.high), say.euros(each.spread),
        )
        for each in found.agenda.swings[:MOST]
    )  # fmt: skip
    text = _(
        "Each line changes one assumption from its low to its high end, while all others stay likely. The widest stands first."
    )
    heads = (_("Assumption"), _("Total when low"), _("Total when high"), _("Difference"))
    return Part(_("On which assumptions the outcome leans most"), (text,), heads=heads, rows=table)


def _kind(swing: Swing) -> str:
    return _("what it costs one municipality") if swing.kind == "cost" else _("how many municipalities feel it")


def _assumed(found: Investment) -> Part:
    row = found.assumption
    sizes = ", ".join(f"{say.SIZES[size]}: {say.thousands(found.municipalities[size])}" for size in Size)
    own = row is not None and bool(row.municipalities)
    source = row.source if row and own else _("register of municipalities in the packs, inhabitants of 2025")
    items = [
        _("Period: %(years)s years.") % {"years": found.agenda.years},
        _("Municipalities: %(sizes)s. Source: %(source)s.") % {"sizes": sizes, "source": source},
        *(
            _("%(need)s: %(breadth)s") % {"need": each.title, "breadth": breadth(each.weighed.voices)}
            for each in found.costed
        ),
    ]
    if row is not None and row.remark:
        items.append(row.remark)
    if any(not each.weighed.voices.spoke for each in found.costed):
        items.append(
            _("Where nobody said whether a need is felt, all municipalities count as likely, and none as low.")
        )
    return Part(_("What is assumed"), items=tuple(items))


def _without(found: Investment) -> Part:
    items = tuple(each.title for each in found.without)
    return Part(_("Open needs without costs: not in the sum"), items=items or (_("None."),))


def _unknown(found: Investment) -> list[str]:
    row = found.assumption
    told = [
        _(
            "The register does not tell on which day of 2025 inhabitants were counted: good for size classes, not for statistics."
        ),
        _("Who speaks was not drawn by lot: the interval of a share tells of chance only."),
        _("Prices do not rise in this sum, and no discount for later years was reckoned."),
    ]
    return [*([row.doubts] if row and row.doubts else []), *told]
