"""Whether the proof of a service is enough for how heavy the service is, and what is lacking. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from dijkwacht.core.suppliers.assurance import Cover, Span

Lack = Literal["no_proof", "none_counts", "not_expected", "subs_left_out", "subs_unsaid", "hole"]
Word = Literal["met", "partly", "not_met", "unknown"]


@dataclass(frozen=True, slots=True)
class Standing:
    """``word`` as of a verdict: enough, in part, not any more, or unknown (nobody has proof). ``lacks``: why it is not enough."""

    word: Word
    lacks: tuple[Lack, ...] = ()


def stands(
    found: Cover, *, expected: Collection[str], kinds: Mapping[str, str], asked: Span, alone: bool = False
) -> Standing:
    """How a service stands. ``expected``: the kinds of proof of which its tier asks one; ``kinds``: the kind of each proof.

    ``asked``: the days over which one wanted to know that measures worked; ``alone``: it is known that there are no
    sub-suppliers that a proof could leave out.
    """
    if not found.proofs:
        about_it = [each for each in found.reasons if each.code != "not_this_service"]
        return Standing("not_met", ("none_counts",)) if about_it else Standing("unknown", ("no_proof",))
    lacks: list[Lack] = []
    if not any(kinds[each] in expected for each in found.proofs):
        lacks.append("not_expected")
    if not (found.whole or alone):
        unsaid = any(each.code == "subs_unsaid" for each in found.reasons)
        lacks.append("subs_unsaid" if unsaid else "subs_left_out")
    if holes(found, asked):
        lacks.append("hole")
    return Standing("partly" if lacks else "met", tuple(lacks))


def holes(found: Cover, asked: Span) -> list[Span]:
    """The gaps between two periods that were looked at. Before the first nobody asked, after the last one waits for the next."""
    return [gap for gap in found.gaps if gap.first > asked.first and gap.end < asked.end]


def since(found: Cover, asked: Span) -> Span | None:
    """The days since the last period that was looked at, up to now; None when no period was, or it goes on until now."""
    if not found.gaps or found.gaps[-1].end != asked.end or found.gaps[-1].first == asked.first:
        return None
    return found.gaps[-1]
