"""Public lists of weaknesses, by file: which are being used (KEV), how likely that is (EPSS), what CISA decided on (SSVC).

What they say holds for the whole installation. The desk that brings one has it in its trail; at every desk the advisories that
weigh otherwise by it are brought to now, each in the trail of its own desk.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeVar

from dijkwacht.adapters.csaf.load import Unreadable
from dijkwacht.adapters.enrichment.cve import read_cve
from dijkwacht.adapters.enrichment.epss import read_epss
from dijkwacht.adapters.enrichment.kev import read_kev
from dijkwacht.apps.advisories.models import Advisory, Decision, Enriched, Weakness
from dijkwacht.apps.advisories.portions import portions
from dijkwacht.apps.advisories.queries.lists import held_lists
from dijkwacht.apps.advisories.services.doing import Doing, Refused, doing
from dijkwacht.apps.advisories.services.retelling import BY_LISTS, USED, told_of_lists
from dijkwacht.apps.advisories.services.weighing import Turned, weigh_again
from dijkwacht.apps.ledger.services.many import insert
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.norms.advisories import priority_table
from dijkwacht.web.moments import day_of

Read = TypeVar("Read")
Kind = Literal["kev", "epss", "ssvc"]
LONGEST_CVE = 30
UNFINISHED = timedelta(days=7)
"""For how long a telling that was cut off is gone on with when the next list comes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a list. ``rows``: weaknesses on it; ``changed``: of which it says something else than what stood here.

    ``weighed``: advisories of this desk that weigh otherwise, ``used`` of those are being used now, ``back`` of those were put in
    the queue again; ``told``: warnings of this desk that were told once more.
    """

    kind: Kind
    day: date | None
    rows: int
    changed: int
    weighed: int = 0
    used: int = 0
    back: int = 0
    told: int = 0


def take_kev(data: bytes, *, desk: Organisation, person: Person | None, at: datetime, actor: str = "") -> Taken:
    """What is being used. What the list no longer names is no longer so by it. Raises Refused (list_unreadable, list_empty)."""
    catalog = _read(read_kev, data)
    said = {each.cve: (each.added, each.ransomware) for each in catalog.used if len(each.cve) <= LONGEST_CVE}
    if not said:
        raise Refused("list_empty")

    def write() -> list[str]:
        held = {row.cve: (row.used_on, row.ransomware) for row in Enriched.objects.filter(used_on__isnull=False)}
        gone = sorted(held.keys() - said.keys())
        for some in portions(gone):
            Enriched.objects.filter(cve__in=some).update(used_on=None, ransomware=False)
        new = {cve: told for cve, told in said.items() if held.get(cve) != told}
        _upsert(("used_on", "ransomware"), new)
        return [*gone, *new]

    last = max(added for added, _ransomware in said.values())
    return _taken("kev", write, len(said), last, desk=desk, person=person, at=at, actor=actor)


def take_epss(data: bytes, *, desk: Organisation, person: Person | None, at: datetime, actor: str = "") -> Taken:
    """The scores of a day. Raises Refused (list_unreadable, list_empty; list_older: those of a later day are here; list_ahead:
    their day has yet to come, and would keep those of every day before it out)."""
    scores = _read(read_epss, data)
    said = {cve: score for cve, (score, _rank) in scores.scores.items() if len(cve) <= LONGEST_CVE}
    if not said:
        raise Refused("list_empty")
    day = scores.at or day_of(at)
    if day > day_of(at) + timedelta(days=1):
        raise Refused("list_ahead")

    def write() -> list[str]:
        last = held_lists().epss_on
        if last is not None and last > day:
            raise Refused("list_older")
        kept = Enriched.objects.filter(epss__isnull=False).values_list("cve", "epss")
        held = {cve: score for cve, score in kept if score is not None}
        gone = sorted(held.keys() - said.keys())
        for some in portions(gone):
            Enriched.objects.filter(cve__in=some).update(epss=None, epss_on=None)
        new = {cve: (score, day) for cve, score in said.items() if held.get(cve) != score}
        _upsert(("epss", "epss_on"), new)
        Enriched.objects.filter(epss__isnull=False).exclude(epss_on=day).update(epss_on=day)
        bounds = _bounds()
        passed = (cve for cve in new if bisect_right(bounds, said[cve]) != bisect_right(bounds, held.get(cve, -1.0)))
        return [*gone, *passed]

    return _taken("epss", write, len(said), day, desk=desk, person=person, at=at, actor=actor)


def take_ssvc(
    records: Iterable[bytes], *, desk: Organisation, person: Person | None, at: datetime, actor: str = ""
) -> Taken:
    """What CISA decided on, out of records of the CVE list. Raises Refused (list_unreadable, list_empty)."""
    said: dict[str, tuple[str]] = {}
    for data in records:
        read = read_cve(data, anyway=True)
        if read.advisory is None:
            raise Refused("list_unreadable", why=next(each for each in read.problems if each.weight == "fatal"))
        ratings = [each for weakness in read.advisory.vulnerabilities for each in weakness.ratings]
        for each in ratings:
            if each.scheme == "ssvc" and len(read.advisory.id) <= LONGEST_CVE:
                said[read.advisory.id] = (each.value[:200],)
    if not said:
        raise Refused("list_empty")

    def write() -> list[str]:
        held = {row.cve: (row.ssvc,) for row in Enriched.objects.exclude(ssvc="")}
        new = {cve: told for cve, told in said.items() if held.get(cve) != told}
        _upsert(("ssvc",), new)
        return list(new)

    return _taken("ssvc", write, len(said), None, desk=desk, person=person, at=at, actor=actor)


def _read(reader: Callable[[bytes], Read], data: bytes) -> Read:
    try:
        return reader(data)
    except Unreadable as error:
        raise Refused("list_unreadable", why=error.problem) from None


def _bounds() -> list[float]:
    """The scores from which the table of priorities says something else; between two of them it makes no difference."""
    conditions = (each for rule in priority_table().rules for each in rule.conditions)
    return sorted({each.least for each in conditions if each.signal == "epss" and each.least is not None})


def _upsert(columns: tuple[str, ...], said: Mapping[str, tuple[Any, ...]]) -> None:
    """Writes these columns of these weaknesses, whether they were here or not: a quarter of a million in seconds."""
    left: dict[str, Any] = {"ransomware": False, "ssvc": ""}
    rest = {name: value for name, value in left.items() if name not in columns}
    rows = ((cve, *values, *rest.values()) for cve, values in said.items())
    insert(Enriched, ("cve", *columns, *rest), rows, once=("cve",), over=columns)


def may_bring(desk: Organisation) -> bool:
    """Whether somebody of a desk may bring lists: where there is a CSIRT, only of a CSIRT."""
    return desk.kind == OrganisationKind.CSIRT or not Organisation.objects.filter(kind=OrganisationKind.CSIRT).exists()


def _taken(
    kind: Kind, write: Callable[[], list[str]], rows: int, day: date | None, *, desk: Organisation, person: Person | None,
    at: datetime, actor: str,
) -> Taken:  # fmt: skip
    """The list is written, and what it turns at the desk that brings it, in one deed; then at the other desks. Raises Refused
    (list_of_csirt): what holds for everybody is not for any one of those served to change."""
    if person is not None and not may_bring(desk):
        raise Refused("list_of_csirt")
    with doing(desk, person=person, at=at, actor=actor) as deed:
        changed = write()
        turned, back = _weighed(deed, changed)
        used = sum(bool(each.used) for each in turned)
        deed.write(
            "lists_taken", about="lists", rows=[each.advisory for each in turned], list=kind.upper(), day=day, weaknesses=rows,
            changed=len(changed), weighed=len(turned), used=used, back=back,
        )  # fmt: skip
    for other in Organisation.objects.filter(pk__in=Advisory.objects.values("organisation")).exclude(pk=desk.pk):
        _elsewhere(other, changed, at=at)
    told = [(each, told_of_lists(each, at=at)) for each in _to_tell(at)]
    ours = sum(count for each, count in told if each.organisation_id == desk.pk)
    return Taken(kind, day, rows, len(changed), len(turned), used, back, ours)


def _elsewhere(desk: Organisation, changed: Collection[str], *, at: datetime) -> None:
    with doing(desk, person=None, at=at, actor="advisories") as deed:
        turned, back = _weighed(deed, changed)
        if turned:
            deed.write(
                "weighed_again", about="lists", rows=[each.advisory for each in turned], weighed=len(turned),
                used=sum(bool(each.used) for each in turned), back=back,
            )  # fmt: skip


def _weighed(deed: Doing, changed: Collection[str]) -> tuple[list[Turned], int]:
    """Saves what weighs otherwise. What is being used, and was left or waits, comes back in the queue; how many."""
    turned, back = weigh_again(deed.organisation, {*changed, *_missed(deed.organisation)}), 0
    for each in turned:
        row = each.advisory
        if each.used:
            row.changed_at = deed.at
            reasons = [["exploited", [["weakness", key]]] for key in each.used]
            row.change = {
                "task": False, "tell": True, "material": True, "reasons": reasons, BY_LISTS: deed.at.isoformat(), USED: reasons,
            }  # fmt: skip
            if row.decision in (Decision.NOT, Decision.WAIT):
                row.decision, row.wait_until = Decision.OPEN, None
                back += 1
        row.save()
    return turned, back


def _missed(desk: Organisation) -> Iterable[str]:
    """The weaknesses that are being used of which a run that was killed told this desk nothing."""
    used = Enriched.objects.filter(used_on__isnull=False).values("cve")
    rows = Weakness.objects.filter(advisory__organisation=desk, advisory__used=False, cve__in=used)
    return rows.order_by().values_list("cve", flat=True).distinct()


def _to_tell(at: datetime) -> list[Advisory]:
    """The advisories of which a list said lately that they are being used, and of which somebody was told before."""
    rows = Advisory.objects.filter(decision=Decision.WARN, used=True, changed_at__gte=at - UNFINISHED)
    return [each for each in rows.select_related("organisation", "document") if USED in each.change]
