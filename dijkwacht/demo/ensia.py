"""The ENSIA year in the demo world: what Dijkstad answered last year, this year's lines handed out, and a coach who looks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dijkwacht.apps.ensia.services.consenting import join
from dijkwacht.apps.ensia.services.handing import hand_out, invite_and_hand_out
from dijkwacht.apps.ensia.services.years import hand_in, open_year
from dijkwacht.apps.ledger.services.judging import own_subject
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.people.services import add_person, create_organisation, share
from dijkwacht.core.access import RoleName, Tlp
from dijkwacht.core.facts import Assurance

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

OPENED = timedelta(days=20)
# Answered in last year's round, and not looked at since.
LAST_YEAR: dict[str, object] = {
    "bag.source_documents.in_time": True,
    "bag.geometry.in_time": False,
    "bag.reports.taken_up_in_time": True,
    "bag.reports.settled_in_time": True,
    "bag.stand_in.arranged": True,
    "bgt.reports.taken_up_in_time": True,
    "bgt.stand_in.arranged": False,
    "brp.changes.in_time": True,
    "brp.outage.script": True,
    "travel_documents.stock.counted": True,
    "travel_documents.duties.separated": True,
    "incident.lessons_shared": True,
    "policy.shared": True,
    "suppliers.exclusion.procedure": False,
    "people.externals.rules_in_contract": True,
    "people.conduct_rules.exist": True,
    "development.principles.adopted": True,
    "crypto.policy.partners": False,
    "risk.acceptance_criteria": False,
    "malware.software.current": True,
    "assets.ot.in_use": True,
    "backup.policy.adopted": False,
    "crisis.plan.adopted": False,
}


def last_year(world: World) -> None:
    """What Dijkstad answered in last year's round. Comes before everything else that it answered."""
    from dijkwacht.demo.world import _say  # noqa: PLC0415 - the world calls this module

    organisation, day = world.organisations["dijkstad"], _answered(world.on)
    own = own_subject(organisation, on=day)
    said = [Said(own, name, value, assurance=Assurance.DOCUMENTED) for name, value in LAST_YEAR.items()]
    _say(organisation, world.person("ciso"), day, said)


def _answered(on: date) -> date:
    """A day in December of last year, less than a year before ``on``."""
    return max(date(on.year - 1, 12, 10), on - timedelta(days=364))


def this_year(world: World) -> None:
    """The year is open and handed out; a regional coach looks at what Dijkstad shares."""
    from dijkwacht.demo.world import _at  # noqa: PLC0415 - the world calls this module

    organisation, day = world.organisations["dijkstad"], world.on - OPENED
    keeper, at = world.person("coordinator"), _at(world.on - OPENED)
    year = open_year(organisation, year=day.year, coordinator=keeper, person=keeper, on=day, at=at)
    for line, key, lead in (("BIO", "ciso", True), ("DigiD", "proces", True), ("DigiD", "collega", False)):
        hand_out(year, line=line, to=world.person(key), lead=lead, person=keeper, on=day, at=at)
    for line in ("BAG", "BGT"):
        invite_and_hand_out(
            year,
            line=line,
            email="geo@dijkstad.example",
            name="Tess Landmeter",
            lead=True,
            person=keeper,
            on=day,
            at=at,
        )
    year.notices.update(claimed_at=at, sent_at=at)  # these addresses are invented: nothing is really sent
    hand_in(year, line="WOZ", note="Ingevuld in het ENSIA-portaal", person=keeper, on=day, at=at)
    for each in ("dijkstad", "waterveen"):
        join(world.organisations[each], person=world.person("ciso", each), on=day, at=at)
    _coach(world, day)


def _coach(world: World, day: date) -> None:
    """A regional coach, with whom Dijkstad shares two accounts."""
    from dijkwacht.demo.world import ACTOR, PASSWORD, _at  # noqa: PLC0415 - the world calls this module

    at = _at(day)
    coach = create_organisation(slug="regio-delta", name="Regio Delta (voorbeeld)", kind="other", at=at, actor=ACTOR)
    role = add_person(
        coach,
        email="coach@regio-delta.example",
        name="Wessel Gids",
        role=RoleName.COACH,
        valid_from=day,
        at=at,
        actor=ACTOR,
    )
    role.person.set_password(PASSWORD)
    role.person.save(update_fields=["password"])
    world.organisations[coach.slug], world.persons[role.person.email] = coach, role.person
    for account in ("ensia-council", "cbw-rdi"):
        share(
            world.organisations["dijkstad"], recipient=coach, kind="account", what=account, tlp=Tlp.AMBER, valid_from=day, at=at,
            by=world.person("ciso"),
        )  # fmt: skip
