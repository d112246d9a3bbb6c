"""Reads of the trail, always of one organisation: its entries, and whether the chain still holds."""

from collections.abc import Iterator, Mapping

from django.db.models import Max, QuerySet

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry, Head
from dijkwacht.core import chain
from dijkwacht.core.chain import Broken, Link, Seal

CHUNK = 2000  # rows in memory at a time


def entries(
    organisation: Organisation, *, act: str = "", person: int | None = None, about: str = ""
) -> QuerySet[Entry]:
    """The entries, newest first, narrowed to one act, one person, or what they are about (the start of it)."""
    found = Entry.objects.filter(organisation=organisation)
    if act:
        found = found.filter(act=act)
    if person is not None:
        found = found.filter(person=person)
    if about:
        found = found.filter(about__startswith=about)
    return found.select_related("person").order_by("-seq")


def head(organisation: Organisation) -> Seal:
    """The number and hash of the last entry; of an organisation without any: 0 and what the first will point to."""
    row = Head.objects.filter(organisation=organisation).first()
    return Seal(row.seq, row.hash) if row else Seal(0, chain.genesis(organisation.slug))


def verify(organisation: Organisation, *, noted: Mapping[int, str] | None = None) -> Broken | None:
    """The first link of the chain that does not hold, or None. Reads it once, a few thousand rows at a time.

    May run while others write: an entry that is added meanwhile is left for the next time. ``noted``: hashes by number
    that were written down elsewhere, see ``core.chain.first_broken``.
    """
    # In this order: an entry and its head are committed together, so a head read later is never behind the entries.
    top = Entry.objects.filter(organisation=organisation).aggregate(top=Max("seq"))["top"] or 0
    seal = head(organisation)
    rows = Entry.objects.filter(organisation=organisation, seq__lte=max(top, seal.seq)).order_by("seq")
    broken = chain.first_broken(organisation.slug, _links(rows, organisation.slug), head=seal, noted=noted)
    return broken and _named(organisation, broken)


def _links(rows: QuerySet[Entry], slug: str) -> Iterator[Link]:
    last = 0
    try:
        for entry in rows.iterator(chunk_size=CHUNK):
            yield _link(entry, slug)
            last = entry.seq
    except ValueError:  # somebody wrote a day that is none, and then SQLite gives nothing of that chunk
        yield from _one_by_one(rows.filter(seq__gt=last), slug)


def _one_by_one(rows: QuerySet[Entry], slug: str) -> Iterator[Link]:
    for seq, previous in list(rows.values_list("seq", "previous")):
        try:
            yield _link(rows.get(seq=seq), slug)
        except ValueError:
            yield Link(seq, {}, previous, "")


def _link(entry: Entry, slug: str) -> Link:
    """What is checked of an entry; SQLite gives None for a moment that is none, which was never written."""
    return Link(entry.seq, {} if entry.at is None else entry.content(slug), entry.previous, entry.hash)


def _named(organisation: Organisation, broken: Broken) -> Broken:
    """With what a wrong pointer points to: another place in this chain, or the chain of another organisation."""
    same = Entry.objects.filter(hash=broken.found)
    others = Organisation.objects.exclude(pk=organisation.pk).values_list("slug", flat=True)
    return chain.name_break(
        broken,
        elsewhere_here=same.filter(organisation=organisation).exists(),
        elsewhere=same.exclude(organisation=organisation).exists()
        or any(chain.genesis(slug) == broken.found for slug in others),
    )
