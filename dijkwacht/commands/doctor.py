"""``dijkwacht doctor``: looks at the whole installation and says what is wrong and what to do. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dijkwacht.commands import Outcome, doctor_data, doctor_outside, doctor_site
from dijkwacht.commands.findings import Finding, count, guarded, lines


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at beyond the usual. ``mail``, ``network``: these two connect to something, nothing else does."""

    full: bool = False
    mail: bool = False
    network: bool = False
    resolver: str = ""


def examine(asked: Asked, *, at: datetime) -> tuple[Outcome, list[Finding]]:
    """All checks, in the order in which one would mend what they find."""
    found = list(_all(asked, at))
    counted = count(found)
    summary = _("%(ok)s in order, %(warning)s to watch, %(wrong)s wrong.") % counted
    data = {"findings": [each.data() for each in found], "counts": counted}
    return Outcome(data, [*lines(found), summary], well=not counted["wrong"]), found


def _all(asked: Asked, at: datetime) -> Iterator[Finding]:
    for name, check in doctor_site.CHECKS.items():
        yield from guarded(name, check)
    yield from guarded("disk", doctor_data.disk)
    reached = list(guarded("database", doctor_data.database))
    yield from reached
    if doctor_data.usable(reached):
        for name, look in doctor_data.CHECKS.items():
            yield from guarded(name, lambda look=look: look(at))  # type: ignore[misc]
        yield from guarded("trail", lambda: doctor_data.trail(at, full=asked.full))
    yield from guarded("clock", doctor_outside.synchronised)
    yield from guarded("mail", lambda: doctor_outside.mail(connect=asked.mail))
    if asked.network:
        yield from guarded("resolver", lambda: doctor_outside.resolver(asked.resolver))
