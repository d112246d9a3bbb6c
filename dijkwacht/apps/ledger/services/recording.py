"""Writing facts: what was decided of each saying is carried out in a few statements, however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dijkwacht.apps.ledger import runs, values
from dijkwacht.apps.ledger.digests import digest
from dijkwacht.apps.ledger.models import Evidence, Fact, Subject
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.ledger.services.act import Act
from dijkwacht.core.facts import STANDS_FOR, Assurance
from dijkwacht.core.recording import Decision, Held, Origin, Saying, decide, usual_assurance

Link = Fact.evidence.through
BATCH = 500


class Unknown(KeyError):
    """No pack in force knows this fact type."""


class Refusal(ValueError):
    """Something that cannot be recorded. ``code``: subject, future, reference."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Said:
    """Something said of one question. ``day``: on which it was said (None: today); the rest as in core/recording."""

    subject: Subject
    fact_type: str
    value: Any
    origin: Origin = Origin.PERSON
    assurance: Assurance | None = None
    since: date | None = None
    day: date | None = None
    correction: bool = False
    seen: int | None = None
    said_by: str = ""
    explanation: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a saying: the fact that now says it, None when it was outdated."""

    said: Said
    decision: Decision
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Written:
    """What an act did to the facts, as its entry in the trail tells it."""

    recorded: tuple[Recorded, ...]
    made: tuple[Fact, ...]
    closed: tuple[int, ...]
    touched: tuple[int, ...]

    def detail(self, slug: str) -> dict[str, Any]:
        """Digests of what was made, what was closed and what was seen again; queries/verify.py reads this back."""
        links = _evidence_of(fact.pk for fact in self.made)
        out: dict[str, Any] = {"facts": {str(f.pk): digest(f, slug, links.get(f.pk, ())) for f in self.made}}
        odd = {str(fact.pk): fact.observed for fact in self.made if fact.observed != runs.of(fact.recorded_at)}
        more = {"runs": odd, "closed": sorted(self.closed), "touched": sorted(self.touched)}
        return out | {key: value for key, value in more.items() if value}


def record_all(act: Act, said: Sequence[Said]) -> Written:
    """Records everything that was said in one act. Raises Unknown, Refusal, ValueFormError before anything is written."""
    packs = packs_on(act.on)
    questions = {(each.subject.pk, each.fact_type) for each in said}
    if len(questions) < len(said):
        raise ValueError("one question twice in one act")
    checked = [(each, _check(act, each, packs)) for each in said]
    standing = _standing(act, questions)
    decisions: list[Decision] = []
    for each, value in checked:
        held = standing.get((each.subject.pk, each.fact_type), [])
        decisions.append(decide([_held(fact, packs) for fact in held], _saying(act, each, value)))
    by_id = {fact.pk: fact for facts in standing.values() for fact in facts}
    closed = [pk for decision in decisions for pk in decision.close]
    kept = [_until(by_id[pk], day, act) for decision in decisions for pk, day in decision.keep]
    new = [
        None if decision.valid_from is None else _fact(act, each, value, decision.valid_from)
        for (each, value), decision in zip(checked, decisions, strict=True)
    ]
    close(act, closed)
    made = [*kept, *(fact for fact in new if fact is not None)]
    sources = [pk for decision in decisions for pk, _ in decision.keep]
    insert(made, _links(kept, sources, checked, new))
    touched = [decision.touch for decision in decisions if decision.touch is not None]
    _touch([by_id[pk] for pk in touched], act.on)
    recorded = tuple(
        Recorded(each, decision, by_id[decision.again] if decision.again is not None else fact)
        for each, decision, fact in zip(said, decisions, new, strict=True)
    )
    return Written(recorded, tuple(made), tuple(closed), tuple(touched))


def end_all(act: Act, facts: Sequence[Fact]) -> Written:
    """Ends facts that stand: before the day of the act they hold, from that day on they do not. Nothing takes their place."""
    gone = [fact.pk for fact in facts]
    kept = [_until(fact, act.on, act) for fact in facts if fact.valid_from < act.on]
    close(act, gone)
    insert(kept, _links(kept, [fact.pk for fact in facts if fact.valid_from < act.on], (), ()))
    return Written((), tuple(kept), tuple(gone), ())


def close(act: Act, facts: Sequence[int]) -> None:
    """Closes facts: from this day on they are no longer what is known."""
    if facts:
        Fact.objects.filter(pk__in=facts, superseded_at__isnull=True).update(
            superseded_at=act.on, superseded_act=act.number
        )


def insert(facts: Sequence[Fact], evidence: Sequence[tuple[Fact, Iterable[int]]]) -> None:
    """Writes new facts with their evidence (row numbers)."""
    Fact.objects.bulk_create(facts, batch_size=BATCH)
    rows = [Link(fact_id=fact.pk, evidence_id=pk) for fact, found in evidence for pk in found]
    if rows:
        Link.objects.bulk_create(rows, batch_size=BATCH)


def again(fact: Fact, act: Act, *, valid_to: date | None, observed: list[list[str]]) -> Fact:
    """The same fact, to be recorded anew in this act."""
    return Fact(
        organisation_id=fact.organisation_id, subject_id=fact.subject_id, fact_type=fact.fact_type, value=fact.value,
        valid_from=fact.valid_from, valid_to=valid_to, recorded_at=act.on, observed=observed, assurance=fact.assurance,
        origin=fact.origin, said_by=fact.said_by, person_id=fact.person_id, explanation=fact.explanation, act=act.number,
    )  # fmt: skip


def _check(act: Act, said: Said, packs: Packs) -> Any:
    """The engine's value of what was said. Raises Unknown, Refusal, ValueFormError."""
    try:
        fact_type = packs.fact_type(said.fact_type)
    except KeyError:
        raise Unknown(said.fact_type) from None
    subject = said.subject
    if (
        subject.organisation_id != act.organisation.pk
        or STANDS_FOR.get(subject.kind, subject.kind) != fact_type.subject
    ):
        raise Refusal("subject", kind=fact_type.subject)
    if (said.since or act.on) > act.on or (said.day or act.on) > act.on:
        raise Refusal("future")
    value = values.to_core(fact_type, said.value)
    if fact_type.value == "reference" and not _exists(act, value, fact_type.refers_to):
        raise Refusal("reference", key=value)
    return value


