"""Who wants to know too much, to be somebody else, or to drown an exercise: players, guests, and files of strangers."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dijkwacht.apps.exercises.marks import TABLES
from dijkwacht.apps.exercises.models import Answer, Event, Lesson, Line, Participant, Script, Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.queries.verify import verify_exercises
from dijkwacht.apps.exercises.services import looking, planning, playing, running, scripting
from dijkwacht.apps.exercises.services.doing import Refused
from dijkwacht.apps.trail.held import Fault
from dijkwacht.apps.trail.models import Entry
from dijkwacht.commands.exercises import check
from dijkwacht.core.exercise_script import Inject, with_inject
from dijkwacht.core.exercises import What
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.scenarios import as_yaml, scenario_of, scenarios
from dijkwacht.web import clock
from tests.exercises.conftest import SCRIPT, Played

pytestmark = pytest.mark.django_db
EXPECTED, OTHER_ROLE = "vooraf afgesproken verzamelplaats", "Uitval aannemen"
TURNED = "\u202e"


class TestReadingAhead:
    @pytest.mark.parametrize("page", ["evaluation", "report"])
    def test_who_plays_does_not_look_back_while_it_is_played(self, going: Played, page: str) -> None:
        said = {"role": "calamity_coordinator", "text": OTHER_ROLE}
        Client().post(going.guest_url("_decide", "i01", 0), said)
        running.note(going.session, text="De burgemeester aarzelt", person=going.lead, at=timezone.now())
        running.steer(going.session, what=What.PAUSE, person=going.lead, at=timezone.now())
        answer = going.plays.get(going.url(page))
        assert answer.status_code == (200 if page == "evaluation" else 404)
        shown = answer.content.decode()
        for hidden in (EXPECTED, OTHER_ROLE, "aarzelt"):
            assert hidden not in shown, hidden
        assert EXPECTED in going.leads.get(going.url("evaluation")).content.decode()
        running.steer(going.session, what=What.END, person=going.lead, at=timezone.now())
        assert EXPECTED in going.plays.get(going.url("evaluation")).content.decode()

    def test_who_plays_a_scenario_of_ours_does_not_read_it_first(self, going: Played, organisation) -> None:
        row = scripting.keep_script(
            organisation, scenario=scenarios()[SCRIPT], person=going.lead, at=timezone.now(), based_on=SCRIPT
        )
        plan = planning.Plan("Eigen", timezone.now().date())
        own = planning.plan(
            organisation,
            scenario=scenarios()[SCRIPT],
            name=f"own:{row.pk}",
            text=plan,
            person=going.lead,
            at=timezone.now(),
        )
        planning.add_player(own, who=going.mayor, roles=["mayor"], person=going.lead, at=timezone.now())
        for page in ("script", "script_file"):
            url = reverse(f"exercises:{page}", args=[organisation.slug, row.pk])
            assert going.plays.get(url).status_code == 403
            assert going.leads.get(url).status_code == 200
        for page in ("scenario", "scenario_file"):  # and that of the house on which the exercise that goes on rests
            url = reverse(f"exercises:{page}", args=[organisation.slug, SCRIPT])
            assert going.plays.get(url).status_code == 403
            assert going.leads.get(url).status_code == 200
        looking.annul(own, reason="x", person=going.lead, at=timezone.now())
        running.steer(going.session, what=What.END, person=going.lead, at=timezone.now())
        assert going.plays.get(reverse("exercises:script", args=[organisation.slug, row.pk])).status_code == 200
        assert going.plays.get(reverse("exercises:scenario", args=[organisation.slug, SCRIPT])).status_code == 200

    @pytest.mark.parametrize(
        "was", ["", "999-999-running", "9" * 5000, "\x00-1-running", "-".join("x" * 9), "0-0-ended"]
    )
    def test_no_label_shows_what_is_not_there_yet(self, going: Played, was: str) -> None:
        answer = Client().get(going.guest_url("_now"), {"was": was})
        assert answer.status_code in (200, 204)
        shown = answer.content.decode()
        assert "zichtbaar op straat" not in shown
        assert EXPECTED not in shown

    def test_the_trail_does_not_tell_what_is_in_an_inject(self, going: Played, make_person) -> None:
        inject = Inject("x", 0, ("control_room",), {"nl": "GeheimeZin"})
        running.send_extra(going.session, inject=inject, person=going.lead, at=timezone.now())
        assert "GeheimeZin" not in str(list(Entry.objects.values_list("detail", flat=True)))


class TestTheTimeMachine:
    """An installation for rehearsals may look at another day. An exercise that is played goes by the real clock."""

    @pytest.fixture
    def ahead(self, going: Played, settings) -> Client:
        settings.DIJKWACHT_TIME_MACHINE = True
        browser = going.plays
        session = browser.session
        session[clock.SESSION_KEY] = (timezone.now() + timedelta(days=30)).date().isoformat()
        session.save()
        return browser

    def test_a_player_does_not_see_what_is_to_come(self, going: Played, ahead: Client) -> None:
        for page in ("play", "play_now"):
            assert "vergader" not in ahead.get(going.url(page)).content.decode()
            shown = ahead.get(going.url(page)).content.decode()
            assert shown.count('class="list__row stack stack--tight"') == 1
        later = queries.scenario_of(going.session).injects[-1].id
        assert ahead.get(going.url("play_decide", later, 0)).status_code == 404
        assert ahead.post(going.url("play_log"), {"text": "nu"}).status_code == 409  # nothing is done on another day


class TestGuests:
    def test_a_guest_is_no_colleague_in_the_trail(self, going: Played) -> None:
        at = timezone.now()
        key = playing.join(going.session, code=going.code, function=going.mayor.name, roles=["control_room"], at=at)
        entry = Entry.objects.get(act="exercises.joined", actor__contains=going.mayor.name)
        assert entry.actor != going.mayor.name
        assert entry.actor.startswith("gast: ")
        Client().post(going.guest_url("_log", key=key), {"text": "Ik ben de burgemeester"})
        assert Entry.objects.filter(act="exercises.logged").last().actor == f"gast: {going.mayor.name}"

    def test_a_function_of_our_own_machine_stays_a_guest(self, going: Played) -> None:
        playing.join(going.session, code=going.code, function="tick", roles=["control_room"], at=timezone.now())
        assert Entry.objects.get(act="exercises.joined", actor__contains="tick").actor == "gast: tick"

    @pytest.mark.parametrize(
        "function", [f"piket{TURNED}ketsi", "pi\u0007ket", "piket\u2066", "  ", "piket\nburgemeester"]
    )
    def test_a_function_that_reads_otherwise_than_it_is(self, going: Played, function: str) -> None:
        url = reverse("exercises:join", args=[going.code])
        answer = Client().post(url, {"function": function, "roles": ["control_room"]})
        kept = Participant.objects.filter(person=None).values_list("function", flat=True)
        assert all(each.isprintable() for each in kept)
        assert answer.status_code in (200, 302)

    def test_a_role_that_is_chosen_a_thousand_times_is_one_role(self, going: Played) -> None:
        url = reverse("exercises:join", args=[going.code])
        assert Client().post(url, {"function": "veel", "roles": ["control_room"] * 900}).status_code == 302
        assert Participant.objects.get(function="veel").roles == ["control_room"]

    def test_one_guest_does_not_drown_the_log(self, going: Played) -> None:
        browser, at = Client(), timezone.now()
        guest = Participant.objects.select_related("session__organisation").get(person=None)
        for n in range(playing.MOST_A_MINUTE):
            playing.log(guest, text=f"regel {n}", at=at)
        answer = browser.post(going.guest_url("_log"), {"text": "nog een"})
        assert 'id="id_text_error"' in answer.content.decode()
        assert Line.objects.count() == playing.MOST_A_MINUTE
        playing.log(guest, text="later", at=at + timedelta(seconds=61))
        assert going.plays.post(going.url("play_log"), {"text": "Bode gestuurd"}).status_code == 302  # others go on

    def test_a_link_that_went_round_is_answered_with_one_press(self, going: Played, organisation) -> None:
        url = reverse("exercises:join", args=[going.code])
        for _ in range(3):
            assert Client().post(url, {"function": "vol", "roles": ["control_room"]}).status_code == 302
        assert going.plays.post(going.url("code"), {"act": "clear"}).status_code == 403
        assert going.leads.post(going.url("code"), {"act": "clear"}).status_code == 302
        assert not Participant.objects.filter(person=None, left_at=None).exists()
        assert Client().get(url).status_code == 404
        assert Client().get(going.guest_url()).status_code == 404
        kept = verify_exercises(organisation)
        assert (kept.faulty, kept.uncovered) == ([], [])

    def test_who_was_taken_out_keeps_no_page_asking(self, going: Played) -> None:
        """A page that goes on asking every three seconds would make others at the same address wait."""
        guest = Participant.objects.select_related("session__organisation").get(person=None)
        browser = Client(REMOTE_ADDR="192.0.2.81")
        planning.remove_player(guest, person=going.lead, at=timezone.now())
        answer = browser.get(going.guest_url("_now"), headers={"HX-Request": "true"})
        assert answer["HX-Refresh"] == "true"

    def test_no_other_session_no_other_role(self, going: Played) -> None:
        url = going.guest_url("_decide", "i02", 0)  # asked of the mayor
        assert Client().post(url, {"role": "mayor", "text": "ja"}).status_code == 404
        mine = going.guest_url("_decide", "i01", 0)
        answer = Client().post(mine, {"role": "mayor", "text": "ja"})
        assert 'id="id_role_error"' in answer.content.decode()

    def test_a_forged_form_is_refused(self, going: Played) -> None:
        strict = Client(enforce_csrf_checks=True)
        for url, data in (
            (reverse("exercises:join", args=[going.code]), {"function": "x", "roles": ["control_room"]}),
            (going.guest_url("_log"), {"text": "x"}),
            (going.guest_url("_decide", "i01", 0), {"role": "calamity_coordinator", "text": "x"}),
        ):
            assert strict.post(url, data).status_code == 403
        assert not Line.objects.exists()


class TestTheReport:
    @pytest.mark.parametrize(
        "said",
        ["#panic()", "#read(\"/etc/passwd\")", "$ x", "]] #[ ]", "x" * 4000, "\u202eom", "a\u0007b", "😀 \u0627\u0644", "<b>",
         "*_`" * 900, "\\" * 50, "\r\n" * 50 + "x"],
        ids=range(12),
    )  # fmt: skip
    def test_what_a_guest_wrote_is_text_on_paper_and_nothing_else(self, going: Played, said: str) -> None:
        given = {"role": "calamity_coordinator", "text": said, "reasons": said}
        assert Client().post(going.guest_url("_decide", "i01", 0), given).status_code == 302
        running.steer(going.session, what=What.END, person=going.lead, at=timezone.now())
        answer = going.leads.get(going.url("report"))
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
        shown = going.leads.get(going.url("evaluation")).content.decode()
        assert "<b>" not in shown.split('id="compared"')[1]


class TestTheClock:
    def test_a_machine_that_is_behind_does_not_part_clock_and_phase(self, going: Played) -> None:
        at = timezone.now()
        running.steer(going.session, what=What.PAUSE, person=going.lead, at=at)
        running.steer(going.session, what=What.RESUME, person=going.lead, at=at - timedelta(seconds=2))
        going.session.refresh_from_db()
        assert queries.state_of(going.session, at=at + timedelta(seconds=1)).phase == going.session.phase == "running"
        running.steer(going.session, what=What.END, person=going.lead, at=at - timedelta(seconds=5))
        going.session.refresh_from_db()
        assert queries.state_of(going.session, at=at + timedelta(seconds=1)).phase == going.session.phase == "ended"

    def test_who_presses_a_button_of_before_jumps_over_nothing(self, going: Played) -> None:
        at = timezone.now()
        running.steer(going.session, what=What.PAUSE, person=going.lead, at=at)
        page = going.leads.get(going.url("lead")).content.decode()
        ahead = page.split('name="ahead" value="')[1].split('"')[0]
        for _ in range(2):  # both who lead press at once
            going.leads.post(going.url("steer"), {"act": "jump", "ahead": ahead})
        assert Event.objects.filter(what="jump").count() == 1

    def test_an_inject_besides_the_script_hides_none_of_it(self, organisation, going: Played, make_person) -> None:
        """A script that somebody brought may have an inject that is called as the first one besides it will be."""
        text = as_yaml(scenarios()[SCRIPT]).replace("id: i02", "id: x01").encode()
        at = timezone.now() - timedelta(minutes=2)
        plan = planning.Plan("Andere", at.date())
        row = planning.plan(
            organisation, scenario=scenario_of(text, file="x"), name="x", text=plan, person=going.lead, at=at
        )
        planning.add_player(row, who=going.mayor, roles=["mayor"], person=going.lead, at=at)
        running.steer(row, what=What.START, factor=10, person=going.lead, at=at)
        extra = Inject("x", 0, ("mayor",), {"nl": "Daarnaast"})
        running.send_extra(row, inject=extra, person=going.lead, at=timezone.now())
        running.send_extra(row, inject=replace(extra, text={"nl": "Nog een"}), person=going.lead, at=timezone.now())
        with pytest.raises(Refused, match="twice"):
            running.send_extra(row, inject=extra, person=going.lead, at=timezone.now())
        names = [each.inject["id"] for each in Event.objects.filter(session=row, what="extra")]
        assert len({*names, *(each.id for each in queries.scenario_of(row).injects)}) == 2 + len(
            scenarios()[SCRIPT].injects
        )
        shown = going.plays.get(reverse("exercises:play", args=[organisation.slug, row.pk])).content.decode()
        assert shown.count("Uw telefoon werkt niet") == 2  # came in, and asks a decision
        assert "Daarnaast" in shown


class TestFiles:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("id: i02", "id: een twee"),  # stands in addresses
            ("id: i02", "id: ../../weg"),
            ("id: i02", f"id: {'i' * 21}"),  # longer than a column
            ("cause:", 'cause: "een \\0 nul"\n  wat:'),
            ("cause:", f'cause: "om{TURNED}gekeerd"\n  wat:'),
            ("at: 0", "at: -1"),
            ("at: 0", "at: 1.5"),
            ("at: 0", "at: true"),
            ("at: 0", "at: 99999999999999999999"),
            ("grip_3_policy_team", "toverstaf"),
        ],
    )
    def test_a_script_that_would_break_a_page_is_refused(self, old: str, new: str) -> None:
        text = as_yaml(scenarios()[SCRIPT])
        assert old in text
        with pytest.raises(PackErrors):
            scenario_of(text.replace(old, new, 1).encode(), file="draaiboek.yaml")

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 100_000,
            "a: " * 50_000,
            "{" * 1000,
            "- " * 90_000,
            "injects:\n" + "- {id: i, at: 0}\n" * 15_000,
            'title: "\\ud800"',
            "title: !!python/object/apply:os.system [ls]",
            "x: 9" + "9" * 6000,
            "x: 0x" + "f" * 9000,
            "x: 1:" + "59:" * 2000 + "59",
            "x: 2026-13-45",
        ],
        ids=lambda text: text[:12],
    )
    def test_bombs(self, text: str) -> None:
        with pytest.raises(PackErrors):
            scenario_of(text.encode(), file="draaiboek.yaml")

    def test_what_is_wrong_steers_no_terminal(self, tmp_path) -> None:
        path = tmp_path / "draaiboek.yaml"
        path.write_text(as_yaml(scenarios()[SCRIPT]).replace("- grip_3_policy_team", '- "\\e[2J\\u202Eweg"', 1))
        found = check(path)
        assert not found.well
        assert all(each.isprintable() for each in found.lines)

    def test_the_page_tells_why(self, organisation, going: Played) -> None:
        url = reverse("exercises:script_bring", args=[organisation.slug])
        text = as_yaml(scenarios()[SCRIPT]).replace("id: i02", 'id: "een twee"')
        answer = going.leads.post(url, {"file": SimpleUploadedFile("x.yaml", text.encode())})
        assert 'id="id_file_error"' in answer.content.decode()
        assert not Script.objects.exists()


def other(value: Any) -> Any:
    """Another value of the same kind, that the table may hold."""
    if isinstance(value, str) and value in (codes := {"ended": "paused", "end": "pause", "need": "keep"}):
        return codes[value]
    if isinstance(value, datetime | date):
        return value + timedelta(days=1)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return f"{value}x"[-20:] if value else "x"
    return [*value, "x"] if isinstance(value, list) else {**value, "x": 1}


def test_an_auditor_sees_every_column_that_was_altered_and_every_row_that_went(organisation, going: Played) -> None:
    at = timezone.now()
    scripting.keep_script(organisation, scenario=scenarios()[SCRIPT], person=going.lead, at=at)
    Client().post(going.guest_url("_decide", "i01", 0), {"role": "calamity_coordinator", "text": "ja"})
    Client().post(going.guest_url("_log"), {"text": "regel"})
    running.send_extra(going.session, inject=Inject("x", 0, ("mayor",), {"nl": "Zin"}), person=going.lead, at=at)
    looking.learn(going.session, kind="need", text="Landelijk nummer", person=going.lead, at=at)
    running.steer(going.session, what=What.END, person=going.lead, at=at)
    assert verify_exercises(organisation).faulty == []
    unseen = []
    for each in TABLES:
        for name, column in each.columns.items():
            row = each.model._default_manager.order_by("-pk").first()
            value = getattr(row, column)
            changed = other(value)
            if changed is None or column.endswith("_id"):
                continue
            with transaction.atomic():
                each.model._default_manager.filter(pk=row.pk).update(**{column: changed})
                if not any(name in one.columns for one in verify_exercises(organisation).faulty):
                    unseen.append(f"{each.name}.{name}")
                transaction.set_rollback(True)
    assert unseen == []
    for model in (Line, Lesson, Answer):
        with transaction.atomic():
            model.objects.all().delete()
            assert verify_exercises(organisation).faulty
            transaction.set_rollback(True)
    Line.objects.create(session=going.session, person=going.lead, at=at, text="verzonnen")
    assert [each.fault for each in verify_exercises(organisation).faulty] == [Fault.UNTOLD]
    Session.objects.update(phase="paused")
    assert any("phase" in each.columns for each in verify_exercises(organisation).faulty)


def test_two_who_change_a_scenario_at_once_lose_nothing_silently(organisation, going: Played) -> None:
    at = timezone.now()
    row = scripting.keep_script(organisation, scenario=scenarios()[SCRIPT], person=going.lead, at=at)
    one = with_inject(scenarios()[SCRIPT], Inject("n", 1, ("mayor",), {"nl": "Van de een"}))
    other = with_inject(scenarios()[SCRIPT], Inject("n", 1, ("mayor",), {"nl": "Van de ander"}))
    scripting.change_script(row, scenario=one, person=going.lead, at=at + timedelta(seconds=1))
    with pytest.raises(Refused, match="changed"):
        scripting.change_script(row, scenario=other, person=going.lead, at=at + timedelta(seconds=2))
    row.refresh_from_db()
    assert "Van de een" in str(row.content)
