"""Who sees what of a joint review. Pure: one table over what an organisation is in it, what a person may do, and the label.

The supplier told it once and in confidence: whoever reviews sees what was answered, whoever only takes over what came out sees
that, and who has no part in it does not know that it is there.
"""

from dataclasses import dataclass
from enum import StrEnum

from dijkwacht.core.access import Tlp
from dijkwacht.core.suppliers.review import Phase


class Stand(StrEnum):
    """What an organisation is in a review."""

    HOLDER = "holder"
    REVIEWER = "reviewer"
    JOINED = "joined"
    SUPPLIER = "supplier"
    OUTSIDER = "outsider"


WIDE = frozenset({Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER})
"""Labels with which something may go to everybody who joined; with the others it stays with who reviews."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person sees of one review, and what he may do in it. All false: for him the review is not there.

    ``outcome``: how far it is, what came out and until when, and the findings that were confirmed, by title, severity and term.
    ``answers``: what the supplier answered. ``files``: its files with a label of `WIDE`; ``strict_files``: the others as well.
    ``details``: what a finding says and what the supplier replied. ``notes``: what is not settled among who reviews: judgements
    with their notes, findings that nobody confirmed yet, who looks at what. ``parties``: who takes part and who may see what.
    ``opened``: who opened which file. ``judges``: may judge and raise findings. ``keeps``: may run the review.
    ``replies``: may answer for the supplier.
    """

    outcome: bool = False
    answers: bool = False
    files: bool = False
    strict_files: bool = False
    details: bool = False
    notes: bool = False
    parties: bool = False
    opened: bool = False
    judges: bool = False
    keeps: bool = False
    replies: bool = False

    def __bool__(self) -> bool:
        return self.outcome


NOTHING = Sight()
_ALL = Sight(
    outcome=True, answers=True, files=True, strict_files=True, details=True, notes=True, parties=True, opened=True,
    judges=True,
)  # fmt: skip


def sight(stand: Stand, *, works: bool, tlp: Tlp, phase: Phase) -> Sight:
    """What somebody sees. ``works``: he has the right to do the work (of the supplier: to answer), not only to look.

    A review that is still being prepared is there for who keeps it and who reviews; the supplier does not see it before it was
    sent. What it answered reaches who joined when the review is concluded, and only under a label of `WIDE`.
    """
    draft = phase is Phase.DRAFT
    if stand is Stand.HOLDER or stand is Stand.REVIEWER:
        if works:
            return _ALL if stand is Stand.REVIEWER else _kept(phase)
        return Sight(outcome=True, parties=True)
    if stand is Stand.SUPPLIER and not draft:
        return Sight(
            outcome=True, answers=True, files=True, strict_files=True, details=True, parties=True, opened=True,
            replies=works and phase is not Phase.WITHDRAWN,
        )  # fmt: skip
    if stand is Stand.JOINED and not draft:
        told = phase is Phase.CONCLUDED and tlp in WIDE
        return Sight(outcome=True, answers=told, files=told, parties=True)
    return NOTHING


def _kept(phase: Phase) -> Sight:
    """What who keeps the review sees and may; a draft and a withdrawn one too, since somebody must be able to run it."""
    return Sight(
        outcome=True, answers=True, files=True, strict_files=True, details=True, notes=True, parties=True, opened=True,
        judges=True, keeps=phase is not Phase.WITHDRAWN,
    )  # fmt: skip


def sees_file(seen: Sight, tlp: Tlp) -> bool:
    """Whether a file with this label is there for somebody."""
    return seen.files if tlp in WIDE else seen.strict_files
