"""The pages of dependence: who may what, what they say, and what they never tell."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from dijkwacht.apps.people.models import Share
from dijkwacht.apps.suppliers import dependence_section
from dijkwacht.apps.suppliers.dependence_words import after
from tests.suppliers.conftest import NOW, TODAY
from tests.suppliers.dependence_world import link, service, shares, supplier, use

LOOKS = ("dependence", "concentration", "concentration_csv", "exit_plans", "orders", "shares")
WITH = ("what_if", "what_if_csv", "what_if_json")
HOSTILE = "<script>alert(1)</script>"


def url(name: str, *parts: object, **query: object) -> str:
    base = reverse(f"suppliers:{name}", args=("dijkstad", *parts))
    return base + "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else base


def text(browser, name: str, *parts: object, **query: object) -> str:
    page = browser.get(url(name, *parts, **query))
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


@pytest.fixture
def world(organisation):
    """Our register: a process through a service, a supplier and its sub-supplier, and one with a way around."""
    cloud, deep = supplier(organisation, "Rekenwolk", "90000001"), supplier(organisation, "Datahal", "90000009")
    use(service(cloud, "Zaakwolk"), "Uitkeringen", 4)
    use(service(cloud, "Balie een"), "Loket", 1, "lijn")
    use(service(supplier(organisation, "Reserve", "90000002"), "Balie twee"), "Loket", 1, "lijn")
    link(cloud, deep, 24)
    return cloud


class TestWho:
    def test_a_stranger_finds_nothing(self, people, other_organisation, organisation) -> None:
        browser = people.stranger(other_organisation)
        assert {browser.get(url(name)).status_code for name in LOOKS} == {404}
        assert {browser.get(url(name, wie="k90000001")).status_code for name in WITH} == {404}
        assert browser.get(url("dependence", bereik="gedeeld")).status_code == 404

    def test_who_is_not_signed_in_goes_to_sign_in(self, client, organisation) -> None:
        assert {client.get(url(name)).status_code for name in (*LOOKS, *WITH)} == {302}

    def test_who_only_answers_sees_nothing_of_it(self, people, organisation) -> None:
        browser = people.browser("respondent")
        assert {browser.get(url(name)).status_code for name in (*LOOKS, *WITH)} == {403}

    @pytest.mark.parametrize("role", ["auditor", "college", "supplier_manager", "ciso"])
    def test_who_sees_everything_sees_this(self, role, people, organisation, world) -> None:
        browser = people.browser(role)
        assert {browser.get(url(name)).status_code for name in LOOKS} == {200}
        assert {browser.get(url(name, wie="k90000001")).status_code for name in WITH} == {200}

    def test_what_others_share_is_for_who_may_receive_it(self, people, organisation, make_organisation, world) -> None:
        other = make_organisation("polder")
        shares(other, organisation)
        supplier(other, "Rekenwolk", "90000001")
        asked = {"bereik": "gedeeld", "wie": "k90000001"}
        names = ("dependence", "what_if", "what_if_csv", "what_if_json", "concentration", "concentration_csv")
        for role, code in (
            ("ciso", 200),
            ("coach", 200),
            ("supervisor", 200),
            ("supplier_manager", 403),
            ("college", 403),
        ):
            browser = people.browser(role)
            assert {browser.get(url(name, **asked)).status_code for name in names} == {code}

    def test_who_only_receives_does_not_see_our_own(self, people, organisation, make_organisation, world) -> None:
        other = make_organisation("polder", name="Polder aan Zee")
        shares(other, organisation)
        use(service(supplier(other, "Rekenwolk", "90000001")), "Reisdocumenten", 4)
        page = text(people.browser("coach"), "what_if", wie="k90000001", bereik="gedeeld")
        assert "Reisdocumenten" in page
        assert "Uitkeringen" not in page
        assert people.browser("coach").get(url("what_if", wie="k90000001")).status_code == 403


class TestWhatIf:
    def test_it_says_what_stops_when_and_through_what(self, ciso, world) -> None:
        page = text(ciso, "what_if", wie="k90000009")
        assert "Without Datahal, 1 process or system stops: after 28 hours." in page
        assert "Uitkeringen" in page
        assert "without Balie een, by Balie twee" in page
        assert "<svg" in page

    def test_nothing_stops_is_said_with_care(self, ciso, organisation) -> None:
        supplier(organisation, "Los", "90000005")
        assert "As far as the register tells, nothing stops without Los." in text(ciso, "what_if", wie="k90000005")

    def test_who_is_not_in_the_register_leads_back(self, ciso, world) -> None:
        for asked in ("k99999999", "zomaar", "s1'--", "%00", "k" + "9" * 300):
            page = ciso.get(url("what_if", wie=asked))
            assert (page.status_code, page.url) == (302, url("dependence"))
        assert ciso.get(url("what_if")).status_code == 302

    def test_several_at_once(self, ciso, world) -> None:
        page = text(ciso, "what_if", wie="k90000001&wie=k90000002")
        assert "Without Rekenwolk and Reserve, 2 processes and systems stop, the first after 1 hour." in page
        assert "all 2 ways run out" in page
        assert "Leave out" in page

    def test_hours_that_nobody_knows_are_said(self, ciso, organisation) -> None:
        use(service(supplier(organisation, "Los", "90000005")), "Loket", None)
        page = text(ciso, "what_if", wie="k90000005")
        assert "not known, perhaps at once" in page
        assert "Of 1 of them nobody filled in how long it can do without." in page

    def test_csv_and_json_tell_the_same(self, ciso, world) -> None:
        answer = ciso.get(url("what_if_csv", wie="k90000001"))
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert [(row["Process or system"], row["Hours"]) for row in rows] == [("Uitkeringen", "4")]
        data = ciso.get(url("what_if_json", wie="k90000001")).json()
        assert [(each["name"], each["hours"], each["by"]) for each in data["stops"]] == [
            ("Uitkeringen", 4, ["Zaakwolk", "Rekenwolk"])
        ]
        assert [each["name"] for each in data["goes_on"]] == ["Loket"]
        assert data["gone"] == [{"name": "Rekenwolk", "kvk": "90000001", "row": None}]

    def test_hostile_names_stay_text(self, ciso, organisation) -> None:
        bad = supplier(organisation, f"=1+1{HOSTILE}", "90000005")
        use(service(bad, f"@dienst{HOSTILE}"), f"+proces{HOSTILE}", 0)
        for name in ("what_if", "dependence", "concentration"):
            assert HOSTILE not in text(ciso, name, wie="k90000005")
        assert ciso.get(url("dependence", zoek="%3Cscript")).url == url("what_if", wie="k90000005")
        file = ciso.get(url("what_if_csv", wie="k90000005")).content.decode("utf-8-sig")
        assert not any(
            cell.startswith(("=", "+", "@")) for row in csv.reader(io.StringIO(file), delimiter=";") for cell in row
        )

    def test_a_search_with_one_answer_goes_there(self, ciso, world) -> None:
        page = ciso.get(url("dependence", zoek="Datahal"))
        assert (page.status_code, page.url) == (302, url("what_if", wie="k90000009"))
        assert "No supplier fits" in text(ciso, "dependence", zoek="nergens")
        assert "Which one do you mean?" in text(ciso, "dependence", zoek="e")


class TestShared:
    def test_names_of_others_only_while_they_share(self, people, organisation, make_organisation, world) -> None:
        other = make_organisation("polder", name="Polder aan Zee", safety_region="Noord")
        use(service(supplier(other, "Rekenwolk", "90000001"), "Hun dienst"), "Reisdocumenten", 4)
        browser = people.browser("ciso")
        names = ("Polder aan Zee", "Reisdocumenten", "Hun dienst")
        hidden = [
            text(browser, name, wie="k90000001", bereik="gedeeld")
            for name in ("what_if", "dependence", "concentration")
        ]
        hidden.append(browser.get(url("what_if_json", wie="k90000001", bereik="gedeeld")).content.decode())
        assert not any(name in page for name in names for page in hidden)
        given = shares(other, organisation, tlp="AMBER+STRICT")
        page = text(browser, "what_if", wie="k90000001", bereik="gedeeld")
        assert all(name in page for name in names)
        assert "TLP:AMBER+STRICT" in page
        assert "Reisdocumenten" not in text(browser, "what_if", wie="k90000001")
        Share.objects.filter(pk=given.pk).update(revoked_at=NOW)
        assert not any(name in text(browser, "what_if", wie="k90000001", bereik="gedeeld") for name in names)

    def test_narrowed_to_a_region(self, ciso, organisation, make_organisation, world) -> None:
        for name, region in (("Noordstad", "Noord"), ("Zuidstad", "Zuid")):
            here = make_organisation(name.lower(), name=name, safety_region=region)
            shares(here, organisation)
            use(service(supplier(here, "Rekenwolk", "90000001")), "Reisdocumenten", 4)
        page = text(ciso, "what_if", wie="k90000001", bereik="gedeeld", regio="Zuid")
        assert "Zuidstad" in page
        assert "Noordstad" not in page
        table = text(ciso, "concentration", bereik="gedeeld", regio="Zuid")
        assert "1 of 1" in table

    def test_hidden_concentration(self, ciso, organisation, make_organisation) -> None:
        for name in ("een", "twee"):
            here = make_organisation(name)
            shares(here, organisation)
            link(supplier(here, "Rekenwolk", "90000001"), supplier(here, "Datahal", "90000009"))
            use(service(supplier(here, "Rekenwolk", "90000001")), "Loket", 0)
        page = text(ciso, "concentration", bereik="gedeeld", verborgen="on")
        assert "Nobody buys from it, and 2 organisations lean on it." in page
        assert "Rekenwolk" not in page.split("<tbody", 1)[1].split("</tbody>", 1)[0]
        rows = ciso.get(url("concentration_csv", bereik="gedeeld")).content.decode("utf-8-sig").splitlines()
        assert len(rows) == 3

    def test_odd_filters_show_nothing_wrong(self, ciso, world) -> None:
        for query in ({"bereik": "x"}, {"bereik": "gedeeld", "regio": "x"}, {"proces": "x"}, {"page": "x"}):
            assert ciso.get(url("concentration", **query)).status_code == 200
            assert ciso.get(url("dependence", **query)).status_code == 200


class TestExits:
    def test_critical_services_without_a_plan(self, ciso, organisation, world, does) -> None:
        from dijkwacht.apps.suppliers.models import ExitPlan

        what = service(world, "Keten", national_chain="yes")
        assert "1 of 1 critical service has no exit plan." in text(ciso, "exit_plans")
        plan = ExitPlan.objects.create(
            service=what, alternative="x", data="x", steps="x", made_on=TODAY, reviewed_on=TODAY - timedelta(days=366)
        )
        assert "not looked at for a year" in text(ciso, "exit_plans")
        ExitPlan.objects.filter(pk=plan.pk).update(reviewed_on=TODAY)
        assert "never tried out" in text(ciso, "exit_plans")
        ExitPlan.objects.filter(pk=plan.pk).update(tested_on=TODAY)
        assert "kept up, and tried out on" in text(ciso, "exit_plans")

    def test_what_may_be_critical_is_not_said_to_be_fine(self, ciso, organisation, world) -> None:
        page = text(ciso, "exit_plans")
        assert "No service is known to be critical." in page
        assert "may be critical: not all is known" in page


def test_the_section_of_a_supplier(organisation, people, world) -> None:
    from dijkwacht.apps.people.access import Seat
    from dijkwacht.core import access

    seat = Seat(organisation, people("ciso"), ("ciso",), (), access.rights(("ciso",)))
    section = dependence_section.on_supplier(seat, world, on=TODAY)
    assert section is not None
    assert section.context["answer"] == "Without Rekenwolk, 1 process or system stops: after 4 hours."
    assert section.url == url("what_if", wie="k90000001")
    world.ended_on = TODAY
    assert dependence_section.on_supplier(seat, world, on=TODAY) is None


@pytest.mark.parametrize(
    ("hours", "sure", "said"),
    [
        (0, True, "at once"), (0, False, "not known, perhaps at once"), (1, True, "after 1 hour"), (24, True, "after 24 hours"),
        (48, True, "after 2 days"), (49, True, "after 49 hours"), (72, False, "after 3 days or later"),
    ],
)  # fmt: skip
def test_when_in_words(hours: float, sure: bool, said: str) -> None:
    assert after(hours, sure=sure) == said
