"""Pages for statements: checking the answers, laying them before whoever signs, signing, and what one sees of it afterwards."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dijkwacht.adapters.checking import check
from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import Draft, SigningKey, Statement
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.services import ending, keys
from dijkwacht.apps.accountability.services.freezing import freeze
from dijkwacht.apps.ledger.services import facts
from dijkwacht.apps.people.models import Person, Role
from dijkwacht.apps.trail.models import Entry
from dijkwacht.demo.world import World
from dijkwacht.web import clock
from tests.accountability.house import house
from tests.standing import again, standing

COUNCIL = "ensia-council"
pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _pack(settings: Any, tmp_path: Any) -> None:
    """The real packs, in the place of the small one of this folder; a data folder of its own."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def on() -> date:
    return clock.real_today()


def made() -> World:
    found = house(on=clock.real_today())
    Person.objects.update(language="en")
    return found


stands = standing(made)


@pytest.fixture
def world(stands: Any, db: None, tmp_path: Any) -> World:
    return again(stands, tmp_path)


@pytest.fixture
def browse(world: World) -> Browse:
    def browser(key: str, organisation: str = "dijkstad") -> Client:
        client = Client()
        client.force_login(world.person(key, organisation))
        return client

    return browser


def at() -> datetime:
    return timezone.now().astimezone(UTC)


def later(minutes: int) -> datetime:
    return at() + timedelta(minutes=minutes)


def frozen(world: World, account: str = COUNCIL, **fields: Any) -> Statement:
    given = {"on": clock.real_today(), "at": at(), "person": world.person("college"), "documents": False, **fields}
    return freeze(world.organisations["dijkstad"], account=account, **given)


def correct(world: World, value: bool = False) -> None:
    subject = world.subjects["dijkstad"]
    facts.answer(
        subject.organisation, subject=subject, fact_type="policy.approved", value=value, person=world.person("ciso"),
        on=clock.real_today(), at=at(), correction=True,
    )  # fmt: skip


def url(name: str, *more: Any, slug: str = "dijkstad") -> str:
    return reverse(f"accountability:{name}", args=[slug, *more])


SIGN = "/o/dijkstad/verklaringen/opstellen/ensia-council/ondertekenen/"
ADDRESSES = {
    "statements": (), "draft": (COUNCIL,), "statement": (1,), "statement_lines": (1,), "package": (1,), "keys": (),
    "key_list": (), "remarks": (),
}  # fmt: skip


# -- the litany --------------------------------------------------------------------------------------
def test_litany(world: World, browse: Browse) -> None:
    frozen(world)
    for name, more in ADDRESSES.items():
        here = url(name, *more)
        for reader in ("ciso", "college", "coordinator", "auditor", "beheer", "proces"):
            assert browse(reader).get(here).status_code == 200, (name, reader)
        assert browse("ciso", "de-meren").get(here).status_code == 404, name
        assert browse("collega").get(here).status_code == 403, name
        assert "login" in Client().get(here).headers["Location"], name


@pytest.mark.parametrize("language", ["nl", "en"])
def test_in_both_languages(world: World, browse: Browse, language: str) -> None:
    frozen(world)
    Person.objects.update(language=language)
    for name, more in ADDRESSES.items():
        page = browse("ciso").get(url(name, *more))
        if page.headers["Content-Type"].startswith("text/html"):
            assert f'<html lang="{language}"' in page.text, name
            assert " style=" not in page.text, name


def test_bad_id(world: World, browse: Browse) -> None:
    frozen(world)
    ciso = browse("ciso")
    for name, more in (
        ("draft", ("nergens",)), ("statement", (9,)), ("statement_lines", (9,)), ("package", (9,)), ("withdraw", (9,)),
        ("document", (1, "geheim.pdf")), ("document", (1, "..")), ("answer_remark", (9,)), ("sign", ("nergens",)),
    ):  # fmt: skip
        assert ciso.get(url(name, *more)).status_code == 404, name


def test_a_question_that_makes_no_sense(world: World, browse: Browse) -> None:
    for query in ("?op=onzin", "?op=9999-01-01", "?onderwerp=nergens", "?alleen=onzin&text=%00", "?op=0001-01-01"):
        assert browse("ciso").get(url("draft", COUNCIL) + query).status_code == 200, query
        assert browse("college").get(SIGN + query).status_code == 200, query


