"""Taking documents in: kept whole, set aside with reasons or read, the newest revision indexed and matched.

`take` is for one deed; fetching goes on outside a transaction (`fetching`), and what was fetched comes in a portion at a time.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import InterfaceError, OperationalError

from dijkwacht.adapters.csaf.check import NOTHING, Checked, Companions, check_csaf
from dijkwacht.adapters.enrichment.cve import read_cve
from dijkwacht.apps.advisories.models import Advisory, Document, DocumentState, Provider
from dijkwacht.apps.advisories.services import matching, origin, weighing
from dijkwacht.apps.advisories.services.doing import Doing, Refused, doing
from dijkwacht.apps.advisories.services.reading import content_of, packed, remember
from dijkwacht.apps.advisories.services.retelling import BY_LISTS, USED
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.problems import Problem
from dijkwacht.core.advisories.revision import Change, newest
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.shapes import Rating, Tlp
from dijkwacht.core.advisories.tlp import ORDER, effective, strictest

CVE_RECORD = b'"CVE_RECORD"'
RELEASE = ("hash_", "signature_")
LONGEST_PARAM = 300
_ORDER = ("fatal", "grave", "note")
_UNPRINTABLE = re.compile("[\0\ud800-\udfff]")
_LOCKED = (OperationalError, InterfaceError)
"""The database itself is in trouble, not the document."""


@dataclass(frozen=True, slots=True)
class Came:
    """A document to take in: its bytes, its name, and what stood beside it. ``tlp``: of the feed that it stood in."""

    data: bytes
    name: str
    beside: Companions = NOTHING
    tlp: Tlp | None = None
    checked: Checked | None = None  # where it was checked already
    fault: Problem | None = None  # why it cannot be kept as what it is


@dataclass(slots=True)
class Took:
    """What came of taking in: documents that are new, those that were here already, and the advisories that they changed.

    ``each``: per document in the order in which they came what is kept of it, None for one that was here already. ``revised``:
    per advisory that was here what its newer revision turned, and what it said before. ``turned``: what each says now.
    """

    read: list[Document] = field(default_factory=list)
    aside: list[Document] = field(default_factory=list)
    known: int = 0
    each: list[Document | None] = field(default_factory=list)
    new: list[Advisory] = field(default_factory=list)
    revised: list[tuple[Advisory, Change, Content]] = field(default_factory=list)
    turned: dict[Advisory, Content] = field(default_factory=dict)

    @property
    def rows(self) -> list[Any]:
        """Everything that was made or changed, for the trail."""
        return [*self.read, *self.aside, *self.turned]

    def add(self, other: "Took") -> None:
        """What came of others besides."""
        self.known += other.known
        for name in ("read", "aside", "each", "new", "revised"):
            getattr(self, name).extend(getattr(other, name))
        self.turned |= other.turned


def take_in(
    desk: Organisation, came: Sequence[Came], *, provider: Provider | None, person: Person | None, at: datetime,
    actor: str = "",
) -> Took:  # fmt: skip
    """Documents come in at a desk: one deed and one entry. What is in them is never executed, only read.

    Where one of them cannot be kept as it is they come in one by one, and that one is set aside: it does not stop the others.
    """
    told: dict[str, Any] = {"provider": provider, "person": person, "at": at, "actor": actor}
    try:
        return _together(desk, came, **told)
    except _LOCKED:
        raise
    except Exception as error:
        if len(came) > 1:
            took = Took()
            for each in came:
                took.add(take_in(desk, [each], **told))
            return took
        fault = Problem("not_taken_in", weight="fatal", params={"cause": type(error).__name__})
        return _together(desk, [replace(each, fault=fault) for each in came], **told)


def _together(
    desk: Organisation,
    came: Sequence[Came],
    *,
    provider: Provider | None,
    person: Person | None,
    at: datetime,
    actor: str,
) -> Took:
    with doing(desk, person=person, at=at, actor=actor) as deed:
        took = take(deed, came, provider=provider)
        if took.rows:
            about = f"provider:{provider.pk}" if provider else "documents"
            deed.write(
                "took_in", about=about, rows=took.rows, read=len(took.read), aside=len(took.aside),
                name=provider.name if provider else "",
            )  # fmt: skip
    return took


def take(deed: Doing, came: Sequence[Came], *, provider: Provider | None, own: bool = False) -> Took:
    """The same within a deed. ``own``: the desk itself gives it out; what comes from outside may not say that it is ours."""
    took, shelf = Took(), _Shelf(deed)
    rows = _kept(deed, came, provider, own=own)
    read = [each for each in rows if each is not None and each.state == DocumentState.READ]
    shelf.fetch(read)
    named = list(provider.named) if provider else []
    named = named or ([deed.person.pk] if deed.person else [])
    for row in rows:
        took.each.append(row)
        if row is None:
            took.known += 1
        elif row.state == DocumentState.ASIDE:
            row.save()
            took.aside.append(row)
        else:
            took.read.append(row)
            settle(row, took, shelf, named=named)
    matched(deed, took)
    return took


def matched(deed: Doing, took: Took) -> None:
    """Indexes and matches the advisories that turned."""
    if took.turned:
        matching.refresh(took.turned, matching.side_of(deed.organisation, at=deed.at), new=frozenset(took.new))


class _Shelf:
    """The advisories that documents belong to, and what the lists say of their weaknesses; asked for all of them at once."""

    def __init__(self, deed: Doing) -> None:
        self.deed = deed
        self.lists: Mapping[str, tuple[Rating, ...]] = {}
        self._held: dict[tuple[str, str], Advisory] = {}

    def fetch(self, documents: Iterable[Document]) -> None:
        """Makes ready for these."""
        cves: set[str] = set()
        numbers: set[str] = set()
        for each in documents:
            numbers.add(each.number)
            cves.update(weakness.cve for weakness in content_of(each).vulnerabilities)
        self.lists = weighing.enriched(cves)
        rows = Advisory.objects.filter(organisation=self.deed.organisation, number__in=numbers)
        self._held = {(row.publisher, row.number): row for row in rows.select_related("document", "organisation")}

    def advisory(self, document: Document, named: list[int]) -> tuple[Advisory, bool]:
        """The advisory of a document, and whether it was made now."""
        key = document.publisher, document.number
        if key in self._held:
            return self._held[key], False
        self._held[key] = Advisory.objects.create(
            organisation=self.deed.organisation, publisher=document.publisher, number=document.number, came_at=self.deed.at,
            changed_at=self.deed.at, tlp=document.tlp, title=document.title, named=named,
        )  # fmt: skip
        return self._held[key], True


def _kept(deed: Doing, came: Sequence[Came], provider: Provider | None, *, own: bool) -> list[Document | None]:
    """The documents as they are kept, not saved yet; None for each whose very bytes are here already.

    One that was set aside for where it came from counts as new when it comes from where it may.
    """
    digests = [sha256(each.data).hexdigest() for each in came]
    held = Document.objects.filter(organisation=deed.organisation, digest__in=digests).defer("packed")
    here = {each.digest: each for each in held}
    found: dict[str, Document] = {}
    for each, digest in zip(came, digests, strict=True):
        if digest not in found and (digest not in here or origin.only_fault(here[digest])):
            found[digest] = _row(deed, each, digest, provider)
    read = [each for each in found.values() if each.state == DocumentState.READ]
    for digest, fault in ({} if own else origin.faults(deed.organisation, read, provider)).items():
        row = found[digest]
        row.state, row.findings = DocumentState.ASIDE, [plain(fault), *row.findings]
    for digest in found.keys() & here.keys():
        if found[digest].state == DocumentState.ASIDE:
            del found[digest]
        else:
            found[digest].pk, found[digest]._state.adding = here[digest].pk, False
    return [found.pop(digest, None) for digest in digests]


def _row(deed: Doing, came: Came, digest: str, provider: Provider | None) -> Document:
    advisory, findings, standing = _looked_at(came)
    said = standing["said"]
    if said is not None:
        remember(digest, said, len(came.data))
    return Document(
        organisation=deed.organisation, provider=provider, name=printable(came.name)[:500], digest=digest, size=len(came.data),
        packed=packed(came.data), came_at=deed.at, came_by=deed.person, findings=[plain(each) for each in findings],
        state=DocumentState.READ if advisory is not None else DocumentState.ASIDE,
        tlp=effective(said.tlp if said else None, _channel(came, provider)),
        hashed=standing["hashed"], signed=standing["signed"], signer=standing["signer"][:200], **columns(said),
    )  # fmt: skip


def _channel(came: Came, provider: Provider | None) -> Tlp | None:
    """The label of the feed that it stood in and that of its provider, the stricter."""
    given: list[Tlp] = [came.tlp] if came.tlp else []
    given += [each for each in ORDER if provider and each == provider.tlp]
    return strictest(given) if given else None


def _looked_at(came: Came) -> tuple[Content | None, Sequence[Problem], dict[str, Any]]:
    """What it says (None: set aside), what is odd, and what is known of it even so."""
    standing: dict[str, Any] = {"said": None, "hashed": "none", "signed": "none", "signer": ""}
    if came.fault is not None:
        return None, [came.fault], standing
    checked = came.checked
    if checked is not None:
        standing |= {
            "hashed": checked.hashed,
            "signed": checked.signed.standing,
            "signer": checked.signed.fingerprint,
        }
    if is_cve(came.data):
        read = read_cve(came.data)
        standing["said"] = read.advisory or read_cve(came.data, anyway=True).advisory
        release = [each for each in checked.findings if each.code.startswith(RELEASE)] if checked else []
        findings = sorted((*read.problems, *release), key=lambda each: _ORDER.index(each.weight))
        return None if any(each.weight == "grave" for each in release) else read.advisory, findings, standing
    checked = checked or check_csaf(came.data, came.beside)
    standing["said"] = checked.read.advisory
    standing |= {"hashed": checked.hashed, "signed": checked.signed.standing, "signer": checked.signed.fingerprint}
    return checked.advisory, checked.findings, standing


def is_cve(data: bytes) -> bool:
    """Whether these bytes are a record of the CVE list."""
    return CVE_RECORD in data[:400]


def columns(said: Content | None) -> dict[str, Any]:
    """What the columns of a document hold of what it says."""
    if said is None:
        return {}
    return {
        "form": said.form, "publisher": said.publisher[:300], "number": said.id[:300], "version": said.version[:60],
        "status": said.state[:10], "revised": said.revised, "title": said.title[:500],
    }  # fmt: skip


def plain(problem: Problem) -> dict[str, Any]:
    """A finding as a document keeps it."""
    params = {key: printable(str(value))[:LONGEST_PARAM] for key, value in problem.params.items()}
    path = printable(problem.path)[:LONGEST_PARAM]
    return {"code": problem.code, "path": path, "weight": problem.weight, "params": params}


def printable(text: str) -> str:
    """A text without what no database keeps: NUL, and half of a surrogate pair."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def settle(document: Document, took: Took, shelf: _Shelf, *, named: list[int]) -> Advisory:
    """Saves a document that was taken in with its advisory: made, or brought to its newest revision. `matched` comes after."""
    advisory, made = shelf.advisory(document, named)
    document.advisory = advisory
    document.save()
    before = None if advisory.document is None else content_of(advisory.document)
    content = content_of(document)
    if before is not None and newest((before, content)) is not content:
        return advisory  # an older revision that came late: kept, and nothing follows from it
    change = None if before is None else weighing.turned(before, content)
    if document.tlp == "RED":  # for who is named with where this revision came from, whoever saw the advisory before
        advisory.named = named or (advisory.named if advisory.tlp == "RED" else [])
    bring(advisory, document, content, change, lists=shelf.lists, at=shelf.deed.at)
    took.turned[advisory] = content
    took.new += [advisory] if made else []
    took.revised += [(advisory, change, before)] if change is not None and before is not None else []
    return advisory


