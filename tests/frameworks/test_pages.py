"""Pages of this room: each works, in both languages, and shows nothing to who may not see it."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.frameworks.models import Framework
from dijkwacht.apps.frameworks.services import reading
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.people.models import Person
from tests.adapters.oscal import made
from tests.frameworks.conftest import CATALOG, MAPPING, sent
from tests.frameworks.test_bringing import TEXTS
from tests.ledger.small import TODAY

SEEN = ("frameworks", "framework", "difference", "document", "norm_file", "version", "own_text")
DONE = ("bring", "remove")
EVERY = [*SEEN, *DONE]


@pytest.fixture
def things(bring, monkeypatch) -> dict[str, tuple]:
    """Something for every page."""
    from dijkwacht.apps.frameworks import norms
    from tests.accountability.conftest import BIO2

    monkeypatch.setattr(norms, "versions", lambda: (BIO2,))
    bring(CATALOG, MAPPING)
    document = made.catalog(8)
    document["catalog"]["metadata"]["version"] = "2"
    document["catalog"]["groups"][0]["controls"][0]["title"] = "Anders genoemd"
    new = bring(("catalog-2.json", made.raw(document)), TEXTS, norm="bio2").frameworks.get()
    return {
        "frameworks": (), "framework": (new.pk,), "difference": (new.pk,), "document": (new.pk,), "norm_file": ("bio2",),
        "version": ("bio2", "1.3"), "own_text": ("bio2:1",), "bring": (), "remove": ("kader", new.pk),
    }  # fmt: skip


def url(name, *more, slug="dijkstad"):
    return reverse(f"frameworks:{name}", args=[slug, *more])


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_works(client_for, ciso, things, say, name, language):
    say("house.policy", True)
    Person.objects.filter(pk=ciso.pk).update(language=language)
    response = client_for(ciso).get(url(name, *things[name]))
    assert response.status_code == 200
    if response["Content-Type"].startswith("text/html"):
        assert f'<html lang="{language}"' in response.text
        assert " style=" not in response.text


@pytest.mark.parametrize("name", ["frameworks", "bring"])
def test_works_before_anything_was_brought(client_for, ciso, name):
    assert client_for(ciso).get(url(name)).status_code == 200


@pytest.mark.parametrize("name", EVERY)
def test_stranger(client_for, make_person, other_organisation, things, name):
    stranger = make_person("ciso", at_organisation=other_organisation)
    assert client_for(stranger).get(url(name, *things[name])).status_code == 404


@pytest.mark.parametrize("name", ["framework", "difference", "document", "remove"])
def test_a_framework_of_another_organisation_is_not_there(client_for, make_person, other_organisation, things, name):
    theirs = client_for(make_person("ciso", at_organisation=other_organisation))
    assert theirs.get(url(name, *things[name], slug="polderveen")).status_code == 404


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("role", ["auditor", "college", "process_owner", "respondent"])
def test_reader(client_for, make_person, things, name, role):
    expected = 403 if role == "respondent" or name in DONE else 200
    assert client_for(make_person(role)).get(url(name, *things[name])).status_code == expected


@pytest.mark.parametrize("name", EVERY)
def test_anonymous_goes_to_sign_in(things, name):
    response = Client().get(url(name, *things[name]))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("framework", (999,)), ("difference", (999,)), ("document", (999,)), ("norm_file", ("weg",)), ("version", ("weg", "1")),
        ("version", ("bio2", "9")), ("remove", ("kader", 999)), ("remove", ("iets", 1)), ("preview", ("x" * 43,)),
        ("preview", ("..",)),
    ],
)  # fmt: skip
def test_bad_id(client_for, ciso, things, name, which):
    assert client_for(ciso).get(url(name, *which)).status_code == 404


@pytest.mark.parametrize(
    "query", ["?verdict=wrong", "?text=%00%25", "?page=-1", "?page=x", "?verdict=met&text=e&page=99"]
)
def test_a_filter_that_makes_no_sense(client_for, ciso, things, query):
    assert client_for(ciso).get(url("framework", *things["framework"]) + query).status_code == 200


def test_a_line_tells_its_road(client_for, ciso, things, say):
    say("house.policy", True)
    page = client_for(ciso).get(url("framework", *things["framework"])).text
    assert "In order, because BIO2 1 (in order) asks the same." in page
    assert "Partly, because BIO2 1 (in order) is a part of this." in page
    assert "Unknown: no mapping leads to this line." in page
    assert reverse("ledger:requirement", args=["dijkstad", "bio2:1"]) in page


def test_a_line_that_was_withdrawn_shows_only_when_it_is_looked_for(client_for, ciso, things):
    address = url("framework", *things["framework"])
    assert "Weg" not in client_for(ciso).get(address).text
    assert "Weg" in client_for(ciso).get(address + "?text=weg").text


def test_the_difference(client_for, ciso, things):
    page = client_for(ciso).get(url("difference", *things["difference"])).text
    assert "1 line differs from the version before; 4 are the same." in page
    assert "Anders genoemd" in page


def test_from_file_to_page(client_for, ciso, db):
    browser = client_for(ciso)
    answer = browser.post(url("bring"), {"file": sent(CATALOG, MAPPING), "norm": ""})
    assert answer.status_code == 302
    page = browser.get(answer.url)
    assert "We read 5 lines, 3 pairs of mappings. Nothing has been kept yet." in page.text
    assert not Framework.objects.exists()
    token = answer.url.rstrip("/").split("/")[-2]
    done = browser.post(url("carry_out", token), {"norm": ""})
    assert "5 lines, 3 pairs of mappings and 0 own texts are kept" in done.text
    assert Framework.objects.get().lines.count() == 5
    assert browser.get(answer.url).status_code == 404  # what waited is gone
    assert browser.post(url("carry_out", token), {"norm": ""}).status_code == 404


def test_what_is_refused_is_shown_with_its_place_and_never_kept(client_for, ciso, db):
    browser = client_for(ciso)
    bad = made.left()
    bad["catalog"]["controls"][2]["id"] = "<b>5.1</b>"
    answer = browser.post(url("bring"), {"file": sent(("fout.json", made.raw(bad))), "norm": ""})
    page = browser.get(answer.url).text
    assert "No: 1 thing was refused, so nothing can be kept." in page
    assert "/catalog/controls/2/id" in page
    assert "<b>5.1</b>" not in page
    token = answer.url.rstrip("/").split("/")[-2]
    assert browser.post(url("carry_out", token), {"norm": ""}).status_code == 302
    assert not Framework.objects.exists()


def test_a_colleague_cannot_go_on_with_my_files(client_for, ciso, make_person, db):
    answer = client_for(ciso).post(url("bring"), {"file": sent(CATALOG), "norm": ""})
    assert client_for(make_person("coordinator")).get(answer.url).status_code == 404


@pytest.mark.parametrize("files", [[], [("leeg.json", b"")], [(f"{index}.json", b"{}") for index in range(13)]])
def test_no_file_an_empty_one_or_too_many(client_for, ciso, files):
    response = client_for(ciso).post(url("bring"), {"file": sent(*files), "norm": ""})
    assert response.status_code == 200
    assert "error" in response.text


def test_take_out(client_for, ciso, things):
    browser = client_for(ciso)
    assert browser.post(url("remove", *things["remove"])).status_code == 302
    assert browser.get(url("remove", *things["remove"])).status_code == 404
    assert "This framework was taken out." in browser.get(url("framework", *things["framework"])).text


def test_a_reader_cannot_post(client_for, make_person, things):
    browser = client_for(make_person("auditor"))
    assert browser.post(url("bring")).status_code == 403
    assert browser.post(url("remove", *things["remove"])).status_code == 403
    assert browser.post(url("carry_out", "x" * 43)).status_code == 403


def test_a_file_name_is_only_a_name(client_for, ciso, bring):
    framework = bring(('a"b\r\nc/../d.json', CATALOG[1])).frameworks.get()
    header = client_for(ciso).get(url("document", framework.pk))["Content-Disposition"]
    assert header.count('"') == 2
    assert "\n" not in header


def test_an_archive_that_was_brought_elsewhere_under_our_name(client_for, ciso, organisation, at) -> None:
    """The page where workbooks are brought keeps any file; its address here must not unpack what a stranger packed."""
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(30):
            archive.writestr(f"{number}/x.json", b" " * 20_000_000)
    for content in (bomb.getvalue(), b"no archive"):
        file = ContentFile(content, name=reading.PACKED)
        token = uploads.keep(organisation, person=ciso, file=file, library=None, at=at).token
        assert client_for(ciso).get(f"/o/dijkstad/kaders/inlezen/{token}/").status_code == 404


def test_own_texts_with_a_null_character(bring, organisation) -> None:
    """A table with one is refused as no text at all; in Markdown it is left out, as it cannot be stored."""
    table = ("eigen.csv", b"nummer;titel;tekst\n1;Bel\0eid;Onze tekst\n")
    assert [each.code for each in reading.read(organisation, [table], norm="bio2", on=TODAY).refused] == ["binary"]
    markdown = ("bio2.md", b"### 5.01.01 Bel\0eid\nOnze\0 tekst\n")
    found = reading.read(organisation, [markdown], on=TODAY)
    assert "\0" not in "".join(text.title + text.text for each in found.texts for text in each.texts.values())
