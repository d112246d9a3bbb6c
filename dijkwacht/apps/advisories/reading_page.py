"""A file with products before and after: what it says as we read it, what it changes, and what followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.advisories import register_words, words
from dijkwacht.apps.advisories.forms.register import ReadForm, chosen
from dijkwacht.apps.advisories.models import EventKind, Line, Upload, WarningEvent
from dijkwacht.apps.advisories.queries.visible import advisories_of, warnings_of
from dijkwacht.apps.advisories.services import register_file, registering
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.register_file import Looked
from dijkwacht.apps.ledger.services.uploads import Upload as Kept
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.register import Change
from dijkwacht.core.advisories.register_lines import Lines, Source
from dijkwacht.core.intake_values import shown
from dijkwacht.core.sheets import Problem, column_letter
from dijkwacht.web.moments import day_of
from dijkwacht.web.register_words import FORMS, form_reason, register_sentence

SAMPLES, EXAMPLES, MOST = 3, 8, 30


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file says and would do. ``open``: what a person has to fill in first; ``change``: with examples in words."""

    form: ReadForm
    looked: Looked
    kind: str
    reasons: tuple[str, ...]
    columns: tuple[tuple[str, str, str], ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    more: int
    open: str
    change: dict[str, Any] | None
    dated: str
    labels: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether it can be taken over as it is shown."""
        return self.change is not None

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.looked.lines.lines)


def looked_at(upload: Kept, query: Mapping[str, str], *, at: datetime) -> Looked:
    """The file as a person says that it is to be read."""
    return register_file.look(
        upload.content, upload.name, on=day_of(at), form=query.get("form", ""), chosen=chosen(query),
        whose=query.get("whose", ""),
    )  # fmt: skip


def meant(upload: Kept, query: Mapping[str, str], *, at: datetime) -> tuple[Lines, Source]:
    """The lines that are taken over and their source. Raises Refused (not_usable, whose, label_needed, long)."""
    found = looked_at(upload, query, at=at)
    if not found.lines.usable:
        raise Refused("not_usable")
    return register_file.of_one(found, query.get("whose", "")), register_file.source_of(found, _label(found, query))


def _label(found: Looked, query: Mapping[str, str]) -> str:
    """The name of the source: as filled in, else for a list of parts what the file says that it is about."""
    return query.get("label", found.lines.label[: register_file.LONGEST_LABEL] if found.is_parts else "")


def preview(organisation: Organisation, upload: Kept, query: Mapping[str, str], *, at: datetime) -> Preview:
    """What the file would do."""
    found = looked_at(upload, query, at=at)
    lines, wanting, change = found.lines, "", None
    if lines.usable:
        try:
            ours, source = (
                register_file.of_one(found, query.get("whose", "")),
                register_file.source_of(found, _label(found, query)),
            )
            change = _told(registering.change_of(organisation, ours, source, at=at))
        except Refused as error:
            wanting = words.refusal(error)
    problems, remarks = _sentences(lines.problems), _sentences(lines.remarks)
    return Preview(
        _form(found, query), found, str(FORMS.get(found.form, "")), tuple(form_reason(each) for each in found.reasons),
        _columns(found), problems[:MOST], remarks[:MOST], sum(lines.counts.values()) - len(problems[:MOST] + remarks[:MOST]),
        wanting, change, register_words.received(lines.as_of), _labels(organisation, found.form),
    )  # fmt: skip


def _sentences(found: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(register_sentence(each) for each in found)


def _labels(organisation: Organisation, form: str) -> tuple[str, ...]:
    """The names of the sources of this form that are in the register."""
    rows = Line.objects.filter(organisation=organisation, kind=form, gone__isnull=True).exclude(label="")
    return tuple(rows.order_by("label").values_list("label", flat=True).distinct()[:MOST])


def _told(change: Change) -> dict[str, Any]:
    """What changes, in numbers and examples."""
    twice = _("Row %(row)s says the same as row %(first)s.")
    return {
        "added": len(change.added), "changed": len(change.changed), "gone": len(change.gone), "same": len(change.unchanged),
        "parts": [
            (_("New"), [register_words.line_words(each) for each in change.added[:EXAMPLES]], len(change.added)),
            (_("Changed"), [register_words.changed_words(each) for each in change.changed[:EXAMPLES]], len(change.changed)),
            (_("Gone"), [register_words.line_words(each) for each in change.gone[:EXAMPLES]], len(change.gone)),
            (
                _("Said twice"), [twice % {"row": row, "first": first} for row, first in change.doubles[:EXAMPLES]],
                len(change.doubles),
            ),
        ],
    }  # fmt: skip


def _form(found: Looked, query: Mapping[str, str]) -> ReadForm:
    header, rows = found.header(), found.samples(SAMPLES)
    widest = max((len(row.cells) for row in (header, *rows)), default=0)
    columns = [(n, f"{column_letter(n)}: {shown(header.cell(n), 40) or '–'}") for n in range(widest)]
    initial: dict[str, Any] = {
        "form": found.form if query.get("form") else "", "label": _label(found, query), "whose": query.get("whose", ""),
    }  # fmt: skip
    if found.layout is not None:
        initial |= {"sheet": found.layout.sheet, "header": found.layout.header, **found.layout.columns}
    return ReadForm(
        initial=initial, columns=columns, parts=found.is_parts,
        sheets=[(n, sheet.name) for n, sheet in enumerate(found.sheets)],
        whose=[(each, each) for each in found.whose] if len(found.whose) > 1 else (),
    )  # fmt: skip


def _columns(found: Looked) -> tuple[tuple[str, str, str], ...]:
    """Per role that has a column its word, the heading and a few cells."""
    if found.layout is None:
        return ()
    header, rows = found.header(), found.samples(SAMPLES)
    return tuple(
        (str(word), shown(header.cell(at)), " · ".join(filter(None, (shown(row.cell(at), 30) for row in rows))))
        for role, word in register_words.ROLES.items()
        if (at := found.layout.columns.get(role)) is not None
    )


def receipt(seat: Seat, upload: Upload, *, own: bool) -> dict[str, Any]:
    """What a file did: the register, and the warnings that turned with it. A desk sees those that it sent itself."""
    seen = Q(warning__in=warnings_of(upload.organisation, seat.person))
    if not own:
        seen = Q(warning__desk=seat.organisation, warning__advisory__in=advisories_of(seat.organisation, seat.person))
    rows = WarningEvent.objects.filter(seen, warning__organisation=upload.organisation, at=upload.at)
    events = list(rows.select_related("warning").order_by("-warning__level", "pk"))
    new = sum(each.kind == EventKind.FIRST for each in events)
    told = ngettext("%(n)s new warning follows from it.", "%(n)s new warnings follow from it.", new) % {"n": new}
    if not events:
        told = _("No warning follows from it.")
    return {
        "upload": upload, "events": events, "source": register_words.source_words(upload),
        "answer": f"{register_words.upload_words(upload).capitalize()}. {told}", "own": own,
    }  # fmt: skip
