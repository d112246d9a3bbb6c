"""The clock: an incident is told of, weighed and reported, each legal term to the minute; and the same path as an exercise.

The time machine shows another day and lets nobody act there, so what must be done hours later is done in a rehearsal, which has
a clock of its own.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from dijkwacht.apps.incidents.middleware import OF
from dijkwacht.apps.incidents.models import Clock, Delivery, Duty, EntityRole, Incident, MonitoringReport, Rehearsal
from dijkwacht.apps.incidents.services import alerting, rehearsing
from dijkwacht.apps.incidents.term_words import rule_name
from dijkwacht.apps.incidents.urls import HERE, urlpatterns
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.commands.verifying import verify
from dijkwacht.web.moments import moment_words
from tests.e2e.conftest import axe

pytestmark = pytest.mark.django_db(transaction=True)
ZONE, HOUR, DAY = ZoneInfo("Europe/Amsterdam"), timedelta(hours=1), timedelta(days=1)


def sound(page: Page) -> None:
    """Nothing for axe to say, and nothing to scroll to sideways."""
    assert axe(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def words(at: datetime) -> str:
    """A moment as a page of ours says it."""
    with translation.override("nl"):
        return moment_words(at)


def term(page: Page, rule: str) -> Locator:
    """A legal term on the page of an incident, by its rule."""
    name = page.locator(".deadline__name", has_text=re.compile(rf"^\s*{re.escape(name_of(rule))}\s*$"))
    return page.locator(".deadline").filter(has=name).first


def name_of(rule: str) -> str:
    """What a page calls a term."""
    with translation.override("nl"):
        return rule_name(rule)


def due(incident: Incident, rule: str) -> datetime:
    """When a term ends."""
    found = Clock.objects.exclude(state="void").get(incident=incident, rule=rule).due_at
    assert found is not None
    return found.astimezone(ZONE)


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def weigh_as_significant(page: Page) -> None:
    page.get_by_role("link", name="Wegen", exact=True).click()
    sound(page)
    for question, answer in (("service_down", "yes"), ("planned", "no"), ("outage_over", "no")):
        page.locator(f"input[name=q_{question}][value={answer}]").check()
    page.locator("input[name=q_outage_hours]").fill("6")
    press(page, "Bekijk wat eruit volgt")
    sound(page)
    page.locator("input[name=decided][value=significant]").check()
    press(page, "Besluit vastleggen")


def write_and_send(page: Page, rule: str) -> None:
    """Writes the report that a term asks for, checks it and records it as sent."""
    page.locator("li").filter(has=term(page, rule)).get_by_role(
        "link", name=re.compile("^Deze melding schrijven")
    ).click()
    sound(page)
    press(page, "Beginnen")
    sound(page)
    for asked in page.locator("main form textarea, main form input[type=text]").all():
        if not asked.input_value():
            asked.fill("Wordt nog uitgezocht.")
    press(page, "Bewaren en controleren")
    sound(page)
    for receiver in page.locator("main form select").all():
        receiver.select_option(index=1)
    missing = page.locator("main form input[type=checkbox][name=lacks]")
    if missing.count():
        missing.check()
    press(page, "Vastleggen: verstuurd")
    expect(page.locator("main")).to_contain_text("Verstuurd op")


def test_told_weighed_and_looked_at_later(site: str, sign_in: Callable[..., Page], settings: Any) -> None:
    settings.DIJKWACHT_TIME_MACHINE = True
    ciso = sign_in("ciso@dijkstad.example", refused=(409,))

    # Within a minute it is told, by hand, with nothing to look up.
    began = monotonic()
    ciso.goto(f"{site}/o/dijkstad/incidenten/")
    ciso.get_by_role("link", name="Incident melden").click()
    ciso.locator("main").get_by_label("Wat is het, in één regel").fill("Brug gaat niet open")
    ciso.locator("main").get_by_label("Wat is er gebeurd").fill(
        "De bediening reageert niet; de leverancier onderzoekt het."
    )
    press(ciso, "Vastleggen")
    expect(ciso.get_by_role("heading", level=1)).to_have_text("Brug gaat niet open")
    assert monotonic() - began < 60
    sound(ciso)
    row = Incident.objects.filter(title="Brug gaat niet open").latest("pk")
    here = f"{site}{reverse('incidents:incident', args=['dijkstad', row.pk])}"

    # Weighed as significant: 24 and 72 hours, each with its exact moment.
    expect(ciso.locator("main")).to_contain_text("Er loopt geen termijn")
    weigh_as_significant(ciso)
    row.refresh_from_db()
    assert ciso.url == here
    for rule, hours in (("cbw-26", 24), ("cbw-27", 72)):
        assert due(row, rule) == (row.significant_at + hours * HOUR).astimezone(ZONE)
        expect(term(ciso, rule)).to_contain_text(words(due(row, rule)))
    expect(term(ciso, "cbw-26")).to_contain_text(re.compile(r"nog\s(23|24)\suur"))
    sound(ciso)

    # One button is loud: that of what is due first.
    main = ciso.locator("#terms ~ ul")
    expect(main.locator(".utrecht-button--primary-action")).to_have_count(1)
    expect(main.locator(".utrecht-button--secondary-action").first).to_be_visible()

    # The time machine looks at a day later: late, in red, before any command came by; and nothing can be done there.
    look_at(ciso, datetime.now(ZONE) + DAY, here)
    late = term(ciso, "cbw-26")
    expect(late).to_contain_text("te laat")
    expect(late).to_have_class(re.compile("deadline--late"))
    assert late.locator(".deadline__left").evaluate("e => getComputedStyle(e).color") == colour(ciso, "--late")
    expect(term(ciso, "cbw-27")).not_to_have_class(re.compile("deadline--late"))
    expect(ciso.locator(".travelled")).to_contain_text("niets veranderen")
    sound(ciso)
    ciso.goto(f"{here}tijdlijn/")
    ciso.locator("main textarea").first.fill("Niet nu.")
    with ciso.expect_response(re.compile("tijdlijn")) as answered:
        ciso.locator("main form button[type=submit]").first.click()
    assert answered.value.status == 409


def look_at(page: Page, at: datetime, url: str) -> None:
    """Lets the session look at another day, by the form in the menu of the person."""
    with page.expect_navigation():
        page.evaluate(
            """day => { const form = document.querySelector("form.travel");
            form.querySelector("[name=day]").value = day; form.submit(); }""",
            at.date().isoformat(),
        )
    page.goto(url)


def colour(page: Page, token: str) -> str:
    """A colour of the design system, as the browser writes it."""
    return str(
        page.evaluate(
            """token => { const e = document.createElement("i"); e.style.color = `var(${token})`;
            document.body.append(e); const found = getComputedStyle(e).color; e.remove(); return found; }""",
            token,
        )
    )


def run_to(page: Page, at: datetime) -> None:
    """Lets the clock of an exercise run to a moment."""
    page.locator("input[name=to]").fill(at.strftime("%Y-%m-%dT%H:%M"))
    page.locator("main form.form").get_by_role("button", name="Laat de klok lopen").click()
    page.wait_for_load_state()


def test_the_whole_path_on_the_clock_of_an_exercise(site: str, sign_in: Callable[..., Page]) -> None:
    ciso = sign_in("ciso@dijkstad.example")
    ciso.goto(f"{site}/o/dijkstad/incidenten/oefenen/")
    ciso.locator("input[name=scenario][value='']").check()
    ciso.locator("input[name=title]").fill("Brug gaat niet open")
    ciso.locator("textarea[name=what]").fill("De bediening reageert niet.")
    press(ciso, "Start de oefening")
    row = Rehearsal.objects.filter(incident__title="Brug gaat niet open").latest("pk")
    known, drill, incident = row.began_at.astimezone(ZONE), ciso.url, row.incident
    here = f"{site}{reverse('incidents:incident', args=['dijkstad', incident.pk])}"
    marked(ciso)
    ciso.goto(here)
    weigh_as_significant(ciso)
    marked(ciso)
    assert due(incident, "cbw-26") - known < 24 * HOUR + timedelta(minutes=1)

    # At 20 hours: warned, by mail too, and marked as an exercise.
    mail.outbox.clear()
    ciso.goto(drill)
    run_to(ciso, known + 20 * HOUR)
    marked(ciso)
    expect(ciso.get_by_role("region", name="Wie is gewaarschuwd")).to_contain_text(name_of("cbw-26"))
    alerting.send_waiting(at=known)
    early = [each for each in mail.outbox if name_of("cbw-26") in each.subject]
    assert early
    assert all("OEFENING" in each.subject + each.body for each in early)

    # The early warning is written, checked and sent; its receipt comes in.
    ciso.goto(here)
    write_and_send(ciso, "cbw-26")
    marked(ciso)
    ciso.goto(drill)
    run_to(ciso, known + 71 * HOUR)
    assert all(each.receipt.startswith("OEFENING-") for each in Delivery.objects.filter(report__incident=incident))
    ciso.goto(here)
    expect(ciso.locator("details", has_text="termijn").first).to_be_visible()
    assert Clock.objects.get(incident=incident, rule="cbw-26").state == "met"

    # At 71 hours the notification; from it runs the final report, one calendar month.
    write_and_send(ciso, "cbw-27")
    sent = Clock.objects.get(incident=incident, rule="cbw-27").met_at
    assert sent is not None
    assert sent <= known + 72 * HOUR
    end, start = due(incident, "cbw-29-1"), sent.astimezone(ZONE)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) in (1, 2)
    assert 28 <= (end - start).days <= 35
    ciso.goto(here)
    expect(term(ciso, "cbw-29-1")).to_contain_text(words(end))
    sound(ciso)

    # Past its end it is handled by then, and the final report late: in red.
    ciso.goto(f"{here}stand/")
    ciso.locator("input[name=state][value=handled], select[name=state]").first.evaluate(
        "e => { if (e.tagName === 'SELECT') e.value = 'handled'; else e.checked = true; }"
    )
    ciso.locator("main form button[type=submit]").first.click()
    ciso.wait_for_load_state()
    ciso.goto(drill)
    run_to(ciso, end + DAY)
    ciso.goto(here)
    late = term(ciso, "cbw-29-1")
    expect(late).to_contain_text("te laat")
    assert late.locator(".deadline__left").evaluate("e => getComputedStyle(e).color") == colour(ciso, "--late")
    marked(ciso)
    ciso.goto(f"{drill}verslag/")
    marked(ciso)

    # Nothing of it left the house, and the trail is whole and in order of time.
    assert not Delivery.objects.filter(report__incident=incident, organisation__isnull=False).exists()
    at = datetime.now(ZONE)
    checked = verify(Organisation.objects.get(slug="dijkstad"), on=at.date(), at=at)
    assert checked.well, checked.lines


def marked(page: Page) -> None:
    """Every page of an exercise says so, and is sound."""
    expect(page.locator(".exercise-band")).to_contain_text("OEFENING")
    sound(page)


NOT_LOOKED_AT = frozenset(
    {
        "seen",
        "unhit",
        "contact_end",
        "lesson_finish",
        "report_drop",
        "duty_end",
        "role_end",
        "rehearsal_run",
        "registration_seen",
        "delivery_open",
        "monitoring_incident",
        "monitoring_preview",
    }
)
"""Addresses that only do something."""


def pages(organisation: str) -> Iterator[tuple[str, str]]:
    """Every page of the room with the demo in it: its name and address, files and buttons left out."""
    at, slug, here = datetime.now(ZONE), {"organisation": organisation}, Organisation.objects.get(slug=organisation)
    if organisation == "dijkstad" and rehearsing.standing(here) is None:
        ciso = Person.objects.get(email="ciso@dijkstad.example")
        rehearsing.begin(here, title="Proef", what="Alles ligt stil.", person=ciso, at=at)
    for each in urlpatterns:
        route, name = str(each.pattern), str(each.name)
        if name in NOT_LOOKED_AT or "." in route.rpartition("/")[2]:
            continue
        if "<int:pk>" not in route:
            yield name, reverse(f"incidents:{name}", kwargs=slug)
        for pk in _numbers(route, organisation):
            yield name, reverse(f"incidents:{name}", kwargs={**slug, "pk": pk})


def _numbers(route: str, organisation: str) -> list[int]:
    """Of an address with a number: one that really happened and one of an exercise, where the demo has them."""
    if "<int:pk>" not in route:
        return []
    word = route.removeprefix(HERE).partition("<")[0].strip("/")
    if word == "bewaking":
        return list(MonitoringReport.objects.filter(organisation__slug=organisation).values_list("pk", flat=True)[:1])
    own: dict[str, Any] = {
        "oefenen": Rehearsal, "wie-dienst-heeft": Duty, "registratie/hoedanigheid": EntityRole, "ontvangen": Delivery,
    }  # fmt: skip
    if word == "ontvangen":
        return list(Delivery.objects.filter(organisation__slug=organisation).values_list("pk", flat=True)[:1])
    if organisation != "dijkstad":
        return []
    if word in own:
        return list(own[word].objects.order_by("-pk").values_list("pk", flat=True)[:1])
    model, path = OF[word] if word else (Incident, "")
    rows = model._default_manager.filter(
        **{f"{path}__organisation__slug" if path else "organisation__slug": organisation}
    )
    exercise = f"{path}__exercise" if path else "exercise"
    found = (
        rows.filter(**{exercise: each}).order_by("-pk").values_list("pk", flat=True).first() for each in (False, True)
    )
    return [pk for pk in found if pk is not None]


@pytest.mark.parametrize(("who", "width"), [("ciso@dijkstad.example", 1280), ("csirt", 390)])
def test_every_page_of_the_room_is_sound(site: str, sign_in: Callable[..., Page], width: int, who: str) -> None:
    organisation = "dijkstad"
    if who == "csirt":
        receiver = Organisation.objects.get(kind="csirt")
        organisation, who = receiver.slug, Person.objects.filter(roles__organisation=receiver).earliest("pk").email
    page = sign_in(who, width=width, refused=(403, 404, 405))
    seen, wrong = 0, []
    for name, address in pages(organisation):
        answer = page.goto(f"{site}{address}")
        if answer is None or answer.status in (403, 404, 405):
            continue
        assert answer.status == 200, (name, address, answer.status)
        seen += 1
        wrong += [f"{name} {address}: {each}" for each in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{name} {address}: scrolls sideways")
    assert wrong == []
    assert seen >= (35 if organisation == "dijkstad" else 3)
