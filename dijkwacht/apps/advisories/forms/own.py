"""An advisory or VEX of our own as a form: what it is, products, weaknesses with a status per product, what to do, links."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories import own_words
from dijkwacht.apps.advisories.forms.own_fields import Row, Unfinished, address, area, line
from dijkwacht.apps.advisories.models import OwnKind
from dijkwacht.apps.advisories.services.own import score_of
from dijkwacht.core.advisories.own import is_cve, is_number
from dijkwacht.core.advisories.own_versions import Unclear, read_versions

PRODUCTS, ROWS = 50, 20  # rows at most


class BeginForm(forms.Form):
    """What it is, and to whom it may go."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you write?"), choices=OwnKind.choices, widget=forms.RadioSelect, initial=OwnKind.ADVISORY
    )  # fmt: skip
    title = line(
        gettext_lazy("Title"), required=True, most=300, help_text=gettext_lazy("The weakness and the product.")
    )
    tlp = forms.ChoiceField(
        label=gettext_lazy("To whom may it be passed on?"), widget=forms.RadioSelect,
        choices=own_words.label_choices, initial="AMBER",
        error_messages={"invalid_choice": own_words.NO_LABEL},
        help_text=gettext_lazy("TLP:AMBER+STRICT cannot be chosen: CSAF 2.0, the form in which it goes out, does not have it."),
    )  # fmt: skip


class MainForm(BeginForm, Unfinished):
    """The same with a summary."""

    asked = ("summary",)
    summary = area(
        gettext_lazy("What is it about?"), rows=5,
        help_text=gettext_lazy("For everybody: what is wrong, how bad is that, and what must be done?"),
    )  # fmt: skip


class ProductRow(Row):
    """A product with its versions."""

    names = ("vendor", "product", "versions")
    needs = asked = ("vendor", "product")
    vendor = line(gettext_lazy("Vendor"), most=120)
    product = line(gettext_lazy("Product"), most=120)
    versions = line(gettext_lazy("Which versions?"), most=200)

    def clean_versions(self) -> str:
        """What is understood as versions; else what is to be said more clearly."""
        try:
            read_versions(self.cleaned_data["versions"])
        except Unclear as error:
            raise forms.ValidationError(own_words.unclear_sentence(error)) from None
        return str(self.cleaned_data["versions"])