# -- checking ----------------------------------------------------------------------------------------
def test_every_line_with_who_said_it_and_a_way_to_change_it(world: World, browse: Browse) -> None:
    page = browse("ciso").get(url("draft", COUNCIL))
    live = statements.live(world.organisations["dijkstad"], account=COUNCIL, on=page.context["live"].on,
                           known_at=page.context["live"].on)  # fmt: skip
    rows = [row for _, found in page.context["groups"] for row in found]
    assert [row.line for row in sorted(rows, key=lambda row: row.key)] == sorted(
        live.lines, key=lambda line: f"{line.requirement}@{line.subject}"
    )
    assert "Noor van der Sluis" in page.text
    row = next(row for row in rows if row.facts and row.facts[0].url)
    change = browse("ciso").get(row.facts[0].url)
    assert change.status_code == 200
    back = browse("ciso").get(row.url)
    assert f'href="{url("draft", COUNCIL)}#{row.anchor}"' in back.text


def test_a_way_back_leads_only_to_ourselves(world: World, browse: Browse) -> None:
    page = browse("ciso").get("/o/dijkstad/eis/bio2:5.01.01/?back=https://elders.example/")
    assert page.context["came_from"] == ""


def test_who_may_not_answer_gets_no_way_to_change(world: World, browse: Browse) -> None:
    rows = [row for _, found in browse("college").get(url("draft", COUNCIL)).context["groups"] for row in found]
    assert not any(row.url or any(each.url for each in row.facts) for row in rows)


def test_what_differs_from_last_year_is_marked(world: World, browse: Browse, on: date) -> None:
    frozen(world, on=on - timedelta(days=1))
    correct(world)
    page = browse("ciso").get(url("draft", COUNCIL) + "?alleen=anders")
    rows = [row for _, found in page.context["groups"] for row in found]
    assert rows
    assert all(row.changed for row in rows)
    assert any(row.changed.startswith("Was: ") for row in rows)
    everything = browse("ciso").get(url("draft", COUNCIL) + "?alleen=niet-op-orde")
    assert {str(row.line.status) for _, found in everything.context["groups"] for row in found} <= {
        "partly", "not_met", "unknown"
    }  # fmt: skip


def test_a_day_that_lies_ahead(world: World, browse: Browse, on: date) -> None:
    page = browse("ciso").get(f"{url('draft', COUNCIL)}?op={on + timedelta(days=5)}")
    assert "has not come yet" in page.text
    assert page.context.get("live") is None


# -- laying before -----------------------------------------------------------------------------------
def test_laid_before_the_college(world: World, browse: Browse) -> None:
    done = browse("ciso").post(url("hand_over", COUNCIL), {"note": "Graag dinsdag."})
    assert done.status_code == 302
    draft = Draft.objects.get()
    assert (draft.note, str(draft.prepared_by)) == ("Graag dinsdag.", "Noor van der Sluis")
    today = browse("college").get("/o/dijkstad/")
    assert "Graag dinsdag." in today.text
    assert SIGN in today.text
    assert "Graag dinsdag." not in browse("ciso").get("/o/dijkstad/").text
    listed = browse("college").get(url("statements"))
    assert "Read and sign" in listed.text
    assert "Read and sign" not in browse("ciso").get(url("statements")).text


def test_who_may_not_prepare(world: World, browse: Browse) -> None:
    for who in ("college", "proces", "auditor"):
        assert browse(who).post(url("hand_over", COUNCIL)).status_code == 403
    assert not Draft.objects.exists()


def test_laying_before_is_a_post(world: World, browse: Browse) -> None:
    assert browse("ciso").get(url("hand_over", COUNCIL)).status_code == 405


# -- signing -----------------------------------------------------------------------------------------
def signed(client: Client, **fields: str) -> HttpResponse:
    token = client.get(SIGN).context["live"].token
    return client.post(SIGN, {"seen": token, "sure": "on", **fields})


def test_signed(world: World, browse: Browse) -> None:
    browse("ciso").post(url("hand_over", COUNCIL))
    college = browse("college")
    page = college.get(SIGN)
    assert len(page.context["told"]) == 5
    done = signed(college)
    assert done.headers["Location"] == url("statement", 1)
    row = Statement.objects.get()
    assert (row.signer_name, row.signer_role) == ("Esther Kade", "college")
    assert not Draft.objects.filter(closed_at__isnull=True).exists()
    receipt = college.get(url("statement", 1))
    assert "cannot be changed any more" in receipt.text
    assert receipt.context["proof"].holds
    assert receipt.context["documents"][0].form == "PDF"


