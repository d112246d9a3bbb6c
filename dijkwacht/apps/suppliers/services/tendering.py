"""Tenders: begun from parts and context, changed while they are a draft, sent out, stopped.

A line of the pack keeps its text; what is ours is its weight, whether it is asked, and a note. What was sent out stands.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any, cast

from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import PrivateSet, Tender, TenderLine, TenderState
from dijkwacht.apps.suppliers.queries.tenders import OWN, by_order, counts, derived_of, set_of
from dijkwacht.apps.suppliers.services import tender_papers
from dijkwacht.apps.suppliers.services.doing import Refused, doing
from dijkwacht.apps.suppliers.services.keeping import LONGEST_NOTE, one_of, own, put, text
from dijkwacht.core.suppliers.procurement import Weight
from dijkwacht.core.suppliers.tendering import Derived, Followed, Held, derived, followed
from dijkwacht.web.moments import day_of

MOST_LINES = 1_000
MOST_OWN = 200
LONGEST = 5_000
WEIGHTS = ("must", "wish")
OWN_KEY = f"{OWN}-"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is bought: a title, parts and answers about the context (None: not known). ``private``: out of a set of our own."""

    title: str
    parts: Collection[str]
    context: Mapping[str, bool | None]
    what: str = ""
    private: PrivateSet | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is made of one line. ``because`` not empty: it is left out, and why."""

    weight: str
    because: str = ""
    note: str = ""


def lines_for(choice: Choice) -> tuple[Derived, ...]:
    """What would be asked. Raises Refused (no_parts, odd, too_many_lines)."""
    found = set_of(choice.private)
    if not choice.parts and not found.always:
        raise Refused("no_parts", field="parts")
    if unknown := set(choice.parts) - {each.id for each in found.parts}:
        raise Refused("odd", field="parts", parts=sorted(unknown))
    try:
        rows = derived(found, parts=choice.parts, context=choice.context)
    except ValueError as error:
        raise Refused("odd", field="parts") from error
    if len(rows) > MOST_LINES:
        raise Refused("too_many_lines", field="parts", most=MOST_LINES)
    return rows


def begin(
    organisation: Organisation, *, choice: Choice, person: Person | None, at: datetime, owner: Person | None = None
) -> Tender:
    """A new tender with its lines. Raises Refused (empty, too_long, odd, no_parts, too_many_lines, another, set_ended)."""
    told = _told(choice)
    with doing(organisation, person=person, at=at) as deed:
        private = own(choice.private, organisation, "private_set")
        if private is not None and not PrivateSet.objects.filter(pk=private.pk, ended_on__isnull=True).exists():
            raise Refused("set_ended")
        rows = lines_for(choice)
        edition = set_of(private).edition
        tender = Tender.objects.create(
            organisation=organisation, private_set=private, version=edition.version[:20], owner=owner or person,
            begun_at=at, begun_by=person, **told,
        )  # fmt: skip
        lines = TenderLine.objects.bulk_create([_line(tender, each, n) for n, each in enumerate(rows, start=1)])
        deed.write(
            "tender_begun", about=f"tender:{tender.pk}", rows=[tender, *lines], name=tender.title, lines=len(lines)
        )
    return tender


def choose(tender: Tender, *, choice: Choice, person: Person | None, at: datetime, seen: str = "") -> Followed:
    """Other parts or another context: the lines follow, and what was chosen by hand stays with what stays.

    Raises Refused as `begin` does, and gone: sent meanwhile, or changed since ``seen``.
    """
    told = _told(choice)
    with doing(tender.organisation, person=person, at=at) as deed:
        row = draft(tender)
        lines = _lines(row, seen)
        of_set = {each.key: each for each in lines if each.theme != OWN}
        held = {
            key: Held(cast(Weight, each.weight), bool(each.left_out_because or each.note))
            for key, each in of_set.items()
        }
        result = followed(derived_of(row).values(), lines_for(choice), held)
        changed = put(row, told)
        rows = [*_apply(row, of_set, result), row]
        deed.write(
            "tender_chosen", about=f"tender:{row.pk}", rows=rows, name=row.title, changed=changed,
            added=len(result.added), dropped=len(result.dropped),
        )  # fmt: skip
    return result


def change_lines(
    tender: Tender, *, said: Mapping[int, Said], person: Person | None, at: datetime, seen: str = ""
) -> list[TenderLine]:
    """What is made of some lines, by number: those that changed. Raises Refused (gone, odd, too_long, another)."""
    with doing(tender.organisation, person=person, at=at) as deed:
        row = draft(tender)
        lines = {each.pk: each for each in _lines(row, seen, of=said)}
        if set(said) - set(lines):
            raise Refused("another")
        changed = [lines[pk] for pk, what in said.items() if put(lines[pk], _said(pk, what))]
        if changed:
            deed.write(
                "tender_lines", about=f"tender:{row.pk}", rows=changed, name=row.title, lines=len(changed),
                out=sum(bool(each.left_out_because) for each in changed),
            )  # fmt: skip
    return changed


def add_line(
    tender: Tender, *, wording: str, weight: str, person: Person | None, at: datetime, verify: str = "",
    follow_months: int | None = None,
) -> TenderLine:  # fmt: skip
    """A requirement of our own. Raises Refused (gone, empty, too_long, odd, too_many_own)."""
    told = _own(wording, weight, verify, follow_months)
    with doing(tender.organisation, person=person, at=at) as deed:
        row = draft(tender)
        lines = list(row.lines.all())
        if sum(each.theme == OWN for each in lines) >= MOST_OWN:
            raise Refused("too_many_own", most=MOST_OWN)
        keys = {each.key for each in lines} | set(set_of(row.private_set).by_id)
        numbers = [int(key[len(OWN_KEY) :]) for key in keys if re.fullmatch(rf"{OWN_KEY}[0-9]{{1,60}}", key)]
        line = TenderLine.objects.create(
            tender=row, key=f"{OWN_KEY}{max(numbers, default=0) + 1}", theme=OWN,
            order=max((each.order for each in lines), default=0) + 1, **told,
        )  # fmt: skip
        deed.write("tender_line_added", about=f"tender:{row.pk}", rows=[line], name=row.title, line=line.key)
    return line


def change_own(
    line: TenderLine, *, wording: str, weight: str, person: Person | None, at: datetime, verify: str = "",
    follow_months: int | None = None,
) -> TenderLine:  # fmt: skip
    """Another text of a requirement of our own. Raises Refused as `add_line` does, and pack_text."""
    told = _own(wording, weight, verify, follow_months)
    with doing(line.tender.organisation, person=person, at=at) as deed:
        row, tender = _own_line(line)
        if put(row, told):
            deed.write("tender_line_changed", about=f"tender:{tender.pk}", rows=[row], name=tender.title, line=row.key)
    return row


def drop_own(line: TenderLine, *, person: Person | None, at: datetime) -> None:
    """Takes a requirement of our own away again. Raises Refused (gone, pack_text)."""
    with doing(line.tender.organisation, person=person, at=at) as deed:
        row, tender = _own_line(line)
        gone = _drop([row])
        deed.write("tender_line_dropped", about=f"tender:{tender.pk}", rows=gone, name=tender.title, line=line.key)


def send(tender: Tender, *, offers_before: date, person: Person | None, at: datetime) -> Tender:
    """It goes out as it stands; the paper is kept as evidence, and nothing changes any more.

    ``offers_before``: the first day after the last for offers, which must itself lie after today.
    Raises Refused (gone, past, nothing_asked).
    """
    on = day_of(at)
    last = offers_before - DAY
    if last <= on:
        raise Refused("past", field="last_day")
    seen = fingerprint(tender.lines.all())
    paper = tender_papers.written(tender, kind="pdf", language="nl", on=on, final=True)
    with doing(tender.organisation, person=person, at=at) as deed:
        row = draft(tender)
        lines = _lines(row, seen)
        if any(getattr(row, name) != getattr(tender, name) for name in ("title", "what", "parts", "context")):
            raise Refused("gone")
        found = counts(lines)
        if not found["must"] + found["wish"]:
            raise Refused("nothing_asked")
        row.file = add_evidence(
            deed.organisation, file=BytesIO(paper.content), name=paper.name, person=person, on=on, at=at, made_on=on
        )
        row.state, row.offers_before, row.sent_at = TenderState.SENT, offers_before, at
        row.save(update_fields=["state", "offers_before", "sent_at", "file"])
        told = {"name": row.title, "musts": found["must"], "wishes": found["wish"], "last": last}
        deed.write("tender_sent", about=f"tender:{row.pk}", rows=[row], **told)
    return row


def stop(tender: Tender, *, because: str, person: Person | None, at: datetime) -> Tender:
    """It does not go on, and why. Raises Refused (gone, empty, too_long)."""
    why = text(because, "because", LONGEST_NOTE, needed=True)
    with doing(tender.organisation, person=person, at=at) as deed:
        row = Tender.objects.get(pk=tender.pk)
        if row.state not in (TenderState.DRAFT, TenderState.SENT):
            raise Refused("gone")
        row.state, row.stopped_because = TenderState.STOPPED, why
        row.save(update_fields=["state", "stopped_because"])
        deed.write("tender_stopped", about=f"tender:{row.pk}", rows=[row], name=row.title, because=why)
    return row


def fingerprint(lines: Iterable[TenderLine]) -> str:
    """What tells lines as they stand from lines that somebody changed: who looked at these changes no others."""
    rows = sorted((each.pk, each.weight, each.left_out_because, each.note, each.text, each.verify) for each in lines)
    return sha256(repr(rows).encode()).hexdigest()


def draft(tender: Tender) -> Tender:
    """The tender as it is now. Raises Refused (gone) when it is no draft any more."""
    row = Tender.objects.select_related("private_set", "organisation").get(pk=tender.pk)
    if row.state != TenderState.DRAFT:
        raise Refused("gone")
    return row


def _told(choice: Choice) -> dict[str, Any]:
    known = [each.id for each in set_of(choice.private).parts]
    return {
        "title": text(choice.title, "title", 200, needed=True), "what": text(choice.what, "what", LONGEST_NOTE),
        "parts": [each for each in known if each in choice.parts],
        "context": {name: choice.context[name] for name in sorted(choice.context)},
    }  # fmt: skip


def _line(tender: Tender, row: Derived, order: int) -> TenderLine:
    return TenderLine(tender=tender, key=row.key, order=order, weight=row.weight, **_of_set(row))


def _of_set(row: Derived) -> dict[str, Any]:
    """What a line takes from its set."""
    return {
        "theme": row.theme, "parts": list(row.parts), "text": row.text, "verify": row.verify, "links": list(row.links),
        "facts": list(row.facts), "follow_months": row.follow_months,
    }  # fmt: skip


def _apply(tender: Tender, held: Mapping[str, TenderLine], result: Followed) -> list[Any]:
    """Writes what another choice does to the lines; those that were made, changed or taken away."""
    gone = _drop([held[key] for key in result.dropped])
    kept = [held[each.key] for each, weight in result.kept if put(held[each.key], {**_of_set(each), "weight": weight})]
    first = max((each.order for each in tender.lines.all()), default=0) + 1
    made = TenderLine.objects.bulk_create([_line(tender, each, n) for n, each in enumerate(result.added, start=first)])
    return [*gone, *kept, *made]


def _drop(lines: list[TenderLine]) -> list[TenderLine]:
    """Takes lines away; each as a row with its number, for the trail to tell that it is gone."""
    numbers = [each.pk for each in lines]
    TenderLine.objects.filter(pk__in=numbers).delete()
    return [TenderLine(pk=pk) for pk in numbers]


def _lines(tender: Tender, seen: str, *, of: Collection[int] | None = None) -> list[TenderLine]:
    """The lines now, or of these numbers. Raises Refused (gone) when they are not as they were ``seen``."""
    rows = by_order(tender)
    some = rows if of is None else [each for each in rows if each.pk in of]
    if seen and fingerprint(some) != seen:
        raise Refused("gone")
    return some


def _said(pk: int, what: Said) -> dict[str, Any]:
    return {
        "weight": one_of(what.weight, f"weight_{pk}", WEIGHTS),
        "left_out_because": text(what.because, f"because_{pk}", LONGEST),
        "note": text(what.note, f"note_{pk}", LONGEST),
    }


def _own(wording: str, weight: str, verify: str, months: int | None) -> dict[str, Any]:
    if months is not None and not 1 <= months <= 120:
        raise Refused("odd", field="follow_months")
    return {
        "text": text(wording, "wording", LONGEST, needed=True), "verify": text(verify, "verify", LONGEST),
        "weight": one_of(weight, "weight", WEIGHTS), "follow_months": months,
    }  # fmt: skip


def _own_line(line: TenderLine) -> tuple[TenderLine, Tender]:
    row = TenderLine.objects.filter(pk=line.pk).first()
    if row is None:
        raise Refused("gone")
    if row.theme != OWN:
        raise Refused("pack_text")
    return row, draft(line.tender)
