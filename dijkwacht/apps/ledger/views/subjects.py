"""Registers: what our facts are about, and whether that is all of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ledger import registers, words
from dijkwacht.apps.ledger.forms.subjects import RegisterForm, SourceForm, SubjectForm
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.queries import subjects as queries
from dijkwacht.apps.ledger.services import subjects as services
from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.ledger.services.saying import register_many
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.terms import kind_words


@require_safe
def subjects(request: HttpRequest, organisation: str) -> HttpResponse:
    """All registers, with how many are in each and whether that is all."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = registers.overview(seat.organisation, on=clock.today(request))
    complete = sum(each.complete for each in found)
    return render(request, "ledger/subjects.html", {"seat": seat, "registers": found, "complete": complete})


@require_safe
def register(request: HttpRequest, organisation: str, kind: str) -> HttpResponse:
    """One register: its subjects."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    return _register(request, seat, kind)


def add(request: HttpRequest, organisation: str, kind: str) -> HttpResponse:
    """Registers subjects, one or many at once."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    _kind_or_404(kind)
    known = [each.name for each in queries.subjects(seat.organisation, kind=kind)]
    form = RegisterForm(request.POST or None, known=known)
    if not form.is_valid():
        return _register(request, seat, kind, form=form)
    names = form.cleaned_data["names"]
    try:
        register_many(
            seat.organisation, kind=kind, names=names, person=seat.person, on=clock.today(request),
            at=clock.now(request),
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error("names", words.trouble(refusal, on=clock.today(request)))
        return _register(request, seat, kind, form=form)
    said = ngettext("%(n)s was registered: %(names)s.", "%(n)s were registered: %(names)s.", len(names))
    messages.success(request, said % {"n": len(names), "names": ", ".join(names[:5]) + (" …" if names[5:] else "")})
    return redirect("ledger:register", organisation=organisation, kind=kind)


@require_POST
def complete(request: HttpRequest, organisation: str, kind: str) -> HttpResponse:
    """States that a register is complete, or that it is not."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    _kind_or_404(kind)
    is_all = request.POST.get("complete") == "yes"
    receipt = services.declare_complete(
        seat.organisation, kind=kind, person=seat.person, on=clock.today(request), at=clock.now(request),
        complete=is_all,
    )  # fmt: skip
    turned = len(receipt.verdicts_changed)
    if is_all:
        said = ngettext(
            "Recorded: all %(kind)s are registered. %(n)s verdict turned.",
            "Recorded: all %(kind)s are registered. %(n)s verdicts turned.",
            turned,
        )
        messages.success(request, said % {"kind": kind_words(kind), "n": turned})
    else:
        messages.success(request, _("Recorded: not all %(kind)s are registered yet.") % {"kind": kind_words(kind)})
    return redirect("ledger:register", organisation=organisation, kind=kind)


@require_safe
def subject(request: HttpRequest, organisation: str, kind: str, subject: str) -> HttpResponse:
    """One subject: what is known about it, and what can be changed."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    return _subject(request, seat, _subject_or_404(seat, kind, subject))


@require_POST
def change(request: HttpRequest, organisation: str, kind: str, subject: str) -> HttpResponse:
    """Gives a subject another name or owner."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    found = _subject_or_404(seat, kind, subject)
    on, at = clock.today(request), clock.now(request)
    persons = {person.pk: person for person in persons_in(seat.organisation, on=on)}
    form = SubjectForm(request.POST, persons=[(pk, str(person)) for pk, person in persons.items()])
    if not form.is_valid():
        return _subject(request, seat, found, form=form)
    name, owner = form.cleaned_data["name"], persons.get(form.cleaned_data["owner"])
    if name != found.name:
        services.rename_subject(found, name=name, person=seat.person, on=on, at=at)
    if owner != found.owner:
        services.set_owner(found, owner=owner, person=seat.person, on=on, at=at)
    messages.success(request, _("Saved."))
    return redirect("ledger:subject", organisation=organisation, kind=kind, subject=subject)


@require_POST
def archive(request: HttpRequest, organisation: str, kind: str, subject: str) -> HttpResponse:
    """Takes a subject out of its register."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    found = _subject_or_404(seat, kind, subject)
    on = clock.today(request)
    try:
        services.archive_subject(found, person=seat.person, on=on, at=clock.now(request))
    except Refusal as refusal:
        messages.error(request, words.trouble(refusal, on=on))
    else:
        messages.success(request, _("%(name)s is no longer in the register. Its facts stay.") % {"name": found.name})
    return redirect("ledger:register", organisation=organisation, kind=kind)


@require_POST
def take_over(request: HttpRequest, organisation: str, kind: str, subject: str) -> HttpResponse:
    """Lets what another organisation shares about a subject of its own count for ours."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    found = _subject_or_404(seat, kind, subject)
    sources = {each.pk: each for each in queries.sources(seat.organisation, kind=kind)}
    form = SourceForm(request.POST, sources=[(pk, str(each)) for pk, each in sources.items()])
    if not form.is_valid():
        return _subject(request, seat, found, source_form=form)
    source = sources.get(form.cleaned_data["source"])
    services.inherit_from(
        found, source=source, person=seat.person, on=clock.today(request), at=clock.now(request)
    )  # fmt: skip
    said = _("What %(owner)s shares about %(name)s now counts here too.")
    parts = {"owner": source.organisation if source else "", "name": source.name if source else ""}
    messages.success(request, said % parts if source else _("From now on only our own answers count."))
    return redirect("ledger:subject", organisation=organisation, kind=kind, subject=subject)


def _register(request: HttpRequest, seat: Seat, kind: str, *, form: RegisterForm | None = None) -> HttpResponse:
    _kind_or_404(kind)
    found = registers.register(seat.organisation, kind, on=clock.today(request))
    return render(
        request,
        "ledger/register.html",
        {"seat": seat, "register": found, "form": form or RegisterForm(), "may_register": seat.may(Right.REGISTER)},
    )


def _subject(
    request: HttpRequest,
    seat: Seat,
    found: Subject,
    *,
    form: SubjectForm | None = None,
    source_form: SourceForm | None = None,
) -> HttpResponse:
    on = clock.today(request)
    page = registers.page(seat.organisation, found, on=on)
    persons = [(person.pk, str(person)) for person in persons_in(seat.organisation, on=on)]
    sources = [(each.pk, f"{each.organisation} – {each.name}") for each in page.sources]
    inherits = page.inherits.source_id if page.inherits else None
    context = {
        "seat": seat,
        "page": page,
        "subject": found,
        "form": form or SubjectForm(initial={"name": found.name, "owner": found.owner_id}, persons=persons),
        "source_form": source_form or SourceForm(initial={"source": inherits}, sources=sources),
        "may_register": seat.may(Right.REGISTER) and found.archived_at is None,
        "may_answer": seat.may(Right.ANSWER),
    }
    return render(request, "ledger/subject.html", context)


def _subject_or_404(seat: Seat, kind: str, key: str) -> Subject:
    found = queries.subject(seat.organisation, key)
    if found is None or found.kind != kind or found.kind == "organisation":
        raise Http404
    return found


def _kind_or_404(kind: str) -> None:
    if kind not in registers.KINDS:
        raise Http404
