"""The digest of a fact: what its entry in the trail says of it, so that a change behind our back is seen."""

from collections.abc import Iterable
from hashlib import sha256

from dijkwacht.apps.ledger.models import Fact
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