def bring(
    advisory: Advisory, document: Document, content: Content, change: Change | None, *,
    lists: Mapping[str, tuple[Rating, ...]], at: datetime,
) -> None:  # fmt: skip
    """Writes what the newest revision says in the advisory."""
    advisory.document, advisory.title, advisory.tlp = document, document.title, document.tlp
    advisory.publisher_name, advisory.kind = content.publisher_name[:200], content.kind[:60]
    advisory.version, advisory.published, advisory.revised = content.version[:60], content.published, content.revised
    advisory.withdrawn = content.withdrawn
    advisory.level = weighing.level_number(weighing.weighed(content, lists=lists))
    advisory.used, advisory.week = weighing.is_used(content, lists), weighing.short_term(content).applies
    advisory.ratings = [[each.scheme, each.value[:120]] for each in weighing.ratings_of(content)]
    advisory.score = weighing.score_of(content)
    if change is not None:
        advisory.change = {
            "task": change.task, "tell": change.tell, "material": change.material,
            "reasons": [[each.code, [list(pair) for pair in each.params]] for each in change.reasons],
            **{key: advisory.change[key] for key in (BY_LISTS, USED) if key in advisory.change},
        }  # fmt: skip
    if change is None or change.material:
        advisory.changed_at = at
    advisory.save()