def _exists(act: Act, key: str, kind: str | None) -> bool:
    found = Subject.objects.filter(organisation=act.organisation, key=key, archived_at__isnull=True)
    return (found.filter(kind=kind) if kind else found).exists()


def _standing(act: Act, questions: set[tuple[int, str]]) -> dict[tuple[int, str], list[Fact]]:
    """The facts that stand, per question."""
    rows = Fact.objects.filter(
        organisation=act.organisation,
        superseded_at__isnull=True,
        fact_type__in=sorted({name for _, name in questions}),
        subject__in={pk for pk, _ in questions},
    )
    found: dict[tuple[int, str], list[Fact]] = {}
    for fact in rows.order_by("pk"):
        found.setdefault((fact.subject_id, fact.fact_type), []).append(fact)
    return found


def _held(fact: Fact, packs: Packs) -> Held:
    return Held(
        fact.pk, values.read(packs.fact_type(fact.fact_type), fact.value), fact.valid_from, fact.valid_to,
        Assurance(fact.assurance), Origin(fact.origin), runs.last(fact.observed) or fact.valid_from,
    )  # fmt: skip


def _saying(act: Act, said: Said, value: Any) -> Saying:
    return Saying(
        value, act.on, said.day or act.on, said.assurance or usual_assurance(said.origin, proven=bool(said.evidence)),
        said.origin, said.since, said.correction, bool(said.evidence), said.seen,
    )  # fmt: skip


def _fact(act: Act, said: Said, value: Any, valid_from: date) -> Fact:
    return Fact(
        organisation=act.organisation,
        subject=said.subject,
        fact_type=said.fact_type,
        value=values.to_stored(value),
        valid_from=valid_from,
        recorded_at=act.on,
        observed=runs.of(said.day or act.on),
        assurance=said.assurance or usual_assurance(said.origin, proven=bool(said.evidence)),
        origin=said.origin,
        said_by=(said.said_by or ("" if act.person else act.actor))[:200],
        person=None if said.said_by else act.person,
        explanation=said.explanation.replace("\0", ""),
        act=act.number,
    )


def _until(fact: Fact, day: date, act: Act) -> Fact:
    return again(fact, act, valid_to=day, observed=runs.before(fact.observed, day))


def _links(
    kept: Sequence[Fact],
    sources: Sequence[int],
    checked: Sequence[tuple[Said, Any]],
    new: Sequence[Fact | None],
) -> list[tuple[Fact, Iterable[int]]]:
    """Which evidence goes with which new fact: what is recorded again keeps its own."""
    old = evidence_ids(sources)
    links: list[tuple[Fact, Iterable[int]]] = [
        (fact, old.get(source, ())) for fact, source in zip(kept, sources, strict=True)
    ]
    for (said, _), fact in zip(checked, new, strict=True):
        if fact is not None:
            links.append((fact, dict.fromkeys(each.pk for each in said.evidence)))
    return links


def evidence_ids(facts: Sequence[int]) -> dict[int, list[int]]:
    """Per fact the row numbers of its evidence."""
    found: dict[int, list[int]] = {}
    if facts:
        for fact, evidence in Link.objects.filter(fact__in=facts).values_list("fact_id", "evidence_id"):
            found.setdefault(fact, []).append(evidence)
    return found


def _evidence_of(facts: Iterable[int]) -> dict[int, list[str]]:
    """Per fact the SHA-256 of its evidence."""
    found: dict[int, list[str]] = {}
    for fact, sha in Link.objects.filter(fact__in=list(facts)).values_list("fact_id", "evidence__sha256"):
        found.setdefault(fact, []).append(sha)
    return found


def _touch(facts: Sequence[Fact], day: date) -> None:
    for fact in facts:
        fact.observed = runs.seen_again(fact.observed, day)
    if len(facts) == 1:
        Fact.objects.filter(pk=facts[0].pk, superseded_at__isnull=True).update(observed=facts[0].observed)
    elif facts:
        Fact.objects.bulk_update(facts, ["observed"], batch_size=BATCH)
