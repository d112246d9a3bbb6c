"""The reading room: what is shared is read, drawn from, taken along and remarked upon; what is not shared is not there."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dijkwacht.adapters.checking import check
from dijkwacht.apps.accountability.models import Remark, Statement
from dijkwacht.apps.accountability.queries import reading_room, statements
from dijkwacht.apps.accountability.services import remarks as services
from dijkwacht.apps.accountability.services.freezing import freeze
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.accountability.statement_words import refusal_sentence
from dijkwacht.apps.people.models import Organisation, Person, Role, Share
from dijkwacht.apps.people.services import add_person, create_organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.queries import verify
from dijkwacht.core.sampling import sample
from dijkwacht.demo.world import World
from dijkwacht.web import clock
from tests.accountability.house import house
from tests.standing import again, standing

COUNCIL, OTHER = "ensia-council", "board-view"
pytestmark = pytest.mark.django_db


def at() -> datetime:
    return timezone.now().astimezone(UTC)


@pytest.fixture(autouse=True)
def _pack(settings: Any, tmp_path: Any) -> None:
    """The real packs, in the place of the small one of this folder; a data folder of its own."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def on() -> date:
    return clock.real_today()


def made() -> World:
    """The house with a supervisor to whom the council's account is shared, two statements of it and one of another."""
    on = clock.real_today()
    found = house(on=on)
    dijkstad, college = found.organisations["dijkstad"], found.person("college")
    watch = create_organisation(slug="toezicht", name="Toezicht", kind="supervisor", at=at(), actor="test")
    for email, role in (("kijker@toezicht.example", "supervisor"), ("tweede@toezicht.example", "supervisor")):
        add_person(watch, email=email, name="Kijker", role=role, function="", valid_from=on, at=at(), actor="test")
    found.organisations["toezicht"] = watch
    for account, day in ((COUNCIL, on - timedelta(days=1)), (COUNCIL, on), (OTHER, on)):
        signer = None if account == OTHER else college
        freeze(
            dijkstad, account=account, on=day, at=at(), person=signer, actor="" if signer else "test", documents=False
        )
    share(found, COUNCIL)
    Person.objects.update(language="en")
    return found


stands = standing(made)


@pytest.fixture
def world(stands: Any, db: None, tmp_path: Any) -> World:
    return again(stands, tmp_path)


def share(world: World, account: str, *, tlp: str = "AMBER", to: str = "toezicht") -> Share:
    return Share.objects.create(
        owner=world.organisations["dijkstad"], recipient=world.organisations[to], kind="account", what=account,
        valid_from=clock.real_today(), tlp=tlp, granted_at=at(),
    )  # fmt: skip


def browser(email: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(email=email))
    return client


@pytest.fixture
def guest(world: World) -> Client:
    return browser("kijker@toezicht.example")


@pytest.fixture
def auditor(world: World) -> Client:
    return browser("auditor@dijkstad.example")


def url(name: str, *more: Any, slug: str = "dijkstad") -> str:
    return reverse(f"accountability:{name}", args=[slug, *more])


def first_line(number: int = 2) -> str:
    line = statements.opened(Statement.objects.get(number=number)).lines[0]
    return f"{line.requirement}@{line.subject}"


READ = ("reading", "reading_lines", "sample")


# -- who comes in ------------------------------------------------------------------------------------
def test_what_is_shared_is_read_and_nothing_else(world: World, guest: Client) -> None:
    for name in READ:
        for number in (1, 2):
            assert guest.get(url(name, number) + "?n=3&seed=x").status_code == 200, name
        for number in (3, 99):
            assert guest.get(url(name, number) + "?n=3&seed=x").status_code == 404, name
    assert guest.get(f"{url('remark', 2)}?regel={first_line()}").status_code == 200
    assert guest.get(f"{url('remark', 3)}?regel={first_line(3)}").status_code == 404
    assert guest.post(url("take", 3), {"regel": first_line(3)}).status_code == 404
    for name in ("statement", "statement_lines", "package"):
        assert guest.get(url(name, 2)).status_code == 404, name
    for name in ("statements", "keys", "remarks"):
        assert guest.get(url(name)).status_code == 404, name