def read_anyway(document: Document, *, because: str, person: Person, at: datetime) -> Took:
    """A person decides that a document that was set aside is read. Raises Refused (empty, not_aside, unreadable)."""
    if not because.strip():
        raise Refused("empty", field="because")
    with doing(document.organisation, person=person, at=at) as deed:
        row = _aside(document)
        try:
            content_of(row)
        except ValueError:
            raise Refused("unreadable") from None
        row.state, row.settled_at, row.settled_by, row.because = DocumentState.READ, at, person, because.strip()[:500]
        took, shelf = Took(), _Shelf(deed)
        shelf.fetch([row])
        advisory = settle(row, took, shelf, named=sorted({*(row.provider.named if row.provider else ()), person.pk}))
        matched(deed, took)
        deed.write(
            "read_anyway",
            about=f"document:{row.pk}",
            rows=[row, advisory],
            name=row.number or row.name,
            because=row.because,
        )
    return took


def refuse(document: Document, *, because: str, person: Person, at: datetime) -> None:
    """A person decides that a document that was set aside stays unread. Raises Refused (empty, not_aside)."""
    if not because.strip():
        raise Refused("empty", field="because")
    with doing(document.organisation, person=person, at=at) as deed:
        row = _aside(document)
        row.state, row.settled_at, row.settled_by, row.because = (
            DocumentState.REFUSED,
            at,
            person,
            because.strip()[:500],
        )
        row.save()
        deed.write("refused", about=f"document:{row.pk}", rows=[row], name=row.number or row.name, because=row.because)


def _aside(document: Document) -> Document:
    row = Document.objects.select_for_update().get(pk=document.pk)
    if row.state != DocumentState.ASIDE:
        raise Refused("not_aside")
    return row
