"""What a decision still lacks before it may be taken. Pure: the texts come as they are, the outcome from `powers`."""

from collections.abc import Collection, Mapping

from dijkwacht.core.powers import Outcome, Power, Reason, barred

ORDERS = ("order", "ordinance", "designation", "command")
"""Kinds of powers that limit people: these need all of it."""
TEXTS = ("necessity", "proportionality", "subsidiarity", "area", "addressee")


def refused_wholly(power: Power, reasons: Mapping[str, Reason], found: Outcome) -> tuple[str, ...]:
    """The reasons for which nobody may take this decision, however it is explained: no law, or never."""
    return barred(reasons, found) if power.status != "bill" else found.reasons


def needs_departure(found: Outcome) -> bool:
    """Whether who decides must say why it is decided nevertheless: it may not, or it is not known whether it may."""
    return found.outcome != "allowed"


def lacking(
    power: Power, found: Outcome, *, texts: Mapping[str, str], departure: str, ends: bool, weighed: Collection[str],
    heard: bool,
) -> tuple[str, ...]:  # fmt: skip
    """What is missing, as codes: a text, ``end``, ``alternatives``, ``heard``, ``departure``. Nothing: it can be decided."""
    found_codes = [name for name in TEXTS if power.kind in ORDERS and not texts.get(name, "").strip()]
    if power.kind in ORDERS:
        found_codes += [] if ends else ["end"]
        found_codes += [] if set(power.lighter) <= set(weighed) else ["alternatives"]
        found_codes += [] if heard else ["heard"]
    if needs_departure(found) and not departure.strip():
        found_codes.append("departure")
    return tuple(found_codes)
