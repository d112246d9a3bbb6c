"""Evidence: what there is, how it is handed out, and whether it is still what came in."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.db.models import Count, QuerySet

from dijkwacht.apps.ledger import storage
from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry

# Everything is offered for saving, never shown; and only these under their own name. A page, a picture that can hold
# script or a program is bytes to us, and to the browser.
PLAIN = {
    "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain", "text/csv", "message/rfc822",
    "application/zip", "application/x-7z-compressed", "application/gzip", "application/x-ole-storage",
}  # fmt: skip
OFFICE = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what came in: ``missing`` or ``altered``; or what is known of it: ``removed`` or ``renamed``."""

    evidence: Evidence
    kind: str


def evidence(organisation: Organisation) -> QuerySet[Evidence]:
    """All evidence of an organisation, the latest first, each with how many facts rest on it (``rests``)."""
    rows = Evidence.objects.filter(organisation=organisation).select_related("added_by")
    return rows.annotate(rests=Count("facts"))


def one(organisation: Organisation, sha256: str) -> Evidence | None:
    """The evidence with this content; None for what another organisation has."""
    return Evidence.objects.filter(organisation=organisation, sha256=sha256).first()


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
    """The files of which the trail tells and of which the row is gone, or says something else. The trail must be whole."""
    rows = {each.pk: each for each in Evidence.objects.filter(organisation=organisation)}
    entries = Entry.objects.filter(organisation=organisation, act="ledger.evidence").order_by("seq")
    found = []
    for told in entries.values_list("detail", flat=True):
        row = rows.get(told["id"])
        if row is None:
            gone = Evidence(organisation=organisation, pk=told["id"], sha256=told["sha256"], name=told["name"])
            found.append(Damage(gone, "removed"))
        elif any(getattr(row, key) != told[key] for key in ("sha256", "name", "size", "media_type")):
            found.append(Damage(row, "renamed"))
    return found
