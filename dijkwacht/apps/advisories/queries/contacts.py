"""Who is warned at an organisation, and what of a warning each of them may be told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from dijkwacht.apps.advisories.models import Contact, Warned
from dijkwacht.apps.advisories.queries.serving import in_force
from dijkwacht.apps.people.models import Organisation, Role
from dijkwacht.apps.people.queries import in_period
from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.advisories.shapes import Tlp
from dijkwacht.core.advisories.tlp import strictest
from dijkwacht.core.advisories.warning import Contact as Reached
from dijkwacht.core.advisories.warning import Route, What, route, to_call
from dijkwacht.norms.advisory_warning import warning_rules


def still_here(on: date) -> Q:
    """The condition that a contact has no account, or one with a role at the organisation on a day: who left is told nothing."""
    held = Role.objects.filter(in_period(on), person=OuterRef("person"), organisation=OuterRef("organisation"))
    return Q(person__isnull=True) | Q(Exists(held))


def contacts_of(organisation: Organisation, *, on: date) -> list[Contact]:
    """Those who are a contact on a day, the general ones and the trusted ones each by rank."""
    return contacts_by([organisation.pk], on=on).get(organisation.pk, [])


def named_at(organisation: Organisation, *, on: date) -> list[Contact]:
    """The same, and those who have no role there any more, so are told nothing: each has ``here``."""
    rows = Contact.objects.filter(in_force(on), organisation=organisation).select_related("person", "organisation")
    return list(rows.annotate(here=Case(When(still_here(on), then=Value(True)), default=Value(False))))


def contacts_by(organisations: Collection[int], *, on: date) -> Mapping[int, list[Contact]]:
    """The same of many, by number; of who has none, nothing. The numbers are few enough for one question, or all are asked."""
    rows = Contact.objects.filter(still_here(on), in_force(on)).select_related("person")
    if len(organisations) <= 500:
        rows = rows.filter(organisation__in=organisations)
    found: dict[int, list[Contact]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(row)
    return found


def reached(row: Contact) -> Reached:
    """A contact as the core knows it."""
    account = row.person is not None and row.person.is_active
    email = row.person.email if row.person is not None and account else row.email
    return Reached(str(row.pk), "trusted" if row.role == "trusted" else "general", row.rank, account, email, row.phone)


def label_of(warning: Warned) -> Tlp:
    """The label that holds for a warning now: that under which it was told, or of its advisory, the stricter."""
    return strictest((cast(Tlp, warning.tlp), cast(Tlp, warning.advisory.tlp)))


def route_of(warning: Warned, contacts: Iterable[Contact], *, deputies: bool = False) -> Route:
    """Who of these may be told of a warning, and how, by its label as it is now."""
    rows = [reached(each) for each in contacts]
    own = warning.desk_id == warning.organisation_id
    return route(label_of(warning), LEVELS[warning.level], rows, warning_rules(), own=own, deputies=deputies)


def mailed(how: Route, contacts: Sequence[Contact]) -> list[tuple[Contact, What]]:
    """Who gets a mail, and what in it. Who stands there twice, as general and as trusted contact, gets the one of the trusted."""
    by_id = {str(each.pk): each for each in contacts}
    found: dict[str, tuple[Contact, What]] = {}
    for send in sorted(how.sends, key=lambda each: by_id[each.contact].role != "trusted"):
        found.setdefault(reached(by_id[send.contact]).email.lower(), (by_id[send.contact], send.what))
    return sorted(found.values(), key=lambda each: (each[0].role, each[0].rank))


def what_for(warning: Warned, contact: Contact) -> What | None:
    """What of a warning may stand in a mail to one contact now: its text, that it waits, or nothing at all."""
    return next((send.what for send in route_of(warning, [contact]).sends), None)


def phoned(warning: Warned, contacts: Sequence[Contact]) -> list[Contact]:
    """Who may be called about a warning, the first one first."""
    by_id = {str(each.pk): each for each in contacts}
    own = warning.desk_id == warning.organisation_id
    return [by_id[each] for each in to_call(label_of(warning), [reached(each) for each in contacts], own=own)]
