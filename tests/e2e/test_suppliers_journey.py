"""A joint review, whole: opened by an association, answered once, judged by two municipalities, adopted by thirty.

What one finds and another confirms turns one line at all thirty, mending turns it back, withdrawal leaves it unknown. Who has no
part in the review finds nothing of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from dijkwacht.apps.ledger.models import Verdict
from dijkwacht.apps.ledger.services import due, facts
from dijkwacht.apps.ledger.services.subjects import declare_complete
from dijkwacht.apps.people import services as people
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import Exhibit, Looked, Review, ReviewFinding, Supplier
from dijkwacht.apps.suppliers.services import adopting, registering
from dijkwacht.commands.verifying import verify
from tests.e2e.conftest import axe
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
ZONE, DAY, LONG_AGO = ZoneInfo("Europe/Amsterdam"), timedelta(days=1), date(2020, 1, 1)
LINE, READS = "bio2:5.20.04", "supplier.risks.treated"
"""A line that asks for the right to audit, an own check, and that the risks that were found are treated: what a review tells."""
KVK, OTHER_KVK, TOWNS = "90001234", "90005678", 30
KEEPER, SAM = "vera@poldervereniging.example", "sam@rekenwolk.example"
REPORT = {"name": "rapport-zaakwolk.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 rapport over Zaakwolk"}
WORDS = {"met": "Op orde", "not_met": "Niet op orde", "unknown": "Onbekend"}
FOUND, NOTE = "Beheerders zonder tweede factor", "Gezien bij drie beheerders."
ANSWER = "Zie bladzijde 12 van het rapport."


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with this supplier in its register: the contract is known, what the supplier does is not."""

    organisation: Organisation
    person: Person
    supplier: Supplier

    @property
    def slug(self) -> str:
        return self.organisation.slug

    def verdicts(self) -> dict[str, str]:
        """How every line of the organisation as a whole stands."""
        rows = Verdict.objects.filter(organisation=self.organisation, subject__kind="organisation")
        return dict(rows.values_list("requirement", "status"))


def now() -> datetime:
    return datetime.now(ZONE)


@pytest.fixture
def site(live_server: Any, settings: Any, tmp_path: Path) -> str:
    """The site with nothing in it yet; its address."""
    settings.DATA_DIR = tmp_path
    return str(live_server.url)


def house(slug: str, name: str, kind: str, email: str, who: str) -> tuple[Organisation, Person]:
    """An organisation with one supplier manager, who can sign in."""
    made = people.create_organisation(slug=slug, name=name, kind=kind, actor="test", at=now())
    role = people.add_person(
        made, email=email, name=who, role="supplier_manager", valid_from=LONG_AGO, actor="test", at=now()
    )
    role.person.set_password(PASSWORD)
    role.person.save()
    return made, role.person


def town(number: int, kvk: str = KVK) -> Town:
    slug = f"poldergemeente-{number}"
    organisation, person = house(
        slug, f"Poldergemeente {number}", "municipality", f"lev@{slug}.example", f"Lies {number}"
    )
    on, by = now().date(), {"person": person, "at": now()}
    supplier = registering.add_supplier(organisation, name="Rekenwolk", kvk=kvk, **by)
    assert supplier.subject is not None
    declare_complete(organisation, kind="supplier", on=on, **by)
    for name in ("supplier.ict", "supplier.contract.audit_right"):
        facts.answer(organisation, subject=supplier.subject, fact_type=name, value=True, on=on, **by)
    facts.answer(
        organisation, subject=supplier.subject, fact_type="supplier.assurance.reviewed_on", value=str(on), on=on, **by
    )
    return Town(organisation, person, supplier)


class Browsers:
    """Who looks at the site, each in a browser of his own; and what everybody does there."""

    def __init__(self, site: str, sign_in: Callable[..., Page]) -> None:
        self.site, self._sign_in = site, sign_in

    def of(self, email: str, **more: Any) -> Page:
        return self._sign_in(email, **more)

    def go(self, page: Page, name: str, organisation: str, *args: Any) -> int:
        """To an address of the room; with what status it answered."""
        answer = page.goto(f"{self.site}{reverse(f'suppliers:{name}', args=[organisation, *args])}")
        assert answer is not None
        return answer.status

    def line(self, page: Page, organisation: str, status: str) -> None:
        """The line on the page of its requirement, with its word."""
        page.goto(f"{self.site}/o/{organisation}/eis/{LINE}/")
        word = re.compile(rf"^\s*{WORDS[status]}\b")
        expect(page.locator("main .verdict, main .status").first).to_have_text(word)


@pytest.fixture
def browsers(site: str, sign_in: Callable[..., Page]) -> Browsers:
    return Browsers(site, sign_in)


