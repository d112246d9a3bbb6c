"""The trail on the screen: sentences, filters, proof and download; and nothing for who may not read it."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.people import services
from dijkwacht.apps.trail import queries, words
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.services import record
from dijkwacht.core.chain import Break, Broken

NAMES = ["trail", "verify", "download"]


@pytest.fixture
def ciso(make_person):
    return make_person("ciso", name="Ciska Zeker", language="en")


@pytest.fixture
def colleague(make_person):
    return make_person(name="Jo <b>Vis</b>")


@pytest.fixture
def acts(organisation, ciso, colleague, at):
    services.grant_role(organisation, person=colleague, role="auditor", valid_from=at.date(), at=at, by=ciso)
    record(organisation, person=None, actor="tick", act="unheard.of", about="thing:1", detail={"n": 1}, at=at)
    record(organisation, person=None, actor="=cmd|' /C calc'!A0", act="test.done", about="-2+3", detail={}, at=at)


def url(name, slug="dijkstad"):
    return reverse(f"trail:{name}", args=[slug])


def body(response):
    return b"".join(response.streaming_content).decode() if response.streaming else response.text


@pytest.mark.parametrize("name", NAMES)
def test_works(client_for, ciso, acts, name):
    assert client_for(ciso).get(url(name)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_stranger(client_for, make_person, other_organisation, acts, name):
    assert client_for(make_person("ciso", at_organisation=other_organisation)).get(url(name)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("role", "status"), [("process_owner", 403), ("respondent", 403), ("college", 403), ("auditor", 200)]
)
def test_reader(client_for, make_person, acts, name, role, status):
    assert client_for(make_person(role)).get(url(name)).status_code == status


@pytest.mark.parametrize("name", NAMES)
def test_anonymous_goes_to_sign_in(acts, name):
    assert Client().get(url(name)).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", NAMES)
def test_bad_organisation(client_for, ciso, name):
    assert client_for(ciso).get(url(name, "nergens")).status_code == 404


def test_entries_are_sentences(client_for, ciso, acts):
    page = client_for(ciso).get(url("trail")).text
    assert "Ciska Zeker gave Jo &lt;b&gt;Vis&lt;/b&gt; the role auditor" in page
    assert "Dijkwacht: unheard.of, thing:1." in page
    assert "<b>Vis" not in page


def test_of_an_exercise_the_moment_of_its_clock_stands_beside_the_real_one(client_for, ciso, organisation, at):
    for told in ("2027-03-01T09:30:00.000000Z", "nonsense"):
        record(
            organisation, person=ciso, act="test.done", about="incident:1", detail={"exercise_at": told}, at=at
        )  # fmt: skip
    page = " ".join(client_for(ciso).get(url("trail")).text.split())
    assert page.count("EXERCISE") == 1
    assert "its clock showed 1 March 2027, 10:30" in re.sub("<[^>]+>", "", page)
    assert "exercise_at" not in page


def test_only_those_of_this_organisation(client_for, ciso, acts, other_organisation, at):
    record(other_organisation, person=None, actor="tick", act="test.secret", about="x", detail={}, at=at)
    assert "test.secret" not in client_for(ciso).get(url("trail")).text
    assert "test.secret" not in body(client_for(ciso).get(url("download")))


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [3, 2, 1]), ({"act": "people.role_granted"}, [1]), ({"about": "thing:"}, [2]), ({"about": "thing:1"}, [2]),
        ({"person": "own"}, [1]), ({"act": "people.shared"}, []),
        # What cannot be chosen narrows nothing, and says so.
        ({"act": "drop table"}, [3, 2, 1]), ({"person": "999999"}, [3, 2, 1]), ({"page": "x"}, [3, 2, 1]),
        ({"page": "99"}, [3, 2, 1]),
    ],
)  # fmt: skip
def test_filters(client_for, ciso, acts, query, numbers):
    if query.get("person") == "own":
        query = {"person": ciso.pk}
    response = client_for(ciso).get(url("trail"), query)
    assert [line.entry.seq for line in response.context["lines"]] == numbers


def test_pages_and_few_queries(client_for, ciso, organisation, colleague, at, django_assert_max_num_queries):
    for _ in range(120):
        record(
            organisation,
            person=ciso,
            act="people.role_ended",
            about=f"person:{colleague.pk}",
            detail={"role": "ciso"},
            at=at,
        )
    browser = client_for(ciso)
    with django_assert_max_num_queries(9):
        first = browser.get(url("trail"))
    assert [line.entry.seq for line in first.context["lines"]] == list(range(120, 70, -1))
    last = browser.get(url("trail"), {"page": "3"})
    assert [line.entry.seq for line in last.context["lines"]] == list(range(20, 0, -1))


def test_a_chain_that_holds(client_for, ciso, acts, organisation):
    page = client_for(ciso).get(url("verify")).text
    assert "the chain holds up to and including no. 3" in page
    assert f"3:{queries.head(organisation).hash}" in page


def test_a_chain_without_entries(client_for, ciso):
    assert "nothing was written in it yet" in client_for(ciso).get(url("verify")).text


@pytest.mark.usefixtures("unlocked_trail")
def test_a_broken_chain_names_the_link(client_for, ciso, acts):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trail_entry SET about = 'thing:2' WHERE seq = 2")
    assert "No: the content of entry 2 was changed after it was written." in client_for(ciso).get(url("verify")).text


def test_a_hash_noted_earlier(client_for, ciso, acts, organisation):
    browser = client_for(ciso)
    good = queries.head(organisation).hash
    assert "the chain holds" in browser.get(url("verify"), {"noted": f" 3:{good.upper()} "}).text
    assert "from entry 3 on the trail was written anew" in browser.get(url("verify"), {"noted": f"3:{'0' * 64}"}).text
    assert "from entry 4 on it is missing" in browser.get(url("verify"), {"noted": f"4:{'0' * 64}"}).text
    wrong = browser.get(url("verify"), {"noted": "3:abc"})
    assert list(wrong.context["form"].errors) == ["noted"]


def test_the_download_holds_every_entry_and_no_formula(client_for, ciso, acts, organisation):
    response = client_for(ciso).get(url("download"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(body(response))))
    assert [row["seq"] for row in rows] == ["1", "2", "3"]
    assert [row["hash"] for row in rows] == [entry.hash for entry in Entry.objects.order_by("seq")]
    assert rows[0]["name"] == "Ciska Zeker"
    assert rows[2]["actor"].startswith("'=")
    assert rows[2]["about"] == "'-2+3"


def test_every_kind_of_break_has_words():
    for kind in Break:
        assert "7" in words.break_sentence(Broken(7, kind, "", ""))


def test_every_act_reads_as_a_sentence_even_without_its_detail(organisation, at):
    for act in words.acts():
        record(organisation, person=None, actor="tick", act=act, about="person:x", detail={}, at=at + timedelta(1))
    for line in words.lines(organisation, queries.entries(organisation)):
        assert line.sentence.endswith(".")
        assert "%" not in line.sentence


def test_of_marked_rows_the_page_says_only_which(client_for, ciso, organisation, at):
    marked = {"risk": {"12": {"title": "ab" * 32}, "13": None}, "weighing": {"4": {"kind": "cd" * 32}}}
    record(organisation, person=ciso, act="isms.risk_added", about="risk:12", detail={"rows": marked}, at=at)
    page = client_for(ciso).get(reverse("trail:trail", args=[organisation.slug])).content.decode()
    assert "risk 12, risk 13, weighing 4" in page
    assert "ab" * 32 not in page