def test_when_the_share_ends_so_does_the_reading(world: World, guest: Client) -> None:
    Share.objects.filter(what=COUNCIL).update(revoked_at=at())
    assert guest.get(url("reading", 2)).status_code == 404
    assert "Nothing was shared with you" in guest.get(url("room", slug="toezicht")).text


def test_members_strangers_and_nobody(world: World, auditor: Client) -> None:
    for name in READ:
        here = url(name, 2) + "?n=3&seed=x"
        assert auditor.get(here).status_code == 200
        assert browser("ciso@dijkstad.example").get(here).status_code == 403
        assert browser("ciso@de-meren.example").get(here).status_code == 404
        assert "login" in Client().get(here).headers["Location"]
    assert browser("collega@dijkstad.example").get(url("room")).status_code == 403
    assert browser("college@dijkstad.example").get(url("room")).status_code == 403
    assert browser("ciso@de-meren.example").get(url("room")).status_code == 404
    assert browser("ciso@dijkstad.example").get(url("room")).status_code == 200


def test_the_room_lists_what_is_there(world: World, guest: Client, auditor: Client) -> None:
    page = guest.get(url("room", slug="toezicht"))
    assert [(shelf.account, len(shelf.statements)) for shelf, _ in page.context["shelves"]] == [(COUNCIL, 2)]
    assert "TLP:AMBER" in page.text
    assert url("reading", 2) in page.text
    own = auditor.get(url("room"))
    assert {shelf.account for shelf, _ in own.context["shelves"]} == {COUNCIL, OTHER}
    assert url("room", slug="toezicht") in [
        entry.url for entry in guest.get(url("overview", slug="toezicht")).context["shell"].menu
    ]


# -- what it says ------------------------------------------------------------------------------------
def test_proof_chain_and_changes(world: World, guest: Client) -> None:
    page = guest.get(url("reading", 2))
    row = Statement.objects.get(number=2)
    assert page.context["proof"].holds
    assert page.context["chain"].holds
    assert row.head_hash in page.text
    assert page.context["before"].number == 1


def touch(seq: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE trail_entry SET actor = 'iemand anders' WHERE seq = %s AND organisation_id ="
            " (SELECT id FROM people_organisation WHERE slug = 'dijkstad')", [seq],
        )  # fmt: skip


def test_a_trail_that_was_touched(world: World, guest: Client, unlocked_trail: None) -> None:
    """Before the head of the statement: told. After it: the statement still rests on a trail that holds."""
    row = Statement.objects.get(number=2)
    touch(row.head_seq + 1)
    assert reading_room.chained(row).holds
    touch(5)
    page = guest.get(url("reading", 2))
    assert not page.context["chain"].holds
    assert "does not hold at entry 5" in page.text


def test_a_trail_written_anew_to_the_end(world: World) -> None:
    """Every link is right, and still it is not the trail on which the statement rests."""
    row = Statement.objects.get(number=2)
    row.head_hash = "0" * 64
    assert not reading_room.chained(row).holds


def test_lines_tell_who_and_when(world: World, guest: Client) -> None:
    page = guest.get(url("reading_lines", 2))
    rows = [row for _, found in page.context["groups"] for row in found]
    assert len(rows) == sum(Statement.objects.get(number=2).counts.values())
    assert "Noor van der Sluis" in page.text
    assert not any(row.url or any(fact.url for fact in row.facts) for row in rows)
    assert "/bewijs/" not in page.text


