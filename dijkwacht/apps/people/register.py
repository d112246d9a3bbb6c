"""The register of municipalities, row by row, before anything is written. Pure; columns as in norms/data."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

CODE = re.compile(r"GM\d{4}")
LARGEST = 5_000_000  # inhabitants; more is a typing error


class RegisterError(Exception):
    """A row that cannot be read; the message names the row and the column."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """One row of the register."""

    cbs_code: str
    name: str
    province: str
    safety_region: str
    inhabitants: int | None

    @property
    def slug(self) -> str:
        """The name as part of an address: ``bergen-nh``."""
        return slugify(self.name)

    @property
    def tooi_code(self) -> str:
        """The local part of the identifier in the government's own register of organisations: ``gm0344``."""
        return self.cbs_code.lower()


def read(rows: Iterable[Mapping[str, str]]) -> list[Municipality]:
    """All rows, or RegisterError on the first that is wrong; the heading is row 1."""
    found: dict[str, Municipality] = {}
    for number, row in enumerate(rows, start=2):
        municipality = _municipality(number, row)
        if municipality.cbs_code in found:
            raise _error(number, "cbs_code", _("%(code)s occurs twice") % {"code": municipality.cbs_code})
        found[municipality.cbs_code] = municipality
    return list(found.values())


def _municipality(number: int, row: Mapping[str, str]) -> Municipality:
    code, name = (str(row.get(column) or "").strip() for column in ("cbs_code", "name"))
    if not CODE.fullmatch(code):
        raise _error(number, "cbs_code", _("GM and four digits expected, not “%(value)s”") % {"value": code})
    if not slugify(name):
        raise _error(number, "name", _("a name is missing"))
    return Municipality(
        code,
        name,
        str(row.get("province") or "").strip(),
        str(row.get("veiligheidsregio") or "").strip(),
        _inhabitants(number, str(row.get("inhabitants") or "").strip()),
    )


def _inhabitants(number: int, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and int(text) <= LARGEST):
        raise _error(number, "inhabitants", _("a number of inhabitants expected, not “%(value)s”") % {"value": text})
    return int(text)


def _error(number: int, column: str, message: str) -> RegisterError:
    return RegisterError(
        _("Register of municipalities, row %(row)d, column %(column)s: %(message)s.")
        % {"row": number, "column": column, "message": message}
    )
