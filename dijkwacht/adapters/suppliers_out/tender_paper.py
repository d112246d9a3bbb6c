"""From a set of requirements and what is bought to the paper of a tender, in one language."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dijkwacht.adapters.documents.wording import text_of
from dijkwacht.adapters.suppliers_out.tender import Answered, SetMark, TenderLine, TenderPaper
from dijkwacht.core.catalog import Norms
from dijkwacht.core.days import Duration
from dijkwacht.core.suppliers.asking import RequirementSet
from dijkwacht.core.suppliers.procurement import Chosen, stacked


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for. ``parts``: ids of what is bought; what goes with every tender comes by itself.

    ``context``: questions by id with yes, no or None (nobody answered), which also holds for those that are not named.
    ``title``: of the paper, or "" to name it after what is bought.
    """

    parts: Collection[str]
    context: Mapping[str, bool | None]
    organisation: str
    on: date
    language: str
    title: str = ""


def paper_of(found: RequirementSet, asked: Asking, norms: Norms, *, term: Callable[[Duration], str]) -> TenderPaper:
    """The paper. ``term``: a duration in words, in the language of the paper.

    Raises ValueError on a part or question that the set does not have, and names those that it has.
    """
    _known("part", asked.parts, [each.id for each in found.parts])
    _known("question", asked.context, [each.id for each in found.context])
    parts = [each for each in found.parts if each.id in asked.parts or each.kind == "always"]
    chosen = stacked(found.plain, parts=[each.id for each in parts], context=asked.context)
    theme = {each.id: place for place, each in enumerate(found.themes)}
    lines, language = _Lines(found, norms, asked.language, term), asked.language
    chosen.sort(key=lambda each: theme.get(lines.by_id[each.requirement.id].theme, len(theme)))
    names = {each.id: text_of(each.name, language) for each in parts}
    by_kind = [[names[each.id] for each in parts if each.kind == kind] for kind in ("bought", "supplement", "always")]
    bought = next((some for some in by_kind if some), [])
    edition = found.edition
    paper = TenderPaper(
        asked.title, asked.organisation, asked.on, language, tuple(names.values()),
        tuple(lines.line(number, each, names) for number, each in enumerate(chosen, start=1)),
        tuple(Answered(each.id, text_of(each.question, language), asked.context.get(each.id)) for each in found.context),
        SetMark(text_of(edition.name, language), edition.version, edition.licence), (text_of(edition.about, language),),
    )  # fmt: skip
    return paper if asked.title else paper.titled(", ".join(bought))


def _known(kind: str, given: Iterable[str], there: Collection[str]) -> None:
    for name in given:
        if name not in there:
            raise ValueError(f"there is no {kind} {name[:60]!r}; there are {', '.join(there)}")


class _Lines:
    """Requirements that were chosen, as lines of a paper."""

    def __init__(self, found: RequirementSet, norms: Norms, language: str, term: Callable[[Duration], str]) -> None:
        self.by_id = found.by_id
        self._themes = {each.id: text_of(each.name, language) for each in found.themes}
        self._norms, self._language, self._term = norms, language, term

    def line(self, number: int, chosen: Chosen, parts: Mapping[str, str]) -> TenderLine:
        """One line. ``parts``: what is bought, by id its name."""
        asked, language = self.by_id[chosen.requirement.id], self._language
        return TenderLine(
            number, asked.id, tuple(parts[each] for each in parts if each in chosen.parts),
            self._themes.get(asked.theme, asked.theme), chosen.weight, text_of(asked.text, language),
            text_of(asked.verify, language),
            tuple(link_words(each, self._norms, language) for each in chosen.requirement.links),
            self._term(asked.follow) if asked.follow else "", chosen.asked, chosen.replaced, text_of(asked.uncertain, language),
        )  # fmt: skip


def link_words(link: str, norms: Norms, language: str) -> str:
    """A requirement of a norm as people write it: ``BIO2 5.20.01``; as it stands when no norm has it."""
    name, _, number = link.partition(":")
    catalog = norms.catalogs.get(name)
    if catalog is None:
        return link
    rule = norms.requirements.get(link)
    return f"{text_of(catalog.short, language) or text_of(catalog.name, language)} {rule.number if rule else number}"
