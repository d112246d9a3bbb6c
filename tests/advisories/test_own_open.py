"""What everybody may fetch of a desk: read by our own client it gives every document without a finding, and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.adapters.csaf.https import Answer, Https, Refused
from dijkwacht.adapters.csaf.listing import HASHES
from dijkwacht.adapters.csaf.sources import Folder, Taken, Web, taken_in
from dijkwacht.apps.advisories.queries.own import stamp
from dijkwacht.apps.advisories.services import own as services
from dijkwacht.apps.advisories.services.reading import raw
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.feed import Cursor
from tests.advisories.made_own import values
from tests.house_people import NOW

pytestmark = pytest.mark.django_db
SITE = "https://dijkwacht.example"
MUST = frozenset(("hash",))
LISTS = ("csaf_provider", "csaf_feed", "csaf_changes", "csaf_index")


def at(name: str, *rest: object) -> str:
    return reverse(f"advisories:{name}", args=["csirt-voorbeeld", *rest])


class Served(Https):
    """Our own site, asked as a stranger asks it, in the place of the network."""

    def get(self, url: str, *, etag: str = "", modified: str = "", size: int | None = None) -> Answer:
        assert url.startswith(f"{SITE}/")
        response = Client(headers={"host": "localhost"}).get(urlsplit(url).path)
        if response.status_code != 200:
            raise Refused("status", status=str(response.status_code), url=url)
        assert not response.cookies
        return Answer(200, response.content, url, {})


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.DIJKWACHT_URL = SITE


@pytest.fixture
def three(give_out: Any) -> list[Any]:
    return [give_out(f"Lek {number}") for number in (1, 2, 3)]


def clean(taken: Iterator[Taken], three: list[Any]) -> None:
    held = list(taken)
    assert [each.refused for each in held] == [None] * 3
    for each in held:
        assert each.checked is not None
        assert each.checked.findings == ()
        assert each.checked.hashed == "good"
        assert each.checked.advisory is not None
    assert {each.got.data for each in held if each.got} == {raw(each.document) for each in three}


def test_our_own_client_takes_in_every_document(three: list[Any]) -> None:
    web = Web.at(Served(), f"{SITE}{at('csaf_provider')}")
    assert (web.provider.role, web.provider.name) == ("csaf_publisher", "CSIRT Voorbeeld")
    assert web.provider.problems == ()
    assert web.listing().problems == ()
    clean(taken_in(web, Cursor(), must=MUST), three)


@pytest.mark.parametrize("name", ["changes.csv", "index.txt"])
def test_the_written_answers_are_a_folder_that_can_be_read(name: str, three: list[Any], tmp_path: Path) -> None:
    found = Client().get(at("csaf_changes" if name == "changes.csv" else "csaf_index")).content.decode()
    (tmp_path / name).write_text(found)
    for path in (line.split(",")[0].strip('"') for line in found.splitlines()):
        for each in (path, *(f"{path}.{kind}" for kind in HASHES)):
            (tmp_path / each).parent.mkdir(exist_ok=True)
            (tmp_path / each).write_bytes(Client().get(f"{at('csaf_index').removesuffix('index.txt')}{each}").content)
    folder = Folder(tmp_path)
    assert folder.listing().problems == ()
    clean(taken_in(folder, Cursor(), must=MUST), three)


def test_a_second_round_fetches_only_what_changed(three: list[Any], analyst: Person) -> None:
    web = Web.at(Served(), f"{SITE}{at('csaf_provider')}")
    cursor = list(taken_in(web, Cursor()))[-1].cursor
    assert list(taken_in(web, cursor)) == []
    own, later = three[0].own, NOW.replace(hour=11)
    services.save(own, kind=own.kind, tlp="CLEAR", values=values(title="Anders"), person=analyst, at=later)
    own.refresh_from_db()
    services.give_out(own, summary="Titel.", seen=stamp(own), person=analyst, at=later)
    (taken,) = taken_in(web, cursor)
    assert taken.checked is not None
    assert taken.checked.advisory is not None
    assert (taken.checked.advisory.version, taken.checked.findings) == ("2", ())


def test_what_is_not_clear_never_goes_out(csirt: Organisation, give_out: Any) -> None:
    for label in ("GREEN", "AMBER", "RED"):
        give_out("Geheim", tlp=label)
    for name in LISTS:
        assert Client().get(at(name)).status_code == 404
    give_out("Openbaar")
    everything = b"".join(Client().get(at(name)).content for name in LISTS)
    assert b"Openbaar" in everything
    assert b"Geheim" not in everything
    assert b"0001" not in everything
    assert Client().get(at("csaf_document", 2026, "csirt-voorbeeld-2026-0001")).status_code == 404
    assert Client().get(at("csaf_document", 2026, "csirt-voorbeeld-2026-0004")).status_code == 200


def test_a_revision_with_a_stricter_label_takes_the_older_one_away(give_out: Any, analyst: Person) -> None:
    own = give_out().own
    assert Client().get(at("csaf_document", 2026, "csirt-voorbeeld-2026-0001")).status_code == 200
    services.save(
        own, kind=own.kind, tlp="AMBER", values=values(title="Anders"), person=analyst, at=NOW.replace(hour=11)
    )
    own.refresh_from_db()
    assert Client().get(at("csaf_feed")).status_code == 200  # a draft changes nothing
    services.give_out(own, summary="Strenger.", seen=stamp(own), person=analyst, at=NOW.replace(hour=11))
    assert Client().get(at("csaf_document", 2026, "csirt-voorbeeld-2026-0001")).status_code == 404
    assert Client().get(at("csaf_feed")).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_asked_again_without_need(name: str, three: list[Any], give_out: Any) -> None:
    first = Client().get(at(name))
    assert first["Cache-Control"] == "public, max-age=300" or "max-age=300" in first["Cache-Control"]
    assert not first.cookies
    assert Client().get(at(name), headers={"if-none-match": first["ETag"]}).status_code == 304
    assert Client().get(at(name), headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    give_out("Vierde", at=NOW.replace(hour=12))
    again = Client().get(at(name), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_a_document_asked_again_stays_the_same_when_another_comes(three: list[Any], give_out: Any) -> None:
    url = at("csaf_document", 2026, "csirt-voorbeeld-2026-0001")
    tag = Client().get(url)["ETag"]
    give_out("Vierde")
    assert Client().get(url, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    "path",
    ["2025/csirt-voorbeeld-2026-0001.json", "2026/CSIRT-VOORBEELD-2026-0001.json", "2026/x.json",
     "2026/csirt-voorbeeld-2026-0001.json.md5",
     "2026/csirt-voorbeeld-2026-0001.json.asc", "0/x.json", "99999999999999999999/x.json.sha256", "2026/%00.json"],
)  # fmt: skip
def test_what_is_not_there(path: str, three: list[Any]) -> None:
    assert Client().get(f"{at('csaf_index').removesuffix('index.txt')}{path}").status_code == 404


def test_nobody_and_another_have_nothing(three: list[Any], organisation: Organisation) -> None:
    for slug in ("dijkstad", "bestaat-niet"):
        for name in LISTS:
            assert Client().get(reverse(f"advisories:{name}", args=[slug])).status_code == 404
        url = reverse("advisories:csaf_document", args=[slug, 2026, "csirt-voorbeeld-2026-0001"])
        assert Client().get(url).status_code == 404


def test_it_is_only_read(three: list[Any]) -> None:
    for name in LISTS:
        assert Client().post(at(name)).status_code == 405


def test_what_the_lists_hold(three: list[Any]) -> None:
    provider = json.loads(Client().get(at("csaf_provider")).content)
    assert provider["canonical_url"] == f"{SITE}{at('csaf_provider')}"
    assert provider["publisher"] == {
        "category": "coordinator", "name": "CSIRT Voorbeeld", "namespace": f"{SITE}/o/csirt-voorbeeld/"
    }  # fmt: skip
    feed = json.loads(Client().get(at("csaf_feed")).content)["feed"]
    assert feed["entry"][0]["content"]["src"] == feed["entry"][0]["link"][0]["href"]
    assert [each["rel"] for each in feed["entry"][0]["link"]] == ["self", "hash", "hash"]
    assert Client().get(at("csaf_changes")).content.splitlines()[0].endswith(b'"2026-11-25T08:30:00Z"')
