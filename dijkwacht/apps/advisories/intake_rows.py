"""Rows of the pages of the intake, ready to show."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.advisories import intake_words as say
from dijkwacht.apps.advisories.models import Document, DocumentState, Provider, ProviderKind
from dijkwacht.web.advisory_problem_words import hash_word, signature_word, weight_word

GRAVE = ("fatal", "grave")
SHOWN = 3  # reasons with a document in a list


def source_row(row: Provider) -> dict[str, Any]:
    """A source: where it is, how its last run went, what is demanded."""
    return {
        "source": row, "trouble": say.trouble_sentence(row.trouble), "demands": say.demand_words(row.must),
        "where": row.url, "fetches": row.kind != ProviderKind.HAND, "live": row.ended_at is None,
        "web": row.kind == ProviderKind.WEB,
    }  # fmt: skip


def document_row(row: Document) -> dict[str, Any]:
    """A document in a list, with the first reasons why it was set aside."""
    grave = [each for each in row.findings if each["weight"] in GRAVE]
    shown = grave or row.findings
    return {
        "document": row, "title": row.title or row.number or row.name, "readable": readable(row),
        "aside": row.state == DocumentState.ASIDE, "reasons": [say.finding_sentence(each) for each in shown[:SHOWN]],
        "more": max(0, len(row.findings) - SHOWN),
    }  # fmt: skip


def readable(row: Document) -> bool:
    """Whether anything in it can be read: then a person may let it be read."""
    return bool(row.form)


def document_page(row: Document) -> dict[str, Any]:
    """All that is known of a document."""
    return {
        "document": row, "title": row.title or row.number or row.name, "answer": say.state_sentence(row),
        "aside": row.state == DocumentState.ASIDE, "readable": readable(row), "hashed": hash_word(row.hashed),
        "signed": signature_word(row.signed), "findings": _by_weight(row.findings),
    }  # fmt: skip


def _by_weight(findings: Iterable[dict[str, Any]]) -> list[tuple[str, bool, list[str]]]:
    """The findings by what they cost: the word for that, whether it set the document aside, and their sentences."""
    told = list(findings)
    grouped = [
        (weight, [say.finding_sentence(each) for each in told if each["weight"] == weight])
        for weight in (*GRAVE, "note")
    ]
    words = {"note": _("Noted")}
    return [
        (words.get(weight) or weight_word(weight), weight in GRAVE, sentences)
        for weight, sentences in grouped
        if sentences
    ]
