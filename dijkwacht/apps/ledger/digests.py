"""Digests of facts and claims: what their entry in the trail says of them, so that a change behind our back is seen."""

from collections.abc import Iterable
from hashlib import sha256

from dijkwacht.apps.ledger.models import Claim, Fact
from dijkwacht.core import chain


def digest(fact: Fact, slug: str, evidence: Iterable[str]) -> str:
    """SHA-256 over everything of a fact that never changes, and the SHA-256 of its evidence."""
    content = {
        "organisation": slug, "id": fact.pk, "subject": fact.subject_id, "fact_type": fact.fact_type, "value": fact.value,
        "valid_from": fact.valid_from, "valid_to": fact.valid_to, "recorded_at": fact.recorded_at,
        "assurance": fact.assurance, "origin": fact.origin, "said_by": fact.said_by, "person": fact.person_id,
        "explanation": fact.explanation, "act": fact.act, "evidence": sorted(evidence),
    }  # fmt: skip
    return sha256(chain.canonical(content)).hexdigest()


def claim_digest(claim: Claim, slug: str) -> str:
    """SHA-256 over everything of a claim that never changes."""
    content = {
        "organisation": slug, "id": claim.pk, "requirement": claim.requirement, "subject": claim.subject_id,
        "answer": claim.answer, "explanation": claim.explanation, "evidence_note": claim.evidence_note,
        "answered_on": claim.answered_on, "owner_name": claim.owner_name, "source": claim.source,
        "recorded_at": claim.recorded_at,
    }  # fmt: skip
    return sha256(chain.canonical(content)).hexdigest()
