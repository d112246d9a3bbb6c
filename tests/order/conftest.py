"""A municipality with an adviser, a mayor and a data protection officer, and a file that is ready to decide."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dijkwacht.apps.order.models import DecisionFile, Signal
from dijkwacht.apps.order.services import files, signals
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.powers import powers_pack
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, Make, People

FACTS: dict[str, str] = {
    **{name: "no" for name, each in powers_pack().questions.items() if not each.options},
    "disturbance_now": "yes", "serious_fear": "yes", "grave_disorder": "yes", "decider": "mayor",
}  # fmt: skip
TEXT: dict[str, Any] = {
    "purpose": "Weten of er vanavond toezicht nodig is", "reason": "Oproep om om 20.30 uur op het Marktplein te komen",
    "basis": "Gemeentewet 172", "question": "Hoeveel mensen komen er", "necessity": "De politie heeft dit niet",
    "source": "open", "keep_until": date(2026, 12, 9),
}  # fmt: skip


@pytest.fixture
def does(people: People) -> Callable[..., dict[str, Any]]:
    """Who does something in this room, and when."""
    return lambda role="safety_adviser", at=NOW: {"person": people(role), "at": at}


@pytest.fixture
def open_file(organisation: Organisation, does: Make) -> Callable[..., DecisionFile]:
    """Opens a file, with other facts when given."""

    def one(power: str = "gemw_176_emergency_ordinance", **facts: str) -> DecisionFile:
        answers = {**FACTS, **facts}
        return files.open_file(organisation, power=power, title="Rellen centrum", answers=answers, on=TODAY, **does())

    return one


@pytest.fixture
def ready(open_file: Callable[..., DecisionFile], does: Make) -> Callable[..., DecisionFile]:
    """A file of which nothing is missing but the decision."""

    def one(power: str = "gemw_176_emergency_ordinance", **facts: str) -> DecisionFile:
        file = open_file(power, **facts)
        files.write(
            file, necessity="Geweld", proportionality="Klein gebied", subsidiarity="Niets lichters helpt", area="Centrum",
            addressee="Wie er is", ends_at=NOW + timedelta(hours=20), **does(),
        )  # fmt: skip
        for each in powers_pack().powers[power].lighter:
            files.weigh(file, power=each, suffices=False, because="Te laat", **does())
        files.hear(file, who="triangle", when=NOW, said="Eens", **does())
        file.refresh_from_db()
        return file

    return one


@pytest.fixture
def keep(organisation: Organisation, does: Make) -> Callable[..., Signal]:
    """Logs a signal."""

    def one(*, confirmed: bool = False, at: Any = NOW, **fields: Any) -> Signal:
        return signals.keep(organisation, said=signals.Said(**{**TEXT, **fields}), confirmed=confirmed, **does(at=at))

    return one
