"""Reports to authorities: who receives what on a day; a form filled from an incident, and what changed since the last one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

FieldKind = Literal["text", "choice", "moment", "number", "yes_no", "yes_no_unknown"]


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach a party: an address of a role or a desk, never of a person."""

    id: str
    address: str
    what: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Party:
    """An authority, CSIRT or register, with its channels; the first is the one to use."""

    id: str
    name: Mapping[str, str]
    channels: tuple[Channel, ...]
    source: str
    uncertain: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Duty:
    """Who acts ``as`` (csirt, authority …) for organisations with these roles, from ``since`` to before ``until``."""

    id: str
    roles: tuple[str, ...]
    as_what: str
    party: str
    since: date
    until: date | None
    source: str
    uncertain: Mapping[str, str] = field(default_factory=dict)

    def holds(self, on: date) -> bool:
        """Whether it counts on that day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Receiver:
    """One party that receives, in which capacity and for which of the roles; ``doubts``: what is not certain about it."""

    as_what: str
    party: Party
    roles: tuple[str, ...]
    sources: tuple[str, ...]
    doubts: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who receives; ``missing``: (capacity, role) for which the pack names nobody on that day, so that a person must find out."""

    found: tuple[Receiver, ...]
    missing: tuple[tuple[str, str], ...]


def receivers(
    parties: Mapping[str, Party], duties: Iterable[Duty], *, roles: Sequence[str], on: date, needed: Iterable[str]
) -> Receivers:
    """Who receives in the ``needed`` capacities, for an organisation with these roles, on that day.

    A capacity that exists for none of the roles is not missing; one that exists for a role on another day only is.
    """
    rows, found, missing = tuple(duties), list[Receiver](), list[tuple[str, str]]()
    for capacity in dict.fromkeys(needed):
        own = [each for each in rows if each.as_what == capacity and not set(roles).isdisjoint(each.roles)]
        now = [each for each in own if each.holds(on)]
        for party in dict.fromkeys(each.party for each in now):
            mine = [each for each in now if each.party == party]
            served = tuple(role for role in roles if any(role in each.roles for each in mine))
            doubts = [each for each in (*(row.uncertain for row in mine), parties[party].uncertain) if each]
            found.append(Receiver(capacity, parties[party], served, tuple(each.source for each in mine), tuple(doubts)))
        reached = {role for each in now for role in each.roles}
        missing += [
            (capacity, role) for role in roles if role not in reached and any(role in each.roles for each in own)
        ]
    return Receivers(tuple(found), tuple(missing))


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: ``from_attribute`` names what of the incident fills it, ``required_by`` the article that asks for it."""

    id: str
    label: Mapping[str, str]
    kind: FieldKind
    from_attribute: str | None = None
    required_by: str = ""
    choices: str = ""
    help: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its fields, in the order of the authority's form."""

    id: str
    name: Mapping[str, str]
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A report: for which clock, to whom (capacities), its sections, where the order comes from and what is not certain."""

    id: str
    name: Mapping[str, str]
    clock: str
    to: tuple[str, ...]
    sections: tuple[Section, ...]
    source: str
    uncertain: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields in order."""
        return tuple(each for section in self.sections for each in section.fields)


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is otherwise than in the stage before; ``was`` is None where the stage before had none."""

    field: str
    was: Any
    now: Any


def prefilled(form: Form, incident: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of a form from the attributes of an incident; what is not known (None or empty text) stays out."""
    return {
        each.id: incident[each.from_attribute]
        for each in form.fields
        if each.from_attribute is not None and not _empty(incident.get(each.from_attribute))
    }


def lacking(form: Form, values: Mapping[str, Any]) -> tuple[FormField, ...]:
    """The fields that an article asks for and that have no value. ``False`` and 0 are values; *unknown* is one too."""
    return tuple(each for each in form.fields if each.required_by and _empty(values.get(each.id)))


def changes(before: Form, was: Mapping[str, Any], after: Form, now: Mapping[str, Any]) -> tuple[Change, ...]:
    """What a later report says otherwise, compared by the attribute behind each field, in the order of the later form."""
    old = {each.from_attribute or each.id: was.get(each.id) for each in before.fields}
    found = []
    for each in after.fields:
        value, previous = now.get(each.id), old.get(each.from_attribute or each.id)
        if not (_empty(value) and _empty(previous)) and value != previous:
            found.append(Change(each.id, None if _empty(previous) else previous, None if _empty(value) else value))
    return tuple(found)


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == () or value == []
