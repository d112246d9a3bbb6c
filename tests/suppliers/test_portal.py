"""The supplier answers once, for everybody: half, again, with files, handed in; and what it hears when it is too late."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import Exhibit, Looked, Reply, Review
from dijkwacht.apps.suppliers.queries import asked
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import adopting, answering, concluding, reviewing
from dijkwacht.apps.suppliers.services.answering import Said
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW, TODAY
from tests.suppliers.review_house import *  # noqa: F403  # fixtures
from tests.suppliers.review_house import DAY, LATER, World


@pytest.fixture
def sam(world: World, client_for: Callable[[Person], Client]) -> Client:
    """The browser of the supplier."""
    return client_for(Person.objects.get(pk=world.sam.pk))


def at(world: World, name: str, *more: int, organisation: str = "") -> str:
    return reverse(f"suppliers:{name}", args=[organisation or world.portal.slug, *more])


def keep(world: World, sam: Client, **fields: Any) -> Any:
    """Sends the page of the review with some fields filled in; ``value_1``: of the first question."""
    questions = world.questions
    sent: dict[str, Any] = {"do": fields.pop("do", "keep")}
    for name, value in fields.items():
        part, _, number = name.rpartition("_")
        sent[f"{part}-{questions[int(number) - 1].pk}"] = value
    return sam.post(at(world, "asked_review", world.review.pk), sent)


def file_of(world: World, content: bytes = b"%PDF-1.7 rapport", name: str = "rapport.pdf") -> Evidence:
    return add_evidence(world.portal, file=BytesIO(content), name=name, person=world.sam, on=TODAY, at=NOW)


class TestAnswering:
    def test_half_and_gone_on_later(self, world: World, sam: Client) -> None:
        world.sent()
        assert keep(world, sam, value_1="2026-06-01", text_1="Rapport van mei").status_code == 302
        assert keep(world, sam, value_2="yes", value_1="2026-06-01", text_1="Rapport van mei").status_code == 302
        first, second, third = asked.points(world.now())
        assert first.last is not None
        assert (first.last.value, first.last.text) == ("2026-06-01", "Rapport van mei")
        assert second.last is not None
        assert second.last.value is True
        assert third.last is None
        assert Reply.objects.count() == 2  # what did not change is no new answer
        page = sam.get(at(world, "asked_review", world.review.pk)).text
        assert "1 question is not answered yet. Hand in before 25 December 2026." in page
        assert verify_suppliers(world.home).faulty == []

    def test_the_last_answer_counts_and_the_earlier_is_kept(self, world: World, sam: Client) -> None:
        world.sent()
        keep(world, sam, value_2="yes")
        keep(world, sam, value_2="no", text_2="Toch niet")
        point = asked.points(world.now())[1]
        assert point.last is not None
        assert (point.last.value, [each.value for each in point.before]) == (False, [True])
        assert "1 earlier answer" in sam.get(at(world, "asked_review", world.review.pk)).text

    def test_an_answer_can_be_taken_away_again(self, world: World, sam: Client) -> None:
        world.sent()
        keep(world, sam, value_2="yes")
        keep(world, sam, value_2="")
        point = asked.points(world.now())[1]
        assert not point.answered
        assert len(point.before) == 1

    def test_what_cannot_be_read_is_told_at_its_question_and_the_rest_is_kept(self, world: World, sam: Client) -> None:
        world.sent()
        page = keep(world, sam, value_1="31-31-2026", value_2="yes", text_1="Hierbij")
        assert page.status_code == 200
        assert "Everything that could be read is kept" in page.text
        assert "31-31-2026" in page.text
        assert "Hierbij" in page.text
        assert [each.answered for each in asked.points(world.now())] == [False, True, False]

    def test_a_choice_that_is_not_there(self, world: World, sam: Client) -> None:
        world.sent()
        page = keep(world, sam, value_3="bestaat-niet")
        assert page.status_code == 200
        assert Reply.objects.count() == 0

    def test_a_service_refuses_a_value_of_another_kind_and_writes_nothing(self, world: World) -> None:
        world.sent()
        first, second, _third = world.questions
        said = {second.pk: Said(True), first.pk: Said("geen dag")}
        with pytest.raises(Refused) as error:
            answering.answer(world.review, said, person=world.sam, at=NOW)
        assert (error.value.code, error.value.params["question"]) == ("value", first.pk)
        assert Reply.objects.count() == 0

    def test_a_question_of_another_review_is_refused(self, world: World, make_person: Any) -> None:
        world.sent()
        with pytest.raises(Refused, match="other_question"):
            answering.answer(world.review, {999_999: Said(True)}, person=world.sam, at=NOW)

    def test_the_trail_of_who_keeps_it_tells_that_the_supplier_did_it(self, world: World, sam: Client) -> None:
        world.sent()
        keep(world, sam, value_2="yes")
        entry = Entry.objects.get(act="suppliers.answered")
        assert (entry.organisation, entry.actor, entry.person) == (world.home, "Rekenwolk B.V.", None)

    def test_a_page_that_is_old_does_not_take_back_what_a_colleague_answered(self, world: World, sam: Client) -> None:
        world.sent()
        keep(world, sam, value_2="yes", text_2="Eerst")
        seen = Reply.objects.get().pk
        keep(world, sam, value_2="no", text_2="Een collega", seen_2=seen)
        keep(world, sam, value_2="yes", text_2="Eerst", seen_2=seen, value_3="known")  # unchanged since he opened it
        second, third = asked.points(world.now())[1:]
        assert (second.last.text, third.answered) == ("Een collega", True)  # type: ignore[union-attr]
        keep(world, sam, value_2="yes", text_2="Toch", seen_2=seen)
        assert asked.points(world.now())[1].last.text == "Toch"  # type: ignore[union-attr]

    def test_what_was_not_sent_stays(self, world: World, sam: Client) -> None:
        world.sent()
        keep(world, sam, value_2="yes", text_2="Zo is het")
        keep(world, sam, value_1="2026-06-01")
        keep(world, sam, value_2="no")
        last = asked.points(world.now())[1].last
        assert last is not None
        assert (last.value, last.text) == (False, "Zo is het")


class TestHandingIn:
    def test_refused_while_questions_are_open(self, world: World, sam: Client) -> None:
        world.sent()
        page = sam.get(keep(world, sam, do="hand_in", value_2="yes").url)
        assert "Of 2 questions there is neither an answer nor a word why not." in page.text
        assert world.now().handed_in_at is None
        assert asked.points(world.review)[1].answered  # what was typed is kept

    def test_a_word_why_not_will_do(self, world: World, sam: Client) -> None:
        world.sent()
        keep(world, sam, do="hand_in", value_1="2026-06-01", value_2="yes", text_3="Dat weten wij nog niet")
        assert world.now().handed_in_at == NOW
        page = sam.get(at(world, "asked_review", world.review.pk)).text
        assert "You handed this in." in page
        assert "<textarea" not in page
        assert reviewing.start_judging(world.review, **world.by()).phase == "judging"

    def test_after_handing_in_nothing_is_lost(self, world: World, sam: Client) -> None:
        world.sent()
        keep(world, sam, do="hand_in", value_1="2026-06-01", value_2="yes", text_3="Nog niet")
        page = keep(world, sam, value_2="no", text_2="Dit wilde ik nog zeggen")
        assert page.status_code == 200
        assert "This was handed in already, so nothing was recorded." in page.text
        assert "Dit wilde ik nog zeggen" in page.text
        assert asked.points(world.now())[1].last.value is True  # type: ignore[union-attr]

    def test_after_closing_nothing_is_recorded_and_what_was_typed_is_shown_back(
        self, world: World, sam: Client
    ) -> None:
        world.sent()
        reviewing.start_judging(world.review, **world.by(at=LATER))
        file = SimpleUploadedFile("laat.pdf", b"%PDF-1.7 laat")
        typed = {"value_3": "bestaat-niet", "text_3": "Ook dit niet kwijt"}
        page = keep(world, sam, value_1="2026-06-01", text_1="Te laat, <b>maar</b> toch", files_1=file, **typed)
        assert "Ook dit niet kwijt" in page.text
        assert page.status_code == 200
        assert "Answering is over, so nothing was recorded." in page.text
        assert "Te laat, &lt;b&gt;maar&lt;/b&gt; toch" in page.text
        assert "1 June 2026" in page.text
        assert not Reply.objects.exists()
        assert not Evidence.objects.exists()

    def test_more_time_opens_it_again(self, world: World, sam: Client) -> None:
        world.sent()
        keep(world, sam, do="hand_in", value_1="2026-06-01", value_2="yes", text_3="Nog niet")
        reviewing.ask_again(world.now(), answer_before=TODAY + 40 * DAY, **world.by())
        assert keep(world, sam, value_1="2026-06-01", value_2="no", text_3="Nog niet").status_code == 302
        assert asked.points(world.now())[1].last.value is False  # type: ignore[union-attr]


class TestFiles:
    def test_a_file_stays_the_suppliers_own(self, world: World, sam: Client) -> None:
        world.sent()
        file = SimpleUploadedFile("rapport.pdf", b"%PDF-1.7 rapport")
        assert keep(world, sam, value_2="yes", files_2=file, tlp_2="AMBER+STRICT").status_code == 302
        exhibit = Exhibit.objects.get()
        assert (exhibit.file.organisation, exhibit.tlp) == (world.portal, "AMBER+STRICT")
        again = SimpleUploadedFile("rapport.pdf", b"%PDF-1.7 rapport")
        keep(world, sam, value_2="yes", files_2=again, tlp_2="AMBER+STRICT")
        assert Exhibit.objects.count() == 1
        assert verify_suppliers(world.home).faulty == []

    def test_too_large_and_empty_are_told_in_words_and_the_answers_are_kept(
        self, world: World, sam: Client, settings: Any
    ) -> None:
        world.sent()
        settings.EVIDENCE_MAX_BYTES = 1024 * 1024
        huge = SimpleUploadedFile("groot.pdf", b"x" * (1024 * 1024 + 1))
        page = keep(world, sam, value_2="yes", files_2=huge)
        assert "groot.pdf: This file is larger than 1 MB." in page.text
        page = keep(world, sam, value_2="yes", files_2=SimpleUploadedFile("leeg.pdf", b""))
        assert page.status_code == 200
        assert not Exhibit.objects.exists()
        assert asked.points(world.now())[1].answered

    def test_taken_back(self, world: World, sam: Client, client_for: Any) -> None:
        world.sent()
        (exhibit,) = answering.show(world.questions[1], [file_of(world)], tlp="AMBER", person=world.sam, at=NOW)
        theirs = reverse("suppliers:exhibit", args=[world.other.slug, exhibit.pk])
        browser = client_for(world.along)
        assert browser.get(theirs).status_code == 200
        keep(world, sam, do=f"back-{exhibit.pk}")
        assert browser.get(theirs).status_code == 404
        assert Looked.objects.filter(exhibit=exhibit).exists()
        assert keep(world, sam, do=f"back-{exhibit.pk}").status_code == 302  # refused, told on the page
        assert keep(world, sam, do="back-999999").status_code == 404

    def test_the_file_of_somebody_else_is_refused(self, world: World) -> None:
        world.sent()
        ours = add_evidence(world.home, file=BytesIO(b"x"), name="x.txt", person=world.manager, on=TODAY, at=NOW)
        with pytest.raises(Refused, match="other_file"):
            answering.show(world.questions[1], [ours], tlp="AMBER", person=world.sam, at=NOW)
        with pytest.raises(Refused, match="choice"):
            answering.show(world.questions[1], [file_of(world)], tlp="PINK", person=world.sam, at=NOW)


class TestAnsweredBefore:
    @pytest.fixture
    def second(self, world: World) -> Review:
        """Another review of the same supplier with the same questions, by who reviews along in the first."""
        world.sent()
        world.answer(world.questions[1], True)
        Reply.objects.update(text="Zie bladzijde 4")
        answering.show(world.questions[1], [file_of(world)], tlp="AMBER", person=world.sam, at=NOW)
        from dataclasses import replace

        from tests.suppliers.review_house import CONTACT, TOLD

        told = replace(TOLD, title="Zaakwolk, tweede keer")
        made = reviewing.open_review(
            world.other, told=told, question_set="saas_short", contact=CONTACT, person=world.along, at=NOW
        )
        reviewing.send(made, person=world.along, at=NOW)
        return made

    def test_is_proposed_with_its_day_and_one_press_gives_it(self, world: World, sam: Client, second: Review) -> None:
        page = sam.get(at(world, "asked_review", second.pk)).text
        assert "You answered this before, in “Zaakwolk 2026” of Dijkstad," in page
        assert "25 November 2026" in page
        question = second.questions.get(key="proof_scope")
        sam.post(at(world, "asked_review", second.pk), {"do": f"take-{question.pk}"})
        point = next(each for each in asked.points(second) if each.question == question)
        assert point.last is not None
        assert (point.last.value, point.last.text) == (True, "Zie bladzijde 4")
        assert [each.file.name for each in point.exhibits] == ["rapport.pdf"]
        assert "Use this answer again" not in sam.get(at(world, "asked_review", second.pk)).text

    def test_not_of_another_supplier(self, world: World, sam: Client, second: Review, make_organisation: Any) -> None:
        other = make_organisation("ander", kind="supplier")
        Review.objects.filter(pk=world.review.pk).update(portal=other)
        assert asked.earlier_replies(second, second.questions.all()) == {}
        question = second.questions.get(key="proof_scope")
        assert sam.post(at(world, "asked_review", second.pk), {"do": f"take-{question.pk}"}).status_code == 404


class TestFindings:
    def test_a_reply_and_that_it_is_mended(self, world: World, sam: Client) -> None:
        found = world.judging().finding(world.questions[1])
        page = sam.get(at(world, "asked_review", world.review.pk)).text
        assert "waits for your word" in page
        assert "1 finding waits for your word." in sam.get(at(world, "asked")).text
        where = at(world, "asked_finding", found.pk)
        assert sam.post(where, {"text": "Wij zijn bezig"}).status_code == 302
        found.refresh_from_db()
        assert (found.reply, found.claimed_on) == ("Wij zijn bezig", None)
        file = SimpleUploadedFile("bewijs.pdf", b"%PDF-1.7 bewijs")
        bare = sam.post(where, {"text": "Klaar", "files": file})
        assert "Tick this when the files show that it is mended." in bare.text
        file.seek(0)
        sam.post(where, {"text": "Klaar", "mended": "on", "files": file})
        found.refresh_from_db()
        assert (found.reply, found.claimed_on, found.mended_on) == ("Klaar", TODAY, None)
        assert Exhibit.objects.get(question=world.questions[1]).file.name == "bewijs.pdf"
        told = ("review_finding", "review_exhibit")  # the answers of this world were made by no act
        assert [each for each in verify_suppliers(world.home).faulty if each.table in told] == []

    def test_a_day_that_is_still_to_come(self, world: World, sam: Client) -> None:
        found = world.judging().finding(world.questions[1])
        sent = {"text": "Klaar", "mended": "on", "mended_on": (TODAY + DAY).isoformat()}
        assert "This day is still to come." in sam.post(at(world, "asked_finding", found.pk), sent).text

    def test_one_that_nobody_confirmed_is_not_there(self, world: World, sam: Client) -> None:
        found = world.judging().finding(world.questions[1])
        type(found).objects.update(confirmed_by=None, confirmed_at=None)
        assert sam.get(at(world, "asked_finding", found.pk)).status_code == 404
        with pytest.raises(Refused, match="no_finding"):
            answering.reply_to(found, text="Hoezo", person=world.sam, at=NOW)


class TestWho:
    NAMES = ("asked_review", "asked_who")

    def test_who_may_see_what(self, world: World, sam: Client, client_for: Any, make_organisation: Any) -> None:
        world.sent()
        joined = make_organisation("veenstad", name="Veenstad")
        world.review.parties.create(organisation=joined, role="joined", since=TODAY)
        (strict,) = answering.show(world.questions[1], [file_of(world)], tlp="RED", person=world.sam, at=NOW)
        client_for(world.along).get(reverse("suppliers:exhibit", args=[world.other.slug, strict.pk]))
        page = sam.get(at(world, "asked_who", world.review.pk)).text
        assert "3 organisations take part." in page
        assert "May be opened by: Dijkstad, Polderveen" in " ".join(page.split())
        assert "Opened for Polderveen" in page
        assert "Bo van Polderveen" not in page  # for which organisation, not who

    @pytest.mark.parametrize("name", NAMES)
    def test_another_supplier_finds_nothing(
        self, world: World, name: str, make_organisation: Any, make_person: Any, client_for: Any
    ) -> None:
        world.sent()
        other = make_organisation("ander", kind="supplier")
        theirs = client_for(make_person("supplier_manager", at_organisation=other, language="en"))
        assert theirs.get(at(world, name, world.review.pk, organisation="ander")).status_code == 404
        assert theirs.get(at(world, name, world.review.pk)).status_code == 404
        assert theirs.post(at(world, "asked_review", world.review.pk, organisation="ander"), {}).status_code == 404

    def test_another_suppliers_finding_and_file(
        self, world: World, make_organisation: Any, make_person: Any, client_for: Any
    ) -> None:
        found = world.judging().finding(world.questions[1])
        other = make_organisation("ander", kind="supplier")
        theirs = client_for(make_person("supplier_manager", at_organisation=other, language="en"))
        assert theirs.get(at(world, "asked_finding", found.pk, organisation="ander")).status_code == 404
        (exhibit,) = answering.show(
            world.questions[1], [file_of(world)], tlp="CLEAR", person=world.sam, at=NOW, late=True
        )
        assert theirs.get(reverse("suppliers:exhibit", args=["ander", exhibit.pk])).status_code == 404

    @pytest.mark.parametrize("name", [*NAMES, "asked"])
    def test_only_for_a_supplier(self, world: World, name: str, people: Any) -> None:
        world.sent()
        more = () if name == "asked" else (world.review.pk,)
        assert people.browser("ciso").get(at(world, name, *more, organisation="dijkstad")).status_code == 404

    def test_a_reader_looks_and_does_not_answer(self, world: World, make_person: Any, client_for: Any) -> None:
        found = world.judging().finding(world.questions[1])
        reader = client_for(make_person("auditor", at_organisation=world.portal, language="en"))
        assert reader.get(at(world, "asked")).status_code == 200
        page = reader.get(at(world, "asked_review", world.review.pk))
        assert page.status_code == 200
        assert "<textarea" not in page.text
        assert reader.post(at(world, "asked_review", world.review.pk), {"do": "keep"}).status_code == 403
        assert reader.get(at(world, "asked_finding", found.pk)).status_code == 403

    def test_bad_numbers_strangers_and_nobody(self, world: World, sam: Client, people: Any) -> None:
        world.sent()
        for name in (*self.NAMES, "asked_finding"):
            assert sam.get(at(world, name, 999_999)).status_code == 404
            assert people.browser("ciso").get(at(world, name, world.review.pk)).status_code == 404
            assert "login" in Client().get(at(world, name, world.review.pk)).url

    def test_a_review_that_is_being_prepared_is_not_there(self, world: World, sam: Client) -> None:
        assert sam.get(at(world, "asked_review", world.review.pk)).status_code == 404
        assert "Nobody asked anything yet" in sam.get(at(world, "asked")).text

    def test_withdrawn(self, world: World, sam: Client) -> None:
        concluding.withdraw(world.sent().review, because="Vergissing", **world.by())
        assert "withdrawn" in sam.get(at(world, "asked")).text
        assert "Nothing is asked of you any more." in sam.get(at(world, "asked_review", world.review.pk)).text


def test_the_list_says_what_is_left_and_before_when(world: World, sam: Client) -> None:
    world.sent()
    page = sam.get(at(world, "asked")).text
    assert "3 questions wait for your answer. Hand in the first before 25 December 2026." in page
    assert "3 of 3 still to answer" in page


def test_a_review_without_readers_still_shows(world: World, organisation: Organisation) -> None:
    """Who keeps the review is always among those who see it."""
    assert next(each.organisation for each in asked.readers(world.review, on=TODAY)) == organisation
    assert adopting.what_of(world.review) == ""
