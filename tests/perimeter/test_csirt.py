"""A CSIRT: its basis, names of others, and what it tells them; and the mails of this room."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.perimeter.models import Alert, Consent, Domain, IssueState, Notice, Run
from dijkwacht.apps.perimeter.queries.verify import verify_perimeter
from dijkwacht.apps.perimeter.services import csirt, names, notices, public
from dijkwacht.apps.perimeter.services.alerting import send_waiting, write_alerts
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.models import Entry
from tests.perimeter.made import AT, ON, consent, domain, issue, later, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(make_organisation):
    return make_organisation("csirt", name="CSIRT", kind="csirt")


@pytest.fixture
def analyst(make_person, team):
    return make_person("csirt_analyst", at_organisation=team)


@pytest.fixture
def basis(team):
    return consent(team, None, kind="csirt", scope=["*"], basis="Cbw, art. x")


@pytest.fixture
def found(team, organisation, basis):
    """Something wrong at a name of Dijkstad, seen by the CSIRT."""
    return issue(domain(team, whose=organisation))


def at(name: str, *more: Any, organisation: str = "csirt") -> str:
    return reverse(f"perimeter:{name}", args=[organisation, *more])


# -- basis and names ----------------------------------------------------------------------------------
def test_basis_and_names(team, organisation, analyst, client_for):
    browser = client_for(analyst)
    assert browser.post(at("csirt_names"), {"whose": "dijkstad", "names": "dijkstad.example"}).status_code == 200
    assert not Domain.objects.exists()  # first the basis
    sent = {
        "basis": "Cbw, art. x", "scope": "*", "exclude": "", "level": "2", "since": "2026-11-25", "until": "",
        "signatory": "Lotte Baken", "mandate": "Aanwijzing", "begin": "", "end": "",
    }  # fmt: skip
    assert "level" in browser.post(at("csirt_basis"), sent | {"level": "3"}).context["form"].errors
    assert browser.post(at("csirt_basis"), sent).url == at("csirt")
    assert Consent.objects.get().kind == "csirt"
    assert browser.post(at("csirt_names"), {"whose": "dijkstad", "names": "dijkstad.example"}).url == at(
        "csirt_one", "dijkstad"
    )
    name = Domain.objects.get()
    assert (name.organisation, name.about, name.subject) == (team, organisation, None)
    assert not Subject.objects.filter(kind="domain").exists()  # what a CSIRT measures is not its own register
    assert "Dijkstad" in browser.get(at("csirt")).content.decode()
    assert browser.post(at("csirt_measure", "dijkstad")).url == at("csirt_one", "dijkstad")
    made = Run.objects.get()
    assert made.kind == "csirt"
    assert browser.get(at("csirt_run", made.pk)).status_code == 200
    browser.post(at("csirt_run_steer", made.pk), {"act": "stop"})
    made.refresh_from_db()
    assert made.state == "stopped"
    browser.post(at("csirt_basis_end", Consent.objects.get().pk))
    assert Consent.objects.get().revoked_at is not None
    assert verify_perimeter(team).faulty == []


def test_a_name_of_another_taken_up_again_gets_no_subject(team, organisation, basis):
    name = domain(team, whose=organisation)
    names.decide(name, state="paused", person=None, actor="t", on=ON, at=AT)
    again = names.decide(name, state="watched", person=None, actor="t", on=ON, at=AT)
    assert again.subject is None


def test_only_a_csirt_measures_names_of_others(organisation, other_organisation, make_person):
    with pytest.raises(Refused) as refused:
        csirt.take_up(organisation, whose=other_organisation, names=["x.example"], person=make_person(), on=ON, at=AT)
    assert refused.value.code == "kind"


PAGES = ("csirt", "csirt_basis", "csirt_names")


@pytest.mark.parametrize("name", PAGES)
def test_who_may_come_in(name, team, organisation, analyst, make_person, client_for):
    assert client_for(analyst).get(at(name)).status_code == 200
    assert client_for(make_person("supervisor", at_organisation=team)).get(at(name)).status_code == 403
    assert client_for(make_person("ciso")).get(at(name)).status_code == 404
    assert client_for(make_person("ciso")).get(at(name, organisation="dijkstad")).status_code == 403
    astray = make_person("csirt_analyst")  # the role at an organisation that is no CSIRT opens nothing
    assert client_for(astray).get(at(name, organisation="dijkstad")).status_code == 404
    assert "login" in Client().get(at(name)).url


# -- telling ------------------------------------------------------------------------------------------
def test_tell(found, team, organisation, analyst, make_person, client_for):
    ciso, other = make_person("ciso", language="nl"), make_person("process_owner")
    browser = client_for(analyst)
    assert browser.get(at("csirt_tell", found.pk)).status_code == 200
    assert browser.post(at("csirt_tell", found.pk), {"text": "Graag deze week."}).url == at("csirt_one", "dijkstad")
    notice = Notice.objects.get()
    assert (notice.organisation, notice.sender, notice.check_id) == (organisation, team, "https_hsts")
    assert [each.person for each in Alert.objects.all()] == [ciso]
    assert browser.post(at("csirt_tell", found.pk), {"text": ""}).status_code == 200  # not twice while unread
    assert Notice.objects.count() == 1
    assert send_waiting(at=later(minutes=1)) == 1
    (sent,) = mail.outbox
    assert sent.to == [ciso.email]
    assert "Graag deze week." in sent.body
    assert "dijkstad.example" in sent.subject
    assert send_waiting(at=later(minutes=2)) == 0
    url = at("note_notice", notice.pk, organisation="dijkstad")
    assert client_for(other).post(url).status_code == 302
    notice.refresh_from_db()
    assert notice.noted_by == other
    assert "dijkstad.example" in browser.get(at("csirt_one", "dijkstad")).content.decode()
    assert Entry.objects.filter(organisation=organisation, act__startswith="perimeter.notice").count() == 2
    assert Entry.objects.filter(organisation=team, act="perimeter.notice_sent").count() == 1
    told = [each for whose in (organisation, team) for each in verify_perimeter(whose).faulty]
    assert {each.table for each in told} <= {"issue", "issue_event"}  # made by hand here, and not by a measurement


def test_a_notice_is_of_one_organisation(found, other_organisation, analyst, make_person, client_for):
    notice = notices.tell(found, text="", person=analyst, at=AT)
    stranger = make_person("ciso", at_organisation=other_organisation)
    assert client_for(stranger).post(at("note_notice", notice.pk, organisation="polderveen")).status_code == 404
    assert (
        client_for(make_person("auditor")).post(at("note_notice", notice.pk, organisation="dijkstad")).status_code
        == 403
    )


@pytest.mark.parametrize(("change", "code"), [({"state": IssueState.FIXED}, "fixed"), ({}, "ours")])
def test_what_cannot_be_told(change, code, found, organisation, analyst):
    row = issue(domain(organisation, "eigen.example")) if code == "ours" else found
    type(row).objects.filter(pk=row.pk).update(**change)
    with pytest.raises(Refused) as refused:
        notices.tell(row, text="", person=analyst, at=AT)
    assert refused.value.code == code
    assert not Notice.objects.exists()


def test_names_of_one_csirt_are_not_those_of_another(found, make_organisation, make_person, client_for):
    second = make_organisation("csirt2", kind="csirt")
    other = client_for(make_person("csirt_analyst", at_organisation=second))
    assert other.get(at("csirt_one", "dijkstad", organisation="csirt2")).status_code == 404
    assert other.get(at("csirt_tell", found.pk, organisation="csirt2")).status_code == 404
    assert other.get(at("csirt_tell", found.pk)).status_code == 404


# -- mail on change -----------------------------------------------------------------------------------
def test_mail_on_change(organisation, make_person, client_for):
    ciso = make_person("ciso", language="nl")
    organisation.name = "Dijk & Stad"
    organisation.save()
    assert client_for(ciso).post(at("subscribe", organisation="dijkstad"), {"mail": "on"}).status_code == 302
    name = domain(organisation)
    made = run(organisation, name, state="done")
    assert write_alerts(made, at=AT) == 0  # nothing changed
    issue(name, by=made)
    assert write_alerts(made, at=AT) == 1
    write_alerts(made, at=AT)  # a second worker at the same time
    assert send_waiting(at=AT) == 1
    (sent,) = mail.outbox
    assert "Dijk & Stad" in sent.subject
    assert "dijkstad.example" in sent.body
    assert "/o/dijkstad/buitenkant/" in sent.body
    client_for(ciso).post(at("subscribe", organisation="dijkstad"), {"mail": "off"})
    again = run(organisation, name, state="done")
    issue(domain(organisation, "b.example"), by=again)
    assert write_alerts(again, at=AT) == 0


def test_a_mail_that_cannot_be_sent_keeps_its_trouble(organisation, make_person, settings):
    settings.EMAIL_BACKEND = "tests.ensia.mail.Broken"
    ciso = make_person("ciso")
    public.subscribe(organisation, person=ciso, at=AT)
    name = domain(organisation)
    made = run(organisation, name, state="done")
    issue(name, by=made)
    write_alerts(made, at=AT)
    assert send_waiting(at=AT) == 0
    alert = Alert.objects.get()
    assert alert.sent_at is None
    assert "no route" in alert.trouble


def test_who_left_gets_no_mail(organisation, make_person):
    ciso = make_person("ciso")
    public.subscribe(organisation, person=ciso, at=AT)
    ciso.roles.update(valid_to=ON)
    name = domain(organisation)
    made = run(organisation, name, state="done")
    issue(name, by=made)
    assert write_alerts(made, at=AT) == 0


def test_names_of_others_are_not_among_our_own(found, team, make_person, client_for):
    """A CISO of the CSIRT finds the names of Dijkstad neither among its names nor among what it must mend."""
    ciso = client_for(make_person("ciso", at_organisation=team))
    for name in ("home", "names", "issues"):
        assert "dijkstad.example" not in ciso.get(at(name)).content.decode(), name
    assert ciso.get(f"/o/{team.slug}/").context["day"].outside.new_count == 0
