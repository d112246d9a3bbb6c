"""What parties offer: added by hand, or read out of the workbook that they filled in; and what we found of it ourselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from dijkwacht.adapters.suppliers_out.answers import LIMITS, Answers, read_answers
from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.suppliers.models import Offer, Offered, OfferLine, Tender, TenderState
from dijkwacht.apps.suppliers.services.doing import Refused, doing
from dijkwacht.apps.suppliers.services.keeping import LONGEST_NOTE, one_of, own, put, text
from dijkwacht.core.suppliers.identity import chamber_number
from dijkwacht.web.moments import day_of

__all__ = ["LARGEST", "Told", "add_offer", "change_offer", "fingerprint", "read", "say", "take_answers"]

LARGEST = LIMITS.size
MOST_OFFERS = 60
"""More offers than this for one tender is a mistake, and cannot be read side by side."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one line of an offer. ``verified``: what we found ourselves; unknown: nobody looked."""

    says: str
    text: str = ""
    verified: str = Offered.UNKNOWN


def read(tender: Tender, data: bytes, name: str) -> Answers:
    """What a filled-in workbook says. Whatever is wrong with it is a problem in the answer."""
    asked = tender.lines.filter(left_out_because="").values_list("key", flat=True)
    return read_answers(data, name, known=frozenset(asked))


def add_offer(
    tender: Tender, *, name: str, received_on: date, person: Person | None, at: datetime, kvk: str = "",
    file: Evidence | None = None, answers: Answers | None = None,
) -> Offer:  # fmt: skip
    """An offer with a line for each requirement. ``answers``: out of its workbook; without them nothing is answered yet.

    Raises Refused (gone, empty, too_long, odd, not_a_kvk, future, offer_twice, too_many_offers, answers_not_usable, another).
    """
    told = _told(name, kvk, received_on, at)
    with doing(tender.organisation, person=person, at=at) as deed:
        row = _sent(tender)
        _not_twice(row, told["name"], told["kvk"])
        if row.offers.count() >= MOST_OFFERS:
            raise Refused("too_many_offers", most=MOST_OFFERS)
        offer = Offer.objects.create(tender=row, file=own(file, deed.organisation, "file"), **told)
        said = _answers(answers) if answers is not None else {}
        lines = OfferLine.objects.bulk_create(
            [
                OfferLine(offer=offer, line=line, **said.get(line.key, {}))
                for line in row.lines.filter(left_out_because="")
            ]
        )
        deed.write("offer_added", about=f"tender:{row.pk}", rows=[offer, *lines], name=row.title, offer=offer.name)
    return offer


def change_offer(
    offer: Offer, *, name: str, received_on: date, person: Person | None, at: datetime, kvk: str = ""
) -> Offer:
    """Who offered, and when. Raises Refused as `add_offer` does."""
    told = _told(name, kvk, received_on, at)
    with doing(offer.tender.organisation, person=person, at=at) as deed:
        tender, row = _sent(offer.tender), Offer.objects.get(pk=offer.pk)
        _not_twice(tender, told["name"], told["kvk"], but=row)
        if put(row, told):
            deed.write("offer_changed", about=f"tender:{tender.pk}", rows=[row], name=tender.title, offer=row.name)
    return row


def take_answers(
    offer: Offer, answers: Answers, *, file: Evidence | None, person: Person | None, at: datetime
) -> list[OfferLine]:
    """Takes over what a workbook says, in place of what was said; what we found ourselves stays. Those that changed.

    A line that the workbook does not have stays as it was. Raises Refused (gone, answers_not_usable, another).
    """
    said = _answers(answers)
    with doing(offer.tender.organisation, person=person, at=at) as deed:
        tender, row = _sent(offer.tender), Offer.objects.get(pk=offer.pk)
        lines = row.lines.select_related("line")
        changed = [each for each in lines if each.line.key in said and put(each, said[each.line.key])]
        if put(row, {"file": own(file, deed.organisation, "file")}) or changed:
            deed.write(
                "offer_read", about=f"tender:{tender.pk}", rows=[row, *changed], name=tender.title, offer=row.name,
                lines=len(changed),
            )  # fmt: skip
    return changed


def say(
    offer: Offer, *, told: Mapping[int, Told], person: Person | None, at: datetime, seen: str = ""
) -> list[OfferLine]:
    """What is known of some lines, by number of the offered line: those that changed. Raises Refused (gone, odd, too_long,
    another)."""
    with doing(offer.tender.organisation, person=person, at=at) as deed:
        tender = _sent(offer.tender)
        rows = {each.pk: each for each in OfferLine.objects.filter(offer=offer, pk__in=told)}
        if set(told) - set(rows):
            raise Refused("another")
        if seen and fingerprint(rows.values()) != seen:
            raise Refused("gone")
        changed = [rows[pk] for pk, what in told.items() if put(rows[pk], _said(pk, what, rows[pk], person))]
        if changed:
            deed.write(
                "offer_said", about=f"tender:{tender.pk}", rows=changed, name=tender.title, offer=offer.name,
                lines=len(changed),
            )  # fmt: skip
    return changed


def fingerprint(lines: Iterable[OfferLine]) -> str:
    """What tells lines of an offer as they stand from lines that somebody changed."""
    return sha256(repr(sorted((each.pk, each.says, each.text, each.verified) for each in lines)).encode()).hexdigest()


def _sent(tender: Tender) -> Tender:
    """The tender as it is now. Raises Refused (gone) when offers cannot be changed: not sent yet, awarded or stopped."""
    row = Tender.objects.get(pk=tender.pk)
    if row.state != TenderState.SENT:
        raise Refused("gone")
    return row


def _told(name: str, kvk: str, received_on: date, at: datetime) -> dict[str, Any]:
    if received_on > day_of(at):
        raise Refused("future", field="received_on")
    try:
        number = chamber_number(kvk) if kvk.strip() else ""
    except ValueError as error:
        raise Refused("not_a_kvk", field="kvk") from error
    return {"name": text(name, "name", 200, needed=True), "kvk": number, "received_on": received_on}


def _not_twice(tender: Tender, name: str, kvk: str, *, but: Offer | None = None) -> None:
    others = tender.offers.exclude(pk=but.pk) if but else tender.offers.all()
    for each in others:
        if each.name.casefold() == name.casefold() or (kvk and each.kvk == kvk):
            raise Refused("offer_twice", field="name")


def _answers(found: Answers) -> dict[str, dict[str, Any]]:
    """What a workbook says per key. Where its proof stands comes under what it says."""
    if found.problems or not found.rows:
        raise Refused("answers_not_usable", field="file")
    return {
        each.id: {
            "says": each.says or Offered.UNKNOWN,
            "text": "\n".join(filter(None, (each.explanation, each.evidence))),
        }
        for each in found.rows
    }


def _said(pk: int, what: Told, row: OfferLine, person: Person | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "says": one_of(what.says, f"says_{pk}", Offered.values),
        "text": text(what.text, f"text_{pk}", LONGEST_NOTE),
        "verified": one_of(what.verified, f"verified_{pk}", Offered.values),
    }
    if told["verified"] != row.verified:
        told["verified_by"] = person if told["verified"] != Offered.UNKNOWN else None
    return told
