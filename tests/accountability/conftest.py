"""The small pack of the ledger, with a catalog, and a CISO who has answered something."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation

from dijkwacht.apps.ledger import packs
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services import facts, judging
from dijkwacht.apps.people.models import Organisation, Person, Share
from dijkwacht.core.catalog import Catalog, Withdrawn
from dijkwacht.web import clock
from tests.ledger.small import NORMS as SMALL
from tests.ledger.small import TODAY

ABOUT = {
    "deadline": {"rule": "yearly", "month_day": "04-30", "to_verify": True},
    "reference_date": {"rule": "yearly", "month_day": "12-31"},
    "signer": {"en": "the college", "nl": "het college"},
    "legal_basis": "Art. 1", "source": "a source", "uncertain": {"en": "We doubt this.", "nl": "Dit betwijfelen wij."},
}  # fmt: skip
RULES = {
    name: replace(rule, title={"nl": f"Titel {rule.number}", "en": f"Title {rule.number}"}, theme="first")
    for name, rule in SMALL.requirements.items()
}
BIO2 = Catalog(
    "bio2", "1.3", {"nl": "BIO2", "en": "BIO2"}, date(2026, 1, 9), None, "Staatscourant",
    {name: rule for name, rule in RULES.items() if rule.catalog == "bio2"},
    {
        "bio2:9": Withdrawn("bio2:9", "moved", {"nl": "Verhuisd", "en": "Moved house"}, "bio2:2"),
        "bio2:10": Withdrawn("bio2:10", "withdrawn", {"nl": "Weg", "en": "Gone"}),
    },
    {"nl": "Eigen lezing.", "en": "Our own reading."}, {"first": {"nl": "Beleid", "en": "Policy"}},
)  # fmt: skip
NORMS = replace(
    SMALL,
    requirements=RULES,
    accounts={
        name: replace(account, about=ABOUT, complete=name != "rdi", name={"nl": name, "en": f"Account {name}"})
        for name, account in SMALL.accounts.items()
    },
    catalogs={"bio2": BIO2},
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _pack(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(packs, "norms_on", lambda day: NORMS)
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)
    monkeypatch.setattr(clock, "today", lambda request: clock.travelled(request) or TODAY)


@pytest.fixture
def ciso(make_person: Callable[..., Person]) -> Person:
    """Whoever answers, unless said otherwise."""
    return make_person("ciso", name="Anna de Wit", language="en")


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
def shared(organisation: Organisation, other_organisation: Organisation, at: datetime) -> Share:
    """Our account to the council, shared with the other organisation."""
    return Share.objects.create(
        owner=organisation, recipient=other_organisation, kind="account", what="council", valid_from=date(2026, 1, 1),
        tlp="AMBER+STRICT", granted_at=at,
    )  # fmt: skip
