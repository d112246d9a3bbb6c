"""Telling the ledger what contracts, services, proof and findings say of suppliers; what did not change costs nothing.

What we told and no longer follows ends, and so does what an award told, when the contract that came of it is over. What persons
said is theirs: it is neither taken over nor ended.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from dijkwacht.apps.ledger import runs, values
from dijkwacht.apps.ledger.models import Evidence, Fact, Subject
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.facts import Observed, observe
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Supplier
from dijkwacht.apps.suppliers.queries.known import known_of, pressed_by_time, registered_in
from dijkwacht.apps.suppliers.queries.tenders import over_in
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin
from dijkwacht.core.suppliers.supplier_facts import OF_SUPPLIER, REGISTERED, facts_of
from dijkwacht.norms.read import norms_on
from dijkwacht.web.moments import day_of

SOURCE = "suppliers"
AGAIN = timedelta(days=20)
"""How often what did not change is said again where it goes stale by itself."""
ROUND = 30
"""In as many days `settle_all` comes past everybody, whatever the days of contracts and proof."""
BACK = timedelta(days=7)
"""So many days back `settle_all` looks, for when it did not run."""
SOME = 500

Question = tuple[int, str]  # a subject and a fact type


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What ought to stand: as it is stored, how sure, and the files that show it."""

    value: Any
    assurance: Assurance
    files: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    """What is to be done: say anew, say again, end."""

    new: Mapping[Question, _Wanted]
    again: Mapping[Question, _Wanted]
    ended: tuple[Fact, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.again or self.ended)


def settle(organisation: Organisation, *, at: datetime, suppliers: Collection[int] | None = None) -> Observed | None:
    """Tells what is otherwise than the ledger has it from this room; None when nothing is.

    ``suppliers``: only what is about these, by number (None: all); whether everybody has a contract is always looked at.
    Call it within the transaction of what changed, after that was written.
    """
    with transaction.atomic():
        lock(organisation)
        on = day_of(at)
        judging.own_subject(organisation, on=on)
        found = _differences({organisation.pk: suppliers}, on=on)
        return _tell(organisation, found, on=on, at=at) if found else None


def settle_all(*, at: datetime) -> int:
    """The same for everybody with suppliers, after time alone changed something; how many had something to tell. For `tick`.

    Only suppliers of whom a contract, a service or a proof began or ended in the last days are looked at, and each day the
    next part of the others, so that in `ROUND` days everybody was. All are compared at once and without a lock; who differs
    is then settled.
    """
    on, told = day_of(at), 0
    rows = _whose_turn(on)
    numbers = sorted(rows)
    for start in range(0, len(numbers), SOME):
        some: dict[int, list[int]] = defaultdict(list)
        for pk in numbers[start : start + SOME]:
            some[rows[pk]].append(pk)
        found = _differences(some, on=on)
        subjects = {subject for subject, _ in (*found.new, *found.again)} | {each.subject_id for each in found.ended}
        differ = Subject.objects.filter(pk__in=subjects).values("organisation")
        for each in Organisation.objects.filter(pk__in=differ).order_by("pk"):
            told += settle(each, at=at, suppliers=some[each.pk]) is not None
    return told


def _whose_turn(on: date) -> dict[int, int]:
    """The suppliers to look at on a day, each with its organisation."""
    turn = [(on - timedelta(days=n)).toordinal() % ROUND for n in range(3)]
    direct = Supplier.objects.filter(subject__isnull=False)
    by_turn = direct.annotate(turn=F("pk") % ROUND).filter(turn__in=turn).values_list("pk", "organisation")
    pressed = sorted(pressed_by_time(on=on, back=BACK))
    parts = [pressed[start : start + SOME] for start in range(0, len(pressed), SOME)]
    by_time = (row for part in parts for row in direct.filter(pk__in=part).values_list("pk", "organisation"))
    return dict([*by_turn, *by_time])


def _differences(suppliers: Mapping[int, Collection[int] | None], *, on: date) -> _Found:
    """What the register says beside what the ledger has from it. ``suppliers``: per organisation which; None for all."""
    found = Supplier.objects.filter(organisation__in=suppliers, subject__isnull=False)
    if all(each is not None for each in suppliers.values()):
        found = found.filter(pk__in=[pk for each in suppliers.values() for pk in each or ()])
    subjects: dict[int, int] = dict(found.values_list("pk", "subject"))
    known = norms_on(on).fact_types
    wanted = {each: what for each, what in _wanted(suppliers, subjects, on) if each[1] in known}
    return _compared(wanted, _standing(suppliers, {*subjects.values()}), _over(suppliers, subjects, on), on=on)


