"""The keys of an organisation: made when first needed, rotated (the new one signed by the old), retired or lost.

That a key is in other hands is often found out when it had ended already; then it is marked.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from dijkwacht.adapters import signing
from dijkwacht.adapters.signing import Key
from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import SigningKey
from dijkwacht.apps.accountability.queries.keys import key_in_use
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.ledger.services.act import Act, acting
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.services import record


def ensure_key(organisation: Organisation, *, person: Person | None, actor: str, on: date, at: datetime) -> SigningKey:
    """The key with which the organisation signs; made, in an act of its own, when there is none."""
    found = key_in_use(organisation)
    if found is not None:
        return found
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        return key_in_use(organisation) or _make(act, None, b"")


def rotate_key(
    organisation: Organisation, *, person: Person | None, on: date, at: datetime, actor: str = "", lost: bool = False
) -> SigningKey:
    """A new key in the place of the old one, which signs for it.

    ``lost``: the old one may be in other hands; it signs for nothing, and who trusted it must be told the new number by
    another road. Raises Refusal (key) when the old private key is not there: then it is lost.
    """
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        old = key_in_use(organisation)
        if old is None:
            return _make(act, None, b"")
        pem = b""
        if not lost:
            pem = private_key(old)
        _end(act, old, "lost" if lost else "rotated")
        return _make(act, None if lost else old, pem, shift=1)


def end_key(
    organisation: Organisation, *, person: Person | None, on: date, at: datetime, actor: str = "", why: str = "retired"
) -> SigningKey:
    """Ends the key in use without another in its place. ``why``: retired or lost. Raises Refusal (key): there is none."""
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        old = key_in_use(organisation)
        if old is None:
            raise Refusal("key")
        return _end(act, old, why)


def mark_lost(
    organisation: Organisation,
    *,
    key: str,
    since: datetime | None,
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
) -> SigningKey:
    """Notes of a key that had ended that it is in other hands ``since`` a moment; None: nobody knows, so all it signed is void.

    Raises Refusal: no_key (no such key), key_in_use (replace it instead), key_lost (it is known), lost_ahead (a moment to come).
    """
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        row = SigningKey.objects.filter(organisation=organisation, key=key).select_related("organisation").first()
        if row is None:
            raise Refusal("no_key", key=key)
        if row.until is None:
            raise Refusal("key_in_use", key=key)
        if row.lost:
            raise Refusal("key_lost", key=key)
        if since is not None and since > at:
            raise Refusal("lost_ahead")
        row.lost_from = since and max(since.replace(microsecond=0), row.since)
        row.lost_act = act.number
        row.save(update_fields=["lost_from", "lost_act"])
        _write(act, "key_lost", row, {"lost_from": row.lost_from})
    return row


def private_key(key: SigningKey) -> bytes:
    """The private part. Raises Refusal (key) when it is gone or belongs to another key."""
    try:
        pem = storage.private_key(key.organisation.slug, key.key)
        if signing.public_of(pem) == key.public:
            return pem
    except (storage.StorageError, signing.KeyTrouble):
        pass
    raise Refusal("key", key=key.key)


def _make(act: Act, previous: SigningKey | None, old: bytes, *, shift: int = 0) -> SigningKey:
    """A new key. ``shift``: how many entries this act has written already."""
    pem, public = signing.make()
    slug = act.organisation.slug
    key = Key(signing.key_id(public), public, _since(act), previous=previous.key if previous else None)
    if previous is not None:
        key = replace(key, endorsement=signing.sign(old, signing.endorsement_text(slug, key)))
    storage.put_key(slug, key.id, pem)
    row = SigningKey.objects.create(
        organisation=act.organisation, key=key.id, public=public, since=key.since, previous=key.previous or "",
        endorsement=key.endorsement, act=act.number + shift,
    )  # fmt: skip
    _write(act, "key_made", row, {"public": public, "previous": row.previous, "endorsement": row.endorsement})
    return row


def _since(act: Act) -> datetime:
    """From when a key counts: the very first one from the beginning of the trail, since there was no other before it."""
    first = Entry.objects.filter(organisation=act.organisation, seq=1).values_list("at", flat=True).first()
    another = SigningKey.objects.filter(organisation=act.organisation).exists()
    moment = act.at if another or first is None else min(first, act.at)
    return moment.replace(microsecond=0)


def _end(act: Act, key: SigningKey, why: str) -> SigningKey:
    key.until = max(act.at.replace(microsecond=0), key.since)
    key.why, key.ended_act = why, act.number
    key.save(update_fields=["until", "why", "ended_act"])
    _write(act, "key_ended", key, {"why": why})
    return key


def _write(act: Act, verb: str, key: SigningKey, detail: Mapping[str, str | datetime | None]) -> None:
    record(
        act.organisation, person=act.person, actor=act.actor, act=f"accountability.{verb}", about=f"key:{key.key}",
        detail=detail, at=act.at,
    )  # fmt: skip
