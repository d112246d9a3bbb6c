"""The page of one product: its lines per source, how it came here, its names, and the advisories that touch it now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.advisories import register_rows, register_words
from dijkwacht.apps.advisories.models import Advisory, Alias, Decision, Line
from dijkwacht.apps.advisories.queries import register as queries
from dijkwacht.apps.advisories.queries.proposals import confirmed
from dijkwacht.apps.advisories.queries.touching import judged, touching
from dijkwacht.apps.advisories.services.assets import names_for
from dijkwacht.apps.advisories.services.lines import product_words
from dijkwacht.apps.people.access import Seat
from dijkwacht.core.access import Right
from dijkwacht.core.advisories.naming import fold_product, fold_vendor
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.web.advisory_words import reason_sentence
from dijkwacht.web.moments import day_of

UPLOADS = 12  # that are shown


def product_of(seat: Seat, line: Line, *, at: datetime) -> dict[str, Any]:
    """What the page shows; ``judge`` gives outcome and reason of the advisories on a page of their list."""
    on, whose = day_of(at), seat.organisation
    found = queries.product_at(line, at=at)
    product = found.products[0] if found.products else None
    row = register_rows.row(product, found, queries.open_warnings(whose, seat.person), on=on) if product else None
    advisories, hits = touching(whose, seat.person, list(found.numbers.values()), on=on)
    rows = list(Line.objects.filter(pk__in=found.numbers.values())) or [line]

    def judge(some: Sequence[Advisory]) -> list[dict[str, Any]]:
        told = judged(whose, seat.person, some, hits, at=at)
        return [
            {"touch": each, "reason": reason_sentence(each.judged.reason), "said": _said(each.advisory)}
            for each in told
        ]

    return {
        "line": line, "title": product_words(line), "row": row, "advisories": advisories, "judge": judge,
        "answer": _answer(row, advisories.count()), "lines": [_line(each) for each in rows],
        "timeline": _timeline(line, rows), "names": _names(rows, seat, at=at), "edits": seat.may(Right.REGISTER),
    }  # fmt: skip


def _answer(row: register_rows.Row | None, advisories: int) -> str:
    if row is None:
        return _("No longer in the register.")
    said = _("Version %(version)s, %(stated)s.") if row.version else _("No version known, %(stated)s.")
    told = ngettext("%(n)s advisory touches it now.", "%(n)s advisories touch it now.", advisories)
    if not advisories:
        told = _("No advisory touches it now.")
    return " ".join((said % {"version": row.version, "stated": row.stated_words}, told % {"n": advisories}))


def _line(row: Line) -> dict[str, Any]:
    """A line with what its source says."""
    return {
        "row": row, "source": register_words.source_words(Source(row.kind, row.label)), "as_of": row.as_of or row.confirmed,
        "stated": register_words.STATED[row.stated], "by_hand": row.kind == "hand",
    }  # fmt: skip


def _said(advisory: Advisory) -> str:
    """What the desk did with an advisory of which there is no warning here."""
    return {
        Decision.WARN: _("A warning follows."), Decision.NOT: _("The desk chose not to warn of this."),
    }.get(Decision(advisory.decision), _("The desk did not decide on this yet."))  # fmt: skip


def _timeline(line: Line, rows: Sequence[Line]) -> list[dict[str, Any]]:
    """What was brought in of its sources, the newest first, and the day on which it first came."""
    sources = {Source("hand"), *(Source(each.kind, each.label) for each in rows)}
    uploads = queries.uploads_of(line.organisation, sources, name=product_words(line))[:UPLOADS]
    told = [
        {
            "at": each.at, "title": each.name, "text": register_words.upload_words(each),
            "who": str(each.by or _("by itself")),
        }
        for each in uploads
    ]  # fmt: skip
    first = min(rows, key=lambda each: (each.since, each.pk))
    source = register_words.source_words(Source(first.kind, first.label))
    told.append({"at": first.since, "title": _("First in the register"), "text": source})
    return told


def _names(rows: Sequence[Line], seat: Seat, *, at: datetime) -> dict[str, Any]:
    """How it is written here, its identifiers, and the confirmed names that apply to it."""
    written = {" ".join(each for each in (row.vendor, row.product) if each) for row in rows}
    keys = {(fold_vendor(row.vendor), fold_product(row.product, row.vendor)) for row in rows}
    aliases = names_for(seat.organisation, at=at)[0]
    keys |= {aliases.resolved(*key) for key in keys}
    return {
        "written": sorted(filter(None, written)),
        "identifiers": sorted({each for row in rows for each in (row.purl, row.cpe) if each}),
        "aliases": [each for each in confirmed(seat.organisation, on=day_of(at)) if _applies(each, keys)],
    }


def _applies(alias: Alias, keys: set[tuple[str, str]]) -> bool:
    if not alias.product:
        return fold_vendor(alias.vendor) in {vendor for vendor, _product in keys}
    return (fold_vendor(alias.vendor), fold_product(alias.product, alias.vendor)) in keys
