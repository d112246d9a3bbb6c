"""The register in words: tiers with their reasons, what needs attention, and the sentence above each page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.suppliers.queries.register import Row, Told
from dijkwacht.apps.suppliers.queries.tiers import Weighed
from dijkwacht.core.suppliers.identity import Pair
from dijkwacht.core.suppliers.standing import Need, Press
from dijkwacht.core.suppliers.tier import Graded
from dijkwacht.norms.suppliers import supplier_rules
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import text_of

_NEEDS: Mapping[str, Any] = {
    "finding_late": gettext_lazy("Finding “%(name)s” should have been put right by %(day)s."),
    "finding": gettext_lazy("Finding “%(name)s” has to be put right by %(day)s."),
    "contract_over": gettext_lazy("Contract “%(name)s” ended on %(day)s and nothing came in its place."),
    "notice_soon": gettext_lazy("Notice on contract “%(name)s” can be given until %(day)s."),
    "contract_ends": gettext_lazy("Contract “%(name)s” ends on %(day)s."),
    "no_contract": gettext_lazy("No contract is recorded."),
    "no_proof": gettext_lazy("For %(name)s there is no proof of the kind that its tier expects."),
    "proof_ends": gettext_lazy("Proof for %(name)s counts until %(day)s."),
    "no_exit": gettext_lazy("%(name)s has no exit plan."),
    "weight_open": gettext_lazy("Not everything is known that decides the tier of %(name)s."),
}
_WHY_ONE = {
    "number": gettext_lazy("the same KvK number"),
    "name": gettext_lazy("the same name, but for the form of the company"),
    "domain": gettext_lazy("the same site"),
}
TAGS = {3: "tag tag--rival", 2: "tag tag--counts", 1: "tag"}


@dataclass(frozen=True, slots=True)
class TierWords:
    """A tier in words. ``open``: what it could still become, and ""; ``tag``: the class of its chip."""

    name: str
    tag: str
    open: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a service has its tier, or what could raise it. ``by``: who makes it so; ``source``: where the sign comes from."""

    name: str
    text: str
    by: str
    source: str
    doubt: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NeedWords:
    """What needs somebody, as a sentence. ``press``: late, needed or open."""

    sentence: str
    press: str
    day: date | None


def tier_words(graded: Graded | None) -> TierWords | None:
    """The tier of a service or supplier; None without services."""
    if graded is None:
        return None
    open_ = "" if graded.settled else _("may become %(tier)s") % {"tier": tier_name(graded.at_most.id)}
    return TierWords(tier_name(graded.tier.id), TAGS.get(graded.tier.rank, "tag"), open_)


def tier_name(tier: str) -> str:
    """What a tier is called."""
    return text_of(supplier_rules().said[f"tier:{tier}"].name)


def tier_choices() -> list[tuple[str, str]]:
    """Every tier, the heaviest first."""
    return [(each.id, tier_name(each.id)) for each in reversed(supplier_rules().tiers)]


def kind_name(kind: str) -> str:
    """What a kind of proof is called."""
    return text_of(supplier_rules().said[f"kind:{kind}"].name)


def because(found: Weighed) -> list[Reason]:
    """Why a service has the tier that it has."""
    return [_reason(sign, found.by.get(sign, ())) for sign in found.graded.because]


def unknown(graded: Graded) -> list[Reason]:
    """What nobody knows yet and what could raise the tier."""
    return [_reason(sign, ()) for sign in graded.unknown]


def _reason(sign: str, by: Iterable[str]) -> Reason:
    told = supplier_rules().said[f"sign:{sign}"]
    names = ", ".join(by)
    if names and sign == "special_personal_data":
        names = _("%(names)s processes information that needs extra protection") % {"names": names}
    return Reason(text_of(told.name), text_of(told.text), names, told.source, told.uncertain)


def expected(graded: Graded) -> tuple[str, list[str], str]:
    """What a tier means, the kinds of proof of which one is expected, and what is not sure of it."""
    told = supplier_rules().said[f"tier:{graded.tier.id}"]
    return text_of(told.text), [kind_name(each) for each in graded.tier.proofs], text_of(told.uncertain)


