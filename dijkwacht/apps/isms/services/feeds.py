"""The private address of the year calendar: made and revoked by the person whose it is, and the calendar itself."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from dijkwacht.adapters.ical import Entry, calendar
from dijkwacht.apps.isms.models import FeedKey
from dijkwacht.apps.isms.services.doing import doing
from dijkwacht.apps.people.models import Organisation, Person

LENGTH = 32  # bytes of chance in a key


def make_key(organisation: Organisation, *, person: Person, on: date, at: datetime) -> str:
    """A new key; one that was there no longer works. It is told once: only its hash is kept."""
    key = secrets.token_urlsafe(LENGTH)
    with doing(organisation, person=person, on=on, at=at) as deed:
        standing = FeedKey.objects.filter(organisation=organisation, person=person, revoked_at__isnull=True)
        before = list(standing)
        standing.update(revoked_at=at)
        made = FeedKey.objects.create(organisation=organisation, person=person, key_hash=hashed(key), made_at=at)
        deed.write("feed_made", about=f"person:{person.pk}", rows=[made, *before])
    return key


def revoke_key(organisation: Organisation, *, person: Person, on: date, at: datetime) -> bool:
    """Ends the address; says whether there was one."""
    with doing(organisation, person=person, on=on, at=at) as deed:
        rows = FeedKey.objects.filter(organisation=organisation, person=person, revoked_at__isnull=True)
        revoked = list(rows)
        if not rows.update(revoked_at=at):
            return False
        deed.write("feed_revoked", about=f"person:{person.pk}", rows=revoked)
    return True


def hashed(key: str) -> str:
    """How a key is kept: it is long and random, so one round is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def feed(organisation: Organisation, entries: Iterable[Entry], *, name: str, on: date) -> bytes:
    """The calendar of a day, as a file."""
    return calendar(name, entries, owner=organisation.slug, stamp=datetime.combine(on, time(), tzinfo=UTC))
