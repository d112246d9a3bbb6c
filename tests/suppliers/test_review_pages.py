"""The pages of joint reviews: who finds them, who sees what of them, what each says first, and that what cannot be is said."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import Exhibit, Judgement, Party, Review, ReviewFinding
from dijkwacht.apps.suppliers.services import concluding, judging, registering
from dijkwacht.web import clock
from dijkwacht.web.moments import day_words
from tests.house_people import TODAY
from tests.suppliers.review_house import *  # noqa: F403  # fixtures
from tests.suppliers.review_house import DAY, KVK, LATER, ON, World

OPENED = {
    "title": "Zaakwolk 2027", "service": "Zaakwolk", "kind": "saas", "scope": "", "tlp": "AMBER", "question_set": "saas_short",
    "answer_before": "2026-12-25", "judge_before": "2027-01-25", "kvk": "90009999", "supplier": "Nieuwe Wolk", "contact": "Nia",
    "email": "nia@nieuwewolk.example",
}  # fmt: skip


def url(name: str, *more: Any, at: str = "dijkstad") -> str:
    return reverse(f"suppliers:{name}", args=[at, *more])


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at the day on which is judged."""
    monkeypatch.setattr(clock, "today", lambda request: ON)
    monkeypatch.setattr(clock, "now", lambda request: LATER)
    monkeypatch.setattr(clock, "real_today", lambda: ON)


@pytest.fixture
def along(world: World, client_for: Callable[[Person], Client]) -> Client:
    """Who reviews along."""
    return client_for(world.along)


@pytest.fixture
def joined(world: World, make_organisation: Any, make_person: Any, client_for: Any) -> Client:
    """A supplier manager of a municipality that joined."""
    third = make_organisation("zandstad", name="Zandstad")
    Party.objects.create(review=world.review, organisation=third, role="joined", since=TODAY)
    return client_for(make_person("supplier_manager", at_organisation=third, language="en"))


def test_what_came_out_tells_that_it_was_checked_too(world: World, client_for: Any, later: None) -> None:
    world.concluded()
    page = client_for(world.manager).get(url("review", world.review.pk))
    told = {question["en"]: value for question, value in page.context["outcome"]}
    assert len(told) == 4  # three questions, and that a check of one's own was done
    (words,) = [value for question, value in told.items() if "last examine this supplier" in question]
    assert words == day_words(ON)
    concluding.withdraw(world.review, because="Fout.", **world.by(at=LATER))
    page = client_for(world.manager).get(url("review", world.review.pk))
    assert {value for _, value in page.context["outcome"]} == {"Not known"}


def test_a_supplier_finds_its_reviews_in_one_place(world: World, client_for: Any) -> None:
    page = client_for(world.sam).get(url("reviews", at=world.portal.slug))
    assert (page.status_code, page.url) == (302, url("asked", at=world.portal.slug))


