"""Concluding a joint review, and keeping the facts that came out as it says: until it is withdrawn or has run out."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dijkwacht.apps.ledger.models import Fact, Subject
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.ledger.services.facts import after, observe
from dijkwacht.apps.ledger.services.recording import Said, end_all
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.suppliers.models import Review, ReviewFinding, ReviewPhase
from dijkwacht.apps.suppliers.queries.review_items import items
from dijkwacht.apps.suppliers.services.doing import Deed, Refused
from dijkwacht.apps.suppliers.services.review_ground import about, in_review, move, words
from dijkwacht.core.days import Duration, add
from dijkwacht.core.facts import Assurance
from dijkwacht.core.suppliers.review import NEXT, Phase, against_concluding, outcome
from dijkwacht.norms.read import norms_on
from dijkwacht.web.moments import day_of

KIND = "joint_review"
CHECKED = "supplier.own_check.done_on"
"""A joint review is the check of one's own that BIO2 5.22 asks for besides the proof of others."""
USUAL, MOST = Duration(12, 0), Duration(36, 0)


def usual_until(on: date) -> date:
    """Until when an outcome holds when nobody says otherwise."""
    return add(on, USUAL)


def conclude(review: Review, *, conclusion: str, until: date, person: Person | None, at: datetime) -> Review:
    """Says what came out. From now on it stands as facts in the ledger of who keeps the review, until ``until``.

    Raises Refused: review_phase, empty, review_past, too_far, not_settled (n questions), unconfirmed (n findings).
    """
    on = day_of(at)
    conclusion = words(conclusion, field="conclusion")
    if until <= on:
        raise Refused("review_past", field="until")
    if until > add(on, MOST):
        raise Refused("too_far", field="until")
    with in_review(review, person=person, at=at, phases=[ReviewPhase.JUDGING]) as (deed, now):
        if left := against_concluding(items(now, on=on), on=on):
            raise Refused("not_settled", n=len(left))
        if loose := unconfirmed(now):
            raise Refused("unconfirmed", n=loose)
        move(now, Phase.CONCLUDED)
        now.concluded_at, now.conclusion, now.until = at, conclusion, until
        now.subject = now.subject or _subject(deed, now)
        now.save(update_fields=["phase", "concluded_at", "conclusion", "until", "subject"])
        follow(deed, now, anew=True)
        deed.write("review_concluded", about=about(now), rows=[now], title=now.title, until=until)
    return now


def reopen(review: Review, *, person: Person | None, at: datetime) -> Review:
    """Back to judging. What came out goes on to count, and changes with what is judged otherwise."""
    with in_review(review, person=person, at=at, phases=[ReviewPhase.CONCLUDED]) as (deed, now):
        move(now, Phase.JUDGING)
        now.save(update_fields=["phase"])
        deed.write("review_reopened", about=about(now), rows=[now], title=now.title)
    return now


def withdraw(review: Review, *, because: str, person: Person | None, at: datetime) -> Review:
    """Takes a review back: from this day on nothing is known from it any more. What it said before stays to be told."""
    because = words(because, field="because")
    phases = [each.value for each, to in NEXT.items() if Phase.WITHDRAWN in to]
    with in_review(review, person=person, at=at, phases=phases) as (deed, now):
        move(now, Phase.WITHDRAWN)
        now.withdrawn_at, now.withdrawn_because = at, because
        now.save(update_fields=["phase", "withdrawn_at", "withdrawn_because"])
        follow(deed, now)
        deed.write("review_withdrawn", about=about(now), rows=[now], title=now.title, because=because)
    return now


def expire(*, at: datetime) -> int:
    """Ends what came out of reviews that have run out; of how many. For `tick`."""
    on = day_of(at)
    standing = Fact.objects.filter(superseded_at__isnull=True, valid_to__isnull=True, subject__kind=KIND)
    over = Review.objects.filter(until__lte=on, subject__in=standing.values("subject")).select_related("organisation")
    done = 0
    for review in list(over):
        with in_review(review, person=None, actor="tick", at=at) as (deed, now):
            if now.until is None or now.until > on or not follow(deed, now):
                continue
            deed.write("review_ran_out", about=about(now), title=now.title)
            done += 1
    return done


def unconfirmed(review: Review) -> int:
    """How many findings nobody confirmed or dropped yet."""
    rows = ReviewFinding.objects.filter(question__review=review, question__left_out_because="")
    return rows.filter(confirmed_at__isnull=True, dropped_at__isnull=True).count()


def follow(deed: Deed, review: Review, *, anew: bool = False) -> bool:
    """Makes the facts of a review what it says now; whether anything changed. Nothing before it was concluded once.

    ``anew``: all of it was looked at again, so what stayed the same was seen again and is fresh from today.
    """
    if review.subject is None:
        return False
    wanted, on = says(review, on=day_of(deed.at)), day_of(deed.at)
    rows = Fact.objects.filter(subject=review.subject, superseded_at__isnull=True, valid_to__isnull=True)
    standing = {each.fact_type: each for each in rows.select_related("subject")}
    gone = [each for name, each in standing.items() if name not in wanted]
    if gone:
        _end(deed, review.subject, gone)
    new = {
        name: value for name, value in wanted.items() if anew or name not in standing or standing[name].value != value
    }
    if new:
        said = [
            Said(review.subject, name, new[name], assurance=Assurance.DOCUMENTED, said_by=speaker(review))
            for name in sorted(new)
        ]
        observe(
            review.organisation, observations=said, source="suppliers", person=deed.person, on=on, at=deed.at
        )  # fmt: skip
    return bool(gone or new)


def says(review: Review, *, on: date) -> Mapping[str, Any]:
    """The facts that stand from a review on a day, in their plain form; none when it was withdrawn, ran out, never concluded."""
    ended = review.phase == ReviewPhase.WITHDRAWN or review.until is None or review.until <= on
    if ended or review.concluded_at is None:
        return {}
    known = norms_on(on).fact_types
    found = {name: value for name, value in outcome(items(review, on=on), on=on).items() if name in known}
    return {**found, CHECKED: day_of(review.concluded_at).isoformat()}


def speaker(review: Review) -> str:
    """Who says it, where a fact tells that."""
    return f"{review.title} ({review.organisation})"[:200]


def _subject(deed: Deed, review: Review) -> Subject:
    """What the facts are about: a subject that stands for the supplier, in no register."""
    return register_subject(
        review.organisation, kind=KIND, name=f"{review.service} ({review.portal})"[:200], key=f"review-{review.pk}",
        person=deed.person, actor=deed.actor, on=day_of(deed.at), at=deed.at,
    )  # fmt: skip


def _end(deed: Deed, subject: Subject, facts: list[Fact]) -> None:
    """Ends facts on the day of the deed: before it they held. Who adopted the review is judged again."""
    organisation, on = deed.organisation, day_of(deed.at)
    with acting(organisation, person=deed.person, actor=deed.actor, on=on, at=deed.at) as act:
        judging.ensure_judged(organisation, on=on)
        written = end_all(act, facts)
        judged = after(act, written, [(subject, each.fact_type) for each in facts])
        detail = {"turned": len(judged.changes), **written.detail(organisation.slug)}
        act.write("ended", about=subject.key, detail=detail)