def test_without_the_check_mark_nothing_is_signed(world: World, browse: Browse) -> None:
    college = browse("college")
    page = college.post(SIGN, {"seen": college.get(SIGN).context["live"].token})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"sure"}
    assert not Statement.objects.exists()


def test_the_wrong_role_is_told_who_may(world: World, browse: Browse) -> None:
    """Who only looks is told; who pushes the button all the same also stands in the trail."""
    told = Entry.objects.filter(act="accountability.refused_role")
    for before, who in enumerate(("ciso", "coordinator", "auditor", "beheer")):
        page = browse(who).get(SIGN)
        assert page.status_code == 403
        assert "college of mayor and aldermen" in page.text
        assert told.count() == before
        assert browse(who).post(SIGN, {"seen": "", "sure": "on"}).status_code == 403
        assert told.count() == before + 1
    assert not Statement.objects.exists()


def test_the_secretary_signs_what_is_the_secretarys(world: World, browse: Browse) -> None:
    Role.objects.filter(person=world.person("college")).update(role="secretary")
    assert browse("college").get(SIGN).status_code == 403
    assert browse("college").get(url("sign", "board-view")).status_code == 200


def test_the_papers_can_be_read_beforehand_as_a_concept(world: World, browse: Browse) -> None:
    college = browse("college")
    assert url("concept", COUNCIL, "raadsinformatiebrief.pdf") in college.get(url("sign", COUNCIL)).text
    found = college.get(url("concept", COUNCIL, "raadsinformatiebrief.pdf"))
    assert found["Content-Disposition"].startswith("attachment")
    assert found.content.startswith(b"%PDF-")
    assert not Statement.objects.exists()
    assert not SigningKey.objects.exists()
    for other in ("auditorpakket.pdf", "raadsinformatiebrief.odt", ".."):
        assert college.get(url("concept", COUNCIL, other)).status_code == 404
    ahead = {"op": (clock.real_today() + timedelta(days=9)).isoformat()}
    assert college.get(url("concept", COUNCIL, "raadsinformatiebrief.pdf"), ahead).status_code == 404


def test_what_changed_since_is_shown_and_asked_again(world: World, browse: Browse) -> None:
    college = browse("college")
    token = college.get(SIGN).context["live"].token
    correct(world)
    page = college.post(SIGN, {"seen": token, "sure": "on"})
    assert page.status_code == 200
    assert "This changed since you looked" in page.text
    assert "5.01.01" in {row.number for row in page.context["changed"]}
    assert not Statement.objects.exists()
    assert f'value="{page.context["live"].token}"' in page.text
    assert page.context["live"].token != token
    assert signed(college).status_code == 302


def test_signing_twice_replaces_with_a_reason(world: World, browse: Browse) -> None:
    college = browse("college")
    signed(college)
    page = college.get(SIGN)
    assert "Statement 1 is in force for this day" in page.text
    assert signed(college).status_code == 200  # no reason
    assert signed(college, why="Foutje").status_code == 302
    first, second = Statement.objects.order_by("number")
    assert (first.state, second.replaces_id, second.why) == ("replaced", first.pk, "Foutje")
    assert url("statement", 2) in college.get(url("statement", 1)).text


def test_two_who_sign_at_once(world: World, browse: Browse) -> None:
    """The second had the same page open: one statement, and the second is told."""
    college = browse("college")
    token = college.get(SIGN).context["live"].token
    frozen(world, seen=token)
    page = college.post(SIGN, {"seen": token, "sure": "on"})
    assert page.status_code == 200
    assert Statement.objects.count() == 1


# -- afterwards --------------------------------------------------------------------------------------
def test_what_would_be_different_now(world: World, browse: Browse) -> None:
    frozen(world)
    assert "would say the same" in browse("ciso").get(url("statement", 1)).text
    correct(world)
    page = browse("ciso").get(url("statement", 1))
    assert "5.01.01" in {row.number for row in page.context["differs"]}
    assert page.context["proof"].holds


def test_a_package_that_was_touched(world: World, browse: Browse) -> None:
    row = frozen(world)
    path = storage._folder("statements") / f"{row.package}.zip"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    page = browse("ciso").get(url("statement", 1))
    assert page.status_code == 200
    assert not page.context["proof"].holds
    assert "It does not hold" in page.text
    assert browse("ciso").get(url("statement_lines", 1)).status_code == 404
    assert browse("ciso").get(url("package", 1)).status_code == 404


