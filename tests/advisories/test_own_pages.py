"""Own documents from a first word to a revision that is given out, by the pages; and who may come there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.advisories.models import Advisory, Document, Handled, Own, Release, Warned
from dijkwacht.apps.advisories.queries.own import stamp
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import own as services
from dijkwacht.apps.advisories.services import triage
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.advisories.own import FLAGS
from tests.advisories.made_own import PRODUCT, WEAKNESS, posted, values
from tests.house_people import NOW, People

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
BEGIN = {"kind": "csaf_security_advisory", "title": "Lek in Zaaksysteem", "tlp": "CLEAR"}


def at(name: str, *rest: object, organisation: str = "csirt-voorbeeld") -> str:
    return reverse(f"advisories:{name}", args=[organisation, *rest])


@pytest.fixture
def draft(csirt: Organisation, analyst: Person) -> Own:
    return services.begin(csirt, **{**BEGIN, "tlp": "CLEAR"}, values=values(), person=analyst, at=NOW)


def test_from_a_first_word_to_a_revision(
    desk: Client, csirt: Organisation, served: Organisation, register: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    response = desk.post(at("own_new"), BEGIN)
    own = Own.objects.get()
    assert own.number == "CSIRT-VOORBEELD-2026-0001"
    assert response["Location"] == at("own_edit", own.pk)
    assert desk.get(at("own_edit", own.pk)).status_code == 200
    response = desk.post(at("own_edit", own.pk), posted(check="1"))
    assert response["Location"] == at("own_check", own.pk)
    page = desk.get(at("own_check", own.pk)).content.decode()
    assert "complete and valid" in page
    assert "One organisation uses an affected version." in page
    assert "lower than 3.2" in page
    own.refresh_from_db()
    sent = {"summary": "Eerste versie.", "seen": stamp(own)}
    assert desk.post(at("own_check", own.pk), sent)["Location"] == at("own")
    release = Release.objects.get()
    advisory = Advisory.objects.get()
    assert (release.version, release.document.number, release.document.state) == (1, own.number, "read")
    assert (advisory.own, advisory.affected, advisory.decision, advisory.version) == (True, 1, "open", "1")
    assert "Revision 1 given out" in desk.get(at("own")).content.decode()
    held = verify_advisories(csirt)
    assert not held.faulty
    assert not held.uncovered


def test_a_revision_goes_up_and_tells_what_changed(give_out: Any, analyst: Person, csirt: Organisation) -> None:
    own = give_out().own
    changed = values(products=[dict(PRODUCT) | {"versions": "ouder dan 3.3"}])
    services.save(own, kind=own.kind, tlp="CLEAR", values=changed, person=analyst, at=LATER)
    own.refresh_from_db()
    second = services.give_out(own, summary="Ook 3.2.", seen=stamp(own), person=analyst, at=LATER)
    content = content_of(second.document)
    assert [(number, said) for number, _at, said in content.revisions] == [("1", "Eerste versie."), ("2", "Ook 3.2.")]
    assert content.published == NOW
    assert (Advisory.objects.get().version, Document.objects.count()) == ("2", 2)
    assert not verify_advisories(csirt).faulty


def test_a_change_of_address_of_the_site_makes_no_other_document(give_out: Any, analyst: Person, settings: Any) -> None:
    own = give_out().own
    settings.DIJKWACHT_URL = "https://elders.example"
    services.save(own, kind=own.kind, tlp="GREEN", values=values(title="Anders"), person=analyst, at=LATER)
    own.refresh_from_db()
    services.give_out(own, summary="Anders.", seen=stamp(own), person=analyst, at=LATER)
    assert Advisory.objects.count() == 1


def test_who_was_warned_is_told_of_the_revision(
    give_out: Any, analyst: Person, served: Organisation, register: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    own = give_out().own
    triage.decide(Advisory.objects.get(), decision="warn", person=analyst, at=NOW)
    services.save(own, kind=own.kind, tlp="CLEAR", values=values(title="Anders"), person=analyst, at=LATER)
    own.refresh_from_db()
    services.give_out(own, summary="Titel.", seen=stamp(own), person=analyst, at=LATER)
    row = Warned.objects.get()
    assert (row.version, row.title) == ("2", "Anders")


@pytest.mark.parametrize(
    ("told", "code"),
    [({"summary": " "}, "empty"), ({"seen": "2020-01-01T00:00:00+00:00"}, "turned")],
)
def test_what_is_not_given_out(draft: Own, analyst: Person, told: dict[str, str], code: str) -> None:
    sent = {"summary": "Eerste.", "seen": stamp(draft), **told}
    with pytest.raises(Refused, match=code):
        services.give_out(draft, **sent, person=analyst, at=NOW)
    assert not Document.objects.exists()
    assert not Release.objects.exists()


def test_nothing_new_is_not_given_out_again(give_out: Any, analyst: Person) -> None:
    own = give_out().own
    with pytest.raises(Refused, match="unchanged"):
        services.give_out(own, summary="Nog eens.", seen=stamp(own), person=analyst, at=LATER)
    with pytest.raises(Refused, match="earlier"):
        services.give_out(own, summary="Eerder.", seen=stamp(own), person=analyst, at=NOW - timedelta(days=1))


def test_what_is_not_complete_is_told_with_a_link_to_its_field(desk: Client, draft: Own, analyst: Person) -> None:
    told = values(weaknesses=[{"number": "CVE-2026-1001", "said": ["affected"]}], remedies=[])
    services.save(draft, kind="csaf_vex", tlp="CLEAR", values=told, person=analyst, at=LATER)
    draft.refresh_from_db()
    page = desk.get(at("own_check", draft.pk)).content.decode()
    assert f"{at('own_edit', draft.pk)}#id_weaknesses-0-description" in page
    assert f"{at('own_edit', draft.pk)}#remedies" in page
    response = desk.post(at("own_check", draft.pk), {"summary": "x", "seen": stamp(draft)})
    assert response.status_code == 200
    assert "not valid" in response.content.decode()
    assert not Release.objects.exists()


def test_a_label_that_csaf_2_0_does_not_have(desk: Client, draft: Own, analyst: Person) -> None:
    services.save(draft, kind=draft.kind, tlp="AMBER+STRICT", values=values(), person=analyst, at=LATER)
    page = desk.get(at("own_check", draft.pk)).content.decode()
    assert "no label TLP:AMBER+STRICT" in page
    assert "#id_tlp_0" in page


def test_a_row_more(desk: Client, draft: Own) -> None:
    response = desk.post(at("own_edit", draft.pk), posted(more="products"))
    assert response["Location"] == f"{at('own_edit', draft.pk)}?meer=products#products"
    page = desk.get(at("own_edit", draft.pk), {"meer": "products"}).content.decode()
    assert 'name="products-rows" value="2"' in page
    assert desk.post(at("own_edit", draft.pk), posted(more="anders")).status_code == 302


def test_errors_keep_what_was_typed_and_save_nothing(desk: Client, draft: Own) -> None:
    before = Entry.objects.count()
    sent = posted(weaknesses=[{**WEAKNESS, "vector": "CVSS:4.0/AV:N"}], products=[{**PRODUCT, "versions": "tot 3.2"}])
    page = desk.post(at("own_edit", draft.pk), sent)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Product 1, Which versions?" in text
    assert "This is CVSS 4" in text
    assert "tot 3.2" in text
    assert Entry.objects.count() == before


def test_hostile_text_stays_text(desk: Client, draft: Own) -> None:
    bad = "<script>alert(1)</script>{{ 7|add:7 }}"
    desk.post(at("own_edit", draft.pk), posted(title=bad, products=[{**PRODUCT, "vendor": bad}]))
    for name in ("own_edit", "own_check"):
        page = desk.get(at(name, draft.pk)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in desk.get(at("own")).content.decode()


def test_a_hundred_thousand_characters_and_more(desk: Client, draft: Own) -> None:
    response = desk.post(at("own_edit", draft.pk), posted(summary="x" * 100_000))
    assert "20000" in response.content.decode()
    many = urlencode(posted() | {f"x{n}": "1" for n in range(2100)})
    assert (
        desk.post(at("own_edit", draft.pk), many, content_type="application/x-www-form-urlencoded").status_code == 400
    )


def test_reading_versions_while_typing(desk: Client) -> None:
    assert "lower than 3.2" in desk.get(at("own_reading"), {"products-0-versions": "ouder dan 3.2"}).content.decode()
    written = desk.get(at("own_reading"), {"products-0-versions": "vers:unknown/>=2.0|<3.2"}).content.decode()
    assert "We read: from 2.0 up to 3.2." in written
    assert "3.2 itself" in desk.get(at("own_reading"), {"products-0-versions": "tot 3.2"}).content.decode()
    assert desk.get(at("own_reading")).status_code == 200


def test_a_draft_is_thrown_away_and_what_was_given_out_is_not(desk: Client, draft: Own, give_out: Any) -> None:
    desk.post(at("own_drop", draft.pk))
    draft.refresh_from_db()
    assert draft.ended_at is not None
    assert desk.get(at("own_edit", draft.pk)).status_code == 404
    out = give_out().own
    desk.post(at("own_drop", out.pk))
    out.refresh_from_db()
    assert out.ended_at is None


def test_numbers_go_on_per_year(csirt: Organisation, analyst: Person, draft: Own) -> None:
    services.drop(draft, person=analyst, at=NOW)
    second = services.begin(csirt, **BEGIN, person=analyst, at=NOW)
    assert second.number == "CSIRT-VOORBEELD-2026-0002"
    assert services.begin(csirt, **BEGIN, person=analyst, at=NOW + timedelta(days=60)).number.endswith("-2027-0001")


def test_a_vex_out_of_a_warning(
    organisation: Organisation,
    people: People,
    ciso: Client,
    served: Organisation,
    register: Any,
    receive: Any,
    analyst: Person,
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    (warning,) = triage.decide(receive(), decision="warn", person=analyst, at=NOW)
    url = at("own_from_warning", warning.pk, organisation="dijkstad")
    assert ciso.post(url)["Location"] == at("own", organisation="dijkstad")
    assert not Own.objects.exists()
    page = at("warning", warning.pk, organisation="dijkstad")
    assert url not in ciso.get(page).content.decode()
    Handled.objects.update(status="not_affected", flag=FLAGS[0])
    assert f'action="{url}"' in ciso.get(page).content.decode()
    assert url not in people.browser("process_owner").get(page).content.decode()
    assert ciso.post(url).status_code == 302
    own = Own.objects.get()
    assert (own.organisation, own.kind, own.tlp) == (organisation, "csaf_vex", "CLEAR")
    assert own.values["products"] == [{"vendor": "Zaakzicht", "product": "Zaaksysteem", "versions": "3.1"}]
    assert own.values["weaknesses"][0] | {"title": ""} == {
        "number": "CVE-2026-1001", "title": "", "description": "", "vector": "", "said": [FLAGS[0]]
    }  # fmt: skip


def test_a_warning_of_another_is_not_there(
    desk: Client, served: Organisation, register: Any, receive: Any, analyst: Person
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    (warning,) = triage.decide(receive(), decision="warn", person=analyst, at=NOW)
    assert desk.post(at("own_from_warning", warning.pk)).status_code == 404


# -- who may come here


PAGES = {"own": False, "own_new": False, "own_reading": False, "own_edit": True, "own_check": True}


@pytest.mark.parametrize("name", PAGES)
def test_who_may_come(
    name: str, desk: Client, draft: Own, people: People, other_organisation: Organisation, client_for: Callable[..., Client],
    make_person: Callable[..., Person], csirt: Organisation,
) -> None:  # fmt: skip
    url = at(name, draft.pk) if PAGES[name] else at(name)
    assert desk.get(url).status_code == 200
    assert "/account/login/" in Client().get(url)["Location"]
    assert people.stranger(other_organisation).get(url).status_code == 404
    assert client_for(make_person("coach", at_organisation=csirt)).get(url).status_code == 403
    if PAGES[name]:
        assert desk.get(at(name, draft.pk + 99)).status_code == 404


@pytest.mark.parametrize("name", ["own_edit", "own_check", "own_drop"])
def test_the_draft_of_another_desk_is_not_there(
    name: str, draft: Own, ciso: Client, organisation: Organisation
) -> None:
    response = ciso.post(at(name, draft.pk, organisation="dijkstad"), posted())
    assert response.status_code == 404
    draft.refresh_from_db()
    assert draft.ended_at is None


@pytest.mark.parametrize(
    ("sent", "says"), [({**BEGIN, "title": ""}, "required"), ({**BEGIN, "tlp": "AMBER+STRICT"}, "CSAF 2.0")]
)
def test_beginning_with_something_wrong(desk: Client, csirt: Organisation, sent: dict[str, str], says: str) -> None:
    response = desk.post(at("own_new"), sent)
    assert response.status_code == 200
    assert says in response.content.decode()
    assert not Own.objects.exists()
