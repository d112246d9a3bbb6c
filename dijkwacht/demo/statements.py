"""Statements in the demo: two that the college signed 25 days ago, a remark of who reads one, and a draft that waits.

Not part of the world of the tests: ``dijkwacht demo`` puts them in, through the same services as the site.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.services.ending import prepare
from dijkwacht.apps.accountability.services.freezing import freeze
from dijkwacht.apps.accountability.services.remarks import remark

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

SIGNED = timedelta(days=25)
ACCOUNTS = ("bio2-soa", "cbw-rdi")
NOTE = "De antwoorden van BAG en BGT komen nog; de rest is nagelopen met de lijnen."
REMARK = "Waaruit blijkt dat dit ook bij de leverancier zo is?"


def sign(world: World) -> None:
    """The college signs the accounts as they were that day."""
    from dijkwacht.demo.world import _at  # noqa: PLC0415 - the world is being made

    day = world.on - SIGNED
    for account in ACCOUNTS:
        freeze(world.organisations["dijkstad"], account=account, on=day, at=_at(day), person=world.person("college"))


def wait(world: World, *, on: date, at: datetime) -> None:
    """The supervisor asks about a line, and the coordinator lays the account of the council before the college."""
    organisation, reader = world.organisations["dijkstad"], world.organisations["toezicht"]
    signed = statements.statements(organisation, account="cbw-rdi", subject=organisation.slug).get()
    line = next(each for each in statements.opened(signed).lines if each.requirement == "cbw:21.3.d")
    remark(
        signed, line=(line.requirement, line.subject), text=REMARK, term=on + timedelta(days=14),
        person=world.person("inspecteur", "toezicht"), reader=reader, on=on, at=at,
    )  # fmt: skip
    prepare(organisation, account="ensia-council", on=on, person=world.person("coordinator"), at=at, remark=NOTE)
