"""Django's form widgets in the dress of the design system, with label, help and error tied to the control."""

from django.forms import BoundField, DateInput
from django.utils.safestring import SafeString

# Which control a widget is. Several widgets in one (a list of choices) stand in a fieldset.
WIDGETS = {
    "Select": "select", "NullBooleanSelect": "select", "SelectMultiple": "select", "Textarea": "textarea",
    "CheckboxInput": "checkbox", "RadioSelect": "radios", "CheckboxSelectMultiple": "checkboxes",
    "FileInput": "file", "ClearableFileInput": "file", "SeveralFiles": "file",
}  # fmt: skip
CLASSES = {
    "textbox": "utrecht-textbox utrecht-textbox--html-input",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "select": "utrecht-select utrecht-select--html-select", "checkbox": "utrecht-checkbox utrecht-checkbox--html-input",
    "radios": "utrecht-radio-button utrecht-radio-button--html-input",
    "checkboxes": "utrecht-checkbox utrecht-checkbox--html-input", "file": "file-input",
}  # fmt: skip
GROUPS = ("radios", "checkboxes")


def dressed(bound: BoundField, kind: str, norm: str = "") -> SafeString | None:
    """The control with its classes and descriptions; None for a group: the template shows its choices one by one."""
    if kind in GROUPS:
        bound.field.widget.attrs["class"] = CLASSES[kind]
        return None
    attributes = {"class": CLASSES[kind]}
    described = [f"{bound.id_for_label}_norm"] if norm else []
    if bound.help_text:
        described.append(f"{bound.id_for_label}_help")
    if bound.errors:
        attributes["class"] += f" utrecht-{kind}--invalid"
        attributes["aria-invalid"] = "true"
        described.append(f"{bound.id_for_label}_error")
    if described:
        attributes["aria-describedby"] = " ".join(described)
    bound.field.widget.attrs.pop("placeholder", None)  # the label says it, and stays in sight
    if isinstance(bound.field.widget, DateInput):
        bound.field.widget.input_type = "date"
        bound.field.widget.format = "%Y-%m-%d"  # what a browser takes; it shows the usual form
    return bound.as_widget(attrs={**attributes, **_own_class(bound, attributes["class"])})


def _own_class(bound: BoundField, ours: str) -> dict[str, str]:
    """A class that the form gave its widget stays."""
    theirs = bound.field.widget.attrs.get("class", "")
    return {"class": f"{ours} {theirs}"} if theirs else {}
