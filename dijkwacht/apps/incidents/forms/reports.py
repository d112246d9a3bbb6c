"""A report as a form in the order of the authority's own, and what is filled in around it: asked, sent, received, answered."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.incidents import words
from dijkwacht.apps.incidents.forms.fields import Aware, MomentField, area, line
from dijkwacht.apps.incidents.models import Answer
from dijkwacht.core.reporting import Form, FormField, Receiver
from dijkwacht.web.terms import text_of

SHORT = frozenset({
    "organisation_name", "organisation_number", "organisation_address", "organisation_sector", "other_sectors",
    "reporter_name", "reporter_function", "reporter_mail", "reporter_phone", "reporter_hours", "contact", "officer_contact",
    "data_officer", "reference", "title", "status", "processor",
})  # fmt: skip
"""Attributes that fit on one line."""
OPTIONS: Mapping[str, Callable[[], Iterable[tuple[str, Any]]]] = {
    "rsit": words.rsit_choices,
    "causes": words.causes,
    "detections": words.detections,
}
NOT_SENT = ""
TLP = ("red", "amber+strict", "amber", "green", "clear")


class ReportForm(Aware):
    """The fields of a form of the packs. What an article asks for is marked as asked; a draft may still do without."""

    def __init__(self, *args: Any, shape: Form, values: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial={each.id: _shown(each, values.get(each.id)) for each in shape.fields}, **kwargs)
        for each in shape.fields:
            self.fields[each.id] = _control(each)
            self.fields[each.id].required = bool(each.required_by)

    def full_clean(self) -> None:
        """What is asked for may be missing while somebody still writes."""
        asked = [each for each in self.fields.values() if each.required]
        for each in asked:
            each.required = False
        super().full_clean()
        for each in asked:
            each.required = True

    def values(self) -> dict[str, Any]:
        """What was filled in, as it is kept: empty text for nothing."""
        return {name: "" if value is None else value for name, value in self.cleaned_data.items()}


def _shown(asked: FormField, value: Any) -> Any:
    if asked.kind == "moment" and value:
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            return None
    return value


def _control(asked: FormField) -> forms.Field:
    label, help_text = text_of(asked.label), text_of(asked.help)
    if asked.kind == "moment":
        return MomentField(label=label, help_text=help_text, required=False)
    if asked.kind == "number":
        return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, max_value=10**12)
    if asked.kind == "choice":
        options = [("", _("Choose")), *OPTIONS[asked.choices]()]
        return forms.ChoiceField(label=label, help_text=help_text, required=False, choices=options)
    if asked.kind != "text":
        most = Answer.choices if asked.kind == "yes_no_unknown" else Answer.choices[:2]
        return forms.ChoiceField(
            label=label, help_text=help_text, required=False, choices=most, widget=forms.RadioSelect
        )
    if asked.from_attribute in SHORT:
        return line(label, required=False, most=1000, help_text=help_text)
    return area(label, required=False, rows=3, help_text=help_text)


class BeginForm(Aware):
    """Which report; of one that was asked for also by whom, when, and before when."""

    form = forms.ChoiceField(label=gettext_lazy("Which report"), widget=forms.RadioSelect)
    asked_by = line(
        gettext_lazy("Who asked for it"), required=False,
        help_text=gettext_lazy("Only for an interim report: the CSIRT or the authority that asked."),
    )  # fmt: skip
    asked_at = MomentField(label=gettext_lazy("When it was asked"), required=False)
    asked_before = MomentField(label=gettext_lazy("Before when, if that was said"), required=False)

    def __init__(self, *args: Any, shapes: Iterable[Form], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(each.id, text_of(each.name)) for each in shapes]  # type: ignore[attr-defined]


class SendForm(Aware):
    """To whom it was sent, by which road and when; who else here may read it."""

    sent_at = MomentField(
        label=gettext_lazy("When it was sent"),
        help_text=gettext_lazy(
            "The moment at which you pressed send at the authority, not the moment of writing this."
        ),
    )
    lacks = forms.BooleanField(
        label=gettext_lazy("It was sent without what an article asks for: that is not known yet"), required=False
    )
    also = forms.MultipleChoiceField(
        label=gettext_lazy("May also read it here"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A CSIRT or supervisor that works here. It does not replace the report to the authority."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, receivers: Iterable[Receiver], asked_by: str = "", readers: Iterable[tuple[str, str]] = (),
        lacking: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.to: dict[str, str] = {}
        for each in receivers:
            self._receiver(f"to_{each.party.id}", each.party.id, text_of(each.party.name), _roads(each))
        if asked_by:
            self.to["to_requester"] = asked_by[:40]
            self.fields["to_requester"] = line(
                _("By which road to %(who)s") % {"who": asked_by}, most=60, help_text=_("For instance: e-mail, portal.")
            )
        self.fields["also"].choices = list(readers)  # type: ignore[attr-defined]
        self.order_fields([*self.to, "sent_at", "lacks", "also"])
        for name, gone in (("also", not list(readers)), ("lacks", not lacking)):
            if gone:
                del self.fields[name]

    def _receiver(self, name: str, party: str, label: str, roads: list[tuple[str, str]]) -> None:
        self.to[name] = party
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[*roads, (NOT_SENT, _("Not sent to this receiver"))], required=False,
            widget=forms.RadioSelect, initial=roads[0][0] if roads else NOT_SENT,
        )  # fmt: skip

    def receivers(self) -> dict[str, str]:
        """Who received it (id), and by which road."""
        return {party: road for name, party in self.to.items() if (road := self.cleaned_data.get(name))}


def _roads(receiver: Receiver) -> list[tuple[str, str]]:
    return [
        (each.id, _("%(address)s: %(what)s") % {"address": each.address, "what": text_of(each.what)})
        for each in receiver.party.channels
    ]


class ReceiptForm(Aware):
    """The receipt that came back."""

    receipt = line(gettext_lazy("Receipt number"), most=120)
    receipt_at = MomentField(label=gettext_lazy("When it was received"))


class AnswerForm(Aware):
    """What was answered, and when."""

    text = area(gettext_lazy("What was answered"), rows=6)
    when = MomentField(label=gettext_lazy("When"))


class ReplyForm(Aware):
    """What a receiver here sends back: a number of its own, an answer, or both."""

    receipt = line(gettext_lazy("Your number for this report"), most=120, required=False)
    text = area(gettext_lazy("Your answer"), rows=6, required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two at least."""
        cleaned = super().clean()
        if not cleaned.get("receipt") and not cleaned.get("text"):
            raise forms.ValidationError(_("Fill in a number or an answer."))
        return cleaned


class ShareForm(Aware):
    """How far it may travel (TLP 2.0)."""

    tlp = forms.ChoiceField(label=gettext_lazy("How far may it travel"), widget=forms.RadioSelect, initial="amber")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tlp"].choices = tlp_choices()  # type: ignore[attr-defined]


def tlp_choices() -> list[tuple[str, str]]:
    """The labels of the Traffic Light Protocol 2.0, with what each means."""
    return [
        ("red", _("TLP:RED: only who gets it, nobody else")),
        ("amber+strict", _("TLP:AMBER+STRICT: within the organisation that gets it")),
        ("amber", _("TLP:AMBER: within that organisation and its clients")),
        ("green", _("TLP:GREEN: within the community, not in public")),
        ("clear", _("TLP:CLEAR: everybody")),
    ]
