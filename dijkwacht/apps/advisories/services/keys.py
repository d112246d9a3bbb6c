"""Keys for machines: made and ended by a person, who they stand for, and how often they may ask."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.cache import cache

from dijkwacht.apps.advisories.models import PullKey
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person

PREFIX = "dijkwacht_"
"""In front of each key, so that whoever finds one in a file knows what it is."""
LENGTH = 32  # bytes of chance
LONGEST = 200  # characters that are looked at
MINUTE = 60  # seconds
PER_KEY, PER_ADDRESS = 120, 30
"""How often in a minute a key may ask, and how often an address may come with a key that does not exist."""
NOTED = timedelta(minutes=10)  # so often it is noted that a key was used


def make(organisation: Organisation, *, name: str, person: Person, at: datetime) -> str:
    """A new key for what this person may see here. It is told once: only its hash is kept. Raises Refused (empty)."""
    if not name.strip():
        raise Refused("empty", field="name")
    key = PREFIX + secrets.token_urlsafe(LENGTH)
    with doing(organisation, person=person, at=at) as deed:
        row = PullKey.objects.create(
            organisation=organisation, person=person, name=name.strip()[:80], digest=digest(key), made_at=at
        )
        deed.write("key_made", about=f"key:{row.pk}", rows=[row], name=row.name)
    return key


def end(row: PullKey, *, person: Person, at: datetime) -> None:
    """The key no longer works. Raises Refused (ended)."""
    with doing(row.organisation, person=person, at=at) as deed:
        held = PullKey.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if held.ended_at is not None:
            raise Refused("ended")
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        deed.write("key_ended", about=f"key:{held.pk}", rows=[held], name=held.name)


def digest(key: str) -> str:
    """How a key is kept: it is long and random, so one round is enough."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()


def held(key: str) -> PullKey | None:
    """The key that a machine gives, while it works and its person has an account."""
    if not key.startswith(PREFIX) or len(key) > LONGEST:
        return None
    rows = PullKey.objects.filter(digest=digest(key), ended_at__isnull=True, person__is_active=True)
    return rows.select_related("organisation", "person").first()


def used(row: PullKey, *, at: datetime) -> None:
    """Notes that a key was used, now and then."""
    if row.used_at is None or row.used_at < at - NOTED:
        PullKey.objects.filter(pk=row.pk).update(used_at=at)


def too_often(who: str, most: int, *, at: datetime) -> bool:
    """Counts this time, and says whether it is one too many in this minute. Counts hold over all workers together."""
    minute = int(at.timestamp()) // MINUTE
    name = f"advisories:asked:{minute}:{sha256(who.encode()).hexdigest()}"
    if cache.add(name, 1, 2 * MINUTE):
        return False
    try:
        return cache.incr(name) > most
    except ValueError:  # thrown away in between
        return False
