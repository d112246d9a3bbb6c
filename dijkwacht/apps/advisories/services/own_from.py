"""A VEX out of a warning: what an organisation said of its products, ready to be given out to others."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.advisories.models import Handled, Own, OwnKind, Warned, WarningState, Weakness
from dijkwacht.apps.advisories.services import own
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.people.models import Person
from dijkwacht.core.advisories.own import FLAGS, is_number
from dijkwacht.core.advisories.own_versions import Unclear, read_versions
from dijkwacht.core.advisories.shapes import Tlp

LABEL: dict[str, Tlp] = {"AMBER+STRICT": "RED"}
"""What CSAF 2.0 cannot say becomes stricter, never looser; a person may choose otherwise."""


def begin_from(warning: Warned, *, person: Person, at: datetime) -> Own:
    """A draft with each product that is not affected and the reason. Raises Refused (no_flag) when there is none."""
    said = _said(warning)
    products = list(dict.fromkeys(map(_product, _named(said))))
    if not products:
        raise Refused("no_flag")
    values = {
        "products": [dict(zip(("vendor", "product", "versions"), each, strict=True)) for each in products],
        "weaknesses": [_weakness(warning, key, said, products) for key in dict.fromkeys(each.weakness for each in said)],
        "remedies": [], "links": [], "summary": "",
    }  # fmt: skip
    title = _("Not affected: %(title)s") % {"title": warning.title}
    return own.begin(
        warning.organisation, kind=OwnKind.VEX, title=title[:300], tlp=LABEL.get(warning.tlp, warning.tlp), values=values,
        person=person, at=at,
    )  # fmt: skip


def possible(warning: Warned) -> bool:
    """Whether there is something to begin a VEX with."""
    return bool(_named(_said(warning)))


def _said(warning: Warned) -> list[Handled]:
    rows = Handled.objects.filter(warning=warning, status=WarningState.NOT_AFFECTED, flag__in=FLAGS)
    return list(rows.select_related("line").order_by("weakness", "pk"))


def _named(said: Iterable[Handled]) -> list[Handled]:
    """Those of which the register knows vendor and product: without these a document names nothing."""
    return [each for each in said if each.line.vendor and each.line.product]


def _product(row: Handled) -> tuple[str, str, str]:
    """The product as the register has it; a version that we do not understand is left for a person."""
    version = row.line.used
    try:
        read_versions(version)
    except Unclear:
        version = ""
    return row.line.vendor[:120], row.line.product[:120], version


def _weakness(warning: Warned, key: str, said: list[Handled], products: list[tuple[str, str, str]]) -> dict[str, Any]:
    flags = {_product(each): each.flag for each in said if each.weakness == key}
    found = Weakness.objects.filter(advisory=warning.advisory, key=key).first()
    number = key if is_number(key) else ""
    title = found.title[:200] if found and found.title != number else ""
    return {
        "number": number, "title": title, "description": "", "vector": "", "said": [flags.get(each, "") for each in products]
    }  # fmt: skip
