"""The message of the day and the weekly overview: rows of mails, each written once by its key; `mailing` sends them.

A round writes the mails of all organisations in one go or none of them, so that a mail of the day shows that its round was done.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Max

from dijkwacht.apps.advisories.models import SETTLED, Contact, Mail, MailKind, Warned
from dijkwacht.apps.advisories.queries.contacts import contacts_by, label_of, mailed, route_of
from dijkwacht.apps.advisories.queries.ending import to_tell
from dijkwacht.apps.advisories.queries.week import WEEK, of_week
from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.advisories.warning import digest_due, weekly_due
from dijkwacht.core.clocks.moments import on_the_clock, there
from dijkwacht.norms.advisory_warning import warning_rules

BACK = timedelta(days=14)
"""How far back a message of the day looks for what no earlier one told: longer than any row of free days."""


def digests(*, at: datetime) -> int:
    """Once a working day, from its hour on: per contact what was told since the last one, of the levels that wait for it.

    On the days that the rules name it also says which accepted risks end.

    What was told after the hour of today waits for the next. How many mails.
    """
    rules = warning_rules()
    zone = rules.calendar.zone
    day = there(at, zone).date()
    if not digest_due(None, at, rules) or _done(MailKind.DIGEST, day):
        return 0
    until = on_the_clock(day, rules.digest, zone)[0]
    levels = [number for number, name in enumerate(LEVELS) if rules.levels[name].how == "digest"]
    rows = Warned.objects.filter(level__in=levels, todo_at__gt=until - BACK, todo_at__lte=until)
    last = _last(day - BACK)

    def new(warning: Warned, contact: Contact) -> bool:
        before = last.get((contact.organisation_id, contact.role))
        start = on_the_clock(contact.since, time(), zone)[0]
        return warning.todo_at > (max(start, on_the_clock(before, rules.digest, zone)[0]) if before else start)

    marks = {each.warning.pk: each for each in to_tell(on=day)}

    def ends(warning: Warned, contact: Contact) -> bool:
        before = last.get((contact.organisation_id, contact.role)) or day - BACK
        return any(max(contact.since, before) < mark <= day for mark in marks[warning.pk].days)

    told = _per_contact(rows.exclude(state__in=SETTLED).select_related("advisory"), on=day, fits=new)
    ending = _per_contact([each.warning for each in marks.values()], on=day, fits=ends)
    return _write(MailKind.DIGEST, day, told, ending, at=at)


def weekly(*, at: datetime) -> int:
    """Once a week, from its day and hour on: per contact what is open and what was told this past week. How many mails.

    Nobody gets an empty one. What was told after its hour waits for the next.
    """
    rules = warning_rules()
    zone = rules.calendar.zone
    today = there(at, zone).date()
    first = today - timedelta(days=(today.weekday() - rules.weekly.weekday) % 7)
    if not weekly_due(None, at, rules) or _done(MailKind.WEEKLY, first):
        return 0
    days = (first + timedelta(days=n) for n in range(WEEK.days))
    until = on_the_clock(next(day for day in days if rules.calendar.why_free(day) is None), rules.weekly.at, zone)[0]
    rows = of_week(Warned.objects.select_related("advisory"), until=until)
    told = _per_contact(rows, on=today, fits=lambda *_each: True)
    return _write(MailKind.WEEKLY, first, told, {}, at=at)


def _done(kind: MailKind, day: date) -> bool:
    return Mail.objects.filter(kind=kind, key=day.isoformat()).exists()


def _last(since: date) -> Mapping[tuple[int, str], date]:
    """The day of the last message of the day, per organisation and role of its contact."""
    rows = Mail.objects.filter(kind=MailKind.DIGEST, key__gte=since.isoformat()).order_by()
    found = rows.values_list("organisation", "contact__role").annotate(last=Max("key"))
    return {(organisation, role): date.fromisoformat(last) for organisation, role, last in found}


def _per_contact(
    rows: Iterable[Warned], *, on: date, fits: Callable[[Warned, Contact], bool]
) -> dict[Contact, list[int]]:
    """Per contact the numbers of its warnings, the most pressing first; nothing for who has none."""
    warnings = sorted(rows, key=lambda each: (each.organisation_id, -each.level, each.todo_at, each.pk))
    contacts = contacts_by({each.organisation_id for each in warnings}, on=on)
    told: dict[Contact, list[int]] = {}
    found: dict[tuple[object, ...], list[Contact]] = {}
    for warning in warnings:
        here = contacts.get(warning.organisation_id, [])
        key = (warning.organisation_id, warning.desk_id, label_of(warning), warning.level)  # all that a route rests on
        if key not in found:
            found[key] = [contact for contact, _what in mailed(route_of(warning, here), here)]
        for contact in found[key]:
            if fits(warning, contact):
                told.setdefault(contact, []).append(warning.pk)
    return told


def _write(
    kind: MailKind, day: date, told: Mapping[Contact, list[int]], ending: Mapping[Contact, list[int]], *, at: datetime
) -> int:
    """One mail per contact."""
    whom = {**told, **ending}
    Mail.objects.bulk_create(
        [
            Mail(
                organisation_id=contact.organisation_id, contact=contact, kind=kind, key=day.isoformat(),
                warnings=told.get(contact, []), ending=ending.get(contact, []), made_at=at,
            )
            for contact in whom
        ],
        ignore_conflicts=True, batch_size=500,
    )  # fmt: skip
    return len(whom)
