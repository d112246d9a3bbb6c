"""Pages of interventions and plans: who sees and writes, hostile input, and what they say."""

import csv
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.crime.models.figures import LocalCounts
from dijkwacht.apps.crime.models.help import Plan
from dijkwacht.apps.crime.services import plans as services
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.crime_packs import crime_packs
from tests.crime.plan_made import told
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, People

pytestmark = pytest.mark.django_db
READ = ("interventions", "fits", "plans")
SENT: dict[str, Any] = {
    "title": "Bel terug", "phenomena": ["bank_helpdesk"], "goal": "Ouderen hangen op.", "indicator": "Wie ophangt",
    "unit": "procent", "baseline": "38,5", "key_person": "voorzitter", "done_by": "team", "start": "2026-11-01",
    "evaluate_on": "2027-03-01",
}  # fmt: skip


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    return {"person": people("safety_adviser"), "at": NOW}


@pytest.fixture
def plan(organisation: Organisation, does: dict[str, Any]) -> Plan:
    return services.add(organisation, told=told(intervention="hackshield"), **does)


@pytest.fixture
def adviser(people: People) -> Client:
    return people.browser("safety_adviser")


def at(name: str, organisation: Organisation, *args: Any) -> str:
    return reverse(f"crime:{name}", args=[organisation.slug, *args])


def addresses(organisation: Organisation, plan: Plan) -> tuple[list[str], list[str]]:
    reads = [*(at(name, organisation) for name in READ), at("intervention", organisation, "hackshield"),
             at("plan", organisation, plan.pk)]  # fmt: skip
    writes = [at("plan_add", organisation)]
    writes += [at(name, organisation, plan.pk) for name in ("plan_change", "plan_measure", "plan_evaluate")]
    return reads, writes


def test_who_sees_and_who_writes(
    organisation: Organisation, other_organisation: Organisation, plan: Plan, people: People, client: Client
) -> None:
    reads, writes = addresses(organisation, plan)
    sees = people.browser("ciso")
    for url in reads:
        assert sees.get(url).status_code == 200, url
        assert sees.post(url).status_code == 405, url
    for url in writes:
        assert people.browser("safety_adviser").get(url).status_code == 200, url
        for method in (people.browser("auditor").get, people.browser("auditor").post):
            assert method(url).status_code == 403, url
    stranger = people.stranger(other_organisation)
    for url in (*reads, *writes):
        assert stranger.get(url).status_code == 404, url
        assert client.get(url).status_code == 302, url


def test_what_is_not_there_or_of_another(
    organisation: Organisation, other_organisation: Organisation, adviser: Client, does: dict[str, Any]
) -> None:
    theirs = services.add(other_organisation, told=told(), **does)
    for name in ("plan", "plan_change", "plan_measure", "plan_evaluate"):
        for pk in (theirs.pk, 999_999):
            assert adviser.get(at(name, organisation, pk)).status_code == 404
    assert adviser.get(at("intervention", organisation, "miracle")).status_code == 404


def test_the_catalogue_tells_how_strong_the_evidence_is_and_is_narrowed(
    organisation: Organisation, adviser: Client
) -> None:
    url, pack = at("interventions", organisation), crime_packs().catalogue
    page = adviser.get(url).content.decode()
    names = [each.name for each in sorted(pack.interventions.values(), key=lambda each: each.name.casefold())]
    places = [page.index(f">{name}</a>") for name in names]
    assert places == sorted(places)
    assert "Process evaluation" in page
    for wanted, chosen in (
        ({"fenomeen": "mules"}, lambda each: "mules" in each.phenomena),
        (
            {"doelgroep": "children", "onderzoek": "process"},
            lambda each: "children" in each.groups and each.evidence == "process",
        ),
    ):  # fmt: skip
        rows = adviser.get(url, wanted).context["rows"]
        assert {row["each"].id for row in rows} == {each.id for each in pack.interventions.values() if chosen(each)}
    assert "We know no intervention like this" in adviser.get(url, {"onderzoek": "victimisation"}).content.decode()
    assert adviser.get(url, {"fenomeen": "<script>alert(1)</script>"}).status_code == 200


def test_what_fits_comes_with_reasons(organisation: Organisation, plan: Plan, adviser: Client) -> None:
    url = at("fits", organisation)
    assert "Our picture points at nothing yet." in adviser.get(url).content.decode()
    counts = [["Meldpunt", "2026KW03", "mules", 14], ["Meldpunt", "2026KW03", "hacking", 0]]
    LocalCounts.objects.create(organisation=organisation, name="a.csv", sha256="a", counts=counts, bound=5, at=NOW)
    page = adviser.get(url, {"doelgroep": ["seniors"]})
    said = {row["each"].id: reasons for row, reasons, _fit in page.context["fit"]}
    assert said["geldezels"] == ["It stands in our own counts: money mules."]
    assert all(
        any("group that you chose" in each or "own counts" in each for each in reasons) for reasons in said.values()
    )
    assert "hackshield" not in said
    assert adviser.get(url, {"doelgroep": "'; drop table"}).status_code == 200


