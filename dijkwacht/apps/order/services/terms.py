"""The legal terms that a decision sets going, reckoned from what happened; nothing of them is kept."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from dijkwacht.apps.order.models import DecisionFile, FileState
from dijkwacht.apps.order.services.deciding import MEETING
from dijkwacht.apps.order.services.files import answers_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.clocks import Event, Meeting, Running, running
from dijkwacht.core.powers import duties
from dijkwacht.norms.powers import powers_pack
from dijkwacht.norms.read import clocks

AREAS = ("public_order", "crisis")
"""Terms of incidents run in their own room, from their own events."""


def terms_of(file: DecisionFile, *, at: datetime) -> tuple[Running, ...]:
    """Every clock of this decision as it stands at that moment; none before it is decided."""
    if file.decided_at is None:
        return ()
    pack = clocks()
    wanted = dict.fromkeys(
        each.clock for each in duties(powers_pack().powers[file.power], answers_of(file)) if each.clock
    )
    rules = {name: pack.rules[name] for name in wanted if pack.rules[name].area in AREAS}
    meetings = [Meeting(s.at, s.seats, s.present or 0) for s in file.steps.all() if s.code == MEETING and s.seats]
    return running(rules, _events(file), calendar=pack.calendar, at=at, warn=pack.warn, meetings=meetings)


def decided_files(organisation: Organisation | None = None) -> Iterator[DecisionFile]:
    """Decisions that were taken and are not closed, with their steps; of one organisation, or of all."""
    rows = DecisionFile.objects.filter(state=FileState.DECIDED).select_related("organisation").prefetch_related("steps")
    found = rows if organisation is None else rows.filter(organisation=organisation)
    return found.order_by("pk").iterator(chunk_size=500)


def all_terms(files: Iterable[DecisionFile], *, at: datetime) -> Iterator[tuple[DecisionFile, Running]]:
    """Each term of each of these decisions."""
    for file in files:
        for found in terms_of(file, at=at):
            yield file, found


def _events(file: DecisionFile) -> list[Event]:
    moments = {"decided": file.decided_at, "begins": file.begins_at}
    starts = powers_pack().starts
    found = [Event(code, at) for code, when in starts.items() if (at := moments.get(when)) is not None]
    return found + [
        Event(step.code, step.at) for step in file.steps.all() if ":" not in step.code and step.code != MEETING
    ]
