"""The pages on which a municipality joins, looks at what came out, adopts and lets go; and what the page of a supplier shows."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers.adoption_section import on_supplier
from dijkwacht.apps.suppliers.models import Adoption, Party, Review
from dijkwacht.apps.suppliers.services import adopting, concluding
from dijkwacht.core import access
from dijkwacht.web import clock
from tests.suppliers.review_house import *  # noqa: F403  # fixtures
from tests.suppliers.review_house import DAY, LATER, ON, World
from tests.suppliers.test_adopting import Town, adopt, by_service, conclude, join, make_town, review, town

__all__ = ["make_town", "review", "town"]


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch, _today: None) -> None:
    monkeypatch.setattr(clock, "real_today", lambda: ON)
    monkeypatch.setattr(clock, "today", lambda request: ON)
    monkeypatch.setattr(clock, "now", lambda request: LATER)


@pytest.fixture
def browser(town: Town, client_for: Any) -> Client:
    type(town.person).objects.filter(pk=town.person.pk).update(language="en")
    town.person.refresh_from_db()
    return client_for(town.person)


def at(town: Town, name: str, pk: int) -> str:
    return reverse(f"suppliers:{name}", args=[town.organisation.slug, pk])


def seat_of(town: Town) -> Seat:
    return Seat(town.organisation, town.person, ("supplier_manager",), (), access.rights(["supplier_manager"]))


class TestJoin:
    def test_from_the_page_to_the_outcome(self, review: Review, town: Town, browser: Client) -> None:
        page = browser.get(at(town, "join", review.pk))
        assert "Dijkstad keeps this review of Zaakwolk by Rekenwolk B.V." in page.text
        assert "In orde." not in page.text  # nothing of the outcome yet
        done = browser.post(at(town, "join", review.pk), {"supplier": town.supplier.pk})
        assert done.url == at(town, "adopt", review.pk)
        assert Party.objects.get(organisation=town.organisation).role == "joined"
        assert browser.get(at(town, "join", review.pk)).url == at(town, "adopt", review.pk)

    def test_who_has_no_such_supplier_finds_nothing(self, review: Review, make_town: Any, client_for: Any) -> None:
        elsewhere = make_town("elders", kvk="90009999")
        theirs = client_for(elsewhere.person)
        assert theirs.get(at(elsewhere, "join", review.pk)).status_code == 404
        assert theirs.get(at(elsewhere, "adopt", review.pk)).status_code == 404

    def test_a_supplier_that_is_not_ours(self, review: Review, town: Town, browser: Client, make_town: Any) -> None:
        theirs = make_town("elders").supplier
        assert browser.post(at(town, "join", review.pk), {"supplier": theirs.pk}).status_code == 200
        assert not Party.objects.filter(role="joined").exists()


class TestAdopt:
    def test_look_adopt_and_let_go(self, review: Review, town: Town, browser: Client) -> None:
        join(review, town)
        page = browser.get(at(town, "adopt", review.pk)).text
        assert "Counts until 26 December 2027." in page
        assert "No finding is open." in page
        done = browser.post(at(town, "adopt", review.pk), {"supplier": town.supplier.pk, "remark": "Let op"})
        page = browser.get(done.url).text
        assert "lines changed by this." in page
        assert "Adopted for Rekenwolk" in page
        assert "Nothing changed after the day on which you adopted it." in page
        adoption = Adoption.objects.get()
        where = at(town, "adoption_leave", adoption.pk)
        assert "What rested on it alone becomes unknown." in browser.get(where).text
        assert browser.post(where, {"because": "Ander"}).status_code == 302
        assert browser.get(where).status_code == 404  # let go already
        assert "Adopt this review" in browser.get(at(town, "adopt", review.pk)).text

    def test_twice_is_told(self, review: Review, town: Town, browser: Client) -> None:
        adopt(review, town)
        page = browser.post(at(town, "adopt", review.pk), {"supplier": town.supplier.pk, "remark": ""})
        assert "You adopted this already for this supplier." in page.text

    def test_before_it_is_concluded(self, world: World, town: Town, browser: Client) -> None:
        by_service(world)
        join(world.review, town)
        page = browser.get(at(town, "adopt", world.review.pk)).text
        assert "Not concluded yet" in page
        assert "Adopt this review" not in page
        sent = {"supplier": town.supplier.pk, "remark": ""}
        assert "This review is not concluded yet" in browser.post(at(town, "adopt", world.review.pk), sent).text

    def test_a_finding_and_withdrawal_are_shown(
        self, review: Review, world: World, town: Town, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        adopt(review, town)
        world.finding(world.questions[1], at=LATER + DAY)
        monkeypatch.setattr(clock, "today", lambda request: ON + DAY)
        page = browser.get(at(town, "adopt", review.pk)).text
        assert "1 answer changed since you adopted it on 26 December 2026." in page
        assert "Geen tweede factor" in page
        assert "Bij beheerders niet." not in page  # what it says stays among who reviews
        concluding.withdraw(review, because="Rapport bleek vals", **world.by(at=LATER + DAY))
        page = browser.get(at(town, "adopt", review.pk)).text
        assert "Withdrawn on 27 December 2026" in page
        assert "counts no more" in page
        assert "Rapport bleek vals" in page

    def test_concluded_anew_can_be_adopted_again(self, world: World, town: Town, browser: Client) -> None:
        review = conclude(by_service(world), until=ON + 10 * DAY)
        adoption = adopt(review, town).adoption
        concluding.reopen(review, **world.by(at=LATER))
        conclude(world, until=ON + 100 * DAY)
        assert "Adopt again until the new day" in browser.get(at(town, "adopt", review.pk)).text
        assert browser.post(at(town, "adoption_renew", adoption.pk)).status_code == 302
        assert "Adopt again until the new day" not in browser.get(at(town, "adopt", review.pk)).text


class TestWho:
    NAMES = ("adopt", "join")

    def test_a_reader_looks_and_does_not_adopt(
        self, review: Review, town: Town, make_person: Any, client_for: Any
    ) -> None:
        adoption = adopt(review, town).adoption
        reader = client_for(make_person("auditor", at_organisation=town.organisation, language="en"))
        page = reader.get(at(town, "adopt", review.pk))
        assert page.status_code == 200
        assert "Let go" not in page.text
        assert reader.post(at(town, "adopt", review.pk), {}).status_code == 403
        assert reader.get(at(town, "join", review.pk)).status_code == 403
        assert reader.get(at(town, "adoption_leave", adoption.pk)).status_code == 403
        assert reader.post(at(town, "adoption_renew", adoption.pk)).status_code == 403

    def test_strangers_bad_numbers_and_nobody(self, review: Review, town: Town, browser: Client, people: Any) -> None:
        adoption = adopt(review, town).adoption
        for name, pk in (("adopt", review.pk), ("join", review.pk), ("adoption_leave", adoption.pk)):
            assert people.browser("ciso").get(at(town, name, pk)).status_code == 404
            assert browser.get(at(town, name, 999_999)).status_code == 404
            assert "login" in Client().get(at(town, name, pk)).url
        assert people.browser("ciso").post(at(town, "adoption_renew", adoption.pk)).status_code == 404
        assert browser.post(at(town, "adoption_renew", 999_999)).status_code == 404

    def test_the_adoption_of_somebody_else(self, review: Review, town: Town, make_town: Any, client_for: Any) -> None:
        adoption = adopt(review, town).adoption
        elsewhere = make_town("elders")
        theirs = client_for(elsewhere.person)
        assert theirs.get(at(elsewhere, "adoption_leave", adoption.pk)).status_code == 404
        assert theirs.post(at(elsewhere, "adoption_renew", adoption.pk)).status_code == 404

    @pytest.mark.parametrize("name", NAMES)
    def test_a_supplier_adopts_nothing(self, review: Review, world: World, name: str, client_for: Any) -> None:
        where = reverse(f"suppliers:{name}", args=[world.portal.slug, review.pk])
        assert client_for(world.sam).get(where).status_code == 404


class TestSection:
    def test_what_could_be_joined_what_could_be_adopted_and_what_was(self, review: Review, town: Town) -> None:
        def shown() -> tuple[int, int, int]:
            section = on_supplier(seat_of(town), town.supplier, on=ON)
            assert section is not None
            return tuple(len(section.context[name]) for name in ("open", "ready", "rows"))  # type: ignore[return-value]

        assert shown() == (1, 0, 0)
        join(review, town)
        assert shown() == (0, 1, 0)
        adopt(review, town)
        assert shown() == (0, 0, 1)

    def test_nothing_of_other_suppliers(self, review: Review, make_town: Any) -> None:
        elsewhere = make_town("elders", kvk="90009999")
        assert on_supplier(seat_of(elsewhere), elsewhere.supplier, on=ON) is None
        assert adopting.kvk_of(review) == "90001234"
