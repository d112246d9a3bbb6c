"""A municipality with the packs of the house, its people, a few processes and systems, and the clock that pages read."""

from datetime import date

import pytest

from dijkwacht.apps.isms.models import Action, Audit, Finding, Policy, Review, Risk
from dijkwacht.apps.isms.services import audits, plan, policies, reviews, risks
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import TODAY, Make, People

AREAS = ("political", "diplomatic", "financial", "image", "trust", "publicity", "motivation", "control")
LOW = dict.fromkeys(AREAS, 1)


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