def test_a_plan_from_the_catalogue(organisation: Organisation, adviser: Client) -> None:
    url = f"{at('plan_add', organisation)}?interventie=hackshield"
    page = adviser.get(url).content.decode()
    assert 'value="HackShield"' in page
    assert "No effect on victims was shown." in page
    sent = adviser.post(url, {**SENT, "baseline": "38.5"})
    made = Plan.objects.get()
    assert sent.status_code == 302
    assert (made.intervention, made.baseline, made.phenomena) == ("hackshield", 38.5, ["bank_helpdesk"])
    assert (
        adviser.post(f"{at('plan_add', organisation)}?interventie=miracle", {**SENT, "baseline": ""}).status_code == 302
    )
    assert Plan.objects.latest("pk").intervention == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""}, {"phenomena": ["weather"]}, {"start": "gisteren"}, {"start": "9999-01-01"}, {"baseline": "veel"},
        {"baseline": "1e999"}, {"cost": "-4"}, {"cost": "99999999999999999999"}, {"unit": "x" * 61},
        {"last_day": "2026-10-01"}, {"evaluate_on": "2026-11-01"}, {"title": "x" * 5000}, {"title": "\x00"},
    ],
)  # fmt: skip
def test_a_wrong_plan_is_asked_again(organisation: Organisation, adviser: Client, wrong: dict[str, Any]) -> None:
    page = adviser.post(at("plan_add", organisation), {**SENT, "baseline": "38.5", **wrong})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Plan.objects.exists()


def test_from_measuring_to_learning(organisation: Organisation, plan: Plan, adviser: Client) -> None:
    assert (
        "It has begun, and nothing was measured yet." in adviser.get(at("plan", organisation, plan.pk)).content.decode()
    )
    early = adviser.post(at("plan_evaluate", organisation, plan.pk), {"on": TODAY, "helped": "yes", "learned": "Ja."})
    assert "Nothing was measured, so it cannot be said" in early.content.decode()
    for on, value in (("2026-11-05", "40"), ("2026-11-20", "52.5")):
        sent = {"on": on, "value": value, "source": "Rollenspel, 60 deelnemers"}
        assert adviser.post(at("plan_measure", organisation, plan.pk), sent).status_code == 302
    page = adviser.get(at("plan", organisation, plan.pk)).content.decode()
    assert "On 20 November 2026 it was 52.5 procent" in page
    assert "does not show that this plan did it" in page
    learned = "<b>Rollenspel</b> werkt."
    sent = {"on": "2026-11-25", "helped": "partly", "learned": learned}
    assert adviser.post(at("plan_evaluate", organisation, plan.pk), sent).status_code == 302
    page = adviser.get(at("plan", organisation, plan.pk)).content.decode()
    assert "&lt;b&gt;Rollenspel" in page
    assert learned not in page
    assert "Note a measurement" not in page
    refused = adviser.post(at("plan_measure", organisation, plan.pk), {"on": TODAY, "value": "1", "source": "x"})
    assert "This plan was evaluated" in refused.content.decode()


def test_the_list_says_what_was_not_learned(organisation: Organisation, adviser: Client, does: dict[str, Any]) -> None:
    url = at("plans", organisation)
    assert "No plan was made here yet." in adviser.get(url).content.decode()
    services.add(organisation, told=told(title="Lang", evaluate_on=TODAY), **does)
    page = adviser.get(url).content.decode()
    assert "1 intervention runs. Of 1 nobody wrote yet what was learned." in page
    assert "The evaluation was due on 25 November 2026." in page


def test_the_plans_as_a_file(
    organisation: Organisation, other_organisation: Organisation, people: People, does: dict[str, Any]
) -> None:
    made = services.add(organisation, told=told(title="=HYPERLINK(1)", intervention="hackshield"), **does)
    services.measure(made, on=TODAY, value=Decimal("40.5"), source="60 deelnemers", **does)
    services.add(other_organisation, told=told(title="Van hen"), **does)
    sees = people.browser("ciso")
    found = sees.get(at("plans_download", organisation, "csv"))
    text = found.content.decode("utf-8-sig")
    assert "HackShield" in text
    assert "Van hen" not in text
    assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(text)) for cell in row)
    book = sees.get(at("plans_download", organisation, "ods")).content
    assert "60 deelnemers" in zipfile.ZipFile(io.BytesIO(book)).read("content.xml").decode()
    assert sees.get(at("plans_download", organisation, "exe")).status_code == 404
    assert people.stranger(other_organisation).get(at("plans_download", organisation, "csv")).status_code == 404