def sound(page: Page) -> None:
    """Nothing for axe to say, and nothing to scroll to sideways."""
    assert axe(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=re.compile(rf"^{re.escape(name)}")).first.click()
    page.wait_for_load_state()


def save(page: Page) -> None:
    """Sends the form that fills the page."""
    where = page.url
    page.locator("main form.form button[type=submit]").click()
    page.wait_for_load_state()
    assert page.url != where, page.locator("main").inner_text()


def opened(browsers: Browsers, keeper: Page) -> Review:
    """The association opens a review of a service, of a supplier that nobody invited before."""
    browsers.go(keeper, "reviews", "poldervereniging")
    keeper.get_by_role("link", name="Een gezamenlijk onderzoek beginnen").click()
    sound(keeper)
    for name, value in {
        "kvk": KVK, "supplier": "Rekenwolk B.V.", "contact": "Sam Sleutel", "email": SAM, "title": "Zaakwolk 2026",
        "service": "Zaakwolk", "answer_before": str(now().date() + 30 * DAY), "judge_before": str(now().date() + 60 * DAY),
    }.items():  # fmt: skip
        keeper.locator(f"main [name={name}]").fill(value)
    keeper.locator("main [name=kind]").select_option("saas")
    keeper.locator("main [name=question_set][value=saas_short]").check()
    save(keeper)
    sound(keeper)
    review = Review.objects.get()
    assert keeper.url.endswith(reverse("suppliers:review", args=["poldervereniging", review.pk]))
    assert review.questions.count() == 15
    return review


def let_along_and_send(browsers: Browsers, keeper: Page, review: Review, *towns: Town) -> None:
    for each in towns:
        browsers.go(keeper, "review_invite", "poldervereniging", review.pk)
        keeper.locator("main [name=organisation]").fill(each.organisation.name)
        save(keeper)
    browsers.go(keeper, "review_divide", "poldervereniging", review.pk)
    for box in keeper.locator("main [name=persons]").all():
        box.set_checked(box.get_attribute("value") in {str(each.person.pk) for each in towns})
    save(keeper)
    sound(keeper)
    browsers.go(keeper, "review_send", "poldervereniging", review.pk)
    save(keeper)


def first_password(browser: Browser) -> None:
    """The supplier chooses a password by the link in the mail that it got."""
    (sent,) = [each for each in mail.outbox if each.to == [SAM]]
    found = re.search(r"http\S+", str(sent.body))
    assert found
    context = browser.new_context()
    page = context.new_page()
    page.goto(found.group())
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    page.locator("main button[name=action]").click()
    page.wait_for_load_state()
    context.close()


def answered(browsers: Browsers, sam: Page, review: Review) -> None:
    """Every question answered as in order, with one file; kept half way, then handed in."""
    slug = review.portal.slug
    browsers.go(sam, "asked", slug)
    sound(sam)
    sam.get_by_role("link", name="Zaakwolk 2026").click()
    sound(sam)
    for number, question in enumerate(review.questions.all()):
        card = sam.locator(f"#vraag-{question.pk}")
        day = card.locator(f"input[name=value-{question.pk}]:not([type=radio])")
        if day.count():
            day.fill(str(now().date() - 100 * DAY))
            card.locator(f"[name=text-{question.pk}]").fill(ANSWER)
            card.locator("summary", has_text=re.compile("bestand", re.I)).click()
            card.locator(f"input[name=files-{question.pk}]").set_input_files(REPORT)
        else:
            card.locator(f"input[name=value-{question.pk}]").first.check()
        if number == 7:
            press(sam, "Bewaren, later verder")
    press(sam, "Bewaren en inleveren")
    review.refresh_from_db()
    assert review.handed_in_at is not None, sam.locator("main").inner_text()[:600]
    assert [each.file.name for each in Exhibit.objects.all()] == [REPORT["name"]]
    sound(sam)


def judged(browsers: Browsers, page: Page, town: Town, review: Review) -> None:
    """One person judges what waits for him, a question at a time: all of it holds, but for one."""
    browsers.go(page, "reviews", town.slug)
    page.get_by_role("link", name="Zaakwolk 2026").click()
    page.locator("main .button-link.utrecht-button--primary-action").click()
    sound(page)
    wrong = reverse("suppliers:review_question", args=[town.slug, wrong_one(review)])
    for _number in range(review.questions.count()):
        asked = page.url
        bad = asked.endswith(wrong)
        page.locator(f"main [name=word][value={'does_not_hold' if bad else 'holds'}]").check()
        page.locator("main [name=note]").fill(NOTE if bad else "")
        save(page)
    assert page.url.endswith(reverse("suppliers:review", args=[town.slug, review.pk]))


