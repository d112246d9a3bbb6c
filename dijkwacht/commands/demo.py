"""dijkwacht demo: the demo world, with the example workbook in it, and how to sign in."""

import tempfile
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.commands import Outcome, importing, judging
from dijkwacht.commands.preparing import one_at_a_time
from dijkwacht.demo import (
    advisories,
    cascade,
    covenant,
    crime,
    crisis,
    exercises,
    incidents,
    landscape,
    order,
    perimeter,
    statements,
    suppliers,
)
from dijkwacht.demo.world import CAST, PASSWORD, build
from dijkwacht.examples import selfassessment
from dijkwacht.web.terms import role_word

OWN = "dijkstad"


def demo(*, on: date, at: datetime, today: date) -> Outcome:
    """Makes the world if the database is empty; then, each time, tells how things stand and how to sign in.

    Where something else is in the database nothing is made, and that is not well.
    """
    lines: list[str] = []
    with one_at_a_time():
        if not Person.objects.exists():
            world = build(on=on, between=statements.sign)
            perimeter.measure(world, at=at)
            incidents.play(world, at=at)
            advisories.play(world, at=at)
            suppliers.play(world, at=at)
            crisis.play(world, at=at)
            cascade.play(world, at=at)
            order.play(world, at=at)
            exercises.play(world, at=at)
            landscape.play(world, at=at)
            covenant.play(world, at=at)
            crime.play(world, at=at)
            importing.municipalities()
            lines += _import_example(world.organisations[OWN], on=on, at=at)
            statements.wait(world, on=on, at=at)
    organisation = Organisation.objects.filter(slug=OWN).first()
    if organisation is None or not Person.objects.filter(email=CAST[0].email).exists():
        line = _("There is something else in this database; no demo world was made.")
        return Outcome({"made": False}, [line], well=False)
    accounts = judging.accounts(organisation, on=on, at=at, today=today)
    left = judging.questions(organisation, on=on, account=None, role=None, limit=3)
    signs = [
        f"  {player.email:<36} {player.name:<20} {role_word(player.role)}, {player.organisation}" for player in CAST
    ]
    lines += ["", organisation.name, *accounts.lines, "", _("Ask first (lines settled):"), *left.lines, ""]
    lines += [_("Sign in with password %(password)s as:") % {"password": PASSWORD}, *signs]
    data = {
        "made": True, "accounts": accounts.data, "questions": left.data["left"], "password": PASSWORD,
        "persons": [player.email for player in CAST],
    }  # fmt: skip
    return Outcome(data, lines)


def _import_example(organisation: Organisation, *, on: date, at: datetime) -> list[str]:
    """The workbook goes in through the same door as anybody's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / selfassessment.NAME
        path.write_bytes(selfassessment.build(on))
        done = importing.workbook(
            path, organisation=organisation, email=CAST[2].email, library=None, dry_run=False, on=on, at=at
        )
    return list(done.lines)
