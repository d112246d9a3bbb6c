"""What matching turned is put down in the deed that turns it, and looked at after that: at once, or by `tick` after a run
that was killed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet

from dijkwacht.apps.advisories.models import Anew
from dijkwacht.apps.advisories.portions import portions
from dijkwacht.apps.advisories.services import warning
from dijkwacht.apps.advisories.services.guarding import Faults
from dijkwacht.apps.people.models import Organisation

TOLD = Q(advisory__isnull=False, organisation__isnull=False)


def put_down(organisation: Organisation, advisories: Iterable[int]) -> None:
    """Within the deed that changes a register, a subscription or a desk: for which advisories it is to be looked at again."""
    Anew.objects.bulk_create(Anew(organisation=organisation, advisory_id=each) for each in advisories)


def look_again(organisation: Organisation, *, at: datetime) -> None:
    """After that deed: looks at what was put down for this organisation."""
    of_rows(Anew.objects.filter(TOLD, organisation=organisation, alias=None), at=at)


def of_rows(rows: QuerySet[Anew], *, at: datetime, faults: Faults | None = None) -> None:
    """Tells what turned, and takes it off. Of an organisation where that goes wrong all stays, for the next round."""
    faults = faults or Faults()
    found: dict[int, list[Anew]] = defaultdict(list)
    for row in rows.filter(TOLD):
        found[row.organisation_id or 0].append(row)
    for each in Organisation.objects.filter(pk__in=found).order_by("pk"):
        faults.guarded(f"looking again at organisation {each.pk}", partial(_one, each, found[each.pk], at=at))


def _one(organisation: Organisation, rows: list[Anew], *, at: datetime) -> None:
    warning.look_again(organisation, {each.advisory_id or 0 for each in rows}, person=None, at=at)
    for some in portions([each.pk for each in rows]):
        Anew.objects.filter(pk__in=some).delete()
