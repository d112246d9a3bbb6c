"""The accounts of the covenant: what they say, that they stay as made, who may make them, and that nothing in them is markup."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dijkwacht.apps.crisis.models import Crisis, Scaling
from dijkwacht.apps.exercises.models import Lesson, Session
from dijkwacht.apps.landscape.accounts import ACCOUNTS, account
from dijkwacht.apps.landscape.models import Assumption, Need, Paper, TakenOver
from dijkwacht.apps.landscape.queries import covenant as queries
from dijkwacht.apps.landscape.queries import initiatives as runs
from dijkwacht.apps.landscape.queries.lessons import to_take_over
from dijkwacht.apps.landscape.queries.verify import verify_landscape
from dijkwacht.apps.landscape.services import covenant as services
from dijkwacht.apps.landscape.services import initiatives, needs
from dijkwacht.apps.landscape.services.doing import Refused
from dijkwacht.apps.order.models import DecisionFile
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.covenant.papers import Account, digest
from dijkwacht.core.covenant.stand import Come, Course
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, People

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PACK = "pack:supplier_burden"
HOSTILE = '<script>alert(1)</script> =HYPERLINK("x") #let [1] \u202e'


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    return {"person": people("safety_adviser"), "at": NOW}


@pytest.fixture
def adviser(people: People) -> Client:
    return people.browser("safety_adviser")


def url(name: str, organisation: Organisation, *args: Any) -> str:
    return reverse(f"landscape:{name}", args=[organisation.slug, *args])


def costed(organisation: Organisation, does: dict[str, Any], **more: Any) -> None:
    bands = {str(size): [1000, 2000, 5000] for size in ("small", "middle", "large")}
    told = needs.Handled(
        yearly=bands, hours=[10, 20, 40], basis="Offerte van drie gemeenten", benefit="Minder werk", **more
    )
    needs.handle(organisation, need=PACK, told=told, **does)


def texts(found: Account) -> str:
    return json.dumps([[part.name, part.texts, part.items, part.rows] for part in found.parts], ensure_ascii=False)


# -- what they say ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("product", sorted(ACCOUNTS))
def test_an_empty_house_has_every_account_and_says_what_it_cannot(organisation: Organisation, product: str) -> None:
    found = account(organisation, product, on=TODAY)
    assert found.organisation == organisation.name
    assert found.parts
    assert found.unknown
    assert all(each.source for each in found.figures)
    assert all(len(row) == len(part.heads) for part in found.parts for row in part.rows)


@pytest.mark.parametrize("product", sorted(ACCOUNTS))
def test_every_figure_stands_in_a_text_under_its_number(organisation: Organisation, product: str) -> None:
    found = account(organisation, product, on=TODAY)
    said = texts(found)
    assert all(f"{each.value} [{each.number}]" in said for each in found.figures)
    assert [each.number for each in found.figures] == [*range(1, len(found.figures) + 1)]


def test_the_day_decides_what_is_late(organisation: Organisation) -> None:
    before = queries.stand(organisation, on=date(2023, 12, 31))
    after = queries.stand(organisation, on=date(2024, 1, 1))
    come = [{each.id: judged.come for each, judged in stand.agreed}["process_evaluation"] for stand in (before, after)]
    assert come == [Come.UNKNOWN, Come.LATE]


def test_what_was_only_announced_does_not_run(organisation: Organisation) -> None:
    found = {each.pack.id: each.course for each in runs.pack_initiatives(organisation, on=TODAY)}
    assert len(found) == 55
    assert found["scenario_sessions"] == Course.UNKNOWN
    assert found["ncsc_merger"] == Course.LAPSED
    assert (found["nlcs"], found["city_deal"], found["vng_agenda"]) == (Course.RUNNING, Course.DONE, Course.LAPSING)
    later = {each.pack.id: each.course for each in runs.pack_initiatives(organisation, on=date(2027, 1, 1))}
    assert (later["scenario_sessions"], later["vng_agenda"]) == (Course.LAPSED, Course.LAPSED)


def test_an_initiative_of_the_packs_counts_for_the_need_it_should_meet(organisation: Organisation) -> None:
    found = {each.key: each.weighed.closes for each in queries.stand(organisation, on=TODAY).needs}
    assert found["pack:supplier_burden"] == 4
    assert found["pack:early_sight_online"] == 1


def test_costs_are_added_and_needs_without_are_named(organisation: Organisation, does: dict[str, Any]) -> None:
    costed(organisation, does)
    needs.speak(organisation, need=PACK, felt="strong", because="", **does)
    initiatives.assume(organisation, years=2, municipalities={"small": 10}, remark="", source="eigen telling", **does)
    found = queries.investment(organisation, queries.stand(organisation, on=TODAY).needs)
    line = found.agenda.lines[0]
    assert (line.municipalities.likely, line.total.likely, line.total.high) == (10, 40_000, 100_000)
    assert len(found.without) == 13
    said = texts(account(organisation, "investment", on=TODAY))
    assert "€\u00a040.000 [2]" in said
    assert "eigen telling" in said
    assert "how many municipalities feel it" in said


def test_without_costs_nothing_is_added_up(organisation: Organisation) -> None:
    found = account(organisation, "investment", on=TODAY)
    assert "nothing to add up" in texts(found)
    assert not found.figures


def test_what_was_said_after_the_day_is_left_out_and_told(organisation: Organisation, does: dict[str, Any]) -> None:
    costed(organisation, does, holder="wij")
    needs.speak(organisation, need=PACK, felt="strong", because="", **does)
    before = queries.stand(organisation, on=TODAY - DAY)
    seen = next(each for each in before.needs if each.key == PACK)
    assert (before.later, seen.handling, seen.weighed.voices.spoke) == (2, None, 0)
    assert any("after this day" in each for each in account(organisation, "nds", on=TODAY - DAY).unknown)


def test_the_mayor_tells_of_crises_and_powers_and_of_no_addressee(
    organisation: Organisation, does: dict[str, Any]
) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=NOW.tzinfo)
    Crisis.objects.create(organisation=organisation, year=2026, number=1, title="Stroom weg", what="x", opened_at=at)
    Crisis.objects.create(
        organisation=organisation, year=2026, number=2, title="Spel", what="x", opened_at=at, exercise=True
    )
    given = {
        "organisation": organisation,
        "on": at.date(),
        "made_at": at,
        "decided_at": at,
        "addressee": "Jansen",
        "closed_part": "geheim",
    }
    DecisionFile.objects.create(**given, name="D1", title="Titel", power="no_such", state="decided", decided_as="mayor")
    DecisionFile.objects.create(
        **given, name="D2", title="Regio", power="no_such", state="decided", decided_as="region_chair"
    )
    DecisionFile.objects.create(
        organisation=organisation, on=at.date(), made_at=at, name="D3", title="Concept", power="x"
    )
    said = texts(account(organisation, "council", on=TODAY))
    assert "Stroom weg" in said
    assert all(word not in said for word in ("Spel", "Jansen", "geheim", "Titel", "Regio", "Concept"))
    assert "1 [2]" in said


def test_the_region_tells_only_of_what_was_more_than_local(organisation: Organisation) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=NOW.tzinfo)
    made = [
        Crisis.objects.create(
            organisation=organisation, year=2026, number=n, title=title, what="x", opened_at=at, grip="grip0"
        )
        for n, title in ((1, "Klein"), (2, "Groot"))
    ]
    Scaling.objects.create(
        crisis=made[1],
        ladder="grip",
        level="grip4",
        was="grip1",
        decided_by="voorzitter",
        reason="Drie gemeenten",
        at=at,
        written_at=at,
    )
    said = texts(account(organisation, "region", on=TODAY))
    assert "Groot" in said
    assert "Drie gemeenten" in said
    assert "Klein" not in said


# -- made --------------------------------------------------------------------------------------------------
def test_what_was_made_stays_as_it_was(organisation: Organisation, does: dict[str, Any]) -> None:
    made = services.make(organisation, product="nds", on=TODAY, **does)
    before = {form: services.file_of(made, form).content for form in services.TYPES}
    needs.raise_need(organisation, told=needs.Raised("Nieuw", "Iets", "2"), **does)
    again = Paper.objects.get(pk=made.pk)
    assert {form: services.file_of(again, form).content for form in services.TYPES} == before
    assert again.digest == digest(again.content)
    entry = Entry.objects.filter(act="landscape.product_made").get()
    assert entry.detail["digest"] == made.digest
    held = verify_landscape(organisation)
    assert (held.faulty, held.uncovered) == ([], [])


def test_the_same_of_the_same_day_is_made_once(organisation: Organisation, does: dict[str, Any]) -> None:
    services.make(organisation, product="nlcs", on=TODAY, **does)
    with pytest.raises(Refused, match="unchanged"):
        services.make(organisation, product="nlcs", on=TODAY, **does)
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "code"), [({"product": "other", "on": TODAY}, "odd"), ({"product": "nds", "on": TODAY + DAY}, "future")]
)
def test_what_cannot_be_made(organisation: Organisation, does: dict[str, Any], given: Any, code: str) -> None:
    with pytest.raises(Refused, match=code):
        services.make(organisation, **given, **does)
    assert not Entry.objects.filter(act="landscape.product_made").exists()


def test_it_is_written_in_dutch_whoever_makes_it(organisation: Organisation, does: dict[str, Any]) -> None:
    made = services.make(organisation, product="evaluation", on=TODAY, **does)
    assert made.content["title"] == "Evaluatiedossier 2027"


def test_hostile_texts_stay_texts_in_every_file(
    organisation: Organisation, does: dict[str, Any], adviser: Client
) -> None:
    costed(organisation, {**does}, holder=HOSTILE)
    initiatives.assume(
        organisation, years=1, municipalities={"small": 1}, remark=HOSTILE, source=HOSTILE, doubts=HOSTILE, **does
    )
    made = services.make(organisation, product="investment", on=TODAY, **does)
    files = {form: services.file_of(made, form).content for form in services.TYPES}
    assert files["pdf"].startswith(b"%PDF")
    lines = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))
    assert all(not cell.startswith(("=", "+", "@")) for line in lines for cell in line)
    assert json.loads(files["json"])["sha256"] == made.digest
    for page in (url("covenant_paper", organisation, made.pk), url("covenant_account", organisation, "investment")):
        assert b"<script>alert" not in adviser.get(page).content


# -- lessons -------------------------------------------------------------------------------------------------
def lesson(organisation: Organisation, **more: Any) -> Lesson:
    session = Session.objects.create(
        organisation=organisation,
        title="Storm",
        planned_on=TODAY,
        held_on=TODAY,
        script={},
        evaluated_at=timezone.now(),
    )
    given = {"kind": "need", "text": "Een nummer voor elke regio", "written_at": NOW, **more}
    return Lesson.objects.create(session=session, **given)


def test_a_lesson_is_taken_over_once(organisation: Organisation, does: dict[str, Any]) -> None:
    row = lesson(organisation, text="x " * 300)
    assert to_take_over(organisation, on=TODAY) == [row]
    made = services.take_over(organisation, lesson=row, **does)
    assert len(made.title) == 200
    assert to_take_over(organisation, on=TODAY) == []
    with pytest.raises(Refused, match="taken"):
        services.take_over(organisation, lesson=row, **does)
    assert TakenOver.objects.count() == 1


def test_only_a_need_and_only_our_own(
    organisation: Organisation, other_organisation: Organisation, does: dict[str, Any]
) -> None:
    with pytest.raises(Refused, match="no_need"):
        services.take_over(organisation, lesson=lesson(organisation, kind="keep"), **does)
    with pytest.raises(Refused, match="another"):
        services.take_over(organisation, lesson=lesson(other_organisation), **does)
    assert not Need.objects.exists()


def test_the_register_offers_lessons(organisation: Organisation, adviser: Client, people: People) -> None:
    row = lesson(organisation)
    assert "Een nummer voor elke regio" in adviser.get(url("needs", organisation)).text
    assert "Take over as a need" not in people.browser("mayor").get(url("needs", organisation)).text
    adviser.post(url("lesson_take_over", organisation, row.pk))
    assert Need.objects.get().needed == row.text


# -- pages ---------------------------------------------------------------------------------------------------
PAGES = ["covenant", "covenant_account:nds", "initiatives", "pack_initiative:lcp_d"]
STEERED = ["covenant_assume", "pack_initiative_join:lcp_d"]
POSTS = ["covenant_make:nds", "pack_initiative_leave:lcp_d"]


@pytest.mark.parametrize("page", PAGES + STEERED + POSTS)
def test_litany(organisation: Organisation, other_organisation: Organisation, people: People, page: str) -> None:
    name, _, argument = page.partition(":")
    address = url(name, organisation, *([argument] if argument else []))

    def ask(client: Client) -> int:
        return (client.post if page in POSTS else client.get)(address).status_code

    assert ask(Client()) == 302
    assert ask(people.stranger(other_organisation)) == 404
    assert ask(people.browser("mayor")) == (200 if page in PAGES else 403)
    assert ask(people.browser("safety_adviser")) == (302 if page in POSTS else 200)


@pytest.mark.parametrize("product", ["council", "region"])
def test_accounts_of_an_office_only_for_who_may_see_decisions(
    organisation: Organisation, people: People, product: str
) -> None:
    address, making = url("covenant_account", organisation, product), url("covenant_make", organisation, product)
    assert people.browser("mayor").get(address).status_code == 200
    assert people.browser("secretary").get(address).status_code == 403
    assert people.browser("secretary").post(making).status_code == 403
    people.browser("safety_adviser").post(making)
    made = Paper.objects.get(product=product)
    assert people.browser("secretary").get(url("covenant_paper", organisation, made.pk)).status_code == 200


def test_what_is_not_there_is_not_there(
    organisation: Organisation, other_organisation: Organisation, does: dict[str, Any], adviser: Client
) -> None:
    theirs = services.make(other_organisation, product="nds", on=TODAY, **does)
    ours = services.make(organisation, product="nds", on=TODAY, **does)
    for address in (
        url("covenant_account", organisation, "other"), url("covenant_paper", organisation, theirs.pk),
        url("covenant_file", organisation, theirs.pk, "pdf"), url("covenant_file", organisation, ours.pk, "exe"),
        url("pack_initiative", organisation, "nothing"),
    ):  # fmt: skip
        assert adviser.get(address).status_code == 404
    assert adviser.post(url("covenant_make", organisation, "other")).status_code == 404
    assert adviser.post(url("lesson_take_over", organisation, 999_999)).status_code == 404


@pytest.mark.parametrize("form", sorted(services.TYPES))
def test_files_are_downloaded(organisation: Organisation, does: dict[str, Any], adviser: Client, form: str) -> None:
    made = services.make(organisation, product="council", on=TODAY, **does)
    answer = adviser.get(url("covenant_file", organisation, made.pk, form))
    assert answer["Content-Type"] == services.TYPES[form]
    assert answer["Content-Disposition"].endswith(f'council-{TODAY.isoformat()}.{form}"')


@pytest.mark.parametrize("product", sorted(ACCOUNTS))
def test_the_page_of_an_account_leads_from_figure_to_source(
    organisation: Organisation, adviser: Client, does: dict[str, Any], product: str
) -> None:
    costed(organisation, does)
    page = adviser.get(url("covenant_account", organisation, product)).text
    assert 'href="#figure-1"' in page
    assert 'id="figure-1"' in page
    found = account(organisation, product, on=TODAY).figures
    assert all(reverse(each.page, args=[organisation.slug]) in page for each in found if each.page)


def test_a_day_that_is_no_day_is_today(organisation: Organisation, adviser: Client) -> None:
    for on in ("gisteren", "9999-99-99", ""):
        answer = adviser.get(url("covenant_account", organisation, "nds"), {"on": on})
        assert answer.context["on"] == TODAY
    assert adviser.get(url("covenant_account", organisation, "nds"), {"on": "2026-01-01"}).context["on"] == date(
        2026, 1, 1
    )


def test_what_changed_since_is_named(organisation: Organisation, does: dict[str, Any], adviser: Client) -> None:
    made = services.make(organisation, product="nds", on=TODAY, **does)
    page = url("covenant_paper", organisation, made.pk)
    assert adviser.get(page).context["changed"] == []
    needs.raise_need(organisation, told=needs.Raised("Nieuw", "Iets", "2"), **does)
    assert adviser.get(page).context["changed"]


def test_assumptions_are_written_and_shown_again(organisation: Organisation, adviser: Client) -> None:
    address = url("covenant_assume", organisation)
    given = {"years": "6", "n_small": "3", "n_middle": "", "n_large": "0", "source": "", "doubts": "", "remark": ""}
    assert "Say where the numbers" in adviser.post(address, given).text
    adviser.post(address, {**given, "source": "eigen telling"})
    row = Assumption.objects.get()
    assert (row.years, row.municipalities, row.source) == (6, {"small": 3, "large": 0}, "eigen telling")
    assert 'value="6"' in adviser.get(address).text


def test_one_takes_part_in_an_initiative_of_the_packs(organisation: Organisation, adviser: Client) -> None:
    adviser.post(
        url("pack_initiative_join", organisation, "ggi_veilig"), {"since": TODAY.isoformat(), "how": "Contract"}
    )
    found = runs.pack_initiative(organisation, "ggi_veilig", on=TODAY)
    assert found
    assert (found.members, found.part and found.part.how) == (1, "Contract")
    adviser.post(url("pack_initiative_leave", organisation, "ggi_veilig"))
    found = runs.pack_initiative(organisation, "ggi_veilig", on=TODAY)
    assert found
    assert found.part is None
