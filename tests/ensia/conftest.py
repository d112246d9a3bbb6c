"""A municipality with last year's answers, on the packs of the house."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation

from dijkwacht.apps.ensia.models import Year
from dijkwacht.apps.ensia.services.years import open_year
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services import facts, judging
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.facts import Assurance
from dijkwacht.web import clock

TODAY = date(2026, 11, 25)
OPENED = date(2026, 11, 1)
LAST_YEAR = date(2025, 12, 10)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _house(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    settings.DIJKWACHT_URL = "https://dijkwacht.example"
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)
    monkeypatch.setattr(clock, "today", lambda request: TODAY)
    monkeypatch.setattr(clock, "now", lambda request: moment(TODAY))
    with translation.override("en"):
        yield


@pytest.fixture
def ciso(make_person: Callable[..., Person]) -> Person:
    return make_person("ciso", name="Anna de Wit", language="en")


@pytest.fixture
def keeper(make_person: Callable[..., Person]) -> Person:
    """Who keeps the year going."""
    return make_person("coordinator", name="Yara Polder", language="en")


@pytest.fixture
def colleague(make_person: Callable[..., Person]) -> Person:
    return make_person("respondent", name="Tess Land", language="en")


@pytest.fixture
def own(organisation: Organisation) -> Subject:
    return judging.own_subject(organisation, on=date(2020, 1, 1))


@pytest.fixture
def say(organisation: Organisation, own: Subject, ciso: Person) -> Callable[..., facts.Receipt]:
    """Answers a question, today and by the CISO unless said otherwise."""

    def answer(fact_type: str, value: Any, *, on: date = TODAY, **fields: Any) -> facts.Receipt:
        given = {"person": ciso, "subject": own, "assurance": Assurance.DOCUMENTED, **fields}
        return facts.answer(
            given["subject"].organisation, fact_type=fact_type, value=value, on=on, at=moment(on), **given
        )

    return answer


@pytest.fixture
def year(organisation: Organisation, keeper: Person) -> Year:
    """ENSIA 2026, open since 1 November."""
    return open_year(
        organisation, year=2026, coordinator=keeper, person=keeper, on=OPENED, at=moment(OPENED)
    )  # fmt: skip
