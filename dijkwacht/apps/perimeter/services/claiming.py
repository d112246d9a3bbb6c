"""Settling whose a name is, where several organisations watch it: by who runs the installation, told in the trail of each."""

from datetime import datetime

from django.db import transaction

from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, SettledName
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.services import record
from dijkwacht.core.checks.naming import NameProblem, host_name


def settle(organisation: Organisation, *, name: str, reason: str, at: datetime, actor: str) -> SettledName:
    """From now on the name, with all below it, is of this organisation. Raises Refused (none, reason).

    Each organisation that watches the name reads in its own trail that it was settled and how it fell for itself, and nothing
    of who the others are.
    """
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refused("reason")
    try:
        plain = host_name(name)
    except NameProblem:
        raise Refused("none") from None
    watching = Organisation.objects.filter(pk__in=Domain.objects.filter(name=plain).values("organisation"))
    with transaction.atomic():
        for each in (watching | Organisation.objects.filter(pk=organisation.pk)).order_by("pk"):
            lock(each)
            fell = "ours" if each.pk == organisation.pk else "theirs"
            record(
                each, person=None, actor=actor, act=f"perimeter.settled_{fell}", about=f"domain:{plain}"[:250], at=at,
                detail={"reason": reason},
            )  # fmt: skip
        settled, _made = SettledName.objects.update_or_create(
            name=plain, defaults={"organisation": organisation, "at": at, "reason": reason}
        )
    return settled
