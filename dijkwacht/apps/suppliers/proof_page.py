"""What the pages of proof say: per service whether proof is enough and why, per proof until when it counts, and the answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.suppliers.models import Proof
from dijkwacht.apps.suppliers.queries.proofs import Covered, Ending
from dijkwacht.apps.suppliers.register_words import TierWords, tier_words
from dijkwacht.apps.suppliers.words.proof import LACKS, why
from dijkwacht.core.suppliers import assurance
from dijkwacht.core.suppliers.assurance import Span, counts_until
from dijkwacht.core.suppliers.proof_standing import holes, since
from dijkwacht.norms.suppliers import supplier_rules
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import text_of

DAY = timedelta(days=1)
SINGLE = ("ahead", "expired", "withdrawn")  # told of each proof; the rest is told once of the service
NAMED = 3  # kinds of proof, of those that a tier takes


@dataclass(frozen=True, slots=True)
class Line:
    """A service as a row: how it stands, its tier, until when it is covered, and why; ``by``: the proof that counts."""

    covered: Covered
    tier: TierWords
    word: str
    last: date | None
    why: Sequence[str]
    by: Sequence[tuple[str, str]]


def lines(rows: Iterable[Covered], titles: Mapping[str, str]) -> list[Line]:
    """The rows of services. ``titles``: how each proof is called."""
    return [_line(each, titles) for each in rows]


def kind_name(kind: str) -> str:
    """What a kind of proof is called; the code of one that the pack no longer knows."""
    told = supplier_rules().said.get(f"kind:{kind}")
    return text_of(told.name) if told else kind


def tier_name(tier: str) -> str:
    """What a tier is called."""
    return text_of(supplier_rules().said[f"tier:{tier}"].name)


def reasons(each: Covered, titles: Mapping[str, str]) -> list[str]:
    """Why it is not enough, then what of the days is not shown, then why proof does not count or counts for less."""
    found, kinds = each.found, [kind_name(name) for name in each.graded.tier.proofs]
    told = [str(LACKS[code]) % {"kinds": _listed(kinds[:NAMED])} for code in each.standing.lacks]
    told += [_("Not shown that it worked: %(span)s.") % {"span": span_words(gap)} for gap in holes(found, each.asked)]
    if open_ := since(found, each.asked):
        told.append(_after(open_, found.bridged))
    return told + [why(reason, titles) for reason in found.reasons if reason.code in SINGLE]


def span_words(span: Span) -> str:
    """Days in words, the last one included."""
    return _("%(first)s up to and with %(last)s") % {
        "first": day_words(span.first), "last": day_words(span.end - DAY)
    }  # fmt: skip


def answer(rows: Sequence[Covered], ending: Sequence[Ending]) -> str:
    """The sentence above the overview: how many heavy services lack proof, and what ends first."""
    if not rows:
        return _("No service is in the register yet, so there is nothing to prove.")
    top = max(supplier_rules().tiers, key=lambda each: each.rank)
    heavy = [each for each in rows if each.graded.tier.rank == top.rank]
    counted, tier = heavy or rows, tier_name(top.id).lower() if heavy else ""
    short = sum(each.standing.word != "met" for each in counted)
    data = {"short": short, "all": len(counted), "tier": tier}
    if heavy:
        said = ngettext(
            "Of %(short)s of the %(all)s services with tier %(tier)s the proof is not enough.",
            "Of %(short)s of the %(all)s services with tier %(tier)s the proof is not enough.", short,
        ) % data  # fmt: skip
        said = _("The proof of all %(all)s services with tier %(tier)s is enough.") % data if not short else said
    else:
        said = _("Of %(short)s of the %(all)s services the proof is not enough.") % data
        said = _("The proof of all %(all)s services is enough.") % data if not short else said
    if ending:
        said += " " + _("The first proof that ends counts up to and with %(day)s.") % {"day": day_words(ending[0].last)}
    return said


def proof_answer(row: Proof, proof: assurance.Proof | None, *, on: date) -> str:
    """The sentence above one proof: until when it counts, or since when and why not any more.

    ``proof``: the same as the core has it; None for a kind that the pack no longer knows.
    """
    if proof is None:
        return _("This kind of proof is not known any more, so it counts for nothing.")
    if row.ended_on is not None and row.ended_on <= on:
        return _("Has not counted since %(day)s: %(why)s") % {"day": day_words(row.ended_on), "why": row.ended_because}
    until = counts_until(proof)
    if until <= on:
        return _("Has not counted since %(day)s: it is too old.") % {"day": day_words(until)}
    if proof.days.first > on:
        return _("Counts only from %(day)s.") % {"day": day_words(proof.days.first)}
    said = _("Counts up to and with %(day)s.") % {"day": day_words(until - DAY)}
    return said if row.judged_on else said + " " + _("Nobody said yet what to make of it.")


def shown(rows: Sequence[Line], *, text: str, which: str) -> list[Line]:
    """The rows that a filter leaves."""
    text = text.strip().casefold()
    found = [
        each for each in rows
        if text in each.covered.service.name.casefold() or text in each.covered.supplier.name.casefold()
    ]  # fmt: skip
    if which == "short":
        return [each for each in found if each.word != "met"]
    return [each for each in found if each.covered.graded.tier.id == which] if which else found


def _line(each: Covered, titles: Mapping[str, str]) -> Line:
    until = each.found.until
    by = [(name.removeprefix("proof:"), titles.get(name, name)) for name in each.found.proofs]
    tier = tier_words(each.graded)
    if tier is None:  # every service that runs was weighed
        raise LookupError(each.service.pk)
    return Line(
        each, tier, each.standing.word, until - DAY if until else None, reasons(each, titles), by
    )  # fmt: skip


def _after(open_: Span, bridged: Collection[Span]) -> str:
    """What of the days since the last period a letter speaks of."""
    letters = [each for each in bridged if each.end > open_.first]
    if not letters:
        return _("Since %(day)s nothing shows that it worked; the next report has to.") % {
            "day": day_words(open_.first)
        }
    return _("Since %(day)s only a letter says that nothing changed, up to and with %(last)s.") % {
        "day": day_words(open_.first), "last": day_words(max(each.end for each in letters) - DAY)
    }  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    """Names with commas and *or* before the last."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s or %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
