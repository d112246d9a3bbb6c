"""A municipality with the packs of the house, its people, a few processes and systems, and the clock that pages read."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import translation

from dijkwacht.apps.isms.models import Action, Audit, Finding, Policy, Review, Risk
from dijkwacht.apps.isms.services import audits, plan, policies, reviews, risks
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.web import clock

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
AREAS = ("political", "diplomatic", "financial", "image", "trust", "publicity", "motivation", "control")
LOW = dict.fromkeys(AREAS, 1)
Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)
    monkeypatch.setattr(clock, "today", lambda request: TODAY)
    monkeypatch.setattr(clock, "now", lambda request: NOW)


class People:
    """Our people by role, made when they are asked for, and a browser for each."""

    def __init__(self, make_person: Callable[..., Person], client_for: Callable[[Person], Client]) -> None:
        self._make, self._client_for, self._found = make_person, client_for, dict[str, Person]()

    def __call__(self, role: str) -> Person:
        if role not in self._found:
            self._found[role] = self._make(role, name=f"A {role}", language="en")
        return self._found[role]

    def browser(self, role: str) -> Client:
        return self._client_for(self(role))

    def stranger(self, at: Organisation) -> Client:
        return self._client_for(self._make("ciso", at_organisation=at, language="en"))


@pytest.fixture
def people(make_person: Callable[..., Person], client_for: Callable[[Person], Client]) -> People:
    return People(make_person, client_for)


@pytest.fixture
def ciso(people: People) -> Client:
    return people.browser("ciso")


@pytest.fixture
def by(people: People) -> Callable[[str], dict[str, Any]]:
    """Who does something, today."""
    return lambda role: {"person": people(role), "on": TODAY, "at": NOW}


@pytest.fixture
def subjects(organisation: Organisation, by: Make, people: People) -> dict[str, Subject]:
    """Two processes, of which one is the process owner's, and two systems."""
    made = {
        key: register_subject(organisation, kind=kind, name=key.title(), key=key, **by("ciso"))
        for kind, key in (
            ("process", "passports"),
            ("process", "benefits"),
            ("system", "registry"),
            ("system", "cases"),
        )
    }
    made["benefits"].owner = people("process_owner")
    made["benefits"].save()
    return made


@pytest.fixture
def risk(organisation: Organisation, by: Make, subjects: dict[str, Subject]) -> Risk:
    """A small risk of the CISO's, with a guideline that helps against it."""
    text = risks.RiskText(
        "Looking over a shoulder", "Open desks", "A little seen", by("ciso")["person"], ("iso27002:7.8",),
        (subjects["registry"],),
    )  # fmt: skip
    return risks.add_risk(organisation, text=text, **by("ciso"))


@pytest.fixture
def weighed(risk: Risk, by: Make) -> Risk:
    """The same, weighed as low."""
    risks.weigh(risk, kind="residual", likelihood=1, impacts=LOW, reason="", **by("ciso"))
    return risk


@pytest.fixture
def action(organisation: Organisation, by: Make) -> Action:
    """An action of the CISO's that serves a measure with one question."""
    text = plan.ActionText("Open the reporting desk", TODAY, owner=by("ciso")["person"], requirement="bio2:5.24.01")
    return plan.add_action(organisation, text=text, **by("ciso"))


@pytest.fixture
def audit(organisation: Organisation, by: Make) -> Audit:
    """An audit that is planned."""
    text = audits.AuditText("Backups", date(2026, 12, 1), "An auditor", requirements=("bio2:8.13.04",))
    return audits.plan_audit(organisation, text=text, **by("ciso"))


@pytest.fixture
def finding(audit: Audit, by: Make) -> Finding:
    """What it found."""
    return audits.add_finding(
        audit, severity="minor", text="Not tested", due=date(2027, 1, 1), requirement="bio2:8.13.04", **by("auditor")
    )


@pytest.fixture
def review(organisation: Organisation, by: Make) -> Review:
    """A management review that is planned."""
    return reviews.plan_review(organisation, planned_on=date(2026, 12, 10), **by("ciso"))


@pytest.fixture
def policy(organisation: Organisation, by: Make) -> Policy:
    """The security policy in the list."""
    (made,) = policies.take_over_policies(organisation, known=["security"], **by("ciso"))
    return made
