"""What a supplier types: answers to all questions of a review, a word to a finding. And what who adopts a review types."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.ledger.forms.fields import FilesField
from dijkwacht.apps.people.forms import TLP_WORDS, DayField
from dijkwacht.apps.suppliers.queries.asked import Point
from dijkwacht.apps.suppliers.services.answering import LONGEST, Said
from dijkwacht.core.facts import FactType
from dijkwacht.web.terms import text_of

Options = Sequence[tuple[Any, str]]
PARTS = ("value", "text", "files", "tlp", "seen")


class AnswersForm(forms.Form):
    """All answers of one review on one page; each may be left empty. ``kinds``: the fact type that each question settles, by
    its number; ``choices``: of a choice the answers that a supplier can give, by number, empty for all."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        points: Sequence[Point],
        kinds: Mapping[int, FactType],
        choices: Mapping[int, Sequence[str]],
        tlp: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.points, self.kinds, self._asked = points, kinds, list[forms.Field]()
        for point in points:
            pk, last = point.question.pk, point.last
            if (kind := kinds.get(pk)) is not None and kind.value in _VALUES:
                field = _VALUES[kind.value](kind, choices.get(pk, ()))
                field.initial = _shown(kind, last.value) if last is not None else ""
                self.fields[f"value-{pk}"] = field
                self._asked.append(field)
            self.fields[f"text-{pk}"] = forms.CharField(
                label=_("Explanation"), required=False, max_length=LONGEST, initial=last.text if last else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
            self.fields[f"files-{pk}"] = FilesField(label=_("Files that show it"))
            self.fields[f"tlp-{pk}"] = forms.ChoiceField(
                label=_("How far these files may go"), choices=TLP_WORDS, initial=tlp, required=False
            )

            self.fields[f"seen-{pk}"] = forms.IntegerField(
                required=False, widget=forms.HiddenInput, initial=last.pk if last is not None else None
            )
        self._call_required(True)

    def full_clean(self) -> None:
        """An answer may be left for later, yet it is not called *not required*: without it, handing in asks why."""
        self._call_required(False)
        super().full_clean()
        self._call_required(True)

    def _call_required(self, required: bool) -> None:
        for field in self._asked:
            field.required = required

    def said(self) -> dict[int, Said]:
        """What was filled in without a mistake, by question; what was not sent at all stays as it was."""
        found = {}
        for point in self.points:
            pk = point.question.pk
            if f"value-{pk}" in self.errors or f"text-{pk}" in self.errors:
                continue
            if not {f"value-{pk}", f"text-{pk}"} & set(self.data):
                continue
            last = point.last.text if point.last is not None else ""
            text = self.cleaned_data.get(f"text-{pk}", "") if f"text-{pk}" in self.data else last
            found[pk] = Said(self._value(point), text, self.cleaned_data.get(f"seen-{pk}"))
        return found

    def typed(self) -> dict[int, Said]:
        """Everything that was typed, right or wrong, to be shown back."""
        right = self.said()
        return {
            pk: right.get(pk) or Said(self.data.get(f"value-{pk}") or None, self.data.get(f"text-{pk}", ""))
            for pk in (point.question.pk for point in self.points)
        }

    def _value(self, point: Point) -> Any:
        name = f"value-{point.question.pk}"
        if name not in self.fields or name not in self.data:  # not asked any more, or not sent: what was answered stays
            return point.last.value if point.last is not None else None
        given = self.cleaned_data.get(name)
        if self.kinds[point.question.pk].value == "yes_no":
            return {"yes": True, "no": False}.get(str(given))
        return given or None

    def uploads(self) -> list[tuple[Point, Sequence[Any], str]]:
        """The files that came along, per question, with their label."""
        found = []
        for point in self.points:
            files = self.cleaned_data.get(f"files-{point.question.pk}") or ()
            if files:
                found.append((point, files, self.cleaned_data.get(f"tlp-{point.question.pk}", "")))
        return found

    def bound(self, point: Point) -> dict[str, BoundField]:
        """The fields of one question, by what they are."""
        names = {part: f"{part}-{point.question.pk}" for part in PARTS}
        return {part: self[name] for part, name in names.items() if name in self.fields}


def _shown(kind: FactType, value: Any) -> Any:
    if kind.value == "yes_no" and isinstance(value, bool):
        return "yes" if value else "no"
    return value if value is not None else ""


def _none() -> tuple[str, str]:
    return ("", _("No answer (say below why)"))


def _yes_no(_kind: FactType, _some: Sequence[str]) -> forms.Field:
    options = [("yes", _("Yes")), ("no", _("No")), _none()]
    return forms.ChoiceField(label=_("Answer"), choices=options, required=False, widget=forms.RadioSelect)


def _choice(kind: FactType, some: Sequence[str]) -> forms.Field:
    options = [(each, text_of(kind.labels.get(each)) or each) for each in kind.choices if not some or each in some]
    return forms.ChoiceField(label=_("Answer"), choices=[*options, _none()], required=False, widget=forms.RadioSelect)


def _day(_kind: FactType, _some: Sequence[str]) -> forms.Field:
    return DayField(label=_("Day"), required=False)


_VALUES = {"yes_no": _yes_no, "choice": _choice, "date": _day}


class FindingForm(forms.Form):
    """What the supplier says to a finding, and maybe that it is mended."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("What you say to this"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    mended = forms.BooleanField(
        label=gettext_lazy("It is mended"),
        required=False,
        help_text=gettext_lazy("The reviewers look again before it counts as mended."),
    )
    mended_on = DayField(
        label=gettext_lazy("Since when"), required=False, help_text=gettext_lazy("Leave empty for: since today.")
    )
    files = FilesField(  # type: ignore[assignment]
        label=gettext_lazy("Files that show it"),
        help_text=gettext_lazy("They go along when you say that it is mended."),
    )
    tlp = forms.ChoiceField(label=gettext_lazy("How far these files may go"), choices=TLP_WORDS, required=False)

    def clean(self) -> dict[str, Any]:
        """Files without the word that it is mended would go nowhere."""
        cleaned = super().clean() or {}
        if cleaned.get("files") and not cleaned.get("mended"):
            self.add_error("mended", _("Tick this when the files show that it is mended."))
        return cleaned


class AdoptForm(forms.Form):
    """For which supplier a review is adopted, maybe for which service, and what one wants to say of that."""

    use_required_attribute = False

    supplier = forms.TypedChoiceField(label=gettext_lazy("For which supplier of yours"), coerce=int)
    service = forms.TypedChoiceField(
        label=gettext_lazy("For which service"), coerce=int, required=False, empty_value=None
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("Such as what you arranged yourself besides, or what does not hold for you."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, suppliers: Options, services: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"].choices = list(suppliers)  # type: ignore[attr-defined]
        if services:
            self.fields["service"].choices = [("", _("All that it delivers to you")), *services]  # type: ignore[attr-defined]
        else:
            del self.fields["service"]


class JoinForm(forms.Form):
    """Which supplier of ours the supplier of a review is, when its number does not tell."""

    use_required_attribute = False

    supplier = forms.TypedChoiceField(label=gettext_lazy("Who is this in your register"), coerce=int)

    def __init__(self, *args: Any, suppliers: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"].choices = list(suppliers)  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Why one lets go of a review."""

    because = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=300)
