"""What another organisation shares counts here, says so, and is gone when it is taken back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Due, Subject, Verdict
from dijkwacht.apps.ledger.queries import subjects as reads
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.services import due, facts, sharing, subjects
from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.people import services as people
from dijkwacht.apps.people.models import Organisation, Person, Share
from dijkwacht.core.verdict import Reason, Status
from dijkwacht.web import clock
from tests.ledger.small import TODAY

Say = Callable[..., facts.Receipt]
Commit = Callable[..., Any]
DAY = timedelta(days=1)


@pytest.fixture
def supplier(make_organisation: Callable[..., Organisation]) -> Organisation:
    return make_organisation("bouw", name="Bouw bv", kind="supplier")


@pytest.fixture
def theirs(supplier: Organisation, at: datetime) -> Subject:
    return subjects.register_subject(
        supplier, kind="supplier", name="Bouw", person=None, actor="test", on=TODAY - 30 * DAY, at=at
    )


@pytest.fixture
def ours(organisation: Organisation, register: Callable[..., Subject]) -> Subject:
    return register("supplier", "Onze bouwer")


def share(theirs: Subject, organisation: Organisation, at: datetime, **fields: Any) -> Share:
    given = {
        "kind": "fact",
        "what": f"{theirs.key}|supplier.*",
        "tlp": "AMBER",
        "valid_from": TODAY,
        "actor": "test",
        **fields,
    }
    return people.share(theirs.organisation, recipient=organisation, at=at, **given)


def stored(organisation: Organisation) -> tuple[Status, date | None]:
    row = Verdict.objects.get(organisation=organisation, requirement="cbw:2")
    return Status(row.status), row.stale_at


def why(organisation: Organisation, subject: Subject, on: date = TODAY) -> Reason:
    line = verdicts.line(organisation, requirement="cbw:2", subject=subject.key, on=on)
    assert line is not None
    return line.verdict.reasons[0]


@pytest.fixture
def linked(organisation: Organisation, ours: Subject, theirs: Subject, ciso: Person, at: datetime) -> Subject:
    return subjects.inherit_from(ours, source=theirs, person=ciso, on=TODAY, at=at)


def test_what_is_not_shared_is_unknown_and_says_so(
    linked: Subject, theirs: Subject, say: Say, organisation: Organisation
) -> None:
    say("supplier.certified", True, subject=theirs)
    reason = why(organisation, linked)
    assert (reason.code, reason.params) == ("not_shared", {"organisation": "bouw"})


def test_a_shared_fact_counts_and_says_whose_it_is(
    linked: Subject,
    theirs: Subject,
    say: Say,
    organisation: Organisation,
    at: datetime,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        share(theirs, organisation, at)
    with django_capture_on_commit_callbacks(execute=True):
        say("supplier.certified", True, subject=theirs, person=None, actor="Jan van Bouw")
    assert stored(organisation)[0] is Status.MET
    reason = why(organisation, linked)
    assert (reason.said_by, reason.params["inherited_from"]) == ("Bouw bv", "bouw")
    assert not Due.objects.exists()


def test_sharing_what_was_known_turns_the_verdict_at_once_and_revoking_turns_it_back(
    linked: Subject,
    theirs: Subject,
    say: Say,
    organisation: Organisation,
    at: datetime,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    say("supplier.certified", True, subject=theirs, on=TODAY - 30 * DAY)
    with django_capture_on_commit_callbacks(execute=True):
        given = share(theirs, organisation, at)
    assert stored(organisation)[0] is Status.MET
    with django_capture_on_commit_callbacks(execute=True):
        people.revoke_share(given, at=at + DAY, actor="test")
    assert stored(organisation)[0] is Status.UNKNOWN
    assert why(organisation, linked, TODAY + DAY).code == "not_shared"
    told = verdicts.replay(organisation, requirements=["cbw:2"], on=TODAY, known_at=TODAY)
    assert told[0].verdict.status is Status.MET  # what was known then can still be told
    told = verdicts.replay(organisation, requirements=["cbw:2"], on=TODAY, known_at=TODAY + DAY)
    assert told[0].verdict.status is Status.UNKNOWN


def test_a_share_that_ends_ends_the_verdict_on_that_day(
    linked: Subject,
    theirs: Subject,
    say: Say,
    organisation: Organisation,
    at: datetime,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    say("supplier.certified", True, subject=theirs)
    with django_capture_on_commit_callbacks(execute=True):
        share(theirs, organisation, at, valid_to=TODAY + 10 * DAY)
    assert stored(organisation) == (Status.MET, TODAY + 10 * DAY)
    assert due.tick(on=TODAY + 9 * DAY, at=at).turned == 0
    assert due.tick(on=TODAY + 10 * DAY, at=at).turned == 1
    assert stored(organisation)[0] is Status.UNKNOWN


def test_a_share_that_is_still_to_begin_begins_by_itself(
    linked: Subject,
    theirs: Subject,
    say: Say,
    organisation: Organisation,
    at: datetime,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    say("supplier.certified", True, subject=theirs)
    with django_capture_on_commit_callbacks(execute=True):
        share(theirs, organisation, at, valid_from=TODAY + 5 * DAY)
    assert stored(organisation) == (Status.UNKNOWN, TODAY + 5 * DAY)
    due.tick(on=TODAY + 5 * DAY, at=at)
    assert stored(organisation)[0] is Status.MET


@pytest.mark.parametrize("what", ["other|supplier.*", "bouw|system.*", "*|supplier.size"])
def test_only_what_the_share_covers_counts(
    linked: Subject, theirs: Subject, say: Say, organisation: Organisation, at: datetime, what: str,
    django_capture_on_commit_callbacks: Commit,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        share(theirs, organisation, at, what=what)
        say("supplier.certified", True, subject=theirs)
    assert stored(organisation)[0] is Status.UNKNOWN


def test_a_correction_over_there_counts_here(
    linked: Subject,
    theirs: Subject,
    say: Say,
    organisation: Organisation,
    at: datetime,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        share(theirs, organisation, at)
        say("supplier.certified", True, subject=theirs)
    with django_capture_on_commit_callbacks(execute=True):
        say("supplier.certified", False, subject=theirs, correction=True)
    assert stored(organisation)[0] is Status.NOT_MET


def test_when_the_process_dies_tick_takes_what_was_left(
    linked: Subject, theirs: Subject, say: Say, organisation: Organisation, at: datetime
) -> None:
    share(theirs, organisation, at)
    say("supplier.certified", True, subject=theirs)  # nothing runs after the transaction here
    assert stored(organisation)[0] is Status.UNKNOWN
    assert Due.objects.filter(organisation=organisation).count() == 2
    assert due.tick(on=TODAY, at=at).turned == 1
    assert stored(organisation)[0] is Status.MET
    assert not Due.objects.exists()


def test_many_heirs_are_left_to_tick(
    theirs: Subject, say: Say, make_organisation: Callable[..., Organisation], at: datetime,
    django_capture_on_commit_callbacks: Commit,
) -> None:  # fmt: skip
    heirs = [make_organisation() for _ in range(sharing.AT_ONCE + 2)]
    for heir in heirs:
        subject = subjects.register_subject(heir, kind="supplier", name="B", person=None, actor="t", on=TODAY, at=at)
        subjects.inherit_from(subject, source=theirs, person=None, actor="t", on=TODAY, at=at)
        share(theirs, heir, at)
    due.tick(on=TODAY, at=at)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        say("supplier.certified", True, subject=theirs)
    assert len(callbacks) == sharing.AT_ONCE
    assert Due.objects.values("organisation").distinct().count() == 2
    assert due.tick(on=TODAY, at=at).organisations == 2
    assert {stored(heir)[0] for heir in heirs} == {Status.MET}


def test_no_longer_inheriting(
    linked: Subject, theirs: Subject, say: Say, organisation: Organisation, ciso: Person, at: datetime
) -> None:
    share(theirs, organisation, at)
    say("supplier.certified", True, subject=theirs)
    due.tick(on=TODAY, at=at)
    assert reads.inheritances(organisation)[linked.key].source == theirs
    subjects.inherit_from(linked, source=None, person=ciso, on=TODAY + DAY, at=at)
    assert stored(organisation)[0] is Status.UNKNOWN
    assert why(organisation, linked, TODAY + DAY).code == "not_asked"
    told = verdicts.replay(organisation, requirements=["cbw:2"], on=TODAY, known_at=TODAY)
    assert told[0].verdict.status is Status.MET


def test_what_cannot_be_inherited(
    ours: Subject, theirs: Subject, register: Callable[..., Subject], ciso: Person, at: datetime
) -> None:
    with pytest.raises(Refusal, match="kind"):
        subjects.inherit_from(register("system", "Zaak"), source=theirs, person=ciso, on=TODAY, at=at)
    with pytest.raises(Refusal, match="source"):
        subjects.inherit_from(ours, source=register("supplier", "Nog een"), person=ciso, on=TODAY, at=at)


def test_a_reference_of_theirs_never_points_to_a_subject_of_ours(
    organisation: Organisation,
    supplier: Organisation,
    register: Callable[..., Subject],
    say: Say,
    ciso: Person,
    at: datetime,
) -> None:
    given = {"person": None, "actor": "t", "on": TODAY, "at": at}
    their_system = subjects.register_subject(supplier, kind="system", name="Hosting", **given)
    their_supplier = subjects.register_subject(supplier, kind="supplier", name="Acme", **given)
    our_system, our_supplier = register("system", "Zaak"), register("supplier", "Acme")
    assert their_supplier.key == our_supplier.key
    say("supplier.certified", True, subject=our_supplier)
    say("system.supplier", their_supplier.key, subject=their_system)
    people.share(
        supplier, recipient=organisation, kind="fact", what="*|*", tlp="RED", valid_from=TODAY, at=at, actor="t"
    )
    subjects.inherit_from(our_system, source=their_system, person=ciso, on=TODAY, at=at)
    line = verdicts.line(organisation, requirement="bio2:7", subject=our_system.key, on=TODAY)
    assert line is not None
    assert line.verdict.status is Status.UNKNOWN


def test_what_can_be_inherited_from(
    ours: Subject, theirs: Subject, organisation: Organisation, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)
    assert list(reads.sources(organisation, kind="supplier")) == []
    share(theirs, organisation, datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    assert list(reads.sources(organisation, kind="supplier")) == [theirs]
    assert list(reads.sources(organisation, kind="system")) == []


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ["bouw-2"]), ({"what": "*|supplier.*"}, ["bouw-2", "zusje"]), ({"what": "*|*"}, ["bouw-2", "zusje"]),
        ({"what": "bouw-2|supplier.certified"}, ["bouw-2"]), ({"what": "*|system.*"}, []),
        ({"what": "zusje|system.critical"}, []),
        ({"kind": "account", "what": "council"}, []), ({"valid_from": TODAY + DAY}, []),
        ({"valid_from": TODAY - 9 * DAY, "valid_to": TODAY}, []),
    ],
)  # fmt: skip
def test_of_what_is_not_shared_not_even_the_name_is_told(
    ours: Subject, theirs: Subject, organisation: Organisation, at: datetime, monkeypatch: pytest.MonkeyPatch,
    fields: dict[str, Any], found: list[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)
    given: dict[str, Any] = {"person": None, "actor": "t", "on": TODAY, "at": at}
    subjects.register_subject(theirs.organisation, kind="supplier", name="Zusje", **given)
    share(theirs, organisation, at, **fields)
    assert sorted(each.key for each in reads.sources(organisation, kind="supplier")) == found


def test_what_was_revoked_is_no_longer_named(
    theirs: Subject, organisation: Organisation, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)
    people.revoke_share(share(theirs, organisation, at), at=at, actor="t")
    assert list(reads.sources(organisation, kind="supplier")) == []
