"""The life of a joint review: opened, answered, judged by two, concluded, mended, withdrawn; and all that is refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Fact, Verdict
from dijkwacht.apps.ledger.services import subjects
from dijkwacht.apps.ledger.services.facts import answer
from dijkwacht.apps.people import services as people_services
from dijkwacht.apps.people.models import Organisation, Role
from dijkwacht.apps.suppliers.models import Business, Party, Review, ReviewFinding
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import concluding, inviting, judging, reviewing
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.core.facts import Assurance
from dijkwacht.core.suppliers.review import NEXT, Phase
from tests.house_people import NOW, TODAY
from tests.suppliers.review_house import *  # noqa: F403  # fixtures
from tests.suppliers.review_house import CONTACT, DAY, KVK, LATER, ON, TOLD


def code(deed: Any) -> str:
    """Why something is refused."""
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code


def outcome_of(deed: Any) -> str:
    """Why something is refused; empty when it is not."""
    try:
        deed()
    except Refused as error:
        return error.code
    return ""


def facts(review: Review) -> dict[str, Any]:
    """What the ledger has from a review now."""
    rows = Fact.objects.filter(subject=review.subject, superseded_at__isnull=True, valid_to__isnull=True)
    return {each.fact_type: each.value for each in rows}


class TestInviting:
    def test_a_supplier_that_was_not_here_gets_a_house_and_one_person(self, world) -> None:
        business = Business.objects.get(kvk=KVK)
        assert (business.organisation.kind, business.invited_by) == ("supplier", world.home)
        held = Role.objects.filter(organisation=business.organisation)
        assert {(each.person.email, each.role, each.granted_by) for each in held} == {
            (CONTACT.email, "administrator", world.manager),
            (CONTACT.email, "supplier_manager", world.manager),
        }
        assert not world.sam.has_usable_password()

    def test_one_that_is_here_already_is_taken_and_nobody_is_added(self, world) -> None:
        before = Role.objects.count()
        other = replace(CONTACT, kvk="9000 1234", person="Iemand", email="iemand@elders.example")
        made = reviewing.open_review(
            world.other, told=TOLD, question_set="saas_full", contact=other, **world.by(world.along)
        )
        assert (made.portal, Role.objects.count()) == (world.portal, before)

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"kvk": "123"}, "kvk_digits"),
            ({"kvk": ""}, "kvk_digits"),
            ({"name": " "}, "empty"),
            ({"person": ""}, "empty"),
            ({"email": "sam"}, "email_form"),
            ({"email": "a\0@b.example"}, "email_form"),
        ],
    )
    def test_what_is_wrong_is_refused_and_nothing_is_made(self, world, wrong, why) -> None:
        before = (Organisation.objects.count(), Review.objects.count())
        contact = replace(CONTACT, kvk="90005678", **{k: v for k, v in wrong.items() if k != "kvk"})
        contact = replace(contact, kvk=wrong.get("kvk", contact.kvk))
        asked = {"told": TOLD, "question_set": "saas_short", "contact": contact, **world.by()}
        assert code(lambda: reviewing.open_review(world.home, **asked)) == why
        assert (Organisation.objects.count(), Review.objects.count()) == before

    def test_nobody_invites_himself_or_a_colleague(self, world) -> None:
        for person in (world.manager, world.ciso):
            contact = replace(CONTACT, kvk="90005678", email=person.email.upper())
            asked = {"told": TOLD, "question_set": "saas_short", "contact": contact, **world.by()}
            assert code(lambda asked=asked: reviewing.open_review(world.home, **asked)) == "own_contact"

    def test_two_with_one_name_do_not_share_an_address(self, world) -> None:
        made = inviting.invited(
            replace(CONTACT, kvk="90005678", email="t@tweede.example"), by=world.home, on=TODAY, **world.by()
        )
        assert made.slug != world.portal.slug

    def test_who_is_mailed(self, world, make_person) -> None:
        make_person("auditor", at_organisation=world.portal)
        assert inviting.asked(world.review, on=TODAY) == [world.sam]


class TestPreparing:
    def test_the_questions_are_copied_with_their_version(self, world) -> None:
        first = world.questions[0]
        assert (world.review.questions.count(), world.review.version) == (3, "1.0")
        assert (first.key, first.fact, set(first.text)) == (
            "proof_date",
            "supplier.assurance.received_on",
            {"nl", "en"},
        )

    def test_an_own_question_settles_a_fact_about_the_supplier(self, world) -> None:
        asked = {"text": "Is er een meldpunt?", "verify": "De pagina.", **world.by()}
        made = reviewing.add_question(world.review, fact="supplier.risks.treated", **asked)
        assert (made.key, made.order, made.theme) == ("own-1", 4, "own")
        assert code(lambda: reviewing.add_question(world.review, fact="no.such", **asked)) == "question_fact"
        own = "suppliers.contracts.registered"  # of the organisation, not of a supplier
        assert code(lambda: reviewing.add_question(world.review, fact=own, **asked)) == "question_fact"

    def test_left_out_with_a_reason_and_asked_after_all(self, world) -> None:
        one = world.questions[0]
        assert code(lambda: reviewing.leave_out(one, because=" ", **world.by())) == "empty"
        reviewing.leave_out(one, because="elders gezien", **world.by())
        assert one not in world.questions
        reviewing.ask_after_all(one, **world.by())
        assert one in world.questions
        for each in world.questions[1:]:
            reviewing.leave_out(each, because="weg", **world.by())
        assert code(lambda: reviewing.leave_out(one, because="weg", **world.by())) == "last_question"

    def test_terms_and_label(self, world) -> None:
        wrong = [
            (replace(TOLD, answer_before=TODAY), "review_past"),
            (replace(TOLD, judge_before=TOLD.answer_before - DAY), "review_terms"),
            (replace(TOLD, title=""), "empty"),
            (replace(TOLD, kind="x"), "choice"),
            (replace(TOLD, tlp="PINK"), "choice"),
        ]
        for told, why in wrong:
            assert code(lambda told=told: reviewing.change(world.review, told=told, **world.by())) == why
        reviewing.change(world.review, told=replace(TOLD, tlp="GREEN"), **world.by())
        world.sent()
        assert code(lambda: reviewing.change(world.review, told=replace(TOLD, tlp="CLEAR"), **world.by())) == "wider"
        reviewing.change(world.review, told=replace(TOLD, tlp="RED"), **world.by())

    def test_who_reviews_along(self, world, make_organisation) -> None:
        def invite(whom):
            return reviewing.invite_reviewer(world.review, organisation=whom, **world.by())

        assert code(lambda: invite(world.home)) == "no_reviewer"
        assert code(lambda: invite(world.portal)) == "no_reviewer"
        assert code(lambda: invite(world.other)) == "party_already"
        third = make_organisation("derde")
        joined = Party.objects.create(review=world.review, organisation=third, role="joined", since=TODAY)
        invite(third)
        joined.refresh_from_db()
        assert joined.ended_on == TODAY
        party = Party.objects.get(review=world.review, organisation=third, ended_on__isnull=True)
        reviewing.end_party(party, **world.by())
        assert code(lambda: reviewing.end_party(party, **world.by())) == "gone"

    def test_divided_over_two_organisations(self, world) -> None:
        persons = [world.manager.pk, world.ciso.pk, world.along.pk]
        found = judging.divide(world.review, persons=persons, anew=True, **world.by())
        assert all(each.first_eyes_id != each.second_eyes_id for each in found)
        assert all(world.along.pk in (each.first_eyes_id, each.second_eyes_id) for each in found)
        assert code(lambda: judging.divide(world.review, persons=[world.sam.pk], anew=True, **world.by())) == "too_few"
        one = found[0]
        give = {"first": world.manager.pk, "second": world.manager.pk, **world.by()}
        assert code(lambda: judging.give_eyes(one, **give)) == "same_eyes"
        assert code(lambda: judging.give_eyes(one, **{**give, "second": world.sam.pk})) == "not_reviewing"
        judging.give_eyes(one, **{**give, "second": None})
        again = judging.divide(world.review, persons=persons, anew=False, **world.by())
        assert again[0].first_eyes_id == world.manager.pk


class TestPhases:
    def test_where_a_review_may_go(self, world) -> None:
        """Every verb that moves it, in every phase: either the core allows it, or it is refused and nothing moved."""
        world.judged()
        late = world.by(at=LATER)
        moves = [
            (Phase.ANSWERING, lambda: reviewing.send(world.review, **world.by())),
            (Phase.ANSWERING, lambda: reviewing.ask_again(world.review, answer_before=ON + DAY, **late)),
            (Phase.JUDGING, lambda: reviewing.start_judging(world.review, **late)),
            (Phase.JUDGING, lambda: concluding.reopen(world.review, **late)),
            (Phase.CONCLUDED, lambda: concluding.conclude(world.review, conclusion="x", until=ON + DAY, **late)),
            (Phase.WITHDRAWN, lambda: concluding.withdraw(world.review, because="x", **late)),
        ]
        moved = set()
        for phase in Phase:
            for to, verb in moves:
                Review.objects.filter(pk=world.review.pk).update(phase=phase.value, answer_before=TOLD.answer_before)
                why = outcome_of(verb)
                after = Phase(world.now().phase)
                assert (why, after) in (("", to), ("review_phase", phase))
                if after != phase:
                    moved.add((phase, to))
        assert moved == {(one, to) for one, allowed in NEXT.items() for to in allowed}

    def test_answering_is_closed_when_handed_in_or_when_its_day_came(self, world) -> None:
        world.sent()
        assert code(lambda: reviewing.start_judging(world.review, **world.by())) == "too_early"
        Review.objects.filter(pk=world.review.pk).update(handed_in_at=NOW)
        assert reviewing.start_judging(world.review, **world.by()).phase == "judging"

    def test_more_time(self, world) -> None:
        world.judging()
        assert code(lambda: reviewing.ask_again(world.review, answer_before=ON, **world.by(at=LATER))) == "review_past"
        again = reviewing.ask_again(world.review, answer_before=ON + 90 * DAY, **world.by(at=LATER))
        assert (again.phase, again.judge_before, again.handed_in_at) == ("answering", ON + 90 * DAY, None)

    def test_too_late_to_send(self, world) -> None:
        assert code(lambda: reviewing.send(world.review, **world.by(at=LATER))) == "review_past"

    def test_withdrawn_is_the_end(self, world) -> None:
        concluding.withdraw(world.review, because="verkeerde dienst", **world.by())
        for verb in (reviewing.send, reviewing.start_judging, concluding.reopen):
            assert code(lambda verb=verb: verb(world.review, **world.by())) == "review_phase"


class TestFourEyes:
    def test_who_may_judge(self, world, make_organisation) -> None:
        one = world.judging().questions[0]

        def judge(person, house, **more):
            asked = {
                "word": "holds",
                "note": "",
                "seen": None,
                "organisation": house,
                **world.by(person, LATER),
                **more,
            }
            return lambda: judging.judge(one, **asked)

        assert code(judge(world.sam, world.home)) == "own_answer"
        assert code(judge(world.manager, make_organisation("vreemd"))) == "not_reviewing"
        assert code(judge(world.manager, world.portal)) == "not_reviewing"
        assert code(judge(world.manager, world.home, word="perhaps")) == "choice"
        assert code(judge(world.manager, world.home, word="not_shown")) == "empty"
        assert code(judge(world.manager, world.home, seen=-1)) == "answer_changed"
        judge(world.manager, world.home, seen=one.replies.last().pk)()

    def test_an_answer_that_changed_is_judged_anew(self, world) -> None:
        one = world.judging().questions[1]
        world.both(one)
        world.answer(one, False, at=LATER + timedelta(hours=1))
        for other in (world.questions[0], world.questions[2]):
            world.both(other)
        asked = {"conclusion": "x", "until": ON + DAY, **world.by(at=LATER + timedelta(hours=2))}
        assert code(lambda: concluding.conclude(world.review, **asked)) == "not_settled"

    def test_nothing_to_judge(self, world) -> None:
        one = world.sent().questions[0]
        reviewing.start_judging(world.review, **world.by(at=LATER))
        assert code(lambda: world.says(one)) == "no_answer"
        found = judging.Found("Iets", "", "low", ON + DAY)
        asked = {"found": found, "organisation": world.home, **world.by(at=LATER)}
        assert code(lambda: judging.raise_finding(one, **asked)) == "no_answer"

    def test_a_finding_takes_two(self, world) -> None:
        one = world.judging().questions[0]
        found = judging.Found("Iets", "", "low", ON + DAY)
        raised = judging.raise_finding(one, found=found, organisation=world.home, **world.by(at=LATER))
        mine, theirs = {"organisation": world.home}, {"organisation": world.other, **world.by(world.along, LATER)}
        assert code(lambda: judging.confirm(raised, **mine, **world.by(at=LATER))) == "same_eyes"
        assert code(lambda: judging.see_mended(raised, **theirs)) == "not_confirmed"
        judging.confirm(raised, **theirs)
        assert code(lambda: judging.confirm(raised, **theirs)) == "gone"
        assert code(lambda: judging.drop(raised, because="x", **theirs)) == "finding_confirmed"
        assert code(lambda: judging.see_mended(raised, **theirs)) == "not_claimed"
        assert code(lambda: judging.accept(raised, because="x", **mine, **world.by(at=LATER))) == "same_eyes"
        judging.accept(raised, because="klein", **theirs)
        assert code(lambda: judging.accept(raised, because="klein", **theirs)) == "finding_settled"

    def test_dropped_while_nobody_confirmed_it(self, world) -> None:
        one = world.judged().questions[0]
        found = judging.Found("Iets", "", "low", ON + DAY)
        raised = judging.raise_finding(one, found=found, organisation=world.home, **world.by(at=LATER))
        asked = {"conclusion": "x", "until": ON + DAY, **world.by(at=LATER)}
        assert code(lambda: concluding.conclude(world.review, **asked)) == "unconfirmed"
        judging.drop(raised, because="vergissing", organisation=world.home, **world.by(at=LATER))
        assert code(lambda: judging.confirm(raised, organisation=world.other, **world.by(world.along, LATER))) == "gone"
        concluding.conclude(world.review, **asked)

    @pytest.mark.parametrize(
        ("wrong", "why"), [({"title": ""}, "empty"), ({"severity": "x"}, "choice"), ({"due": ON}, "review_past")]
    )
    def test_a_finding_says_what_and_before_when(self, world, wrong, why) -> None:
        one = world.judging().questions[0]
        found = replace(judging.Found("Iets", "", "low", ON + DAY), **wrong)
        asked = {"found": found, "organisation": world.home, **world.by(at=LATER)}
        assert code(lambda: judging.raise_finding(one, **asked)) == why


class TestOutcome:
    def test_what_comes_out_stands_as_documented_facts_with_who_keeps_it(self, world) -> None:
        review = world.concluded().review
        assert facts(review) == {
            "supplier.assurance.received_on": "2026-06-01",
            "supplier.assurance.scope_covers": True,
            "supplier.subcontractors": "known",
            "supplier.own_check.done_on": ON.isoformat(),
        }
        row = Fact.objects.filter(subject=review.subject).first()
        assert (row.organisation, row.assurance, row.said_by) == (
            world.home, Assurance.DOCUMENTED, "Zaakwolk 2026 (Dijkstad)",
        )  # fmt: skip
        assert (review.subject.kind, review.subject.key) == ("joint_review", f"review-{review.pk}")

    def test_not_before_two_judged_everything(self, world) -> None:
        world.judging()
        asked = {"conclusion": "x", "until": ON + DAY, **world.by(at=LATER)}
        with pytest.raises(Refused) as caught:
            concluding.conclude(world.review, **asked)
        assert (caught.value.code, caught.value.params) == ("not_settled", {"n": 3})
        assert world.now().subject is None

    def test_three_years_at_most(self, world) -> None:
        world.judged()
        asked = {"conclusion": "x", **world.by(at=LATER)}
        assert code(lambda: concluding.conclude(world.review, until=ON, **asked)) == "review_past"
        assert code(lambda: concluding.conclude(world.review, until=ON.replace(year=ON.year + 4), **asked)) == "too_far"
        assert code(lambda: concluding.conclude(world.review, until=ON + DAY, **{**asked, "conclusion": ""})) == "empty"

    def test_found_wrong_is_a_no_and_mended_a_yes(self, world) -> None:
        fact = "supplier.assurance.scope_covers"
        review, one = world.concluded().review, world.questions[1]
        found = judging.Found("Locatie ontbreekt", "", "high", ON + 30 * DAY)
        raised = judging.raise_finding(one, found=found, organisation=world.home, **world.by(at=LATER))
        assert facts(review)[fact] is True, "one pair of eyes changes nothing"
        theirs = {"organisation": world.other, **world.by(world.along, LATER + DAY)}
        judging.confirm(raised, **theirs)
        assert facts(review)[fact] is False
        ReviewFinding.objects.filter(pk=raised.pk).update(claimed_on=ON + DAY)
        judging.not_mended(raised, because="nog niet overal", **theirs)
        assert "nog niet overal" in ReviewFinding.objects.get(pk=raised.pk).text
        assert facts(review)[fact] is False
        ReviewFinding.objects.filter(pk=raised.pk).update(claimed_on=ON + 2 * DAY)
        judging.see_mended(raised, **{**theirs, "at": LATER + 3 * DAY})
        assert facts(review)[fact] is True

    def test_judged_as_wrong_needs_a_finding_and_is_mended_with_it(self, world) -> None:
        fact, one = "supplier.assurance.scope_covers", world.judging().questions[1]
        for each in world.questions:
            world.both(each, "does_not_hold" if each == one else "holds")
        asked = {"conclusion": "x", "until": ON + 300 * DAY, **world.by(at=LATER)}
        assert code(lambda: concluding.conclude(world.review, **asked)) == "not_settled"
        raised = world.finding(one)
        review = concluding.conclude(world.review, **asked)
        assert facts(review)[fact] is False
        ReviewFinding.objects.filter(pk=raised.pk).update(claimed_on=ON + DAY)
        judging.see_mended(raised, organisation=world.other, **world.by(world.along, LATER + 2 * DAY))
        assert facts(review)[fact] is True

    def test_what_two_did_not_find_shown_is_unknown(self, world) -> None:
        one = world.judging().questions[1]
        for each in world.questions:
            world.both(each, "not_shown" if each == one else "holds")
        review = concluding.conclude(world.review, conclusion="x", until=ON + DAY, **world.by(at=LATER))
        assert "supplier.assurance.scope_covers" not in facts(review)

    def test_withdrawn_is_unknown_from_that_day_and_told_of_before(self, world) -> None:
        review = world.concluded().review
        concluding.withdraw(review, because="fout in de scope", **world.by(at=LATER + 5 * DAY))
        assert facts(review) == {}
        kept = Fact.objects.filter(subject=review.subject, superseded_at__isnull=True)
        assert {(each.valid_from, each.valid_to) for each in kept} == {(ON, ON + 5 * DAY)}
        assert len(kept) == 4

    def test_it_runs_out_by_itself_once(self, world) -> None:
        review = world.concluded(until=ON + 10 * DAY).review
        assert concluding.expire(at=LATER + 9 * DAY) == 0
        assert facts(review)
        assert concluding.expire(at=LATER + 10 * DAY) == 1
        assert facts(review) == {}
        assert concluding.expire(at=LATER + 11 * DAY) == 0

    def test_opened_again_it_goes_on_to_count_and_follows_what_is_judged(self, world) -> None:
        review, fact = world.concluded().review, "supplier.assurance.scope_covers"
        concluding.reopen(review, **world.by(at=LATER + DAY))
        assert facts(review)[fact] is True
        world.says(world.questions[1], "not_shown", at=LATER + DAY)
        assert fact not in facts(review), "two who do not agree is not known"
        world.says(world.questions[1], "not_shown", who=world.along, at=LATER + DAY)
        asked = {"conclusion": "opnieuw", "until": ON + 100 * DAY, **world.by(at=LATER + 2 * DAY)}
        again = concluding.conclude(review, **asked)
        assert again.subject == review.subject
        assert facts(again)["supplier.own_check.done_on"] == (ON + 2 * DAY).isoformat()

    def test_what_is_no_longer_asked_is_no_longer_known(self, world) -> None:
        review, one = world.concluded().review, world.questions[1]
        concluding.reopen(review, **world.by(at=LATER))
        reviewing.leave_out(one, because="hoort er niet bij", **world.by(at=LATER))
        assert one.fact not in facts(review)
        reviewing.ask_after_all(one, **world.by(at=LATER))
        assert facts(review)[one.fact] is True

    def test_who_adopted_is_judged_again_at_once(self, world, django_capture_on_commit_callbacks) -> None:
        review = world.concluded().review
        mine = world.by(world.along, LATER) | {"on": ON}
        theirs = subjects.register_subject(world.other, kind="supplier", name="Rekenwolk", **mine)
        subjects.declare_complete(world.other, kind="supplier", **mine)
        answer(world.other, subject=theirs, fact_type="supplier.ict", value=True, **mine)
        people_services.share(
            world.home, recipient=world.other, kind="fact", what=f"{review.subject.key}|supplier.*", tlp="AMBER",
            valid_from=ON, valid_to=review.until, by=world.manager, at=LATER,
        )  # fmt: skip
        subjects.adopt(theirs, source=review.subject, fact_types=facts(review), **mine)
        line = Verdict.objects.filter(organisation=world.other, requirement="bio2:5.21.02")
        assert line.get().status == "not_met", "known, and nobody said that the risk is acceptable"
        with django_capture_on_commit_callbacks(execute=True):
            concluding.withdraw(review, because="fout", **world.by(at=LATER + DAY))
        assert line.get().status == "unknown"

    def test_everything_stands_in_the_trail_of_who_keeps_it(self, world) -> None:
        review = world.concluded().review
        world.finding(world.questions[1], at=LATER + DAY)
        concluding.withdraw(review, because="x", **world.by(at=LATER + 2 * DAY))
        for each in (world.home, world.portal, world.other):
            found = verify_suppliers(each)
            wrong = [row for row in found.faulty if row.table != "review_reply"]  # of the supplier: the test wrote them
            assert (wrong, found.uncovered) == ([], [])
