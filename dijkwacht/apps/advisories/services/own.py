"""Advisories and VEX of our own: written as a draft, checked, and given out as CSAF 2.0. A revision never changes any more.

What is given out comes in at the own desk like any document: kept whole, indexed, matched, and told to who was told before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from dijkwacht.adapters.csaf.check import Checked, Companions, check_csaf, file_name
from dijkwacht.adapters.csaf.write import PublisherCategory, Unwritable, write_csaf
from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.apps.advisories.models import Own, Release
from dijkwacht.apps.advisories.queries.own import draft_of, last_release, stamp
from dijkwacht.apps.advisories.services import intake, warning
from dijkwacht.apps.advisories.services.doing import Doing, Refused, doing, titled
from dijkwacht.apps.advisories.services.intake import Came, Took
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.core.advisories.own import CVSS, Issue, Lack, content
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.web.moments import day_of

LONGEST_PREFIX = 60  # characters of the slug in a number
CATEGORIES: Mapping[str, PublisherCategory] = {
    OrganisationKind.CSIRT: "coordinator", OrganisationKind.SUPPLIER: "vendor", OrganisationKind.MUNICIPALITY: "user",
    OrganisationKind.JOINT_ARRANGEMENT: "user",
}  # fmt: skip
"""What an organisation is as a publisher, in the words of CSAF; else `other`."""


def begin(
    organisation: Organisation, *, kind: str, title: str, tlp: str, values: Mapping[str, Any] | None = None, person: Person,
    at: datetime,
) -> Own:  # fmt: skip
    """A new draft, with the next number of the year."""
    with doing(organisation, person=person, at=at) as deed:
        row = Own.objects.create(
            organisation=organisation, number=_number(organisation, at), kind=kind, tlp=tlp, made_at=at, made_by=person,
            changed_at=at, values={"title": title, **(values or {})},
        )  # fmt: skip
        deed.write("own_begun", about=f"own:{row.pk}", rows=[row], name=row.number, title=titled(tlp, title))
    return row


def _number(organisation: Organisation, at: datetime) -> str:
    head = f"{organisation.slug[:LONGEST_PREFIX].upper()}-{day_of(at).year}-"
    numbers = Own.objects.filter(organisation=organisation, number__startswith=head).values_list("number", flat=True)
    return f"{head}{max((int(each.removeprefix(head)) for each in numbers), default=0) + 1:04d}"


def save(own: Own, *, kind: str, tlp: str, values: Mapping[str, Any], person: Person, at: datetime) -> Own:
    """Keeps what stands in the form; nothing is written where nothing changed. Raises Refused (ended)."""
    with doing(own.organisation, person=person, at=at) as deed:
        row = _held(own)
        if (row.kind, row.tlp, row.values) != (kind, tlp, values):
            row.kind, row.tlp, row.values, row.changed_at = kind, tlp, dict(values), at
            row.save()
            deed.write("own_changed", about=f"own:{row.pk}", rows=[row], name=row.number)
    return row


def drop(own: Own, *, person: Person, at: datetime) -> None:
    """Throws a draft away. Raises Refused (ended, given_out)."""
    with doing(own.organisation, person=person, at=at) as deed:
        row = _held(own)
        if row.version:
            raise Refused("given_out")
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        deed.write("own_dropped", about=f"own:{row.pk}", rows=[row], name=row.number)


def _held(own: Own) -> Own:
    row = Own.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=own.pk)
    if row.ended_at is not None:
        raise Refused("ended")
    return row


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be given out. ``unwritable``: why it is no CSAF 2.0 (code, about what); then there is no document."""

    content: Content
    lacks: tuple[Lack, ...]
    data: bytes = b""
    checked: Checked | None = None
    unwritable: tuple[str, str] | None = None

    @property
    def valid(self) -> bool:
        """Whether it may be given out."""
        return not self.lacks and self.checked is not None and not self.checked.findings