def test_the_package_of_the_one_before_is_gone(world: World, browse: Browse, on: date) -> None:
    """The pages say so; none of them breaks."""
    row = frozen(world, on=on - timedelta(days=30))
    (storage._folder("statements") / f"{row.package}.zip").unlink()
    for person, here in (("ciso", url("draft", COUNCIL)), ("college", SIGN)):
        page = browse(person).get(here)
        assert (page.status_code, "does not hold any more" in page.text) == (200, True), here


def test_files_are_offered_for_saving(world: World, browse: Browse) -> None:
    frozen(world, documents=True)
    ciso = browse("ciso")
    package = ciso.get(url("package", 1))
    assert check(package.content).full
    names = [each.name for each in ciso.get(url("statement", 1)).context["documents"]]
    assert {name.rpartition(".")[2] for name in names} == {"pdf", "odt", "ods", "csv", "json"}
    for response in [package, ciso.get(url("key_list")), *(ciso.get(url("document", 1, name)) for name in names)]:
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_withdrawn_with_a_reason(world: World, browse: Browse) -> None:
    frozen(world)
    assert browse("ciso").get(url("withdraw", 1)).status_code == 403
    assert "Withdraw" not in browse("ciso").get(url("statement", 1)).text
    college = browse("college")
    assert college.post(url("withdraw", 1), {"why": " "}).status_code == 200
    assert college.post(url("withdraw", 1), {"why": "Verkeerde dag"}).status_code == 302
    page = college.get(url("statement", 1))
    assert "Verkeerde dag" in page.text
    again = college.post(url("withdraw", 1), {"why": "Nog eens"})
    assert "withdrawn or replaced already" in again.text


def test_a_withdrawn_one_is_still_read(world: World, browse: Browse) -> None:
    row = frozen(world)
    ending.withdraw(row, why="Weg", person=world.person("college"), at=at())
    assert browse("ciso").get(url("statement_lines", 1)).status_code == 200


# -- keys --------------------------------------------------------------------------------------------
def test_a_new_key(world: World, browse: Browse) -> None:
    for who in ("ciso", "beheer"):
        assert browse(who).post(url("renew_key")).status_code == 302
    assert SigningKey.objects.count() == 2
    page = browse("beheer").get(url("keys"))
    assert SigningKey.objects.get(until__isnull=True).key in page.text
    assert "replaced, signed for the next" in page.text
    assert browse("ciso").post(url("renew_key"), {"lost": "on"}).status_code == 302
    assert SigningKey.objects.filter(why="lost").count() == 1


def test_an_earlier_key_is_marked_as_lost(world: World, browse: Browse) -> None:
    frozen(world)
    assert browse("ciso").get(url("keys")).context["lost_form"] is None  # there is no earlier one
    browse("ciso").post(url("renew_key"))
    old = SigningKey.objects.get(until__isnull=False)
    given = {"key": old.key, "since": "2099-01-01", "sure": "on"}
    page = browse("ciso").post(url("lose_key"), {**given, "sure": ""})
    assert page.context["lost_form"].errors.keys() == {"sure"}
    assert browse("ciso").post(url("lose_key"), {**given, "key": "ab" * 16}).context["lost_form"].errors.keys() == {
        "key"
    }
    assert "not still to come" in browse("ciso").post(url("lose_key"), given, follow=True).text
    assert not SigningKey.objects.filter(lost_act__isnull=False).exists()
    assert browse("beheer").post(url("lose_key"), {**given, "since": str(clock.real_today())}).status_code == 302
    page = browse("ciso").get(url("keys"))
    assert "may be in other hands since:" in page.text
    assert page.context["lost_form"] is None


def test_a_statement_from_before_its_key_was_lost(world: World, browse: Browse) -> None:
    row = frozen(world)
    keys.rotate_key(row.organisation, person=world.person("ciso"), on=clock.real_today(), at=later(2))
    act = {"person": world.person("ciso"), "on": clock.real_today(), "at": later(4)}
    keys.mark_lost(row.organisation, key=row.key, since=later(3), **act)
    for who, name in (("ciso", "statement"), ("auditor", "reading")):
        page = browse(who).get(url(name, row.number))
        assert "The key was lost later." in page.text
        assert page.context["proof"].holds


