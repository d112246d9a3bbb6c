"""A component of an SBOM as a line of the register; the same for each form of SBOM."""

from collections.abc import Mapping
from datetime import date, datetime

from dijkwacht.core.advisories.register_lines import LONGEST, LONGEST_OTHER, RAW, Line, Notes
from dijkwacht.core.advisories.register_names import named
from dijkwacht.core.advisories.register_words import is_no_version
from dijkwacht.core.sheets import Place

# A component of these types is no product that an advisory speaks of.
NO_PRODUCT = frozenset(("file", "data", "cryptographic-asset"))
NOT_THERE = "excluded"  # scope of what is used in tests and never delivered
FIELDS = ("name", "version", "group", "publisher", "purl", "cpe", "type", "scope", "supplier", "manufacturer")


def line_of(
    told: Mapping[str, str], notes: Notes, *, row: int, at: str = "", part_of: str = "", in_xml: bool = False
) -> Line | None:
    """The line of a component, of which ``told`` has the FIELDS; None for what is no product, which is noted."""
    place, where = (Place(row=row), {}) if in_xml else (Place(), {"at": at})
    name = _short(told, "name", notes, place, where)
    if told.get("type") in NO_PRODUCT or told.get("scope") == NOT_THERE:
        notes.remark("component_left_out", place, name=name[:60], why=told.get("type", "") or NOT_THERE, **where)
        return None
    if not name:
        notes.remark("no_product", place, **where)
        return None
    purl, cpe = _short(told, "purl", notes, place, where), _short(told, "cpe", notes, place, where)
    vendor, version = _by_identifiers(purl, cpe, notes, place, where)
    makers = (_short(told, key, notes, place, where) for key in ("supplier", "manufacturer", "publisher"))
    maker = next(filter(None, makers), "")
    written = _short(told, "version", notes, place, where)
    raw = " | ".join(told[key] for key in FIELDS if told.get(key))
    return Line(
        row, vendor=maker or vendor or _short(told, "group", notes, place, where), product=name,
        version=version if is_no_version(written) else written, purl=purl, cpe=cpe, part_of=part_of, at=at,
        raw=raw if len(raw) <= RAW else raw[: RAW - 1] + "…",
    )  # fmt: skip


def _by_identifiers(purl: str, cpe: str, notes: Notes, place: Place, where: Mapping[str, str]) -> tuple[str, str]:
    """The vendor and the version that the identifiers name. One that cannot be read is noted, and kept as written."""
    vendor = version = ""
    for kind, text in (("purl", purl), ("cpe", cpe)):
        if not text:
            continue
        try:
            maker, _, number = named(text, "") if kind == "purl" else named("", text)
        except ValueError:
            notes.remark(f"not_a_{kind}", place, value=text[:60], **where)
        else:
            vendor, version = maker or vendor, number or version
    return vendor, version


def _short(told: Mapping[str, str], key: str, notes: Notes, place: Place, where: Mapping[str, str]) -> str:
    text, most = told.get(key, ""), LONGEST.get(key, LONGEST_OTHER)
    if len(text) <= most:
        return text
    notes.problem("text_too_long", place, most=str(most), field=key, **where)
    return text[:most]


def day_in(moment: str, notes: Notes, *, on: date) -> date | None:
    """The day of a timestamp, as it stands there; None for none, and with a remark for what is none or lies ahead."""
    if not moment:
        return None
    try:
        day = datetime.fromisoformat(moment).date()
    except ValueError:
        notes.remark("not_a_date", value=moment[:60])
        return None
    if day > on:
        notes.remark("date_too_late", value=day.isoformat(), latest=on.isoformat())
        return None
    return day
