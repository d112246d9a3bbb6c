"""Frameworks that one organisation shares with another, through the shares of the room people. Own texts are never shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.frameworks.models import Framework
from dijkwacht.apps.people.models import Organisation, Share, ShareKind
from dijkwacht.apps.people.queries import in_period, shares_to

PREFIX = "framework:"


@dataclass(frozen=True, slots=True)
class Received:
    """A framework of another organisation, and the share by which we read it."""

    share: Share
    framework: Framework


def what(framework: Framework) -> str:
    """How a share names a framework: ``framework:12:Title``; the title is for people, the number counts."""
    return f"{PREFIX}{framework.pk}:{framework.title}"[:250]


def received(organisation: Organisation, *, on: date) -> Sequence[Received]:
    """What others share with the organisation on a day (the real one: it decides what somebody may see), each once."""
    found: dict[int, Received] = {}
    for share in shares_to(organisation, on=on).filter(kind=ShareKind.FRAMEWORK):
        framework = _newest(share)
        if framework is not None:
            found.setdefault(framework.pk, Received(share, framework))
    return list(found.values())


def given(framework: Framework, *, on: date) -> Sequence[Share]:
    """With whom a framework is shared on a day, also where the share began with an earlier version of it."""
    versions = [f"{PREFIX}{each.pk}:" for each in _line_of(framework)]
    rows = Share.objects.filter(
        in_period(on), owner=framework.organisation, kind=ShareKind.FRAMEWORK, revoked_at__isnull=True
    ).select_related("recipient")
    return [each for each in rows if each.what.startswith(tuple(versions))]


def _newest(share: Share) -> Framework | None:
    """The version that stands of what is shared: who shares a framework shares what follows it. None: it was taken out."""
    number = share.what.removeprefix(PREFIX).partition(":")[0]
    if not number.isdecimal():
        return None
    rows = (
        Framework.objects.filter(organisation=share.owner).defer("document").select_related("brought", "organisation")
    )
    found = rows.filter(pk=int(number)).first()
    while found is not None and found.ended_at is not None:
        found = rows.filter(replaces=found).first()
    return found


def _line_of(framework: Framework) -> Sequence[Framework]:
    """A framework and the versions before it."""
    found = [framework]
    while (before := found[-1].replaces) is not None:
        found.append(before)
    return found
