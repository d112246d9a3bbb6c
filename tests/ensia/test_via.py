"""Answering for others: what reaches them, and what turns when trust is withdrawn."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dijkwacht.apps.ensia.queries import via
from dijkwacht.apps.ledger.models import Inheritance, Verdict
from dijkwacht.apps.ledger.queries.verify_register import verify_register
from dijkwacht.apps.ledger.services import facts
from dijkwacht.apps.ledger.services.subjects import declare_complete, inherit_from, register_subject
from dijkwacht.apps.people.services import share
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.facts import Assurance
from dijkwacht.core.verdict import Status
from tests.ensia.conftest import TODAY, moment

pytestmark = pytest.mark.django_db
NOW = {"on": TODAY, "at": moment(TODAY)}
UNTIL = date(2028, 6, 1)


@pytest.fixture
def host(make_organisation):
    return make_organisation("de-meren", name="De Meren", kind="joint_arrangement")


@pytest.fixture
def host_ciso(host, make_person):
    return make_person("ciso", at_organisation=host, name="Bas", language="en")


@pytest.fixture
def hosted(host, host_ciso):
    """A system that De Meren runs, and knows to be hardened."""
    system = register_subject(host, kind="system", name="Zaaksysteem", person=host_ciso, **NOW)
    for name, value in (("system.backup.separate_site", True), ("system.hardened", False)):
        facts.answer(
            host, person=host_ciso, subject=system, fact_type=name, value=value, assurance=Assurance.MEASURED,
            on=TODAY - timedelta(days=10), at=moment(TODAY - timedelta(days=10)),
        )  # fmt: skip
    return system


@pytest.fixture
def linked(organisation, ciso, host, host_ciso, hosted):
    """Our one system takes over what De Meren shares."""
    ours = register_subject(organisation, kind="system", name="Zaken", person=ciso, **NOW)
    declare_complete(organisation, kind="system", person=ciso, **NOW)
    share(
        host, recipient=organisation, kind="fact", what=f"{hosted.key}|system.*", tlp="AMBER",
        valid_from=TODAY - timedelta(days=20), valid_to=UNTIL, at=moment(TODAY), by=host_ciso,
    )  # fmt: skip
    return inherit_from(ours, source=hosted, person=ciso, **NOW)


def test_the_host_sees_for_whom_it_answers(linked, host, organisation):
    (link,) = via.answered_for(host, on=TODAY)
    assert (link.heir, link.source) == (organisation, host)
    assert [(each.fact_type.id, each.value, each.fresh) for each in link.reach] == [
        ("system.backup.separate_site", True, True), ("system.hardened", False, True),
    ]  # fmt: skip
    assert (link.last_seen, link.until, link.expired) == (TODAY - timedelta(days=10), UNTIL, 0)


def test_the_member_sees_who_answers_and_how_fresh(linked, host, organisation):
    ((subject, link),) = via.relied_on(organisation, on=TODAY)
    assert (subject.key, link.source, len(link.reach)) == ("zaken", host, 2)
    later = TODAY + timedelta(days=800)
    ((_, link),) = via.relied_on(organisation, on=later)
    assert (link.shares, link.reach) == ((), ())  # the share has ended


def test_what_expires_at_the_host_shows_at_the_member(linked, organisation):
    ((_, link),) = via.relied_on(organisation, on=date(2028, 5, 31))
    assert [(each.value, each.fresh) for each in link.reach] == [(True, False), (False, False)]
    assert link.expired == 2


def test_what_is_not_covered_does_not_reach(linked, host, hosted, host_ciso):
    facts.answer(host, person=host_ciso, subject=hosted, fact_type="system.critical", value=True, **NOW)
    (link,) = via.answered_for(host, on=TODAY)
    assert len(link.reach) == 3  # system.* covers it
    host.shares_given.update(what=f"{hosted.key}|system.hardened")
    (link,) = via.answered_for(host, on=TODAY)
    assert [each.fact_type.id for each in link.reach] == ["system.hardened"]


def test_what_turns_is_told_before_and_is_what_turns(linked, organisation, ciso):
    """The preview names exactly the verdicts that differ after trust is withdrawn."""

    def statuses():
        rows = Verdict.objects.filter(organisation=organisation).values_list("requirement", "subject__key", "status")
        return {(name, key): status for name, key, status in rows}

    before = statuses()
    told = {(each.requirement.id, each.subject): (each.before, each.after) for each in via.without(linked, on=TODAY)}
    assert told
    assert all(after is Status.UNKNOWN for _, after in told.values())
    inherit_from(linked, source=None, person=ciso, reason="no longer", **NOW)
    after = statuses()
    assert {key: (before[key], after[key]) for key in before if before[key] != after.get(key)} == told


def test_the_page_asks_for_a_reason_and_the_trail_keeps_it(linked, organisation, ciso, client_for):
    page = client_for(ciso)
    address = reverse("ensia:withdraw", args=["dijkstad", "zaken"])
    assert "turn" in page.get(address).text
    assert page.post(address, {"reason": " "}).status_code == 200
    assert Inheritance.objects.filter(superseded_at__isnull=True).exists()
    assert page.post(address, {"reason": "Contract ended"}).status_code == 302
    assert not Inheritance.objects.filter(superseded_at__isnull=True).exists()
    entry = Entry.objects.filter(organisation=organisation, act="ledger.subject_inherits").last()
    assert (entry.detail["reason"], entry.detail["source"]) == ("Contract ended", None)
    assert verify_register(organisation) == []
    assert page.get(address).status_code == 404  # there is no trust left to withdraw


def test_pages_say_whose_and_until_when(linked, ciso, host_ciso, client_for):
    mine = client_for(ciso).get(reverse("ensia:relied_on", args=["dijkstad"])).text
    assert "De Meren" in mine
    assert "1 June 2028" in mine
    theirs = client_for(host_ciso).get(reverse("ensia:answered_for", args=["de-meren"])).text
    assert "Dijkstad" in theirs
    assert "Our answers count for 1 organisation." in theirs
    assert client_for(host_ciso).get(reverse("ensia:relied_on", args=["dijkstad"])).status_code == 404