def wrong_one(review: Review) -> int:
    return review.questions.get(key="mfa_staff").pk


def found(browsers: Browsers, page: Page, town: Town, question: int, title: str) -> ReviewFinding:
    """Somebody finds something wrong with an answer; he cannot confirm that himself."""
    browsers.go(page, "review_finding", town.slug, question)
    page.locator("main [name=title]").fill(title)
    page.locator("main [name=text]").fill("In orde als elke beheerder een tweede factor gebruikt.")
    page.locator("main [name=severity][value=high]").check()
    page.locator("main [name=due]").fill(str(now().date() + 30 * DAY))
    sound(page)
    save(page)
    finding = ReviewFinding.objects.get(title=title)
    card = page.get_by_role("article", name=title)
    expect(card).to_be_visible()
    expect(card.get_by_role("button", name=re.compile("^Bevestigen"))).to_have_count(0)
    return finding


def confirmed(browsers: Browsers, page: Page, town: Town, finding: ReviewFinding) -> None:
    browsers.go(page, "review_question", town.slug, finding.question_id)
    page.get_by_role("article", name=finding.title).get_by_role("button", name=re.compile("^Bevestigen")).click()
    page.wait_for_load_state()
    finding.refresh_from_db()
    assert finding.confirmed_by == town.person
    sound(page)


def mended(browsers: Browsers, sam: Page, page: Page, town: Town, finding: ReviewFinding) -> None:
    """The supplier says that it is mended; it counts when a reviewer saw it."""
    browsers.go(sam, "asked_finding", finding.question.review.portal.slug, finding.pk)
    sam.locator("main [name=text]").fill("Alle beheerders hebben nu een tweede factor.")
    sam.locator("main [name=mended]").check()
    sound(sam)
    save(sam)
    finding.refresh_from_db()
    assert (finding.claimed_on, finding.mended_on) == (now().date(), None)
    browsers.go(page, "review_question", town.slug, finding.question_id)
    press(page, "Ik zag dat het is hersteld")
    finding.refresh_from_db()
    assert finding.mended_on == now().date()


def adopted(browsers: Browsers, page: Page, town: Town, review: Review) -> None:
    """A municipality takes over what came out, on the page."""
    browsers.go(page, "adopt", town.slug, review.pk)
    sound(page)
    press(page, "Dit onderzoek overnemen")
    expect(page.locator("main")).to_contain_text("Overgenomen voor Rekenwolk")
    sound(page)


@pytest.fixture
def towns(site: str) -> list[Town]:
    return [town(number) for number in range(TOWNS)]


def ticked(towns: list[Town], status: str) -> None:
    """After the clock came by, the line stands so in all of them; besides it only lines that read the same facts turned."""
    before = {each.slug: each.verdicts() for each in towns}
    due.tick(on=now().date(), at=now())
    for each in towns:
        after = each.verdicts()
        assert after[LINE] == status, each.slug
        assert before[each.slug].keys() == after.keys()


def nothing_for_others(browsers: Browsers, review: Review, finding: ReviewFinding, outside: Town) -> None:
    """Another supplier, and a municipality with the same supplier that did not join: for them no page and no file is there."""
    slug, email = "dijkdata", "dina@dijkdata.example"
    house(slug, "Dijkdata B.V.", "supplier", email, "Dina Dijk")
    file, question = Exhibit.objects.get().pk, finding.question_id
    mine = review.portal.slug
    theirs = [
        ("asked", ()),
        ("asked_review", (review.pk,)),
        ("asked_who", (review.pk,)),
        ("asked_finding", (finding.pk,)),
    ]
    ours = [("review", review.pk), ("review_question", question), ("exhibit", file), ("adopt", review.pk)]
    other = browsers.of(email, refused=(404,))
    for name, args in theirs:
        assert browsers.go(other, name, mine, *args) == 404, name
        assert browsers.go(other, name, slug, *args) == (404 if args else 200), name
    away = browsers.of(outside.person.email, refused=(404,))
    for name, pk in ours:
        assert browsers.go(other, name, mine, pk) == 404, name
        assert browsers.go(other, name, slug, pk) == 404, name
        assert browsers.go(away, name, "poldervereniging", pk) == 404, name
        assert browsers.go(away, name, outside.slug, pk) == 404, name
    browsers.go(away, "reviews", outside.slug)  # that it is there to join it may know, and no more
    expect(away.locator("main")).to_contain_text("Zaakwolk 2026")
    expect(away.locator("main")).not_to_contain_text(FOUND)
    sound(away)
    assert not Looked.objects.exclude(organisation__slug="poldergemeente-0").exists()


