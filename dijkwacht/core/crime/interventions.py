"""What may be done against cybercrime: how strong the evidence is, what fits a picture, and how plans stand. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its words."""

    id: str
    name: Text
    text: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Phenomenon:
    """A kind of cybercrime. ``topics``: the police codes under which it is counted, often with others. ``also``: other names."""

    id: str
    name: Text
    topics: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intervention:
    """A project against cybercrime, as a public source tells. ``evidence``: a step of the scale; ``found``: what was found."""

    id: str
    name: str
    about: Text
    groups: tuple[str, ...]
    phenomena: tuple[str, ...]
    kind: Text
    owner: Text
    evidence: str
    found: Text
    source: str
    uncertain: Text


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of them, with the words of their codes. ``scale``: from no evidence to the strongest."""

    as_of: date
    about: Text
    scale: tuple[Named, ...]
    groups: Mapping[str, Named]
    phenomena: Mapping[str, Phenomenon]
    interventions: Mapping[str, Intervention]

    def rank(self, evidence: str) -> int:
        """How strong evidence is: 0 for none found."""
        return next(i for i, each in enumerate(self.scale) if each.id == evidence)


class Reason(StrEnum):
    """Why an intervention fits, or does not."""

    REGISTERED_HIGHER = "registered_higher"  # registered more often than at municipalities like ours
    RISING = "rising"  # registered more often than a year before
    LOCAL = "local"  # in our own counts
    GROUP = "group"  # for a group that we chose
    RUNS = "runs"  # runs here already
    NOTHING = "nothing"  # nothing in our picture points at it


@dataclass(frozen=True, slots=True)
class Seen:
    """What our picture points at: phenomena by reason, groups that we chose, interventions that run."""

    signs: Mapping[str, tuple[Reason, ...]]
    groups: frozenset[str] = frozenset()
    running: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fit:
    """An intervention with why it fits: each reason with the phenomena, or the groups, that it is about."""

    intervention: Intervention
    reasons: tuple[tuple[Reason, tuple[str, ...]], ...]

    @property
    def fits(self) -> bool:
        """Whether anything in our picture points at it and it does not run yet."""
        return not {Reason.NOTHING, Reason.RUNS} & {reason for reason, _ in self.reasons}


def fitting(catalogue: Catalogue, chosen: Iterable[Intervention], seen: Seen) -> list[Fit]:
    """Each with its reasons: what fits first, then by strength of evidence, then by name. Evidence alone makes nothing fit."""
    found = [Fit(each, tuple(_reasons(each, seen))) for each in chosen]
    return sorted(
        found,
        key=lambda fit: (not fit.fits, -catalogue.rank(fit.intervention.evidence), fit.intervention.name.casefold()),
    )


def _reasons(each: Intervention, seen: Seen) -> Iterable[tuple[Reason, tuple[str, ...]]]:
    found: dict[Reason, list[str]] = {}
    for phenomenon in each.phenomena:
        for reason in seen.signs.get(phenomenon, ()):
            found.setdefault(reason, []).append(phenomenon)
    groups = tuple(group for group in each.groups if group in seen.groups)
    rows = [(reason, tuple(found[reason])) for reason in Reason if reason in found]
    if groups:
        rows.append((Reason.GROUP, groups))
    if each.id in seen.running:
        rows.append((Reason.RUNS, ()))
    return rows or [(Reason.NOTHING, ())]


def signs(
    catalogue: Catalogue, *, higher: Collection[str], rising: Collection[str], local: Collection[str]
) -> Mapping[str, tuple[Reason, ...]]:
    """What points at which phenomenon. ``higher`` and ``rising``: police codes; ``local``: phenomena that we count ourselves."""
    found: dict[str, tuple[Reason, ...]] = {}
    for each in catalogue.phenomena.values():
        reasons = [
            reason
            for reason, hit in (
                (Reason.REGISTERED_HIGHER, set(higher) & set(each.topics)),
                (Reason.RISING, set(rising) & set(each.topics)),
                (Reason.LOCAL, {each.id} & set(local)),
            )
            if hit
        ]
        if reasons:
            found[each.id] = tuple(reasons)
    return found


class Stand(StrEnum):
    """How a plan stands on a day."""

    AHEAD = "ahead"
    RUNS = "runs"
    ENDS = "ends"  # within the days ahead that we look
    EVALUATE = "evaluate"  # the day of evaluation has come and nothing was noted
    OVER = "over"  # it ended; whether it helped was not noted
    DONE = "done"


def stand(*, start: date, end: date | None, evaluate_on: date, evaluated: bool, on: date, ahead: int) -> Stand:
    """How a plan stands. ``end``: its last day. ``ahead``: how many days before its end it is said to end."""
    if evaluated:
        return Stand.DONE
    if on >= evaluate_on:
        return Stand.EVALUATE
    if end is not None and on > end:
        return Stand.OVER
    if on < start:
        return Stand.AHEAD
    return Stand.ENDS if end is not None and end - on <= timedelta(days=ahead) else Stand.RUNS