def _wanted(
    organisations: Collection[int], subjects: Mapping[int, int], on: date
) -> Iterator[tuple[Question, _Wanted]]:
    own = Subject.objects.filter(organisation__in=organisations, kind="organisation").values_list("organisation", "pk")
    answers = registered_in(organisations, on=on)
    for organisation, subject in own:
        if organisation in answers:  # the register itself is what it is about
            yield (subject, REGISTERED), _Wanted(answers[organisation], Assurance.MEASURED)
    numbers = list(subjects)
    for start in range(0, len(numbers), SOME):
        for supplier, known in known_of(numbers[start : start + SOME], on=on).items():
            for name, told in facts_of(known, on=on).items():
                sure = Assurance.DOCUMENTED if told.documented else Assurance.STATED
                yield (subjects[supplier], name), _Wanted(values.to_stored(told.value), sure, told.files)


def _standing(organisations: Collection[int], subjects: Collection[int]) -> list[Fact]:
    """What the ledger has from us about these subjects, and about the organisations themselves."""
    rows = Fact.objects.filter(
        organisation__in=organisations, fact_type__in=(*OF_SUPPLIER, REGISTERED), said_by=SOURCE,
        origin=Origin.MEASUREMENT, superseded_at__isnull=True, valid_to__isnull=True,
    )  # fmt: skip
    found = rows.select_related("subject").prefetch_related("evidence").order_by("pk")
    if len(subjects) <= SOME:
        found = found.filter(Q(subject__in=subjects) | Q(fact_type=REGISTERED))
    return [each for each in found if each.subject_id in subjects or each.fact_type == REGISTERED]


def _over(organisations: Collection[int], subjects: Mapping[int, int], on: date) -> list[Fact]:
    """What awards told of these suppliers and stands, while no contract carries it any more."""
    tenders = over_in(organisations, subjects, on=on)
    if not tenders:
        return []
    rows = Fact.objects.filter(
        organisation__in=organisations, said_by__in={said_by_award(each) for each in tenders}, origin=Origin.IMPORT,
        superseded_at__isnull=True, valid_to__isnull=True,
    )  # fmt: skip
    about = set(subjects.values())
    return [each for each in rows.select_related("subject").order_by("pk") if each.subject_id in about]


def said_by_award(tender: int) -> str:
    """How the ledger names what the award of a tender told."""
    return f"tender:{tender}"


def _compared(
    wanted: Mapping[Question, _Wanted], standing: Collection[Fact], over: Collection[Fact], *, on: date
) -> _Found:
    new, again, ended, ages = dict(wanted), dict[Question, _Wanted](), list(over), _aging(on)
    for fact in standing:
        question = (fact.subject_id, fact.fact_type)
        has = _Wanted(fact.value, Assurance(fact.assurance), frozenset(each.pk for each in fact.evidence.all()))
        if new.get(question) != has:
            ended.append(fact)
            continue
        del new[question]
        seen = runs.last(fact.observed) or fact.valid_from
        if fact.fact_type in ages and on - seen >= AGAIN:
            again[question] = has
    return _Found(new, again, tuple(ended))


def _aging(on: date) -> frozenset[str]:
    """The fact types of ours that go stale by themselves."""
    known = norms_on(on).fact_types
    return frozenset(name for name in (*OF_SUPPLIER, REGISTERED) if name in known and known[name].shelf_life)


def _tell(organisation: Organisation, found: _Found, *, on: date, at: datetime) -> Observed:
    """Carries it out in one act. What is said again goes without its files: they stand with it already."""
    pairs = {**found.new, **found.again}
    subjects = Subject.objects.in_bulk({subject for subject, _ in pairs})
    files = Evidence.objects.in_bulk({pk for each in found.new.values() for pk in each.files})
    said = [
        Said(
            subjects[subject], name, what.value, Origin.MEASUREMENT, what.assurance, said_by=SOURCE,
            evidence=tuple(files[pk] for pk in sorted(what.files)) if (subject, name) in found.new else (),
        )
        for (subject, name), what in sorted(pairs.items(), key=lambda row: row[0])
    ]  # fmt: skip
    return observe(organisation, observations=said, source=SOURCE, on=on, at=at, ended=found.ended)