def need_words(need: Need) -> NeedWords:
    """One thing that needs somebody."""
    sentence = str(_NEEDS[need.code]) % {"name": need.name, "day": day_words(need.day) if need.day else ""}
    return NeedWords(sentence, {Press.LATE: "late", Press.NEEDED: "needed"}.get(need.press, "open"), need.day)


def needs_in_short(needs: tuple[Need, ...], most: int = 2) -> tuple[list[NeedWords], int]:
    """The most pressing of them, one of each kind, and how many more there are."""
    kinds: dict[str, Need] = {}
    for each in needs:
        kinds.setdefault(each.code, each)
    shown = list(kinds.values())[:most]
    return [need_words(each) for each in shown], len(needs) - len(shown)


def answer(found: Told) -> str:
    """What the register of suppliers says first: how many heavy suppliers lack something, and what comes first."""
    if not found.total:
        return ""
    said = [_total(found)]
    if found.late:
        said.append(
            ngettext("At %(n)s supplier something is late.", "At %(n)s suppliers something is late.", found.late)
            % {"n": found.late}
        )
    if found.first:
        row, need = found.first
        said.append(_("First, at %(supplier)s: %(need)s") % {"supplier": row.name, "need": need_words(need).sentence})
    return " ".join(said)


def open_note(found: Told) -> str:
    """Of how many the tier is not settled; "" when it is of all."""
    if not found.open:
        return ""
    text = ngettext(
        "Of %(n)s supplier the tier is not settled.", "Of %(n)s suppliers the tier is not settled.", found.open
    )
    return text % {"n": found.open}


def _total(found: Told) -> str:
    if not found.critical:
        text = ngettext(
            "%(n)s supplier, as far as is known not critical.", "%(n)s suppliers, as far as is known none critical.",
            found.total,
        )  # fmt: skip
        return text % {"n": found.total}
    if not found.lacking:
        text = ngettext(
            "%(n)s critical supplier, with proof and an exit plan.",
            "%(n)s critical suppliers, all with proof and an exit plan.", found.critical,
        )  # fmt: skip
        return text % {"n": found.critical}
    text = ngettext(
        "%(lacking)s of %(n)s critical supplier lacks proof or an exit plan.",
        "%(lacking)s of %(n)s critical suppliers lack proof or an exit plan.", found.critical,
    )  # fmt: skip
    return text % {"lacking": found.lacking, "n": found.critical}


def supplier_answer(row: Row) -> str:
    """What the page of a supplier says first."""
    if not row.direct:
        return _("Known only because another supplier leans on it. We have no services or contracts with it ourselves.")
    if row.needs:
        return need_words(row.needs[0]).sentence
    if not row.services:
        return _("Nothing is recorded of what it delivers, so its tier is not known.")
    return _("Nothing asks for attention now.")


def service_answer(found: Weighed) -> str:
    """What the page of a service says first: its tier, why, and what it could still become."""
    graded = found.graded
    name, why = tier_name(graded.tier.id), ", ".join(each.name[:1].lower() + each.name[1:] for each in because(found))
    said = (
        _("%(tier)s: %(why)s.") % {"tier": name, "why": why}
        if why
        else _("%(tier)s, as far as is known.") % {"tier": name}
    )
    if graded.settled:
        return said
    text = ngettext(
        "It may become %(tier)s: %(n)s thing is not known yet.", "It may become %(tier)s: %(n)s things are not known yet.",
        len(graded.unknown),
    )  # fmt: skip
    return f"{said} {text % {'tier': tier_name(graded.at_most.id), 'n': len(graded.unknown)}}"


def why_one(pair: Pair) -> str:
    """Why two suppliers may be one."""
    said = ", ".join(str(_WHY_ONE[each]) for each in pair.why)
    if pair.against:
        return _("%(why)s; but their KvK numbers differ") % {"why": said}
    return said


def doubles_answer(count: int, sure: int) -> str:
    """What the page of doubles says first."""
    if not count:
        return _("No two suppliers look like one.")
    text = ngettext(
        "%(n)s pair may be one supplier, %(sure)s of them by the same number. You decide; nothing happens by itself.",
        "%(n)s pairs may be one supplier, %(sure)s of them by the same number. You decide; nothing happens by itself.",
        count,
    )  # fmt: skip
    return text % {"n": count, "sure": sure}
