"""What the covenant accounts for: what was agreed and how far that came, per system challenge, on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dijkwacht.apps.landscape.models import Assumption, Handling, Paper, Voice
from dijkwacht.apps.landscape.queries.cells import Findings, findings, landscape_of
from dijkwacht.apps.landscape.queries.initiatives import Either, everything
from dijkwacht.apps.landscape.queries.needs import PACK, Seen, needs
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.covenant.investment import NOTHING, Agenda, Band, Cost, Size, agenda, size_of
from dijkwacht.core.covenant.needs import OPEN, share
from dijkwacht.core.covenant.shapes import Agreed, CovenantPack
from dijkwacht.core.covenant.stand import Course, Judged, Standing, come_of, standing
from dijkwacht.core.landscape.cells import Landscape
from dijkwacht.norms.covenant import covenant_pack
from dijkwacht.norms.read import municipalities

SYSTEM = "1"  # the challenge of roles and powers, which the gaps of the landscape are about
YEARS = 4


@dataclass(frozen=True, slots=True)
class Stand:
    """All that is known of the covenant at an organisation on a day. ``later``: what was written of needs after that day."""

    organisation: Organisation
    on: date
    pack: CovenantPack
    needs: Sequence[Seen]
    runs: Sequence[Either]
    agreed: Sequence[tuple[Agreed, Judged]]
    landscape: Landscape
    found: Findings
    later: int

    @property
    def open_needs(self) -> list[Seen]:
        """The needs that are not met and not dropped."""
        return [each for each in self.needs if each.weighed.status in OPEN]

    def of(self, *courses: Course) -> list[Either]:
        """The initiatives that are there on this day."""
        return [each for each in self.runs if each.course in courses]

    def standing(self, challenge: str) -> Standing:
        """The counts of one system challenge."""
        its = [each for each in self.needs if each.challenge == challenge]
        keys = {each.key for each in its}
        return standing(
            challenge, needs=[each.weighed.status for each in its],
            running=[each.course for each in self.runs if keys & {*each.closes}],
            agreed=[judged.come for each, judged in self.agreed if each.challenge == challenge],
            gaps=len(self.found.gaps) if challenge == SYSTEM else 0,
        )  # fmt: skip


def stand(organisation: Organisation, *, on: date) -> Stand:
    """What is known of the covenant there on a day."""
    pack, seen, runs = covenant_pack(), needs(organisation, on=on), everything(organisation, on=on)
    statuses = {each.pack.id: each.weighed.status for each in seen if each.pack}
    courses = {each.key.removeprefix(PACK): each.course for each in runs if each.key.startswith(PACK)}
    agreed = [(each, come_of(each, needs=statuses, running=courses, on=on)) for each in pack.agreed]
    held = landscape_of(organisation)
    later = sum(model.objects.filter(organisation=organisation, on__gt=on).count() for model in (Handling, Voice))
    return Stand(organisation, on, pack, seen, runs, agreed, held, findings(held, on=on), later)


@dataclass(frozen=True, slots=True)
class Investment:
    """The investment agenda with what it assumes. ``without``: open needs for which no costs were given."""

    agenda: Agenda
    assumption: Assumption | None
    municipalities: Mapping[Size, int]
    titles: Mapping[str, str]
    without: Sequence[Seen]
    costed: Sequence[Seen]


def investment(organisation: Organisation, seen: Sequence[Seen]) -> Investment:
    """The investment agenda over the open needs. Without costs it has no lines."""
    assumption = Assumption.objects.filter(organisation=organisation).select_related("by").first()
    counts = municipalities_of(assumption)
    still = [each for each in seen if each.weighed.status in OPEN]
    costed = [each for each in still if each.weighed.cost]
    found = agenda(
        [_cost(each) for each in costed], municipalities=counts, years=assumption.years if assumption else YEARS
    )
    titles = {each.key: each.title for each in costed}
    return Investment(found, assumption, counts, titles, [each for each in still if not each.weighed.cost], costed)


def municipalities_of(assumption: Assumption | None) -> Mapping[Size, int]:
    """How many municipalities there are of each size: as assumed, else by the register of the packs."""
    if assumption is not None and assumption.municipalities:
        return {size: int(assumption.municipalities.get(size, 0)) for size in Size}
    return in_register()


def in_register() -> Mapping[Size, int]:
    """How many municipalities of each size the register of the packs has."""
    sizes = [size_of(int(row["inhabitants"])) for row in municipalities() if row["inhabitants"]]
    return {size: sizes.count(size) for size in Size}


def _cost(each: Seen) -> Cost:
    row = each.handling or Handling()
    bands = [{Size(size): Band(*band) for size, band in given.items()} for given in (row.once, row.yearly)]
    hours = Band(*row.hours) if row.hours else NOTHING
    return Cost(each.key, bands[0], bands[1], share(each.weighed.voices), hours, row.basis)


def papers(organisation: Organisation) -> QuerySet[Paper]:
    """The accounts that were made, the newest first."""
    return Paper.objects.filter(organisation=organisation).select_related("by").defer("content")


def paper(organisation: Organisation, pk: int) -> Paper | None:
    """One of them, whole."""
    return Paper.objects.filter(organisation=organisation, pk=pk).select_related("by", "organisation").first()
