"""Who answers for whom: what our facts do for others, what theirs do for us, and what turns without them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from dijkwacht.apps.ledger.models import Fact, Inheritance, Subject
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.ledger.queries.subjects import inheritances
from dijkwacht.apps.ledger.queries.world import COLUMNS, gather, known, to_fact
from dijkwacht.apps.people.models import Organisation, Share, ShareKind
from dijkwacht.apps.people.queries import in_period
from dijkwacht.core.access import covers
from dijkwacht.core.catalog import Requirement
from dijkwacht.core.facts import STANDS_FOR, FactType
from dijkwacht.core.facts import Fact as CoreFact
from dijkwacht.core.judge import Judgement, lines_of
from dijkwacht.core.select import choices
from dijkwacht.core.verdict import Status


@dataclass(frozen=True, slots=True)
class Reach:
    """One answer that counts elsewhere: the question, what it says, when it was last seen, and whether it still counts."""

    fact_type: FactType
    value: object
    seen: date
    fresh: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A subject of one organisation for which the answers of another count. ``shares``: on the ground of which."""

    heir: Organisation
    source: Organisation
    subject: Subject
    reach: tuple[Reach, ...]
    shares: tuple[Share, ...]

    @property
    def last_seen(self) -> date | None:
        """When any of it was last seen."""
        return max((each.seen for each in self.reach), default=None)

    @property
    def expired(self) -> int:
        """How many answers no longer count."""
        return sum(not each.fresh for each in self.reach)

    @property
    def until(self) -> date | None:
        """The first day on which nothing is shared any more; None when there is no end, or nothing is shared."""
        ends = [share.valid_to for share in self.shares]
        return None if None in ends or not ends else max(end for end in ends if end is not None)


def answered_for(organisation: Organisation, *, on: date) -> list[Link]:
    """For whom we answer, by name: each with our subject, the answers that reach them, and on which share that rests."""
    rows = Inheritance.objects.filter(source__organisation=organisation, superseded_at__isnull=True)
    rows = rows.exclude(source__kind__in=STANDS_FOR)
    links = list(
        rows.select_related("subject__organisation", "source__organisation").order_by(
            "subject__organisation__name", "pk"
        )
    )
    given = Share.objects.filter(in_period(on), owner=organisation, kind=ShareKind.FACT, revoked_at__isnull=True)
    facts = _standing(organisation, {link.source_id for link in links}, on)
    return [
        _link(link.subject.organisation, link.source, facts.get(link.source_id, ()), given, on=on) for link in links
    ]


def relied_on(organisation: Organisation, *, on: date) -> list[tuple[Subject, Link]]:
    """What others answer for us: our subject, with theirs and the answers that reach us."""
    found = inheritances(organisation).values()
    shares = list(
        Share.objects.filter(in_period(on), recipient=organisation, kind=ShareKind.FACT, revoked_at__isnull=True)
    )
    out = []
    for each in sorted(found, key=lambda each: each.subject.name):
        owner = each.source.organisation
        facts = _standing(owner, {each.source_id}, on).get(each.source_id, ())
        given = [share for share in shares if share.owner_id == owner.pk]
        out.append((each.subject, _link(organisation, each.source, facts, given, on=on)))
    return out


def _standing(owner: Organisation, subjects: Iterable[int], on: date) -> Mapping[int, list[CoreFact]]:
    """The facts that stand about these subjects."""
    packs, found = packs_on(on), dict[int, list[CoreFact]]()
    rows = Fact.objects.filter(known(on, "superseded_at"), Q(subject__in=list(subjects)), organisation=owner)
    for row in rows.order_by("pk").values_list(*COLUMNS):
        if fact := to_fact(row, subject=str(row[1]), packs=packs, known_at=on):
            found.setdefault(row[1], []).append(fact)
    return found


def _link(
    heir: Organisation,
    source: Subject,
    facts: Iterable[CoreFact],
    shares: Iterable[Share],
    *,
    on: date,
) -> Link:
    packs = packs_on(on)
    mine = [share for share in shares if share.recipient_id == heir.pk]
    used: dict[str, list[CoreFact]] = {}
    held: dict[object, Share] = {}
    for fact in facts:
        for share in mine:
            if covers(share.what, subject=source.key, fact_type=fact.fact):
                used.setdefault(fact.fact, []).append(fact)
                held[share.pk] = share
                break
    reach = [_reach(packs, name, found, on) for name, found in used.items()]
    return Link(
        heir,
        source.organisation,
        source,
        tuple(sorted(reach, key=lambda each: each.fact_type.id)),
        tuple(held.values()),
    )


def _reach(packs: Packs, name: str, facts: list[CoreFact], on: date) -> Reach:
    kind = packs.fact_type(name)
    choice = choices(facts, kind, on=on, known_at=on)[0][1]
    fact = choice.winner or facts[-1]
    return Reach(kind, fact.value, max(fact.observations, default=fact.valid_from), choice.winner is not None)


@dataclass(frozen=True, slots=True)
class Turning:
    """A line that turns when the answers of another no longer count."""

    requirement: Requirement
    subject: str
    before: Status
    after: Status


def without(subject: Subject, *, on: date) -> list[Turning]:
    """What turns in our verdicts when the answers of others about this subject no longer count. Writes nothing."""
    packs = packs_on(on)
    names = [name for name in packs.norms.requirements if name in packs.touched_by_kind(subject.kind)]
    needs = packs.needs(frozenset(names))
    world = gather(subject.organisation, packs=packs, known_at=on, fact_types=needs).world
    own = {
        pair: [fact for fact in facts if pair[0] != subject.key or fact.inherited_from is None]
        for pair, facts in world.facts.items()
    }
    inherits = {key: whose for key, whose in world.inherits.items() if key != subject.key}
    alone = replace(world, facts={pair: facts for pair, facts in own.items() if facts}, inherits=inherits)
    now = Judgement(packs.norms, world, on=on, known_at=on)
    then = Judgement(packs.norms, alone, on=on, known_at=on)
    pairs = lines_of(packs.norms, world, names)
    statuses = ((name, key, now.status(name, key), then.status(name, key)) for name, key in pairs)
    return [
        Turning(packs.norms.requirements[name], key, before, after)
        for name, key, before, after in statuses
        if before is not after
    ]
