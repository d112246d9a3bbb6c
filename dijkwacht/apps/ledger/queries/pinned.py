"""The world of an organisation exactly as it was at one entry of its trail, whatever was recorded since, also on that day.

Facts carry the numbers of the acts that made and closed them. What has days only (subjects, inheritance, shares, claims, days on
which something was seen) is taken back by what the trail tells of the acts since. Other organisations, whose facts count here
as far as they are shared, are held at an entry of their own.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Q

from dijkwacht.apps.ledger import runs
from dijkwacht.apps.ledger.models import Claim, Evidence, Fact, Inheritance, Subject
from dijkwacht.apps.ledger.packs import Packs
from dijkwacht.apps.ledger.queries.world import alike, as_own, as_shared, known, to_fact, within
from dijkwacht.apps.people.models import Organisation, Person, Share, ShareKind
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.queries import head
from dijkwacht.core import facts as core
from dijkwacht.core.access import covers
from dijkwacht.core.days import parse_day
from dijkwacht.core.facts import STANDS_FOR, World

COLUMNS = (
    "id", "subject_id", "fact_type", "value", "valid_from", "valid_to", "recorded_at", "superseded_at", "observed",
    "assurance", "said_by", "person_id", "superseded_act", "act", "origin", "explanation", "organisation_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pin:
    """Entries at which trails are held: ours, and by slug those of others whose facts count here.

    ``names``: what was called how, ``person:7`` and ``organisation:dijkstad``; empty: as they are called now. Names are not
    in the trail, so that they can be erased; who pins for later keeps them.
    """

    seq: int
    others: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """What the ledger keeps of a fact besides what the engine needs. ``own``: recorded here, not inherited."""

    value: Any
    act: int
    origin: str
    explanation: str
    own: bool


@dataclass(frozen=True, slots=True)
class Pinned:
    """A world at a pin. ``names``: of subjects by key; ``called``: the names of persons and organisations that were used."""

    world: World
    names: Mapping[str, str]
    called: Mapping[str, str]
    rows: Mapping[str, Row]


def pin_now(organisation: Organisation) -> Pin:
    """The entries at which the trails are now. Read it before anything else."""
    sources = Organisation.objects.filter(
        pk__in=Inheritance.objects.filter(subject__organisation=organisation).values("source__organisation")
    )
    return Pin(head(organisation).seq, {each.slug: head(each).seq for each in sources})


def pinned(
    organisation: Organisation, *, packs: Packs, known_at: date, fact_types: Collection[str], pin: Pin
) -> Pinned:
    """The world at a pin, as known on a day, with the facts of these types."""
    look = _Look(organisation, packs, known_at, sorted(fact_types), pin)
    subjects = look.subjects()
    keys = {each.pk: each.key for each in subjects}
    found = list(look.facts(Q(organisation=organisation), pin.seq, keys))
    heirs = look.heirs(keys)
    found += look.inherited(heirs, keys)
    world = World.of(
        organisation.slug, subjects=[core.Subject(each.key, each.kind, each.name) for each in subjects],
        facts=[fact for fact in found if fact.subject],
    )  # fmt: skip
    world.inherits = {keys[heir.subject_id]: heir.source.organisation.slug for heir in heirs if alike(heir)}
    for slug in world.inherits.values():
        look.called(f"organisation:{slug}")
    names = {each.key: each.name for each in subjects} | {
        organisation.slug: look.called(f"organisation:{organisation.slug}")
    }
    return Pinned(world, names, look.used, look.rows)


def claims_at(organisation: Organisation, *, known_at: date, pin: Pin) -> dict[tuple[str, str], str]:
    """What self-assessments said at the pin: by requirement and key of the subject the answer."""
    made, closed = set(), set()
    entries = Entry.objects.filter(organisation=organisation, seq__gt=pin.seq, act="ledger.import")
    for detail in entries.values_list("detail", flat=True):
        made |= {int(pk) for pk in detail.get("claims_made", ())}
        closed |= set(detail.get("claims_closed", ()))
    stands = Q(superseded_at__isnull=True) | Q(superseded_at__gt=known_at) | Q(pk__in=closed)
    rows = Claim.objects.filter(stands, organisation=organisation, recorded_at__lte=known_at).exclude(pk__in=made)
    return {
        (row[0], row[1]): row[2] for row in rows.order_by("pk").values_list("requirement", "subject__key", "answer")
    }


def evidence_of(facts: Collection[int]) -> dict[int, list[Evidence]]:
    """Per fact its evidence, in the order in which it came in."""
    found: dict[int, list[Evidence]] = {}
    links = Fact.evidence.through.objects.filter(fact__in=facts).select_related("evidence").order_by("evidence_id")
    for link in links:
        found.setdefault(link.fact_id, []).append(link.evidence)
    return found


Adopted = tuple[str, str, str]  # a subject of ours; the organisation, and its subject, that stands for one


@dataclass(slots=True)
class _Since:
    """What happened to the subjects of an organisation after the pin."""

    registered: set[str] = field(default_factory=set)
    archived: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    adopted: Counter[Adopted] = field(default_factory=Counter)
    left: set[Adopted] = field(default_factory=set)  # of those that stood at the pin
    names: dict[str, str] = field(default_factory=dict)  # as they were before the first change

    @classmethod
    def of(cls, organisation: int, seq: int) -> "_Since":
        since = cls()
        entries = Entry.objects.filter(organisation=organisation, seq__gt=seq, act__startswith="ledger.subject")
        for act, key, detail in entries.order_by("seq").values_list("act", "about", "detail"):
            if act == "ledger.subject_registered":
                since.registered.add(key)
            elif act == "ledger.subjects_registered":
                since.registered |= set(detail["subjects"])
            elif act == "ledger.subject_archived":
                since.archived.add(key)
            elif act == "ledger.subject_inherits":
                since.linked.add(key)
            elif act in ("ledger.subject_adopts", "ledger.subject_leaves"):
                link = key, detail["source"]["organisation"], detail["source"]["subject"]
                if act == "ledger.subject_adopts":
                    since.adopted[link] += 1
                elif not since.adopted[link]:
                    since.left.add(link)
            elif act == "ledger.subject_renamed":
                since.names.setdefault(key, detail["before"])
        return since


@dataclass(slots=True)
class _Look:
    """Reads rows as they were at the pin."""

    organisation: Organisation
    packs: Packs
    known_at: date
    fact_types: list[str]
    pin: Pin
    rows: dict[str, Row] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    since: _Since = field(init=False)

    def __post_init__(self) -> None:
        self.since = _Since.of(self.organisation.pk, self.pin.seq)

    def called(self, who: str) -> str:
        """The name of ``person:number`` or ``organisation:slug``; remembers that it was used."""
        if who not in self.used:
            self.used[who] = self.pin.names[who] if who in self.pin.names else _name_now(who)
        return self.used[who]

    def subjects(self) -> list[Subject]:
        """Those that stood in the register, under the name that they had."""
        back = Q(archived_at__isnull=True) | Q(archived_at__gt=self.known_at) | Q(key__in=self.since.archived)
        rows = Subject.objects.filter(back, organisation=self.organisation, recorded_at__lte=self.known_at)
        rows = rows.exclude(kind__in=STANDS_FOR)
        found = list(rows.exclude(key__in=self.since.registered).order_by("pk"))
        for each in found:
            each.name = self.since.names.get(each.key, each.name)
        return found

    def facts(self, condition: Q, seq: int, keys: Mapping[int, str]) -> Iterator[core.Fact]:
        """The facts that were recorded and not yet closed; ``keys`` names the subjects (others: the row number)."""
        stands = Q(superseded_at__isnull=True) | Q(superseded_at__gt=self.known_at) | Q(superseded_act__gt=seq)
        rows = Fact.objects.filter(condition, stands, recorded_at__lte=self.known_at, act__lte=seq)
        found = list(rows.filter(fact_type__in=self.fact_types).order_by("pk").values_list(*COLUMNS))
        seen = _seen_again(found, seq, self.known_at)
        for row in found:
            closed = None if row[12] is not None and row[12] > seq else row[7]
            who = row[10] or (self.called(f"person:{row[11]}") if row[11] is not None else "")
            stored = (*row[:7], closed, seen.get(row[0], row[8]), row[9], who, "")
            fact = to_fact(stored, subject=keys.get(row[1], ""), packs=self.packs, known_at=self.known_at)
            if fact is not None:
                own = row[16] == self.organisation.pk
                self.rows[fact.id] = Row(row[3], row[13], row[14], row[15] if own else "", own)
                yield fact

    def heirs(self, keys: Mapping[int, str]) -> list[Inheritance]:
        """Whose facts count for our subjects."""
        rows = Inheritance.objects.filter(known(self.known_at, "superseded_at"), subject__in=keys)
        rows = rows.exclude(source__kind__in=STANDS_FOR)
        found = {row.subject_id: row for row in rows.select_related("subject", "source__organisation").order_by("pk")}
        for pk, key in keys.items():
            if key in self.since.linked:
                found.pop(pk, None)
                if (before := self._linked_before(pk, key)) is not None:
                    found[pk] = before
        ordinary = [heir for _, heir in sorted(found.items())]
        return [heir for heir in [*ordinary, *self._adopted(keys)] if self._stood(heir.source)]

    def _adopted(self, keys: Mapping[int, str]) -> list[Inheritance]:
        """The links with what stands for a subject, as they were at the pin: not those made after it, and those left after it."""
        rows = Inheritance.objects.filter(
            subject__in=keys, source__kind__in=STANDS_FOR, recorded_at__lte=self.known_at
        ).select_related("subject", "source__organisation")
        links: dict[Adopted, list[Inheritance]] = {}
        for row in rows.order_by("pk"):
            links.setdefault((keys[row.subject_id], row.source.organisation.slug, row.source.key), []).append(row)
        found = []
        for link, made in links.items():
            for row in made[: len(made) - self.since.adopted[link]][-1:]:
                if link in self.since.left:
                    row.superseded_at = None
                if row.superseded_at is None or row.superseded_at > self.known_at:
                    found.append(row)
        return found

    def _linked_before(self, pk: int, key: str) -> Inheritance | None:
        """The link that stood at the pin, as the last act before it says."""
        entries = Entry.objects.filter(
            organisation=self.organisation, seq__lte=self.pin.seq, act="ledger.subject_inherits", about=key
        )
        last = entries.order_by("-seq").values_list("detail", flat=True).first()
        whose = last and last["source"]
        if not whose:
            return None
        rows = Inheritance.objects.filter(
            subject=pk, source__key=whose["subject"], source__organisation__slug=whose["organisation"],
            recorded_at__lte=self.known_at,
        )  # fmt: skip
        row = rows.select_related("subject", "source__organisation").order_by("-pk").first()
        if row is not None:
            row.superseded_at = None
        return row

    def _stood(self, source: Subject) -> bool:
        if source.archived_at is None or source.archived_at > self.known_at:
            return True
        return source.key in _Since.of(source.organisation_id, self._seq(source)).archived

    def _seq(self, source: Subject) -> int:
        """The entry at which the trail of who has a subject is held."""
        own = source.organisation_id == self.organisation.pk
        return self.pin.seq if own else self.pin.others.get(source.organisation.slug, 0)

    def inherited(self, heirs: list[Inheritance], keys: Mapping[int, str]) -> list[core.Fact]:
        """The facts of others that count here, as far as they were shared."""
        found: list[core.Fact] = []
        shares = self._shares({heir.source.organisation for heir in heirs if not within(heir)})
        for heir in heirs:
            source, own = heir.source, within(heir)
            given = [each for each in shares if each.owner_id == source.organisation_id]
            if not given and not own:
                continue
            for fact in self.facts(Q(subject=source), self._seq(source), {source.pk: source.key}):
                if self.packs.fact_type(fact.fact).value == "reference":  # points to a subject that is not ours
                    continue
                ours = replace(fact, subject=keys[heir.subject_id])
                found += as_own(ours, heir) if own else ()
                for share in given:
                    if covers(share.what, subject=source.key, fact_type=fact.fact):
                        told = as_shared(ours, share, heir)
                        name = self.called(f"organisation:{source.organisation.slug}")
                        found += [replace(each, said_by=name) for each in told]
        return found

    def _shares(self, owners: set[Organisation]) -> list[Share]:
        """The shares that ran at the pin, as the trails of their owners tell."""
        given: set[str] = set()
        revoked: set[str] = set()
        for owner in owners:
            entries = Entry.objects.filter(
                organisation=owner, seq__gt=self.pin.others.get(owner.slug, 0),
                act__in=("people.shared", "people.share_revoked"),
            )  # fmt: skip
            for act, detail in entries.values_list("act", "detail"):
                (given if act == "people.shared" else revoked).add(detail["id"])
        rows = Share.objects.filter(
            recipient=self.organisation, owner__in=owners, kind=ShareKind.FACT, granted_at__date__lte=self.known_at
        ).exclude(pk__in=given)
        runs_on = Q(revoked_at__isnull=True) | Q(revoked_at__date__gt=self.known_at) | Q(pk__in=revoked)
        found = list(rows.filter(runs_on).order_by("pk"))
        for share in found:
            if str(share.pk) in revoked:
                share.revoked_at = None
        return found


def _name_now(who: str) -> str:
    kind, _, key = who.partition(":")
    if kind == "person":
        return Person.objects.get(pk=int(key)).name
    return Organisation.objects.get(slug=key).name


def _seen_again(found: list[Any], seq: int, known_at: date) -> dict[int, list[list[str]]]:
    """The days on which facts were seen, as they stood at the pin, for those that were seen again since."""
    if not found:
        return {}
    (organisation,) = {row[16] for row in found}
    entries = Entry.objects.filter(organisation=organisation, act__startswith="ledger.", detail__has_key="touched")
    wanted = {row[0]: row[13] for row in found}
    after: set[int] = set()
    for detail in entries.filter(seq__gt=seq).values_list("detail", flat=True):
        if parse_day(detail["day"]) <= known_at:
            after |= set(detail["touched"]) & wanted.keys()
    if not after:
        return {}
    told: dict[int, list[list[str]]] = {}
    made = Entry.objects.filter(organisation=organisation, seq__in={wanted[pk] for pk in after})
    for detail in made.values_list("detail", flat=True):
        odd = detail.get("runs", {})
        told |= {
            pk: odd.get(str(pk), runs.of(parse_day(detail["day"])))
            for pk in after
            if str(pk) in detail.get("facts", {})
        }
    for detail in entries.filter(seq__lte=seq).order_by("seq").values_list("detail", flat=True):
        for pk in set(detail["touched"]) & told.keys():
            told[pk] = runs.seen_again(told[pk], parse_day(detail["day"]))
    return told
