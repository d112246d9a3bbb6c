"""Reports in words: each field with its value and its article, what a stage says otherwise, and the whole as plain text."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.incidents.models import Answer, Delivery, Report
from dijkwacht.apps.incidents.words import cause_word, detection_word, rsit_word
from dijkwacht.core.reporting import Change, Form, FormField
from dijkwacht.norms.read import incidents
from dijkwacht.web.moments import moment_words
from dijkwacht.web.terms import number_words, text_of

CHOICES = {"rsit": rsit_word, "causes": cause_word, "detections": detection_word}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a report: what is asked, by which article, and what was filled in; ``lacks``: asked by law and empty."""

    id: str
    label: str
    value: str
    article: str
    lacks: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a report with its lines."""

    id: str
    name: str
    lines: tuple[Line, ...]


HERE = "dijkwacht"
"""The road of who reads a report on this installation."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A field that says otherwise than in the stage before; ``fresh``: the stage before had nothing there."""

    label: str
    was: str
    now: str
    fresh: bool


def value_words(asked: FormField, value: Any) -> str:
    """A value as people read it; empty for what was not filled in."""
    if value in (None, ""):
        return ""
    if asked.kind in ("yes_no", "yes_no_unknown"):
        return str(dict(Answer.choices).get(str(value), value))
    if asked.kind == "choice":
        return CHOICES[asked.choices](str(value))
    if asked.kind == "number" and isinstance(value, int):
        return number_words(value)
    if asked.kind == "moment":
        with suppress(ValueError):
            return moment_words(datetime.fromisoformat(str(value)))
    return str(value)


def parts(form: Form, values: Mapping[str, Any], *, lacking: Iterable[FormField] = ()) -> list[Part]:
    """The whole report, section by section in the order of the form."""
    short = {each.id for each in lacking}
    return [
        Part(
            section.id,
            text_of(section.name),
            tuple(
                Line(
                    each.id, text_of(each.label), value_words(each, values.get(each.id)), each.required_by,
                    each.id in short,
                )
                for each in section.fields
            ),
        )
        for section in form.sections
    ]  # fmt: skip


def whole(report: Report, found: Iterable[Part], *, name: str) -> str:
    """The report as plain text, to paste in one go. What was not filled in is left out, but for what the law asks."""
    head = [f"{name} {report.incident.name}"]
    if report.incident.exercise:
        head.insert(0, _("EXERCISE: this did not happen."))
    blocks = ["\n".join(head)]
    for part in found:
        lines = [_told(each) for each in part.lines if each.value or each.lacks]
        if lines:
            blocks.append("\n".join([part.name, "-" * len(part.name), *lines]))
    return "\n\n".join(blocks) + "\n"


def _told(line: Line) -> str:
    value = line.value or _("not known yet")
    mark = "" if line.label.endswith(("?", ":")) else ":"
    return f"{line.label}{mark}\n{value}" if "\n" in value else f"{line.label}{mark} {value}"


def road(delivery: Delivery) -> str:
    """By which road a report went: the name of a channel of the packs, or what the person wrote."""
    if delivery.channel == HERE:
        return _("here, in Dijkwacht")
    party = incidents().parties.get(delivery.receiver)
    return (
        next((each.address for each in party.channels if each.id == delivery.channel), delivery.channel)
        if party
        else delivery.channel
    )


def turned(form: Form, found: Iterable[Change]) -> list[Turned]:
    """What changed, in words."""
    fields = {each.id: each for each in form.fields}
    nothing = _("not filled in")
    return [
        Turned(
            text_of(fields[each.field].label),
            value_words(fields[each.field], each.was) or nothing,
            value_words(fields[each.field], each.now) or nothing,
            each.was is None,
        )
        for each in found
    ]
