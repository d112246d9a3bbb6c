"""Fetching what is new where a desk takes documents in: network outside any transaction, documents in by portions.

What we have of each provider stands in `Seen`, stored after each portion: killed halfway, the next run goes on from there, and
what was fetched twice is known by its bytes. On two machines one of them claims a provider. Nothing here runs in a web request.
"""

import json
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

from dijkwacht.adapters.csaf.https import Https, Refused
from dijkwacht.adapters.csaf.load import MEGABYTE, Unreadable
from dijkwacht.adapters.csaf.signature import NO_KEYS, Keys
from dijkwacht.adapters.csaf.sources import Folder, Got, Listing, Source, Taken, Web, discovered, taken_in
from dijkwacht.apps.advisories.models import Provider, ProviderKind, Seen
from dijkwacht.apps.advisories.services import receiving
from dijkwacht.apps.advisories.services.intake import Came
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.feed import Cursor, Entry, plan

ACTOR = "advisories"
HOUR, SOON, LONGEST = timedelta(hours=1), timedelta(minutes=5), timedelta(days=1)
LEASE = timedelta(hours=1)
"""For how long a provider is of the run that claimed it; longer, and another may begin on it too, which does no harm."""
PORTION, PORTION_BYTES = 25, 20 * MEGABYTE
MOST = {ProviderKind.WEB: 500, ProviderKind.FOLDER: 50_000}
"""Documents in one run; of a provider on the web not all of its history at once."""
LONGEST_URL, LONGEST_STAMP, LONGEST_TROUBLE = 1000, 120, 300
"""Octets of an address, because an index holds it; characters of the other two."""
Tell = Callable[[Provider, int, int], None]
"""Hears of progress: how many of how many."""


def untold(_provider: Provider, _done: int, _total: int) -> None:
    """Nobody listens."""


@dataclass(slots=True)
class Pulled:
    """What came of one provider. ``trouble``: a code with parameters (`trouble_of`), empty when all went well."""

    provider: Provider
    new: int = 0
    aside: int = 0
    known: int = 0
    failed: int = 0
    left: int = 0
    trouble: str = ""


@dataclass(slots=True)
class _Bounded:
    """A source of which the addresses and stamps fit in our tables; it remembers its listing."""

    source: Source
    listed: Listing = field(default_factory=lambda: Listing(()))

    def listing(self) -> Listing:
        found = self.source.listing()
        entries = (each for each in found.entries if len(each.url.encode("utf-8", "replace")) <= LONGEST_URL)
        self.listed = Listing(
            tuple(replace(each, stamp=each.stamp[:LONGEST_STAMP]) for each in entries), found.problems
        )
        return self.listed

    def get(self, entry: Entry) -> Got:
        return self.source.get(entry)


def pull_due(
    *, at: datetime, organisation: Organisation | None = None, name: str = "", https: Https | None = None, tell: Tell = untold
) -> list[Pulled]:  # fmt: skip
    """Fetches from every provider that is due, or from those with this name; trouble with one does not stop the others."""
    rows = Provider.objects.filter(ended_at__isnull=True).exclude(kind=ProviderKind.HAND).select_related("organisation")
    rows = rows.filter(organisation=organisation) if organisation else rows
    rows = rows.filter(name=name) if name else rows.filter(next_at__lte=at)
    return [_guarded(row, at=at, https=https, tell=tell) for row in rows.order_by("next_at", "pk") if _claimed(row, at)]


def _claimed(row: Provider, at: datetime) -> bool:
    """Whether this run is the one that takes it: of two at the same time one is."""
    free = Provider.objects.filter(pk=row.pk, next_at=row.next_at, ended_at__isnull=True)
    return free.update(next_at=at + LEASE) == 1


def _guarded(row: Provider, *, at: datetime, https: Https | None, tell: Tell) -> Pulled:
    try:
        return pull(row, at=at, https=https, tell=tell)
    except Exception as error:
        traceback.print_exc()
        pulled = Pulled(row, trouble=_told("fault", {"cause": type(error).__name__}))
        _note(row, pulled, at=at)
        return pulled


def pull(
    provider: Provider, *, at: datetime, source: Source | None = None, https: Https | None = None, tell: Tell = untold
) -> Pulled:
    """Takes in what is new at one provider, and notes how that went. ``source``: instead of what its address leads to."""
    pulled = Pulled(provider)
    try:
        bounded = _Bounded(source or source_of(provider, https or Https()))
        keys = bounded.source.keys() if isinstance(bounded.source, Web) else NO_KEYS
        for portion in _portions(_fetched(provider, bounded, keys, pulled, tell)):
            _take(provider, portion, pulled, at=at)
        pulled.trouble = _odd(bounded.listed)
    except (Refused, Unreadable) as error:
        pulled.trouble = trouble_of(error)
    _note(provider, pulled, at=at)
    return pulled


