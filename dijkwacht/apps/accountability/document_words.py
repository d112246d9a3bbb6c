"""The words of the pages, for documents: they come in one language, whatever the language of the page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from dijkwacht.adapters.documents import Names
from dijkwacht.apps.ledger.choices import ClaimAnswer
from dijkwacht.apps.ledger.values import read
from dijkwacht.apps.ledger.words import asked, asked_register, register_kind
from dijkwacht.core.catalog import Norms
from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.core.verdict import Reason, Status
from dijkwacht.web import terms, words
from dijkwacht.web.speakers import speaker


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """``adapters.documents.Words`` by the words of the pages; every call turns to the language and back."""

    norms: Norms
    language: str

    def status(self, status: Status) -> str:
        """``niet op orde``."""
        with override(self.language):
            return terms.status_word(status)

    def assurance(self, level: Assurance) -> str:
        """``op papier``."""
        with override(self.language):
            return terms.assurance_word(level)

    def shows(self, level: Shows) -> str:
        """``bestaan``."""
        with override(self.language):
            return terms.shows_word(level)

    def reason(self, reason: Reason, names: Names) -> str:
        """One whole sentence."""
        with override(self.language):
            return words.reason_sentence(reason, self.norms, names)

    def question(self, fact_type: str, subject: str, names: Names) -> str:
        """What was asked; the id of a fact type that the packs do not know."""
        with override(self.language):
            if found := self.norms.fact_types.get(fact_type):
                return asked(found, subject, names)
            return asked_register(fact_type) if register_kind(fact_type) else fact_type

    def value(self, fact_type: str, value: Any, names: Names) -> str:
        """What was answered; ``value`` as the ledger keeps it."""
        found = self.norms.fact_types.get(fact_type)
        with override(self.language):
            return terms.value_words(found, read(found, value) if found else value, names)

    def origin(self, origin: str) -> str:
        """Where an answer came from."""
        with override(self.language):
            return terms.origin_word(origin)

    def speaker(self, said_by: str) -> str:
        """Who said it; on paper a measurement has no link."""
        with override(self.language):
            return speaker(said_by)

    def role(self, role: str) -> str:
        """The role of somebody who signs."""
        with override(self.language):
            return terms.role_word(role)

    def claim(self, answer: str) -> str:
        """What a self-assessment said."""
        with override(self.language):
            return str(ClaimAnswer(answer).label) if answer in ClaimAnswer.values else answer


def document_words(norms: Norms, *, language: str = "nl") -> DocumentWords:
    """The words for documents in a language, ``nl`` or ``en``, by the packs of these norms."""
    return DocumentWords(norms, language)
