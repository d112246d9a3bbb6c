"""Mails about the legal terms of decisions, by `tick`: nearly over, and too late; each person once of each.

Only who may see decision files is mailed. A mail says the number of the file and the term, and nothing of what stands in it: a
mailbox is no place for that.
"""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from dijkwacht.apps.order.models import MARKS, TermMail
from dijkwacht.apps.order.services.terms import all_terms, decided_files
from dijkwacht.apps.order.term_rows import duty_word, term_name
from dijkwacht.apps.people.models import Person, Role
from dijkwacht.apps.people.queries import in_period, roles_with
from dijkwacht.core.access import Right
from dijkwacht.norms.read import clocks
from dijkwacht.web.mailing import post, send_once
from dijkwacht.web.moments import day_of


def warn(*, at: datetime) -> int:
    """Writes whom to mail of which term; how many mails that are. Safe to repeat, also on several machines.

    Of a term that was nearly over unseen, such as after a night without `tick`, only the last is mailed.
    """
    due = [
        (file, found, found.due.due)
        for file, found in all_terms(decided_files(), at=at)
        if found.standing.state in MARKS and found.due.due is not None
    ]
    people = {number: _people(number, at=at) for number in {file.organisation_id for file, _found, _due in due}}
    rows = TermMail.objects.filter(file__in={file.pk for file, _found, _due in due})
    there = set(rows.values_list("file", "rule", "key", "mark", "person"))
    made = [
        TermMail(
            file=file, rule=found.rule.id, key=found.key, mark=found.standing.state, due_at=end, person=who, made_at=at
        )
        for file, found, end in due
        for who in people[file.organisation_id]
        if (file.pk, found.rule.id, found.key, found.standing.state, who.pk) not in there
    ]
    TermMail.objects.bulk_create(made, ignore_conflicts=True, batch_size=200)
    return len(made)


def _people(organisation: int, *, at: datetime) -> list[Person]:
    """Who may see decision files there, the mayor among them."""
    held = Role.objects.filter(in_period(day_of(at)), organisation=organisation, role__in=roles_with(Right.ORDER))
    return list(Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("pk"))


def send_waiting(*, at: datetime) -> int:
    """Sends every mail that nobody claimed yet; how many went out. Not in a transaction: a mail cannot be taken back."""
    waiting = list(TermMail.objects.filter(claimed_at__isnull=True).order_by("pk"))
    return sum(send_once(row, partial(_send, row.pk, at), at=at) for row in waiting)


def _send(pk: int, at: datetime) -> None:
    row = TermMail.objects.select_related("person", "file__organisation").get(pk=pk)
    file, person = row.file, row.person
    rule = clocks().rules.get(row.rule)
    path = reverse("order:file", args=(file.organisation.slug, file.pk))
    with translation.override(person.language):
        context = {
            "person": person, "organisation": file.organisation, "file": file.name, "rule": term_name(row.rule),
            "by": duty_word(rule) if rule else "", "late": row.mark == "overdue", "ends": bool(rule and not rule.ends_on),
            "may": bool(rule and rule.kind == "right"),
            "due": row.due_at, "at": at, "url": f"{settings.DIJKWACHT_URL}{path}#next",
        }  # fmt: skip
        post("order/email/term", context, to=person.email)
