"""Many adopt at once, also from each other, while the outcome changes: nobody waits for ever, and every line is right."""

from collections.abc import Callable
from typing import Any

import pytest

from dijkwacht.apps.ledger.services import due, facts
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation, Person, Share
from dijkwacht.apps.suppliers.models import Adoption, Business, Review, ReviewPhase
from dijkwacht.apps.suppliers.services import adopting
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.queries import verify
from tests.house_people import NOW, TODAY
from tests.ledger.test_together import together
from tests.suppliers.review_house import DAY, KVK
from tests.suppliers.test_adopting import SCOPE, Town

pytestmark = pytest.mark.django_db(transaction=True)
FOUND = {"supplier.assurance.received_on": "2026-06-01", SCOPE: True}


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def make_town(
    make_organisation: Callable[..., Organisation], make_person: Callable[..., Person]
) -> Callable[..., Town]:
    def make(slug: str) -> Town:
        organisation = make_organisation(slug, name=slug.title())
        return Town(organisation, make_person("supplier_manager", at_organisation=organisation))

    return make


@pytest.fixture
def portal(make_organisation: Callable[..., Organisation], organisation: Organisation) -> Organisation:
    found = make_organisation("rekenwolk", kind="supplier")
    Business.objects.create(organisation=found, kvk=KVK, invited_by=organisation, invited_at=NOW)
    return found


def concluded(keeper: Organisation, portal: Organisation, *joined: Town) -> Review:
    """A review that is concluded, with its facts, and who joined it."""
    subject = register_subject(
        keeper, kind="joint_review", name="Onderzoek", person=None, actor="test", on=TODAY, at=NOW
    )
    for name, value in FOUND.items():
        facts.answer(keeper, person=None, actor="test", subject=subject, fact_type=name, value=value, on=TODAY, at=NOW)
    review = Review.objects.create(
        organisation=keeper, portal=portal, subject=subject, title="Onderzoek", service="Zaakwolk", kind="saas",
        question_set="saas_short", version="1", phase=ReviewPhase.CONCLUDED, answer_before=TODAY, judge_before=TODAY,
        opened_at=NOW, concluded_at=NOW, until=TODAY + 300 * DAY,
    )  # fmt: skip
    for each in joined:
        adopting.join(review, organisation=each.organisation, person=each.person, at=NOW)
    return review


def test_many_at_once(make_town: Any, organisation: Organisation, portal: Organisation) -> None:
    towns = [make_town(f"stad-{n}") for n in range(4)]
    review = concluded(organisation, portal, *towns)
    together(
        *(
            lambda town=town: adopting.adopt(review, supplier=town.supplier, person=town.person, at=NOW)
            for town in towns
        )
    )
    assert Adoption.objects.count() == Share.objects.count() == 4
    assert {town.line() for town in towns} == {"met"}
    assert all(town.right(TODAY) for town in towns)
    assert verify(organisation) is None


def test_one_supplier_is_adopted_for_once(make_town: Any, organisation: Organisation, portal: Organisation) -> None:
    town = make_town("stad")
    review = concluded(organisation, portal, town)

    def once() -> str:
        try:
            adopting.adopt(review, supplier=town.supplier, person=town.person, at=NOW)
        except Refused as error:
            return error.code
        return "adopted"

    assert sorted(together(once, once, once)) == ["adopted", "adopted_already", "adopted_already"]
    assert Share.objects.count() == 1
    assert town.right(TODAY)


def test_two_that_adopt_from_each_other(make_town: Any, portal: Organisation) -> None:
    """Each writes in the trail of the other: both take the same lock first."""
    one, other = make_town("een"), make_town("twee")
    of_one = concluded(one.organisation, portal, other)
    of_other = concluded(other.organisation, portal, one)
    for _ in range(3):
        done = together(
            lambda: adopting.adopt(of_one, supplier=other.supplier, person=other.person, at=NOW),
            lambda: adopting.adopt(of_other, supplier=one.supplier, person=one.person, at=NOW),
        )
        assert (one.line(), other.line()) == ("met", "met")
        together(*(lambda each=each: adopting.leave(each.adoption, person=None, actor="test", at=NOW) for each in done))
        assert (one.line(), other.line()) == ("unknown", "unknown")
    assert one.right(TODAY)
    assert other.right(TODAY)


def test_adopting_while_the_outcome_changes(make_town: Any, organisation: Organisation, portal: Organisation) -> None:
    town = make_town("stad")
    review = concluded(organisation, portal, town)
    subject = review.subject
    assert subject is not None
    together(
        lambda: adopting.adopt(review, supplier=town.supplier, person=town.person, at=NOW),
        lambda: facts.answer(
            organisation, person=None, actor="test", subject=subject, fact_type=SCOPE, value=False, on=TODAY, at=NOW
        ),
    )
    due.tick(on=TODAY, at=NOW)
    assert town.line() == "not_met"
    assert town.right(TODAY)
