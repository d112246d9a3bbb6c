"""The pages of the picture and its sources: who may, what they say, what a bad file does."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.crime.models.figures import Edition, LocalCounts, Place
from dijkwacht.apps.crime.services import own
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from tests.adapters.cbs.made import COUNT, v3_row, v4
from tests.crime.tables import TOWNS, people, police, victims
from tests.house_people import People

pytestmark = pytest.mark.django_db
READING = (("home", ()), ("sources", ()), ("download", ("csv",)), ("download", ("json",)))
STEERING = (("place", ()), ("source_bring", ()), ("local_bring", ()))
COUNTS = b"bron;periode;fenomeen;aantal\n<b>Balie</b>;2026-09;phishing;12\nBalie;2026-09;hacken;2\n"


def url(name: str, organisation: Organisation, *args: Any) -> str:
    return reverse(f"crime:{name}", args=[organisation.slug, *args])


def text(client: Client, page: str, status: int = 200) -> str:
    answer = client.get(page)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def bring(client: Client, organisation: Organisation, data: bytes, *, name: str = "x.json", **more: Any) -> Any:
    sent = {"file": SimpleUploadedFile(name, data), "fetched_on": "2026-11-20", **more}
    return client.post(url("source_bring", organisation), sent, follow=True)


# -- who may -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "args"), READING)
def test_who_reads(
    organisation: Organisation, other_organisation: Organisation, people: People, name: str, args: Any
) -> None:
    page = url(name, organisation, *args)
    assert people.browser("mayor").get(page).status_code == 200
    assert people.browser("mayor").post(page).status_code == 405
    assert people.stranger(other_organisation).get(page).status_code == 404
    assert people.browser("respondent").get(page).status_code == 403
    assert Client().get(page).status_code == 302


@pytest.mark.parametrize(("name", "args"), STEERING)
def test_who_steers(
    organisation: Organisation, other_organisation: Organisation, people: People, name: str, args: Any
) -> None:
    page = url(name, organisation, *args)
    assert people.browser("safety_adviser").get(page).status_code == 200
    assert people.browser("mayor").get(page).status_code == 403
    assert people.browser("mayor").post(page).status_code == 403
    assert people.stranger(other_organisation).get(page).status_code == 404
    assert Client().get(page).status_code == 302


def test_only_who_brought_it_withdraws(
    organisation: Organisation, other_organisation: Organisation, people: People, brought: Any, does: dict[str, Any]
) -> None:
    edition = brought(police({"GM9901": 4}))
    counts = own.take_over(organisation, COUNTS, name="a.csv", **does)
    stranger = people.stranger(other_organisation)
    for name, pk in (("source_withdraw", edition.pk), ("local_withdraw", counts.pk)):
        assert stranger.post(url(name, other_organisation, pk), {"because": "x"}).status_code == 404
        assert people.browser("mayor").post(url(name, organisation, pk)).status_code == 403
        assert people.browser("safety_adviser").post(url(name, organisation, 987654)).status_code == 404
    assert people.browser("safety_adviser").get(url("local_withdraw", organisation, counts.pk)).status_code == 405
    assert not Edition.objects.exclude(withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("name", "args"),
    [("download", ("pdf",)), ("source_preview", ("x" * 43,)), ("local_preview", ("x",)), ("source_withdraw", (1,))],
)
def test_what_is_not_there(organisation: Organisation, adviser: Client, name: str, args: Any) -> None:
    assert adviser.get(url(name, organisation, *args)).status_code == 404


def test_a_file_waits_for_who_brought_it(organisation: Organisation, people: People, adviser: Client) -> None:
    page = bring(adviser, organisation, police({"GM9901": 4})).redirect_chain[-1][0]
    assert people.browser("secretary").get(page).status_code == 404
    carry = page.split("?")[0] + "overnemen/"
    assert people.browser("mayor").post(carry).status_code == 403
    assert adviser.get(carry).status_code == 405


# -- the picture -------------------------------------------------------------------------------------------
def test_an_empty_picture_says_what_to_do(organisation: Organisation, adviser: Client, people: People) -> None:
    said = text(adviser, url("home", organisation))
    assert "15.6% was a victim of online crime in 2023 (the whole country)." in said
    assert url("place", organisation) in said
    assert "No table was brought yet" in text(adviser, url("sources", organisation))
    assert url("place", organisation) not in text(people.browser("mayor"), url("home", organisation))


@pytest.fixture
def placed(organisation: Organisation, does: dict[str, Any]) -> Place:
    return own.choose_place(organisation, {"municipality": "gm9901 ", "team": "BT9901"}, **does)


def test_the_picture_never_shows_a_figure_alone(
    organisation: Organisation, adviser: Client, brought: Any, placed: Place, tmp_path: Path
) -> None:
    brought(v4(tmp_path / "a", victims({"BT9901": {"2021": (15.0, 12.0, 18.5), "2023": (16.0, 13.0, 19.5)}})))
    brought(police({"GM9901": lambda month: None if month % 6 == 0 else 4, **dict.fromkeys(TOWNS[1:], 4)}))
    brought(people(dict.fromkeys(TOWNS, 30_000)))
    said = text(adviser, url("home", organisation))
    assert "<strong>16.0% (13.0 to 19.5)</strong>" in said
    assert "The survey says nothing of a municipality with fewer than 70,000 inhabitants" in said
    assert "The difference with 2021 (15.0%) is too small to say." in said
    assert "Registered is not what happened: 17.0% (16.3 to 17.6) of the victims declared it" in said
    assert "2 months are empty: suppressed because the number is small, which is not zero." in said
    assert "October 2026 is left out: the newest month is not complete." in said
    assert "in the 10 of twelve months that have a figure" in said
    assert "Not compared with municipalities of the same size" in said
    for other in TOWNS[1:]:
        assert other not in said  # none of the others by name
    assert "invented" not in said.lower()


def test_what_is_invented_is_marked(organisation: Organisation, adviser: Client, brought: Any, placed: Place) -> None:
    brought(police({"GM9901": 4}), made_up=True)
    assert "These figures were invented for the demo." in text(adviser, url("home", organisation))
    assert '<span class="tag">invented</span>' in text(adviser, url("sources", organisation))


# -- bringing ----------------------------------------------------------------------------------------------
def test_a_table_is_looked_at_and_taken_over(organisation: Organisation, adviser: Client) -> None:
    page = bring(adviser, organisation, police({"GM9901": 4}))
    said = " ".join(page.content.decode().split())
    assert "25 figures, 0 of them suppressed; nothing was recorded yet." in said
    assert not Edition.objects.exists()
    at = page.redirect_chain[-1][0]
    done = adviser.post(at.split("?")[0] + "overnemen/", {"table": "47022NED", "fetched": "2026-11-20"}, follow=True)
    assert "Taken over: 25 figures of 47022NED." in done.content.decode()
    row = Edition.objects.get()
    assert (row.fetched_on.isoformat(), row.organisation) == ("2026-11-20", organisation)
    again = bring(adviser, organisation, police({"GM9901": 4}), name="other.json")
    assert "Nothing new: this was brought already" in again.content.decode()
    adviser.post(url("source_withdraw", organisation, row.pk), {"because": "Wrong"})
    assert "withdrawn" in text(adviser, url("sources", organisation))
    assert Entry.objects.get(act="crime.edition_withdrawn").detail["because"] == "Wrong"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html>onderhoud</html>", "This is a web page and not the table."),
        (b'{"value": [{"a": NaN}]}', "This is not whole as JSON"),
        (b'{"odata.error": {"message": "<script>"}}', "&lt;script&gt;"),
        (b"PK\x03\x04", "This archive is damaged"),
    ],
)
def test_a_bad_file_is_told_and_changes_nothing(
    organisation: Organisation, adviser: Client, data: bytes, said: str
) -> None:
    page = bring(adviser, organisation, data)
    assert page.status_code == 422
    assert said in page.content.decode()
    at = page.redirect_chain[-1][0].split("?")[0]
    assert adviser.post(at + "overnemen/").status_code == 302
    assert not Edition.objects.exists()


def test_a_column_is_pointed_out(organisation: Organisation, adviser: Client) -> None:
    row = v3_row(1, "GM9901", "2025MM01", 12)
    row["Misdrijven_9"] = row.pop(COUNT)
    page = bring(adviser, organisation, json.dumps([row]).encode(), table="47022NED")
    assert page.status_code == 422
    assert "Misdrijven_9" in page.content.decode()
    at = page.redirect_chain[-1][0].split("?")[0]
    told = {"table": "47022NED", "fetched": "2026-11-20", "column_registered": "Misdrijven_9"}
    assert "Misdrijven_9" in adviser.get(at, told).content.decode()
    assert adviser.get(at, told).status_code == 200
    adviser.post(at + "overnemen/", told)
    assert Edition.objects.get().columns == {"registered": "Misdrijven_9"}


def test_a_day_to_come_is_refused(organisation: Organisation, adviser: Client) -> None:
    page = bring(adviser, organisation, police({"GM9901": 4}), fetched_on="2027-01-01")
    at = page.redirect_chain[-1][0].split("?")[0]
    done = adviser.post(at + "overnemen/", {"fetched": "2027-01-01"}, follow=True)
    assert "This day is still to come." in done.content.decode()
    assert not Edition.objects.exists()


def test_the_place_is_told_with_its_error(organisation: Organisation, adviser: Client) -> None:
    page = adviser.post(url("place", organisation), {"municipality": "Amsterdam"})
    assert "This is no code of an area." in page.content.decode()
    adviser.post(url("place", organisation), {"municipality": "GM9901"})
    assert Place.objects.get().municipality == "GM9901"


def test_own_counts_come_in_by_the_browser(organisation: Organisation, adviser: Client, people: People) -> None:
    sent = {"file": SimpleUploadedFile("a.csv", COUNTS)}
    page = adviser.post(url("local_bring", organisation), sent, follow=True)
    said = " ".join(page.content.decode().split())
    assert "2 counts; nothing was recorded yet. 1 of them is below 5" in said
    assert "&lt;b&gt;Balie" in said
    at = page.redirect_chain[-1][0]
    adviser.post(at + "overnemen/")
    home = text(adviser, url("home", organisation))
    assert "fewer than 5" in home
    assert "<b>Balie" not in home
    row = LocalCounts.objects.get()
    adviser.post(url("local_withdraw", organisation, row.pk))
    assert "fewer than 5</td>" not in text(adviser, url("home", organisation))


@pytest.mark.parametrize("data", [b"x", b"bron;periode;fenomeen;aantal\nBalie;nooit;zwemmen;veel\n", b"%PDF-1.7"])
def test_bad_counts_are_told_by_row(organisation: Organisation, adviser: Client, data: bytes) -> None:
    page = adviser.post(url("local_bring", organisation), {"file": SimpleUploadedFile("a.csv", data)}, follow=True)
    assert page.status_code == 422
    adviser.post(page.redirect_chain[-1][0] + "overnemen/")
    assert not LocalCounts.objects.exists()


def test_counts_of_others_are_never_seen(
    organisation: Organisation, other_organisation: Organisation, people: People, does: dict[str, Any]
) -> None:
    own.take_over(organisation, COUNTS, name="geheim.csv", **does)
    stranger = people.stranger(other_organisation)
    for name in ("home", "sources"):
        assert "geheim.csv" not in text(stranger, url(name, other_organisation))
    data = json.loads(stranger.get(url("download", other_organisation, "json")).content)
    assert data["local"] == []
