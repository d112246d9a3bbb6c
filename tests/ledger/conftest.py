"""The small pack, a CISO, and short verbs."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation

from dijkwacht.apps.ledger import packs
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services import facts, judging, subjects
from dijkwacht.apps.people.models import Organisation, Person
from tests.ledger.small import NORMS, TODAY


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _small_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "norms_on", lambda day: NORMS)


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def ciso(make_person: Callable[..., Person]) -> Person:
    """Whoever answers, unless said otherwise."""
    return make_person("ciso", name="Anna de Wit")


@pytest.fixture
def own(organisation: Organisation) -> Subject:
    """Our municipality as a subject."""
    return judging.own_subject(organisation, on=date(2020, 1, 1))


@pytest.fixture
def say(organisation: Organisation, own: Subject, ciso: Person, at: datetime) -> Callable[..., facts.Receipt]:
    """Answers a question, today and by the CISO unless said otherwise."""

    def answer(fact_type: str, value: Any, **fields: Any) -> facts.Receipt:
        given = {"person": ciso, "subject": own, "on": TODAY, "at": at, **fields}
        return facts.answer(given["subject"].organisation, fact_type=fact_type, value=value, **given)

    return answer


@pytest.fixture
def register(organisation: Organisation, ciso: Person, at: datetime) -> Callable[..., Subject]:
    """Registers a subject."""

    def make(kind: str, name: str, **fields: Any) -> Subject:
        given = {"person": ciso, "on": TODAY, "at": at, **fields}
        return subjects.register_subject(given.pop("organisation", organisation), kind=kind, name=name, **given)

    return make
