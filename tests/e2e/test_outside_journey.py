"""From outside to inside: what a real measurement saw of a real server becomes an issue, is mended, and decides a requirement."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.models import Domain, DomainState
from dijkwacht.apps.perimeter.services import names
from dijkwacht.commands import watching
from dijkwacht.commands.verifying import verify
from dijkwacht.web import clock
from tests.e2e.conftest import axe
from tests.e2e.outside import NAME, Outside

pytestmark = pytest.mark.django_db(transaction=True)
LINE, ENDED = "bio2:5.14.01", "Einde van het certificaat"
HTTPS = f"wingt {NAME} een beveiligde verbinding af"
WORKERS = count(1)


class Time:
    """The clock of the site and of the worker; a test moves it."""

    def __init__(self) -> None:
        self.now = datetime.now(ZoneInfo("Europe/Amsterdam"))

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **much: int) -> None:
        self.now += timedelta(**much)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(clock, "now", lambda request: made.now)
    monkeypatch.setattr(clock, "real_today", lambda: made().date())
    return made


@pytest.fixture
def outside(tmp_path: Path, time: Time) -> Iterator[Outside]:
    with Outside(tmp_path, now=time.now) as made:
        yield made


@pytest.fixture
def world(site: str, time: Time) -> str:
    """The demo without the names that are invented: what is measured here, is measured."""
    ciso = Person.objects.get(email="ciso@dijkstad.example")
    for each in Domain.objects.filter(organisation__slug="dijkstad", state=DomainState.WATCHED):
        names.decide(each, state=DomainState.ENDED, note="test", person=ciso, on=time.now.date(), at=time.now)
    return f"{site}/o/dijkstad"


@pytest.fixture
def work(outside: Outside, time: Time, world: str) -> Callable[[], watching.Worked]:
    """A worker that goes on until nothing is left to do."""
    options = watching.Options(
        outside.resolver, lab=True, once=True, ca=outside.ca, vrps=outside.vrps, routes=outside.routes
    )

    def work() -> watching.Worked:
        with ThreadPoolExecutor(1) as thread:  # playwright has an event loop in this one
            worker = f"test:{next(WORKERS)}"
            return thread.submit(watching.watch, options, worker=worker, clock=time, told=lambda _: None).result(30)

    return work


def sound(page: Page) -> None:
    """Nothing for axe to say, and nothing to scroll to sideways."""
    assert axe(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def field(page: Page, label: str) -> Locator:
    """A field of a form, by how its label begins."""
    return page.locator("main").get_by_label(re.compile("^" + re.escape(label))).first


def verdict(page: Page, world: str) -> Locator:
    """The word of the requirement, on its page."""
    page.goto(f"{world}/eis/{LINE}/")
    return page.locator("main .verdict, main .status").first


def why(page: Page, question: str) -> Locator:
    """The reason about this question, on the page of a requirement."""
    return page.get_by_role("region", name="Waarom?").get_by_role("listitem").filter(has_text=question)


def ask_for_a_measurement(page: Page, world: str) -> None:
    page.goto(f"{world}/buitenkant/namen/{NAME}/")
    page.get_by_role("button", name="Nu meten").click()
    expect(page.get_by_role("button", name="Nu meten")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Wacht op meting.")


def test_from_outside_to_inside(
    world: str, outside: Outside, time: Time, work: Callable[[], watching.Worked], sign_in: Callable[..., Page]
) -> None:
    # The CISO adds a name under the outside.
    ciso = sign_in("ciso@dijkstad.example")
    ciso.get_by_role("link", name="Buitenkant", exact=True).first.click()
    expect(ciso.locator("main")).to_contain_text("Nog geen naam wordt gevolgd")
    sound(ciso)
    ciso.get_by_role("link", name="Namen toevoegen").click()
    sound(ciso)
    field(ciso, "Namen").fill(f"{NAME}  # van de vergunningen")
    ciso.get_by_role("button", name="Bewaren").click()
    expect(ciso.get_by_role("link", name=NAME, exact=True)).to_be_visible()
    sound(ciso)

    # Without consent it is not measured: the page says so, and nobody heard of us.
    ask_for_a_measurement(ciso, world)
    sound(ciso)
    assert work().reasons == {"denied:no_consent": 1}
    assert outside.visits == 0
    ciso.reload()
    expect(ciso.locator("main")).to_contain_text("er is geen vrijwaring")
    sound(ciso)
    ciso.goto(f"{world}/buitenkant/metingen/")
    sound(ciso)
    ciso.get_by_role("row").filter(has_text="Op verzoek").get_by_role("link").first.click()
    expect(ciso.locator("aside")).to_contain_text("Er is geen vrijwaring voor")
    sound(ciso)

    # He gives consent: level 2, for this name alone.
    ciso.goto(f"{world}/buitenkant/vrijwaring/")
    expect(ciso.get_by_role("region", name="Niet gemeten omdat een vrijwaring ontbreekt")).to_contain_text(NAME)
    sound(ciso)
    ciso.get_by_role("link", name="Vrijwaring geven").click()
    sound(ciso)
    field(ciso, "Wat mag worden gemeten").fill(NAME)
    field(ciso, "Wie geeft de vrijwaring").fill("Esther Kade")
    field(ciso, "Met welk mandaat").fill("Mandaatbesluit 2026, artikel 4")
    field(ciso, "Wie de vrijwaring geeft, heeft deze tekst gelezen").check()
    ciso.get_by_role("button", name="Deze vrijwaring vastleggen").click()
    expect(ciso.locator("main")).to_contain_text("Mandaatbesluit 2026, artikel 4")
    sound(ciso)

    # The first measurement suspects; what is suspected counts nowhere.
    ask_for_a_measurement(ciso, world)
    assert work().measured == 1
    assert outside.came["tcp 443"] > 0
    ciso.reload()
    row = ciso.get_by_role("region", name="Website").locator("tr.measured__row", has_text=ENDED)
    expect(row).to_contain_text("wordt nog eens gemeten")
    sound(ciso)
    expect(verdict(ciso, world)).to_contain_text("Onbekend")

    # The second confirms: it stands at home, and under Today.
    time.passes(minutes=16)
    assert work().measured == 1
    ciso.goto(f"{world}/buitenkant/")
    expect(ciso.get_by_role("region", name=NAME)).to_contain_text(ENDED)
    sound(ciso)
    ciso.goto(f"{world}/")
    new = ciso.get_by_role("region", name="Aan de buitenkant").get_by_role("link", name=re.compile(ENDED))
    expect(new).to_be_visible()
    sound(ciso)
    expect(verdict(ciso, world)).to_contain_text("Deels")
    expect(why(ciso, HTTPS)).to_contain_text("Nee.")
    sound(ciso)

    # He gives it to the process owner, with a term.
    ciso.goto(f"{world}/")
    new.click()
    issue = ciso.url
    sound(ciso)
    field(ciso, "Wie het herstelt").select_option(label="Sem Dijkgraaf")
    field(ciso, "Uiterlijk op welke dag").fill(str(time.now.date() + timedelta(days=7)))
    ciso.get_by_role("button", name="Bewaren").first.click()
    expect(ciso.locator("aside dl").first).to_contain_text("Sem Dijkgraaf")
    sound(ciso)

    # Who finds it under Today, and reads how to mend it.
    owner = sign_in("proces@dijkstad.example", width=390)
    mine = owner.get_by_role("region", name="Aan de buitenkant")
    sound(owner)
    mine.get_by_role("link", name=re.compile(ENDED)).click()
    assert owner.url == issue
    expect(owner.get_by_role("region", name="Zo herstelt u het")).to_contain_text("Vernieuw het certificaat")
    sound(owner)

    # The server gets another certificate; he asks to see it, and the measurement closes it.
    outside.renew()
    owner.get_by_role("button", name="Opnieuw meten").click()
    expect(owner.locator("main")).to_contain_text("Wacht op meting.")
    sound(owner)
    assert work().measured == 1
    owner.reload()
    happened = owner.get_by_role("region", name="Wat is er gebeurd").get_by_role("listitem")
    for row, told in zip(happened.all(), ("Hersteld", "op verzoek", "Aan iemand gegeven", "Gevonden"), strict=True):
        expect(row).to_contain_text(told)
    sound(owner)
    ciso.goto(f"{world}/buitenkant/")
    expect(ciso.get_by_role("region", name=NAME)).not_to_contain_text(ENDED)

    # The requirement is met, by what was measured.
    expect(verdict(ciso, world)).to_contain_text("Op orde")
    expect(why(ciso, HTTPS)).to_contain_text("Ja.")
    expect(why(ciso, HTTPS)).to_contain_text("gemeten")
    sound(ciso)

    # The trail tells who did what, and is whole.
    ciso.goto(f"{world}/spoor/")
    for told in (
        f"legde een vrijwaring vast om te meten tot niveau 2 ({NAME})",
        f"Noor van der Sluis gaf “{ENDED}” ({NAME}) aan: Sem Dijkgraaf",
        f"Sem Dijkgraaf liet “{ENDED}” ({NAME}) opnieuw meten",
        f"Dijkwacht mat {NAME}, en dit veranderde: {ENDED} (hersteld)",
    ):
        expect(ciso.locator("main")).to_contain_text(told)
    sound(ciso)
    checked = verify(Organisation.objects.get(slug="dijkstad"), on=time.now.date(), at=time.now)
    assert checked.well, checked.lines

    # What was measured keeps for a month; then it is measured again.
    time.passes(days=32)
    expect(verdict(ciso, world)).to_contain_text("Onbekend")
    expect(why(ciso, HTTPS)).to_contain_text("Het antwoord “ja” telde tot en met")
    sound(ciso)
    assert work().measured == 1
    expect(verdict(ciso, world)).to_contain_text("Op orde")
    sound(ciso)
