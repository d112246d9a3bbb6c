"""Joint reviews, adopting and doing things together, by who wants to see, change or keep what is not his."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ledger.models import Fact, Inheritance
from dijkwacht.apps.ledger.queries.world import world as world_of
from dijkwacht.apps.ledger.services import due
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.people import services as people_services
from dijkwacht.apps.people.models import Organisation, Person, Role, Share
from dijkwacht.apps.suppliers.models import Adoption, Party, Reply, Review, Supplier
from dijkwacht.apps.suppliers.queries import entitled
from dijkwacht.apps.suppliers.services import (
    adopting,
    answering,
    collective,
    collective_members,
    concluding,
    importing,
    judging,
    merging,
    registering,
    reviewing,
    sharing,
)
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.queries import verify as unbroken
from dijkwacht.commands.verifying import verify
from dijkwacht.norms.suppliers_questions import question_sets
from tests.house_people import NOW, TODAY, People
from tests.suppliers.review_house import *  # noqa: F403  # fixtures
from tests.suppliers.review_house import CONTACT, DAY, KVK, LATER, ON, TOLD, World
from tests.suppliers.test_adopting import SCOPE, Town, adopt, by_service, conclude, join, make_town, review, town

__all__ = ["make_town", "review", "town"]
LONG = "Gemeenschappelijke regeling voor de bedrijfsvoering van " + "x" * 140


def code(deed: Callable[[], Any]) -> str:
    """Why a deed is refused; empty when it is done."""
    try:
        deed()
    except Refused as error:
        return error.code
    return ""


def named(organisation: Organisation, name: str = LONG) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(name=name)
    organisation.name = name


def ended(review: Review, organisation: Organisation, world: World, at: Any = LATER) -> None:
    party = Party.objects.get(review=review, organisation=organisation, ended_on=None)
    reviewing.end_party(party, **world.by(at=at))


class TestNames:
    """An entry of the trail holds a hundred characters of who acted; a name may have two hundred."""

    def test_whoever_acts(self, world: World, town: Town) -> None:
        for each in (world.home, world.portal, town.organisation):
            named(each)
        review = conclude(by_service(world))
        adoption = adopt(review, town).adoption
        raised = world.finding(world.questions[1], at=LATER + DAY)
        answering.claim_mended(raised, text="gedaan", person=world.sam, at=LATER + DAY)
        adopting.leave(adoption, **town.by())
        adopt(review, town)
        ended(review, town.organisation, world)
        assert max(len(each.actor) for each in Entry.objects.all()) <= 100

    def test_a_name_with_odd_letters_is_shown_as_letters(self, world: World, manager: Client) -> None:
        odd = "<script>x</script>\u202e\n& zo"
        told = replace(TOLD, title=odd, service=odd)
        reviewing.change(world.review, told=told, **world.by())
        world.now()
        assert not set("\n\u202e") & set(world.review.title)
        page = manager.get(reverse("suppliers:review", args=[world.home.slug, world.review.pk])).content.decode()
        assert "<script>x" not in page

    def test_a_mail_says_the_name_as_it_is(self, world: World, manager: Client) -> None:
        named(world.home, "Polder & Zonen")
        world.sam.set_password("x")
        world.sam.save()
        mail.outbox.clear()
        manager.post(reverse("suppliers:review_send", args=[world.home.slug, world.review.pk]))
        assert "Polder & Zonen" in mail.outbox[0].subject


class TestSupplier:
    def test_a_draft_that_was_withdrawn_was_never_there(self, world: World, client_for: Any) -> None:
        concluding.withdraw(world.review, because="Wij vertrouwen deze leverancier niet", **world.by())
        sam, pk = client_for(world.sam), world.review.pk
        for name in ("asked_review", "asked_who", "review"):
            assert sam.get(reverse(f"suppliers:{name}", args=[world.portal.slug, pk])).status_code == 404
        assert "vertrouwen" not in sam.get(reverse("suppliers:asked", args=[world.portal.slug])).content.decode()
        assert not entitled.visible(world.portal, on=TODAY).exists()

    def test_sent_and_withdrawn_stays_to_be_told(self, world: World, client_for: Any) -> None:
        concluding.withdraw(world.sent().review, because="Verkeerde dienst", **world.by())
        page = client_for(world.sam).get(reverse("suppliers:asked_review", args=[world.portal.slug, world.review.pk]))
        assert page.status_code == 200

    def test_a_number_that_no_database_holds(self, world: World, client_for: Any) -> None:
        one = world.sent().questions[1]
        where = reverse("suppliers:asked_review", args=[world.portal.slug, world.review.pk])
        for number in ("9" * 40, "-" + "9" * 40):
            data = {f"value-{one.pk}": "yes", f"seen-{one.pk}": number}
            assert client_for(world.sam).post(where, data).status_code in (200, 302)

    def test_another_label_than_there_is(self, world: World) -> None:
        raised = world.concluded().finding(world.questions[1], at=LATER)
        claim = lambda: answering.claim_mended(raised, text="x", tlp="WIT", person=world.sam, at=LATER)  # noqa: E731
        assert code(claim) == "choice"

    def test_after_handing_in_nothing_changes(self, world: World) -> None:
        one = world.sent().answered().questions[1]
        answering.hand_in(world.review, person=world.sam, at=NOW)
        said = {one.pk: answering.Said(False)}
        assert code(lambda: answering.answer(world.review, said, person=world.sam, at=NOW)) == "handed_in"
        earlier = Reply.objects.first()
        assert code(lambda: answering.take_over(one, earlier=earlier, person=world.sam, at=NOW)) in {
            "handed_in",
            "other_question",
        }
        assert code(lambda: answering.show(one, [], tlp="AMBER", person=world.sam, at=NOW)) == "handed_in"

    def test_what_it_answered_about_stays_what_it_is(self, world: World) -> None:
        world.sent().answered()
        for what in ({"service": "Iets anders"}, {"kind": "hosting"}, {"scope": "Ook de rest"}):
            told = replace(TOLD, **what)
            assert code(lambda told=told: reviewing.change(world.review, told=told, **world.by())) == "answered_about"
        reviewing.change(world.review, told=replace(TOLD, title="Betere naam"), **world.by())

    def test_nobody_of_the_supplier_reads_the_notes_through_another_house(
        self, world: World, manager: Client, make_person: Any
    ) -> None:
        one = world.judging().questions[1]
        judging.judge(
            one, word="not_shown", note="GEHEIME NOTITIE", seen=None, organisation=world.other,
            **world.by(world.along, LATER),
        )  # fmt: skip
        where = reverse("suppliers:review_question", args=[world.home.slug, one.pk])
        assert "GEHEIME NOTITIE" in manager.get(where).content.decode()
        Role.objects.create(person=world.manager, organisation=world.portal, role="supplier_manager", valid_from=TODAY)
        page = manager.get(where)
        assert page.status_code == 200
        assert "GEHEIME NOTITIE" not in page.content.decode()


class TestJudges:
    def test_who_answered_does_not_judge_when_he_works_elsewhere_since(self, world: World, make_person: Any) -> None:
        raised = world.concluded().finding(world.questions[1], at=LATER)
        answering.claim_mended(raised, text="gedaan", person=world.sam, at=LATER)
        Role.objects.filter(person=world.sam).update(valid_to=ON)
        Role.objects.create(person=world.sam, organisation=world.other, role="ciso", valid_from=TODAY)
        asked = {"organisation": world.other, **world.by(world.sam, LATER)}
        assert code(lambda: judging.see_mended(raised, **asked)) == "own_answer"
        assert code(lambda: judging.accept(raised, because="ach", **asked)) == "own_answer"
        concluding.reopen(world.review, **world.by(at=LATER))
        divided = {"persons": [world.sam.pk, world.manager.pk], "anew": True, **world.by(at=LATER)}
        assert code(lambda: judging.divide(world.review, **divided)) == "too_few"

    def test_one_person_in_two_houses_is_one_pair_of_eyes(self, world: World) -> None:
        Role.objects.create(person=world.along, organisation=world.home, role="ciso", valid_from=TODAY)
        for question in world.judging().questions:
            for house in (world.other, world.home):
                judging.judge(
                    question, word="holds", note="", seen=None, organisation=house, **world.by(world.along, LATER)
                )
        asked = {"conclusion": "x", "until": ON + DAY, **world.by(at=LATER)}
        assert code(lambda: concluding.conclude(world.review, **asked)) == "not_settled"

    def test_said_wrong_on_the_day_on_which_it_was_seen_to_be_mended(self, world: World) -> None:
        one = world.judging().questions[1]
        for each in world.questions:
            world.both(each, "does_not_hold" if each == one else "holds")
        raised = world.finding(one)
        answering.claim_mended(raised, text="gedaan", person=world.sam, at=LATER)
        judging.see_mended(raised, organisation=world.other, **world.by(world.along, LATER))
        later = LATER + timedelta(hours=2)
        assert code(lambda: world.says(one, "does_not_hold", at=later)) == "mended_today"
        world.says(one, "does_not_hold", at=LATER + DAY)

    def test_two_who_conclude(self, world: World) -> None:
        review = world.concluded().review
        asked = {"conclusion": "anders", "until": ON + DAY, **world.by(at=LATER)}
        assert code(lambda: concluding.conclude(review, **asked)) == "review_phase"
        concluding.withdraw(review, because="x", **world.by(at=LATER))
        assert code(lambda: concluding.withdraw(review, because="y", **world.by(at=LATER))) == "review_phase"
        assert Review.objects.get(pk=review.pk).withdrawn_because == "x"


class TestJoining:
    def test_who_was_sent_away_does_not_come_back_by_itself(self, review: Review, world: World, town: Town) -> None:
        join(review, town)
        ended(review, town.organisation, world)
        assert not entitled.opened_up(town.organisation, on=ON).exists()
        assert code(lambda: join(review, town)) == "not_open"
        reviewing.invite_reviewer(review, organisation=town.organisation, **world.by(at=LATER))

    def test_red_and_suppliers(self, world: World, town: Town, make_town: Any) -> None:
        red = conclude(by_service(world))
        Review.objects.filter(pk=red.pk).update(tlp="RED")
        assert code(lambda: join(red, town)) == "not_open"
        Review.objects.filter(pk=red.pk).update(tlp="AMBER")
        rival = make_town("rivaal")
        Organisation.objects.filter(pk=rival.organisation.pk).update(kind="supplier")
        rival.organisation.refresh_from_db()
        assert code(lambda: join(red, rival)) == "not_open"

    def test_only_by_a_supplier_with_which_there_are_dealings(self, review: Review, make_town: Any) -> None:
        town = make_town("guesser", kvk="")
        who = {"person": town.person, "at": NOW}
        chain = registering.add_supplier(town.organisation, name="Verderop", kvk=KVK, direct=False, **who)
        assert not entitled.opened_up(town.organisation, on=ON).exists()
        assert chain.subject is None


class TestAdopting:
    def test_who_is_sent_away_loses_what_it_adopted(
        self, review: Review, world: World, town: Town, django_capture_on_commit_callbacks: Any
    ) -> None:
        adopt(review, town)
        assert town.line() == "met"
        with django_capture_on_commit_callbacks(execute=True):
            ended(review, town.organisation, world, at=LATER + DAY)
        row = Adoption.objects.get()
        assert row.ended_on == ON + DAY
        assert row.ended_because
        assert town.line() == "unknown"
        assert not Share.objects.filter(revoked_at=None).exists()
        assert town.right(ON + DAY)
        last = Entry.objects.filter(organisation=town.organisation, act="suppliers.adoption_taken").get()
        assert (last.person, last.actor) == (None, world.home.name)
        told = Entry.objects.filter(organisation=world.home, act="people.share_revoked").get()
        assert told.person == world.manager

    def test_reviewing_along_keeps_what_was_adopted(self, review: Review, world: World, town: Town) -> None:
        adopt(review, town)
        reviewing.invite_reviewer(review, organisation=town.organisation, **world.by(at=LATER))
        assert Adoption.objects.get().ended_on is None

    def test_both_chains_in_one_order(
        self, review: Review, world: World, town: Town, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        adopt(review, town)
        locked: list[int] = []
        real = adopting.lock

        def spy(organisation: Organisation) -> int:
            locked.append(organisation.pk)
            return real(organisation)

        monkeypatch.setattr(adopting, "lock", spy)
        ended(review, town.organisation, world)
        assert locked == sorted([world.home.pk, town.organisation.pk])
        reviewing.invite_reviewer(review, organisation=town.organisation, **world.by(at=LATER))
        adopt(review, town)
        locked.clear()
        registering.end_supplier(town.supplier, **town.by())
        assert locked == sorted([world.home.pk, town.organisation.pk])

    def test_a_supplier_with_which_we_are_done(self, review: Review, world: World, town: Town) -> None:
        adopt(review, town)
        registering.end_supplier(town.supplier, **town.by(LATER + DAY))
        row = Adoption.objects.get()
        assert (row.ended_on, bool(row.ended_because)) == (ON + DAY, True)
        assert not Inheritance.objects.filter(superseded_at=None).exists()
        assert not Share.objects.filter(revoked_at=None).exists()
        assert town.right(ON + DAY)

    def test_a_number_that_becomes_another(self, review: Review, town: Town) -> None:
        adopt(review, town)
        asked = {"name": "Ander bedrijf", "kvk": "90009999", **town.by()}
        assert code(lambda: registering.change_supplier(town.supplier, **asked)) == "kvk_adopted"
        asked["kvk"] = KVK
        registering.change_supplier(town.supplier, **asked)

    def test_a_number_that_a_file_gives(self, review: Review, make_town: Any) -> None:
        """Taken over on trust for a supplier without a number; then its number turns out to be another."""
        town = make_town("vertrouwen", kvk="")
        join(review, town, supplier=town.supplier)
        adopt(review, town)
        read = importing.read(b"Leverancier;KvK\nRekenwolk;90009999\n", "leveranciers.csv")
        take = lambda: importing.take_over(town.organisation, read, name="x.csv", **town.by())  # noqa: E731
        assert code(take) == "kvk_adopted"
        assert Supplier.objects.get(pk=town.supplier.pk).kvk == ""

    def test_merged_it_moves_and_counts_once(self, review: Review, town: Town) -> None:
        adopt(review, town)
        kept = registering.add_supplier(town.organisation, name="Rekenwolk Nederland", **town.by())
        merging.merge(kept, town.supplier, **town.by(LATER + DAY))
        row = Adoption.objects.get()
        assert (row.supplier, row.ended_on) == (kept, None)
        link = Inheritance.objects.get(superseded_at=None)
        assert (link.subject, link.until) == (Supplier.objects.get(pk=kept.pk).subject, review.until)
        adopting.leave(row, **town.by(LATER + 2 * DAY))
        assert not Share.objects.filter(revoked_at=None).exists()
        assert town.right(ON + 2 * DAY)

    def test_concluded_anew_is_seen_anew(self, world: World, town: Town) -> None:
        """That proof covers all goes stale after a year; who looked again and found the same, saw it again."""
        review = conclude(by_service(world), until=ON + 30 * 30 * DAY)
        adopt(review, town)
        again = LATER + 300 * DAY
        concluding.reopen(review, **world.by(at=again))
        conclude(world, until=again.date() + 300 * DAY, at=again)
        fact = Fact.objects.get(subject=review.subject, fact_type=SCOPE, superseded_at=None)
        assert again.date().isoformat() in str(fact.observed)

    def test_not_seen_anew_by_a_word_in_between(self, review: Review, world: World) -> None:
        concluding.reopen(review, **world.by(at=LATER + 5 * DAY))
        reviewing.leave_out(world.questions[0], because="hoort er niet bij", **world.by(at=LATER + 6 * DAY))
        fact = Fact.objects.get(subject=review.subject, fact_type=SCOPE, superseded_at=None)
        assert (ON + 6 * DAY).isoformat() not in str(fact.observed)


class TestTrail:
    def test_notes_answers_and_files_stand_in_no_entry(self, world: World, town: Town) -> None:
        one = world.judging().questions[1]
        judging.judge(
            one, word="not_shown", note="GEHEIME NOTITIE", seen=None, organisation=world.home, **world.by(at=LATER)
        )
        assert not [each for each in Entry.objects.all() if "GEHEIME" in str(each.detail)]
        judged = Entry.objects.get(act="suppliers.review_judged")
        assert judged.organisation == world.home

    def test_nothing_of_it_in_the_trail_of_the_supplier(self, world: World) -> None:
        world.concluded()
        acts = set(Entry.objects.filter(organisation=world.portal).values_list("act", flat=True))
        assert not {each for each in acts if "review_" in each}


class TestCollective:
    def told(self, **more: Any) -> collective.Told:
        base = {"name": "Samen waken", "kind": "monitoring", "what": "", "provider": "", "open_to": ["municipality"]}
        return collective.Told(**{**base, "regions": [], "since": TODAY, **more})

    def test_a_holder_with_a_long_name(self, organisation: Organisation, town: Town, people: People) -> None:
        named(organisation)
        who = {"person": people("supplier_manager"), "at": NOW}
        made = collective.make(organisation, told=self.told(), **who)
        (row,) = collective_members.note_members(made, organisations=[town.organisation], **who)
        collective_members.end_member(row, on=TODAY + DAY, **who)
        assert max(len(each.actor) for each in Entry.objects.all()) <= 100

    def test_only_what_is_open_to_us(self, organisation: Organisation, town: Town, people: People) -> None:
        who = {"person": people("supplier_manager"), "at": NOW}
        made = collective.make(organisation, told=self.told(regions=["Elders"]), **who)
        asked = {"organisation": town.organisation, "since": TODAY, **town.by(NOW)}
        assert code(lambda: collective_members.join(made, **asked)) == "not_open"

    def test_a_name_that_turns_the_page(self, organisation: Organisation, people: People) -> None:
        who = {"person": people("supplier_manager"), "at": NOW}
        made = collective.make(organisation, told=self.told(name="Samen\u202e\nwaken", provider="X\u2066"), **who)
        assert (made.name, made.provider) == ("Samen waken", "X")


def test_the_whole_life_and_then_every_trail_is_whole(
    organisation: Organisation,
    other_organisation: Organisation,
    make_organisation: Callable[..., Organisation],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All that can happen to a review, by its services only; then everything is held against the trails."""
    pack = question_sets()
    short = replace(pack.sets[0], questions=("proof_date", "proof_scope", "subcontractors"))
    monkeypatch.setattr(reviewing, "question_sets", lambda: replace(pack, sets=(short, *pack.sets[1:])))
    town = make_organisation("veenstad", name="Veenstad")

    def person(house: Organisation, name: str, role: str = "supplier_manager") -> Person:
        told = {"email": f"{name}@voorbeeld.test", "name": name, "role": role, "valid_from": TODAY}
        return people_services.add_person(house, at=NOW, actor="test", **told).person

    ann, bob, cas = person(organisation, "ann"), person(other_organisation, "bob", "ciso"), person(town, "cas")

    def we(at: Any = LATER) -> dict[str, Any]:
        return {"person": ann, "at": at}

    along = {"organisation": other_organisation, "person": bob}
    ours, theirs = {"organisation": organisation, **we()}, {**along, "at": LATER}
    asked = {"told": TOLD, "question_set": "saas_short", "contact": CONTACT}
    made = reviewing.open_review(organisation, **asked, **we(NOW))
    sam = Person.objects.get(email=CONTACT.email)
    reviewing.add_question(made, text="Nog iets?", verify="Een stuk", fact=SCOPE, **we(NOW))
    reviewing.invite_reviewer(made, organisation=other_organisation, **we(NOW))
    reviewing.send(made, **we(NOW))
    questions = list(made.questions.all())
    said = dict(zip(questions, ("2026-06-01", True, "accepted", True), strict=True))
    answering.answer(made, {q.pk: answering.Said(v, "zie bijlage") for q, v in said.items()}, person=sam, at=NOW)
    file = add_evidence(made.portal, file=BytesIO(b"verslag"), name="v.txt", person=sam, on=TODAY, at=NOW)
    shown = answering.show(questions[1], [file], tlp="RED", person=sam, at=NOW)
    answering.take_back(shown[0], at=NOW)
    kept = answering.show(questions[1], [file], tlp="AMBER", person=sam, at=NOW)
    answering.hand_in(made, person=sam, at=NOW)
    reviewing.start_judging(made, **we())
    answering.look_at(kept[0], organisation=other_organisation, person=bob, at=LATER)
    judging.divide(made, persons=[ann.pk, bob.pk], anew=False, **we())
    judging.give_eyes(questions[0], first=bob.pk, second=ann.pk, **we())
    reviewing.leave_out(questions[3], because="Dubbel", **we())
    for question in questions[:3]:
        for who in (ours, theirs):
            judging.judge(question, word="holds", note="", seen=None, **who)
    found = judging.Found("Mist een locatie", "Ja", "high", ON + 9 * DAY)
    judging.drop(judging.raise_finding(questions[0], found=found, **ours), because="Toch niet", **theirs)
    raised = judging.confirm(judging.raise_finding(questions[1], found=found, **ours), **theirs)
    concluding.conclude(made, conclusion="Op een na goed", until=ON + 100 * DAY, **we())
    supplier = registering.add_supplier(town, name="Rekenwolk", kvk=KVK, person=cas, at=LATER)
    adopting.join(made, organisation=town, supplier=supplier, person=cas, at=LATER)
    adopted = adopting.adopt(made, supplier=supplier, person=cas, at=LATER).adoption
    answering.reply_to(raised, text="We kijken", person=sam, at=LATER)
    answering.claim_mended(raised, text="Gedaan", files=[file], person=sam, at=LATER)
    judging.not_mended(raised, because="Nog niet", **theirs)
    answering.claim_mended(raised, text="Nu wel", person=sam, at=LATER)
    judging.see_mended(raised, **theirs)
    concluding.reopen(made, **we(LATER + DAY))
    reviewing.ask_again(made, answer_before=ON + 5 * DAY, **we(LATER + DAY))
    answering.answer(made, {questions[2].pk: answering.Said("known")}, person=sam, at=LATER + DAY)
    answering.hand_in(made, person=sam, at=LATER + DAY)
    reviewing.start_judging(made, **we(LATER + DAY))
    for who in (ours, theirs):
        judging.judge(questions[2], word="holds", note="", seen=None, **{**who, "at": LATER + 2 * DAY})
    concluding.conclude(made, conclusion="Goed", until=ON + 200 * DAY, **we(LATER + 2 * DAY))
    renewed = adopting.renew(adopted, person=cas, at=LATER + 3 * DAY).adoption
    kept_one = registering.add_supplier(town, name="Rekenwolk Groep", person=cas, at=LATER + 3 * DAY)
    merging.merge(kept_one, renewed.supplier, person=cas, at=LATER + 4 * DAY)
    mine = registering.add_supplier(other_organisation, name="Rekenwolk", kvk=KVK, person=bob, at=LATER)
    adopting.adopt(made, supplier=mine, person=bob, at=LATER + 4 * DAY)
    registering.end_supplier(mine, person=bob, at=LATER + 5 * DAY)
    party = Party.objects.get(organisation=town)
    reviewing.end_party(party, **we(LATER + 6 * DAY))
    given = sharing.share(town, recipient=organisation.slug, tlp="RED", valid_from=ON, person=cas, at=LATER + 6 * DAY)
    sharing.revoke(given, person=cas, at=LATER + 6 * DAY)
    told = TestCollective().told()
    service = collective.make(organisation, told=told, **we(NOW))
    noted = collective_members.note_members(service, organisations=[town], **we(NOW))
    collective_members.confirm(noted[0], person=cas, at=NOW)
    collective_members.end_member(noted[0], on=ON + 7 * DAY, **we(LATER + 7 * DAY))
    collective.end(service, until=ON + 8 * DAY, **we(LATER + 7 * DAY))
    assert concluding.expire(at=LATER + 200 * DAY) == 1
    concluding.withdraw(made, because="Klaar", **we(LATER + 201 * DAY))
    end = LATER + 202 * DAY
    due.tick(on=end.date(), at=end)
    held = verify(None, on=end.date(), at=end)
    assert held.well, held.lines
    for house in (organisation, made.portal, town, other_organisation):
        assert unbroken(house) is None
    subject = Supplier.objects.get(pk=kept_one.pk).subject
    before = world_of(town, on=ON + 5 * DAY, known_at=ON + 5 * DAY)
    assert [each.value for each in before.facts[(subject.key, SCOPE)]]
    assert (subject.key, SCOPE) not in world_of(town, on=end.date(), known_at=end.date()).facts