def sum_of(towns: list[Town]) -> dict[str, int]:
    """In how many of them each line is in order."""
    found = [name for each in towns for name, how in each.verdicts().items() if how == "met"]
    return {name: found.count(name) for name in sorted(set(found))}


def test_asked_once_and_adopted_by_thirty(site: str, browser: Browser, browsers: Browsers, towns: list[Town]) -> None:
    keeper_of, _vera = house("poldervereniging", "Poldervereniging", "other", KEEPER, "Vera Verenigd")
    first, second, *others = towns
    keeper, one, two = browsers.of(KEEPER), browsers.of(first.person.email), browsers.of(second.person.email)

    # Opened, sent, answered in the portal of the supplier itself.
    review = opened(browsers, keeper)
    let_along_and_send(browsers, keeper, review, first, second)
    first_password(browser)
    sam = browsers.of(SAM)
    answered(browsers, sam, review)

    # Two municipalities judge; what one finds, the other confirms.
    browsers.go(keeper, "review", "poldervereniging", review.pk)
    press(keeper, "Beginnen met beoordelen")
    judged(browsers, one, first, review)
    finding = found(browsers, one, first, wrong_one(review), FOUND)
    confirmed(browsers, two, second, finding)
    judged(browsers, two, second, review)
    with one.expect_download() as loaded:
        browsers.go(one, "review_question", first.slug, Exhibit.objects.get().question_id)
        one.get_by_role("link", name=REPORT["name"]).click()
    assert Path(loaded.value.path()).read_bytes() == REPORT["buffer"]
    browsers.go(keeper, "review_conclude", "poldervereniging", review.pk)
    keeper.locator("main [name=conclusion]").fill("In orde, op de beheerders na.")
    save(keeper)
    sound(keeper)
    review.refresh_from_db()
    assert review.phase == "concluded"

    # Thirty adopt: two on the page, the rest as the page would.
    assert {each.verdicts()[LINE] for each in towns} == {"unknown"}
    for page, each in ((one, first), (two, second)):
        adopted(browsers, page, each, review)
    for each in others:
        adopting.join(review, organisation=each.organisation, person=each.person, at=now())
        adopting.adopt(review, supplier=each.supplier, person=each.person, at=now())

    ticked(towns, "not_met")
    browsers.line(one, first.slug, "not_met")
    expect(one.locator("main")).to_contain_text("gedeeld door")  # whose word it is
    sound(one)
    browsers.line(two, second.slug, "not_met")

    mended(browsers, sam, two, second, finding)
    ticked(towns, "met")
    browsers.line(one, first.slug, "met")
    browsers.line(two, second.slug, "met")
    standing = sum_of(towns)

    # Found after all adopted it: at all thirty at once, and back.
    late = found(browsers, two, second, review.questions.get(key="watched").pk, "Nachts kijkt niemand")
    ticked(towns, "met")  # nobody confirmed it yet
    confirmed(browsers, one, first, late)
    ticked(towns, "not_met")
    browsers.line(two, second.slug, "not_met")
    turned = {name for name, count in standing.items() if sum_of(towns).get(name, 0) != count}
    assert turned == {LINE, "bio2:5.22.01"}
    browsers.go(two, "adopt", second.slug, review.pk)
    expect(two.locator("main")).to_contain_text("Nachts kijkt niemand")
    sound(two)
    mended(browsers, sam, one, first, late)
    ticked(towns, "met")

    # The supplier sees who opened its file, and who may.
    browsers.go(sam, "asked_who", review.portal.slug, review.pk)
    shown = sam.locator("main li", has_text=REPORT["name"]).first
    expect(shown).to_contain_text(f"Geopend voor {first.organisation.name}")
    expect(shown).not_to_contain_text(f"Geopend voor {second.organisation.name}")
    sound(sam)

    nothing_for_others(browsers, review, finding, town(TOWNS))

    # Withdrawn: unknown, never in order by what was.
    browsers.go(keeper, "review_withdraw", "poldervereniging", review.pk)
    keeper.locator("main [name=because]").fill("Het rapport bleek van een andere dienst.")
    save(keeper)
    ticked(towns, "unknown")
    browsers.line(one, first.slug, "unknown")
    browsers.line(two, second.slug, "unknown")
    browsers.go(one, "adopt", first.slug, review.pk)
    expect(one.locator("main")).to_contain_text("telt niet meer")
    expect(one.locator("main")).not_to_contain_text("niets veranderd")
    expect(one.locator("main")).to_contain_text(re.compile(r"Overgenomen\s+\d"))
    sound(one)
    for each in (keeper_of, review.portal, first.organisation, others[-1].organisation):
        checked = verify(each, on=now().date(), at=now())
        assert checked.well, checked.lines
