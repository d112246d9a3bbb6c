"""The queue and the page of an advisory, made ready for the screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.apps.advisories import triage_words
from dijkwacht.apps.advisories.models import Advisory, Decision, Document, DocumentState, Text, Told, Weakness
from dijkwacht.apps.advisories.queries import reaching
from dijkwacht.apps.advisories.services import weighing
from dijkwacht.apps.advisories.services.drafting import product_words, products_told, summary_of
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.core.advisories.problems import Problem
from dijkwacht.core.advisories.revision import newest
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.shapes import Rating, Vulnerability
from dijkwacht.norms.advisories import priority_table
from dijkwacht.web.advisory_problem_words import problem_sentence
from dijkwacht.web.priority_words import one_week_sentences, priority_sentences
from dijkwacht.web.rating_words import rating_word
from dijkwacht.web.revision_words import change_sentences, summary_sentence

MOST_REVISIONS = 10
MOST_PRODUCTS = 50
MOST_WEAKNESSES = 50


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An advisory in the queue. ``chosen``: ticked to be decided with others; ``open``: it may be."""

    advisory: Advisory
    why: list[str]
    ratings: list[str]
    state: str
    open: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class WeaknessRow:
    """A weakness with all that is said of it, and the other advisories of this desk that are about the same."""

    weakness: Vulnerability
    ratings: list[tuple[str, str, str]]
    same: list[Advisory]


@dataclass(frozen=True, slots=True)
class Revision:
    """A document of an advisory, and what it changed to the one before."""

    document: Document
    current: bool
    changes: list[str]
    follows: str


def queue_rows(advisories: Iterable[Advisory], chosen: Iterable[int] = ()) -> list[QueueRow]:
    """The rows of a page of the queue."""
    ticked = set(chosen)
    return [
        QueueRow(
            each, triage_words.why_words(each), triage_words.ratings_words(each), triage_words.state_words(each),
            each.decision in (Decision.OPEN, Decision.WAIT), each.pk in ticked,
        )
        for each in advisories
    ]  # fmt: skip


def page_of(
    advisory: Advisory, visible: QuerySet[Advisory], documents: QuerySet[Document], served: Sequence[int]
) -> dict[str, Any]:
    """All that the page of an advisory shows of its document; nothing of one that has none.

    ``visible``, ``documents``: what the person who looks may see of this desk.
    """
    if advisory.document is None:
        return {}
    content = content_of(advisory.document)
    lists = weighing.enriched(each.cve for each in content.vulnerabilities)
    owned = reaching.owners(advisory, served)
    return {
        "summary": summary_of(content), "notes": content.notes, "references": content.references,
        "level_why": priority_sentences(weighing.weighed(content, lists=lists), priority_table(), get_language() or "nl"),
        "when_exposed": reaching.level_when_exposed(content),
        "week": one_week_sentences(weighing.short_term(content), priority_table()),
        "ratings": [(*_words(each), each.value) for each in content.ratings],
        "weaknesses": _weaknesses(advisory, content, lists, visible),
        "more_weaknesses": _beyond(content.vulnerabilities, MOST_WEAKNESSES),
        "products": _products(content, owned), "more_products": _beyond(owned, MOST_PRODUCTS),
        "revisions": _revisions(advisory, documents), "findings": [_finding(each) for each in advisory.document.findings],
    }  # fmt: skip


def _beyond(rows: Sequence[Any], most: int) -> int:
    return max(len(rows) - most, 0)


def _words(rating: Rating) -> tuple[str, str, str]:
    """Label, value and source."""
    score = base_score(rating.scheme, rating.value) if rating.scheme.startswith("cvss-") else None
    return rating_word(rating, score)


def _weaknesses(
    advisory: Advisory, content: Content, lists: Mapping[str, tuple[Rating, ...]], visible: QuerySet[Advisory]
) -> list[WeaknessRow]:
    shown = content.vulnerabilities[:MOST_WEAKNESSES]
    same: dict[str, list[Advisory]] = {}
    rows = Weakness.objects.filter(cve__in=[each.cve for each in shown if each.cve], advisory__in=visible)
    for row in rows.exclude(advisory=advisory).select_related("advisory").order_by("-advisory__changed_at", "pk"):
        same.setdefault(row.cve, []).append(row.advisory)
    return [
        WeaknessRow(
            each, [_words(one) for one in (*each.ratings, *lists.get(each.cve, ()))], same.get(each.cve, [])[:5]
        )
        for each in shown
    ]


def _products(content: Content, owned: Sequence[tuple[Told, int]]) -> list[tuple[str, list[str], int]]:
    """Vendor with product, how the document writes what of it is touched, and how many organisations have it."""
    written: dict[tuple[str, str], list[str]] = {}
    for line in products_told(content):
        written.setdefault((line.vendor[:300], line.product[:300]), []).append(product_words(line))
    return [
        (str(row), list(dict.fromkeys(written.get((row.vendor, row.product), [])))[:5], number)
        for row, number in owned[:MOST_PRODUCTS]
    ]


def _revisions(advisory: Advisory, documents: QuerySet[Document]) -> list[Revision]:
    """The newest first; of each what it turned against the one that counted before."""
    read = documents.filter(advisory=advisory, state=DocumentState.READ).order_by("-revised", "-pk")
    rows = list(read[: MOST_REVISIONS + 1])
    said = {row.pk: content_of(row) for row in rows}
    found = []
    for place, row in enumerate(rows[:MOST_REVISIONS]):
        before = said[rows[place + 1].pk] if place + 1 < len(rows) else None
        turned = (
            weighing.turned(before, said[row.pk]) if before is not None and _is_newer(said[row.pk], before) else None
        )
        found.append(
            Revision(
                row, row.pk == advisory.document_id, change_sentences(turned) if turned else [],
                summary_sentence(turned) if turned else "",
            )
        )  # fmt: skip
    return found


def _is_newer(one: Content, other: Content) -> bool:
    return newest((other, one)) is one


def _finding(found: Mapping[str, Any]) -> str:
    return problem_sentence(Problem(found["code"], found["path"], found["weight"], found["params"]))


def texts_shown(advisory: Advisory) -> list[Text]:
    """The newest text for each audience, with who wrote it."""
    found: dict[str, Text] = {}
    for row in Text.objects.filter(advisory=advisory).select_related("by").order_by("at", "pk"):
        found[row.audience] = row
    return list(found.values())
