"""The keys of an organisation, and the list of them that is published."""

from dijkwacht.adapters import signing
from dijkwacht.adapters.signing import LOST, Key
from dijkwacht.apps.accountability.models import SigningKey
from dijkwacht.apps.people.models import Organisation


def key_in_use(organisation: Organisation) -> SigningKey | None:
    """The key with which the organisation signs now; None when there is none."""
    return (
        SigningKey.objects.filter(organisation=organisation, until__isnull=True).select_related("organisation").first()
    )


def keys(organisation: Organisation) -> list[SigningKey]:
    """All its keys, the oldest first."""
    return list(SigningKey.objects.filter(organisation=organisation).select_related("organisation").order_by("act"))


def key_list(organisation: Organisation, *, before: int | None = None) -> bytes:
    """The published list of keys; with ``before`` as it was before that entry of the trail."""
    rows = [row for row in keys(organisation) if before is None or row.act < before]
    return signing.key_list(organisation.slug, [as_key(row, before=before) for row in rows])


def as_key(row: SigningKey, *, before: int | None = None) -> Key:
    """A key as it is published; with ``before`` one that ended only later is still in use, one lost later not lost."""
    ended = row.ended_act is not None and (before is None or row.ended_act < before)
    lost = row.lost_act is not None and (before is None or row.lost_act < before)
    return Key(
        row.key, row.public, row.since, row.until if ended else None, LOST if lost else row.why if ended else "",
        row.previous or None, row.endorsement, row.lost_from if lost else None,
    )  # fmt: skip
