"""For the test of rights: the rows of cybercrime, and a table, own counts, a plan and a desk, here and in Waterveen."""

from typing import Any

from django.utils import timezone

from dijkwacht.apps.crime.models.figures import Edition, LocalCounts
from dijkwacht.apps.crime.models.help import Desk, Plan
from dijkwacht.apps.crime.services import desks, editions, own, plans
from dijkwacht.core.access import Right
from tests.crime.plan_made import told
from tests.crime.tables import people
from tests.rights_table import Room, asks
from tests.world import World

COUNTS = "bron;periode;fenomeen;aantal\nBalie van {};2026-08;phishing;9\n"


def make(world: World, slug: str) -> None:
    """One of each, other figures in each house: the same would not come in twice."""
    organisation, at = world.organisations[slug], timezone.now()
    who: dict[str, Any] = {"person": world.person("ciso", slug), "at": at}
    found = editions.read(people({"GM9901": 21_000 + organisation.pk}), name="x.json")
    editions.bring(organisation, found, fetched_on=world.on, name="x.json", made_up=True, **who)
    own.take_over(organisation, COUNTS.format(slug).encode(), name="eigen.csv", made_up=True, **who)
    plans.add(organisation, told=told(), **who)
    desks.add(organisation, told=desks.Told(point="municipality", name="Balie", phone="14 0999"), **who)


NEEDS = {
    **asks(Right.SEE, "crime home download sources interventions fits intervention plans plan plans_download referral desks"),
    **asks(Right.STEER, "crime place source_bring source_preview source_withdraw local_bring local_preview plan_add plan_change "
                        "plan_measure plan_evaluate desk_add desk_change help_page"),
    **asks(Right.STEER, "crime source_carry local_carry local_withdraw desk_check desk_remove", posts=True),
    **asks((), "crime public_referral"),
}  # fmt: skip
ROOM = Room(
    "crime", NEEDS, make,
    {Edition: "source_withdraw", LocalCounts: "local_withdraw", Plan: "plan plan_change plan_measure plan_evaluate",
     Desk: "desk_change desk_check desk_remove"},
    words=lambda _name, slug: {"name": "hackshield", "form": "csv", "token": "x" * 22, "slug": slug},
    absent="source_preview source_carry local_preview local_carry",  # nothing was uploaded
    closed="public_referral",  # nobody opened it
)  # fmt: skip
