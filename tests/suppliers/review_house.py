"""A joint review: we keep it, Polderveen reviews along, Rekenwolk answers. Fixtures for who imports them by `*`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import Question, Reply, Review
from dijkwacht.apps.suppliers.services import concluding, inviting, judging, reviewing
from dijkwacht.norms.suppliers_questions import question_sets
from tests.house_people import NOW, TODAY, People

DAY = timedelta(days=1)
KVK = "90001234"
CONTACT = inviting.Contact(kvk=KVK, name="Rekenwolk B.V.", person="Sam Sleutel", email="sam@rekenwolk.example")
TOLD = reviewing.Told(
    title="Zaakwolk 2026", service="Zaakwolk", kind="saas", scope="De hele dienst", tlp="AMBER",
    answer_before=TODAY + 30 * DAY, judge_before=TODAY + 60 * DAY,
)  # fmt: skip
LATER = NOW + 31 * DAY
"""When the term to answer is over."""
ON = LATER.date()

__all__ = ["World", "world"]


class World:
    """One review with three questions, and who is who."""

    def __init__(self, organisation: Organisation, other: Organisation, people: People, make_person: Any) -> None:
        self.home, self.other = organisation, other
        self.manager, self.ciso = people("supplier_manager"), people("ciso")
        self.along: Person = make_person("ciso", at_organisation=other, name="Bo van Polderveen", language="en")
        self.review = reviewing.open_review(
            organisation, told=TOLD, question_set="saas_short", contact=CONTACT, person=self.manager, at=NOW
        )
        self.portal = self.review.portal
        self.sam = Person.objects.get(email=CONTACT.email)
        Person.objects.filter(pk=self.sam.pk).update(language="en")
        reviewing.invite_reviewer(self.review, organisation=other, **self.by())

    def by(self, person: Person | None = None, at: datetime = NOW) -> dict[str, Any]:
        """Who does something, and when."""
        return {"person": person or self.manager, "at": at}

    @property
    def questions(self) -> list[Question]:
        """What is asked: a day, yes or no, a choice."""
        return list(self.review.questions.filter(left_out_because=""))

    def now(self) -> Review:
        """The review as it stands."""
        self.review = Review.objects.get(pk=self.review.pk)
        return self.review

    def sent(self) -> "World":
        reviewing.send(self.review, **self.by())
        return self

    def answer(self, question: Question, value: Any, *, at: datetime = NOW) -> Reply:
        return Reply.objects.create(question=question, value=value, person=self.sam, at=at)

    def answered(self) -> "World":
        """The supplier answered everything, in order."""
        for question, value in zip(self.questions, ("2026-06-01", True, "known"), strict=True):
            self.answer(question, value)
        return self

    def judging(self) -> "World":
        self.sent().answered()
        reviewing.start_judging(self.review, **self.by(at=LATER))
        return self

    def says(self, question: Question, word: str = "holds", *, who: Person | None = None, at: datetime = LATER) -> None:
        """Somebody judges, by default of ours."""
        house = self.other if who == self.along else self.home
        note = "" if word == "holds" else "Dit blijkt niet."
        judging.judge(question, word=word, note=note, seen=None, organisation=house, **self.by(who, at))

    def both(self, question: Question, word: str = "holds", *, at: datetime = LATER) -> None:
        self.says(question, word, at=at)
        self.says(question, word, who=self.along, at=at)

    def judged(self) -> "World":
        """Two persons of two organisations judged everything alike."""
        for question in self.judging().questions:
            self.both(question)
        return self

    def concluded(self, *, until: date | None = None) -> "World":
        self.judged()
        concluding.conclude(
            self.review, conclusion="In orde.", until=until or concluding.usual_until(ON), **self.by(at=LATER)
        )
        self.now()
        return self

    def finding(self, question: Question, *, at: datetime = LATER, **more: Any) -> Any:
        """Found by us, confirmed by who reviews along."""
        found = judging.Found("Geen tweede factor", "Bij beheerders niet.", "high", at.date() + 30 * DAY)
        raised = judging.raise_finding(question, found=replace(found, **more), organisation=self.home, **self.by(at=at))
        return judging.confirm(raised, organisation=self.other, **self.by(self.along, at))


@pytest.fixture
def world(
    organisation: Organisation,
    other_organisation: Organisation,
    people: People,
    make_person: Callable[..., Person],
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """With a set of three questions instead of fifteen, so that each test judges a few."""
    pack = question_sets()
    short = replace(pack.sets[0], questions=("proof_date", "proof_scope", "subcontractors"))
    monkeypatch.setattr(reviewing, "question_sets", lambda: replace(pack, sets=(short, *pack.sets[1:])))
    return World(organisation, other_organisation, people, make_person)
