"""Today: what needs this person, and before when; nothing of it for a stranger."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ensia.services.handing import hand_out
from dijkwacht.apps.ensia.services.years import hand_in, open_year
from dijkwacht.apps.isms.services.plan import ActionText, add_action
from dijkwacht.apps.ledger.services import asking
from dijkwacht.apps.ledger.services.facts import withdraw
from dijkwacht.apps.people.models import Role
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin
from tests.ledger.small import TODAY

HERE = "/o/dijkstad/"


@pytest.fixture(autouse=True)
def _own(own):
    return own


def days(number):
    return TODAY + timedelta(days=number)


# -- who may come in ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "role", ["ciso", "process_owner", "respondent", "coordinator", "college", "auditor", "administrator"]
)
def test_works_for_each_role(visitor, say, role):
    say("house.policy", True)
    page = visitor(role).get(HERE)
    assert page.status_code == 200
    assert page.context["answer"]


def test_stranger_anonymous_and_nowhere(visitor, browser, other_organisation):
    assert visitor.stranger(other_organisation).get(HERE).status_code == 404
    assert "login" in Client().get(HERE).url
    assert browser.get("/o/nergens/").status_code == 404


def test_the_root_leads_to_the_only_organisation(browser, visitor, make_person, client_for, other_organisation):
    assert browser.get("/").url == HERE
    assert client_for(make_person()).get("/").url == reverse("people:organisations")
    assert "login" in Client().get("/").url


def test_with_several_organisations_there_is_a_choice(browser, ciso, other_organisation):
    Role.objects.create(person=ciso, organisation=other_organisation, role="ciso", valid_from=TODAY - timedelta(900))
    assert browser.get("/").url == reverse("people:organisations")


# -- what it says ------------------------------------------------------------------------------------
def test_an_empty_organisation_in_plain_words(browser):
    page = browser.get(HERE)
    assert "Nothing has been judged yet" in page.text
    assert "No verdict has turned in the last seven days." in page.text
    assert page.context["answer"].startswith("Nothing presses today.")
    assert page.context["day"].questions_left > 5


def test_what_was_asked_of_me_comes_first(browser, visitor, make_person, client_for, organisation, own, ciso, at):
    person = make_person("respondent", language="en")
    mine = client_for(person)
    assert "Nothing waits for you" in mine.get(HERE).text
    what = {"of": person, "person": ciso, "on": TODAY, "at": at}
    asking.ask(organisation, subject=own, fact_type="house.policy", note="Weet jij dit?", **what)
    page = mine.get(HERE)
    assert page.context["answer"] == "This needs attention: 1 question asked of you."
    assert "Weet jij dit?" in page.text
    assert reverse("ledger:question", args=["dijkstad", "dijkstad", "house.policy"]) in page.text
    assert "How we stand</h2>" not in page.text  # a respondent does not see where the organisation is weak
    assert "Weet jij dit?" not in visitor("process_owner").get(HERE).text


def test_answers_that_expire_are_grouped_by_the_answer(browser, say):
    say("house.policy", True, on=days(-340))  # a year: 25 days left; bio2:1, and bio2:2 and cbw:1 through mfa
    say("house.mfa", True, on=days(-340))
    say("house.tested_on", days(-300))  # within a year: 65 days left
    day = browser.get(HERE).context["day"]
    assert [(each.fact_type, each.count) for each in day.soon] == [("house.policy", 3)]
    assert [(each.fact_type, each.count, (each.day - TODAY).days) for each in day.later] == [("house.tested_on", 1, 66)]


def test_an_exception_that_ends_is_told(browser, say):
    say("house.mfa", False)
    say("house.exception", {"reason": "Oud", "owner": "J. Vis", "until": days(10)})
    day = browser.get(HERE).context["day"]
    assert ("house.exception", 1) in [(each.fact_type, each.count) for each in day.soon]


def test_contradictions(browser, say):
    say("house.policy", True)
    assert browser.get(HERE).context["day"].contradictions == []
    say("house.policy", False, origin=Origin.AUDIT, assurance=Assurance.AUDITED)
    found = browser.get(HERE).context["day"].contradictions
    assert [(each.fact_type, each.count) for each in found] == [("house.policy", 3)]
    say("house.mfa", True)
    say("house.mfa", True, origin=Origin.AUDIT)  # says the same
    assert len(browser.get(HERE).context["day"].contradictions) == 1


def test_what_turned_this_week_and_no_more_than_that(browser, say, ciso, at):
    say("house.policy", True, on=days(-30))
    assert browser.get(HERE).context["day"].turned == ()
    say("house.policy", False, on=days(-3))
    turned = browser.get(HERE).context["day"].turned
    assert {each.line.id: (each.before, each.after) for each in turned} == {
        "bio2:1": ("met", "not_met"), "bio2:2": ("unknown", "not_met"), "cbw:1": ("unknown", "not_met"),
    }  # fmt: skip


def test_there_and_back_is_no_change(browser, say, ciso, at):
    fact = say("house.policy", True).fact
    assert browser.get(HERE).context["day"].turned
    withdraw(fact, person=ciso, on=TODAY, at=at)
    assert browser.get(HERE).context["day"].turned == ()


def test_accounts_with_the_reuse_factor(browser, visitor, say):
    say("house.policy", True)
    page = browser.get(HERE)
    assert [each.account.id for each in page.context["day"].accounts] == ["council", "rdi"]
    assert page.context["day"].whole.reuse == 1.0
    assert "1 of 7 in order" in page.text
    college = visitor("college").get(HERE).text
    assert college.index("How we stand</h2>") < college.index("Turned this week</h2>")
    assert "Answer the first" not in college


def test_an_auditor_sees_what_is_only_said(visitor, say):
    say("house.policy", True)
    page = visitor("auditor").get(HERE)
    assert page.context["day"].only_said == 1
    assert "in order on a statement alone" in page.text


def test_few_queries(browser, say, django_assert_max_num_queries):
    say("house.policy", True, on=days(-340))
    say("house.policy", False, origin=Origin.AUDIT)
    # each room that presses is one look by an index, those beyond the walls one together; more only when there is any
    with django_assert_max_num_queries(38):
        browser.get(HERE)


def test_of_many_tasks_the_first_are_shown_and_the_rest_is_folded(client_for, ciso, organisation):
    from dijkwacht.apps.ledger.models import Assignment

    names = [f"bio2:{n}" for n in range(1, 8)]
    Assignment.objects.bulk_create(
        Assignment(organisation=organisation, requirement=name, person=ciso, asked_on=TODAY) for name in names
    )
    page = client_for(ciso).get("/o/dijkstad/").text
    shown, folded = page.split("(7 in all)" if "(7 in all)" in page else "(7 in totaal)")
    assert (shown.count("/klaar/"), folded.count("/klaar/")) == (5, 2)


# -- what other rooms ask ----------------------------------------------------------------------------
def test_a_line_of_ensia_is_one_thing_to_do(organisation, make_person, client_for, ciso, at):
    year = open_year(organisation, year=TODAY.year, coordinator=ciso, person=ciso, on=TODAY, at=at)
    person = make_person("respondent", language="en")
    hand_out(year, line="BIO", to=person, person=ciso, on=TODAY, at=at, due=days(5), note="Graag op tijd")
    page = client_for(person).get(HERE)
    (handed,) = page.context["day"].handed
    assert handed.url in page.text
    assert page.context["day"].tasks == []  # what the line asks is not told again, requirement by requirement
    assert page.context["answer"] == "This needs attention: 1 line of ENSIA."
    assert handed.due == days(5)
    assert f"{ciso} asked you this" in page.text
    assert "“Graag op tijd”" in page.text
    assert "“Graag op tijd”" in client_for(person).get(handed.url).text
    hand_in(year, line="BIO", person=ciso, on=TODAY, at=at)
    assert client_for(person).get(HERE).context["day"].handed == []


def test_own_actions_that_press_and_late_ones_of_others(organisation, make_person, client_for, ciso, at):
    owner = make_person("process_owner", language="en")
    for title, due, of in (("Mine", 5, owner), ("Far", 60, owner), ("Past", -2, ciso)):
        text = ActionText(title, days(due), "", of)
        add_action(organisation, text=text, person=ciso, on=TODAY, at=at)
    day = client_for(owner).get(HERE).context["day"]
    assert [each.title for each in day.plan.own] == ["Mine"]
    assert day.plan.others_late == 0  # only who keeps the management system looks after others
    add_action(organisation, text=ActionText("Theirs", days(-1), "", owner), person=ciso, on=TODAY, at=at)
    page = client_for(ciso).get(HERE)
    assert ([each.title for each in page.context["day"].plan.own], page.context["day"].plan.others_late) == (
        ["Past"],
        1,
    )


def test_what_suppliers_and_the_monitoring_ask(
    organisation, other_organisation, ciso, visitor, django_assert_max_num_queries
):
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from dijkwacht.apps.incidents.models import MonitoringAlert, MonitoringReport
    from dijkwacht.apps.ledger.services.evidence import add_evidence
    from dijkwacht.apps.suppliers.models import Agreed, Collective, Membership, Supplier
    from dijkwacht.apps.suppliers.models.collective import CollectiveKind

    held = Collective.objects.create(
        organisation=other_organisation, name="Samen bewaken", kind=CollectiveKind.values[0], since=days(-90),
        added_at=timezone.now(),
    )  # fmt: skip
    Membership.objects.create(collective=held, organisation=organisation, since=days(-9), told_by_holder=True)
    supplier = Supplier.objects.create(organisation=organisation, name="Rekenwolk", added_on=days(-99))
    for due in (-1, 0, 9):
        Agreed.objects.create(
            organisation=organisation, supplier=supplier, key=f"k{due}", text="Eis", weight="must", due=days(due),
            since=days(-99),
        )  # fmt: skip
    report = MonitoringReport.objects.create(
        organisation=organisation, key="soc", service="SOC", first=days(-31), end=days(-1), came_at=timezone.now(), form="json",
        file=add_evidence(organisation, file=ContentFile(b"{}"), name="soc.json", person=ciso, on=TODAY, at=timezone.now()),
    )  # fmt: skip
    rows = [("high", False), ("critical", None), ("high", True), ("low", False), *[("high", False)] * 5]
    for n, (severity, handled) in enumerate(rows):
        MonitoringAlert.objects.create(
            organisation=organisation, key="soc", number=str(n), at=timezone.now(), title=f"Melding {n}", severity=severity,
            handled=handled, last=report,
        )  # fmt: skip
    client = visitor("ciso")
    client.get(HERE)
    with django_assert_max_num_queries(40):
        page = client.get(HERE)
    day = page.context["day"]
    assert (len(day.incidents.alerts), day.incidents.alert_count) == (5, 7)
    assert (day.agreed_late, [each.collective for each in day.to_confirm]) == (1, [held])
    for words in (
        "7 severe alerts of the monitoring that nobody handled", "1 requirement agreed with a supplier to look at",
        "1 collective service to confirm",
    ):  # fmt: skip
        assert words in page.context["answer"]
    for link in (f"/bewaking/{report.pk}/", '/bewaking/"', f"/samen/{held.pk}/", "/afspraken/"):
        assert link in page.text, link
    other = visitor("auditor").get(HERE).context["day"]
    assert (other.incidents.alerts, other.agreed_late, other.to_confirm) == ((), 0, [])
