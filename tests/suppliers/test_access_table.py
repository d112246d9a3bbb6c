"""Who sees what of a joint review: every address and every telling text against everybody, as tables. With `-s` they are printed.

Each looks from his own organisation. The columns: who keeps the review and works on it, who only looks there (an auditor, the
college), who reviews along, who joined, a municipality with the same supplier that did not join, the supplier, another
supplier, and who is not signed in.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import Adoption, Exhibit, Party, Review, ReviewFinding, Supplier
from dijkwacht.apps.suppliers.services import adopting, answering, concluding, judging, registering, reviewing
from dijkwacht.apps.suppliers.services.answering import Said
from dijkwacht.web import clock
from tests.suppliers.review_house import *  # noqa: F403  # fixtures
from tests.suppliers.review_house import DAY, KVK, LATER, ON, World

WHO = ("keeps", "auditor", "college", "reviews", "joined", "other", "supplier", "rival", "nobody")

PAGES = """
reviews               200 200 200 200 200 200 302 302 302
review_open           200 403 403 200 200 200 403 403 302
review                200 200 200 200 200 404 302 404 302
review_question       200 200 200 200 200 404 302 404 302
review_change         200 403 403 403 403 404 403 404 302
review_add_question   200 403 403 403 403 404 403 404 302
review_invite         200 403 403 403 403 404 403 404 302
review_divide         200 403 403 403 403 404 403 404 302
review_send           200 403 403 403 403 404 403 404 302
review_extend         200 403 403 403 403 404 403 404 302
review_conclude       200 403 403 403 403 404 403 404 302
review_withdraw       200 403 403 403 403 404 403 404 302
review_leave_out      200 403 403 403 403 404 403 404 302
review_eyes           200 403 403 403 403 404 403 404 302
review_finding        200 403 403 200 403 404 403 404 302
review_finding_drop   200 403 403 200 403 404 403 404 302
review_finding_not_mended 200 403 403 200 403 404 403 404 302
review_finding_accept 200 403 403 200 403 404 403 404 302
exhibit               200 404 404 200 200 404 200 404 302
exhibit_strict        200 404 404 200 404 404 200 404 302
asked                 404 404 404 404 404 404 200 200 302
asked_review          404 404 404 404 404 404 200 404 302
asked_who             404 404 404 404 404 404 200 404 302
asked_finding         404 403 403 404 404 404 200 404 302
join                  302 403 403 302 302 200 404 404 302
adopt                 200 200 200 200 200 404 404 404 302
adoption_leave        404 403 403 404 200 404 404 404 302
"""
"""The status of each page, of a review that is concluded under TLP:AMBER. 302: to where one signs in, or to one's own page."""

DEEDS = """
review_judging        302 403 403 403 403 404 403 404 302
review_reopen         302 403 403 403 403 404 403 404 302
review_ask            302 403 403 403 403 404 403 404 302
review_party_end      302 403 403 403 403 404 403 404 302
review_send           200 403 403 403 403 404 403 404 302
review_withdraw       200 403 403 403 403 404 403 404 302
review_question       200 403 403 200 403 404 302 404 302
review_finding_confirm 302 403 403 302 403 404 403 404 302
review_finding_mended 302 403 403 302 403 404 403 404 302
asked_review          404 403 403 404 404 404 200 404 302
asked_finding         404 403 403 404 404 404 200 404 302
join                  302 403 403 302 302 200 404 404 302
adopt                 200 403 403 200 200 404 404 404 302
adoption_renew        404 403 403 404 302 404 404 404 302
adoption_leave        404 403 403 404 302 404 404 404 302
"""
"""The same of sending something, empty where a page has fields. 200: the page comes back, and says what is missing."""

TEXTS = {
    "answer": "antwoord in woorden",
    "note": "alleen voor wie beoordeelt",
    "file": "voor-iedereen.txt",
    "strict file": "vertrouwelijk.txt",
    "confirmed": "Geen tweede factor",
    "its text": "Bij beheerders niet.",
    "unconfirmed": "Nog niet bevestigd",
    "conclusion": "In orde, op één ding na.",
    "why": "Rapport van een andere dienst",
}

