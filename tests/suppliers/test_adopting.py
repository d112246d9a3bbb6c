"""Adopting: joined, taken over for a supplier of one's own, lines that turn, and turn back when it ends."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Due, Inheritance, Verdict
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.pinned import pin_now, pinned
from dijkwacht.apps.ledger.queries.verify_register import verify_register
from dijkwacht.apps.ledger.queries.verify_verdicts import verify_verdicts
from dijkwacht.apps.ledger.queries.world import world as world_of
from dijkwacht.apps.ledger.services import due, facts, judging
from dijkwacht.apps.ledger.services.subjects import declare_complete, register_subject
from dijkwacht.apps.people.models import Organisation, Person, Share
from dijkwacht.apps.suppliers.models import Adoption, Party, Review, Service, Supplier
from dijkwacht.apps.suppliers.queries import adoptions
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import adopting, concluding, registering, reviewing
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW, TODAY
from tests.suppliers.review_house import *  # noqa: F403  # fixtures
from tests.suppliers.review_house import DAY, KVK, LATER, ON, World

SCOPE = "supplier.assurance.scope_covers"
TOLD = ("adoption", "review_party", "supplier")  # the fixtures make other rows that no act tells of
LINE = "bio2:5.20.03"  # a clause in the contract, a report in the last year, and that covers all


class Town:
    """A municipality with one supplier, of which all is known but for what the review tells."""

    def __init__(self, organisation: Organisation, person: Person, *, kvk: str = KVK, on: date = TODAY) -> None:
        self.organisation, self.person = organisation, person
        self.supplier = registering.add_supplier(organisation, name="Rekenwolk", kvk=kvk, person=person, at=NOW)
        subject = self.supplier.subject
        assert subject is not None
        declare_complete(organisation, kind="supplier", person=person, on=on, at=NOW)
        for name in ("supplier.ict", "supplier.contract.assurance_clause"):
            facts.answer(organisation, person=person, subject=subject, fact_type=name, value=True, on=on, at=NOW)

    def by(self, at: datetime = LATER) -> dict[str, Any]:
        return {"person": self.person, "at": at}

    def line(self, requirement: str = LINE) -> str:
        return Verdict.objects.get(organisation=self.organisation, requirement=requirement).status

    def right(self, on: date = ON) -> bool:
        """Whether every stored line is what the facts give, and the rows what the trail tells."""
        return not (
            verify_verdicts(self.organisation, on=on)
            or verify_register(self.organisation)
            or [each for each in verify_suppliers(self.organisation).faulty if each.table in TOLD]
        )


def by_service(world: World) -> World:
    """The answers with which the line is met."""
    world.sent()
    for question, value in zip(world.questions, ("2026-06-01", True, "accepted"), strict=True):
        world.answer(question, value)
    reviewing.start_judging(world.review, **world.by(at=LATER))
    for question in world.questions:
        world.both(question)
    return world


def conclude(world: World, *, until: date | None = None, at: datetime = LATER) -> Review:
    concluding.conclude(
        world.review, conclusion="In orde.", until=until or concluding.usual_until(ON), **world.by(at=at)
    )
    return world.now()


@pytest.fixture
def review(world: World) -> Review:
    return conclude(by_service(world))


@pytest.fixture
def make_town(
    make_organisation: Callable[..., Organisation], make_person: Callable[..., Person]
) -> Callable[..., Town]:
    def make(slug: str = "veenstad", **more: Any) -> Town:
        organisation = make_organisation(slug, name=slug.title())
        return Town(organisation, make_person("supplier_manager", at_organisation=organisation), **more)

    return make


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    return make_town()


def join(review: Review, town: Town, **more: Any) -> Party:
    return adopting.join(review, organisation=town.organisation, **more, **town.by())


def adopt(review: Review, town: Town, *, at: datetime = LATER, **more: Any) -> adopting.Adopted:
    if not Party.objects.filter(review=review, organisation=town.organisation, ended_on=None).exists():
        join(review, town)
    return adopting.adopt(review, supplier=town.supplier, **more, **town.by(at))


class TestJoining:
    def test_by_number(self, review: Review, town: Town) -> None:
        party = join(review, town)
        assert (party.role, party.since, party.added_by) == ("joined", ON, town.person)
        entry = Entry.objects.get(act="suppliers.joined")
        assert (entry.organisation, entry.actor, entry.person) == (review.organisation, "Veenstad", None)
        assert [each for each in verify_suppliers(review.organisation).faulty if each.table in TOLD] == []

    def test_who_has_no_such_supplier_is_refused(self, review: Review, make_town: Any) -> None:
        town = make_town(kvk="")
        with pytest.raises(Refused, match="not_your_supplier"):
            join(review, town)
        assert join(review, town, supplier=town.supplier).role == "joined"  # it says who it is

    def test_a_supplier_with_another_number_is_another(self, review: Review, make_town: Any) -> None:
        town = make_town(kvk="90009999")
        with pytest.raises(Refused, match="other_supplier"):
            join(review, town, supplier=town.supplier)

    def test_the_supplier_of_somebody_else(self, review: Review, town: Town, make_town: Any) -> None:
        with pytest.raises(Refused, match="not_your_supplier"):
            join(review, town, supplier=make_town("elders").supplier)

    def test_once_and_not_by_who_keeps_it(self, review: Review, town: Town, world: World) -> None:
        join(review, town)
        for organisation in (town.organisation, world.home, world.portal):
            with pytest.raises(Refused, match="joined_already"):
                adopting.join(review, organisation=organisation, **town.by())

    def test_not_a_draft_nor_what_was_withdrawn_or_ran_out(self, world: World, town: Town) -> None:
        with pytest.raises(Refused, match="not_open"):
            join(world.review, town)
        review = conclude(by_service(world), until=ON + 10 * DAY)
        with pytest.raises(Refused, match="run_out"):
            adopting.join(review, organisation=town.organisation, **town.by(LATER + 10 * DAY))
        concluding.withdraw(review, because="Fout", **world.by(at=LATER))
        with pytest.raises(Refused, match="not_open"):
            join(review, town)


class TestAdopting:
    def test_the_line_turns_and_only_by_what_came_out(self, review: Review, town: Town) -> None:
        assert town.line() == "unknown"
        done = adopt(review, town, remark=" Wij gebruiken alleen de zaakmodule. ")
        assert town.line() == "met"
        assert {each.requirement for each in done.judged.changes} >= {LINE, "bio2:5.21.02"}
        assert done.adoption.remark == "Wij gebruiken alleen de zaakmodule."
        assert town.right()
        assert not Due.objects.filter(organisation=town.organisation).exists()  # nothing is left to judge
        share = Share.objects.get(recipient=town.organisation)
        assert (share.owner, share.what) == (review.organisation, f"{review.subject.key}|supplier.*")  # type: ignore[union-attr]
        assert (share.valid_to, share.tlp, share.granted_by) == (review.until, "AMBER", None)

    def test_it_stands_in_both_trails(self, review: Review, town: Town) -> None:
        adopt(review, town)
        theirs = Entry.objects.filter(organisation=review.organisation).order_by("seq").last()
        assert theirs is not None
        assert (theirs.act, theirs.actor) == ("people.shared", "Veenstad")
        ours = Entry.objects.filter(organisation=town.organisation).order_by("-seq").values_list("act", flat=True)
        assert list(ours[:2]) == ["suppliers.adopted", "ledger.subject_adopts"]

    def test_before_conclusion(self, world: World, town: Town) -> None:
        by_service(world)
        join(world.review, town)
        with pytest.raises(Refused, match="not_concluded"):
            adopt(world.now(), town)
        assert not Adoption.objects.exists()
        assert not Share.objects.exists()

    def test_twice(self, review: Review, town: Town) -> None:
        adopt(review, town)
        with pytest.raises(Refused, match="adopted_already"):
            adopt(review, town)
        assert Share.objects.count() == Adoption.objects.count() == 1

    def test_without_taking_part(self, review: Review, town: Town) -> None:
        with pytest.raises(Refused, match="not_joined"):
            adopting.adopt(review, supplier=town.supplier, **town.by())

    def test_a_supplier_with_which_there_are_no_dealings(self, review: Review, town: Town) -> None:
        join(review, town)
        Supplier.objects.filter(pk=town.supplier.pk).update(subject=None)
        town.supplier.refresh_from_db()
        with pytest.raises(Refused, match="not_your_supplier"):
            adopt(review, town)

    def test_the_service_of_another_supplier(self, review: Review, town: Town, make_town: Any) -> None:
        other = make_town("elders")
        subject = register_subject(
            other.organisation, kind="service", name="Zaken", person=other.person, on=TODAY, at=NOW
        )
        service = Service.objects.create(
            organisation=other.organisation, supplier=other.supplier, subject=subject, name="Zaken", added_on=TODAY
        )
        with pytest.raises(Refused, match="other_service"):
            adopt(review, town, service=service)

    def test_for_two_suppliers_of_one_municipality_there_is_one_share(self, review: Review, make_town: Any) -> None:
        town = make_town(kvk="")
        second = registering.add_supplier(town.organisation, name="Rekenwolk Noord", person=town.person, at=NOW)
        join(review, town, supplier=town.supplier)
        first = adopt(review, town).adoption
        adopting.adopt(review, supplier=second, **town.by())
        assert Share.objects.count() == 1
        adopting.leave(first, **town.by())
        assert Share.objects.get().revoked_at is None
        adopting.leave(Adoption.objects.get(supplier=second), **town.by())
        assert Share.objects.get().revoked_at is not None
        assert town.right()

    def test_an_own_answer_that_differs_is_not_drowned(self, review: Review, town: Town) -> None:
        """Both are documented at most: of equal ones that differ nothing counts, and the page says why."""
        facts.answer(
            town.organisation, person=town.person, subject=town.supplier.subject, fact_type=SCOPE, value=False,  # type: ignore[arg-type]
            on=TODAY, at=NOW,
        )  # fmt: skip
        adopt(review, town)
        assert town.line() == "met"  # what a review found weighs more than what was only stated
        assert town.right()


class TestTurning:
    def test_a_finding_turns_one_line_at_everybody_who_adopted(
        self, review: Review, world: World, make_town: Any
    ) -> None:
        towns = [make_town(f"stad-{n}") for n in range(7)]
        for town in towns:
            adopt(review, town)
        assert {town.line() for town in towns} == {"met"}
        world.finding(world.questions[1])
        due.tick(on=ON, at=LATER)
        assert {town.line() for town in towns} == {"not_met"}
        assert {town.line("bio2:5.21.02") for town in towns} == {"met"}
        assert all(town.right() for town in towns)

    def test_withdrawn_means_unknown_again(self, review: Review, world: World, town: Town) -> None:
        adopt(review, town)
        concluding.withdraw(review, because="Rapport bleek vals", **world.by(at=LATER + DAY))
        due.tick(on=ON + DAY, at=LATER + DAY)
        assert town.line() == "unknown"
        assert town.right(ON + DAY)
        (held,) = adoptions.held(town.organisation, on=ON + DAY)
        assert (held.fresh.state, held.fresh.counts) == ("withdrawn", False)
        assert {each.value for each in adoptions.outcome(world.now(), on=ON + DAY)} == {None}

    def test_run_out_means_unknown_again(self, world: World, town: Town) -> None:
        review = conclude(by_service(world), until=ON + 10 * DAY)
        adopt(review, town)
        due.tick(on=ON + 9 * DAY, at=LATER + 9 * DAY)
        assert town.line() == "met"
        due.tick(on=ON + 10 * DAY, at=LATER + 10 * DAY)
        assert town.line() == "unknown"
        assert town.right(ON + 10 * DAY)
        (held,) = adoptions.held(town.organisation, on=ON + 10 * DAY)
        assert held.fresh.state == "run_out"

    def test_let_go_means_unknown_again(self, review: Review, town: Town) -> None:
        adoption = adopt(review, town).adoption
        done = adopting.leave(adoption, because="Wij stappen over", **town.by(LATER + DAY))
        assert town.line() == "unknown"
        assert {each.requirement for each in done.judged.changes} >= {LINE}
        assert (done.adoption.ended_on, done.adoption.ended_because) == (ON + DAY, "Wij stappen over")
        assert not Due.objects.filter(organisation=town.organisation).exists()
        assert town.right(ON + DAY)
        with pytest.raises(Refused, match="gone"):
            adopting.leave(adoption, **town.by(LATER + DAY))
        adopt(review, town, at=LATER + 2 * DAY)
        assert town.line() == "met"
        assert town.right(ON + 2 * DAY)

    def test_an_earlier_day_still_shows_it(self, review: Review, world: World, town: Town) -> None:
        adoption = adopt(review, town).adoption
        adopting.leave(adoption, **town.by(LATER + 5 * DAY))
        concluding.withdraw(review, because="Fout", **world.by(at=LATER + 6 * DAY))
        key = town.supplier.subject.key  # type: ignore[union-attr]

        def known(on: date) -> list[Any]:
            found = world_of(town.organisation, on=on, known_at=on)
            return [
                each.value for each in found.facts.get((key, SCOPE), []) if each.valid_to is None or each.valid_to > on
            ]

        assert known(ON - DAY) == []
        assert known(ON) == known(ON + 4 * DAY) == [True]
        assert known(ON + 5 * DAY) == known(ON + 6 * DAY) == []

    def test_as_it_was_at_an_entry(self, review: Review, world: World, town: Town) -> None:
        adoption = adopt(review, town).adoption
        pin = pin_now(town.organisation)
        adopting.leave(adoption, **town.by(LATER))
        concluding.withdraw(review, because="Fout", **world.by(at=LATER))
        key = town.supplier.subject.key  # type: ignore[union-attr]
        packs = packs_on(ON)

        def at(held: Any) -> list[Any]:
            found = pinned(town.organisation, packs=packs, known_at=ON, fact_types={SCOPE}, pin=held)
            return [each.value for each in found.world.facts.get((key, SCOPE), [])]

        assert at(pin) == [True]
        assert at(pin_now(town.organisation)) == []

    def test_concluded_anew_for_longer(self, world: World, town: Town) -> None:
        review = conclude(by_service(world), until=ON + 10 * DAY)
        adoption = adopt(review, town).adoption
        concluding.reopen(review, **world.by(at=LATER + 5 * DAY))
        assert adoptions.fresh_of(adoption, on=ON + 5 * DAY).state == "holds"  # as it was read before
        adoption = Adoption.objects.get()
        assert adoptions.fresh_of(adoption, on=ON + 5 * DAY).state == "again"
        conclude(world, until=ON + 100 * DAY, at=LATER + 6 * DAY)
        adoption = Adoption.objects.get()
        assert adoptions.fresh_of(adoption, on=ON + 6 * DAY).longer
        adopting.renew(adoption, **town.by(LATER + 6 * DAY))
        assert town.line() == "met"
        due.tick(on=ON + 20 * DAY, at=LATER + 20 * DAY)
        assert town.line() == "met"
        assert town.right(ON + 20 * DAY)
        assert Share.objects.filter(revoked_at=None).count() == Adoption.objects.filter(ended_on=None).count() == 1

    def test_two_reviews_of_one_supplier(
        self, review: Review, world: World, town: Town, make_organisation: Any, make_person: Any
    ) -> None:
        """What both say alike stands when one of them goes."""
        other = Review.objects.get(pk=review.pk)
        keeper = make_organisation("tweede", kind="other")
        subject = register_subject(
            keeper, kind="joint_review", name="Tweede", person=None, actor="test", on=ON, at=LATER
        )
        facts.answer(keeper, person=None, actor="test", subject=subject, fact_type=SCOPE, value=True, on=ON, at=LATER)
        other.pk, other.organisation, other.subject, other.title = None, keeper, subject, "Tweede"
        other.save(force_insert=True)
        Party.objects.create(review=other, organisation=town.organisation, role="joined", since=ON)
        first = adopt(review, town).adoption
        adopting.adopt(other, supplier=town.supplier, **town.by())
        assert town.line() == "met"
        adopting.leave(first, **town.by())
        key = town.supplier.subject.key  # type: ignore[union-attr]
        found = world_of(town.organisation, on=ON, known_at=ON).facts[key, SCOPE]
        assert [each.inherited_from for each in found] == ["tweede"]
        facts.answer(keeper, person=None, actor="test", subject=subject, fact_type=SCOPE, value=False, on=ON, at=LATER)
        due.tick(on=ON, at=LATER)
        assert town.line() == "not_met"
        assert town.right()


class TestOwnReview:
    """Who keeps a review adopts it for its own supplier: with itself it shares nothing."""

    @pytest.fixture
    def home(self, world: World) -> Town:
        return Town(world.home, world.manager)

    def test_adopted_without_a_share(self, home: Town, world: World) -> None:
        review = conclude(by_service(world), until=ON + 10 * DAY)
        assert home.line() == "unknown"
        adopting.adopt(review, supplier=home.supplier, **home.by())
        assert home.line() == "met"
        assert not Share.objects.exists()
        assert home.right()
        due.tick(on=ON + 10 * DAY, at=LATER + 10 * DAY)
        assert home.line() == "unknown"
        assert home.right(ON + 10 * DAY)

    def test_a_finding_and_withdrawal(self, home: Town, world: World) -> None:
        review = conclude(by_service(world))
        adopting.adopt(review, supplier=home.supplier, **home.by())
        world.finding(world.questions[1])
        due.tick(on=ON, at=LATER)
        assert home.line() == "not_met"
        concluding.withdraw(review, because="Fout", **world.by(at=LATER))
        due.tick(on=ON, at=LATER)
        assert home.line() == "unknown"
        assert home.right()

    def test_let_go_and_as_it_was(self, home: Town, world: World) -> None:
        review = conclude(by_service(world))
        adoption = adopting.adopt(review, supplier=home.supplier, **home.by()).adoption
        pin, packs = pin_now(home.organisation), packs_on(ON)
        adopting.leave(adoption, **home.by())
        assert home.line() == "unknown"
        key = home.supplier.subject.key  # type: ignore[union-attr]
        at_pin = pinned(home.organisation, packs=packs, known_at=ON, fact_types={SCOPE}, pin=pin)
        (fact,) = at_pin.world.facts[key, SCOPE]
        assert (fact.value, fact.inherited_from) == (True, None)
        now = pinned(home.organisation, packs=packs, known_at=ON, fact_types={SCOPE}, pin=pin_now(home.organisation))
        assert (key, SCOPE) not in now.world.facts
        assert home.right()


def test_an_adoption_is_whole_or_not_at_all(review: Review, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    join(review, town)
    monkeypatch.setattr(judging, "touched", lambda *_args, **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        adopt(review, town)
    assert not Share.objects.exists()
    assert not Inheritance.objects.exists()
    assert not Adoption.objects.exists()


def test_what_changed_since_is_told(review: Review, world: World, town: Town) -> None:
    adoption = adopt(review, town).adoption
    assert adoptions.fresh_of(adoption, on=ON).changed == ()
    world.finding(world.questions[1], at=LATER + timedelta(days=3))
    fresh = adoptions.fresh_of(Adoption.objects.get(), on=ON + 3 * DAY)
    assert fresh.changed == (SCOPE,)
    assert [each.title for each in fresh.findings] == ["Geen tweede factor"]
    changed = [each.fact_type.id for each in adoptions.outcome(world.now(), on=ON + 3 * DAY, since=ON) if each.changed]
    assert changed == [SCOPE]
