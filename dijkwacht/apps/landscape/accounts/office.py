"""Reports of an office: of the mayor to the council (Gemeentewet 180), of the chair of the region to the councils (Wvr 40)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.crisis.models import Crisis
from dijkwacht.apps.crisis.queries.log import crises
from dijkwacht.apps.exercises.queries.sessions import sessions
from dijkwacht.apps.landscape.accounts import rows
from dijkwacht.apps.landscape.queries.covenant import Stand
from dijkwacht.apps.order.models import DecidedAs, DecisionFile, FileState
from dijkwacht.apps.order.queries.files import files
from dijkwacht.core.covenant.papers import Account, Citing, Part
from dijkwacht.norms.powers import powers_pack
from dijkwacht.web.moments import day_of, day_words, moment_words
from dijkwacht.web.terms import text_of

REGIONAL = ("grip4", "grip5", "grip_state")
"""Rungs of GRIP at which an event is of more than local significance, by the ladders of the crisis packs."""


def council(stand: Stand) -> Account:
    """Report of the mayor to the council, of the year until the day."""
    cite, since = Citing(), date(stand.on.year, 1, 1)
    happened = _crises(stand, since)
    decided = [row for row in _decided(stand, since) if row.decided_as != DecidedAs.CHAIR]
    exercised = sessions(stand.organisation).filter(
        held_on__gte=since, held_on__lte=stand.on, evaluated_at__isnull=False, annulled_at__isnull=True
    )
    parts = [
        Part(_("In short"), (_short(happened, decided, exercised.count(), cite),)),
        Part(_("Crises"), items=_told(happened) or (_("There was no crisis."),)),
        *_decisions(decided),
        Part(
            _("Exercises"),
            items=tuple(
                f"{row.title}, {day_words(row.held_on)}. {row.conclusion}".strip() for row in exercised if row.held_on
            )
            or (_("No exercise was held."),),
        ),
        Part(_("What the municipality needs and cannot arrange alone"), items=_needs(stand)),
    ]
    lead = _("What the mayor answers for to the council, from %(since)s to %(day)s.") % {
        "since": day_words(since), "day": day_words(stand.on),
    }  # fmt: skip
    return rows.framed(stand, "council", lead=lead, parts=parts, cite=cite, unknown=[_blind(), _closed()])


def region(stand: Stand) -> Account:
    """Report of the chair of the safety region on what was of more than local significance, in the year until the day."""
    cite, since = Citing(), date(stand.on.year, 1, 1)
    happened = [row for row in _crises(stand, since) if _regional(row)]
    decided = [row for row in _decided(stand, since) if row.decided_as == DecidedAs.CHAIR]
    parts = [
        Part(_("In short"), (_short(happened, decided, None, cite),)),
        *(_course(row, stand) for row in happened),
        *_decisions(decided),
        Part(
            _("Objections of mayors, and questions of councils"),
            (_("This site keeps no record of these. Add them before the report is sent (Wvr 39 and 40)."),),
        ),
    ]
    lead = _(
        "Events of more than local significance known to %(name)s, from %(since)s to %(day)s. The chair of the safety region "
        "reports; this is what our records can add."
    ) % {"name": stand.organisation.name, "since": day_words(since), "day": day_words(stand.on)}  # fmt: skip
    return rows.framed(stand, "region", lead=lead, parts=parts, cite=cite, unknown=[_blind(), _closed(), _grip()])


def _crises(stand: Stand, since: date) -> list[Crisis]:
    """Real crises that were opened in the period, or went on in it; the first first."""
    found = crises(stand.organisation).filter(exercise=False).order_by("opened_at", "pk").prefetch_related("scalings")
    return [
        row
        for row in found
        if day_of(row.opened_at) <= stand.on and (row.closed_at is None or day_of(row.closed_at) >= since)
    ]


def _decided(stand: Stand, since: date) -> list[DecisionFile]:
    found = (
        files(stand.organisation).filter(state__in=[FileState.DECIDED, FileState.CLOSED]).order_by("decided_at", "pk")
    )
    return [row for row in found if row.decided_at and since <= day_of(row.decided_at) <= stand.on]


def _regional(row: Crisis) -> bool:
    return row.grip in REGIONAL or any(each.level in REGIONAL for each in row.scalings.all())


def _short(happened: Sequence[Crisis], decided: Sequence[DecisionFile], exercised: int | None, cite: Citing) -> str:
    n, m = len(happened), len(decided)
    told = [
        ngettext("There was %(n)s crisis.", "There were %(n)s crises.", n)
        % {"n": cite(n, _("crises, exercises left out"), _("Crisis log"), "crisis:home")},
        ngettext("%(n)s decision on public order was taken.", "%(n)s decisions on public order were taken.", m)
        % {"n": cite(m, _("decisions on public order"), _("Decision files that were decided"), "order:home")},
    ]
    if exercised is not None:
        told.append(
            ngettext("%(n)s exercise was held.", "%(n)s exercises were held.", exercised)
            % {"n": cite(exercised, _("exercises"), _("Exercises that were held and looked back on"), "exercises:home")}
        )
    return " ".join(told)


def _told(happened: Sequence[Crisis]) -> tuple[str, ...]:
    """Each crisis in a line; of one that goes on only that."""
    return tuple(
        _("%(name)s %(title)s: from %(start)s to %(end)s. %(evaluation)s")
        % {
            "name": row.name, "title": row.title, "start": moment_words(row.opened_at), "end": moment_words(row.closed_at),
            "evaluation": row.evaluation,
        }
        if row.closed_at
        else _("%(name)s %(title)s: since %(start)s, and it still goes on.")
        % {"name": row.name, "title": row.title, "start": moment_words(row.opened_at)}
        for row in happened
    )  # fmt: skip


def _course(row: Crisis, stand: Stand) -> Part:
    """One event of the region: how it was scaled, what was decided, and what was learned."""
    scaled = [
        (moment_words(each.at), f"{each.was} → {each.level}", each.decided_by, each.reason)
        for each in row.scalings.all()
        if day_of(each.at) <= stand.on
    ]
    decided = [
        (moment_words(line.at), line.text, line.actor, line.power_text or line.reasons)
        for line in row.lines.filter(kind="decision").order_by("at", "number")
        if day_of(line.at) <= stand.on
    ]
    heads = (_("When"), _("What"), _("By whom"), _("Why or by which power"))
    texts = (row.what, row.evaluation) if row.evaluation else (row.what, _("It was not evaluated yet."))
    return Part(f"{row.name} {row.title}", texts, heads=heads, rows=tuple(sorted((*scaled, *decided))))


def _decisions(decided: Sequence[DecisionFile]) -> list[Part]:
    """Which powers were used, when: never addressees, facts or what is closed."""
    if not decided:
        return [Part(_("Decisions on public order"), (_("No decision was taken."),))]
    names = {name: text_of(power.name) for name, power in powers_pack().powers.items()}
    basis = {name: power.basis for name, power in powers_pack().powers.items()}
    table = tuple(
        (
            day_words(day_of(row.decided_at)) if row.decided_at else "–", names.get(row.power, row.power),
            basis.get(row.power, "–"), str(DecidedAs(row.decided_as).label), row.get_justified_display() or _("not yet said"),
        )
        for row in decided
    )  # fmt: skip
    heads = (_("Day"), _("Power"), _("Basis"), _("Decided by"), _("Did the fear come true"))
    used = Counter(names.get(row.power, row.power) for row in decided)
    text = "; ".join(f"{name}: {n}" for name, n in sorted(used.items()))
    return [Part(_("Decisions on public order"), (text,), heads=heads, rows=table)]


def _needs(stand: Stand) -> tuple[str, ...]:
    """The open needs of which this organisation itself said that it feels them."""
    felt = [each.title for each in stand.open_needs if each.mine and each.mine.felt != "none"]
    return tuple(felt) or (_("The municipality did not say yet which needs it feels."),)


def _blind() -> str:
    return _("Only what was recorded here is in it. What was decided or done without a record is missing.")


def _closed() -> str:
    return _(
        "Addressees and what is not public are left out; free text stands as it was recorded. Read it before it is sent."
    )


def _grip() -> str:
    return _(
        "An event counts as of more than local significance from GRIP 4. The law knows no GRIP: judge it yourself."
    )