class TestLitany:
    """Per address: works, a stranger 404, a reader 403, a bad number 404, nobody to sign in."""

    GETS = ("review",)
    KEEPS = (
        "review_change", "review_add_question", "review_invite", "review_divide", "review_send", "review_extend",
        "review_conclude", "review_withdraw",
    )  # fmt: skip
    POSTS = ("review_judging", "review_reopen")
    QUESTION = ("review_leave_out", "review_eyes", "review_finding")
    FINDING = ("review_finding_drop", "review_finding_not_mended", "review_finding_accept")

    def everybody(self, world, people, make_organisation, client_for, make_person):
        stranger = people.stranger(make_organisation("vreemd"))
        outside = client_for(make_person("ciso", at_organisation=make_organisation("buiten"), language="en"))
        return {"keeps": people.browser("supplier_manager"), "stranger": stranger, "outside": outside,
                "reader": people.browser("auditor")}  # fmt: skip

    @pytest.mark.parametrize("name", [*GETS, *KEEPS, *QUESTION, *FINDING])
    def test_pages(self, world, later, people, make_organisation, client_for, make_person, name) -> None:
        who = self.everybody(world, people, make_organisation, client_for, make_person)
        world.judging()
        pk = world.review.pk
        if name in self.QUESTION:
            pk = world.questions[0].pk
        if name in self.FINDING:
            pk = world.finding(world.questions[0]).pk
        assert who["keeps"].get(url(name, pk)).status_code == 200
        assert who["stranger"].get(url(name, pk)).status_code == 404
        assert who["outside"].get(url(name, pk, at="buiten")).status_code == 404
        assert who["reader"].get(url(name, pk)).status_code == (200 if name in self.GETS else 403)
        assert who["keeps"].get(url(name, 99_999)).status_code == 404
        assert Client().get(url(name, pk)).status_code == 302

    @pytest.mark.parametrize("name", [*POSTS, "review_ask", "review_finding_confirm", "review_finding_mended"])
    def test_buttons(self, world, later, people, make_organisation, client_for, make_person, name) -> None:
        who = self.everybody(world, people, make_organisation, client_for, make_person)
        world.judging()
        pk = world.review.pk if name in self.POSTS else world.questions[0].pk
        if "finding" in name:
            pk = world.finding(world.questions[0]).pk
        assert who["keeps"].post(url(name, pk)).status_code == 302
        assert who["keeps"].get(url(name, pk)).status_code == 405
        assert who["stranger"].post(url(name, pk)).status_code == 404
        assert who["outside"].post(url(name, pk, at="buiten")).status_code == 404
        assert who["reader"].post(url(name, pk)).status_code == 403
        assert who["keeps"].post(url(name, 99_999)).status_code == 404
        assert Client().post(url(name, pk)).status_code == 302

    def test_the_list_and_opening(self, people, organisation) -> None:
        for name, reader in (("reviews", 200), ("review_open", 403)):
            assert people.browser("supplier_manager").get(url(name)).status_code == 200
            assert people.browser("auditor").get(url(name)).status_code == reader
            assert Client().get(url(name)).status_code == 302

    def test_who_reviews_along_does_not_run_it(self, world, along) -> None:
        for name in self.KEEPS:
            assert along.get(url(name, world.review.pk, at="polderveen")).status_code == 403

    def test_a_supplier_opens_none_and_is_led_to_its_own_page(self, world, client_for) -> None:
        browser, slug = client_for(world.sam), world.portal.slug
        assert browser.get(url("review_open", at=slug)).status_code == 403
        assert browser.get(url("review", world.review.pk, at=slug)).status_code == 404, "it was not sent yet"
        world.sent()
        assert browser.get(url("review", world.review.pk, at=slug)).status_code == 302
        assert browser.get(url("review_question", world.questions[0].pk, at=slug)).status_code == 302


class TestList:
    def test_nothing_yet(self, manager) -> None:
        page = text(manager.get(url("reviews")))
        assert "You take part in no review yet." in page
        assert "No joint review yet" in page

    def test_what_needs_me(self, world, manager, along) -> None:
        page = text(manager.get(url("reviews")))
        assert "1 review needs you." in page
        assert "send them to the supplier" in page
        assert "No review needs you now." in text(along.get(url("reviews", at="polderveen")))

    def test_who_has_to_judge_sees_how_many(self, world, later, along) -> None:
        world.judging()
        judging.divide(world.review, persons=[world.manager.pk, world.along.pk], anew=True, **world.by(at=LATER))
        assert "Judge 3 answers." in text(along.get(url("reviews", at="polderveen")))

    def test_answers_saved(self, world, joined, manager) -> None:
        page = text(manager.get(url("reviews")))
        assert "3 organisations" in page
        assert "6 answers saved" in page

    def test_open_to_join_only_for_who_has_the_supplier(
        self, world, make_organisation, client_for, make_person
    ) -> None:
        world.sent()
        third = make_organisation("zandstad")
        browser = client_for(make_person("supplier_manager", at_organisation=third, language="en"))
        assert "Zaakwolk" not in text(browser.get(url("reviews", at="zandstad")))
        registering.add_supplier(third, name="Rekenwolk", kvk=KVK, **world.by())
        page = text(browser.get(url("reviews", at="zandstad")))
        assert "Of your suppliers, 1 review is open to join." in page
        assert browser.get(url("review", world.review.pk, at="zandstad")).status_code == 404

    def test_many_cost_no_more_questions(self, world, manager, django_assert_max_num_queries) -> None:
        for number in range(6):
            made = Review.objects.get(pk=world.review.pk)
            made.pk, made.title = None, f"Nog een {number}"
            made.save()
        with django_assert_max_num_queries(40):
            manager.get(url("reviews"))


