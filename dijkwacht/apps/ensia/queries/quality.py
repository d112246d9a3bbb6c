"""What is odd in the records of organisations, all of them at once: a few questions to the database per kind of finding."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dijkwacht.apps.ledger import runs, values
from dijkwacht.apps.ledger.choices import ClaimAnswer
from dijkwacht.apps.ledger.models import ALL, Assignment, Claim, Fact, Inheritance, Subject, Tally, Verdict
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.people.models import Organisation, Role, Share, ShareKind
from dijkwacht.apps.people.queries import in_period
from dijkwacht.core.access import covers
from dijkwacht.core.days import Duration, add
from dijkwacht.core.facts import COMPLETE
from dijkwacht.core.select import same
from dijkwacht.core.verdict import Status


class Odd(StrEnum):
    """What can be odd."""

    CONTRADICTED = "contradicted"  # answers to one question that differ and are equally sure
    EXPIRED = "expired"  # an answer that shows nothing any more
    CLAIMED_UNKNOWN = "claimed_unknown"  # a self-assessment says yes; the facts cannot say so
    CLAIMED_WITHOUT_PROOF = "claimed_without_proof"  # a self-assessment says yes and names no evidence
    REGISTER = "register"  # subjects are registered, and nobody says that these are all
    ORPHAN = "orphan"  # asked of somebody who has no role here any more
    NOT_SHARED = "not_shared"  # rests on another organisation that shares nothing about it
    NOT_JUDGED = "not_judged"  # verdicts that wait to be judged again


@dataclass(frozen=True, slots=True)
class Finding:
    """One odd thing. ``about``: a question (``subject|fact type``), a requirement, a kind or a number of lines."""

    kind: Odd
    organisation: int
    about: str
    detail: str = ""


@dataclass(slots=True)
class Quality:
    """All that is odd on a day; ``organisations``: how many were looked at."""

    on: date
    organisations: int
    findings: list[Finding] = field(default_factory=list)

    @property
    def by_kind(self) -> Mapping[Odd, int]:
        """How many findings there are of each kind, every kind named."""
        found = Counter(each.kind for each in self.findings)
        return {kind: found[kind] for kind in Odd}

    @property
    def by_organisation(self) -> Mapping[int, Counter[Odd]]:
        """The same per organisation (row number)."""
        found: dict[int, Counter[Odd]] = {}
        for each in self.findings:
            found.setdefault(each.organisation, Counter())[each.kind] += 1
        return found


def quality(*, on: date, organisations: Collection[int] | None = None, kinds: Collection[Odd] = tuple(Odd)) -> Quality:
    """What is odd in these organisations (row numbers; None: all) on a day. Reads only."""
    packs = packs_on(on)
    scope = Q() if organisations is None else Q(organisation__in=list(organisations))
    count = Organisation.objects.count() if organisations is None else len(organisations)
    found = Quality(on, count)
    looks: dict[Odd, Callable[[], Iterator[Finding]]] = {
        Odd.CONTRADICTED: lambda: _contradicted(scope, packs, on),
        Odd.EXPIRED: lambda: _expired(scope, packs, on),
        Odd.CLAIMED_UNKNOWN: lambda: _claimed_unknown(scope),
        Odd.CLAIMED_WITHOUT_PROOF: lambda: _claimed_without_proof(scope),
        Odd.REGISTER: lambda: _registers(scope, on),
        Odd.ORPHAN: lambda: _orphans(scope, on),
        Odd.NOT_SHARED: lambda: _not_shared(scope, on),
        Odd.NOT_JUDGED: lambda: _not_judged(scope, packs, on),
    }
    for kind, look in looks.items():
        if kind in kinds:
            found.findings.extend(look())
    return found


def _standing(scope: Q, on: date) -> QuerySet[Fact]:
    """The facts that stand and hold on a day, of subjects that are in use."""
    rows = Fact.objects.filter(scope, superseded_at__isnull=True, valid_from__lte=on, subject__archived_at__isnull=True)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).order_by()


def _expired(scope: Q, packs: Packs, on: date) -> Iterator[Finding]:
    lives: dict[Duration, list[str]] = {}
    for name, kind in packs.norms.fact_types.items():
        if kind.shelf_life is not None:
            lives.setdefault(kind.shelf_life, []).append(name)
    for life, names in lives.items():
        cut = _cut(life, on)
        fresher = Fact.objects.filter(
            subject=OuterRef("subject"), fact_type=OuterRef("fact_type"), superseded_at__isnull=True,
            valid_from__gt=cut, valid_from__lte=on,
        )  # fmt: skip
        rows = _standing(scope, on).filter(fact_type__in=names, valid_from__lte=cut).filter(~Exists(fresher))
        last: dict[tuple[int, str, str], date] = {}
        columns = ("organisation_id", "subject__key", "fact_type", "observed", "valid_from")
        for owner, key, name, observed, start in rows.values_list(*columns):
            seen = runs.last(observed) or start
            last[owner, key, name] = max(seen, last.get((owner, key, name), seen))
        for (owner, key, name), seen in last.items():
            if add(seen, life) < on:
                yield Finding(Odd.EXPIRED, owner, f"{key}|{name}", seen.isoformat())


def _cut(life: Duration, on: date) -> date:
    """The last day from which this length of time ends before ``on``."""
    day = on - timedelta(days=life.days + 28 * life.months)
    while add(day, life) >= on:
        day -= timedelta(days=1)
    return day


def _contradicted(scope: Q, packs: Packs, on: date) -> Iterator[Finding]:
    other = Fact.objects.filter(
        subject=OuterRef("subject"), fact_type=OuterRef("fact_type"), superseded_at__isnull=True,
        assurance=OuterRef("assurance"), valid_from=OuterRef("valid_from"),
    ).exclude(pk=OuterRef("pk"))  # fmt: skip
    rows = _standing(scope, on).filter(Exists(other))
    found: dict[tuple[int, str, str], list[tuple[int, date, object]]] = {}
    for owner, key, name, sure, start, value in rows.values_list(
        "organisation_id", "subject__key", "fact_type", "assurance", "valid_from", "value"
    ):
        if name in packs.norms.fact_types:
            said = values.read(packs.fact_type(name), value)
            found.setdefault((owner, key, name), []).append((sure, start, said))
    for (owner, key, name), said_of in found.items():
        best = max((sure, start) for sure, start, _ in said_of)
        first, *others = [value for sure, start, value in said_of if (sure, start) == best]
        if any(not same(first, value) for value in others):
            yield Finding(Odd.CONTRADICTED, owner, f"{key}|{name}")


def _yes(scope: Q) -> QuerySet[Claim]:
    rows = Claim.objects.filter(scope, superseded_at__isnull=True, answer=ClaimAnswer.YES).order_by()
    return rows.filter(subject__archived_at__isnull=True)


def _claimed_unknown(scope: Q) -> Iterator[Finding]:
    unknown = Verdict.objects.filter(
        organisation=OuterRef("organisation"), requirement=OuterRef("requirement"), subject=OuterRef("subject"),
        status=Status.UNKNOWN,
    )  # fmt: skip
    rows = _yes(scope).filter(Exists(unknown))
    for owner, name, key in rows.values_list("organisation_id", "requirement", "subject__key"):
        yield Finding(Odd.CLAIMED_UNKNOWN, owner, name, key)


def _claimed_without_proof(scope: Q) -> Iterator[Finding]:
    rows = _yes(scope).filter(evidence_note="")
    for owner, name, key in rows.values_list("organisation_id", "requirement", "subject__key"):
        yield Finding(Odd.CLAIMED_WITHOUT_PROOF, owner, name, key)


def _registers(scope: Q, on: date) -> Iterator[Finding]:
    subjects = Subject.objects.filter(scope, archived_at__isnull=True).exclude(kind="organisation").order_by()
    used = set(subjects.values_list("organisation_id", "kind").distinct())
    names = [COMPLETE.format(kind=kind) for kind in sorted({kind for _, kind in used})]
    said: set[tuple[int, str]] = set()
    rows = _standing(scope, on).filter(fact_type__in=names, value=True)
    for owner, name, observed, start in rows.values_list("organisation_id", "fact_type", "observed", "valid_from"):
        kind = name.removeprefix("register.").removesuffix(".complete")
        life = packs_on(on).fact_type(name).shelf_life
        if life is None or add(runs.last(observed) or start, life) >= on:
            said.add((owner, kind))
    for owner, kind in sorted(used - said):
        yield Finding(Odd.REGISTER, owner, kind)


def _orphans(scope: Q, on: date) -> Iterator[Finding]:
    role = Role.objects.filter(in_period(on), person=OuterRef("person"), organisation=OuterRef("organisation"))
    rows = Assignment.objects.filter(scope, done_on__isnull=True).filter(~Exists(role)).order_by()
    for owner, requirement, key, name in rows.values_list(
        "organisation_id", "requirement", "subject__key", "fact_type"
    ):
        yield Finding(Odd.ORPHAN, owner, requirement or f"{key}|{name}")


def _not_shared(scope: Q, on: date) -> Iterator[Finding]:
    owners = Inheritance.objects.filter(superseded_at__isnull=True, subject__archived_at__isnull=True)
    rows = owners.annotate(organisation=F("subject__organisation")).filter(scope).order_by()
    shares: dict[tuple[int, int], list[str]] = {}
    live = Share.objects.filter(in_period(on), kind=ShareKind.FACT, revoked_at__isnull=True)
    for owner, recipient, what in live.values_list("owner_id", "recipient_id", "what"):
        shares.setdefault((owner, recipient), []).append(what)
    columns = ("subject__organisation_id", "subject__key", "source__organisation_id", "source__key")
    for heir, key, owner, source in rows.values_list(*columns):
        given = shares.get((owner, heir), ())
        if not any(_about(what, source) for what in given):
            yield Finding(Odd.NOT_SHARED, heir, key)


def _about(what: str, source: str) -> bool:
    subject, _, shared = what.partition("|")
    return covers(f"{subject}|*", subject=source, fact_type="") and bool(shared)


def _not_judged(scope: Q, packs: Packs, on: date) -> Iterator[Finding]:
    stale = Verdict.objects.filter(scope, stale_at__lte=on).order_by()
    counts = Counter(stale.values_list("organisation_id", flat=True))
    for owner, lines in sorted(counts.items()):
        yield Finding(Odd.NOT_JUDGED, owner, "", str(lines))
    old = Tally.objects.filter(scope, account=ALL).exclude(packs=packs.fingerprint)
    for owner in _missing(old.values_list("organisation_id", flat=True), counts):
        yield Finding(Odd.NOT_JUDGED, owner, "", "")


def _missing(owners: Iterable[int], known: Mapping[int, int]) -> list[int]:
    return sorted(set(owners) - set(known))
