"""Evidence: what there is, how it is handed out, and whether it is still what came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from django.db.models import Count, QuerySet

from dijkwacht.apps.ledger import storage
from dijkwacht.apps.ledger.models import Evidence, Fact
from dijkwacht.apps.people.models import Organisation, Share, ShareKind
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core import chain
from dijkwacht.core.access import Tlp, covers

# Everything is offered for saving, never shown; and only these under their own name. A page, a picture that can hold
# script or a program is bytes to us, and to the browser.
PLAIN = {
    "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain", "text/csv", "message/rfc822",
    "application/zip", "application/x-7z-compressed", "application/gzip", "application/x-ole-storage",
}  # fmt: skip
OFFICE = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what came in: ``missing`` or ``altered``; or what is known of it: ``removed``, ``renamed`` or,
    when no entry in the trail tells of it, ``untold``.
    """

    evidence: Evidence
    kind: str


def evidence(organisation: Organisation) -> QuerySet[Evidence]:
    """All evidence of an organisation, the latest first, each with how many facts rest on it (``rests``)."""
    rows = Evidence.objects.filter(organisation=organisation).select_related("added_by")
    return rows.annotate(rests=Count("facts"))


def one(organisation: Organisation, sha256: str) -> Evidence | None:
    """The evidence with this content; None for what another organisation has."""
    return Evidence.objects.filter(organisation=organisation, sha256=sha256).first()


def shared(found: Evidence, shares: Iterable[Share]) -> bool:
    """Whether one of these shares lets a guest take this file: a fact that stands and that the share covers, in its
    period, rests on it. What may only be looked at (TLP:RED) is not taken along.
    """
    given = [share for share in shares if share.kind == ShareKind.FACT and share.tlp != Tlp.RED]
    rows = Fact.objects.filter(organisation=found.organisation_id, evidence=found, superseded_at__isnull=True)
    return any(
        covers(share.what, subject=key, fact_type=fact_type)
        and valid_from < (share.valid_to or date.max)
        and share.valid_from < (valid_to or date.max)
        for key, fact_type, valid_from, valid_to in rows.values_list(
            "subject__key", "fact_type", "valid_from", "valid_to"
        )
        for share in given
        if share.owner_id == found.organisation_id
    )


def path(found: Evidence) -> Path:
    """Where its content stands; for a FileResponse. Whether it is there is for the caller to see (FileNotFoundError)."""
    return storage.path_of(found.sha256)


def headers(found: Evidence) -> dict[str, str]:
    """The headers with which it goes out: saved, never opened, never guessed at, never run."""
    plain = found.media_type in PLAIN or found.media_type.startswith(OFFICE)
    ascii_name = "".join(char if char.isascii() and (char.isalnum() or char in " ._-") else "_" for char in found.name)
    return {
        "Content-Type": found.media_type if plain else "application/octet-stream",
        "Content-Disposition": f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Length": str(found.size),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


def verify(organisation: Organisation) -> list[Damage]:
    """The files that are gone or no longer what came in. Reads every file."""
    found = []
    for each in Evidence.objects.filter(organisation=organisation).order_by("pk").iterator():
        try:
            now = storage.digest_of(each.sha256)
        except ValueError:  # its row does not even hold a hash
            now = ""
        if now != each.sha256:
            found.append(Damage(each, "missing" if now is None else "altered"))
    return found


def verify_rows(organisation: Organisation) -> list[Damage]:
    """The files of which row and trail do not say the same, or that only one of them knows. The trail must be whole."""
    rows = {each.pk: each for each in Evidence.objects.filter(organisation=organisation).order_by("pk")}
    entries = Entry.objects.filter(organisation=organisation, act="ledger.evidence").order_by("seq")
    found = []
    for person, at, told in entries.values_list("person_id", "at", "detail"):
        row = rows.pop(told["id"], None)
        if row is None:
            gone = Evidence(organisation=organisation, pk=told["id"], sha256=told["sha256"], name=told["name"])
            found.append(Damage(gone, "removed"))
        elif (row.added_by_id, row.added_at) != (person, at) or any(
            chain.plain(getattr(row, key)) != told[key] for key in ("sha256", "name", "size", "media_type", "made_on")
        ):
            found.append(Damage(row, "renamed"))
    return found + [Damage(row, "untold") for row in rows.values()]