class TestOpening:
    def test_opened_and_sent_with_mail(self, manager, organisation) -> None:
        response = manager.post(url("review_open"), OPENED)
        made = Review.objects.get()
        assert response["Location"] == url("review", made.pk)
        assert (made.phase, made.portal.name) == ("draft", "Nieuwe Wolk")
        page = text(manager.get(url("review", made.pk)))
        assert "Look through the questions and send them to the supplier." in page
        assert not mail.outbox
        manager.post(url("review_send", made.pk))
        made.refresh_from_db()
        assert made.phase == "answering"
        (sent,) = mail.outbox
        assert sent.to == [OPENED["email"]]

    def test_who_has_an_account_is_asked_and_not_invited_again(self, world, manager) -> None:
        world.sam.set_password("een-lang-wachtwoord-1")
        world.sam.save(update_fields=["password"])
        manager.post(url("review_send", world.review.pk))
        (sent,) = mail.outbox
        assert "asks you about Zaakwolk" in sent.subject
        assert url("asked_review", world.review.pk, at=world.portal.slug) in sent.body

    @pytest.mark.parametrize(
        ("wrong", "field", "said"),
        [
            ({"kvk": "12"}, "kvk", "eight digits"),
            ({"contact": ""}, "contact", "empty"),
            ({"email": "x"}, "email", "not an e-mail"),
            ({"answer_before": "2026-01-01"}, "answer_before", "still to come"),
            ({"judge_before": "2026-12-01"}, "judge_before", "cannot end before"),
            ({"question_set": "x"}, "question_set", "valid choice"),
            ({"title": "x" * 201}, "title", "200"),
            ({"service": "a\0"}, "service", "Null"),
        ],
    )
    def test_what_cannot_be_is_said_at_the_field(self, manager, organisation, wrong, field, said) -> None:
        response = manager.post(url("review_open"), {**OPENED, **wrong})
        assert said in str(response.context["form"].errors[field])
        assert not Review.objects.exists()
        assert Organisation.objects.count() == 1


class TestRunning:
    def test_the_whole_way_by_the_pages(self, world, later, manager, along) -> None:
        review = world.review.pk
        Review.objects.filter(pk=review).update(answer_before=ON + DAY, judge_before=ON + 40 * DAY)
        manager.post(url("review_send", review))
        world.answered()
        Review.objects.filter(pk=review).update(handed_in_at=LATER)
        manager.post(url("review_judging", review))
        manager.post(url("review_divide", review), {"persons": [world.manager.pk, world.along.pk], "anew": "on"})
        page = text(manager.get(url("review", review)))
        assert "Judge 3 answers." in page
        for browser, at in ((manager, "dijkstad"), (along, "polderveen")):
            for each in world.questions:
                seen = browser.get(url("review_question", each.pk, at=at)).context["form"]["seen"].value()
                browser.post(url("review_question", each.pk, at=at), {"word": "holds", "note": "", "seen": seen})
        assert "Everything is judged: conclude the review." in text(manager.get(url("review", review)))
        until = (ON + 300 * DAY).isoformat()
        manager.post(url("review_conclude", review), {"conclusion": "Alles in orde.", "until": until})
        page = text(manager.get(url("review", review)))
        assert "Concluded. What came out holds until" in page
        assert "Alles in orde." in page

    def test_after_a_judgement_comes_the_next_question(self, world, later, manager) -> None:
        world.judging()
        judging.divide(world.review, persons=[world.manager.pk, world.along.pk], anew=True, **world.by(at=LATER))
        one, two, three = world.questions
        after = manager.post(url("review_question", one.pk), {"word": "holds", "seen": one.replies.last().pk})
        assert after["Location"] == url("review_question", two.pk)
        world.says(two)
        after = manager.post(url("review_question", three.pk), {"word": "holds", "seen": three.replies.last().pk})
        assert after["Location"] == url("review", world.review.pk)

    def test_an_answer_that_changed_while_i_read_it(self, world, later, manager) -> None:
        one = world.judging().questions[1]
        seen = one.replies.last().pk
        world.answer(one, False, at=LATER)
        response = manager.post(url("review_question", one.pk), {"word": "holds", "seen": seen})
        assert "changed the answer meanwhile" in text(response)
        assert not Judgement.objects.exists()

    def test_concluding_too_early_is_said(self, world, later, manager) -> None:
        world.judging()
        asked = {"conclusion": "x", "until": (ON + DAY).isoformat()}
        assert "Questions that are not settled yet: 3." in text(
            manager.post(url("review_conclude", world.review.pk), asked)
        )

    def test_a_finding_from_found_to_mended(self, world, later, manager, along) -> None:
        one = world.judging().questions[1]
        asked = {"title": "Geen tweede factor", "text": "", "severity": "high", "due": (ON + 9 * DAY).isoformat()}
        manager.post(url("review_finding", one.pk), asked)
        found = ReviewFinding.objects.get()
        page = text(manager.get(url("review_question", one.pk)))
        assert "Waits for a second person" in page
        assert url("review_finding_confirm", found.pk) not in page, "not by who raised it"
        assert "1 finding waits for a second person." in text(along.get(url("reviews", at="polderveen")))
        along.post(url("review_finding_confirm", found.pk, at="polderveen"))
        found.refresh_from_db()
        assert found.confirmed_by == world.along
        ReviewFinding.objects.update(claimed_on=ON)
        along.post(url("review_finding_mended", found.pk, at="polderveen"))
        found.refresh_from_db()
        assert found.mended_on == ON

    def test_one_presses_what_another_did_already(self, world, later, manager) -> None:
        world.judging()
        page = manager.post(url("review_judging", world.review.pk), follow=True)
        assert "This cannot be done now" in text(page)

    def test_an_organisation_that_is_not_here(self, world, manager) -> None:
        response = manager.post(url("review_invite", world.review.pk), {"organisation": "Nergenshuizen"})
        assert "No organisation has this name here" in text(response)

    def test_who_reviewed_along_and_no_longer_does_finds_nothing(self, world, manager, along) -> None:
        assert along.get(url("review", world.review.pk, at="polderveen")).status_code == 200
        party = Party.objects.get()
        assert manager.post(url("review_party_end", world.review.pk, party.pk)).status_code == 302
        assert along.get(url("review", world.review.pk, at="polderveen")).status_code == 404
        assert manager.post(url("review_party_end", world.review.pk, 99_999)).status_code == 404


