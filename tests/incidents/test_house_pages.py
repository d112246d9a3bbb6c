"""The pages about who is called, the registration and the year: who may what, and what they say."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dijkwacht.apps.incidents.models import Clock, Duty, EntityRole, Registration
from dijkwacht.apps.incidents.queries.registration import record_of
from dijkwacht.apps.incidents.services import calling, intake, registering, reports, weighing
from dijkwacht.apps.ledger.services.subjects import register_subject
from tests.incidents.conftest import KNOWN, NOW, OUTAGE, SMALL, TODAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAGES = ("duty", "duty_add", "registration", "registration_tell", "role_add", "overview", "overview_csv")
CHANGES = ("duty_add", "registration_tell", "role_add")


def url(name: str, *parts: int) -> str:
    return reverse(f"incidents:{name}", args=("dijkstad", *parts))


class TestWho:
    def test_a_stranger_finds_nothing(self, people, other_organisation, organisation) -> None:
        browser = people.stranger(other_organisation)
        assert {browser.get(url(name)).status_code for name in PAGES} == {404}

    def test_who_is_not_signed_in_goes_to_sign_in(self, client, organisation) -> None:
        assert {client.get(url(name)).status_code for name in PAGES} == {302}

    @pytest.mark.parametrize("role", ["college", "auditor", "respondent"])
    def test_who_does_not_handle_changes_nothing(self, role, people, organisation, does) -> None:
        row = calling.put_on_duty(organisation, who=people("ciso"), role="reporter", **does())
        browser = people.browser(role)
        assert {browser.get(url(name)).status_code for name in CHANGES} == {403}
        assert browser.post(url("duty_end", row.pk)).status_code == 403
        seen = 403 if role == "respondent" else 200
        assert {browser.get(url(name)).status_code for name in set(PAGES) - set(CHANGES)} == {seen}

    def test_what_is_of_another_is_not_there(self, ciso, other_organisation, make_person, does) -> None:
        theirs = make_person("ciso", at_organisation=other_organisation)
        row = calling.put_on_duty(other_organisation, who=theirs, role="reporter", person=theirs, at=NOW)
        role = registering.take_role(other_organisation, role="roads", since=TODAY, person=theirs, at=NOW)
        assert ciso.post(url("duty_end", row.pk)).status_code == 404
        assert ciso.get(url("role_end", role.pk)).status_code == 404
        assert Duty.objects.get().until is None


class TestDuty:
    def test_nobody_is_said_plainly(self, ciso) -> None:
        page = ciso.get(url("duty"))
        assert "Nobody: nobody is on duty to report" in page.content.decode()

    def test_who_is_put_on_duty_is_called(self, ciso, people) -> None:
        for who, said in (("ciso", "is called first"), ("process_owner", "is deputy number 1")):
            sent = {"role": "reporter", "who": people(who).pk, "phone": "06 12345678", "eherkenning": "EH3"}
            page = ciso.post(url("duty_add"), sent, follow=True)
            assert f"{people(who)} {said}" in page.content.decode()
        text = ciso.get(url("duty")).content.decode()
        assert "A ciso is called first, then A process_owner." in text
        assert "2 people on duty can sign in to the portal" in text

    def test_deputies_are_called_when_it_presses(self, ciso, people, organisation, does) -> None:
        for who in ("ciso", "process_owner"):
            calling.put_on_duty(organisation, who=people(who), role="reporter", **does())
        calls = ciso.get(url("duty")).context["calls"]
        assert [len(each.people) for each in calls] == [1, 2, 2]

    def test_who_left_is_not_called_and_the_page_says_so(self, ciso, people, organisation, does) -> None:
        calling.put_on_duty(organisation, who=people("process_owner"), role="reporter", eherkenning="EH3", **does())
        people("process_owner").roles.update(valid_to=TODAY)
        page = ciso.get(url("duty"))
        assert "has no role here any more" in page.content.decode().lower()
        assert "Nobody on duty can sign in" in page.content.decode()

    def test_off_duty_moves_the_deputy_up(self, ciso, people, organisation, does) -> None:
        first, second = (
            calling.put_on_duty(organisation, who=people(who), role="reporter", **does())
            for who in ("ciso", "process_owner")
        )
        assert ciso.post(url("duty_end", first.pk)).status_code == 302
        second.refresh_from_db()
        assert second.rank == 1
        assert "finished already" in ciso.post(url("duty_end", first.pk), follow=True).content.decode()

    @pytest.mark.parametrize(
        "wrong", [{"who": ""}, {"role": "chef"}, {"phone": "bel maar"}, {"eherkenning": "EH2"}, {"who": "999999"}]
    )
    def test_what_cannot_be_is_refused_at_the_field(self, ciso, people, wrong) -> None:
        sent = {"role": "reporter", "who": people("ciso").pk, **wrong}
        page = ciso.post(url("duty_add"), sent)
        assert page.status_code == 200
        assert set(page.context["form"].errors) == set(wrong)
        assert not Duty.objects.exists()

    def test_nobody_is_on_duty_twice_for_one_thing(self, ciso, people) -> None:
        sent = {"role": "reporter", "who": people("ciso").pk}
        ciso.post(url("duty_add"), sent)
        assert "That is so already." in ciso.post(url("duty_add"), sent).content.decode()


TOLD = {
    "name": "Dijkstad", "domains": "dijkstad.example\nwww.dijkstad.example", "ip_ranges": "192.0.2.0/24",
    "told_at": "2026-11-24T10:00", "receipt": "R-7",
}  # fmt: skip


class TestRegistration:
    def test_nothing_noted_yet_is_no_verdict(self, ciso) -> None:
        assert "not noted here yet" in ciso.get(url("registration")).context["answer"]

    def test_what_was_told_is_kept_as_it_was(self, ciso) -> None:
        assert ciso.post(url("registration_tell"), TOLD).status_code == 302
        row = Registration.objects.get()
        assert row.values["domains"] == ["dijkstad.example", "www.dijkstad.example"]
        assert row.values["ip_ranges"] == ["192.0.2.0/24"]
        assert (row.receipt, row.told_at.isoformat()) == ("R-7", "2026-11-24T09:00:00+00:00")

    def test_what_differs_is_named_with_its_term(self, ciso, organisation, people, does) -> None:
        values = dict(record_of(organisation, on=TODAY).values)
        registering.note_told(organisation, values=values, told_at=NOW - DAY, **does())
        assert ciso.get(url("registration")).context["answer"].startswith("Yes")
        register_subject(organisation, kind="domain", name="nieuw.example", person=people("ciso"), on=TODAY, at=NOW)
        assert "starts at the next tick" in ciso.get(url("registration")).context["answer"]
        registering.watch(organisation, at=NOW)
        page = ciso.get(url("registration"))
        assert page.context["answer"].startswith("No: 1 item changed")
        assert "9 December 2026" in page.context["answer"]
        assert [(row.name, row.new, row.gone) for row in page.context["changed"]] == [
            ("Domain names", ("nieuw.example",), ())
        ]
        assert page.context["term"].tone != "late"

    def test_what_is_late_says_so(self, ciso, organisation, does) -> None:
        registering.note_told(organisation, values={"name": "Oud"}, told_at=NOW - 40 * DAY, **does())
        registering.watch(organisation, at=NOW - 30 * DAY)
        page = ciso.get(url("registration"))
        assert "It had to be told no later than" in page.context["answer"]
        assert page.context["term"].tone == "late"

    def test_it_is_filled_with_what_our_records_say(self, ciso, organisation, people, does) -> None:
        register_subject(organisation, kind="domain", name="nieuw.example", person=people("ciso"), on=TODAY, at=NOW)
        registering.note_told(organisation, values={"name": "Oud", "address": "Plein 1"}, told_at=NOW, **does())
        initial = ciso.get(url("registration_tell")).context["form"].initial
        assert (initial["name"], initial["address"], initial["domains"]) == ("Dijkstad", "Plein 1", "nieuw.example")

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("ip_ranges", "192.0.2.0/33"), ("ip_ranges", "geen"), ("domains", "http://x.example/"), ("domains", "zonderpunt"),
            ("told_at", "2026-11-26T10:00"), ("told_at", ""), ("told_at", "2026-10-25T02:30"), ("name", ""),
            ("domains", "\n".join(f"n{n}.example" for n in range(2001))), ("name", "a\0b"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_at_the_field(self, ciso, field, text) -> None:
        page = ciso.post(url("registration_tell"), {**TOLD, field: text})
        assert page.status_code == 200
        assert set(page.context["form"].errors) == {field}
        assert not Registration.objects.exists()

    def test_a_legal_role_comes_and_goes(self, ciso) -> None:
        assert ciso.post(url("role_add"), {"role": "roads", "since": "2026-11-01"}).status_code == 302
        assert (
            "That is so already"
            in ciso.post(url("role_add"), {"role": "roads", "since": "2026-11-02"}).content.decode()
        )
        row = EntityRole.objects.get()
        early = ciso.post(url("role_end", row.pk), {"until": "2026-10-01"})
        assert set(early.context["form"].errors) == {"until"}
        assert ciso.post(url("role_end", row.pk), {"until": "2026-11-25"}).status_code == 302
        row.refresh_from_db()
        assert row.until == TODAY
        assert ciso.post(url("role_add"), {"role": "koning", "since": "2026-11-01"}).status_code == 200


class TestOverview:
    @pytest.fixture
    def year(self, tell, does):
        """One significant and reported late, one weighed as not, one restricted, an exercise."""
        heavy = tell(title="Zwaar", began_at=KNOWN - HOUR)
        weighing.weigh(heavy, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
        draft = reports.begin(heavy, form="early_warning", **does())
        reports.send(draft, to={"ncsc": "portal"}, lacks=True, **does())
        intake.change(heavy, values={"cause": "human_error", "recovered_at": KNOWN + HOUR}, **does())
        weighing.weigh(tell(title="=1+1"), answers=SMALL, decided=False, because="", **does())
        tell(title="Geheim", restricted=True)
        tell(title="Oefening", exercise=True)
        return heavy

    def test_the_year_in_one_sentence(self, ciso, year) -> None:
        page = ciso.get(url("overview"))
        assert page.context["answer"] == (
            "3 were recorded, 1 of them is significant; 1 of 1 legal term was kept in time, 1 still runs."
        )
        assert page.context["recovery"][0] == "2 hours"
        text = page.content.decode()
        assert "human error" in text
        assert "Early warning" in text

    def test_who_does_not_handle_counts_without_what_is_restricted(self, people, year) -> None:
        page = people.browser("college").get(url("overview"))
        assert page.context["found"].total == 2
        assert "only who handles incidents sees it" in page.content.decode()
        assert b"Geheim" not in people.browser("college").get(url("overview_csv")).content
        assert b"Geheim" in people.browser("ciso").get(url("overview_csv")).content

    def test_the_list_is_for_a_spreadsheet_and_runs_nothing(self, ciso, year) -> None:
        answer = ciso.get(url("overview_csv"))
        assert 'filename="dijkstad-incidenten-2026.csv"' in answer["Content-Disposition"]
        rows = answer.content.decode("utf-8-sig").splitlines()
        assert len(rows) == 4
        assert not any(cell.startswith("=") for row in rows for cell in row.split(";"))
        assert "Oefening" not in answer.content.decode()

    @pytest.mark.parametrize("asked", ["", "26", "2026x", "٢٠٢٦", "1999", "99999"])
    def test_what_is_no_year_is_not_there(self, ciso, asked) -> None:
        assert ciso.get(url("overview"), {"jaar": asked}).status_code == 404

    def test_an_empty_year_says_that_it_is_empty(self, ciso, year) -> None:
        page = ciso.get(url("overview"), {"jaar": "2024"})
        assert page.context["answer"] == "Nothing was recorded in 2024."
        assert "does not say that nothing happened" in page.content.decode()

    def test_a_term_that_ended_unmet_is_late_whatever_came_after(self, ciso, tell, does, monkeypatch) -> None:
        incident = tell()
        weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
        Clock.objects.filter(rule="cbw-26").update(due_at=NOW - HOUR)
        assert ciso.get(url("overview")).context["found"].late == 1


def test_the_pages_cost_a_fixed_number_of_queries(ciso, tell, django_assert_max_num_queries) -> None:
    for _ in range(12):
        tell()
    with django_assert_max_num_queries(25):
        ciso.get(url("overview"))
    assert date(2026, 11, 25) == TODAY
