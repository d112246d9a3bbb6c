"""Scenarios of one's own: put together from building blocks, brought as a file, changed inject by inject."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dijkwacht.apps.exercises.forms.fields import Asking, area, lines, several
from dijkwacht.apps.exercises.words import BLOCKS
from dijkwacht.core.exercise_script import DecisionPoint, Inject, Words
from dijkwacht.norms.scenarios import LONGEST

ONE_A_LINE = gettext_lazy("One to a line.")


class BuildForm(Asking):
    """The six building blocks, and injects of scenarios that stand."""

    title = forms.CharField(label=gettext_lazy("What the scenario is called"), max_length=200)
    goal = area(gettext_lazy("What one learns from it"), rows=2)
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes the story lasts"), min_value=1, max_value=LONGEST, initial=720
    )
    injects = several(
        gettext_lazy("Which injects"), help_text=gettext_lazy("They are put in order; you can change them after.")
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in BLOCKS.items():
            self.fields[f"block_{name}"] = area(label, rows=2, help_text=ONE_A_LINE)
        self.order_fields(["title", "goal", "minutes", *(f"block_{name}" for name in BLOCKS), "injects"])

    @property
    def blocks(self) -> dict[str, tuple[Words, ...]]:
        """The texts per building block."""
        return {name: tuple({"nl": each} for each in lines(self.cleaned_data[f"block_{name}"])) for name in BLOCKS}


class FileForm(forms.Form):
    """A script as a file."""

    use_required_attribute = False
    file = forms.FileField(label=gettext_lazy("A script as a YAML file"))


class InjectForm(Asking):
    """One inject, with the first decision that it asks. ``seen``: when the scenario that was looked at was changed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    at = forms.IntegerField(label=gettext_lazy("How many minutes after the start"), min_value=0, max_value=LONGEST)
    to = several(gettext_lazy("For whom"))
    via = forms.CharField(label=gettext_lazy("By which road"), max_length=100, required=False)
    text = area(gettext_lazy("What comes in"))
    known = area(gettext_lazy("What is known"), required=False, help_text=ONE_A_LINE)
    unknown = area(gettext_lazy("What is not known"), required=False, help_text=ONE_A_LINE)
    question = area(gettext_lazy("What must be decided"), required=False, rows=2)
    who = several(gettext_lazy("Who decides"), required=False)
    expected = area(gettext_lazy("What a good team does"), required=False, help_text=ONE_A_LINE)

    def clean(self) -> dict[str, Any]:
        """A decision has somebody who takes it."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("question", "").strip() and not given.get("who"):
            self.add_error("who", gettext_lazy("Say who decides."))
        return given

    def inject(self, old: Inject | None) -> Inject:
        """The inject as filled in. What was left as it was keeps its other language, and points after the first stay."""
        given, name = self.cleaned_data, old.id if old else "new"
        points = old.decisions if old else ()
        first = self._point(points[0] if points else None)
        via = _kept(old.via if old else {}, given["via"])
        return Inject(
            name, given["at"], tuple(given["to"]), _kept(old.text if old else {}, given["text"]), via=via,
            known=_lines(old.known if old else (), given["known"]),
            unknown=_lines(old.unknown if old else (), given["unknown"]),
            decisions=(*((first,) if first else ()), *points[1:]),
        )  # fmt: skip

    def _point(self, old: DecisionPoint | None) -> DecisionPoint | None:
        given = self.cleaned_data
        if not given["question"].strip():
            return None
        return DecisionPoint(
            _kept(old.question if old else {}, given["question"]), tuple(given["who"]),
            powers=old.powers if old else (), clocks=old.clocks if old else (),
            not_allowed=old.not_allowed if old else (),
            expected=_lines(old.expected if old else (), given["expected"]),
        )  # fmt: skip


def filled(inject: Inject | None, *, seen: str) -> dict[str, Any]:
    """An inject as the form shows it; nothing of one that is new."""
    if inject is None:
        return {"seen": seen}
    point = inject.decisions[0] if inject.decisions else None
    return {
        "seen": seen, "at": inject.at, "to": list(inject.to), "via": inject.via.get("nl", ""), "text": inject.text["nl"],
        "known": "\n".join(each["nl"] for each in inject.known),
        "unknown": "\n".join(each["nl"] for each in inject.unknown),
        "question": point.question["nl"] if point else "", "who": list(point.who) if point else [],
        "expected": "\n".join(each["nl"] for each in point.expected) if point else "",
    }  # fmt: skip


def _kept(old: Words, said: str) -> Words:
    text = said.strip()
    if not text:
        return {}
    return old if old.get("nl") == text else {"nl": text}


def _lines(old: tuple[Words, ...], said: str) -> tuple[Words, ...]:
    stood = {each["nl"]: each for each in old}
    return tuple(stood.get(line, {"nl": line}) for line in lines(said))
