"""The pages of the intake: who comes in, what they show, and what is said at the field."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dijkwacht.adapters.csaf.https import Https
from dijkwacht.apps.advisories.models import Advisory, Document, Provider, Seen
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import files, sourcing
from dijkwacht.apps.advisories.services.files import Brought
from dijkwacht.apps.people.models import Organisation, Person
from tests.advisories.conftest import data
from tests.advisories.test_intake_files import packed
from tests.advisories.test_intake_lists import epss, kev, record
from tests.house_people import NOW

pytestmark = pytest.mark.django_db
SOURCE = {"name": "NCSC", "where": "ncsc.example", "tlp": "", "must": ["hash"]}
PLAIN = ("sources", "source_add", "add", "lists", "aside")
OF_SOURCE = ("source", "source_run", "source_end")
OF_DOCUMENT = ("document", "document_raw", "read_anyway", "refuse")
POSTS = ("source_run", "source_end")


def url(name: str, *more: Any, slug: str = "csirt-voorbeeld") -> str:
    return reverse(f"advisories:{name}", args=[slug, *more])


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def source(csirt: Organisation, analyst: Person) -> Provider:
    return sourcing.add(csirt, name="NCSC", where="ncsc.example", must=["hash"], tlp="GREEN", person=analyst, at=NOW)


@pytest.fixture
def odd(csirt: Organisation, analyst: Person) -> Document:
    """A document that was set aside: its hash is wrong."""
    content = packed({"vb.json": data("VB-2026-0007", title="Lek <b>hier</b>"), "vb.json.sha256": b"0" * 64})
    return files.take_files(csirt, [Brought("vb.zip", content)], person=analyst, at=NOW)[0].document  # type: ignore[return-value]


@pytest.mark.parametrize("name", [*PLAIN, *OF_SOURCE, *OF_DOCUMENT])
def test_who_comes_in(
    name: str, desk: Client, client: Client, source: Provider, odd: Document, people: Any, csirt: Organisation, make_person: Any,
    client_for: Any,
) -> None:  # fmt: skip
    more = [source.pk] if name in OF_SOURCE else [odd.pk] if name in OF_DOCUMENT else []
    method = "post" if name in POSTS else "get"
    assert getattr(people.stranger(csirt), method)(url(name, *more)).status_code == (
        302 if name in POSTS else 200
    )  # a ciso there
    assert getattr(people.browser("ciso"), method)(url(name, *more)).status_code == 404
    reader = client_for(make_person("supervisor", at_organisation=csirt))
    assert getattr(reader, method)(url(name, *more)).status_code == 403
    answer = getattr(client, method)(url(name, *more))
    assert answer.status_code == 302
    assert "/account/login" in answer["Location"]
    if more:
        assert getattr(desk, method)(url(name, 999_999)).status_code == 404
        mine = getattr(people.browser("ciso"), method)(url(name, *more, slug="dijkstad"))
        assert mine.status_code == 404  # of another desk
    if name in POSTS:
        assert desk.get(url(name, *more)).status_code == 405


class TestSources:
    def test_nothing_yet(self, desk: Client) -> None:
        page = text(desk.get(url("sources")))
        assert "Nothing is fetched yet." in page
        assert "No source yet" in page

    def test_added_shown_asked_for_and_ended_without_the_network(
        self, desk: Client, csirt: Organisation, analyst: Person, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(Https, "get", lambda *_args, **_more: pytest.fail("a page fetched"))
        answer = desk.post(url("source_add"), {**SOURCE, "named": [analyst.pk]})
        row = Provider.objects.get()
        assert answer["Location"] == url("source", row.pk)
        assert (row.url, row.must, row.named, row.next_at) == ("ncsc.example", ["hash"], [analyst.pk], NOW)
        page = text(desk.get(url("source", row.pk)))
        assert "Anna Lyst" in page
        assert "a hash" in page
        Provider.objects.update(next_at=None)
        assert "Nothing was fetched yet." in page
        assert "takes this source along" in text(desk.post(url("source_run", row.pk), follow=True))
        row.refresh_from_db()
        assert row.next_at == NOW
        assert "Ended" in text(desk.post(url("source_end", row.pk), follow=True))
        assert "was ended already" in text(desk.post(url("source_run", row.pk), follow=True))
        assert "Ended sources" in text(desk.get(url("sources")))
        assert not verify_advisories(csirt).faulty

    def test_trouble_and_what_fails_in_words(self, desk: Client, source: Provider) -> None:
        trouble = json.dumps(["no_answer", {"url": "https://ncsc.example/", "cause": "ConnectionRefusedError"}])
        Provider.objects.update(trouble=trouble, last_at=NOW, last_new=3, last_left=2)
        Seen.objects.create(provider=source, url="https://ncsc.example/a.json", failures=4)
        page = text(desk.get(url("sources")))
        assert "At 1 of 1 sources something goes wrong." in page
        assert "gave no answer that can be read" in page
        assert "2 still to fetch" in page
        page = text(desk.get(url("source", source.pk)))
        assert "https://ncsc.example/a.json" in page
        assert "4 times" in page

    @pytest.mark.parametrize(
        ("sent", "field", "said"),
        [
            ({"name": ""}, "name", "required"),
            ({"name": "x" * 121}, "name", "120"),
            ({"where": ""}, "where", "required"),
            ({"where": "http://ncsc.example/x.json"}, "where", "begins with https"),
            ({"where": "https://iemand:geheim@ncsc.example/"}, "where", "begins with https"),
            ({"where": "https://127.0.0.1/x.json"}, "where", "begins with https"),
            ({"where": "https://[::1]/"}, "where", "begins with https"),
            ({"where": "localhost"}, "where", "begins with https"),
            ({"where": "/etc/passwd"}, "where", "begins with https"),
            ({"where": "file:///etc/passwd"}, "where", "begins with https"),
            ({"where": "ncsc.example:abc"}, "where", "begins with https"),
            ({"where": "a\0b.example"}, "where", "Null"),
            ({"tlp": "PAARS"}, "tlp", "valid choice"),
            ({"must": ["geluk"]}, "must", "valid choice"),
            ({"named": ["1x"]}, "named", "valid choice"),
            ({"named": ["99999"]}, "named", "valid choice"),
        ],
    )
    def test_what_cannot_be_is_said_at_the_field(
        self, desk: Client, sent: dict[str, Any], field: str, said: str
    ) -> None:
        response = desk.post(url("source_add"), {**SOURCE, **sent})
        assert said in " ".join(response.context["form"].errors[field])
        assert not Provider.objects.exists()

    def test_the_same_twice(self, desk: Client, source: Provider) -> None:
        response = desk.post(url("source_add"), {**SOURCE, "where": "https://NCSC.example/"})
        assert "where" in response.context["form"].errors
        assert Provider.objects.count() == 1

    def test_a_municipality_is_a_desk_of_its_own(self, people: Any) -> None:
        browser = people.browser("ciso")
        answer = browser.post(url("source_add", slug="dijkstad"), SOURCE)
        assert answer.status_code == 302
        assert "NCSC" in text(browser.get(url("sources", slug="dijkstad")))


class TestFiles:
    def test_asked_without_a_word_of_error(self, desk: Client) -> None:
        assert not desk.get(url("add")).context["form"].is_bound

    def test_each_with_what_became_of_it(self, desk: Client, csirt: Organisation) -> None:
        given = [upload("a.json", data("VB-2026-0001")), upload("b.zip", b"PK\x03\x04 stuk"), upload("c.json", b"x")]
        page = text(desk.post(url("add"), {"files": given, "tlp": "AMBER"}))
        assert "Of 3 files: 1 taken in, 1 set aside, 0 known already, 1 not read." in page
        assert "This ZIP file is damaged" in page
        assert Advisory.objects.get().tlp == "AMBER"
        assert not verify_advisories(csirt).faulty

    def test_red_by_hand_is_for_who_brought_it(
        self, desk: Client, csirt: Organisation, make_person: Any, client_for: Any
    ) -> None:
        desk.post(url("add"), {"files": [upload("a.json", data())], "tlp": "RED"})
        row = Document.objects.get()
        other = client_for(make_person("csirt_analyst", at_organisation=csirt, language="en"))
        assert desk.get(url("document", row.pk)).status_code == 200
        for name in OF_DOCUMENT:
            assert other.get(url(name, row.pk)).status_code == 404

    @pytest.mark.parametrize(
        ("sent", "field"), [({}, "files"), ({"files": [upload("a.json", data())], "tlp": "PAARS"}, "tlp")]
    )
    def test_what_cannot_be_is_said_at_the_field(self, desk: Client, sent: dict[str, Any], field: str) -> None:
        assert field in desk.post(url("add"), sent).context["form"].errors
        assert not Document.objects.exists()

    def test_too_many_and_too_large(self, desk: Client, monkeypatch: Any) -> None:
        many = [upload(f"{n}.json", b"{}") for n in range(51)]
        assert "at most 50 files" in str(desk.post(url("add"), {"files": many}).context["form"].errors["files"])
        monkeypatch.setattr("dijkwacht.apps.advisories.forms.intake.LARGEST", 0)
        assert "larger than" in str(
            desk.post(url("add"), {"files": [upload("a.json", b"{}")]}).context["form"].errors["files"]
        )


class TestAside:
    def test_why_in_words_and_escaped(self, desk: Client, odd: Document) -> None:
        page = text(desk.get(url("aside")))
        assert "1 document was not taken in." in page
        assert "The hash is of other content." in page
        assert "Lek &lt;b&gt;hier&lt;/b&gt;" in page

    def test_narrowed_and_nonsense(self, desk: Client, odd: Document, source: Provider) -> None:
        assert "Nothing stands here" in text(desk.get(url("aside") + "?state=settled"))
        assert "Nothing stands here" in text(desk.get(f"{url('aside')}?source={source.pk}"))
        assert "VB-2026-0007" in text(desk.get(url("aside") + "?state=x&source=abc&page=99999999999"))

    def test_what_is_for_others_is_counted(
        self, odd: Document, csirt: Organisation, make_person: Any, client_for: Any
    ) -> None:
        Document.objects.update(tlp="RED")
        other = client_for(make_person("csirt_analyst", at_organisation=csirt, language="en"))
        page = text(other.get(url("aside")))
        assert "1 more is TLP:RED" in page
        assert "VB-2026-0007" not in page

    def test_read_anyway(self, desk: Client, odd: Document, csirt: Organisation) -> None:
        assert "because" in desk.post(url("read_anyway", odd.pk), {"because": " "}).context["form"].errors
        answer = desk.post(url("read_anyway", odd.pk), {"because": "Gebeld"}, follow=True)
        assert "this is the revision that counts" in text(answer)
        assert Advisory.objects.get().number == "VB-2026-0007"
        assert "settled this already" in text(desk.post(url("refuse", odd.pk), {"because": "Toch niet"}))
        assert not verify_advisories(csirt).faulty

    def test_refused(self, desk: Client, odd: Document) -> None:
        assert "because" in desk.post(url("refuse", odd.pk), {"because": ""}).context["form"].errors
        assert "Refused." in text(desk.post(url("refuse", odd.pk), {"because": "Nep"}, follow=True))
        assert "Nep" in text(desk.get(url("aside") + "?state=settled"))
        assert not Advisory.objects.exists()

    def test_what_cannot_be_read_can_only_be_refused(self, desk: Client, csirt: Organisation, analyst: Person) -> None:
        files.take_files(csirt, [Brought("x.json", b"geen")], person=analyst, at=NOW)
        row = Document.objects.get()
        page = text(desk.get(url("document", row.pk)))
        assert "Ask the source for another copy" in page
        assert url("read_anyway", row.pk) not in page
        assert "cannot be read anyway" in text(desk.post(url("read_anyway", row.pk), {"because": "toch"}))


def test_the_file_as_it_came_is_kept_and_never_shown(desk: Client, csirt: Organisation, analyst: Person) -> None:
    content = data(title="<script>alert(1)</script>")
    files.take_files(csirt, [Brought('a"\r\nX: y.json', content)], person=analyst, at=NOW)
    answer = desk.get(url("document_raw", Document.objects.get().pk))
    assert answer.content == content
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert "\n" not in answer["Content-Disposition"]


class TestLists:
    def test_all_three_and_one_that_is_wrong_does_not_stop_the_others(
        self, desk: Client, receive: Any, csirt: Organisation
    ) -> None:
        receive()
        given = {
            "kev": upload("kev.json", kev("CVE-2026-1001")), "epss": upload("epss.csv", b"niets"),
            "ssvc": [upload("c.json", record("CVE-2026-1001"))],
        }  # fmt: skip
        page = text(desk.post(url("lists"), given))
        assert "1 advisory weighs otherwise now." in page
        assert "is missing" in page
        assert "1 weakness" in page
        assert not verify_advisories(csirt).faulty

    def test_scores(self, desk: Client) -> None:
        page = text(desk.post(url("lists"), {"epss": upload("e.csv", epss(CVE_2026_1001=0.5))}))
        assert "25 November 2026" in page

    @pytest.mark.parametrize("given", [{}, {"kev": upload("kev.json", b"")}])
    def test_nothing_chosen_or_empty_is_said(self, desk: Client, given: dict[str, Any]) -> None:
        assert desk.post(url("lists"), given).context["form"].errors

    def test_a_file_of_another_kind(self, desk: Client) -> None:
        assert "no record of the CVE list" in text(desk.post(url("lists"), {"ssvc": [upload("a.json", data())]}))


def test_many_sources_cost_no_more_questions(
    desk: Client, csirt: Organisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        sourcing.add(csirt, name=f"N{number}", where=f"n{number}.example", person=None, actor="test", at=NOW)
    with django_assert_max_num_queries(14):
        desk.get(url("sources"))
