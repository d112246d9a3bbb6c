"""What is kept about an incident, each on a page with one form: hits, timeline, tasks, contacts, exhibits, messages, lessons."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkwacht.apps.incidents import desk_words
from dijkwacht.apps.incidents.forms import keeping as forms
from dijkwacht.apps.incidents.models import Contact, Custody, Exhibit, Hit, Incident, Lesson, Moment, Task
from dijkwacht.apps.incidents.services import intake, keeping
from dijkwacht.apps.incidents.services.terms import AUDIENCES
from dijkwacht.apps.incidents.views.pages import (
    about_page,
    at_incident,
    attempt,
    done,
    evidence_of,
    incident_or_404,
    kept_or_404,
    number,
    person_of,
    persons,
    press,
    sent,
    when,
)
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


def hit(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes that a system or process was hit, or until when."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = incident_or_404(seat, pk)
    there = list(subjects.subjects(seat.organisation))
    options = [(each.key, f"{each.name} ({each.get_kind_display().lower()})") for each in there]
    form = forms.HitForm(sent(request), initial=_hit(found, request.GET.get("regel", "")), subjects=options)
    if form.is_valid():
        subject = next(each for each in there if each.key == form.cleaned_data["subject"])
        deed = {**form.cleaned_data, "subject": subject, **when(request, seat)}
        if attempt(form, lambda: intake.hit(found, **deed)):
            return done(request, found, _("Recorded what was hit."), "hits")
    return about_page(request, seat, found, form, _("A system or process that was hit"))


def _hit(found: Incident, text: str) -> dict[str, Any]:
    """What stands there already, for who fills in until when."""
    row = Hit.objects.filter(incident=found, pk=number(text) or 0).select_related("subject").first()
    if row is None:
        return {"effect": "availability"}
    return {
        "subject": row.subject.key, "effect": row.effect, "since": row.since, "until": row.until, "note": row.note,
    }  # fmt: skip


@require_POST
def unhit(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It was not hit after all."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = kept_or_404(seat, Hit, pk)
    press(request, lambda: intake.unhit(row, **when(request, seat)), _("Recorded: not hit after all."))
    return redirect(at_incident(row.incident, "hits"))


def note(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes a line of the timeline, maybe instead of another."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = incident_or_404(seat, pk)
    old = Moment.objects.filter(incident=found, pk=number(request.GET.get("vervangt", "")) or 0).first()
    start: dict[str, Any] = {"when": clock.now(request), "kind": "event"}
    if old is not None:
        start = {"when": old.at, "kind": old.kind, "text": old.text, "approximate": old.approximate}
    form = forms.NoteForm(sent(request), initial=start)
    if form.is_valid():
        deed = {**form.cleaned_data, "replaces": old, **when(request, seat)}
        if attempt(form, lambda: keeping.note(found, **deed)):
            return done(request, found, _("Written in the timeline."), "timeline")
    told = _("The old line stays in the trail.") if old else ""
    return about_page(request, seat, found, form, _("A line of the timeline"), answer=told)


def task_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Adds something to do."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = incident_or_404(seat, pk)
    form = forms.TaskForm(sent(request), persons=persons(request, seat))
    if form.is_valid():
        owner = person_of(request, seat, form.cleaned_data["owner"])
        deed = {**form.cleaned_data, "owner": owner, **when(request, seat)}
        if attempt(form, lambda: keeping.add_task(found, **deed)):
            return done(request, found, _("The task was added."), "tasks")
    return about_page(request, seat, found, form, _("A task"))


def task_finish(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A task is done, or will not be done."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = kept_or_404(seat, Task, pk)
    form = forms.FinishTaskForm(sent(request), initial={"ended": "done"})
    if form.is_valid():
        data = form.cleaned_data
        deed = {"result": data["result"], "dropped": data["ended"] == "dropped", **when(request, seat)}
        if attempt(form, lambda: keeping.finish_task(row, **deed)):
            return done(request, row.incident, _("Recorded how the task ended."), "tasks")
    return about_page(request, seat, row.incident, form, row.title)


def contact_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Adds whom one calls."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = incident_or_404(seat, pk)
    form = forms.ContactForm(sent(request))
    if form.is_valid():
        deed = {**form.cleaned_data, **when(request, seat)}
        if attempt(form, lambda: keeping.add_contact(found, **deed)):
            return done(request, found, _("The contact was added."), "contacts")
    return about_page(request, seat, found, form, _("Somebody to call"))


@require_POST
def contact_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes a contact away."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = kept_or_404(seat, Contact, pk)
    press(request, lambda: keeping.end_contact(row, **when(request, seat)), _("The contact was taken away."))
    return redirect(at_incident(row.incident, "contacts"))


def secure(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Keeps something as evidence."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = incident_or_404(seat, pk)
    label = f"B-{found.exhibits.count() + 1}"
    start = {"secured_at": clock.now(request), "secured_by": str(seat.person), "label": label}
    form = forms.SecureForm(sent(request), request.FILES or None, initial=start, restricted=found.restricted)
    if form.is_valid() and attempt(form, lambda: _secured(request, seat, found, form.cleaned_data)):
        return done(request, found, _("The exhibit is kept."), "exhibits")
    notes = [_("This incident is restricted, so keep the file elsewhere and note its SHA-256 here.")]
    return about_page(
        request, seat, found, form, _("Something to keep as evidence"), notes=notes if found.restricted else ()
    )


@transaction.atomic
def _secured(request: HttpRequest, seat: Seat, found: Incident, data: Mapping[str, Any]) -> Exhibit:
    """The file and the exhibit, or neither."""
    who, given = when(request, seat), data.get("file")
    file = evidence_of(seat, given, found, **who) if given else None
    return keeping.secure(found, **{**data, "file": file}, **who)


def hand_over(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes that an exhibit went to somebody else."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = kept_or_404(seat, Exhibit, pk)
    last = Custody.objects.filter(exhibit=row).order_by("-at", "-pk").first()
    start = {"when": clock.now(request), "given_by": last.taken_by if last else row.secured_by}
    form = forms.HandOverForm(sent(request), initial=start)
    if form.is_valid():
        deed = {**form.cleaned_data, **when(request, seat)}
        if attempt(form, lambda: keeping.hand_over(row, **deed)):
            return done(request, row.incident, _("Recorded who has it now."), "exhibits")
    title = _("Exhibit %(label)s goes to somebody else") % {"label": row.label}
    return about_page(request, seat, row.incident, form, title)


def message_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Logs what was said to or by others."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = incident_or_404(seat, pk)
    audience = request.GET.get("voor", "")
    start = {"when": clock.now(request), "direction": "out", "audience": audience if audience in AUDIENCES else ""}
    form = forms.MessageForm(sent(request), initial=start)
    if form.is_valid():
        deed = {**form.cleaned_data, **when(request, seat)}
        if attempt(form, lambda: keeping.log_message(found, **deed)):
            return done(request, found, _("Written in the log."), "messages")
    return about_page(request, seat, found, form, _("What was said"), norms={"audience": desk_words.informing()})


def learn(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes what is learned, and what will be improved."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = incident_or_404(seat, pk)
    form = forms.LearnForm(sent(request), persons=persons(request, seat))
    if form.is_valid():
        owner = person_of(request, seat, form.cleaned_data["owner"])
        deed = {**form.cleaned_data, "owner": owner, **when(request, seat)}
        if attempt(form, lambda: keeping.learn(found, **deed)):
            return done(request, found, _("The lesson was recorded."), "lessons")
    return about_page(request, seat, found, form, _("What we learned"))


def lesson_finish(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """An improvement is done."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = kept_or_404(seat, Lesson, pk)
    form = forms.FinishLessonForm(sent(request))
    if form.is_valid():
        deed = {**form.cleaned_data, **when(request, seat)}
        if attempt(form, lambda: keeping.finish_lesson(row, **deed)):
            return done(request, row.incident, _("Recorded that it was improved."), "lessons")
    return about_page(request, seat, row.incident, form, row.improvement or row.text[:200])
