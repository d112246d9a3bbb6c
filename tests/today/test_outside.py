"""What the outside asks on Today, of whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dijkwacht.apps.perimeter.models import DomainState
from dijkwacht.apps.perimeter.services import consents, names, notices
from tests.ledger.small import TODAY
from tests.perimeter import made

HERE = "/o/dijkstad/"


@pytest.fixture(autouse=True)
def _own(own):
    return own


def asked(visitor, role):
    page = visitor(role).get(HERE)
    return page, page.context["day"].outside


def test_nothing(visitor):
    page, found = asked(visitor, "ciso")
    assert not found.any
    assert 'id="outside"' not in page.content.decode()


def test_what_was_given_to_somebody(organisation, make_person, client_for):
    colleague = make_person("respondent")
    name = made.domain(organisation)
    late = made.issue(name, assignee=colleague, term=TODAY - timedelta(days=1))
    made.issue(name, "dane_valid", assignee=colleague)
    made.issue(name, "spf", assignee=make_person("respondent"))
    page = client_for(colleague).get(HERE)
    found = page.context["day"].outside
    assert [each.issue.check_id for each in found.mine] == ["https_hsts", "dane_valid"]
    assert found.new_count == 0
    text = page.content.decode()
    assert f"/buitenkant/punten/{late.pk}/" in text
    assert "task--late" in text


def test_what_nobody_mends_is_for_the_ciso(organisation, visitor):
    name = made.domain(organisation)
    for number in range(7):
        made.issue(name, f"check_{number}")
    made.issue(name, "http_csp", word="warning")
    found = asked(visitor, "ciso")[1]
    assert (found.new_count, len(found.new)) == (7, 5)
    assert asked(visitor, "process_owner")[1].new_count == 0


def test_proposals(organisation, visitor):
    names.add(
        organisation, names=["nieuw.example"], person=None, actor="test", on=TODAY, at=timezone.now(),
        state=DomainState.PROPOSED,
    )  # fmt: skip
    assert asked(visitor, "ciso")[1].proposed == 1
    assert asked(visitor, "auditor")[1].proposed == 0


def test_consents_to_confirm(organisation, make_person, visitor, client_for):
    both = make_person("college")
    row = made.consent(organisation, both, level=3, since=TODAY)
    made.consent(organisation, None, level=2, since=TODAY)
    assert list(asked(visitor, "secretary")[1].consents) == [row]
    assert client_for(both).get(HERE).context["day"].outside.consents == []
    assert asked(visitor, "ciso")[1].consents == ()
    consents.confirm(row, person=make_person("college"), at=timezone.now())
    assert asked(visitor, "secretary")[1].consents == []


def test_what_a_csirt_told(organisation, make_organisation, make_person, visitor):
    csirt = make_organisation("csirt", kind="csirt", name="CSIRT")
    issue = made.issue(made.domain(csirt, whose=organisation))
    notice = notices.tell(issue, text="", person=make_person(), at=timezone.now())
    page, found = asked(visitor, "ciso")
    assert list(found.notices) == [notice]
    assert "CSIRT" in page.content.decode()
    assert asked(visitor, "auditor")[1].notices == ()
    notices.take_note(notice, person=make_person("ciso"), at=timezone.now())
    assert asked(visitor, "ciso")[1].notices == []
