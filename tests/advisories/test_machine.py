"""Keys for machines, and what is answered to whom: only what the person of the key may see, and never of another organisation."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.advisories.models import Contact, Handled, PullKey, Warned
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import keys, triage
from dijkwacht.apps.advisories.services.reading import raw
from dijkwacht.apps.people.models import Organisation, Person, Role
from dijkwacht.web import clock
from tests.advisories.conftest import data
from tests.house_people import NOW, TODAY, People

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]


def at(name: str, *rest: object, organisation: str = "dijkstad") -> str:
    return reverse(f"advisories:{name}", args=[organisation, *rest])


def ask(url: str, key: str = "", **query: Any) -> Any:
    headers = {"authorization": f"Bearer {key}"} if key else {}
    return Client().get(url, query, headers=headers)


@pytest.fixture
def key(organisation: Organisation, people: People) -> str:
    return keys.make(organisation, name="SIEM", person=people("ciso"), at=NOW)


@pytest.fixture
def desk_key(csirt: Organisation, analyst: Person) -> str:
    return keys.make(csirt, name="Wachtkamer", person=analyst, at=NOW)


@pytest.fixture
def warned(served: Organisation, register: Any, receive: Any, analyst: Person) -> Callable[..., Warned]:
    def one(number: str = "VB-2026-0001", **told: Any) -> Warned:
        if not Warned.objects.exists():
            register(("Zaakzicht", "Zaaksysteem", "3.1"))
        triage.decide(receive(number, **told), decision="warn", person=analyst, at=NOW)
        return Warned.objects.get(advisory__number=number)

    return one


# -- keys


def test_a_key_is_shown_once_and_only_its_hash_is_kept(ciso: Client, organisation: Organisation) -> None:
    assert ciso.post(at("key_make"), {"name": "SIEM"})["Location"] == at("keys")
    page = ciso.get(at("keys"))
    row = PullKey.objects.get()
    text = page.content.decode()
    shown = next(
        each
        for each in text.replace("<", " ").replace(">", " ").split()
        if each.startswith("dijkwacht_") and "…" not in each
    )
    assert keys.digest(shown) == row.digest
    assert "no-store" in page["Cache-Control"]
    assert shown not in ciso.get(at("keys")).content.decode()
    assert not verify_advisories(organisation).faulty
    assert not verify_advisories(organisation).uncovered


def test_a_key_without_a_name(ciso: Client, organisation: Organisation) -> None:
    response = ciso.post(at("key_make"), {"name": " "})
    assert "required" in response.content.decode()
    assert not PullKey.objects.exists()


def test_a_key_that_was_ended(ciso: Client, key: str) -> None:
    row = PullKey.objects.get()
    assert ask(at("api_warnings"), key).status_code == 200
    ciso.post(at("key_end", row.pk))
    assert ask(at("api_warnings"), key).status_code == 401
    assert "no longer works" in ciso.get(at("keys")).content.decode()
    assert ciso.post(at("key_end", row.pk)).status_code == 302
    assert ciso.post(at("key_end", row.pk + 9)).status_code == 404


@pytest.mark.parametrize("name", ["keys", "key_make"])
def test_who_may_come(name: str, people: People, other_organisation: Organisation, organisation: Organisation) -> None:
    assert people.browser("ciso").get(at(name)).status_code == 200
    assert people.browser("process_owner").get(at(name)).status_code == 403
    assert people.stranger(other_organisation).get(at(name)).status_code == 404
    assert "/account/login/" in Client().get(at(name))["Location"]


def test_a_key_of_another_is_not_ended(key: str, desk: Client) -> None:
    url = at("key_end", PullKey.objects.get().pk, organisation="csirt-voorbeeld")
    assert desk.post(url).status_code == 404
    assert PullKey.objects.get().ended_at is None


# -- who is answered


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic abc",
        "Bearer dijkwacht_x",
        f"Bearer dijkwacht_{'x' * 9000}",
        "bearer é",
    ],
)
def test_without_a_key_that_works(header: str, organisation: Organisation) -> None:
    response = Client().get(at("api_warnings"), headers={"authorization": header} if header else {})
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert response.json()["error"]["code"] == "key"
    assert not response.cookies


def test_a_cookie_is_no_key(ciso: Client, organisation: Organisation) -> None:
    assert ciso.get(at("api_warnings")).status_code == 401


def test_another_organisation_is_not_there(key: str, other_organisation: Organisation, csirt: Organisation) -> None:
    for slug in ("polderveen", "csirt-voorbeeld", "bestaat-niet"):
        response = ask(at("api_warnings", organisation=slug), key)
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")


def test_a_role_elsewhere_does_not_widen_a_key(key: str, people: People, csirt: Organisation) -> None:
    """A key is of one organisation, also when its person works for two."""
    Role.objects.create(person=people("ciso"), organisation=csirt, role="csirt_analyst", valid_from=TODAY)
    assert ask(at("api_advisories", organisation="csirt-voorbeeld"), key).status_code == 404


def test_a_role_that_ended_ends_the_key(key: str, people: People) -> None:
    Role.objects.filter(person=people("ciso")).update(valid_to=TODAY)
    assert ask(at("api_warnings"), key).status_code == 404


def test_an_account_that_ended_ends_the_key(key: str, people: People) -> None:
    Person.objects.filter(pk=people("ciso").pk).update(is_active=False)
    assert ask(at("api_warnings"), key).status_code == 401


def test_another_role_with_less_right(key: str, desk_key: str, people: People) -> None:
    Role.objects.filter(person=people("ciso")).update(role="respondent")
    assert ask(at("api_warnings"), key).status_code == 403
    assert ask(at("api_warnings", organisation="csirt-voorbeeld"), desk_key).status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_only_read(method: str, key: str) -> None:
    response = getattr(Client(), method)(at("api_warnings"), headers={"authorization": f"Bearer {key}"})
    assert response.status_code == 405
    assert response["Allow"] == "GET"


def test_too_often(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "PER_KEY", 3)
    assert [ask(at("api_warnings"), key).status_code for _ in range(4)] == [200, 200, 200, 429]
    monkeypatch.setattr(clock, "now", lambda request: NOW + timedelta(minutes=1))
    assert ask(at("api_warnings"), key).status_code == 200


def test_who_guesses_is_slowed_down(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "PER_ADDRESS", 2)
    found = [ask(at("api_warnings"), f"dijkwacht_{n}") for n in range(4)]
    assert [each.status_code for each in found] == [401, 401, 429, 429]
    assert found[-1]["Retry-After"] == "60"


def test_that_a_key_was_used_is_noted(key: str) -> None:
    ask(at("api_warnings"), key)
    assert PullKey.objects.get().used_at == NOW


# -- warnings


def test_a_warning_with_its_products_and_statuses(warned: Any, key: str) -> None:
    row = warned(kans="high")
    Handled.objects.update(status="in_progress", because="Vanavond.")
    response = ask(at("api_warnings"), key)
    assert response.status_code == 200
    assert not response.cookies
    (found,) = response.json()["warnings"]
    assert (found["id"], found["number"], found["level"], found["tlp"]) == (row.pk, 1, "urgent", "CLEAR")
    assert found["advisory"]["number"] == "VB-2026-0001"
    assert found["desk"] == {"slug": "csirt-voorbeeld", "name": "CSIRT Voorbeeld"}
    (product,) = found["products"]
    assert (product["vendor"], product["version"], product["outcome"]) == ("Zaakzicht", "3.1", "affected")
    assert product["statuses"][0]["weakness"] == "CVE-2026-1001"
    assert product["statuses"][0]["status"] == "in_progress"
    assert found["short_term"] is True
    assert response.json()["next"] is None


def test_the_label_is_that_of_the_person(warned: Any, key: str, people: People, organisation: Organisation) -> None:
    """The CISO is the trusted contact; the coordinator is not, and does not see TLP:AMBER."""
    warned(tlp="AMBER")
    other = keys.make(organisation, name="Ander", person=people("coordinator"), at=NOW)
    assert len(ask(at("api_warnings"), key).json()["warnings"]) == 1
    assert ask(at("api_warnings"), other).json()["warnings"] == []
    Contact.objects.filter(role="trusted").update(until=TODAY)
    assert ask(at("api_warnings"), key).json()["warnings"] == []


def test_pages_follow_each_other(warned: Any, key: str) -> None:
    for number in range(5):
        warned(f"VB-2026-{number:04d}")
    seen, url, query = [], at("api_warnings"), {"limit": "2"}
    while url:
        found = ask(url, key, **query).json()
        seen += [each["number"] for each in found["warnings"]]
        url, query = (found["next"] or "").removeprefix("http://testserver"), {}
    assert seen == [1, 2, 3, 4, 5]


def test_narrowed_by_state_and_since(warned: Any, key: str) -> None:
    warned()
    count = lambda **query: len(ask(at("api_warnings"), key, **query).json()["warnings"])  # noqa: E731
    assert count(state="open") == 1
    assert count(state="done") == 0
    assert count(since=(NOW - timedelta(hours=1)).isoformat()) == 1
    assert count(since=(NOW + timedelta(hours=1)).isoformat()) == 0
    Handled.objects.update(at=NOW + timedelta(hours=2))
    assert count(since=(NOW + timedelta(hours=1)).isoformat()) == 1


@pytest.mark.parametrize(
    ("query", "says"),
    [({"since": "gisteren"}, "since"), ({"since": "2026-11-25T09:30:00"}, "since"),
     ({"since": "0001-01-01T00:00:00+00:00"}, "since"),
     ({"state": "x"}, "state"), ({"limit": "-1"}, "limit"), ({"limit": "٣"}, "limit"),
     ({"cursor": "\0"}, "cursor"), ({"cursor": "9" * 30}, "cursor")],
)  # fmt: skip
def test_parameters_that_cannot_be_read(key: str, query: dict[str, str], says: str) -> None:
    response = ask(at("api_warnings"), key, **query)
    assert response.status_code == 400
    assert says in response.json()["error"]["sentence"]


def test_a_plus_in_a_moment_that_became_a_space(key: str) -> None:
    url = f"{at('api_warnings')}?since=2026-11-25T09:30:00+01:00"
    assert ask(url, key).status_code == 200
    for moment in ("2026-11-25T09:30:00+01:00", "2026-11-25T09:30:00-23:59"):  # PostgreSQL knows no zone beyond 15:59
        assert ask(f"{at('api_warnings')}?since={quote(moment)}", key).status_code == 200


# -- advisories and documents


def test_the_desk_reads_on_and_misses_nothing(receive: Any, desk_key: str) -> None:
    for number in range(5):
        receive(f"VB-2026-{number:04d}", at=NOW + timedelta(minutes=number // 2))
    url, query, seen = at("api_advisories", organisation="csirt-voorbeeld"), {"limit": "2"}, []
    while url:
        found = ask(url, desk_key, **query).json()
        seen += [each["number"] for each in found["advisories"]]
        url, query = (found["next"] or "").removeprefix("http://testserver"), {}
    assert seen == [f"VB-2026-{number:04d}" for number in range(5)]
    receive("VB-2026-0000", version="2", at=NOW + timedelta(hours=1))  # a revision comes by once more
    url = at("api_advisories", organisation="csirt-voorbeeld")
    found = ask(url, desk_key, since=(NOW + timedelta(minutes=30)).isoformat()).json()["advisories"]
    assert [(each["number"], each["revision"]) for each in found] == [("VB-2026-0000", "2")]
    assert ask(url, desk_key, cursor="x~1").status_code == 400
    assert ask(url, desk_key, cursor="2026-11-25T09:30:00Z").status_code == 400


def test_advisories_are_for_who_weighs_them(key: str, people: People, receive: Any, organisation: Organisation) -> None:
    other = keys.make(organisation, name="Ander", person=people("process_owner"), at=NOW)
    assert ask(at("api_advisories"), other).status_code == 403
    receive()
    assert (
        ask(at("api_advisories"), key).json()["advisories"] == []
    )  # those of the CSIRT are not those of the municipality


def test_what_is_for_others_by_name_is_not_there(
    receive: Any, desk_key: str, csirt: Organisation, make_person: Any
) -> None:
    row = receive(tlp="RED")
    other = keys.make(csirt, name="Ander", person=make_person("csirt_analyst", at_organisation=csirt), at=NOW)
    listed, one = (
        at("api_advisories", organisation="csirt-voorbeeld"),
        at("api_advisory", row.pk, organisation="csirt-voorbeeld"),
    )
    assert len(ask(listed, desk_key).json()["advisories"]) == 1
    assert ask(listed, other).json()["advisories"] == []
    assert ask(one, desk_key).status_code == 200
    assert ask(one, other).status_code == 404


def test_the_document_byte_by_byte(warned: Any, key: str, desk_key: str) -> None:
    row = warned()
    wanted = data("VB-2026-0001")
    for url, given in (
        (at("api_advisory", row.advisory_id), key),
        (at("api_advisory", row.advisory_id, organisation="csirt-voorbeeld"), desk_key),
    ):
        response = ask(url, given)
        assert response.status_code == 200
        assert response.content == wanted == raw(row.advisory.document)
        assert json.loads(response.content)["document"]["tracking"]["id"] == "VB-2026-0001"


def test_a_document_of_which_we_were_not_told_is_not_there(receive: Any, key: str, served: Organisation) -> None:
    assert ask(at("api_advisory", receive().pk), key).status_code == 404
    assert ask(at("api_advisory", 10**9), key).status_code == 404


def test_a_document_with_a_stricter_label_than_we_may_see(
    warned: Any, key: str, people: People, organisation: Organisation
) -> None:
    row = warned(tlp="AMBER")
    other = keys.make(organisation, name="Ander", person=people("coordinator"), at=NOW)
    assert ask(at("api_advisory", row.advisory_id), key).status_code == 200
    assert ask(at("api_advisory", row.advisory_id), other).status_code == 404
    Warned.objects.update(tlp="CLEAR")  # told before the label became stricter
    assert ask(at("api_advisory", row.advisory_id), other).status_code == 404


# -- telling how an asset stands


def tell(row: Warned, key: str, **told: Any) -> Any:
    body = {"asset": row.touched.get().line.ident, "status": "done", **told}
    headers = {"authorization": f"Bearer {key}"}
    return Client(enforce_csrf_checks=True).post(
        at("api_status", row.pk), body, content_type="application/json", headers=headers
    )


def test_a_system_tells_how_an_asset_stands(warned: Any, key: str, organisation: Organisation) -> None:
    row = warned(cves=("CVE-2026-1001", "CVE-2026-1002"))
    response = tell(row, key, weakness="CVE-2026-1001")
    assert (response.status_code, response.json()["changed"]) == (200, 1)
    assert dict(Handled.objects.values_list("weakness", "status")) == {"CVE-2026-1001": "done", "CVE-2026-1002": "open"}
    assert tell(row, key).json()["changed"] == 1
    row.refresh_from_db()
    assert row.state == "done"
    assert not verify_advisories(organisation).faulty


@pytest.mark.parametrize(
    ("told", "status", "says"),
    [
        ({"status": "accepted"}, 400, "mens"),
        ({"asset": "x"}, 400, "gaat niet over middel"),
        ({"asset": ""}, 400, "asset"),
        ({"status": 3}, 400, "status"),
        ({"because": "a\0b"}, 400, "because"),
        ({"because": "\ud800"}, 400, "because"),
        ({"status": "klaar"}, 409, ""),
        ({"status": "not_affected"}, 409, ""),
        ({"status": "not_affected", "flag": "zomaar", "because": "x"}, 409, ""),
        ({"weakness": "CVE-1999-0001"}, 409, ""),
        ({"status": "not_affected", "flag": "component_not_present", "because": "x" * 501}, 409, "500"),
    ],
)  # fmt: skip
def test_what_a_system_cannot_tell(warned: Any, key: str, told: dict[str, Any], status: int, says: str) -> None:
    row = warned()
    response = tell(row, key, **told)
    assert response.status_code == status
    assert says in response.json()["error"]["sentence"]
    assert set(Handled.objects.values_list("status", flat=True)) == {"open"}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json(warned: Any, key: str, body: bytes) -> None:
    headers = {"authorization": f"Bearer {key}"}
    response = Client().post(at("api_status", warned().pk), body, content_type="application/json", headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "parameter")


def test_a_warning_of_another_or_that_one_may_not_see(
    warned: Any,
    key: str,
    people: People,
    organisation: Organisation,
    other_organisation: Organisation,
    make_person: Any,
) -> None:
    row = warned(tlp="AMBER")
    stranger = keys.make(
        other_organisation, name="X", person=make_person("ciso", at_organisation=other_organisation), at=NOW
    )
    narrow = keys.make(organisation, name="Y", person=people("process_owner"), at=NOW)
    below = keys.make(organisation, name="Z", person=people("coordinator"), at=NOW)
    assert [tell(row, each).status_code for each in (stranger, narrow, below, "")] == [404, 404, 403, 401]
    assert Client().get(at("api_status", row.pk), headers={"authorization": f"Bearer {key}"}).status_code == 405
