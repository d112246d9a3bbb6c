"""Importing a self-assessment or answers from a workbook: all of it or nothing, in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dijkwacht.apps.ledger.digests import claim_digest
from dijkwacht.apps.ledger.models import Claim, Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import Act, acting
from dijkwacht.apps.ledger.services.facts import after
from dijkwacht.apps.ledger.services.judging import Change
from dijkwacht.apps.ledger.services.recording import BATCH, Refusal, Said, record_all
from dijkwacht.apps.ledger.services.tallying import Move
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.facts import Assurance
from dijkwacht.core.intake_claims import answers_from_claims
from dijkwacht.core.intake_plan import Answered, Derived, Plan
from dijkwacht.core.intake_plan import Claim as Claimed
from dijkwacht.core.judge import Judgement
from dijkwacht.core.recording import Origin, Outcome


@dataclass(frozen=True, slots=True)
class Source:
    """Where an import comes from: the file's name, its SHA-256, and in words what it is."""

    name: str
    sha256: str
    origin: Origin = Origin.SELF_ASSESSMENT


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. ``outcomes``: how many facts were recorded, unchanged, outdated; ``derived``: what followed."""

    claims: int
    claims_unchanged: int
    outcomes: dict[Outcome, int]
    derived: Derived
    verdicts_changed: tuple[Change, ...]
    accounts_moved: tuple[Move, ...]
    act: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What an import did to the claims: those it made, and those that no longer stand."""

    made: tuple[Claim, ...]
    closed: tuple[int, ...]

    def detail(self, slug: str) -> dict[str, Any]:
        """As its entry in the trail tells it; queries/verify_register.py reads this back."""
        made = {str(row.pk): claim_digest(row, slug) for row in self.made}
        return {"claims_made": made, "claims_closed": sorted(self.closed)}


def derive(organisation: Organisation, *, plan: Plan, on: date) -> Derived:
    """What the claims of a plan say about facts, with what is known now; for the preview. Writes nothing."""
    packs = packs_on(on)
    world = gather(organisation, packs=packs, known_at=on).world
    return answers_from_claims(Judgement(packs.norms, world, on=on, known_at=on), plan.claims)


def record_claims(
    organisation: Organisation,
    *,
    plan: Plan,
    source: Source,
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
) -> Imported:
    """Carries out a plan: claims are kept as claims, and what follows from them is recorded as *stated*.

    Raises Refusal (plan: it has problems or is empty; subject: unknown key), and whatever ``record_all`` raises; then
    nothing of it is recorded.
    """
    if not plan.ok:
        raise Refusal("plan")
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        judging.ensure_judged(organisation, on=on)
        subjects = _subjects(organisation, on)
        derived = derive(organisation, plan=plan, on=on)
        kept = _keep(act, plan.claims, subjects, source)
        same = len(plan.claims) - len(kept.made)
        said = [*_implied(derived, plan, subjects), *_answered(plan.answers, subjects, organisation.slug)]
        written = record_all(act, list(_once(said).values()))
        judged = after(act, written, [(each.subject, each.fact_type) for each in said])
        outcomes = dict.fromkeys(Outcome, 0)
        for each in written.recorded:
            outcomes[each.decision.outcome] += 1
        detail = {
            "file": source.name[:200], "sha256": source.sha256, "claims": len(kept.made), "claims_unchanged": same,
            "outcomes": {str(key): count for key, count in outcomes.items()}, "turned": len(judged.changes),
            **kept.detail(organisation.slug), **written.detail(organisation.slug),
        }  # fmt: skip
        act.write("import", about=f"file:{source.sha256}", detail=detail)
    return Imported(len(kept.made), same, outcomes, derived, judged.changes, judged.moves, act.number)


def _subjects(organisation: Organisation, on: date) -> dict[str, Subject]:
    judging.own_subject(organisation, on=on)
    rows = Subject.objects.filter(organisation=organisation, archived_at__isnull=True)
    return {subject.key: subject for subject in rows}


def _subject(subjects: dict[str, Subject], key: str) -> Subject:
    if key not in subjects:
        raise Refusal("subject", key=key)
    return subjects[key]


def _implied(derived: Derived, plan: Plan, subjects: dict[str, Subject]) -> list[Said]:
    """What follows from the claims, with the day, owner and explanation of the first line that says so."""
    lines: dict[tuple[str, str], Claimed] = {}
    for claim in plan.claims:
        for key in {
            claim.subject or "",
            "",
        }:  # what is about the organisation rests on the first line, whatever its subject
            lines.setdefault((claim.requirement, key), claim)
    said = []
    for each in derived.answers:
        name = each.requirements[0]
        claim = lines.get((name, each.subject)) or lines[name, ""]
        said.append(
            Said(
                _subject(subjects, each.subject), each.fact_type, each.value, Origin.SELF_ASSESSMENT, Assurance.STATED,
                day=claim.day, said_by=claim.owner, explanation=_texts(claim),
            )
        )  # fmt: skip
    return said


def _answered(answers: Sequence[Answered], subjects: dict[str, Subject], own: str) -> list[Said]:
    """Rows that answer a question themselves."""
    return [
        Said(
            _subject(subjects, each.subject or own), each.fact_type, each.value, Origin.IMPORT, Assurance.STATED,
            day=each.day, said_by=each.owner, explanation=_texts(each),
        )
        for each in answers
    ]  # fmt: skip


def _texts(line: Claimed | Answered) -> str:
    """The explanation of a row, with the evidence that it names: it is a note, the file itself is not here."""
    return "\n".join(text for text in (line.explanation, line.evidence) if text)


def _once(said: Sequence[Said]) -> dict[tuple[int, str], Said]:
    """One saying per question: a row that answers it itself goes before what follows from a claim."""
    return {(each.subject.pk, each.fact_type): each for each in said}


def _keep(act: Act, claims: Sequence[Claimed], subjects: dict[str, Subject], source: Source) -> Kept:
    """Keeps the claims themselves, replacing what was claimed before; what was there already is left as it is."""
    standing = {
        (row.requirement, row.subject_id): row
        for row in Claim.objects.filter(organisation=act.organisation, superseded_at__isnull=True)
    }
    own = subjects[act.organisation.slug]
    new: list[Claim] = []
    over: list[int] = []
    for each in claims:
        row = _claim(act, each, subjects.get(each.subject or "", own), source)
        before = standing.get((row.requirement, row.subject_id))
        if before is not None and _content(before) == _content(row):
            continue
        if before is not None:
            over.append(before.pk)
        new.append(row)
    Claim.objects.filter(pk__in=over).update(superseded_at=act.on)
    Claim.objects.bulk_create(new, batch_size=BATCH)
    return Kept(tuple(new), tuple(over))


def _claim(act: Act, claim: Claimed, subject: Subject, source: Source) -> Claim:
    return Claim(
        organisation=act.organisation,
        requirement=claim.requirement,
        subject=subject,
        answer=claim.answer,
        explanation=claim.explanation.replace("\0", ""),
        evidence_note=claim.evidence.replace("\0", ""),
        answered_on=claim.day or act.on,
        owner_name=claim.owner[:200],
        source=source.name[:250],
        recorded_at=act.on,
    )


def _content(claim: Claim) -> tuple[Any, ...]:
    return claim.answer, claim.explanation, claim.evidence_note, claim.answered_on, claim.owner_name
