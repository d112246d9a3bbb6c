"""Consent: what the form makes of it, who confirms, what it covers and what it does not."""

from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.perimeter.consent_words import advice, path_words, state, why, window_words
from dijkwacht.apps.perimeter.forms.consents import ConsentForm, window
from dijkwacht.apps.perimeter.models import Consent
from dijkwacht.apps.perimeter.queries.consents import as_core, judged, opted_out
from dijkwacht.apps.perimeter.queries.coverage import coverage, uncovered
from dijkwacht.apps.perimeter.services import consents, public
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.consent import Allowed, Request, decide
from dijkwacht.norms.read import consent_texts
from tests.perimeter import made
from tests.perimeter.made import AT, ON, consent, domain, later, run, seen

pytestmark = pytest.mark.django_db


def at(name: str, *more: Any, organisation: str = "dijkstad") -> str:
    return reverse(f"perimeter:{name}", args=[organisation, *more])


# -- the window of the form ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "begin", "end", "wanted"),
    [
        ([], None, None, []),
        (["mon", "tue", "wed", "thu", "fri"], time(20), time(6), ["mon-fri 20:00-06:00"]),
        (["mon", "wed", "thu"], time(19, 30), time(23), ["mon 19:30-23:00", "wed-thu 19:30-23:00"]),
        (["sat", "sun"], None, None, ["sat-sun 00:00-24:00"]),
        ([], time(20), time(6), ["mon-sun 20:00-06:00"]),
    ],
)
def test_window(days: list[str], begin: Any, end: Any, wanted: list[str]) -> None:
    found = window(days, begin, end)
    assert found == wanted
    consents.check(made.given(window=found))  # and the core can read it


def test_window_in_words() -> None:
    assert window_words("mon-fri 20:00-06:00").endswith("20:00–06:00")
    assert "–" in window_words("sat-sun 00:00-24:00")
    assert window_words("anything") == "anything"


SENT = {
    "scope": "dijkstad.example\n*.dijkstad.example\n\n", "exclude": "", "level": "3", "since": "2026-11-25", "until": "",
    "signatory": "Esther Kade", "mandate": "Mandaatbesluit", "agreed": "on", "own_text": "", "begin": "", "end": "",
}  # fmt: skip


def test_form() -> None:
    form = ConsentForm(SENT, on=ON, supplier=False)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["scope"] == ["dijkstad.example", "*.dijkstad.example"]
    assert form.cleaned_data["level"] == 3
    assert form.cleaned_data["window"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"scope": " \n"}, "scope"), ({"agreed": ""}, "agreed"), ({"begin": "20:00"}, "end"), ({"level": "4"}, "level"),
        ({"begin": "20:00", "end": "20:00"}, "end"), ({"signatory": ""}, "signatory"), ({"since": "9999-99-99"}, "since"),
    ],
)  # fmt: skip
def test_form_refuses(change: dict[str, str], field: str) -> None:
    assert field in ConsentForm(SENT | change, on=ON, supplier=False).errors


def test_a_supplier_has_a_name() -> None:
    assert "party" in ConsentForm(SENT, on=ON, supplier=True).errors


# -- giving, confirming, revoking ---------------------------------------------------------------------
def test_give_with_our_text(organisation, make_person, client_for):
    ciso = make_person("ciso")
    response = client_for(ciso).post(at("consent_give"), SENT)
    row = Consent.objects.get()
    assert response.url == at("consent", row.pk)
    ours = consent_texts().texts["own"]
    assert (row.text, row.text_version) == (ours.filled(organisation="Dijkstad"), ours.version)
    assert "Dijkstad (hierna" in row.text
    assert row.given_by == ciso
    page = client_for(ciso).get(response.url).content.decode()
    assert row.text_hash in page
    assert "Dijkstad (hierna" in page


def test_give_with_another_text_and_of_a_supplier(organisation, make_person, client_for):
    sent = SENT | {"own_text": "Wat wij zelf afspraken.", "party": "Zaakzicht BV", "level": "2"}
    client_for(make_person("ciso")).post(at("consent_give") + "?soort=supplier", sent)
    row = Consent.objects.get()
    assert (row.kind, row.party, row.text, row.text_version) == (
        "supplier",
        "Zaakzicht BV",
        "Wat wij zelf afspraken.",
        "",
    )


