"""Telling organisations: mails at once, reminders, deputies, and who must be called.

What may be told to whom and when follows from `core/advisories/warning` with the rules in `norms/advisories/warning.yaml`. Mails
are rows first (`Mail`), each written once by its key; `mailing` sends them outside any transaction. The messages of the day and
the week: `overviews`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from dijkwacht.apps.advisories.models import SETTLED, Call, Contact, Mail, MailKind, Warned
from dijkwacht.apps.advisories.queries.contacts import contacts_of, mailed, route_of
from dijkwacht.apps.advisories.services.doing import doing
from dijkwacht.apps.advisories.services.guarding import Faults
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.advisories.warning import Route, Step, next_step
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.web.moments import day_of

ACTOR = "tick"
NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Stepped:
    """What a round came to: warnings of which a step was due, and calls that somebody of a desk must make since."""

    warnings: int
    calls: int


def tell(warning: Warned, *, at: datetime) -> list[Call]:
    """Writes what goes out for a warning that is new, or is told again: mails at once, or nothing until the message of the day.

    Gives the calls that somebody of the desk must make, because nobody can be told otherwise. The steps after it begin anew.
    """
    contacts = contacts_of(warning.organisation, on=day_of(at))
    how = route_of(warning, contacts)
    if how.how == "at_once":
        _mail(warning, how, contacts, kind=MailKind.AT_ONCE, key=f"{warning.pk}:{at:%Y%m%d%H%M%S}", at=at)
    calls = (
        [_call(warning, how.why_nobody or "not_by_mail", at)] if how.why_nobody or (how.phone and not how.sends) else []
    )
    plan(warning)
    return [each for each in calls if each is not None]


def tell_over(warning: Warned, *, at: datetime) -> None:
    """Writes that a warning is over because its advisory was withdrawn, once for each revision that says so; nobody is called."""
    contacts = contacts_of(warning.organisation, on=day_of(at))
    key = f"{warning.pk}:{warning.document_id}"
    _mail(warning, route_of(warning, contacts), contacts, kind=MailKind.OVER, key=key, at=at)


def plan(warning: Warned) -> None:
    """When the next step is due, if nobody takes note before it; saved."""
    step = _next(warning)
    warning.step_at = step.at if step else None
    warning.save(update_fields=["step_at", "reminded"])


def step(warning: Warned, *, at: datetime, contacts: Sequence[Contact] | None = None) -> list[Call]:
    """The step that is due: a reminder, one to the deputies too, or somebody of the desk must call.

    Of several reminders that passed unseen, such as after a night without `tick`, only the last is sent.
    """
    due = []
    while (each := _next(warning)) is not None and each.at <= at:
        due.append(each)
        warning.reminded += 1
    calls = [_call(warning, NOT_SEEN, each.at) for each in due if each.kind == "phone"]
    reminders = [each for each in due if each.kind != "phone"]
    if reminders:
        contacts = contacts_of(warning.organisation, on=day_of(at)) if contacts is None else contacts
        last = reminders[-1].kind
        key = f"{warning.pk}:{warning.todo_at:%Y%m%d%H%M%S}:{last}"
        how = route_of(warning, contacts, deputies=last == "deputies")
        _mail(warning, how, contacts, kind=MailKind.REMINDER, key=key, at=at)
    plan(warning)
    return [each for each in calls if each is not None]


def steps(*, at: datetime, faults: Faults | None = None) -> Stepped:
    """Every step that is due, of whomever. Per organisation one deed under the lock of its chain, that looks again what is due:
    run twice, killed or on two machines, each step is taken once. An entry is written only where somebody must call."""
    faults = faults or Faults()
    due = Warned.objects.filter(step_at__lte=at)
    warned = called = 0
    for each in Organisation.objects.filter(pk__in=due.values("organisation")).order_by("pk"):
        done = faults.guarded(f"the steps of organisation {each.pk}", partial(_steps_of, each, at=at)) or Stepped(0, 0)
        warned, called = warned + done.warnings, called + done.calls
    return Stepped(warned, called)


def _steps_of(organisation: Organisation, *, at: datetime) -> Stepped:
    with doing(organisation, person=None, at=at, actor=ACTOR) as deed:
        contacts = contacts_of(organisation, on=day_of(at))
        due = Warned.objects.filter(step_at__lte=at, organisation=organisation)
        held = due.select_for_update(of=("self",)).order_by("pk")
        rows = list(held.select_related("organisation", "advisory"))
        calls = [call for row in rows for call in step(row, at=at, contacts=contacts)]
        if calls:
            deed.write("to_call", about="calls", rows=calls, n=len(calls))
    return Stepped(len(rows), len(calls))


def _next(warning: Warned) -> Step | None:
    if warning.state in SETTLED:
        return None
    return next_step(warning.todo_at, warning.seen_at, LEVELS[warning.level], warning.reminded, warning_rules())


def _mail(warning: Warned, how: Route, contacts: Sequence[Contact], *, kind: MailKind, key: str, at: datetime) -> None:
    """The rows of the mails; one that another machine wrote stays as it is."""
    Mail.objects.bulk_create(
        [
            Mail(
                organisation=warning.organisation, contact=contact, kind=kind, key=key[:60], warnings=[warning.pk],
                pointer=what == "pointer", made_at=at,
            )
            for contact, what in mailed(how, contacts)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _call(warning: Warned, reason: str, due_at: datetime) -> Call | None:
    """A call to make, unless one of this telling is open already; one of an earlier telling is taken up anew."""
    row = Call.objects.filter(warning=warning, at__isnull=True).first() or Call(warning=warning)
    if row.pk is not None and row.due_at >= warning.todo_at:
        return None
    row.reason, row.due_at = reason, due_at
    row.save()
    return row
