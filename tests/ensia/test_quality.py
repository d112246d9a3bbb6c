"""What is odd: each kind is found, and what is right is not."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dijkwacht.apps.ensia.queries.quality import Odd, quality
from dijkwacht.apps.ensia.views.quality import SHARED
from dijkwacht.apps.ledger.models import Claim, Fact, Inheritance, Tally, Verdict
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.services.asking import ask
from dijkwacht.apps.ledger.services.subjects import declare_complete, register_subject
from dijkwacht.apps.people.models import Role, Share
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin
from tests.ensia.conftest import TODAY, moment

pytestmark = pytest.mark.django_db
NOW = {"on": TODAY, "at": moment(TODAY)}


def found(kind, *, on=TODAY, **fields):
    return [(each.about, each.detail) for each in quality(on=on, **fields).findings if each.kind is kind]


def claim(organisation, own, **fields):
    return Claim.objects.create(
        organisation=organisation, subject=own, answered_on=TODAY, source="file", recorded_at=TODAY,
        **{"requirement": "bag:1.1", "answer": "yes", "evidence_note": "a paper", **fields},
    )  # fmt: skip


@pytest.mark.parametrize(("days", "odd"), [(0, False), (364, False), (365, False), (366, True), (500, True)])
def test_an_answer_expires_after_its_last_usable_day(say, days, odd):
    say("bag.reports.marked", True, on=TODAY - timedelta(days=days))
    assert bool(found(Odd.EXPIRED)) is odd


def test_seen_again_is_not_expired(say):
    say("bag.reports.marked", True, on=date(2025, 10, 1))
    say("bag.reports.marked", True, on=date(2026, 3, 1))
    assert found(Odd.EXPIRED) == []
    assert found(Odd.EXPIRED, on=date(2027, 3, 2)) == [("dijkstad|bag.reports.marked", "2026-03-01")]


def test_a_fresh_answer_beside_an_old_one_is_enough(say):
    say("bag.reports.marked", True, on=date(2025, 1, 1))
    say("bag.reports.marked", True, on=date(2026, 9, 1), origin=Origin.AUDIT)
    assert found(Odd.EXPIRED) == []


def test_answers_that_contradict_each_other(say):
    say("bag.reports.marked", True)
    assert found(Odd.CONTRADICTED) == []
    say("bag.reports.marked", False, seen=0)
    assert found(Odd.CONTRADICTED) == [("dijkstad|bag.reports.marked", "")]


def test_a_surer_answer_settles_the_contradiction(say):
    say("bag.reports.marked", True)
    say("bag.reports.marked", False, origin=Origin.AUDIT, assurance=Assurance.AUDITED, seen=0)
    assert found(Odd.CONTRADICTED) == []


def test_claims_without_proof_and_claims_that_the_facts_cannot_say(organisation, own, say):
    say("bag.reports.marked", True)  # everything is judged now: bag:1.1 is unknown, bag:1.5 in order
    claim(organisation, own)
    claim(organisation, own, requirement="bag:1.5", evidence_note="")
    claim(organisation, own, requirement="bag:1.2", answer="no", evidence_note="")
    claim(organisation, own, requirement="bag:1.3", superseded_at=TODAY)
    assert found(Odd.CLAIMED_UNKNOWN) == [("bag:1.1", "dijkstad")]
    assert found(Odd.CLAIMED_WITHOUT_PROOF) == [("bag:1.5", "dijkstad")]


def test_registers_that_nobody_declared_complete(organisation, ciso):
    register_subject(organisation, kind="system", name="Zaken", person=ciso, **NOW)
    assert found(Odd.REGISTER) == [("system", "")]
    declare_complete(organisation, kind="system", person=ciso, **NOW)
    assert found(Odd.REGISTER) == []
    assert found(Odd.REGISTER, on=TODAY + timedelta(days=400)) == [("system", "")]


def test_asked_of_somebody_who_left(organisation, ciso, colleague):
    ask(organisation, of=colleague, requirement="bag:1.1", person=ciso, **NOW)
    assert found(Odd.ORPHAN) == []
    Role.objects.filter(person=colleague).update(valid_to=TODAY)
    assert found(Odd.ORPHAN) == [("bag:1.1", "")]


def test_resting_on_what_is_not_shared(organisation, other_organisation, ciso, make_person):
    theirs = make_person("ciso", at_organisation=other_organisation)
    ours = register_subject(organisation, kind="system", name="Zaken", person=ciso, **NOW)
    source = register_subject(other_organisation, kind="system", name="Zaken", person=theirs, **NOW)
    Inheritance.objects.create(subject=ours, source=source, recorded_at=TODAY)
    assert found(Odd.NOT_SHARED) == [("zaken", "")]
    Share.objects.create(
        owner=other_organisation, recipient=organisation, kind="fact", what="zaken|system.*", valid_from=TODAY,
        tlp="AMBER", granted_at=moment(TODAY),
    )  # fmt: skip
    assert found(Odd.NOT_SHARED) == []


def test_verdicts_that_wait(organisation, say):
    say("bag.reports.marked", True)
    assert found(Odd.NOT_JUDGED) == []
    Verdict.objects.filter(requirement="bag:1.5").update(stale_at=TODAY)
    assert found(Odd.NOT_JUDGED) == [("", "1")]
    Verdict.objects.filter(requirement="bag:1.5").update(stale_at=None)
    Tally.objects.update(packs="older")
    assert found(Odd.NOT_JUDGED) == [("", "")]


def test_every_kind_is_named_and_the_scope_is_kept(organisation, other_organisation, say):
    say("bag.reports.marked", True, on=date(2025, 1, 1))
    everything = quality(on=TODAY)
    assert set(everything.by_kind) == set(Odd)
    assert everything.organisations == 2
    assert quality(on=TODAY, organisations=[other_organisation.pk]).findings == []
    assert quality(on=TODAY, kinds=[Odd.ORPHAN]).findings == []
    only = quality(on=TODAY, kinds=[Odd.EXPIRED])
    assert only.by_organisation == {organisation.pk: {Odd.EXPIRED: 1}}


def test_the_number_of_questions_to_the_database_does_not_grow(say, make_organisation, django_assert_max_num_queries):
    say("bag.reports.marked", True, on=date(2025, 1, 1))
    for _ in range(5):
        make_organisation()
    with django_assert_max_num_queries(25):
        quality(on=TODAY)


def test_our_own_page_says_where_to_mend_it(organisation, own, say, ciso, client_for):
    say("bag.reports.marked", True, on=date(2025, 1, 1))
    say("bag.geometry.in_time", True)
    claim(organisation, own)
    page = client_for(ciso).get(reverse("ensia:quality", args=["dijkstad"])).text
    assert reverse("ledger:question", args=["dijkstad", "dijkstad", "bag.reports.marked"]) in page
    assert reverse("ledger:requirement", args=["dijkstad", "bag:1.1"]) in page
    narrowed = client_for(ciso).get(reverse("ensia:quality", args=["dijkstad"]), {"kind": "expired"}).text
    assert reverse("ledger:requirement", args=["dijkstad", "bag:1.1"]) not in narrowed


def test_who_receives_sees_numbers_only(organisation, other_organisation, own, say, make_person, client_for):
    say("bag.reports.marked", True, on=date(2025, 1, 1))
    claim(organisation, own)
    Share.objects.create(
        owner=organisation, recipient=other_organisation, kind="account", what="bag-bzk", valid_from=TODAY, tlp="AMBER",
        granted_at=moment(TODAY),
    )  # fmt: skip
    reader = make_person("coach", at_organisation=other_organisation, language="en")
    page = client_for(reader).get(reverse("ensia:shared_quality", args=["polderveen"])).text
    assert "Dijkstad" in page
    assert "bag.reports.marked" not in page
    assert "Claimed" not in page
    assert Fact.objects.count() == 1


def expired(page):
    place = SHARED.index(Odd.EXPIRED)
    return sum(counts[place][0] for _, counts, _ in page.context["rows"])


def test_who_receives_an_account_does_not_count_what_is_odd_elsewhere(
    organisation, other_organisation, say, make_person, client_for
):
    name = "registration.contacts_right"
    assert name not in packs_on(TODAY).account_facts["bag-bzk"]
    say(name, True, on=date(2025, 1, 1))
    given = {"owner": organisation, "recipient": other_organisation, "kind": "account", "tlp": "AMBER"}
    Share.objects.create(**given, what="bag-bzk", valid_from=TODAY, granted_at=moment(TODAY))
    reader = client_for(make_person("coach", at_organisation=other_organisation, language="en"))
    address = reverse("ensia:shared_quality", args=["polderveen"])
    assert expired(reader.get(address)) == 0
    say("bag.reports.marked", True, on=date(2025, 1, 1))
    assert expired(reader.get(address)) == 1
