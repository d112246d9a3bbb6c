"""The record at the register of entities, in words: what was told, what our records say now, and what differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.incidents.models import Clock, Registration
from dijkwacht.apps.incidents.queries.registration import Record
from dijkwacht.core.registration import differences
from dijkwacht.norms.read import incidents
from dijkwacht.web.moments import day_of, day_words, moment_words
from dijkwacht.web.terms import text_of

FIELDS: Mapping[str, Any] = {
    "name": gettext_lazy("Name"),
    "number": gettext_lazy("Number in the Register of Government Organisations"),
    "address": gettext_lazy("Address"),
    "email": gettext_lazy("E-mail address for the authorities"),
    "phone": gettext_lazy("Phone number for the authorities"),
    "sector": gettext_lazy("Sector and subsector"),
    "roles": gettext_lazy("What the organisation is under the law"),
    "domains": gettext_lazy("Domain names"),
    "ip_ranges": gettext_lazy("IP ranges"),
    "countries": gettext_lazy("Other member states"),
    "sharing": gettext_lazy("Sharing information"),
    "contacts": gettext_lazy("Contacts"),
}
OURS = ("name", "number", "roles", "domains", "contacts")
"""What our own records know (`queries.registration.record_of`); of the rest only what was told is known."""


@dataclass(frozen=True, slots=True)
class Line:
    """A field: what was told, what our records say (empty where they say nothing), and what is new and gone."""

    name: str
    told: tuple[str, ...]
    now: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    ours: bool


def role_word(role: str) -> str:
    """What an organisation is under these laws; the code when the pack no longer has it."""
    return text_of(incidents().roles.get(role)) or role


def lines(told: Registration | None, record: Record) -> list[Line]:
    """Every field, in the order of the form."""
    was: Mapping[str, Any] = told.values if told else {}
    found = {each.field: each for each in differences(was, record.values)} if told else {}
    rows = []
    for name, label in FIELDS.items():
        ours, differs = name in OURS, found.get(name)
        rows.append(
            Line(
                str(label), _texts(name, was.get(name)), _texts(name, record.values.get(name)) if ours else (),
                _texts(name, differs.new) if differs else (), _texts(name, differs.gone) if differs else (), ours,
            )
        )  # fmt: skip
    return rows


def _texts(name: str, value: Any) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else list(value or ())
    said = [str(each) for each in items if str(each).strip()]
    return tuple(role_word(each) for each in said) if name == "roles" else tuple(said)


def answer(told: Registration | None, rows: list[Line], clock: Clock | None, *, at: datetime) -> str:
    """The sentence under the title: whether the register still knows what is so, and before when it must be told."""
    if told is None:
        return _("It is not noted here yet what the register was told. Note it, and a change is seen by itself.")
    changed = sum(bool(row.new or row.gone) for row in rows)
    if not changed:
        return _("Yes: what was told on %(day)s is what our records say.") % {"day": _day(told.told_at)}
    said = ngettext("No: %(n)d item changed since %(day)s.", "No: %(n)d items changed since %(day)s.", changed) % {
        "n": changed, "day": _day(told.told_at),
    }  # fmt: skip
    if clock is None or clock.due_at is None:
        return _("%(said)s The term starts at the next tick.") % {"said": said}
    due = {"said": said, "due": moment_words(clock.due_at)}
    if clock.due_at < at:
        return _("%(said)s It had to be told no later than %(due)s.") % due
    return _("%(said)s Tell the register without delay, and no later than %(due)s.") % due


def _day(at: datetime) -> str:
    return day_words(day_of(at))