class TestWhoSeesWhat:
    SECRET = "alleen voor wie beoordeelt"

    @pytest.fixture
    def full(self, world: World, later: None) -> World:
        """A review with an answer in words, a note, an open finding and one that is confirmed."""
        one = world.judging().questions[0]
        world.answer(one, "2026-06-02", at=LATER)
        one.replies.filter(value="2026-06-02").update(text="antwoord in woorden")
        Judgement.objects.create(
            question=one, organisation=world.home, person=world.manager, word="holds", note=self.SECRET, at=LATER
        )
        found = judging.Found("nog onbevestigd", "", "low", ON + DAY)
        judging.raise_finding(one, found=found, organisation=world.home, **world.by(at=LATER))
        world.finding(one, title="wel bevestigd", text="met uitleg")
        return world

    def pages(self, browser: Client, world: World, at: str) -> str:
        one = world.questions[0]
        return text(browser.get(url("review", world.review.pk, at=at))) + text(
            browser.get(url("review_question", one.pk, at=at))
        )

    def test_who_reviews_sees_all(self, full, manager, along) -> None:
        for browser, at in ((manager, "dijkstad"), (along, "polderveen")):
            page = self.pages(browser, full, at)
            for said in ("antwoord in woorden", self.SECRET, "nog onbevestigd", "wel bevestigd", "met uitleg"):
                assert said in page

    def test_who_only_looks_sees_how_far_it_is(self, full, people) -> None:
        page = self.pages(people.browser("auditor"), full, "dijkstad")
        assert "wel bevestigd" in page
        for said in ("antwoord in woorden", self.SECRET, "nog onbevestigd", "met uitleg"):
            assert said not in page

    @pytest.mark.parametrize(("tlp", "told"), [("AMBER", True), ("AMBER+STRICT", False), ("RED", False)])
    def test_who_joined(self, full, joined, tlp, told) -> None:
        page = self.pages(joined, full, "zandstad")
        assert "wel bevestigd" in page
        for said in ("antwoord in woorden", self.SECRET, "nog onbevestigd", "met uitleg", str(full.manager)):
            assert said not in page
        assert "Being judged" in page
        Review.objects.filter(pk=full.review.pk).update(
            phase="concluded", tlp=tlp, concluded_at=LATER, until=ON + 99 * DAY, conclusion="in orde"
        )
        page = self.pages(joined, full, "zandstad")
        assert "in orde" in page
        assert ("antwoord in woorden" in page) is told
        for said in (self.SECRET, "nog onbevestigd", "met uitleg"):
            assert said not in page

    def test_files_by_their_label(self, full, joined, manager) -> None:
        from io import BytesIO

        from dijkwacht.apps.ledger.services.evidence import add_evidence

        one = full.questions[0]
        for tlp in ("AMBER", "RED"):
            file = add_evidence(
                full.portal, file=BytesIO(tlp.encode()), name=f"{tlp}.txt", person=full.sam, on=ON, at=LATER
            )
            Exhibit.objects.create(question=one, file=file, tlp=tlp, added_at=LATER)
        Review.objects.filter(pk=full.review.pk).update(phase="concluded", concluded_at=LATER, until=ON + 99 * DAY)
        ours, theirs = self.pages(manager, full, "dijkstad"), self.pages(joined, full, "zandstad")
        assert "AMBER.txt" in ours
        assert "RED.txt" in ours
        assert "AMBER.txt" in theirs
        assert "RED.txt" not in theirs

    def test_withdrawn_says_so_and_nothing_counts(self, world, later, manager) -> None:
        world.concluded()
        concluding.withdraw(world.review, because="verkeerde scope", **world.by(at=LATER))
        page = text(manager.get(url("review", world.review.pk)))
        assert "nothing counts from it any more" in page
        assert "verkeerde scope" in page
        assert "Not known" in page
