"""Lines of the product register by hand: one that is added, changed or ended, and which version of a product is in use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from dijkwacht.apps.advisories.models import Line, Upload
from dijkwacht.apps.advisories.services import looking
from dijkwacht.apps.advisories.services.assets import FIELDS, standing_of
from dijkwacht.apps.advisories.services.doing import Doing, Refused, doing
from dijkwacht.apps.advisories.services.registering import digest_of, rematched
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.register import key_of
from dijkwacht.core.advisories.register_lines import LONGEST, LONGEST_OTHER
from dijkwacht.core.advisories.register_lines import Line as Said
from dijkwacht.core.advisories.register_names import named
from dijkwacht.core.advisories.register_words import is_no_version
from dijkwacht.web.moments import day_of

HAND = "hand"
TEXTS = ("vendor", "product", "version", "purl", "cpe", "name", "owner", "location")
"""What a person fills in of a line, besides whether it is exposed."""
LONGEST_VERSION = LONGEST["version"]


def add(organisation: Organisation, *, told: Mapping[str, Any], person: Person, at: datetime) -> Line:
    """A product that no file tells of. ``told``: TEXTS and ``exposed``.

    Raises Refused (empty, long, no_version, purl, cpe, twice).
    """
    said = replace(_said(told), as_of=day_of(at))
    with doing(organisation, person=person, at=at) as deed:
        _once(organisation, said)
        row = Line(organisation=organisation, ident=token_hex(12), kind=HAND, since=day_of(at), confirmed=day_of(at))
        _set(row, said)
        row.save()
        _written(deed, "line_added", row, [said], added=1)
    looking.look_again(organisation, at=at)
    return row


def edit(line: Line, *, told: Mapping[str, Any], person: Person, at: datetime) -> Line:
    """What a line made by hand says now. Raises Refused (not_by_hand, gone) and what `add` does."""
    said = replace(_said(told), as_of=day_of(at))

    def change(row: Line) -> None:
        if row.kind != HAND:
            raise Refused("not_by_hand")
        _once(row.organisation, said, but=row.pk)
        _set(row, said)
        row.confirmed = day_of(at)

    return _changed(line, change, "line_changed", person=person, at=at)


def set_version(line: Line, *, version: str, person: Person, at: datetime) -> Line:
    """Somebody says which version is in use; matching runs again, and what follows from it.

    Of a line made by hand it is its version. Of another source's it stands beside what that says, and counts instead of it,
    until that source gives another version than it did. Raises Refused (empty, long, no_version, gone).
    """
    said = _version(version.strip())
    if not said:
        raise Refused("empty", field="version")

    def change(row: Line) -> None:
        if row.kind == HAND:
            row.version, row.as_of, row.confirmed = said, day_of(at), day_of(at)
        else:
            row.answered = said

    return _changed(line, change, "version_said", person=person, at=at)


def end(line: Line, *, person: Person, at: datetime) -> Line:
    """A product that was added by hand is no longer used. Raises Refused (not_by_hand, gone)."""

    def change(row: Line) -> None:
        if row.kind != HAND:
            raise Refused("not_by_hand")
        row.gone = day_of(at)

    return _changed(line, change, "line_ended", person=person, at=at, gone=1)


def _changed(
    line: Line, change: Callable[[Line], None], act: str, *, person: Person, at: datetime, gone: int = 0
) -> Line:
    """Changes one line that stands, with all that follows from it."""
    with doing(line.organisation, person=person, at=at) as deed:
        row = Line.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=line.pk)
        if row.gone is not None:
            raise Refused("gone")
        before = standing_of(row).line
        change(row)
        row.save()
        _written(deed, act, row, [before, standing_of(row).line], changed=1 - gone, gone=gone)
    looking.look_again(row.organisation, at=at)
    return row


def _written(deed: Doing, act: str, row: Line, said: Sequence[Said], **counts: int) -> None:
    """Brings what is matched to now, puts down what that turned, and writes the entry, with the digest of the whole register."""
    looking.put_down(deed.organisation, rematched(deed.organisation, lines=[row.pk], said=said, at=deed.at))
    upload = Upload.objects.create(
        organisation=deed.organisation, kind=HAND, name=str(row)[:200], at=deed.at, by=deed.person, lines=1,
        after=digest_of(deed.organisation), **counts,
    )  # fmt: skip
    deed.write(act, about="register", rows=[upload], name=product_words(row), version=row.used)


def product_words(line: Line) -> str:
    """Vendor and product of a line, without its version."""
    return " ".join(each for each in (line.vendor, line.product) if each) or line.name


def _said(told: Mapping[str, Any]) -> Said:
    """What is filled in, as a line; vendor, product and version out of package URL or CPE where they are not told."""
    texts = {name: " ".join(str(told.get(name) or "").split()) for name in TEXTS}
    for name, text in texts.items():
        if len(text) > (most := LONGEST.get(name, LONGEST_OTHER)):
            raise Refused("long", field=name, most=most)
    texts["version"] = _version(texts["version"])
    try:
        vendor, product, version = named(texts["purl"], texts["cpe"])
    except ValueError as error:
        raise Refused(str(error), field=str(error)) from None
    texts["vendor"], texts["product"] = texts["vendor"] or vendor, texts["product"] or product
    texts["version"] = texts["version"] or version
    if not texts["product"]:
        raise Refused("empty", field="product")
    if not texts["vendor"] and not texts["purl"]:
        raise Refused("empty", field="vendor")
    return Said(0, exposed=told.get("exposed"), **texts)  # type: ignore[arg-type]


def _version(text: str) -> str:
    """A version as somebody filled it in; empty for nothing. Raises Refused (long, no_version)."""
    if len(text) > LONGEST_VERSION:
        raise Refused("long", field="version", most=LONGEST_VERSION)
    if text and is_no_version(text):
        raise Refused("no_version", field="version", value=text)
    return text


def _once(organisation: Organisation, said: Said, but: int | None = None) -> None:
    """Raises Refused (twice) when a line made by hand says the same."""
    rows = Line.objects.filter(organisation=organisation, kind=HAND, gone__isnull=True, version=said.version)
    if any(row.pk != but and key_of(standing_of(row).line) == key_of(said) for row in rows):
        raise Refused("twice", field="product")


def _set(row: Line, said: Said) -> None:
    for name in FIELDS:
        setattr(row, name, getattr(said, name))
