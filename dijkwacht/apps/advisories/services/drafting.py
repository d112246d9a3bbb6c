"""What a desk might write of an advisory, for each audience: drafted from its document, for an analyst to correct."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.apps.advisories.models import Audience
from dijkwacht.apps.advisories.services import weighing
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.shapes import ProductLine, Remedy, Vulnerability
from dijkwacht.norms.advisories import priority_table
from dijkwacht.web.csaf_words import remedy_word
from dijkwacht.web.moments import duration_words
from dijkwacht.web.rating_words import rating_word
from dijkwacht.web.version_words import in_words

MOST = 20  # lines of one kind; of the rest their number is told
TOLD_ABOUT = ("affected", "investigated", "unknown")


def draft_of(content: Content, audience: str, *, language: str = "nl") -> str:
    """The text for an audience (`technical`, `management`), in a language. What the document quotes stays as it is written there.

    Raises ValueError for another audience.
    """
    with override(language):
        if audience == Audience.TECHNICAL:
            return _together(_technical(content))
        if audience == Audience.MANAGEMENT:
            return _together(_management(content))
    raise ValueError(f"no audience {audience}")


def summary_of(content: Content) -> str:
    """What the document says that it is about: its summary, else its first description; nothing when it has neither."""
    notes = [*content.notes, *(note for each in content.vulnerabilities for note in each.notes)]
    for kind in ("summary", "description"):
        for note in notes:
            if note.kind == kind and note.text.strip():
                return note.text.strip()
    return ""


def products_told(content: Content) -> list[ProductLine]:
    """The products of which it says that they are affected, or might be; all where it says of none."""
    told = {said.product for each in content.vulnerabilities for said in each.said if said.status in TOLD_ABOUT}
    return [line for id_, line in content.products.items() if id_ in told or not told]


def product_words(line: ProductLine) -> str:
    """A product as the document writes it, its versions in words."""
    told = line.name or " ".join(each for each in (line.vendor, line.product, line.version) if each) or line.id
    return in_words(told, line.version)


def _together(parts: Iterable[tuple[str, list[str]]]) -> str:
    """Each part under its heading; a part without lines is left out."""
    return "\n\n".join("\n".join([heading, *lines]) for heading, lines in parts if lines)


def _technical(content: Content) -> Iterator[tuple[str, list[str]]]:
    yield _("What is it"), [each for each in (content.title, summary_of(content)) if each]
    yield _("Which products and versions"), _listed(dict.fromkeys(map(product_words, products_told(content))))
    remedies = {_remedy(each): None for weak in content.vulnerabilities for each in weak.remedies}
    yield _("What to do"), _listed(remedies) or [_("The publisher gives no remedy yet.")]
    yield _("Weaknesses"), _listed(_weakness(each) for each in content.vulnerabilities)
    yield _("Read more"), _listed(dict.fromkeys(each.url for each in content.references if each.url))


def _management(content: Content) -> Iterator[tuple[str, list[str]]]:
    used = weighing.is_used(content, weighing.enriched(each.cve for each in content.vulnerabilities))
    yield _("What is it"), [content.title]
    happening = [summary_of(content)] if summary_of(content) else []
    yield _("What can happen"), happening + ([_("Attackers already use this weakness.")] if used else [])
    yield _("What must be decided"), [_decision(content)]
    yield _("By when"), [_by_when(content, used=used)]


def _decision(content: Content) -> str:
    kinds = {each.kind for weak in content.vulnerabilities for each in weak.remedies}
    if "vendor_fix" in kinds:
        return _("Whether the update is installed now, and whether the system may stand still for it.")
    if kinds & {"workaround", "mitigation"}:
        return _("Whether the temporary measure is taken, and what stops working then.")
    return _("Whether the system can be used safely as long as there is no remedy.")


def _by_when(content: Content, *, used: bool) -> str:
    week = weighing.short_term(content)
    if week.applies:
        term = duration_words(priority_table().term)
        return _("Within %(term)s after the warning: likelihood and damage are both high (BIO2 8.08.01).") % {
            "term": term
        }
    if used:
        return _("As soon as possible: the weakness is being used.")
    if week.applies is None:
        return _("Weigh likelihood and damage for your own organisation. Are both high, then it is due within a week.")
    return _("In the next round of updates.")


def _listed(lines: Iterable[str]) -> list[str]:
    told = [f"- {each}" for each in lines]
    left = len(told) - MOST
    if left <= 0:
        return told
    more = ngettext("- and %(n)d other", "- and %(n)d others", left) % {"n": left}
    return [*told[:MOST], more]


def _remedy(remedy: Remedy) -> str:
    told = f"{remedy_word(remedy.kind)}: {' '.join(remedy.details.split())}"
    return f"{told} {remedy.url}" if remedy.url else told


def _weakness(weakness: Vulnerability) -> str:
    parts = [weakness.cve or weakness.title or weakness.key]
    for each in weakness.ratings:
        if each.scheme.startswith("cvss-"):
            label, value, _source = rating_word(each, base_score(each.scheme, each.value))
            parts.append(f"{label}: {value}")
    if weakness.exploited:
        parts.append(_("is being used"))
    return ", ".join(parts)