def test_a_sample_anybody_can_draw_again(world: World, guest: Client) -> None:
    page = guest.get(url("sample", 2) + "?n=4&seed=lot")
    lines = statements.opened(Statement.objects.get(number=2)).lines
    assert [row.line for _, row in page.context["rows"]] == [lines[i] for i in sample("lot", of=len(lines), size=4)]
    assert [place for place, _ in page.context["rows"]] == [i + 1 for i in sample("lot", of=len(lines), size=4)]
    drawn = guest.get(url("sample", 2) + "?n=4&seed=")
    assert drawn.status_code == 302
    assert len(drawn.headers["Location"].partition("seed=")[2]) == 16
    for query in ("?n=0&seed=x", "?n=veel", "", "?n=99999&seed=x"):
        refused = guest.get(url("sample", 2) + query)
        assert refused.status_code == 200
        assert "sentence" not in refused.context


# -- taking along ------------------------------------------------------------------------------------
def test_chosen_lines_with_their_proof(world: World, guest: Client) -> None:
    page = guest.post(url("take", 2), {"regel": [first_line()]})
    assert page.status_code == 200
    assert page.headers["Content-Disposition"].startswith("attachment;")
    found = check(page.content)
    assert not found.full
    assert [f"{line.requirement}@{line.subject}" for line in found.lines.values()] == [first_line()]
    entry = Entry.objects.get(act="accountability.disclosed")
    assert (entry.detail["lines"], str(entry.person)) == ([first_line()], "Kijker")
    assert verify(world.organisations["dijkstad"]) is None


def test_lines_that_are_not_there(world: World, guest: Client) -> None:
    for chosen in ([], ["bio2:nergens"], ["\0"]):
        assert guest.post(url("take", 2), {"regel": chosen}).status_code == 302
    assert not Entry.objects.filter(act="accountability.disclosed").exists()
    assert guest.get(url("take", 2)).status_code == 405


def test_what_is_red_is_only_for_looking(world: World, guest: Client) -> None:
    Share.objects.filter(what=COUNCIL).update(tlp="RED")
    page = guest.get(url("reading", 2))
    assert "Only for looking" in page.text
    assert guest.post(url("take", 2), {"regel": [first_line()]}).status_code == 404
    assert guest.get(url("reading_document", 2, "auditorpakket.pdf")).status_code == 404
    assert "Save the chosen lines" not in guest.get(url("reading_lines", 2)).text


# -- remarks -----------------------------------------------------------------------------------------
def remarked(client: Client, *, text: str = "Waar blijkt dit uit?", days: int = 14, number: int = 2) -> Any:
    term = clock.real_today() + timedelta(days=days)
    return client.post(f"{url('remark', number)}?regel={first_line(number)}", {"text": text, "term": str(term)})


def test_a_remark_comes_in_is_answered_and_closed(world: World, guest: Client) -> None:
    assert remarked(guest).status_code == 302
    found = Remark.objects.get()
    assert (found.state, found.by_organisation.slug, f"{found.requirement}@{found.subject}") == (
        "open", "toezicht", first_line()
    )  # fmt: skip
    entry = Entry.objects.get(act="accountability.remarked")
    assert (entry.organisation.slug, str(entry.person), entry.detail["text"]) == (
        "dijkstad", "Kijker", "Waar blijkt dit uit?"
    )  # fmt: skip
    ciso = browser("ciso@dijkstad.example")
    assert url("answer_remark", found.pk) in ciso.get("/o/dijkstad/").text
    answered = ciso.post(url("answer_remark", found.pk), {"text": "Uit het verslag.", "action": "/o/dijkstad/isms/"})
    assert answered.status_code == 302
    assert url("answer_remark", found.pk) not in ciso.get("/o/dijkstad/").text
    seen = guest.get(url("reading", 2))
    assert "Uit het verslag." in seen.text
    assert "/o/dijkstad/isms/" not in seen.text
    assert guest.post(url("close_remark", 2, found.pk)).status_code == 302
    found.refresh_from_db()
    assert found.state == "closed"
    assert "closed already" in guest.post(url("close_remark", 2, found.pk), follow=True).text
    late = ciso.post(url("answer_remark", found.pk), {"text": "Nog iets."})
    assert "closed already" in late.text
    assert verify(world.organisations["dijkstad"]) is None


