"""Joint reviews as who may join them or adopted them sees them: what came out, how fresh that is, what changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.values import read
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Adoption, Question, Review, ReviewFinding, ReviewPhase, Service, Supplier
from dijkwacht.apps.suppliers.queries.entitled import opened_up, visible
from dijkwacht.core.facts import FactType
from dijkwacht.web.moments import day_of

State = Literal["holds", "again", "withdrawn", "run_out", "running"]
"""What a review comes to for who adopts it: it holds; it holds and is judged again; no more, withdrawn or run out; not concluded
yet."""
COUNTS: tuple[State, ...] = ("holds", "again")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fact that came out of a review. ``value``: None when nothing is known (any more); ``since``: from when it is so;
    ``changed``: it became so after the day that was asked for."""

    fact_type: FactType
    value: Any
    since: date | None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a review stands on a day. ``changed``: fact types that became otherwise since it was adopted; ``longer``: it was
    concluded anew and holds longer than what was adopted; ``findings``: confirmed, and neither mended nor accepted."""

    state: State
    concluded_on: date | None
    until: date | None
    changed: tuple[str, ...]
    longer: bool
    findings: tuple[ReviewFinding, ...]

    @property
    def counts(self) -> bool:
        """Whether what came out counts."""
        return self.state in COUNTS


@dataclass(frozen=True, slots=True)
class Held:
    """An adoption with how fresh it is."""

    adoption: Adoption
    fresh: Freshness


def state_of(review: Review, *, on: date) -> State:
    """What a review comes to on a day."""
    if review.phase == ReviewPhase.WITHDRAWN:
        return "withdrawn"
    if review.concluded_at is None:
        return "running"
    if review.until is not None and on >= review.until:
        return "run_out"
    return "holds" if review.phase == ReviewPhase.CONCLUDED else "again"


def freshness(review: Review, *, on: date, since: date | None = None, adopted_until: date | None = None) -> Freshness:
    """How fresh a review is. ``since``: the day on which it was adopted; ``adopted_until``: until when that was."""
    changed = tuple(sorted({each.fact_type for each in _facts(review) if since and _moved(each, since)}))
    return Freshness(
        state_of(review, on=on),
        None if review.concluded_at is None else day_of(review.concluded_at),
        review.until,
        changed,
        bool(adopted_until and review.until and review.until > adopted_until),
        tuple(open_findings([review]).get(review.pk, ())),
    )


def held(organisation: Organisation, *, on: date, supplier: Supplier | None = None) -> list[Held]:
    """What an organisation adopted and did not let go of, the latest first; of one supplier if given."""
    rows = Adoption.objects.filter(organisation=organisation, ended_on__isnull=True)
    if supplier is not None:
        rows = rows.filter(supplier=supplier)
    rows = rows.select_related("review__organisation", "review__portal", "review__subject", "supplier", "service")
    return [Held(each, fresh_of(each, on=on)) for each in rows]


def fresh_of(adoption: Adoption, *, on: date) -> Freshness:
    """How fresh one adoption is, by the link that it made."""
    link = None
    if adoption.supplier.subject is not None and adoption.review.subject is not None:
        links = adoption.supplier.subject.inheritances.filter(
            source=adoption.review.subject, superseded_at__isnull=True
        )
        link = links.order_by("-pk").first()
    return freshness(
        adoption.review, on=on, since=adoption.adopted_on, adopted_until=None if link is None else link.until
    )


def joinable(organisation: Organisation, *, on: date, supplier: Supplier | None = None) -> list[Review]:
    """The reviews that are about a supplier of ours, by KvK number, and in which we take no part yet."""
    mine = Supplier.objects.filter(organisation=organisation, ended_on__isnull=True, merged_into__isnull=True)
    mine = mine.filter(subject__isnull=False).exclude(kvk="")
    if supplier is not None:
        mine = mine.filter(pk=supplier.pk)
    rows = opened_up(organisation, on=on).filter(portal__business__kvk__in=mine.values("kvk"))
    return list(rows.select_related("organisation", "portal"))


def adoptable(organisation: Organisation, supplier: Supplier, *, on: date) -> list[Review]:
    """The concluded reviews of a supplier of ours that are there for us and that we did not adopt for it."""
    if not supplier.kvk:
        return []
    rows = visible(organisation, on=on).filter(phase=ReviewPhase.CONCLUDED, portal__business__kvk=supplier.kvk)
    taken = Adoption.objects.filter(supplier=supplier, ended_on__isnull=True)
    rows = rows.filter(until__gt=on).exclude(pk__in=taken.values("review")).exclude(portal=organisation)
    return list(rows.select_related("organisation", "portal"))


def candidates(review: Review, organisation: Organisation) -> list[Supplier]:
    """The suppliers of ours for which a review can be adopted: those with its number, or else those without any."""
    rows = Supplier.objects.filter(
        organisation=organisation, ended_on__isnull=True, merged_into__isnull=True, subject__isnull=False
    )
    business = getattr(review.portal, "business", None)
    same = list(rows.filter(kvk=business.kvk)) if business is not None else []
    return same or list(rows.filter(kvk=""))


def services_of(suppliers: Iterable[Supplier]) -> list[Service]:
    """What these suppliers deliver."""
    rows = Service.objects.filter(supplier__in=list(suppliers), ended_on__isnull=True)
    return list(rows.select_related("supplier"))


def outcome(review: Review, *, on: date, since: date | None = None) -> list[Outcome]:
    """What came out, by fact type in the order of the questions. ``since``: to tell what changed after it."""
    packs = packs_on(on)
    asked = Question.objects.filter(review=review, left_out_because="").order_by("order")
    names = dict.fromkeys(asked.values_list("fact", flat=True))
    stands: dict[str, Fact] = {}
    moved: set[str] = set()
    for fact in _facts(review):
        names.setdefault(fact.fact_type)
        if since and _moved(fact, since):
            moved.add(fact.fact_type)
        if fact.superseded_at is None and (fact.valid_to is None or fact.valid_to > on):
            stands[fact.fact_type] = fact
    counts = state_of(review, on=on) in COUNTS
    found = []
    for name in names:
        try:
            kind = packs.fact_type(name)
        except KeyError:
            continue
        fact_ = stands.get(name) if counts else None
        value = None if fact_ is None else read(kind, fact_.value)
        found.append(Outcome(kind, value, None if fact_ is None else fact_.valid_from, name in moved))
    return found


def open_findings(reviews: Iterable[Review]) -> Mapping[int, list[ReviewFinding]]:
    """Per review the findings that a second person confirmed and that are neither mended nor accepted, by term."""
    rows = ReviewFinding.objects.filter(
        question__review__in=[each.pk for each in reviews], question__left_out_because="", confirmed_at__isnull=False,
        dropped_at__isnull=True, mended_on__isnull=True, accepted_on__isnull=True,
    )  # fmt: skip
    found: dict[int, list[ReviewFinding]] = {}
    for each in rows.select_related("question"):
        found.setdefault(each.question.review_id, []).append(each)
    return found


def _facts(review: Review) -> list[Fact]:
    if review.subject_id is None:
        return []
    return list(Fact.objects.filter(subject=review.subject_id).order_by("pk"))


def _moved(fact: Fact, since: date) -> bool:
    """Whether a fact came or went after a day."""
    return fact.recorded_at > since or (fact.superseded_at is not None and fact.superseded_at > since)
