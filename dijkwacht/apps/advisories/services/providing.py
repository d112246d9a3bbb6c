"""What everybody may fetch of us, in the forms of CSAF 2.0, section 7: metadata of the provider, ROLIE feed, lists, hashes.

Only documents with TLP:CLEAR. They are not signed, and whether a domain points here is not ours to say: so the role is that of a
CSAF publisher (7.2.1), which asks neither.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from dijkwacht.adapters.csaf.check import file_name
from dijkwacht.apps.advisories.models import Release
from dijkwacht.apps.advisories.queries.own import public_releases
from dijkwacht.apps.advisories.services.own import category, namespace
from dijkwacht.apps.advisories.services.reading import content_of, raw
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.shapes import Advisory as Content

ROLE = "csaf_publisher"
SCHEMA = "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json"
HASHES = ("sha256", "sha512")


@dataclass(frozen=True, slots=True)
class Public:
    """A document that everybody may fetch: below the folder of its year."""

    release: Release
    content: Content
    year: int
    name: str  # with .json

    @property
    def path(self) -> str:
        """Where it stands below the folder of the label."""
        return f"{self.year}/{self.name}"

    @property
    def at(self) -> datetime:
        """When this revision was given out."""
        return self.release.at


def published(organisation: Organisation) -> list[Public]:
    """What everybody may fetch, the last given out first."""
    return [_public(each) for each in public_releases(organisation)]


def _public(release: Release) -> Public:
    content = content_of(release.document)
    first = (content.published or release.at).astimezone(UTC)
    return Public(release, content, first.year, file_name(release.own.number))


def releases(organisation: Organisation, *, name: str = "") -> list[Release]:
    """The same as rows, unread; of one document only, by its name without .json."""
    held = public_releases(organisation)
    return [each for each in held if not name or file_name(each.own.number) == f"{name}.json"]


def found(organisation: Organisation, *, year: int, name: str) -> Public | None:
    """A document that everybody may fetch, by where it stands."""
    rows = map(_public, releases(organisation, name=name))
    return next((each for each in rows if each.year == year), None)


def address(organisation: Organisation) -> str:
    """Where provider-metadata.json is; nothing while there is nothing to fetch."""
    return _url("csaf_provider", organisation) if public_releases(organisation).exists() else ""


def metadata(organisation: Organisation, held: Sequence[Public]) -> bytes:
    """provider-metadata.json."""
    said = {
        "canonical_url": _url("csaf_provider", organisation), "last_updated": _moment(held[0].at),
        "list_on_CSAF_aggregators": True, "metadata_version": "2.0", "mirror_on_CSAF_aggregators": True,
        "publisher": {
            "category": category(organisation), "name": organisation.name, "namespace": namespace(organisation)
        },
        "role": ROLE,
        "distributions": [
            {
                "rolie": {
                    "feeds": [
                        {
                            "summary": f"TLP:CLEAR, {organisation.name}", "tlp_label": "WHITE",
                            "url": _url("csaf_feed", organisation),
                        }
                    ]
                }
            }
        ],
    }  # fmt: skip
    return _json(said)


def feed(organisation: Organisation, held: Sequence[Public]) -> bytes:
    """The ROLIE feed of what is TLP:CLEAR."""
    here = _url("csaf_feed", organisation)
    kind = [{"scheme": "urn:ietf:params:rolie:category:information-type", "term": "csaf"}]
    said = {
        "feed": {
            "id": f"{organisation.slug}-csaf-feed-tlp-white", "title": f"{organisation.name}, TLP:CLEAR",
            "link": [{"rel": "self", "href": here}], "category": kind, "updated": _moment(held[0].at),
            "entry": [_entry(organisation, each) for each in held],
        }
    }  # fmt: skip
    return _json(said)


def _entry(organisation: Organisation, each: Public) -> dict[str, Any]:
    bare = each.name.removesuffix(".json")
    url = _url("csaf_document", organisation, each.year, bare)
    hashes = [{"rel": "hash", "href": _url("csaf_hash", organisation, each.year, bare, kind)} for kind in HASHES]
    summary = next((note.text for note in each.content.notes if note.kind == "summary"), each.content.title)
    return {
        "id": each.content.id, "title": each.content.title, "link": [{"rel": "self", "href": url}, *hashes],
        "published": _moment(each.content.published or each.at), "updated": _moment(each.at),
        "summary": {"content": summary}, "content": {"type": "application/json", "src": url},
        "format": {"schema": SCHEMA, "version": "2.0"},
    }  # fmt: skip


def changes(held: Iterable[Public]) -> bytes:
    """changes.csv: each document with the moment of its revision, the newest first."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        (each.path, _moment(each.at)) for each in held
    )
    return text.getvalue().encode()


def index(held: Iterable[Public]) -> bytes:
    """index.txt: each document on a line."""
    return "".join(f"{each.path}\n" for each in held).encode()


def hashed(each: Public, kind: str) -> bytes:
    """The hash file beside a document."""
    return f"{hashlib.new(kind, raw(each.release.document)).hexdigest()}  {each.name}\n".encode()


def tag(releases: Iterable[Release]) -> str:
    """What changes when anything in a list does."""
    text = settings.DIJKWACHT_URL + "".join(each.document.digest for each in releases)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _url(name: str, organisation: Organisation, *rest: object) -> str:
    return settings.DIJKWACHT_URL + reverse(f"advisories:{name}", args=[organisation.slug, *rest])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _json(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=2).encode()
