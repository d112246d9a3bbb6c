"""What an organisation follows, and what each of it catches now of the advisories that the reader may see."""

from dataclasses import dataclass, field
from datetime import datetime

from dijkwacht.apps.advisories.models import Advisory, Subscription
from dijkwacht.apps.advisories.queries.names import aliases_of
from dijkwacht.apps.advisories.queries.serving import desks_of
from dijkwacht.apps.advisories.queries.told import told_by
from dijkwacht.apps.advisories.queries.touching import readable
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.subscriptions import Net
from dijkwacht.core.advisories.subscriptions import Subscription as Followed
from dijkwacht.web.moments import day_of

SHOWN = 3  # advisories that are named per subscription


@dataclass(slots=True)
class Catch:
    """A subscription with how many advisories it catches, and the newest of them."""

    row: Subscription
    count: int = 0
    advisories: list[Advisory] = field(default_factory=list)


def catches(organisation: Organisation, person: Person, *, at: datetime) -> list[Catch]:
    """Everything that an organisation follows now, with what it catches."""
    rows = Subscription.objects.filter(organisation=organisation, ended_at__isnull=True).select_related("by")
    found = {(each.kind, each.text): Catch(each) for each in rows}
    if not found:
        return []
    on = day_of(at)
    desks = desks_of(organisation, on=on)
    net = Net(
        (Followed(str(organisation.pk), "vendor" if kind == "vendor" else "keyword", text) for kind, text in found),
        aliases_of(desks),
    )
    newest: dict[tuple[str, str], list[int]] = {key: [] for key in found}
    seen = readable(organisation, person, on=on)
    for number, content in told_by(desks, seen.order_by().values("pk")):
        for caught in net.caught(content):
            key = (str(caught.subscription.kind), caught.subscription.text)
            found[key].count += 1
            newest[key].append(number)
    for key, numbers in newest.items():
        wanted = Advisory.objects.filter(pk__in=numbers).order_by("-changed_at", "-pk")
        found[key].advisories = list(wanted[:SHOWN])
    return list(found.values())