class WeaknessRow(Row):
    """A weakness, with what is said of each product."""

    names = ("number", "title", "description", "vector")
    needs = ("number",)
    asked: tuple[str, ...] = ("number", "description")
    number = line(gettext_lazy("CVE number, or a number of your own"), most=60)
    title = line(gettext_lazy("Title of the weakness"), most=200)
    description = area(gettext_lazy("What is the weakness, and what can somebody do with it?"))
    vector = line(
        gettext_lazy("CVSS 3.1"), most=200,
        help_text=gettext_lazy("The whole vector: CVSS:3.1/AV:N/AC:L/… CSAF 2.0 does not have CVSS 4."),
    )  # fmt: skip

    def __init__(self, *args: Any, products: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = []
        for place, name in enumerate(products):
            field = forms.ChoiceField(label=name, required=False, choices=own_words.saying_choices)
            self.fields[f"said_{place}"] = field
            self.said.append(f"said_{place}")
        self.asked = (*self.asked, *self.said)
        self._ask(self.asked)

    def statuses(self) -> list[forms.BoundField]:
        """The choices per product."""
        return [self[name] for name in self.said]

    def clean_number(self) -> str:
        """A CVE, or a number that readers keep apart from a title."""
        text = str(self.cleaned_data["number"])
        if text.upper().startswith("CVE-"):
            if not is_cve(text.upper()):
                raise forms.ValidationError(_("A CVE number is CVE, a year and at least four digits: CVE-2026-1001."))
            return text.upper()
        if text and not is_number(text):
            raise forms.ValidationError(_("Use letters, digits, points and hyphens only, without spaces."))
        return text

    def clean_vector(self) -> str:
        """A vector of which a score can be worked out."""
        text = str(self.cleaned_data["vector"])
        if text.startswith("CVSS:4"):
            raise forms.ValidationError(_("This is CVSS 4, which CSAF 2.0 does not have. Give the vector of CVSS 3.1."))
        if text and score_of(text) is None:
            raise forms.ValidationError(
                _("This is no vector of CVSS 3.1, such as CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        """A title that is the number itself would be lost."""
        cleaned = super().clean()
        if cleaned.get("title") and cleaned["title"] == cleaned.get("number"):
            self.add_error("title", _("Give a title that says more than the number."))
        return cleaned

    def value(self) -> dict[str, Any]:
        """As it is kept, with what is said per product."""
        return {**super().value(), "said": [self.cleaned_data.get(name, "") for name in self.said]}


class RemedyRow(Row):
    """What to do."""

    names = ("details", "url")
    needs = asked = ("kind", "details")
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of remedy?"), required=False, choices=own_words.remedy_choices
    )
    details = area(gettext_lazy("What must be done?"), rows=2)
    url = address(gettext_lazy("Where is it found?"))
    about = forms.ChoiceField(label=gettext_lazy("For which weakness?"), required=False)

    def __init__(self, *args: Any, weaknesses: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("For all weaknesses")), *((str(place), name) for place, name in enumerate(weaknesses))]
        self.fields["about"].choices = choices  # type: ignore[attr-defined]

    def value(self) -> dict[str, Any]:
        """As it is kept; ``about``: the place of a weakness."""
        about = self.cleaned_data.get("about", "")
        return {**super().value(), "kind": self.cleaned_data["kind"], "about": int(about) if about else None}


class LinkRow(Row):
    """A link to more."""

    names = ("url", "summary")
    needs = asked = ("url", "summary")
    url = address(gettext_lazy("Address"))
    summary = line(gettext_lazy("What is found there?"), most=200)


PARTS: Mapping[str, type[Row]] = {
    "products": ProductRow,
    "weaknesses": WeaknessRow,
    "remedies": RemedyRow,
    "links": LinkRow,
}
MOST = {"products": PRODUCTS, "weaknesses": ROWS, "remedies": ROWS, "links": ROWS}


class OwnForm:
    """The whole form. ``values``: as they are kept; ``more``: the part in which one row more is wanted."""

    def __init__(
        self, data: QueryDict | None, *, values: Mapping[str, Any], initial: Mapping[str, Any], more: str = ""
    ) -> None:
        self.data, self._values, self._more = data, values, more
        self.main = MainForm(data, initial={**initial, **values})

    def _count(self, part: str) -> int:
        """How many rows a part has: as many as were sent, or as are kept with an empty one where that is wanted."""
        if self.data is not None:
            told = self.data.get(f"{part}-rows", "")
            return min(int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 0, MOST[part])
        held = len(self._values.get(part, ()))
        return min(held + (part == self._more or not held), MOST[part])

    def _rows(self, part: str, **told: Any) -> list[Any]:
        held = self._values.get(part, ())
        return [
            PARTS[part](
                self.data, prefix=f"{part}-{place}", initial=_initial(held[place]) if place < len(held) else {}, **told
            )
            for place in range(self._count(part))
        ]

    @cached_property
    def products(self) -> list[ProductRow]:
        """The rows of products."""
        return self._rows("products")

    @cached_property
    def weaknesses(self) -> list[WeaknessRow]:
        """The rows of weaknesses; what is said in them is said of the products as they stand now."""
        return self._rows("weaknesses", products=[_shown(each, *each.names) for each in self.products])

    @cached_property
    def remedies(self) -> list[RemedyRow]:
        """The rows of remedies."""
        return self._rows("remedies", weaknesses=[_shown(each, "number", "title") for each in self.weaknesses])

    @cached_property
    def links(self) -> list[LinkRow]:
        """The rows of links."""
        return self._rows("links")

    def rows(self, part: str) -> list[Any]:
        """The rows of a part."""
        return list(getattr(self, part))

    def _kept(self, part: str) -> list[tuple[int, Any]]:
        """The rows that count, with their places in what was sent."""
        return [(place, each) for place, each in enumerate(self.rows(part)) if not each.gone]

    def is_valid(self) -> bool:
        """Whether everything that was sent can be kept."""
        if self.data is None:
            return False
        held = [self.main.is_valid(), *(each.is_valid() for part in PARTS for _place, each in self._kept(part))]
        return all(held) and all([self._once("products"), self._once("weaknesses")])

    def _once(self, part: str) -> bool:
        """Whether no two products, and no two weaknesses, are one and the same."""
        seen: set[Any] = set()
        twice = []
        for _place, each in self._kept(part):
            key = each.cleaned_data["number"] if part == "weaknesses" else tuple(each.value().values())
            twice += [each] if key in seen else []
            seen.add(key)
        for each in twice:
            each.add_error(each.names[1] if part == "products" else "number", _("This stands here twice."))
        return not twice

    def values(self) -> dict[str, Any]:
        """What was filled in, as it is kept; rows that are gone take with them what was said of them."""
        products = [place for place, _row in self._kept("products")]
        weaknesses = [place for place, _row in self._kept("weaknesses")]
        values = {part: [row.value() for _place, row in self._kept(part)] for part in PARTS}
        for each in values["weaknesses"]:
            each["said"] = [each["said"][place] for place in products]
        values["remedies"] = [
            {**each, "about": None if each["about"] is None else weaknesses.index(each["about"])}
            for each in values["remedies"]
            if each["about"] is None or each["about"] in weaknesses
        ]
        main = self.main.cleaned_data
        return {"title": main["title"], "summary": main["summary"], **values}


def _initial(held: Mapping[str, Any]) -> dict[str, Any]:
    """A row as its form takes it."""
    said = {f"said_{place}": each for place, each in enumerate(held.get("said", ()))}
    about = {"about": "" if held["about"] is None else str(held["about"])} if "about" in held else {}
    return {**held, **said, **about}


def _shown(row: Row, *names: str) -> str:
    """What a row is called elsewhere on the page: what stands in it now."""
    return " ".join(str(found) for name in names if (found := str(row[name].value() or "").strip()))


class GiveOutForm(forms.Form):
    """What changed, for the history of the document. ``seen``: which draft was looked at."""

    use_required_attribute = False
    summary = line(
        gettext_lazy("What changed?"), required=True, most=300,
        help_text=gettext_lazy("One sentence for the history of the document. Everybody who gets it reads this."),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, max_length=60)
