"""Whom an advisory touches and why, how they would be told of it, and how it went with who was."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from dijkwacht.apps.advisories.models import SETTLED, Advisory, Asset, Concern, Contact, Place, Told, Warned
from dijkwacht.apps.advisories.portions import portions
from dijkwacht.apps.advisories.queries.contacts import reached
from dijkwacht.apps.advisories.queries.joins import of_advisory
from dijkwacht.apps.advisories.queries.names import aliases_of
from dijkwacht.apps.advisories.queries.serving import desks_of, in_force
from dijkwacht.apps.advisories.queries.untold import untold
from dijkwacht.apps.advisories.services import warning, weighing
from dijkwacht.apps.advisories.services.assets import thing_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.matching import judge
from dijkwacht.core.advisories.priority import LEVELS, Level
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.shapes import Outcome, Reason, Tlp
from dijkwacht.core.advisories.warning import Route, route
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.web.moments import day_of

CAUGHT = Q(assets=0)
"""The condition that nothing of a register is touched, and a subscription caught it."""
OUTCOMES: Mapping[str, Q] = {
    "affected": Q(sure=True), "undetermined": Q(sure=False) & ~CAUGHT, "caught": CAUGHT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Touch:
    """An asset that an advisory touches, with why."""

    asset: Asset
    outcome: Outcome
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reached:
    """An organisation that an advisory touches, with its assets; without any a subscription caught it."""

    concern: Concern
    touches: tuple[Touch, ...]


@dataclass(slots=True)
class Preview:
    """How the organisations that were not told yet would be told. ``call``: those that must be called, with the reason.

    ``at_once``: how many of those that get a mail get it at once; the others with the message of the day.
    """

    text: int = 0
    pointer: int = 0
    at_once: int = 0
    call: list[tuple[Organisation, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All of them."""
        return self.text + self.pointer + len(self.call)


def concerns_of(advisory: Advisory, *, outcome: str = "", text: str = "", exposed: bool = False) -> QuerySet[Concern]:
    """The organisations that an advisory touches, who is affected and exposed first."""
    rows = Concern.objects.filter(OUTCOMES.get(outcome, Q()), advisory=advisory, organisation__name__icontains=text)
    if exposed:
        rows = rows.filter(exposed=True)
    return rows.select_related("organisation").order_by("-sure", "-exposed", "organisation__name")


def reached_by(advisory: Advisory, content: Content, concerns: Iterable[Concern], *, on: date) -> list[Reached]:
    """Of these organisations the assets with outcome and reason, as they are now."""
    rows = list(concerns)
    held: dict[int, list[Asset]] = defaultdict(list)
    hits = of_advisory(advisory.pk, [each.organisation_id for each in rows])
    for some in portions([each.asset for each in hits]):
        for asset in Asset.objects.filter(pk__in=some).select_related("line"):
            held[asset.organisation_id].append(asset)
    return [Reached(each, _touches(content, held[each.organisation_id], each.organisation, on=on)) for each in rows]


def _touches(content: Content, assets: Sequence[Asset], organisation: Organisation, *, on: date) -> tuple[Touch, ...]:
    if not assets:
        return ()
    own = organisation.pk
    aliases = aliases_of([own, *(each for each in desks_of(organisation, on=on) if each != own)])
    judged = ((asset, judge(content, thing_of(asset), aliases)) for asset in assets)
    found = [
        Touch(asset, told.outcome, told.reason) for asset, told in judged if told and told.outcome != "not_affected"
    ]
    return tuple(sorted(found, key=lambda each: (each.outcome != "affected", not each.asset.exposed, str(each.asset))))


def preview(advisory: Advisory, content: Content, *, at: datetime) -> Preview:
    """How everybody who was not told yet would be told now. An asset that is exposed counts as such, the others as not known."""
    rows = list(untold().filter(advisory=advisory).select_related("organisation").order_by("organisation__name"))
    if not warning.may_leave(advisory):
        rows = [each for each in rows if each.organisation_id == advisory.organisation_id]
    contacts = _contacts([each.organisation_id for each in rows], on=day_of(at))
    levels = {exposed: weighing.weighed(content, exposed=True if exposed else None).level for exposed in (True, False)}
    found = Preview()
    for each in rows:
        own = each.organisation_id == advisory.organisation_id
        _counted(found, each, _route(advisory, levels[each.exposed], contacts[each.organisation_id], own=own))
    return found


def _counted(found: Preview, concern: Concern, how: Route) -> None:
    ways = {send.what for send in how.sends}
    if not ways:
        found.call.append((concern.organisation, how.why_nobody or "not_by_mail"))
        return
    found.at_once += how.how == "at_once"
    if "text" in ways:
        found.text += 1
    else:
        found.pointer += 1


def _route(advisory: Advisory, level: Level, contacts: Iterable[Contact], *, own: bool) -> Route:
    label: Tlp = advisory.tlp  # type: ignore[assignment]
    return route(label, level, [reached(each) for each in contacts], warning_rules(), own=own)


def _contacts(organisations: Collection[int], *, on: date) -> dict[int, list[Contact]]:
    held: dict[int, list[Contact]] = defaultdict(list)
    for some in portions(sorted(organisations)):
        for row in Contact.objects.filter(in_force(on), organisation__in=some).select_related("person"):
            held[row.organisation_id].append(row)
    return held


def standing(advisory: Advisory) -> dict[str, int]:
    """Of an advisory that is warned of: how many were told, took note and are done with it, and how many are not told yet."""
    told = Warned.objects.filter(advisory=advisory).order_by().aggregate(
        told=Count("pk"), seen=Count("pk", filter=Q(seen_at__isnull=False)), settled=Count("pk", filter=Q(state__in=SETTLED)),
    )  # fmt: skip
    return {**told, "waiting": untold().filter(advisory=advisory).count()}


def owners(advisory: Advisory, served: Collection[int]) -> list[tuple[Told, int]]:
    """The products that an advisory names, each with how many of these organisations have it in whatever version; most first."""
    rows = list(Told.objects.filter(advisory=advisory))
    keys = sorted({key for each in rows for key in each.keys})
    held: dict[str, set[int]] = defaultdict(set)
    for some in portions(keys):
        places = Place.objects.filter(product__in=some).order_by()
        for product, organisation in places.values_list("product", "organisation").distinct():
            held[product].add(organisation)
    among, having = set(served), dict[tuple[str, str], tuple[Told, set[int]]]()
    for row in rows:
        having.setdefault(row.called, (row, set()))[1].update(*(held[key] & among for key in row.keys))
    found = [(row, len(whose)) for row, whose in having.values()]
    return sorted(found, key=lambda each: (-each[1], *each[0].called))


def level_when_exposed(content: Content) -> Level:
    """How pressing it is for an asset that can be reached from outside."""
    return LEVELS[weighing.level_number(weighing.weighed(content, exposed=True))]
