"""The papers of a statement as they would be, to read before it is signed. Each says that it is a concept."""

from datetime import UTC, date, datetime

from dijkwacht.adapters import documents
from dijkwacht.apps.accountability.document_words import document_words
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.queries.composing import mark_of
from dijkwacht.apps.accountability.queries.files import Document
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.chain import Seal
from dijkwacht.core.statement import Statement


def papers(account: str) -> list[Document]:
    """The papers of an account that people read before they sign; they are made when they are asked for."""
    return [Document(name, 0, name in documents.PUBLIC) for name in documents.to_read(account)]


def concept(
    organisation: Organisation, live: statements.Live, name: str, *, known_at: date, at: datetime, language: str
) -> bytes | None:
    """One paper of an account as it is now, as PDF; None for a name that is none of ``documents.to_read``."""
    if name not in documents.to_read(live.account.id):
        return None
    packs = packs_on(live.on)
    statement = Statement(
        "", 0, mark_of(organisation), live.account.id, live.subject, live.on, known_at, at.astimezone(UTC).replace(microsecond=0),
        Seal(0, ""), dict(packs.norms.versions), packs.fingerprint, live.lines,
    )  # fmt: skip
    before = statements.opened(live.before) if live.before else None
    words = document_words(packs.norms, language=language)
    return documents.product(name, statement, packs.norms, words=words, root="", before=before)
