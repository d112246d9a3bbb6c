"""The paper of a tender, to send or to fill in: text, workbook, PDF or data, in Dutch or English.

The same lines give the same bytes. What was sent out stands in the ledger; other forms of it are made from the same lines.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from dijkwacht.adapters.documents.wording import text_of
from dijkwacht.adapters.suppliers_out import tender as papers
from dijkwacht.adapters.suppliers_out.tender import Answered, SetMark, TenderPaper
from dijkwacht.adapters.suppliers_out.tender import TenderLine as PaperLine
from dijkwacht.adapters.suppliers_out.tender_form import ods
from dijkwacht.adapters.suppliers_out.tender_paper import link_words
from dijkwacht.apps.suppliers.models import Tender, TenderLine, TenderState
from dijkwacht.apps.suppliers.queries.tenders import OWN, by_order, derived_of, set_of, texts
from dijkwacht.core.catalog import Norms
from dijkwacht.core.days import Duration
from dijkwacht.core.suppliers.asking import RequirementSet
from dijkwacht.core.suppliers.procurement import Weight
from dijkwacht.core.suppliers.tendering import Derived
from dijkwacht.norms.read import norms_on
from dijkwacht.web.moments import day_of, duration_words

LANGUAGES = ("nl", "en")
WRITERS: Mapping[str, tuple[Callable[[TenderPaper], bytes], str]] = {
    "odt": (papers.odt, "application/vnd.oasis.opendocument.text"),
    "ods": (ods, "application/vnd.oasis.opendocument.spreadsheet"),
    "pdf": (papers.pdf, "application/pdf"),
    "json": (papers.as_json, "application/json"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file to save."""

    name: str
    media_type: str
    content: bytes


def written(tender: Tender, *, kind: str, language: str, on: date, final: bool = False) -> Written:
    """A tender as a file. ``on``: the day on it, for a draft. ``final``: as it goes out. Raises KeyError for another kind."""
    write, media_type = WRITERS[kind]
    name = slugify(tender.title)[:60] or "tender"
    content = write(paper_of(tender, language=language, on=on, final=final))
    return Written(f"{name}-{tender.pk}.{kind}", media_type, content)


def paper_of(tender: Tender, *, language: str, on: date, final: bool = False) -> TenderPaper:
    """What is asked, in one language. What a buyer must weigh beforehand stands in a draft only."""
    day = day_of(tender.sent_at) if tender.sent_at else on
    found, draft = set_of(tender.private_set), tender.state == TenderState.DRAFT and not final
    with override(language):
        lines = _Lines(found, norms_on(day), language, tender, draft=draft)
        edition = found.edition
        names = tuple(
            text_of(each.name, language) for each in found.parts if each.id in tender.parts or each.kind == "always"
        )
        context = tuple(
            Answered(each.id, text_of(each.question, language), tender.context.get(each.id)) for each in found.context
        )
        about = text_of(edition.about, language)
        asked = [each for each in by_order(tender) if not each.left_out_because]
        return TenderPaper(
            tender.title, tender.organisation.name, day, language, names,
            tuple(lines.line(n, each) for n, each in enumerate(asked, start=1)), context,
            SetMark(text_of(edition.name, language), tender.version, edition.licence),
            tuple(each for each in (tender.what, about) if each),
        )  # fmt: skip


class _Lines:
    """Lines of a tender as lines of a paper."""

    def __init__(self, found: RequirementSet, norms: Norms, language: str, tender: Tender, *, draft: bool) -> None:
        self._norms, self._language, self._tender, self._draft = norms, language, tender, draft
        self._themes = {each.id: text_of(each.name, language) for each in found.themes}
        self._parts = {each.id: text_of(each.name, language) for each in found.parts}
        self._by_id = found.by_id
        self._derived: Mapping[str, Derived] = derived_of(tender)

    def line(self, number: int, line: TenderLine) -> PaperLine:
        """One line; a note of ours stands under the text."""
        said, verify = texts(line, self._tender, self._language, self._by_id)
        added = _("Added to it")
        note = f"{said}\n{added}: {line.note}" if line.note else said
        follows, asked = self._derived.get(line.key), self._by_id.get(line.key)
        weight: Weight = "must" if line.weight == "must" else "wish"
        return PaperLine(
            number, line.key, tuple(self._parts.get(each, each) for each in line.parts), self._theme(line), weight, note,
            verify, tuple(link_words(each, self._norms, self._language) for each in line.links),
            duration_words(Duration(line.follow_months, 0)) if line.follow_months else "",
            follows.asked if follows else (), follows.replaced if follows else (),
            text_of(asked.uncertain, self._language) if asked and self._draft else "",
        )  # fmt: skip

    def _theme(self, line: TenderLine) -> str:
        return _("Added by ourselves") if line.theme == OWN else self._themes.get(line.theme, line.theme)


def links_words(links: Iterable[str], *, on: date, language: str) -> list[str]:
    """What a line serves, as people write it."""
    norms = norms_on(on)
    return [link_words(each, norms, language) for each in links]
