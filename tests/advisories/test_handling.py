"""What an organisation does about a warning: take note, give, assess, say how it stands, answer; and what time opens again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dijkwacht.apps.advisories.models import Handled, Line, Mail, Subscription, Touched, Warned, WarningEvent
from dijkwacht.apps.advisories.queries.handling import whole
from dijkwacht.apps.advisories.queries.stated import proposals
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.queries.visible import warnings_of
from dijkwacht.apps.advisories.services import following, handling, matching, triage, warning
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.handling import Said
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.advisories.handling import FLAGS, STATUSES
from tests.advisories.handled import given_warning, two_products
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + DAY
TWO = ("CVE-2026-1001", "CVE-2026-1002")


@pytest.fixture
def warned(served: Organisation, register: Any, receive: Any, analyst: Person) -> Callable[..., Warned]:
    return given_warning(served, register, receive, analyst)


def acts() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("act", flat=True))


def held(row: Warned) -> Warned:
    return Warned.objects.get(pk=row.pk)


def intact(organisation: Organisation) -> None:
    found = verify_advisories(organisation)
    assert not found.faulty
    assert not found.uncovered


class TestSee:
    """CSAF, management system M6: marked as read."""

    def test_once_and_reminders_stop(self, warned: Any, does: Any, people: Any, served: Organisation) -> None:
        row = warned(kans="high")
        assert row.step_at is not None
        assert handling.see(row, **does())
        row.refresh_from_db()
        assert (row.seen_by, row.step_at) == (people("ciso"), None)
        assert not handling.see(row, **does(at=LATER))
        assert acts().count("advisories.seen") == 1
        intact(served)

    def test_told_again_it_is_to_be_seen_again(self, warned: Any, does: Any, receive: Any) -> None:
        row = warned()
        handling.see(row, **does())
        receive(version="2", fix="Installeer 3.2.1.", at=LATER)
        row.refresh_from_db()
        assert row.seen_at is None
        assert handling.see(row, **does(at=LATER))


class TestGive:
    def test_who_handles_it_has_been_told_and_sees_amber(self, warned: Any, does: Any, people: Any) -> None:
        row, owner = warned(tlp="AMBER"), people("process_owner")
        assert not warnings_of(row.organisation, owner).exists()
        handling.give(row, handler=owner, **does())
        row.refresh_from_db()
        assert (row.handler, row.seen_by) == (owner, people("ciso"))
        assert warnings_of(row.organisation, owner).get() == row
        handling.give(row, handler=None, **does())
        assert not warnings_of(row.organisation, owner).exists()

    def test_a_stranger_handles_nothing(self, warned: Any, does: Any, analyst: Person) -> None:
        with pytest.raises(Refused, match="stranger"):
            handling.give(warned(), handler=analyst, **does())

    def test_what_is_for_persons_by_name_goes_to_nobody_else(
        self, organisation: Organisation, register: Any, receive: Any, does: Any, people: Any, analyst: Person
    ) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        receive(by=organisation, tlp="RED")
        row = Warned.objects.get()
        with pytest.raises(Refused, match="label_named"):
            handling.give(row, handler=people("ciso"), **does())
        row.advisory.named = [people("ciso").pk]
        row.advisory.save()
        handling.give(row, handler=people("ciso"), **does())


class TestAssess:
    """CSAF, management system M5: commented on."""

    def test_every_newest_counts_and_older_ones_stay(self, warned: Any, does: Any, served: Organisation) -> None:
        row = warned()
        handling.assess(row, text="Wij plannen dit in.", **does())
        handling.assess(row, text="Het is gedaan.", **does(at=LATER))
        assert [each.text for each in held(row).assessments.all()] == ["Het is gedaan.", "Wij plannen dit in."]
        assert held(row).seen_at == NOW
        intact(served)

    @pytest.mark.parametrize(
        ("told", "code", "field"),
        [
            ({"text": " "}, "empty", "assessment"),
            ({"text": "x" * 20_001}, "long", "assessment"),
            ({"text": "x", "likelihood": "high"}, "half_rating", "damage"),
            ({"text": "x", "damage": "high"}, "half_rating", "likelihood"),
            ({"text": "x", "likelihood": "huge", "damage": "low"}, "grade", "likelihood"),
            ({"text": "x", "likelihood": "low", "damage": "low"}, "lower_reason", "because"),
            ({"text": "x", "verdict": "done"}, "has_assets", "verdict"),
            ({"text": "x", "verdict": "lapsed"}, "verdict", "verdict"),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field(
        self, warned: Any, does: Any, told: Any, code: str, field: str
    ) -> None:
        row = warned(kans="high")
        with pytest.raises(Refused, match=code) as found:
            handling.assess(row, **told, **does())
        assert found.value.params["field"] == field
        assert not row.assessments.exists()

    def test_a_lower_rating_of_ones_own_needs_words_and_the_week_runs_on(self, warned: Any, does: Any) -> None:
        row = warned(kans="high")
        handling.assess(
            row, text="x", likelihood="low", damage="low", because="Niet van buiten te bereiken.", **does(at=LATER)
        )
        assert (held(row).week, held(row).due_at) == (True, NOW + 7 * DAY)

    def test_a_higher_rating_of_ones_own_starts_the_week_from_when_it_was_told(self, warned: Any, does: Any) -> None:
        row = warned(kans="medium")
        assert row.week is False
        handling.assess(row, text="x", likelihood="high", damage="high", **does(at=LATER))
        assert (held(row).week, held(row).due_at) == (True, NOW + 7 * DAY)
        handling.assess(row, text="Toch niet.", **does(at=LATER))
        assert (held(row).week, held(row).due_at) == (False, None)

    def test_told_again_for_a_higher_rating_does_not_begin_the_week_anew(
        self, warned: Any, does: Any, receive: Any
    ) -> None:
        row = warned(kans="high", schade="medium")
        receive(version="2", kans="high", schade="high", at=LATER)
        assert held(row).due_at == LATER + 7 * DAY  # only now it is high and high
        receive(version="3", kans="high", schade="high", exploited=True, at=LATER + DAY)
        assert (held(row).seen_at, held(row).due_at) == (None, LATER + 7 * DAY)
        handling.assess(row, text="x", likelihood="high", damage="high", **does(at=LATER + 2 * DAY))
        assert held(row).due_at == LATER + 7 * DAY


class TestStatus:
    """CSAF, asset matching system A8: each asset marked per weakness, and one switch for all of them."""

    def test_one_weakness_of_one_product(self, warned: Any, does: Any, people: Any, served: Organisation) -> None:
        row = warned(("Zaakzicht", "Zaaksysteem", "3.1"), ("Zaakzicht", "Zaaksysteem", "3.0"), cves=TWO)
        line = Touched.objects.first().line_id  # type: ignore[union-attr]
        assert handling.set_status(row, Said("in_progress"), line=line, weaknesses=TWO[:1], **does()) == 1
        assert Handled.objects.get(status="in_progress").by == people("ciso")
        assert (held(row).state, held(row).seen_at) == ("open", NOW)  # the weakest counts
        intact(served)

    def test_everything_at_once_is_one_deed(self, warned: Any, does: Any, served: Organisation) -> None:
        row = warned(("Zaakzicht", "Zaaksysteem", "3.1"), ("Zaakzicht", "Zaaksysteem", "3.0"), cves=TWO)
        assert handling.mark_all(row, Said("done"), **does()) == 4
        assert (held(row).state, held(row).settled_at) == ("done", NOW)
        assert handling.mark_all(row, Said("done"), **does(at=LATER)) == 0  # that was so already
        assert acts().count("advisories.handled") == 1
        intact(served)

    def test_done_and_not_affected_are_one_to_when_it_was_settled_and_accepted_is_not(
        self, warned: Any, does: Any, people: Any
    ) -> None:
        row = warned()
        until = {"because": "Wordt vervangen.", "decided": people("college"), "until": TODAY + 30 * DAY}
        handling.mark_all(row, Said("accepted", **until), **does())
        assert (held(row).state, held(row).settled_at) == ("accepted", NOW)
        handling.mark_all(row, Said("done"), **does(at=LATER))
        handling.mark_all(row, Said("not_affected", FLAGS[0]), **does(at=LATER + DAY))
        assert (held(row).state, held(row).settled_at) == ("not_affected", LATER)
        handling.mark_all(row, Said("open"), **does(at=LATER + DAY))
        assert (held(row).state, held(row).settled_at) == ("open", None)

    @pytest.mark.parametrize(
        ("said", "code", "field"),
        [
            ({"status": "gone"}, "status_unknown", "status"),
            ({"status": "not_affected"}, "reason_needed", "because"),
            ({"status": "not_affected", "flag": "because_i_say_so"}, "flag_unknown", "flag"),
            ({"status": "accepted", "until": TODAY}, "reason_needed", "because"),
            ({"status": "accepted", "because": "x", "until": TODAY}, "who_needed", "decided"),
            ({"status": "done", "because": "x" * 501}, "long", "because"),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field(
        self, warned: Any, does: Any, said: Any, code: str, field: str
    ) -> None:
        row = warned()
        with pytest.raises(Refused, match=code) as found:
            handling.mark_all(row, Said(**said), **does())
        assert found.value.params["field"] == field
        assert held(row).state == "open"

    @pytest.mark.parametrize(("until", "code"), [(None, "until_needed"), (TODAY - DAY, "until_past")])
    def test_a_risk_is_accepted_until_a_day(self, warned: Any, does: Any, people: Any, until: date, code: str) -> None:
        said = Said("accepted", because="x", decided=people("ciso"), until=until)
        with pytest.raises(Refused, match=code):
            handling.mark_all(warned(), said, **does())

    def test_only_somebody_of_the_house_accepts_a_risk(self, warned: Any, does: Any, analyst: Person) -> None:
        with pytest.raises(Refused, match="stranger"):
            handling.mark_all(warned(), Said("accepted", because="x", decided=analyst, until=TODAY), **does())

    def test_what_is_not_in_the_warning(self, warned: Any, does: Any, register: Any) -> None:
        row = warned()
        with pytest.raises(Refused, match="weakness"):
            handling.set_status(row, Said("done"), weaknesses=["CVE-1999-0001"], **does())
        with pytest.raises(Refused, match="no_assets"):
            handling.set_status(row, Said("done"), line=10**9, **does())
        register(("Zaakzicht", "Zaaksysteem", "3.2"), at=LATER)
        with pytest.raises(Refused, match="lapsed"):
            handling.mark_all(row, Said("done"), **does(at=LATER))

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(said=st.lists(st.tuples(st.sampled_from(STATUSES), st.integers(0, 1), st.integers(0, 1)), max_size=6))
    def test_the_warning_stands_as_the_weakest_of_what_was_said_last(
        self, warned: Any, does: Any, people: Any, said: Any
    ) -> None:
        row = two_products(warned, cves=TWO)
        lines = list(Touched.objects.filter(warning=row).order_by("pk").values_list("line", flat=True))
        full = {"flag": FLAGS[0], "because": "x", "decided": people("ciso"), "until": TODAY}
        handling.mark_all(row, Said("open"), **does())
        now = dict.fromkeys(((line, cve) for line in lines for cve in TWO), "open")
        for status, line, cve in said:
            handling.set_status(row, Said(status, **full), line=lines[line], weaknesses=[TWO[cve]], **does())
            now[lines[line], TWO[cve]] = status
        row.refresh_from_db()
        assert row.state == min(now.values(), key=STATUSES.index)
        assert (row.settled_at is None) == (row.state in ("open", "in_progress"))


class TestAccepted:
    def test_after_its_day_it_is_open_again(self, warned: Any, does: Any, people: Any, served: Organisation) -> None:
        row = warned()
        handling.mark_all(row, Said("accepted", because="x", decided=people("college"), until=TODAY), **does())
        assert Handled.objects.get().by == people("college")
        assert handling.end_accepted(at=NOW) == 0
        assert held(row).state == "accepted"
        assert handling.end_accepted(at=LATER) == 1
        assert (held(row).state, held(row).settled_at, Handled.objects.get().status) == ("open", None, "open")
        assert handling.end_accepted(at=LATER) == 0
        assert acts()[-1] == "advisories.accepted_ended"
        intact(served)


class TestVersion:
    @pytest.mark.parametrize(
        ("version", "state", "outcome"), [("3.1", "open", "affected"), ("3.2", "lapsed", "undetermined")]
    )
    def test_answered_it_is_affected_or_it_lapses(
        self, warned: Any, does: Any, register: Any, served: Organisation, version: str, state: str, outcome: str
    ) -> None:
        row = warned(("Zaakzicht", "Zaaksysteem", ""))
        assert row.outcome == "undetermined"
        mails, touched = Mail.objects.count(), Touched.objects.get()
        found = handling.answer_version(touched, version=version, **does(at=LATER))
        assert (found.state, found.outcome, found.seen_at) == (state, outcome, LATER)
        assert (found.todo_at, Mail.objects.count()) == (NOW, mails)  # nobody is told anew of what was told
        intact(served)
        register(("Zaakzicht", "Zaaksysteem", ""), at=LATER)  # the same list again, without a version
        assert (held(row).state, Line.objects.get().used) == (state, version)
        register(("Zaakzicht", "Zaaksysteem", "3.0"), at=LATER + DAY)  # now it tells one
        assert (held(row).outcome, held(row).state, Line.objects.get().used) == ("affected", "open", "3.0")

    def test_nothing_is_no_version(self, warned: Any, does: Any) -> None:
        row = warned(("Zaakzicht", "Zaaksysteem", ""))
        with pytest.raises(Refused, match="empty"):
            handling.answer_version(Touched.objects.get(), version=" ", **does())
        assert held(row).seen_at is None


class TestCaught:
    """A subscription caught it: no asset, so the written assessment says how the whole of it stands."""

    @pytest.fixture
    def caught(self, served: Organisation, receive: Any, analyst: Person, people: Any) -> Warned:
        following.follow(served, kind="vendor", text="Zaakzicht", person=people("ciso"), at=NOW)
        triage.decide(receive(kans="high"), decision="warn", person=analyst, at=NOW)
        return Warned.objects.get()

    @pytest.mark.parametrize("verdict", ["done", "not_affected"])
    def test_settled_by_its_assessment(self, caught: Warned, does: Any, served: Organisation, verdict: str) -> None:
        assert (caught.outcome, Handled.objects.exists()) == ("caught", False)
        with pytest.raises(Refused, match="no_assets"):
            handling.mark_all(caught, Said("done"), **does())
        handling.assess(caught, text="Wij gebruiken dit niet.", verdict=verdict, **does())
        assert (held(caught).state, held(caught).settled_at, held(caught).step_at) == (verdict, NOW, None)
        handling.assess(caught, text="Nog eens bevestigd.", **does(at=LATER))  # without: it stays where it stood
        assert (held(caught).state, held(caught).settled_at) == (verdict, NOW)
        intact(served)

    def test_a_new_task_opens_it(self, caught: Warned, does: Any, receive: Any) -> None:
        handling.assess(caught, text="x", verdict="done", **does())
        receive(version="2", kans="high", title="Andere woorden", at=LATER)
        assert held(caught).state == "done"
        receive(version="3", kans="high", fix="Installeer 3.2.1.", at=LATER)
        assert (held(caught).state, held(caught).seen_at) == ("open", None)
        assert WarningEvent.objects.filter(kind="first").get().finished_at == NOW

    def test_what_turns_up_in_the_register_is_handled_by_product(
        self, caught: Warned, does: Any, register: Any
    ) -> None:
        handling.assess(caught, text="x", verdict="not_affected", **does())
        register(("Zaakzicht", "Zaaksysteem", "3.1"), at=LATER)
        assert (held(caught).outcome, held(caught).state) == ("affected", "open")
        with pytest.raises(Refused, match="has_assets"):
            handling.assess(caught, text="x", verdict="done", **does(at=LATER))
        register(("Anders", "Iets", "1"), at=LATER + DAY)  # gone again, and still followed
        assert (held(caught).outcome, held(caught).state) == ("caught", "open")
        handling.assess(caught, text="x", verdict="done", **does(at=LATER + DAY))
        assert held(caught).state == "done"

    def test_no_longer_followed_it_lapses_once(self, caught: Warned, served: Organisation) -> None:
        Subscription.objects.update(ended_at=LATER)
        for at in (LATER, LATER + DAY):
            turned = matching.match_organisation(served, at=at)
            warning.look_again(served, {*turned, caught.advisory_id}, person=None, at=at)
        assert held(caught).state == "lapsed"
        assert WarningEvent.objects.filter(kind="lapsed").count() == 1


class TestStated:
    """What a supplier says in a document of its own (VEX) is a proposal, and taken over with its reason."""

    def found(self, row: Warned, person: Person) -> list[Any]:
        return proposals(row, whole(row), person, at=NOW)

    def test_a_proposal_that_is_taken_over(
        self, warned: Any, does: Any, people: Any, vex: Any, served: Organisation
    ) -> None:
        row = warned(cves=TWO)
        assert self.found(row, people("ciso")) == []
        advisory = vex(cves=TWO[:1], flag=FLAGS[1])
        (proposal,) = self.found(row, people("ciso"))
        assert (proposal.weaknesses, proposal.flag, proposal.advisory) == (TWO[:1], FLAGS[1], advisory)
        line = Touched.objects.get().line_id
        assert handling.take_proposal(row, line=line, advisory=advisory.pk, **does()) == 1
        said = Handled.objects.get(status="not_affected")
        assert (said.weakness, said.flag, "VEX-1" in said.because) == (TWO[0], FLAGS[1], True)
        assert held(row).state == "open"  # the other weakness
        assert self.found(row, people("ciso")) == []
        with pytest.raises(Refused, match="no_proposal"):
            handling.take_proposal(row, line=line, advisory=advisory.pk, **does())
        intact(served)

    def test_another_version_or_another_label_is_no_proposal(self, warned: Any, people: Any, vex: Any) -> None:
        row = warned()
        vex(versions="2.0")
        vex("VEX-2", tlp="AMBER")
        assert self.found(row, people("auditor")) == []
