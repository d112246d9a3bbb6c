"""The paragraphs on progress: for the report on the NDS, and for that on the NLCS."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.crisis.queries.plan import plan_standing
from dijkwacht.apps.exercises.queries.sessions import sessions
from dijkwacht.apps.landscape.accounts import rows
from dijkwacht.apps.landscape.queries.covenant import Stand
from dijkwacht.apps.landscape.words.beyond import PLANS
from dijkwacht.core.covenant.papers import Account, Citing, Part
from dijkwacht.core.covenant.stand import Come, Course
from dijkwacht.web.moments import day_words

NEEDS, RUNS, FOUND = "landscape:needs", "landscape:initiatives", "landscape:findings"


def nds(stand: Stand) -> Account:
    """Progress for the report on the digitalisation strategy."""
    cite = Citing()
    texts = (_needs(stand, cite), _runs(stand, cite), _landscape(stand, cite), _done(stand, cite))
    parts = [
        Part(_("Paragraph for the report"), texts),
        rows.challenges(stand),
        rows.needs(stand.open_needs, _("Needs that are open")),
    ]
    lead = _("What this organisation can say of the covenant on %(day)s, for the report on the NDS.") % {
        "day": day_words(stand.on)
    }
    return rows.framed(stand, "nds", lead=lead, parts=parts, cite=cite, unknown=[scope(stand)])


def nlcs(stand: Stand) -> Account:
    """The stand for the report on the cyber security strategy."""
    cite = Citing()
    texts = (_agreed(stand, cite), _runs(stand, cite), _done(stand, cite))
    lapse = stand.of(Course.LAPSED, Course.LAPSING)
    parts = [Part(_("Paragraph for the report"), texts), rows.agreed(stand)]
    if lapse:
        parts.append(rows.runs(lapse, stand, _("What ended or ends within 90 days")))
    lead = _("How far what was agreed has come on %(day)s, for the report on the NLCS.") % {"day": day_words(stand.on)}
    return rows.framed(stand, "nlcs", lead=lead, parts=parts, cite=cite, unknown=[scope(stand)])


def scope(stand: Stand) -> str:
    """That one organisation speaks, not all municipalities."""
    return _("This is what %(name)s knows. It does not speak for other municipalities.") % {
        "name": stand.organisation.name
    }


def _needs(stand: Stand, cite: Citing) -> str:
    n = len(stand.open_needs)
    voiced = sum(bool(each.weighed.voices.spoke) for each in stand.open_needs)
    nobody = sum(not each.weighed.holder for each in stand.open_needs)
    register = _("Needs register: needs in public papers and those raised here, counted on this day")
    return " ".join(
        (
            ngettext("%(n)s need of municipalities is open.", "%(n)s needs of municipalities are open.", n)
            % {"n": cite(n, _("open needs"), register, NEEDS)},
            ngettext(
                "Of %(n)s an organisation said how strongly it is felt.",
                "Of %(n)s an organisation said how strongly they are felt.", voiced,
            ) % {"n": cite(voiced, _("open needs on which somebody spoke"), _("Voices in the needs register"), NEEDS)},
            ngettext("Of %(n)s nobody is known who acts.", "Of %(n)s nobody is known who acts.", nobody)
            % {"n": cite(nobody, _("open needs without somebody who acts"), register, NEEDS)},
        )
    )  # fmt: skip


def _runs(stand: Stand, cite: Citing) -> str:
    source = _("Initiatives in public papers and those added here, by their first and last day")
    going, lapsed = stand.of(Course.RUNNING, Course.LAPSING), stand.of(Course.LAPSED)
    parts = [each for each in stand.runs if each.part is not None and each.part.since <= stand.on]
    told = [
        ngettext("%(n)s initiative runs.", "%(n)s initiatives run.", len(going))
        % {"n": cite(len(going), _("initiatives that run"), source, RUNS)},
        ngettext(
            "%(n)s passed its last day without a known outcome.", "%(n)s passed their last day without a known outcome.",
            len(lapsed),
        ) % {"n": cite(len(lapsed), _("initiatives past their last day"), source, RUNS)},
        ngettext("We take part in %(n)s.", "We take part in %(n)s.", len(parts))
        % {"n": cite(len(parts), _("initiatives in which we take part"), _("What was noted here on taking part"), RUNS)},
    ]  # fmt: skip
    return " ".join(told)


def _landscape(stand: Stand, cite: Citing) -> str:
    gaps, double = len(stand.found.gaps), len(stand.found.overlaps)
    source = _("Landscape as it is read here, computed by the rules in its documentation")
    return _("The landscape of roles and tasks has %(gaps)s places where somebody lacks, and %(double)s overlaps.") % {
        "gaps": cite(gaps, _("gaps in the landscape"), source, FOUND),
        "double": cite(double, _("overlaps in the landscape"), source, FOUND),
    }


def _agreed(stand: Stand, cite: Citing) -> str:
    comes = [judged.come for _each, judged in stand.agreed]
    source = _("Agreements in public papers, held against needs and initiatives on this day")
    counts = {come: cite(comes.count(come), words, source, "landscape:covenant") for come, words in _comes().items()}
    return _(
        "Of what was agreed or announced %(met)s is done, %(running)s is under way, %(late)s is past its day, "
        "%(still)s stands still, and of %(unknown)s it is not known."
    ) % {str(come): told for come, told in counts.items()}


def _comes() -> dict[Come, str]:
    return {
        Come.MET: _("agreements that are done"), Come.RUNNING: _("agreements that are under way"),
        Come.LATE: _("agreements past their day"), Come.STILL: _("agreements that stand still"),
        Come.UNKNOWN: _("agreements of which it is not known"),
    }  # fmt: skip


def _done(stand: Stand, cite: Citing) -> str:
    n, last = held(stand, date(stand.on.year - 1, stand.on.month, min(stand.on.day, 28)))
    told = ngettext(
        "%(n)s exercise was held in the twelve months before.", "%(n)s exercises were held in the twelve months before.", n
    ) % {"n": cite(n, _("exercises"), _("Exercises that were held and looked back on"), "exercises:home")}  # fmt: skip
    if last:
        told = _("%(told)s The last was on %(day)s.") % {"told": told, "day": day_words(last)}
    return f"{told} {PLANS[plan_standing(stand.organisation, on=stand.on).state]}"


def held(stand: Stand, since: date) -> tuple[int, date | None]:
    """How many exercises counted since a day, until the day of the account, and on which day the last was."""
    found = sessions(stand.organisation).filter(
        held_on__gt=since, held_on__lte=stand.on, evaluated_at__isnull=False, annulled_at__isnull=True
    )
    return found.count(), found.order_by("-held_on").values_list("held_on", flat=True).first()
