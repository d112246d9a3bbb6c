"""What an organisation follows, whatever its register says: everything of a vendor, or everything with some words."""

from datetime import datetime

from dijkwacht.apps.advisories.models import Subscription, SubscriptionKind
from dijkwacht.apps.advisories.services import looking, matching
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.naming import fold, fold_vendor

LONGEST = 120


def follow(organisation: Organisation, *, kind: str, text: str, person: Person, at: datetime) -> Subscription:
    """Follows a vendor or words from now on. Raises Refused (decision, empty, long, no_words, twice)."""
    said = " ".join(text.split())
    if kind not in SubscriptionKind.values:
        raise Refused("decision", field="kind")
    if not said:
        raise Refused("empty", field="text")
    if len(said) > LONGEST:
        raise Refused("long", field="text", most=LONGEST)
    key = _key(kind, said)
    if not key:
        raise Refused("no_words", field="text")
    with doing(organisation, person=person, at=at) as deed:
        rows = Subscription.objects.filter(organisation=organisation, kind=kind, ended_at__isnull=True)
        if any(_key(kind, each.text) == key for each in rows):
            raise Refused("twice", field="text")
        row = Subscription.objects.create(organisation=organisation, kind=kind, text=said, at=at, by=person)
        looking.put_down(organisation, matching.match_organisation(organisation, at=at))
        deed.write("followed", about="following", rows=[row], name=said, kind=kind)
    looking.look_again(organisation, at=at)
    return row


def unfollow(row: Subscription, *, person: Person, at: datetime) -> None:
    """No longer follows it, from now on. Raises Refused (ended)."""
    with doing(row.organisation, person=person, at=at) as deed:
        if not Subscription.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=at):
            raise Refused("ended")
        row.refresh_from_db()
        looking.put_down(row.organisation, matching.match_organisation(row.organisation, at=at))
        deed.write("unfollowed", about="following", rows=[row], name=row.text, kind=row.kind)
    looking.look_again(row.organisation, at=at)


def _key(kind: str, text: str) -> str:
    return fold_vendor(text) if kind == SubscriptionKind.VENDOR else fold(text)