SEEN = {
    "judging": """
answer      yes - - yes - - yes - -
note        yes - - yes - - - - -
file        yes - - yes - - yes - -
strict file yes - - yes - - yes - -
confirmed   yes yes yes yes yes - yes - -
its text    yes - - yes - - yes - -
unconfirmed yes - - yes - - - - -
conclusion  - - - - - - - - -
why         - - - - - - - - -
""",
    "concluded": """
answer      yes - - yes yes - yes - -
note        yes - - yes - - - - -
file        yes - - yes yes - yes - -
strict file yes - - yes - - yes - -
confirmed   yes yes yes yes yes - yes - -
its text    yes - - yes - - yes - -
unconfirmed yes - - yes - - - - -
conclusion  yes yes yes yes yes - yes - -
why         - - - - - - - - -
""",
    "concluded, TLP:RED": """
answer      yes - - yes - - yes - -
note        yes - - yes - - - - -
file        yes - - yes - - yes - -
strict file yes - - yes - - yes - -
confirmed   yes yes yes yes yes - yes - -
its text    yes - - yes - - yes - -
unconfirmed yes - - yes - - - - -
conclusion  yes yes yes yes yes - yes - -
why         - - - - - - - - -
""",
    "withdrawn": """
answer      yes - - yes - - yes - -
note        yes - - yes - - - - -
file        yes - - yes - - yes - -
strict file yes - - yes - - yes - -
confirmed   yes yes yes yes yes - yes - -
its text    yes - - yes - - yes - -
unconfirmed yes - - yes - - - - -
conclusion  yes yes yes yes yes - - - -
why         yes yes yes yes yes - yes - -
""",
}
"""Which texts stand on any page that somebody can open, by how far the review is. Once it is withdrawn, the conclusion is
history: it stands in the list of what happened, and counts no more."""

LOOKED_AT = (
    "reviews",
    "review",
    "review_question",
    "asked",
    "asked_review",
    "asked_who",
    "asked_finding",
    "join",
    "adopt",
)


def rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table: its name, and a cell for everybody."""
    for line in table.strip().splitlines():
        words = line.split()
        yield " ".join(words[: -len(WHO)]), words[-len(WHO) :]


def told(title: str, found: Mapping[str, Sequence[str]]) -> None:
    """Prints a table."""
    lines = [f"{name:<27}" + "".join(f"{each:>9}" for each in cells) for name, cells in {title: WHO, **found}.items()]
    sys.stdout.write("\n" + "\n".join(lines) + "\n")


class Cast:
    """Everybody, each with his browser, and one review with everything in it that can be told."""

    def __init__(self, world: World, make_organisation: Any, make_person: Any, client_for: Any) -> None:
        self.world = world
        self.houses: dict[str, Organisation] = {"keeps": world.home, "auditor": world.home, "college": world.home}
        self.houses |= {"reviews": world.other, "supplier": world.portal, "nobody": world.home}
        persons = {"keeps": world.manager, "reviews": world.along, "supplier": Person.objects.get(pk=world.sam.pk)}
        for role in ("auditor", "college"):
            persons[role] = make_person(role, at_organisation=world.home, language="en")
        for who, kind in (("joined", "municipality"), ("other", "municipality"), ("rival", "supplier")):
            house = self.houses[who] = make_organisation(who, name=who.title(), kind=kind)
            persons[who] = make_person("supplier_manager", at_organisation=house, language="en")
        self.persons = persons
        self.browsers: dict[str, Client] = {who: client_for(person) for who, person in persons.items()}
        self.browsers["nobody"] = Client()
        for who in ("joined", "other"):
            registering.add_supplier(self.houses[who], name="Rekenwolk", kvk=KVK, person=persons[who], at=LATER)

    def fill(self) -> None:
        """Answered with files, joined, judged with a note, two findings of which one is confirmed."""
        world = self.world
        world.sent()
        first, second, third = world.questions
        said = {first.pk: Said("2026-06-01", TEXTS["answer"]), second.pk: Said(True), third.pk: Said("accepted")}
        answering.answer(world.review, said, person=world.sam, at=LATER - 3 * DAY)
        for name, tlp in ((TEXTS["file"], "AMBER"), (TEXTS["strict file"], "RED")):
            file = add_evidence(
                world.portal, file=BytesIO(tlp.encode()), name=name, person=world.sam, on=ON, at=LATER - 3 * DAY
            )
            answering.show(first, [file], tlp=tlp, person=world.sam, at=LATER - 3 * DAY)
        answering.hand_in(world.review, person=world.sam, at=LATER - 3 * DAY)
        adopting.join(
            world.review, organisation=self.houses["joined"], person=self.persons["joined"], at=LATER - 2 * DAY
        )
        reviewing.start_judging(world.review, **world.by(at=LATER))
        world.both(second)
        world.both(third)
        for house, person in ((world.home, world.manager), (world.other, world.along)):
            judging.judge(
                first, word="holds", note=TEXTS["note"], seen=None, organisation=house, person=person, at=LATER
            )
        world.finding(first, title=TEXTS["confirmed"], text=TEXTS["its text"])

    def unconfirmed(self) -> None:
        """One more, that nobody confirmed."""
        found = judging.Found(TEXTS["unconfirmed"], "", "low", ON + DAY)
        judging.raise_finding(
            self.world.questions[1], found=found, organisation=self.world.home, **self.world.by(at=LATER)
        )

    def concluded(self) -> None:
        """Concluded and adopted by who joined."""
        world = self.world
        concluding.conclude(world.review, conclusion=TEXTS["conclusion"], until=ON + 99 * DAY, **world.by(at=LATER))
        mine = self.houses["joined"]
        adopting.adopt(
            world.now(), supplier=Supplier.objects.get(organisation=mine), person=self.persons["joined"], at=LATER
        )

    def number(self, name: str) -> int | None:
        """What stands in an address behind its name: the number of the row that it is about."""
        if name in ("reviews", "review_open", "asked"):
            return None
        if name.startswith("exhibit"):
            return Exhibit.objects.get(tlp="RED" if name == "exhibit_strict" else "AMBER").pk
        if name.startswith("adoption"):
            return Adoption.objects.get().pk
        if name.startswith("review_finding_") or name == "asked_finding":
            return ReviewFinding.objects.get(title=TEXTS["confirmed"]).pk
        if name in ("review_question", "review_leave_out", "review_ask", "review_eyes", "review_finding"):
            return self.world.questions[0].pk
        return self.world.review.pk

    def address(self, name: str, who: str, *, at: str = "") -> str:
        """An address as somebody sees it from his own organisation, or from another."""
        number = self.number(name)
        args = [self.houses[at or who].slug, *([] if number is None else [number])]
        if name == "review_party_end":
            args.append(Party.objects.get(role="reviewer").pk)
        return reverse(f"suppliers:{'exhibit' if name == 'exhibit_strict' else name}", args=args)

    def sends(self, name: str, who: str) -> str:
        """The status that somebody gets who sends something; what it did is undone, for who comes next."""
        with transaction.atomic():
            status = self.browsers[who].post(self.address(name, who)).status_code
            transaction.set_rollback(True)
        return str(status)

    def reads(self, who: str) -> str:
        """All that stands on the pages that somebody can open."""
        found = []
        for name in LOOKED_AT:
            for number in (
                {self.number(name)} if name != "review_question" else {each.pk for each in self.world.questions}
            ):
                args = [self.houses[who].slug, *([] if number is None else [number])]
                answer = self.browsers[who].get(reverse(f"suppliers:{name}", args=args))
                found += [answer.content.decode()] if answer.status_code == 200 else []
        return "\n".join(found)


@pytest.fixture
def cast(
    world: World, make_organisation: Any, make_person: Any, client_for: Callable[[Person], Client],
    monkeypatch: pytest.MonkeyPatch, _today: None,
) -> Cast:  # fmt: skip
    monkeypatch.setattr(clock, "real_today", lambda: ON)
    monkeypatch.setattr(clock, "today", lambda request: ON)
    monkeypatch.setattr(clock, "now", lambda request: LATER)
    made = Cast(world, make_organisation, make_person, client_for)
    made.fill()
    return made


def test_who_gets_which_page(cast: Cast) -> None:
    cast.concluded()
    found = {
        name: [str(cast.browsers[who].get(cast.address(name, who)).status_code) for who in WHO]
        for name, _cells in rows(PAGES)
    }
    told("pages", found)
    assert found == dict(rows(PAGES))


def test_who_may_do_what(cast: Cast) -> None:
    cast.concluded()
    found = {name: [cast.sends(name, who) for who in WHO] for name, _cells in rows(DEEDS)}
    told("sending", found)
    assert found == dict(rows(DEEDS))


@pytest.mark.parametrize("phase", list(SEEN))
def test_who_reads_what(cast: Cast, phase: str) -> None:
    if phase != "judging":
        cast.concluded()
    cast.unconfirmed()
    if phase == "withdrawn":
        concluding.withdraw(cast.world.review, because=TEXTS["why"], **cast.world.by(at=LATER))
    if phase == "concluded, TLP:RED":
        Review.objects.update(tlp="RED")
    page = {who: cast.reads(who) for who in WHO}
    found = {name: ["yes" if text in page[who] else "-" for who in WHO] for name, text in TEXTS.items()}
    told(phase, found)
    assert found == dict(rows(SEEN[phase]))
    if phase == "withdrawn":
        assert [who for who in WHO if "holds until" in page[who].lower()] == []


def test_nobody_gets_in_by_the_address_of_another(cast: Cast) -> None:
    """With the address of an organisation in which somebody has no role, nothing is there."""
    cast.concluded()
    names = [name for name, _cells in rows(PAGES)]
    for who in ("reviews", "joined", "other", "supplier", "rival"):
        for at in {"keeps", "reviews", "joined", "supplier"} - {who}:
            for name in names:
                assert cast.browsers[who].get(cast.address(name, who, at=at)).status_code == 404, (who, at, name)
