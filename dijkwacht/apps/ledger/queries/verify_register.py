"""Whether subjects, what they inherit, claims and what was asked are still what the trail says they are."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from dijkwacht.apps.ledger.digests import claim_digest
from dijkwacht.apps.ledger.models import Assignment, Claim, Inheritance, Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.held import Fault, Faulty, Told, compare, told_entries
from dijkwacht.core.facts import STANDS_FOR

SUBJECT = ("kind", "name", "owner_id", "recorded_at", "archived_at")
LINK = ("source__organisation__slug", "source__key", "recorded_at", "superseded_at", "until")
ASKED = ("person_id", "asked_by_id", "requirement", "subject__key", "fact_type", "asked_on", "due")
Entry = dict[str, Any]  # the detail of an entry, with its ``seq``, ``about`` and ``person``


@dataclass(slots=True)
class _Telling:
    """Everything that the trail tells of these tables. Subjects by key; a link by the key of its subject and its turn.

    ``adopted``: links with what stands for a subject, told apart since several of them may run at once.
    """

    subjects: dict[str, Told] = field(default_factory=dict)
    links: dict[str, list[Told]] = field(default_factory=dict)
    adopted: dict[str, list[Told]] = field(default_factory=dict)
    claims: dict[int, tuple[int, str, str | None]] = field(default_factory=dict)
    asked: dict[str, Told] = field(default_factory=dict)

    def registered(self, entry: Entry) -> None:
        self._registered(entry, entry["about"], entry["name"], entry["owner"])

    def registered_many(self, entry: Entry) -> None:
        for key, name in entry["subjects"].items():
            self._registered(entry, key, name, None)

    def _registered(self, entry: Entry, key: str, name: str, owner: int | None) -> None:
        row = {"kind": entry["kind"], "name": name, "owner_id": owner, "recorded_at": entry["day"], "archived_at": None}
        self.subjects[key] = Told(entry["seq"], row)

    def changed(self, entry: Entry, column: str, value: Any) -> None:
        """One column of a subject. That of the organisation itself is not registered by anybody: it begins here."""
        told = self.subjects.setdefault(entry["about"], Told(entry["seq"], {}))
        told.act, told.row[column] = entry["seq"], value

    def inherits(self, entry: Entry) -> None:
        links = self.links.setdefault(entry["about"], [])
        if links and links[-1].row["superseded_at"] is None:
            links[-1].act, links[-1].row["superseded_at"] = entry["seq"], entry["day"]
        if source := entry["source"]:
            whose = source["organisation"], source["subject"], entry["day"], None, None
            links.append(Told(entry["seq"], dict(zip(LINK, whose, strict=True))))

    def adopts(self, entry: Entry) -> None:
        source = entry["source"]
        whose = source["organisation"], source["subject"], entry["day"], None, entry.get("until")
        self.adopted.setdefault(entry["about"], []).append(Told(entry["seq"], dict(zip(LINK, whose, strict=True))))

    def leaves(self, entry: Entry) -> None:
        whose = [entry["source"]["organisation"], entry["source"]["subject"]]
        for link in self.adopted.get(entry["about"], []):
            if [link.row[LINK[0]], link.row[LINK[1]]] == whose and link.row["superseded_at"] is None:
                link.act, link.row["superseded_at"] = entry["seq"], entry["day"]

    def imported(self, entry: Entry) -> None:
        for pk in entry.get("claims_closed", ()):
            if pk in self.claims:
                self.claims[pk] = (entry["seq"], self.claims[pk][1], entry["day"])
        for pk, digest in entry.get("claims_made", {}).items():
            self.claims[int(pk)] = (entry["seq"], digest, None)

    def ask(self, entry: Entry) -> None:
        subject, bar, fact_type = entry["about"].partition("|")
        what = ("", subject, fact_type) if bar else (entry["about"], None, "")
        row = (entry["of"], entry["person"], *what, entry["day"], entry.get("due"))
        self.asked[str(entry["assignment"])] = Told(entry["seq"], dict(zip(ASKED, row, strict=True)))

    def ask_many(self, entry: Entry) -> None:
        for pk, requirement in entry["asked"].items():
            row = (entry["of"], entry["person"], requirement, None, "", entry["day"], entry.get("due"))
            self.asked[pk] = Told(entry["seq"], dict(zip(ASKED, row, strict=True)))


_READERS: Mapping[str, Callable[[_Telling, Entry], None]] = {
    "ledger.subject_registered": _Telling.registered,
    "ledger.subjects_registered": _Telling.registered_many,
    "ledger.subject_renamed": lambda telling, entry: telling.changed(entry, "name", entry["after"]),
    "ledger.subject_owner": lambda telling, entry: telling.changed(entry, "owner_id", entry["after"]),
    "ledger.subject_archived": lambda telling, entry: telling.changed(entry, "archived_at", entry["day"]),
    "ledger.subject_inherits": _Telling.inherits,
    "ledger.subject_adopts": _Telling.adopts,
    "ledger.subject_leaves": _Telling.leaves,
    "ledger.import": _Telling.imported,
    "ledger.ask": _Telling.ask,
    "ledger.ask_many": _Telling.ask_many,
}


def verify_register(organisation: Organisation) -> list[Faulty]:
    """The rows that are not what the trail says they are; empty when all are. The trail itself must be whole."""
    telling = _Telling()
    for seq, _, person, act, about, detail in told_entries(organisation, acts=_READERS):
        _READERS[act](telling, {**detail, "seq": seq, "about": about, "person": person})
    asked = Assignment.objects.filter(organisation=organisation).order_by("pk")
    return [
        *_subjects(organisation, telling.subjects),
        *_links(organisation, telling.links, ~Q(source__kind__in=STANDS_FOR)),
        *_links(organisation, telling.adopted, Q(source__kind__in=STANDS_FOR)),
        *_claims(organisation, telling.claims),
        *compare("assignment", telling.asked, asked, ASKED),
    ]


def _subjects(organisation: Organisation, told: dict[str, Told]) -> Iterator[Faulty]:
    """The registered subjects; of the organisation itself only what acts have said of it, and that it still stands."""
    own, rows = told.pop(organisation.slug, None), Subject.objects.filter(organisation=organisation).order_by("pk")
    yield from compare("subject", told, rows.exclude(key=organisation.slug), SUBJECT, by="key")
    row = {"kind": "organisation", "owner_id": None, "archived_at": None} | (own.row if own else {})
    mine = {organisation.slug: Told(own.act if own else 0, row)}
    if own or rows.filter(key=organisation.slug).exists():
        yield from compare("subject", mine, rows.filter(key=organisation.slug), tuple(row), by="key")


def _links(organisation: Organisation, told: dict[str, list[Told]], which: Q) -> Iterator[Faulty]:
    """What subjects inherit: per subject the links in the order in which they were made."""
    rows = Inheritance.objects.filter(which, subject__organisation=organisation)
    turns: dict[str, list[int]] = {}
    for pk, key in rows.order_by("pk").values_list("pk", "subject__key"):
        turns.setdefault(key, []).append(pk)
    by_row: dict[str, Told] = {}
    for key, links in told.items():
        pks = turns.get(key, [])
        by_row |= {str(pk): link for pk, link in zip(pks, links, strict=False)}
        yield from (Faulty("inheritance", key, link.act, Fault.MISSING) for link in links[len(pks) :])
    yield from compare("inheritance", by_row, rows.order_by("pk"), LINK)


def _claims(organisation: Organisation, told: dict[int, tuple[int, str, str | None]]) -> Iterator[Faulty]:
    left = dict(told)
    rows = Claim.objects.filter(organisation=organisation).order_by("pk")
    found: list[tuple[int, Claim | None]]
    try:
        found = [(claim.pk, claim) for claim in rows]
    except ValueError:  # one that cannot be read, such as of the 99th of a month
        found = [(pk, _readable(pk)) for pk in rows.values_list("pk", flat=True)]
    for pk, claim in found:
        expected = left.pop(pk, None)
        if expected is None:
            yield Faulty("claim", str(pk), None, Fault.UNTOLD)
        elif claim is None or (claim_digest(claim, organisation.slug), _day(claim)) != expected[1:]:
            yield Faulty("claim", str(pk), expected[0], Fault.ALTERED)
    yield from (Faulty("claim", str(pk), act, Fault.MISSING) for pk, (act, _, _) in left.items())


def _readable(pk: int) -> Claim | None:
    try:
        return Claim.objects.filter(pk=pk).first()
    except ValueError:
        return None


def _day(claim: Claim) -> str | None:
    return None if claim.superseded_at is None else claim.superseded_at.isoformat()
