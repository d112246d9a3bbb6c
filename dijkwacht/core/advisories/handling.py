"""What an organisation does about a warning: a status per asset and weakness, what a newer revision opens, and the week. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal, get_args

from dijkwacht.core.advisories.matching import fix_of, judge
from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases
from dijkwacht.core.advisories.priority import OneWeek
from dijkwacht.core.advisories.revision import Change
from dijkwacht.core.advisories.rows import places_of
from dijkwacht.core.advisories.shapes import Advisory, Asset, Remedy
from dijkwacht.core.clocks.moments import on_the_clock, there
from dijkwacht.core.days import Duration, add

__all__ = [
    "FLAGS", "OPEN", "STATUSES", "WEEK_CODES", "WRONG", "After", "Handled", "Key", "Status", "after_revision", "asks_week",
    "needs_reason", "overall", "standing", "touched", "week_end", "wrong",
]  # fmt: skip

Status = Literal["open", "in_progress", "accepted", "done", "not_affected"]
STATUSES: tuple[Status, ...] = get_args(Status)
"""From weak to strong. The asset matching system of CSAF knows the first two and `done`; the other two are ours."""
FLAGS = (
    "component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path",
    "vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist",
)  # fmt: skip
"""Why a product is not affected, as CSAF has it (vulnerabilities/flags/label)."""
WRONG = ("reason_needed", "flag_unknown", "who_needed", "until_needed", "until_past")
WEEK_CODES = (
    "publisher", "publisher_over_own", "publisher_lower", "own_over_publisher", "own", "own_lower", "not_weighed",
)  # fmt: skip
_FINISHED = ("accepted", "done", "not_affected")
_TASKS = ("remedy_changed", "product_added", "weakness_added", "restored")

Key = tuple[str, str]
"""An asset and a weakness (`Vulnerability.key`)."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What was said of one asset and weakness. ``flag``, ``reason``: why not affected, or why accepted. ``by``, ``until``: who
    accepted the risk, and up to and including which day."""

    status: Status = "open"
    flag: str = ""
    reason: str = ""
    by: str = ""
    until: date | None = None


OPEN = Handled()


@dataclass(frozen=True, slots=True)
class After:
    """What a newer revision makes of a warning: how it stands now, what is new, what opens again, what lapsed."""

    handled: Mapping[Key, Handled]
    new: frozenset[Key]
    reopened: frozenset[Key]
    lapsed: frozenset[Key]


def wrong(handled: Handled, *, on: date) -> tuple[tuple[str, str], ...]:
    """What is missing, as field and code (WRONG); empty when it can be recorded."""
    found = []
    if handled.flag and handled.flag not in FLAGS:
        found.append(("flag", "flag_unknown"))
    words = bool(handled.reason.strip())
    if (handled.status == "not_affected" and not (handled.flag or words)) or (
        handled.status == "accepted" and not words
    ):
        found.append(("reason", "reason_needed"))
    if handled.status == "accepted":
        if not handled.by.strip():
            found.append(("by", "who_needed"))
        if handled.until is None or handled.until < on:
            found.append(("until", "until_needed" if handled.until is None else "until_past"))
    return tuple(found)


def standing(handled: Handled, *, on: date) -> Status:
    """The status on a day: an accepted risk is open again after its last day, or when it has none."""
    if handled.status == "accepted" and (handled.until is None or handled.until < on):
        return "open"
    return handled.status


def overall(statuses: Iterable[Status]) -> Status | None:
    """The status of several: the weakest counts. None of nothing."""
    return min(statuses, key=STATUSES.index, default=None)


def after_revision(
    handled: Mapping[Key, Handled], change: Change, still: Collection[Key], *, changed: Collection[Key] | None = None
) -> After:
    """What stays, what opens again and what lapses. ``still``: what the newer revision says of this organisation's assets.

    Only a change that is a task opens what was finished, and only where it is about: ``changed`` (see `touched`), or without that
    every asset of the weaknesses it names. What is not affected stays so when only the remedy is another.
    """
    if any(each.code == "withdrawn" for each in change.reasons):
        still = ()
    again = frozenset(
        key
        for key in still
        if key in handled and _opens(key, handled[key], change) and (changed is None or key in changed)
    )
    new = frozenset(key for key in still if key not in handled)
    now = {key: OPEN if key in again or key in new else handled[key] for key in still}
    return After(now, new, again, frozenset(handled.keys() - set(still)))


def _opens(key: Key, handled: Handled, change: Change) -> bool:
    if not change.task or handled.status not in _FINISHED:
        return False
    about = {
        each.code
        for each in change.reasons
        if each.code in _TASKS and dict(each.params).get("weakness", key[1]) == key[1]
    }
    return bool(about - {"remedy_changed"} if handled.status == "not_affected" else about)


def touched(before: Advisory, after: Advisory, asset: Asset, aliases: Aliases = NO_ALIASES) -> frozenset[str]:
    """The weaknesses of which the newer revision says something else for this asset: another outcome, reason or remedy.

    CSAF asset matching system: a newer revision is no new match when the remediation for the matched asset has not changed.
    """
    was, now = (_said(each, asset, aliases) for each in (before, after))
    return frozenset(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))


def _said(advisory: Advisory, asset: Asset, aliases: Aliases) -> Mapping[str, object]:
    judged = judge(advisory, asset, aliases)
    if judged is None:
        return {}
    weaknesses, places = {each.key: each for each in advisory.vulnerabilities}, places_of(asset, aliases)
    found: dict[str, object] = {}
    for each in judged.weighed:
        fix = fix_of(advisory, weaknesses[each.vulnerability], places, aliases)
        why = {name: value for name, value in each.reason.params if name not in ("line", "on")}  # ids, which may differ
        remedies = frozenset(_remedy(remedy) for remedy in fix.remedies)
        told = frozenset(fix.fixed), frozenset(fix.recommended), remedies
        found[each.vulnerability] = (each.outcome, each.reason.code, why, told)
    return found


def _remedy(remedy: Remedy) -> tuple[str, str, str]:
    """What is to be done; spaces and capitals do not count."""
    return (remedy.kind, " ".join(remedy.details.lower().split()), remedy.url)


def asks_week(one_week: OneWeek, own: tuple[str, str] | None) -> tuple[bool | None, str]:
    """Whether the week of BIO2 8.08.01 runs for this organisation, with a code (WEEK_CODES). None: nobody weighed it.

    ``own``: its own likelihood and damage (low, medium, high). It may rate higher than the publisher. Lower needs a reason
    (`needs_reason`), and the week runs on: a reading of ours, `week_runs_on` in the pack.
    """
    high = own == ("high", "high")
    if one_week.applies:
        return True, "publisher" if own is None or high else "publisher_over_own"
    if high:
        return True, "own" if one_week.applies is None else "own_over_publisher"
    if one_week.applies is None:
        return (None, "not_weighed") if own is None else (False, "own_lower")
    return False, "publisher_lower"


def needs_reason(one_week: OneWeek, own: tuple[str, str] | None) -> bool:
    """Whether the own assessment lies below that of the publisher where it matters, so that it is to be explained in writing."""
    return asks_week(one_week, own)[1] == "publisher_over_own"


def week_end(told_at: datetime, term: Duration, zone: tzinfo) -> datetime:
    """The last moment of the term (`Table.term`): so much later at the same hour on the clocks of the zone.

    Counted as the clocks count terms in weeks, but never moved by a free day: a norm for the own house is no legal term, so no
    Algemene termijnenwet, and a hole is no smaller on a Sunday. Raises ValueError for a moment without a zone.
    """
    local = there(told_at, zone)
    return on_the_clock(add(local.date(), term), local.time(), zone)[0]