def test_a_term_that_passed_is_red(world: World, guest: Client) -> None:
    remarked(guest)
    Remark.objects.update(term=clock.real_today() - timedelta(days=1))
    ciso = browser("ciso@dijkstad.example")
    assert "task--late" in ciso.get("/o/dijkstad/").text
    assert "the term has passed" in ciso.get(url("remarks")).text


def test_a_remark_that_cannot_be_made(world: World, guest: Client) -> None:
    assert remarked(guest, text=" ").context["form"].errors.keys() == {"text"}
    assert remarked(guest, days=-1).context["form"].errors.keys() == {"term"}
    for line in ("", "bio2:nergens@dijkstad", "@"):
        assert guest.post(f"{url('remark', 2)}?regel={line}", {"text": "x", "term": "2030-01-01"}).status_code == 404
    assert not Remark.objects.exists()


def test_who_may_not_answer(world: World, guest: Client) -> None:
    remarked(guest)
    here = url("answer_remark", Remark.objects.get().pk)
    for email, status in (
        ("college@dijkstad.example", 403), ("auditor@dijkstad.example", 403), ("collega@dijkstad.example", 403),
        ("ciso@de-meren.example", 404), ("kijker@toezicht.example", 404), ("coordinator@dijkstad.example", 200),
    ):  # fmt: skip
        assert browser(email).get(here).status_code == status, email
    ciso = browser("ciso@dijkstad.example")
    for action in ("https://elders.example/", "javascript:alert(1)", "//elders.example/x"):
        page = ciso.post(here, {"text": "Ja", "action": action})
        assert page.status_code == 200, action
    assert ciso.post(here, {"text": "Ja", "action": "https://dijkwacht.example/o/dijkstad/isms/"}).status_code == 302
    assert Remark.objects.get().action == "/o/dijkstad/isms/"


def test_another_readers_remark_is_not_ours(world: World, guest: Client, auditor: Client) -> None:
    remarked(guest)
    pk = Remark.objects.get().pk
    assert "Waar blijkt dit uit?" in browser("tweede@toezicht.example").get(url("reading", 2)).text
    assert "Waar blijkt dit uit?" not in auditor.get(url("reading", 2)).text
    assert auditor.post(url("close_remark", 2, pk)).status_code == 404
    share(world, COUNCIL, to="de-meren")
    Role.objects.filter(person__email="ciso@de-meren.example").update(role="ciso")
    other = browser("ciso@de-meren.example")
    assert other.get(url("reading", 2)).status_code == 200
    assert other.post(url("close_remark", 2, pk)).status_code == 404


def test_the_service_refuses_what_the_page_would(world: World, on: date) -> None:
    row, watch = Statement.objects.get(number=2), world.organisations["toezicht"]
    person = Person.objects.get(email="kijker@toezicht.example")
    requirement, _, subject = first_line().partition("@")
    given: dict[str, Any] = {
        "line": (requirement, subject), "text": "Waarom?", "term": on, "person": person, "reader": watch, "on": on,
        "at": at(),
    }  # fmt: skip
    for wrong, code in (({"line": ("x", "y")}, "line"), ({"text": " "}, "text"), ({"term": on - timedelta(1)}, "term")):
        with pytest.raises(Refusal) as caught:
            services.remark(row, **{**given, **wrong})
        assert caught.value.code == code
        assert refusal_sentence(caught.value)
    made = services.remark(row, **given)
    assert str(made)
    with pytest.raises(Refusal, match="text"):
        services.answer(made, text="", action="", person=person, on=on, at=at())


def test_nothing_of_this_costs_more_with_more_remarks(
    world: World, guest: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    row = Statement.objects.get(number=2)
    person, watch = Person.objects.get(email="kijker@toezicht.example"), Organisation.objects.get(slug="toezicht")
    for line in statements.opened(row).lines[:30]:
        Remark.objects.create(
            organisation=row.organisation, statement=row, requirement=line.requirement, subject=line.subject, text="?",
            term=clock.real_today(), by=person, by_organisation=watch, at=at(),
        )  # fmt: skip
    with django_assert_max_num_queries(40):
        assert guest.get(url("reading", 2)).status_code == 200