def test_the_form_says_why_it_is_refused(organisation, make_person, client_for):
    page = client_for(make_person("ciso")).post(at("consent_give"), SENT | {"scope": "*"})
    assert page.status_code == 200
    assert not Consent.objects.exists()
    assert client_for(make_person("ciso")).post(at("consent_give"), SENT | {"scope": "a b"}).status_code == 200
    assert not Consent.objects.exists()


def test_a_municipality_has_no_basis_by_law(organisation, make_person):
    """Else it could measure anybody."""
    with pytest.raises(Refused) as refused:
        consent(organisation, make_person("ciso"), kind="csirt", scope=["*"], basis="Cbw")
    assert refused.value.code == "kind"


def test_confirm(organisation, make_person, client_for):
    giver, signer = make_person("ciso"), make_person("college")
    row = consent(organisation, giver, level=3)
    assert as_core(row).level == 2
    assert state(row, on=ON) == "waiting"
    assert client_for(giver).post(at("consent_confirm", row.pk)).status_code == 403
    assert client_for(signer).post(at("consent_confirm", row.pk)).url == at("consent", row.pk)
    row.refresh_from_db()
    assert (row.confirmed_by, as_core(row).level, state(row, on=ON)) == (signer, 3, "live")
    assert Entry.objects.filter(act="perimeter.consent_confirmed").count() == 1
    client_for(signer).post(at("consent_confirm", row.pk))  # again: said, not done
    assert Entry.objects.filter(act="perimeter.consent_confirmed").count() == 1


def test_who_gave_it_does_not_confirm_it(organisation, make_person, client_for):
    both = make_person("college")
    row = consent(organisation, both, level=3)
    assert b"bevestigen/" not in client_for(both).get(at("consent", row.pk)).content
    client_for(both).post(at("consent_confirm", row.pk))
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_revoke(organisation, make_person, client_for):
    ciso = make_person("ciso")
    row = consent(organisation, ciso)
    assert client_for(ciso).post(at("consent_revoke", row.pk), {"reason": ""}).status_code == 200
    assert client_for(ciso).post(at("consent_revoke", row.pk), {"reason": "Verhuisd."}).url == at("consent", row.pk)
    row.refresh_from_db()
    assert (row.revoked_by, row.revoked_for, state(row, on=ON)) == (ciso, "Verhuisd.", "revoked")
    assert uncovered(organisation, ["dijkstad.example"], on=ON, at=later(days=400)) == ["dijkstad.example"]


def test_states(organisation):
    assert state(Consent(level=2, since=ON, until=ON), on=ON) == "ended"
    assert state(Consent(level=2, since=later(days=2).date()), on=ON) == "coming"
    assert state(Consent(level=2, since=ON), on=ON) == "live"


# -- what is covered ----------------------------------------------------------------------------------
def test_the_consent_of_a_supplier_is_his(organisation):
    """Else the core would take it for our own, and it would open nothing."""
    consent(organisation, None)
    consent(organisation, None, kind="supplier", party="Zaakzicht BV", scope=["192.0.2.0/24"], level=2)
    found = decide(
        judged([organisation], at=later(hours=1)), Request("dijkstad.example", "192.0.2.10", 2, later(hours=1))
    )
    assert isinstance(found, Allowed)
    assert [step.code for step in found.path] == ["consent", "name", "supplier"]
    assert "Zaakzicht BV" in path_words(found.path, {})[-1]


def test_coverage(organisation):
    name = domain(organisation)
    seen(name, by=run(organisation, name))
    consent(organisation, None)
    (row,) = coverage(organisation, [name], on=ON, at=later(hours=1))
    kinds = {each.kind: each for each in row.reaches}
    assert {kind: each.level for kind, each in kinds.items()} == {"name": 2, "web": 2, "mail": 0, "servers": 2}
    assert [each.kind for each in row.lacking] == ["mail"]
    assert "supplier" in advice(kinds["mail"]) or "leverancier" in advice(kinds["mail"])
    assert why(kinds["mail"])
    assert not why(kinds["web"])
    consent(organisation, None, kind="supplier", party="Zaakzicht BV", scope=["mx.leverancier.example"])
    (row,) = coverage(organisation, [name], on=ON, at=later(hours=1))
    assert row.lacking == ()