def preview(own: Own, *, summary: str = "", at: datetime) -> Preview:
    """The next revision, written and held against schema and mandatory tests."""
    draft = draft_of(own)
    made = content(draft, issue_of(own, summary=summary or "-", at=at))
    try:
        data = write_csaf(made, category=category(own.organisation))
    except Unwritable as error:
        return Preview(made, draft.lacks(), unwritable=(error.code, error.about))
    return Preview(made, draft.lacks(), data, check_csaf(data, Companions(file_name(own.number))))


def issue_of(own: Own, *, summary: str, at: datetime) -> Issue:
    """Under what it is given out next. Publisher and first moment stay those of the first revision, whatever a site is called."""
    last, at = last_release(own), at.replace(microsecond=0)
    before = content_of(last.document) if last else None
    published = (before.published if before else None) or at
    return Issue(
        before.publisher if before else namespace(own.organisation), own.organisation.name, own.number, own.version + 1,
        published, at, summary, before.revisions if before else (), settings.LANGUAGE_CODE,
        address(own, published) if own.tlp == "CLEAR" else "",
    )  # fmt: skip


def namespace(organisation: Organisation) -> str:
    """Who publishes, as CSAF names it: an address that is ours."""
    return f"{settings.DIJKWACHT_URL}/o/{organisation.slug}/"


def category(organisation: Organisation) -> PublisherCategory:
    """What an organisation is as a publisher."""
    return CATEGORIES.get(organisation.kind, "other")


def address(own: Own, published: datetime) -> str:
    """Where everybody finds the document: under the year of its first revision, in UTC as it is written."""
    name = file_name(own.number).removesuffix(".json")
    year = published.astimezone(UTC).year
    return f"{settings.DIJKWACHT_URL}{reverse('advisories:csaf_document', args=[own.organisation.slug, year, name])}"


def score_of(vector: str) -> float | None:
    """The base score of a CVSS 3.1 vector; None for what is none."""
    return base_score(CVSS, vector) if vector.startswith("CVSS:3.1/") and not vector.endswith("/") else None


def give_out(own: Own, *, summary: str, seen: str, person: Person, at: datetime) -> Release:
    """Gives out the next revision: a document that never changes, an advisory at the own desk, and all that follows from it.

    ``summary``: what changed. ``seen``: the stamp of the draft that was checked. Raises Refused (ended, empty, turned, unchanged,
    earlier, not_valid).
    """
    if not summary.strip():
        raise Refused("empty", field="summary")
    with doing(own.organisation, person=person, at=at) as deed:
        row, last = _held(own), last_release(own)
        if stamp(row) != seen:
            raise Refused("turned")
        made = preview(row, summary=" ".join(summary.split())[:500], at=at)
        if last and last.at > at:
            raise Refused("earlier")
        if last and _same(made.content, content_of(last.document)):
            raise Refused("unchanged")
        release, took = _given_out(deed, row, made)
    warning.after_intake(took, person=person, at=at)
    return release


def _same(now: Content, before: Content) -> bool:
    """Whether a revision says nothing else than the one before."""
    return replace(now, version=before.version, revised=before.revised, revisions=before.revisions) == before


def _given_out(deed: Doing, row: Own, made: Preview) -> tuple[Release, Took]:
    if not made.valid or made.checked is None:
        raise Refused("not_valid")
    took = intake.take(deed, [Came(made.data, file_name(row.number), checked=made.checked)], provider=None, own=True)
    (document,) = took.read
    row.version += 1
    row.save(update_fields=["version"])
    release = Release.objects.create(own=row, document=document, version=row.version, at=deed.at, by=deed.person)
    advisory = document.advisory  # the very row that `took` has
    if advisory is None:
        raise Refused("not_valid")
    advisory.own = True
    advisory.save(update_fields=["own"])
    deed.write(
        "own_given_out", about=f"own:{row.pk}", rows=[row, release, *took.rows], name=row.number, version=row.version,
        summary=made.content.revisions[-1][2],
    )  # fmt: skip
    return release, took
