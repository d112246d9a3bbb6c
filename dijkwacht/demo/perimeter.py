"""The outside of Dijkstad in the demo: invented names and what a measurement would have seen, through the real judge and verbs.

The runs say in their tool that they are invented. A certificate that expired is found twice and given to somebody, a setting
is mended, and something is suspected that is not measured a second time yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dijkwacht.adapters.probing import raw
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.models import Domain, DomainState, FoundBy, Issue, Run
from dijkwacht.apps.perimeter.services import consents, ending, issues, measuring, names, runs
from dijkwacht.apps.perimeter.services.judging import judged
from dijkwacht.core.checks.schedule import Rhythm
from dijkwacht.demo.perimeter_seen import HOME, Site, look
from dijkwacht.norms.read import fact_rules, policy_on

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

TOOL = "dijkwacht demo (invented)"
WORKER = "demo"
BEGAN, EXPIRED, MENDED = 24, 12, 5  # days ago
SITES = (
    Site(HOME, 10, mail=True, dmarc="none"),
    Site(f"www.{HOME}", 10, csp=False),
    Site(f"loket.{HOME}", 11),
    Site(f"raad.{HOME}", 12, hsts=False),
    Site(f"geo.{HOME}", 13, ipv6=False),
)
FOUND = ((f"oud.{HOME}", FoundBy.CT), (f"test.{HOME}", FoundBy.CT), ("dijkstadmarketing.example", FoundBy.REDIRECT))
TEXT = "Wij geven toestemming om onze namen van buiten te meten zoals een bezoeker dat kan."
WHY = "De leverancier zet IPv6 aan bij de verhuizing van de kaartserver."
NOTE = "Het certificaat is aangevraagd bij de leverancier."


@dataclass(slots=True)
class _Outside:
    """Dijkstad, and its names as they are at the moment of the story."""

    organisation: Organisation
    sites: dict[str, Site]
    rhythm: Rhythm

    def measure(self, at: datetime) -> None:
        """Everything that is due, and a quarter of an hour later again what was suspected."""
        for moment in (at, at + timedelta(minutes=self.rhythm.confirm)):
            self.once(moment)

    def once(self, at: datetime, only: Sequence[str] = ()) -> None:
        """What is due, or these names, as one run each."""
        chosen = Domain.objects.filter(organisation=self.organisation, name__in=only)
        chosen.filter(state=DomainState.WATCHED).update(due=at)
        planned = runs.plan(at=at).runs
        Run.objects.filter(pk__in=[each.pk for each in planned]).update(tool=TOOL)
        policy, rules = policy_on(at.date()), fact_rules()
        for job in runs.claim(worker=WORKER, at=at, limit=100):
            seen = look(self.sites[job.domain.name], at)
            found = judged(seen, policy, raw=raw.to_data(seen))
            measuring.record_measured(job, judged=found, rules=rules, rhythm=self.rhythm, at=at)
        for run in planned:
            ending.end(run, at=at)


def measure(world: World, *, at: datetime) -> None:
    """Names and consent of Dijkstad, and three weeks of measurements, the last just before ``at``."""
    organisation, ciso = world.organisations["dijkstad"], world.person("ciso")
    limits = policy_on(world.on).limits
    rhythm = Rhythm(*(limits[f"measure_{each}minutes"] for each in ("", "changed_", "confirm_", "failed_")))
    outside = _Outside(organisation, {each.name: each for each in SITES}, rhythm)
    began = _moment(world, BEGAN)
    _agree(organisation, ciso, began)
    names.add(
        organisation, names=[each.name for each in SITES], person=ciso, owner=world.person("collega"), on=began.date(),
        at=began,
    )  # fmt: skip
    outside.measure(began)
    geo, raad, loket = f"geo.{HOME}", f"raad.{HOME}", f"loket.{HOME}"
    ended = _moment(world, EXPIRED)
    until = (ended - timedelta(hours=9)).isoformat()
    outside.sites[geo] = replace(outside.sites[geo], expired=True, until=until)
    outside.once(ended, list(outside.sites))
    outside.once(ended + timedelta(minutes=rhythm.confirm))
    outside.sites[raad] = replace(outside.sites[raad], hsts=True)
    outside.once(_moment(world, MENDED), [raad])
    _act(world, geo)
    for name, found_by in FOUND:
        names.add(
            organisation, names=[name], person=None, actor="perimeter", found_by=found_by, state=DomainState.PROPOSED,
            on=world.on, at=_moment(world, 1),
        )  # fmt: skip
    outside.sites[loket] = replace(outside.sites[loket], tls11=True)
    outside.once(at - timedelta(minutes=5), list(outside.sites))


def _agree(organisation: Organisation, ciso: Person, at: datetime) -> None:
    given = consents.Given(
        kind="own", scope=[f"*.{HOME}", HOME, "192.0.2.0/24", "2001:db8::/64"], exclude=[], level=2, since=at.date(),
        until=None, signatory="Esther Kade", mandate="Mandaatbesluit 2026, artikel 4", text=TEXT, text_version="1",
        window=[],
    )  # fmt: skip
    consents.give(organisation, given=given, person=ciso, at=at)


def _act(world: World, name: str) -> None:
    """What people did about it: one term that passed, one of this week, one explanation."""
    ciso, helper, at = world.person("ciso"), world.person("collega"), _moment(world, MENDED - 1)
    on = at.date()
    said: dict[str, Any] = {"person": ciso, "on": on, "at": at}
    found = {f"{each.domain.name} {each.check_id}": each for each in Issue.objects.select_related("domain")}
    late = found[f"{name} certificate_expiry"]
    issues.assign(late, assignee=helper, term=world.on - timedelta(days=2), note="", **said)
    issues.note(late, text=NOTE, person=helper, at=at)
    term = world.on + timedelta(days=3)
    issues.assign(found[f"{HOME} dmarc_policy"], assignee=helper, term=term, note="Eerst naar quarantine.", **said)
    issues.explain(found[f"{name} web_aaaa"], explanation=WHY, until=world.on + timedelta(days=120), **said)


def _moment(world: World, days_ago: int) -> datetime:
    from dijkwacht.demo.world import _at  # noqa: PLC0415 - the world is being made

    return _at(world.on - timedelta(days=days_ago)) - timedelta(minutes=20)
