"""The pages of the analyst: the queue, one advisory, deciding, writing, who has it, and products that nobody has."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.advisories import sort_words
from dijkwacht.apps.advisories.models import Advisory, Contact, Document, Place, Text, Warned
from dijkwacht.apps.advisories.queries import handling as handling_queries
from dijkwacht.apps.advisories.queries import triage as triage_queries
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import following, matching, receiving, serving, triage, warning
from dijkwacht.apps.advisories.services.intake import Came
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.advisories.shapes import ProductLine
from tests.advisories.conftest import content
from tests.house_people import NOW

pytestmark = pytest.mark.django_db
PAGES = ("advisory", "decide", "write", "who_has")


@pytest.fixture
def url(csirt: Organisation) -> Callable[..., str]:
    """The address of a page of the desk."""
    return lambda name, *args: reverse(f"advisories:{name}", args=[csirt.slug, *args])


@pytest.fixture
def touched(served: Organisation, register: Any, receive: Any) -> Advisory:
    """An urgent advisory that touches our municipality by what can be reached from outside."""
    register(("Zaakzicht", "Zaaksysteem", "3.1", True), ("Polderpost", "Mailserver", ""))
    return receive(kans="high", exploited=True)  # type: ignore[no-any-return]


def _text(client: Client, address: str, **query: Any) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# ---- who may


def test_litany(
    desk: Client, touched: Advisory, url: Any, people: Any, csirt: Organisation, make_person: Any, client_for: Any
) -> None:
    addresses = [url("triage"), url("unmatched"), *(url(name, touched.pk) for name in PAGES)]
    stranger = people.browser("ciso")
    barred = client_for(make_person("respondent", at_organisation=csirt))
    for address in addresses:
        assert desk.get(address).status_code == 200, address
        assert stranger.get(address).status_code == 404, address
        assert barred.get(address).status_code == 403, address
        anonymous = Client().get(address)
        assert anonymous.status_code == 302, address
        assert "/login" in anonymous["Location"], address
    for name in PAGES:
        assert desk.get(url(name, 99999)).status_code == 404


def test_an_advisory_of_another_desk_is_not_there(
    desk: Client, url: Any, receive: Any, organisation: Organisation
) -> None:
    other = receive(by=organisation)
    assert all(desk.get(url(name, other.pk)).status_code == 404 for name in PAGES)


def test_red_is_there_for_who_is_named_only(
    desk: Client, url: Any, receive: Any, csirt: Organisation, make_person: Any, client_for: Any
) -> None:
    red = receive(tlp="RED", title="Alleen voor Anna")
    colleague = client_for(make_person("csirt_analyst", at_organisation=csirt, language="en"))
    assert "Alleen voor Anna" in _text(desk, url("triage"))
    assert "Alleen voor Anna" not in _text(colleague, url("triage"))
    assert "No advisory waits" in _text(colleague, url("triage"))
    assert "Zaaksysteem" not in _text(colleague, url("unmatched"))
    for name in PAGES:
        assert desk.get(url(name, red.pk)).status_code == 200
        assert colleague.get(url(name, red.pk)).status_code == 404
    colleague.post(url("triage"), {"advisory": [red.pk], "because": "Niet voor mij"})
    red.refresh_from_db()
    assert red.decision == "open"


# ---- the queue


@pytest.fixture
def queue(touched: Advisory, receive: Any, analyst: Person) -> dict[str, Advisory]:
    """Five advisories: urgent and used, urgent and newer, two normal that nobody has, one that waits."""
    mail = (("Polderpost", "Mailserver", "vers:unknown/<9"),)
    made = {
        "urgent": touched,
        "asked": receive(
            "VB-2", products=mail, cves=("CVE-2026-1002",), title="Mailserver", kans="high", at=NOW + timedelta(hours=2)
        ),
        "old": receive("VB-3", products=(("Niemand", "Iets", "1"),), cves=("CVE-2026-1003",), schade="medium"),
        "new": receive(
            "VB-4", products=(("Niemand", "Anders", "1"),), cves=("CVE-2026-1004",), schade="medium",
            at=NOW + timedelta(hours=1),
        ),
        "wait": receive("VB-5", products=(("Niemand", "Later", "1"),), cves=("CVE-2026-1005",)),
    }  # fmt: skip
    until = (NOW + timedelta(days=3)).date()
    triage.decide(made["wait"], decision="wait", because="Later", wait_until=until, person=analyst, at=NOW)
    return made


def _shown(client: Client, address: str, **query: Any) -> list[str]:
    answer = client.get(address, query)
    return [row.advisory.number for row in answer.context["rows"]]


def test_the_most_pressing_first_then_the_newest(desk: Client, url: Any, queue: dict[str, Advisory]) -> None:
    assert _shown(desk, url("triage")) == ["VB-2026-0001", "VB-2", "VB-4", "VB-3"]
    text = _text(desk, url("triage"))
    assert "4 advisories wait for a decision. Together they touch 1 organisation." in text
    assert "is being used · reachable from outside · 1 organisation uses it" in text
    assert "nobody that you warn has it" in text
    assert "Likelihood high, damage high" in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "wait"}, ["VB-5"]),
        ({"provider": "1"}, ["VB-2026-0001", "VB-2", "VB-4", "VB-3"]),  # no such source: everything
        ({"state": "all", "level": "3"}, ["VB-2026-0001", "VB-2"]),
        ({"touches": "some"}, ["VB-2026-0001", "VB-2"]),
        ({"touches": "none"}, ["VB-4", "VB-3"]),
        ({"used": "on"}, ["VB-2026-0001"]),
        ({"exposed": "on"}, ["VB-2026-0001"]),
        ({"text": "mailserv"}, ["VB-2"]),
        ({"text": "vb-3"}, ["VB-3"]),
        ({"text": "CVE-2026-1004"}, ["VB-4"]),
        ({"text": "anders"}, ["VB-4"]),
        ({"text": "%' OR 1=1"}, []),
        ({"publisher": "https://csirt.voorbeeld.example", "state": "all"}, ["VB-2026-0001", "VB-2", "VB-4", "VB-5", "VB-3"]),
        ({"state": "nonsense"}, ["VB-2026-0001", "VB-2", "VB-4", "VB-3"]),
        ({"page": "99"}, ["VB-2026-0001", "VB-2", "VB-4", "VB-3"]),
    ],
)  # fmt: skip
def test_narrowed(
    desk: Client, url: Any, queue: dict[str, Advisory], query: dict[str, str], expected: list[str]
) -> None:
    assert _shown(desk, url("triage"), **query) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("nonsense", ["VB-2026-0001", "VB-2", "VB-4", "VB-3"]),
        ("title", ["VB-2026-0001", "VB-4", "VB-3", "VB-2"]),  # three of one title: in the usual order
        ("-number", ["VB-4", "VB-3", "VB-2026-0001", "VB-2"]),
        ("changed", ["VB-2026-0001", "VB-3", "VB-4", "VB-2"]),
        ("-reached", ["VB-2026-0001", "VB-2", "VB-4", "VB-3"]),
        ("level", ["VB-4", "VB-3", "VB-2026-0001", "VB-2"]),
        ("-score", ["VB-3", "VB-4", "VB-2026-0001", "VB-2"]),
        ("score", ["VB-4", "VB-3", "VB-2026-0001", "VB-2"]),  # without a score last, either way
        ("-cve", ["VB-4", "VB-3", "VB-2", "VB-2026-0001"]),
        ("product", ["VB-4", "VB-3", "VB-2", "VB-2026-0001"]),
    ],
)
def test_sorted(desk: Client, url: Any, queue: dict[str, Advisory], sort: str, expected: list[str]) -> None:
    for name, score in (("old", 9.8), ("new", 7.5)):
        Advisory.objects.filter(pk=queue[name].pk).update(score=score)
    assert _shown(desk, url("triage"), sort=sort) == expected


def test_every_way_to_sort_has_a_word_and_keeps_the_filter(
    desk: Client, url: Any, queue: dict[str, Advisory], analyst: Person
) -> None:
    assert {*triage_queries.SORTS, *handling_queries.SORTS} == set(sort_words.WORDS)
    for name in triage_queries.SORTS:
        assert len(_shown(desk, url("triage"), sort=name)) == 4, name
    page = _text(desk, url("triage"), touches="none", sort="-title", page="1")
    assert "Sorted by: Title, the highest or latest first" in page
    assert '?touches=none&amp;sort=title" aria-current="true"' in page
    assert '<input type="hidden" name="sort" value="-title"' in page


def test_what_the_publisher_withdrew_waits_for_nobody(desk: Client, url: Any, touched: Advisory) -> None:
    Advisory.objects.filter(pk=touched.pk).update(withdrawn=True)
    assert _shown(desk, url("triage")) == []
    assert "withdrawn by the publisher" in _text(desk, url("triage"), state="all")
    assert "Nobody has to do anything" in _text(desk, url("advisory", touched.pk))


def test_several_at_once(desk: Client, url: Any, queue: dict[str, Advisory]) -> None:
    numbers = [queue["old"].pk, queue["new"].pk]
    answer = desk.post(url("triage") + "?touches=none", {"advisory": numbers, "because": "Niemand heeft het"})
    assert answer["Location"] == url("triage") + "?touches=none"
    assert set(Advisory.objects.filter(pk__in=numbers).values_list("decision", "because")) == {
        ("not", "Niemand heeft het")
    }
    assert "Decided on 2 advisories: no warning." in _text(desk, url("triage"))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"because": "Zomaar"}, "Choose at least one advisory."),
        ({"advisory": ["x"], "because": "Zomaar"}, "On one of these somebody decided already."),
        ({"advisory": ["open"], "because": ""}, "This field is required"),
    ],
)
def test_several_at_once_says_what_is_missing(
    desk: Client, url: Any, queue: dict[str, Advisory], sent: dict[str, Any], said: str
) -> None:
    sent = {**sent, "advisory": [queue["old"].pk if each == "open" else each for each in sent.get("advisory", [])]}
    answer = desk.post(url("triage"), sent)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Advisory.objects.filter(decision="not").exists()


# ---- one advisory


def test_one_advisory_says_all_there_is(desk: Client, url: Any, touched: Advisory, receive: Any) -> None:
    other = receive("VB-9", products=(("Anders", "Iets", "1"),), title="Hetzelfde lek")
    receive(version="2", kans="high", exploited=True, fix="Installeer 3.3.", at=NOW + timedelta(hours=1))
    text = _text(desk, url("advisory", touched.pk))
    for said in (
        "Er is een fout gevonden in Zaaksysteem.", "Dijkstad", "CVE-2026-1001", "high/high", "1 organisation has it",
        "What is to be done changed.", "This is a new task", "Revision 2", "Installeer 3.3.", other.number,
        "1 organisation uses an affected version. You have not decided yet.",
    ):  # fmt: skip
        assert said in text, said


def test_who_has_it_and_as_a_list(
    desk: Client, url: Any, touched: Advisory, served: Organisation, does: Any, receive: Any
) -> None:
    text = _text(desk, url("who_has", touched.pk))
    assert "Dijkstad" in text
    assert "Version 3.1 is affected" in text
    assert "No organisation fits this" in _text(desk, url("who_has", touched.pk), outcome="undetermined")
    answer = desk.get(url("who_has", touched.pk), {"form": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="vb-2026-0001_tlp-clear.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("TLP:CLEAR")
    assert "Dijkstad" in lines[1]
    following.follow(served, kind="keyword", text="rioolgemalen", **does())
    caught = receive("VB-7", products=(("Gemaalwerk", "Besturing", "1"),), title="Lek in rioolgemalen")
    assert "what it follows caught" in _text(desk, url("who_has", caught.pk))
    assert desk.get(url("who_has", caught.pk), {"form": "csv"}).content.decode().count("Lek in rioolgemalen") == 1


def test_a_cell_that_looks_like_a_formula_is_harmless(
    desk: Client, url: Any, served: Any, register: Any, receive: Any
) -> None:
    register(("=CMD|x", "Zaaksysteem", "3.1"))
    found = receive(products=(("=CMD|x", "Zaaksysteem", "vers:unknown/<3.2"),))
    lines = desk.get(url("who_has", found.pk), {"form": "csv"}).content.decode("utf-8-sig").splitlines()
    assert "'=CMD|x" in lines[1]


# ---- deciding and writing


def test_warned_from_the_texts(desk: Client, url: Any, touched: Advisory) -> None:
    page = desk.get(url("write", touched.pk))
    start = page.context["form"].initial
    assert "Installeer 3.2." in start["technical"]
    preview = page.context["preview"]
    assert (preview.text, preview.pointer, preview.call, preview.at_once) == (1, 0, [], 1)
    answer = desk.post(url("write", touched.pk), {**start, "management": "Besluit vandaag.", "then": "warn"})
    assert answer["Location"] == url("advisory", touched.pk)
    told = Warned.objects.get()
    assert told.texts["management"] == "Besluit vandaag."
    text = _text(desk, url("advisory", touched.pk))
    assert "1 organisation was told." in text
    assert "1 of 1" in text
    assert "Besluit vandaag." in text


def test_only_saved(desk: Client, url: Any, touched: Advisory) -> None:
    desk.post(url("write", touched.pk), {"technical": "Werk bij.", "management": "", "then": ""})
    assert Text.objects.get().body == "Werk bij."
    assert not Warned.objects.exists()
    assert desk.get(url("write", touched.pk)).context["form"].initial == {"technical": "Werk bij."}
    assert "Installeer" in desk.get(url("write", touched.pk), {"language": "en"}).context["form"].initial["technical"]


def test_amber_is_a_pointer_and_without_a_trusted_contact_a_call(
    desk: Client, url: Any, served: Organisation, register: Any, receive: Any, does: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    amber = receive(tlp="AMBER", kans="high")
    assert desk.get(url("decide", amber.pk)).context["preview"].pointer == 1
    serving.end_contact(Contact.objects.get(role="trusted"), **does())
    preview = desk.get(url("decide", amber.pk)).context["preview"]
    assert preview.call == [(served, "no_trusted_contact")]
    assert "no trusted contact (VCIB)" in _text(desk, url("decide", amber.pk))


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "decision"),
        ({"decision": "never"}, "decision"),
        ({"decision": "not"}, "because"),
        ({"decision": "wait", "because": "Later"}, "wait_until"),
        ({"decision": "wait", "because": "Later", "wait_until": "2026-11-25"}, "wait_until"),
        ({"decision": "wait", "because": "Later", "wait_until": "morgen"}, "wait_until"),
    ],
)
def test_a_decision_says_what_is_missing(
    desk: Client, url: Any, touched: Advisory, sent: dict[str, str], field: str
) -> None:
    answer = desk.post(url("decide", touched.pk), sent)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    touched.refresh_from_db()
    assert touched.decision == "open"


def test_decided(desk: Client, url: Any, touched: Advisory) -> None:
    sent = {"decision": "wait", "because": "De leverancier zoekt nog", "wait_until": "2026-11-28"}
    assert desk.post(url("decide", touched.pk), sent)["Location"] == url("triage")
    assert "waits until 28 November 2026" in _text(desk, url("triage"), state="wait")
    assert "De leverancier zoekt nog" in _text(desk, url("advisory", touched.pk))
    assert desk.post(url("decide", touched.pk), {"decision": "warn"})["Location"] == url("advisory", touched.pk)
    assert Warned.objects.count() == 1
    answer = desk.post(url("decide", touched.pk), {"decision": "not", "because": "Toch niet"})
    assert "Somebody was warned already" in answer.content.decode()


def test_what_may_not_leave_is_refused_in_words(
    desk: Client, url: Any, served: Any, register: Any, receive: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    red = receive(tlp="RED")
    answer = desk.post(url("decide", red.pk), {"decision": "warn"})
    assert "TLP:RED keeps this inside" in answer.content.decode()
    written = desk.post(url("write", red.pk), {"technical": "Tekst", "management": "", "then": "warn"})
    assert "TLP:RED keeps this inside" in written.content.decode()
    assert not Warned.objects.exists()


# ---- many


def test_the_rest_is_told_by_the_next_round(
    desk: Client, url: Any, touched: Advisory, csirt: Organisation, make_organisation: Any, register: Any, does: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for number in range(3):
        other = make_organisation(f"polder-{number}")
        serving.join(other, desk=csirt, basis="Aansluiting", **does())
        register(("Zaakzicht", "Zaaksysteem", "3.0"), to=other)
    monkeypatch.setattr(triage, "AT_ONCE", 1)
    desk.post(url("decide", touched.pk), {"decision": "warn"})
    assert Warned.objects.count() == 1
    text = _text(desk, url("advisory", touched.pk))
    assert "1 of 4 organisations were told; the others follow within minutes." in text
    assert warning.fan_out_waiting(at=NOW) == 3
    assert warning.fan_out_waiting(at=NOW) == 0
    assert "All 4 organisations were told." in _text(desk, url("advisory", touched.pk))


def test_pages_stay_readable_with_many_organisations(
    desk: Client, url: Any, touched: Advisory, csirt: Organisation, make_organisation: Any, register: Any, does: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for number in range(30):
        other = make_organisation(f"polder-{number}")
        serving.join(other, desk=csirt, basis="Aansluiting", **does())
        register(("Zaakzicht", "Zaaksysteem", "3.0"), to=other)
    with django_assert_max_num_queries(90):
        answer = desk.get(url("who_has", touched.pk))
    assert len(answer.context["rows"]) == 25
    with django_assert_max_num_queries(40):
        desk.get(url("advisory", touched.pk))
    with django_assert_max_num_queries(25):
        desk.get(url("triage"))


# ---- products that nobody has


def test_products_that_nobody_has_with_what_looks_like_them(
    desk: Client, url: Any, served: Organisation, register: Any, receive: Any
) -> None:
    register(("Molenaar", "Databank Uitgebreid", "14"), ("Zaakzicht", "Zaaksysteem", "3.1"))
    receive("VB-1")
    for number in ("VB-2", "VB-3"):
        receive(number, products=(("Molenaar", "Databank", "vers:unknown/<15"),), cves=(f"CVE-2026-10{number[-1]}0",))
    receive("VB-4", products=(("Wiekwerk", "Website", "1"),), cves=("CVE-2026-1040",))
    answer = desk.get(url("unmatched"))
    rows = answer.context["rows"]
    assert [(row.vendor, row.product, row.advisories) for row in rows] == [
        ("Molenaar", "Databank", 2),
        ("Wiekwerk", "Website", 1),
    ]
    assert [each.registered for each in rows[0].candidates] == [("Molenaar", "Databank Uitgebreid")]
    assert [row.product for row in desk.get(url("unmatched"), {"text": "wiek"}).context["rows"]] == ["Website"]
    names = {"vendor": "Molenaar", "product": "Databank Uitgebreid", "to_vendor": "Molenaar", "to_product": "Databank"}
    desk.post(answer.context["answers"][0][0], names)
    assert [row.product for row in desk.get(url("unmatched")).context["rows"]] == ["Website"]
    assert Advisory.objects.get(number="VB-2").affected == 1


def test_what_has_a_package_url_or_cpe_is_had_by_that_too(
    desk: Client, url: Any, csirt: Organisation, served: Organisation, register: Any, receive: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    advisory, had = receive(), Place.objects.first()
    assert had is not None
    lines = (
        ProductLine("A", "Elders", "Naam van een ander", purl="pkg:npm/zaak@3"),
        ProductLine("B", "", "", purl="pkg:npm/Lodash@4", name="lodash"),
        ProductLine("C", "", "", cpe="cpe:2.3:a:molenaar:databank:14:*:*:*:*:*:*:*"),
        ProductLine("D", "Wiekwerk", "Website", purl="pkg:npm/website@1"),
    )
    said = replace(content(), products={each.id: each for each in lines})
    matching.refresh({advisory: said}, matching.side_of(csirt, at=NOW))
    Place.objects.create(organisation=had.organisation, asset=had.asset, product="p|npm//zaak", version="3")
    page = desk.get(url("unmatched"))
    assert {(row.product, row.identifiers) for row in page.context["rows"]} == {
        ("Website", ("pkg:npm/website",)), ("", ("pkg:npm/lodash",)), ("", ("cpe a:molenaar:databank",)),
    }  # fmt: skip
    assert "pkg:npm/lodash" in page.content.decode()
    assert len(desk.get(url("unmatched"), {"text": "lodash"}).context["rows"]) == 1
    assert {row.search for row in page.context["rows"]} == {"Website", "lodash", "a:molenaar:databank"}
    assert _shown(desk, url("triage"), state="all", text="lodash") == [advisory.number]


def test_something_else_is_not_proposed_again(desk: Client, url: Any, served: Any, register: Any, receive: Any) -> None:
    register(("Molenaar", "Databank Uitgebreid", "14"))
    receive("VB-2", products=(("Molenaar", "Databank", "vers:unknown/<15"),))
    answer = desk.get(url("unmatched"))
    names = {"vendor": "Molenaar", "product": "Databank Uitgebreid", "to_vendor": "Molenaar", "to_product": "Databank"}
    desk.post(answer.context["answers"][1][0], names)
    assert desk.get(url("unmatched")).context["rows"][0].candidates == ()


# ---- taken away


def test_an_advisory_goes_with_all_its_revisions_and_the_trail_keeps_that(
    desk: Client, url: Any, csirt: Organisation, touched: Advisory, receive: Any, analyst: Person
) -> None:
    receive(version="2", at=NOW + timedelta(hours=1))
    triage.write(Advisory.objects.get(), texts={"technical": "Let op."}, person=analyst, at=NOW + timedelta(hours=1))
    address = url("advisory_remove", touched.pk)
    assert address in _text(desk, url("advisory", touched.pk))
    assert desk.post(address, {"because": " "}).context["form"].errors
    assert desk.post(address, {"because": "Proef"})["Location"] == url("triage")
    assert [model.objects.count() for model in (Advisory, Document, Text)] == [0, 0, 0]
    entry = Entry.objects.get(act="advisories.removed")
    assert (entry.detail["name"], len(entry.detail["digests"])) == ("VB-2026-0001", 2)
    held = verify_advisories(csirt)
    assert (held.faulty, held.uncovered) == ([], [])
    assert receive().pk  # brought again, it is new


def test_what_a_warning_rests_on_stays(desk: Client, url: Any, touched: Advisory, analyst: Person) -> None:
    triage.decide(touched, decision="warn", person=analyst, at=NOW)
    address = url("advisory_remove", touched.pk)
    assert address not in _text(desk, url("advisory", touched.pk))
    assert "must be able to read it" in desk.post(address, {"because": "Weg"}).content.decode()
    document = Document.objects.get()
    assert "was taken in" in desk.post(url("document_remove", document.pk), {"because": "Weg"}).content.decode()
    receiving.receive(touched.organisation, [Came(b"{}", "stuk.json")], person=analyst, at=NOW)
    aside = Document.objects.get(state="aside")
    assert desk.post(url("document_remove", aside.pk), {"because": "Stuk"})["Location"] == url("aside")
    assert not Document.objects.filter(state="aside").exists()