def test_a_statement_whose_key_was_lost_by_then(world: World, browse: Browse) -> None:
    row = frozen(world)
    keys.rotate_key(row.organisation, person=world.person("ciso"), on=clock.real_today(), at=later(2))
    keys.mark_lost(
        row.organisation, key=row.key, since=None, person=world.person("ciso"), on=clock.real_today(), at=later(4)
    )
    for who, name in (("ciso", "statement"), ("auditor", "reading")):
        page = browse(who).get(url(name, row.number))
        assert "It does not hold:" in page.text
        assert "nothing that is signed with it counts" in page.text


def test_who_makes_no_keys(world: World, browse: Browse) -> None:
    for who in ("college", "coordinator", "auditor", "proces"):
        assert browse(who).post(url("renew_key")).status_code == 403
        assert browse(who).post(url("lose_key")).status_code == 403
        assert browse(who).get(url("keys")).context["form"] is None
    assert not SigningKey.objects.exists()


# -- the menu ----------------------------------------------------------------------------------------
def test_menu(world: World, browse: Browse) -> None:
    expected = {"ciso": (True, False), "college": (True, False), "auditor": (True, True), "collega": (False, False)}
    for who, shown in expected.items():
        entries = [entry.url for entry in browse(who).get("/o/dijkstad/").context["shell"].menu]
        accounts = "/o/dijkstad/verantwoording/"
        beside = browse(who).get(accounts).context["shell"].tabs if accounts in entries else []
        assert (url("statements") in [entry.url for entry in beside], url("room") in entries) == shown, who
        assert len(entries) <= 9


def test_who_may_not_withdraw_is_told_and_pushing_the_button_stands_in_the_trail(world: World, browse: Browse) -> None:
    frozen(world)
    told = Entry.objects.filter(act="accountability.refused_withdrawal")
    for before, who in enumerate(("ciso", "coordinator", "auditor", "beheer")):
        page = browse(who).get(url("withdraw", 1))
        assert page.status_code == 403
        assert "college of mayor and aldermen" in page.text
        assert told.count() == before
        assert browse(who).post(url("withdraw", 1), {"why": ["fout", " "][before % 2]}).status_code == 403
        assert told.count() == before + 1
    assert Statement.objects.get().state == "frozen"
    assert browse("ciso", "de-meren").post(url("withdraw", 1), {"why": "x"}).status_code == 404
    assert told.count() == 4
    assert "may not withdraw statement 1" in browse("ciso").get("/o/dijkstad/spoor/").text


def test_withdrawing_again_stands_in_the_trail_too(world: World, browse: Browse) -> None:
    frozen(world)
    for _ in range(2):
        browse("college").post(url("withdraw", 1), {"why": "fout"})
    assert Entry.objects.get(act="accountability.refused_again").detail["number"] == 1
    assert Entry.objects.filter(act="accountability.withdrawn").count() == 1


# -- the receipt of an answer ------------------------------------------------------------------------
def test_an_answer_given_from_the_draft_comes_back_with_its_receipt(world: World, browse: Browse, on: date) -> None:
    correct(world)
    ciso = browse("ciso")
    here = f"{url('draft', COUNCIL)}?op={on.isoformat()}&alleen=niet-op-orde"
    rows = [row for _, group in ciso.get(here).context["groups"] for row in group]
    fact = next(each for row in rows for each in row.facts if each.url and each.fact.value is False)
    question = ciso.get(fact.url)
    seen = question.context["card"].form.initial["seen"]
    back = ciso.post(fact.url, {"value": "yes", "wrong": "changed", "seen": seen})
    assert back.url.startswith(here + "&receipt=")
    assert "#" not in back.url
    page = ciso.get(back.url)
    assert page.context["receipt"].answer == "yes"
    assert f'href="#{page.context["place"]}"' in page.text
    again = [each.url for _, group in page.context["groups"] for row in group for each in row.facts if each.url]
    assert again
    assert not any("receipt" in each or "regel" in each for each in again)  # of what is done next, not of this
    undone = ciso.post(page.context["undo_url"])
    assert undone.url == here
    assert "Undone. What stood before stands again." in ciso.get(undone.url).text


def test_no_receipt_of_what_another_did(world: World, browse: Browse, on: date) -> None:
    correct(world)
    act = Entry.objects.filter(act="ledger.correct").latest("seq").seq
    for who, seen in (("ciso", True), ("proces", False)):
        assert ("receipt" in browse(who).get(url("draft", COUNCIL), {"receipt": act}).context) is seen
    for odd in ("x", "9" * 30, "-1"):
        assert "receipt" not in browse("ciso").get(url("draft", COUNCIL), {"receipt": odd}).context
