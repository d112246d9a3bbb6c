"""A joint review from its opening until it is judged: its questions, who takes part, its terms, its phase."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import TLP_CHOICES, Organisation, OrganisationKind, Person
from dijkwacht.apps.suppliers.models import Party, PartyRole, Question, Reply, Review, ReviewPhase, ServiceKind
from dijkwacht.apps.suppliers.queries.entitled import taking_part
from dijkwacht.apps.suppliers.services import adopting, concluding, review_mails
from dijkwacht.apps.suppliers.services.doing import Refused, doing
from dijkwacht.apps.suppliers.services.inviting import Contact, invited
from dijkwacht.apps.suppliers.services.review_ground import RUNNING, about, in_review, line, move, words
from dijkwacht.core.facts import STANDS_FOR
from dijkwacht.core.suppliers.review import Phase
from dijkwacht.norms.suppliers_questions import ANSWERS, question_sets
from dijkwacht.web.moments import day_of

OWN = "own"
"""The theme of questions that who keeps a review added itself."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a review is about, as who opens it tells. ``kind``: of the service; ``tlp``: how far its answers may go."""

    title: str
    service: str
    kind: str
    scope: str
    tlp: str
    answer_before: date
    judge_before: date

    def checked(self, *, on: date | None) -> "Told":
        """The same, held against what may be. ``on`` None: the last day to answer may have come.

        Raises Refused: empty, too_long, review_past, review_terms, choice.
        """
        if self.kind not in ServiceKind.values:
            raise Refused("choice", field="kind")
        if self.tlp not in dict(TLP_CHOICES):
            raise Refused("choice", field="tlp")
        if on is not None and self.answer_before <= on:
            raise Refused("review_past", field="answer_before")
        if self.judge_before < self.answer_before:
            raise Refused("review_terms", field="judge_before")
        title, service = line(self.title, field="title", most=200), line(self.service, field="service", most=200)
        scope = self.scope.replace("\0", "").strip()
        return Told(title, service, self.kind, scope, self.tlp, self.answer_before, self.judge_before)


def open_review(
    organisation: Organisation, *, told: Told, question_set: str, contact: Contact, person: Person | None, at: datetime
) -> Review:
    """A review that is being prepared, with the questions of a set as they are now. The supplier hears nothing yet.

    Raises Refused: choice (no such set), own_supplier, and what `inviting.invited` and `Told.checked` raise.
    """
    on, pack = day_of(at), question_sets()
    told = told.checked(on=on)
    try:
        asked = pack.asked(question_set)
    except KeyError:
        raise Refused("choice", field="question_set") from None
    with doing(organisation, person=person, at=at) as deed:
        portal = invited(contact, by=organisation, person=person, at=at, on=on)
        if portal.pk == organisation.pk:
            raise Refused("own_supplier", field="kvk")
        review = Review.objects.create(
            organisation=organisation, portal=portal, question_set=question_set, version=pack.edition.version,
            opened_at=at, opened_by=person, **asdict(told),
        )  # fmt: skip
        rows = [
            Question(
                review=review, key=each.id, order=order, theme=each.theme, text=dict(each.text), verify=dict(each.verify),
                fact=each.fact, links=list(each.links),
            )
            for order, each in enumerate(asked, 1)
        ]  # fmt: skip
        made = Question.objects.bulk_create(rows)
        deed.write("review_opened", about=about(review), rows=[review, *made], title=review.title, questions=len(made))
    return review


def change(review: Review, *, told: Told, person: Person | None, at: datetime) -> Review:
    """Tells otherwise what the review is about. Once it was sent the label cannot become wider: what was answered was
    answered under it. Once something was answered it stays about the same service.

    Raises Refused: review_phase, wider, answered_about, and what `Told.checked` raises.
    """
    with in_review(review, person=person, at=at, phases=RUNNING) as (deed, now):
        told = told.checked(on=None if told.answer_before == now.answer_before else day_of(at))
        order = [name for name, _ in TLP_CHOICES]
        if now.phase != ReviewPhase.DRAFT and order.index(told.tlp) < order.index(now.tlp):
            raise Refused("wider", field="tlp")
        if Reply.objects.filter(question__review=now).exists():
            for name in ("service", "kind", "scope"):
                if getattr(told, name) != getattr(now, name):
                    raise Refused("answered_about", field=name)
        for name, value in asdict(told).items():
            setattr(now, name, value)
        now.save(update_fields=[*asdict(told)])
        deed.write("review_changed", about=about(now), rows=[now], title=now.title)
    return now


def leave_out(question: Question, *, because: str, person: Person | None, at: datetime) -> Question:
    """A question is not asked, with the reason that everybody who takes part sees. Raises Refused: empty, last_question."""
    because = words(because, field="because")
    with in_review(question.review, person=person, at=at, phases=RUNNING) as (deed, review):
        asked = review.questions.filter(left_out_because="")
        if asked.count() <= 1 and asked.filter(pk=question.pk).exists():
            raise Refused("last_question")
        found = Question.objects.get(pk=question.pk)
        found.left_out_because = because
        found.save(update_fields=["left_out_because"])
        concluding.follow(deed, review)
        deed.write(
            "review_question_left_out", about=about(review), rows=[found], title=review.title, key=found.key,
            because=because,
        )  # fmt: skip
    return found


def ask_after_all(question: Question, *, person: Person | None, at: datetime) -> Question:
    """A question that was left out is asked after all."""
    with in_review(question.review, person=person, at=at, phases=RUNNING) as (deed, review):
        found = Question.objects.get(pk=question.pk)
        found.left_out_because = ""
        found.save(update_fields=["left_out_because"])
        concluding.follow(deed, review)
        deed.write("review_question_asked", about=about(review), rows=[found], title=review.title, key=found.key)
    return found


