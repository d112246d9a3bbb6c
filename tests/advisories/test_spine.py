"""From a document that comes in to an organisation that is told, and what a revision or a register turns afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from dijkwacht.apps.advisories.models import (
    Advisory,
    Anew,
    Call,
    Concern,
    Document,
    Handled,
    Mail,
    Service,
    Touched,
    Warned,
    WarningEvent,
)
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.queries.visible import warnings_of
from dijkwacht.apps.advisories.services import handling, meaning, renaming, serving, stating, triage, warning
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def warn(analyst: Person) -> Callable[..., list[Warned]]:
    return lambda advisory, at=NOW: triage.decide(advisory, decision="warn", person=analyst, at=at)


def _whole(*organisations: Organisation) -> None:
    for each in organisations:
        held = verify_advisories(each)
        assert not held.faulty
        assert not held.uncovered


def test_a_document_becomes_an_advisory_that_knows_whom_it_touches(
    served: Organisation, register: Any, receive: Any, csirt: Organisation
) -> None:
    register(("Zaakzicht B.V.", "Zaaksysteem", "3.1"), ("Voorbeeld", "Anders", "1.0"))
    advisory = receive(kans="high")
    assert (advisory.affected, advisory.asked, advisory.level_name, advisory.week) == (1, 0, "urgent", True)
    concern = Concern.objects.get()
    assert (concern.organisation, concern.sure, concern.assets) == (served, True, 1)
    assert Document.objects.get().state == "read"
    assert not Warned.objects.exists()  # an analyst decides
    _whole(served, csirt)


def test_without_a_version_somebody_is_asked(served: Organisation, register: Any, receive: Any) -> None:
    register(("Zaakzicht", "Zaaksysteem", ""))
    advisory = receive()
    assert (advisory.affected, advisory.asked) == (0, 1)


@pytest.mark.parametrize("version", ["3", "22H2", "19045"])
def test_a_version_that_may_be_any_is_a_question(
    served: Organisation, register: Any, receive: Any, version: str
) -> None:
    register(("Zaakzicht", "Zaaksysteem", version))
    advisory = receive(products=(("Zaakzicht", "Zaaksysteem", "vers:unknown/>=3.1|<3.2"),))
    assert (advisory.affected, advisory.asked) == (0, 1)


def test_who_is_not_touched_is_left_alone(served: Organisation, register: Any, receive: Any, warn: Any) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.2"))
    assert warn(receive()) == []


def test_warned_with_a_reason_per_product_and_a_week_to_mend(
    served: Organisation, register: Any, receive: Any, warn: Any, csirt: Organisation
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1", True), ("Zaakzicht", "Zaaksysteem", "3.0"))
    made = warn(receive(kans="high", cves=("CVE-2026-1001", "CVE-2026-1002")))
    assert len(made) == 1
    row = Warned.objects.get()
    assert (row.organisation, row.desk, row.number, row.outcome, row.level) == (served, csirt, 1, "affected", 3)
    assert row.week is True
    assert row.due_at == NOW + timedelta(days=7)
    assert {each.reason["code"] for each in Touched.objects.all()} == {"affected"}
    assert Handled.objects.filter(status="open").count() == 4  # two versions, two weaknesses
    mails = {each.contact.role: each.pointer for each in Mail.objects.select_related("contact")}
    assert mails == {"general": False, "trusted": False}
    assert row.step_at == NOW + timedelta(hours=2)
    assert not warn(Advisory.objects.get(), at=LATER)  # once, and only once
    assert Entry.objects.filter(act="advisories.warned").count() == 1
    _whole(served, csirt)


def test_a_register_that_comes_later_is_warned_too(
    served: Organisation, register: Any, receive: Any, warn: Any, csirt: Organisation
) -> None:
    warn(receive())
    assert not Warned.objects.exists()
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    assert Warned.objects.get().outcome == "affected"
    register(("Zaakzicht", "Zaaksysteem", "3.2"), at=LATER)
    row = Warned.objects.get()
    assert row.state == "lapsed"
    assert list(WarningEvent.objects.values_list("kind", flat=True)) == ["first", "lapsed"]
    _whole(served, csirt)


def test_a_revision_is_a_new_task_only_when_the_remedy_turned(
    served: Organisation, register: Any, receive: Any, warn: Any, does: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive())
    row = Warned.objects.get()
    Handled.objects.update(status="done")
    stating.restate(row, at=NOW)
    assert row.state == "done"
    receive(version="2", title="Kwetsbaarheid in Zaaksysteem (herzien)", at=LATER)
    row.refresh_from_db()
    assert (row.state, row.version, row.title) == ("done", "2", "Kwetsbaarheid in Zaaksysteem (herzien)")
    receive(version="3", fix="Installeer 3.2.1.", at=LATER + timedelta(hours=1))
    row.refresh_from_db()
    assert (row.state, row.version) == ("open", "3")
    assert row.todo_at == LATER + timedelta(hours=1)
    assert list(WarningEvent.objects.values_list("kind", flat=True)) == ["first", "task"]


def test_a_late_older_revision_changes_nothing(served: Organisation, register: Any, receive: Any) -> None:
    receive(version="2", title="Nieuw")
    assert receive(version="1", title="Oud").title == "Nieuw"
    assert Document.objects.count() == 2


def test_amber_goes_to_the_trusted_contact_and_says_nothing_in_a_mail(
    served: Organisation, register: Any, receive: Any, warn: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive(tlp="AMBER", kans="high"))
    assert [(each.contact.role, each.pointer) for each in Mail.objects.select_related("contact")] == [("trusted", True)]


def test_what_may_not_leave_the_desk_is_refused(served: Organisation, register: Any, receive: Any, warn: Any) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    with pytest.raises(Refused, match="label_too_strict"):
        warn(receive(tlp="RED"))
    assert not Warned.objects.exists()


def test_who_has_no_contact_stands_on_the_phone_list(
    organisation: Organisation, csirt: Organisation, register: Any, receive: Any, warn: Any, does: Any
) -> None:
    from dijkwacht.apps.advisories.services import serving

    serving.join(organisation, desk=csirt, basis="Aansluiting", **does())
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive(kans="high"))
    assert Call.objects.get().reason == "no_contact"


def test_a_municipality_that_takes_in_itself_warns_itself(
    organisation: Organisation, register: Any, receive: Any, people: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    advisory = receive(by=organisation)
    assert advisory.decision == "warn"
    assert Warned.objects.get().desk == organisation


def test_a_revision_that_was_cut_off_is_followed_by_the_next_round(
    served: Organisation, register: Any, receive: Any, warn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive())
    with monkeypatch.context() as cut:
        cut.setattr(warning, "after_intake", lambda *_args, **_kwargs: None)
        receive(version="2", fix="Installeer 3.2.1.", at=LATER)
    row = Warned.objects.get()
    assert row.version == "1"
    assert warning.catch_up(at=LATER) == 1
    row.refresh_from_db()
    assert row.version == "2"
    assert list(WarningEvent.objects.values_list("kind", flat=True)) == ["first", "again"]
    assert warning.catch_up(at=LATER) == 0
    _whole(served)


def test_a_revision_of_the_same_version_that_was_cut_off_is_followed_too(
    served: Organisation, register: Any, receive: Any, warn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive(state="draft"))
    with monkeypatch.context() as cut:
        cut.setattr(warning, "after_intake", lambda *_args, **_kwargs: None)
        receive(fix="Installeer 3.2.1.", at=LATER)  # version 1 as well, final now
    assert [warning.catch_up(at=LATER), warning.catch_up(at=LATER)] == [1, 0]
    assert list(WarningEvent.objects.values_list("kind", flat=True)) == ["first", "again"]
    _whole(served)


def test_a_register_that_was_taken_over_and_cut_off_is_looked_at_by_the_next_round(
    served: Organisation, register: Any, receive: Any, warn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive())

    def killed(*_args: Any, **_told: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(warning, "look_again", killed)
        with pytest.raises(KeyboardInterrupt):
            register(("Zaakzicht", "Zaaksysteem", "3.1", True), ("Zaakzicht", "Zaaksysteem", "3.0"), at=LATER)
    assert Touched.objects.count() == 1
    renaming.carry_on(at=LATER)
    assert sorted(Touched.objects.values_list("version", "exposed")) == [("3.0", True), ("3.1", True)]
    before = Entry.objects.count()
    renaming.carry_on(at=LATER)
    assert (Anew.objects.count(), Entry.objects.count()) == (0, before)
    _whole(served)


def test_a_register_that_changes_after_a_cut_off_loses_no_revision(
    served: Organisation, register: Any, receive: Any, warn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive())
    Handled.objects.update(status="done")
    with monkeypatch.context() as cut:
        cut.setattr(warning, "after_intake", lambda *_args, **_kwargs: None)
        receive(version="2", fix="Installeer 3.2.1.", at=LATER)
    register(("Zaakzicht", "Zaaksysteem", "3.1", True), at=LATER)
    assert (Warned.objects.get().version, Warned.objects.get().state) == ("2", "open")
    assert list(WarningEvent.objects.values_list("kind", flat=True)) == ["first", "task"]
    _whole(served)


def test_two_runs_at_once_follow_a_revision_once(
    served: Organisation, register: Any, receive: Any, warn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive())
    with monkeypatch.context() as cut:
        cut.setattr(warning, "after_intake", lambda *_args, **_kwargs: None)
        receive(version="2", fix="Installeer 3.2.1.", at=LATER)
    said_by = meaning.said_by

    def meanwhile(advisory: Advisory) -> Any:
        monkeypatch.setattr(warning, "said_by", said_by)
        warning.catch_up(at=LATER)  # the other run, after this one saw what is late
        return said_by(advisory)

    monkeypatch.setattr(warning, "said_by", meanwhile)
    warning.catch_up(at=LATER + timedelta(minutes=1))
    assert list(WarningEvent.objects.values_list("kind", flat=True)) == ["first", "again"]


def test_nobody_is_warned_once_another_analyst_decided_otherwise(
    served: Organisation, register: Any, receive: Any, warn: Any, analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    advisory, fan_out = receive(), warning.fan_out

    def meanwhile(row: Advisory, **told: Any) -> list[Warned]:
        monkeypatch.setattr(warning, "fan_out", fan_out)
        triage.decide(Advisory.objects.get(), decision="not", because="Geldt hier niet.", person=analyst, at=NOW)
        return fan_out(row, **told)

    monkeypatch.setattr(warning, "fan_out", meanwhile)
    assert warn(advisory) == []
    assert not Warned.objects.exists()


def test_who_left_a_desk_is_told_by_the_next(
    served: Organisation, register: Any, receive: Any, warn: Any, csirt: Organisation, does: Any, make_person: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive())
    other = Organisation.objects.create(slug="csirt-twee", name="CSIRT Twee", kind="csirt")
    serving.join(served, desk=other, basis="Aansluiting 2027", **does(at=LATER))
    serving.leave(Service.objects.get(desk=csirt), **does(at=LATER))
    receive(version="2", fix="Installeer 3.2.1.", at=LATER)
    assert Warned.objects.get().state == "lapsed"  # the first desk says nothing more
    advisory = receive(version="2", fix="Installeer 3.2.1.", by=other, at=LATER)
    triage.decide(advisory, decision="warn", person=make_person("csirt_analyst", at_organisation=other), at=LATER)
    assert Warned.objects.get(desk=other).state == "open"
    _whole(served)


def test_a_stricter_label_holds_before_it_is_followed(
    served: Organisation, register: Any, receive: Any, warn: Any, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive())
    assert warnings_of(served, people("ciso")).count() == 1
    with monkeypatch.context() as cut:
        cut.setattr(warning, "after_intake", lambda *_args, **_kwargs: None)
        receive(version="2", tlp="RED", at=LATER)
    assert not warnings_of(served, people("ciso")).exists()


def test_what_waited_is_counted_once(served: Organisation, receive: Any, analyst: Person) -> None:
    triage.decide(receive(), decision="wait", because="Eerst vragen.", wait_until=LATER.date(), person=analyst, at=NOW)
    assert [triage.wake(at=LATER), triage.wake(at=LATER)] == [1, 0]


def test_who_is_to_be_warned_from_later_on_does_not_join_again(
    served: Organisation, csirt: Organisation, does: Any
) -> None:
    with pytest.raises(Refused, match="twice"):
        serving.join(served, desk=csirt, basis="Nog eens", **does(at=NOW - timedelta(days=30)))


def test_a_desk_of_its_own_that_was_cut_off_warns_itself_at_the_next_round(
    organisation: Organisation, register: Any, receive: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    with monkeypatch.context() as cut:
        cut.setattr(warning, "after_intake", lambda *_args, **_kwargs: None)
        receive(by=organisation)
    assert warning.fan_out_waiting(at=LATER) == 1
    assert Warned.objects.get().desk == organisation


def test_the_trail_tells_no_more_than_the_label(
    served: Organisation, register: Any, receive: Any, warn: Any, people: Any, does: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    warn(receive(tlp="AMBER", title="Iets vertrouwelijks"))
    handling.see(Warned.objects.get(), **does())
    page = people.browser("auditor").get(f"/o/{served.slug}/spoor/").content.decode()
    assert "TLP:AMBER" in page
    assert "vertrouwelijks" not in page
    assert "vertrouwelijks" not in str(list(Entry.objects.values_list("detail", flat=True)))
    _whole(served)