def test_coverage_before_any_measurement(organisation):
    name = domain(organisation)
    (row,) = coverage(organisation, [name], on=ON, at=AT)
    assert not row.measured
    assert [(each.kind, each.level) for each in row.reaches] == [("name", 0)]
    assert row.reaches[0].why is not None
    assert row.reaches[0].why.code == "no_consent"


def test_a_name_outside_the_hours_is_covered_still(organisation):
    """The page must not call at noon for a consent that is there at night."""
    consent(organisation, None, window=["mon-fri 20:00-06:00"])
    assert uncovered(organisation, ["dijkstad.example"], on=ON, at=later(hours=1)) == []


def test_covered_page(organisation, make_person, client_for):
    name = domain(organisation)
    seen(name, by=run(organisation, name))
    consent(organisation, None)
    page = client_for(make_person("auditor")).get(at("covered")).content.decode()
    assert "mx.leverancier.example" in page
    assert "198.51.100.53" in page


# -- asked not to be measured -------------------------------------------------------------------------
def test_opt_out(organisation, other_organisation, make_organisation, make_person, client_for):
    ciso = make_person("ciso")
    sent = {"what": "Loket.Dijkstad.example", "asked_by": "De beheerder", "reason": ""}
    assert client_for(ciso).post(at("left_alone"), sent).url == at("left_alone")
    assert opted_out(organisation, on=ON).names_it("a.loket.dijkstad.example")
    assert not opted_out(other_organisation, on=ON).names  # another municipality decides for itself
    csirt = make_organisation("csirt", kind="csirt")
    public.leave_alone(
        "192.0.2.0/24", asked_by="x", reason="", organisation=csirt, person=None, actor="t", on=ON, at=AT
    )
    assert opted_out(other_organisation, on=ON).networks  # what a CSIRT keeps holds for everybody
    assert client_for(ciso).post(at("left_alone"), sent).status_code == 200  # twice is refused in words
    row = organisation.pk and public.OptOut.objects.get(organisation=organisation)
    assert client_for(ciso).post(at("left_alone_end", row.pk)).url == at("left_alone")
    assert not opted_out(organisation, on=later(days=400).date()).names_it("loket.dijkstad.example")
    theirs = public.OptOut.objects.get(organisation=csirt)
    assert client_for(ciso).post(at("left_alone_end", theirs.pk)).status_code == 404


def test_opt_out_is_for_who_decides(organisation, other_organisation, make_person, client_for):
    assert client_for(make_person("process_owner")).get(at("left_alone")).status_code == 403
    assert client_for(make_person("ciso", at_organisation=other_organisation)).get(at("left_alone")).status_code == 404
    page = client_for(make_person("ciso")).post(at("left_alone"), {"what": "a b", "asked_by": "x"})
    assert page.status_code == 200
    assert not public.OptOut.objects.exists()


# -- who may come in ----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["consents", "covered"])
def test_pages(name, organisation, other_organisation, make_person, client_for):
    domain(organisation)
    consent(organisation, make_person("ciso"), level=3)
    assert client_for(make_person("auditor")).get(at(name)).status_code == 200
    assert client_for(make_person("respondent")).get(at(name)).status_code == 403
    assert client_for(make_person("ciso", at_organisation=other_organisation)).get(at(name)).status_code == 404
    assert "login" in Client().get(at(name)).url


def test_one_consent(organisation, other_organisation, make_person, client_for):
    row = consent(organisation, make_person("ciso"))
    theirs = consent(other_organisation, None)
    browser = client_for(make_person("ciso"))
    assert browser.get(at("consent", row.pk)).status_code == 200
    for name in ("consent", "consent_revoke"):
        assert browser.get(at(name, theirs.pk)).status_code == 404
    assert client_for(make_person("college")).post(at("consent_confirm", theirs.pk)).status_code == 404
    assert client_for(make_person("auditor")).get(at("consent_give")).status_code == 403
    assert client_for(make_person("auditor")).post(at("consent_revoke", row.pk), {"reason": "x"}).status_code == 403