def add_question(review: Review, *, text: str, verify: str, fact: str, person: Person | None, at: datetime) -> Question:
    """An own question, tied to the fact about a supplier that its answer settles; only while nobody answers yet.

    Raises Refused: review_phase, empty, question_fact.
    """
    text, verify = words(text, field="text"), words(verify, field="verify")
    with in_review(review, person=person, at=at, phases=[ReviewPhase.DRAFT]) as (deed, now):
        if fact not in facts_to_ask(on=day_of(at)):
            raise Refused("question_fact", field="fact")
        last = now.questions.order_by("-order").first()
        number = now.questions.filter(theme=OWN).count() + 1
        made = Question.objects.create(
            review=now, key=f"{OWN}-{number}", order=(last.order if last else 0) + 1, theme=OWN,
            text={"nl": text, "en": text}, verify={"nl": verify, "en": verify}, fact=fact,
        )  # fmt: skip
        deed.write("review_question_added", about=about(now), rows=[made], title=now.title, key=made.key, fact=fact)
    return made


def facts_to_ask(*, on: date) -> Mapping[str, Mapping[str, str]]:
    """The fact types that an answer of a supplier can settle, each with its question per language."""
    kind = STANDS_FOR["joint_review"]
    found = packs_on(on).norms.fact_types.values()
    return {each.id: each.question for each in found if each.subject == kind and each.value in ANSWERS}


def invite_reviewer(review: Review, *, organisation: Organisation, person: Person | None, at: datetime) -> Party:
    """Lets another organisation review along; it sees what the supplier answers from now on, and its people who do this work
    get a mail (`review_mails.send_waiting`).

    Raises Refused: review_phase, no_reviewer (ourselves, or a supplier), party_already.
    """
    with in_review(review, person=person, at=at, phases=[*RUNNING, ReviewPhase.CONCLUDED]) as (deed, now):
        if organisation.pk == now.organisation_id or organisation.kind == OrganisationKind.SUPPLIER:
            raise Refused("no_reviewer", field="organisation")
        on, rows = day_of(at), list[Party]()
        for held in taking_part(on).filter(review=now, organisation=organisation):
            if held.role == PartyRole.REVIEWER:
                raise Refused("party_already", field="organisation")
            held.ended_on = on
            held.save(update_fields=["ended_on"])
            rows.append(held)
        made = Party.objects.create(
            review=now, organisation=organisation, role=PartyRole.REVIEWER, since=on, added_by=person
        )
        asked = review_mails.ask(made, on=on)
        deed.write(
            "review_party_added", about=about(now), rows=[*rows, made, *asked], title=now.title,
            organisation=str(organisation),
        )  # fmt: skip
    return made


def end_party(party: Party, *, person: Person | None, at: datetime) -> Party:
    """An organisation no longer takes part: from this day on it sees nothing more, and what it adopted ends with it.

    It does not come back by itself. Raises Refused (gone).
    """
    whose = party.review.organisation
    with adopting.both(whose, party.organisation), in_review(party.review, person=person, at=at) as (deed, review):
        if not Party.objects.filter(pk=party.pk, ended_on__isnull=True).update(ended_on=day_of(at)):
            raise Refused("gone")
        found = Party.objects.select_related("organisation").get(pk=party.pk)
        deed.write(
            "review_party_ended", about=about(review), rows=[found], title=review.title,
            organisation=str(found.organisation),
        )  # fmt: skip
        adopting.end_for(review, found.organisation, person=person, at=at)
    return found


def send(review: Review, *, person: Person | None, at: datetime) -> Review:
    """To the supplier: from now on it can answer. Raises Refused: review_phase, no_questions, review_past."""
    with in_review(review, person=person, at=at, phases=[ReviewPhase.DRAFT]) as (deed, now):
        if not now.questions.filter(left_out_because="").exists():
            raise Refused("no_questions")
        if now.answer_before <= day_of(at):
            raise Refused("review_past", field="answer_before")
        move(now, Phase.ANSWERING)
        now.sent_at = at
        now.save(update_fields=["phase", "sent_at"])
        deed.write("review_sent", about=about(now), rows=[now], title=now.title, supplier=str(now.portal))
    return now


def start_judging(review: Review, *, person: Person | None, at: datetime) -> Review:
    """Closes the answering, whether the supplier handed in or not: what is not answered then stays unknown.

    Raises Refused: review_phase; too_early when the supplier did not hand in and its term still runs.
    """
    with in_review(review, person=person, at=at, phases=[ReviewPhase.ANSWERING]) as (deed, now):
        if now.handed_in_at is None and day_of(at) < now.answer_before:
            raise Refused("too_early")
        move(now, Phase.JUDGING)
        now.save(update_fields=["phase"])
        deed.write("review_judging", about=about(now), rows=[now], title=now.title)
    return now


def ask_again(review: Review, *, answer_before: date, person: Person | None, at: datetime) -> Review:
    """Gives the supplier more time: it may answer (again) before another day. Raises Refused: review_phase, review_past."""
    phases = [ReviewPhase.ANSWERING, ReviewPhase.JUDGING]
    with in_review(review, person=person, at=at, phases=phases) as (deed, now):
        if answer_before <= day_of(at):
            raise Refused("review_past", field="answer_before")
        if now.phase == ReviewPhase.JUDGING:
            move(now, Phase.ANSWERING)
        now.answer_before, now.judge_before = answer_before, max(now.judge_before, answer_before)
        now.handed_in_at = now.handed_in_by = None
        now.save(update_fields=["phase", "answer_before", "judge_before", "handed_in_at", "handed_in_by"])
        deed.write("review_asked_again", about=about(now), rows=[now], title=now.title, until=answer_before)
    return now