def source_of(provider: Provider, https: Https) -> Source:
    """Where its documents are: a folder, or a provider on the web by its metadata or its domain. Raises Refused, Unreadable."""
    if provider.kind == ProviderKind.FOLDER:
        return Folder(Path(provider.url))
    return Web.at(https, provider.url) if "/" in provider.url else discovered(https, provider.url)


def cursor_of(provider: Provider) -> Cursor:
    """What we have of a provider."""
    rows = list(Seen.objects.filter(provider=provider).values_list("url", "stamp", "had", "failures"))
    return Cursor(
        {url: stamp for url, stamp, had, _failures in rows if had},
        {url: failures for url, _stamp, _had, failures in rows if failures},
    )


def _fetched(provider: Provider, bounded: _Bounded, keys: Keys, pulled: Pulled, tell: Tell) -> Iterator[Taken]:
    """What is new, one by one; counts what was left for the next run."""
    cursor, most = cursor_of(provider), MOST[ProviderKind(provider.kind)]
    total = 0
    for done, taken in enumerate(taken_in(bounded, cursor, keys=keys, must=frozenset(provider.must), most=most), 1):
        if done == 1:
            due = plan(bounded.listed.entries, cursor, most=most)
            total, pulled.left = len(due.fetch), due.left
        tell(provider, done, total)
        yield taken


def _portions(taken: Iterable[Taken]) -> Iterator[list[Taken]]:
    """By so many documents, or so many bytes."""
    portion: list[Taken] = []
    size = 0
    for each in taken:
        portion.append(each)
        size += len(each.got.data) if each.got else 0
        if len(portion) >= PORTION or size >= PORTION_BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _take(provider: Provider, portion: list[Taken], pulled: Pulled, *, at: datetime) -> None:
    """One portion comes in, and is noted as seen."""
    came = [
        Came(each.got.data, name_of(each.entry.url), tlp=each.entry.tlp, checked=each.checked)
        for each in portion
        if each.got is not None
    ]
    took = receiving.receive(provider.organisation, came, provider=provider, at=at, actor=ACTOR)
    pulled.new += len(took.read) + len(took.aside)
    pulled.aside += len(took.aside)
    pulled.known += took.known
    pulled.failed += len(portion) - len(came)
    Seen.objects.bulk_create(
        [_seen(provider, each) for each in portion], update_conflicts=True, unique_fields=["provider", "url"],
        update_fields=["stamp", "failures", "had"],
    )  # fmt: skip


def _seen(provider: Provider, taken: Taken) -> Seen:
    """What is kept of one document: its stamp once we have it; of one that failed the stamp that we had before."""
    entry, cursor = taken.entry, taken.cursor
    row = Seen(provider=provider, url=entry.url, failures=min(cursor.failures.get(entry.url, 0), 9999))
    row.had = entry.url in cursor.seen
    row.stamp = cursor.seen.get(entry.url, "")
    return row


def name_of(url: str) -> str:
    """The name of the file at an address."""
    return unquote(url).rstrip("/").rsplit("/", maxsplit=1)[-1]


def trouble_of(error: Refused | Unreadable) -> str:
    """Why nothing could be fetched, as a provider keeps it."""
    return (
        _told(error.code, error.params)
        if isinstance(error, Refused)
        else _told(error.problem.code, error.problem.params)
    )


def _odd(listed: Listing) -> str:
    """The trouble of a run that went on: one of the lists could not be read."""
    return next((_told(each.code, each.params) for each in listed.problems if each.code == "list_refused"), "")


def _told(code: str, params: object) -> str:
    """A code with its parameters, cut until the column holds it."""
    given = params.items() if hasattr(params, "items") else ()
    for most in (200, 90, 40, 10):
        text = json.dumps([code, {key: str(value)[:most] for key, value in given}], ensure_ascii=False)
        if len(text) <= LONGEST_TROUBLE:
            return text
    return json.dumps([code, {}])


def _note(provider: Provider, pulled: Pulled, *, at: datetime) -> None:
    """How the run went, and when the next one is; one that was ended meanwhile has none."""
    told = {
        "last_at": at, "last_new": pulled.new, "last_left": pulled.left, "trouble": pulled.trouble,
        "next_at": _next(provider, pulled, at),
    }  # fmt: skip
    Provider.objects.filter(pk=provider.pk, ended_at__isnull=True).update(**told)
    for name, value in told.items():
        setattr(provider, name, value)


def _next(provider: Provider, pulled: Pulled, at: datetime) -> datetime:
    """In an hour; sooner when there is more; after trouble each time twice as late, a day at most."""
    if not pulled.trouble:
        return at + (SOON if pulled.left else HOUR)
    again = provider.trouble and provider.last_at and provider.next_at
    waited = provider.next_at - provider.last_at if again and provider.next_at and provider.last_at else HOUR / 2
    return at + min(max(waited * 2, HOUR), LONGEST)
