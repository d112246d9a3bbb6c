"""Tick: what time makes due is judged, once, whoever runs it and however often it is killed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from dijkwacht.apps.ledger import packs
from dijkwacht.apps.ledger.models import Tally, Turn, Verdict
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.services import due, facts, judging
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.verdict import Status
from tests.ledger.small import NORMS, RULES, TODAY, norms_of

Say = Callable[..., facts.Receipt]
DAY = timedelta(days=1)
EXPIRES = date(2027, 11, 26)  # a year and a day after today


def status(organisation: Organisation, requirement: str) -> Status:
    return Status(Verdict.objects.get(organisation=organisation, requirement=requirement).status)


def test_what_expires_is_judged_on_its_day_and_not_before(say: Say, organisation: Organisation, at: datetime) -> None:
    say("house.policy", True)
    assert due.tick(on=EXPIRES - DAY, at=at) == due.Ticked(0, 0, 0)
    assert status(organisation, "bio2:1") is Status.MET
    assert due.tick(on=EXPIRES, at=at) == due.Ticked(1, 1, 0)
    assert status(organisation, "bio2:1") is Status.UNKNOWN
    line = verdicts.line(organisation, requirement="bio2:1", on=EXPIRES)
    assert line is not None
    assert line.verdict.reasons[0].code == "expired"
    entry = Entry.objects.latest("seq")
    assert (entry.act, entry.actor, entry.detail) == ("ledger.judge", "tick", {"day": "2027-11-26", "turned": 1})
    assert Turn.objects.get(on=EXPIRES).act is None


def test_twice_is_once(say: Say, at: datetime) -> None:
    say("house.policy", True)
    due.tick(on=EXPIRES, at=at)
    entries, stored = Entry.objects.count(), list(Verdict.objects.order_by("pk").values())
    assert due.tick(on=EXPIRES, at=at) == due.Ticked(0, 0, 0)
    assert (Entry.objects.count(), list(Verdict.objects.order_by("pk").values())) == (entries, stored)


def test_killed_halfway_the_rerun_completes(
    say: Say, make_organisation: Callable[..., Organisation], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisations = [make_organisation() for _ in range(3)]
    for each in organisations:
        say("house.policy", True, subject=judging.own_subject(each, on=TODAY))
    real, calls = judging.tally, []

    def dies(organisation: Organisation, **fields: object) -> object:
        calls.append(organisation)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(organisation, **fields)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "tally", dies)
    with pytest.raises(KeyboardInterrupt):
        due.tick(on=EXPIRES, at=at)
    assert [status(each, "bio2:1") for each in organisations] == [Status.UNKNOWN, Status.MET, Status.MET]
    monkeypatch.setattr(judging, "tally", real)
    seen: list[tuple[int, int]] = []
    done = due.tick(on=EXPIRES, at=at, progress=lambda index, of, which: seen.append((index, of)))
    assert (done.organisations, seen) == (2, [(0, 2), (1, 2)])
    assert {status(each, "bio2:1") for each in organisations} == {Status.UNKNOWN}
    assert {Tally.objects.get(organisation=each, account="council").met for each in organisations} == {0}


def test_a_few_at_a_time(say: Say, make_organisation: Callable[..., Organisation], at: datetime) -> None:
    for _ in range(3):
        say("house.policy", True, subject=judging.own_subject(make_organisation(), on=TODAY))
    assert due.tick(on=EXPIRES, at=at, limit=2) == due.Ticked(2, 2, 1)
    assert due.tick(on=EXPIRES, at=at, limit=2) == due.Ticked(1, 1, 0)


def test_who_comes_second_finds_nothing(say: Say, organisation: Organisation, at: datetime) -> None:
    say("house.policy", True)
    assert due.settle(organisation, on=EXPIRES, at=at) is not None
    assert due.settle(organisation, on=EXPIRES, at=at) is None


def test_new_packs_are_judged_whole(
    say: Say, organisation: Organisation, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    say("house.policy", True)
    changed = {
        **RULES,
        "bio2:1": {"met_if": {"not": {"fact": "house.policy"}}},
        "bio2:9": {"met_if": {"fact": "house.policy"}},
    }
    del changed["bio2:2"]
    changed["cbw:1"] = {"met_if": {"verdict": "bio2:1"}}
    newer = norms_of(changed)
    monkeypatch.setattr(packs, "norms_on", lambda day: newer if day > TODAY else NORMS)
    live = verdicts.line(organisation, requirement="bio2:9", on=TODAY + DAY)
    assert live is not None
    assert live.verdict.status is Status.MET  # judged on the spot as long as what is stored rests on other packs
    assert due.tick(on=TODAY + DAY, at=at).organisations == 1
    assert status(organisation, "bio2:1") is Status.NOT_MET
    assert status(organisation, "bio2:9") is Status.MET
    assert not Verdict.objects.filter(requirement="bio2:2").exists()
    assert due.tick(on=TODAY + DAY, at=at) == due.Ticked(0, 0, 0)


def test_the_fingerprint_is_of_the_content() -> None:
    assert packs.packs_of(norms_of()).fingerprint == packs.packs_of(norms_of()).fingerprint
    other = {**RULES, "bio2:3": {"met_if": {"fact": "house.tested_on", "within": "P2Y"}}}
    assert packs.packs_of(norms_of(other)).fingerprint != packs.packs_of(NORMS).fingerprint


def test_an_organisation_that_never_did_anything_is_left_alone(organisation: Organisation, at: datetime) -> None:
    assert due.tick(on=EXPIRES, at=at) == due.Ticked(0, 0, 0)
    assert not Verdict.objects.exists()
