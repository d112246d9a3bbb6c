"""Evidence: a file comes in, is kept once under its SHA-256, and never changes."""

from datetime import date, datetime

from dijkwacht.apps.ledger import storage
from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.people.models import Organisation, Person


def add_evidence(
    organisation: Organisation,
    *,
    file: storage.Readable,
    name: str,
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
    made_on: date | None = None,
) -> Evidence:
    """Keeps a file; the same content again gives the row that is there already. ``made_on``: the day of the document.

    The file is written before the row: if the transaction fails, at most a content without a row is left, which hurts
    nobody. Raises storage.EvidenceError (empty, too_large) and Refusal (future).
    """
    if made_on is not None and made_on > on:
        raise Refusal("future")
    clean = storage.clean_name(name)
    content = storage.put(file, name=clean)
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        evidence, is_new = Evidence.objects.get_or_create(
            organisation=organisation,
            sha256=content.sha256,
            defaults={
                "name": clean, "media_type": content.media_type, "size": content.size, "made_on": made_on,
                "added_by": person, "added_at": at,
            },
        )  # fmt: skip
        if is_new:
            detail = {
                "id": evidence.pk, "sha256": content.sha256, "name": clean, "size": content.size,
                "media_type": content.media_type, "made_on": made_on,
            }  # fmt: skip
            act.write("evidence", about=f"evidence:{content.sha256}", detail=detail)
    return evidence
