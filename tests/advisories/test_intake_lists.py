"""Public lists: what they say is kept, advisories weigh otherwise, come back in sight, and who was warned is told again."""

import gzip
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dijkwacht.apps.advisories.models import Advisory, Enriched, Handled, Mail, Warned, WarningEvent
from dijkwacht.apps.advisories.queries.lists import held_lists
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import lists, stating, triage
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.lists import Taken
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)
Take = Callable[..., Taken]


def kev(*cves: str, ransomware: str = "Unknown") -> bytes:
    rows = [{"cveID": each, "dateAdded": "2026-11-25", "knownRansomwareCampaignUse": ransomware} for each in cves]
    return json.dumps({"catalogVersion": "2026.11.25", "vulnerabilities": rows}).encode()


def epss(day: str = "2026-11-25", **scores: float) -> bytes:
    lines = "".join(f"{cve.replace('_', '-')},{score},0.5\n" for cve, score in scores.items())
    return f"#model_version:v1,score_date:{day}T00:00:00+0000\ncve,epss,percentile\n{lines}".encode()


def record(cve: str, *, exploitation: str = "active") -> bytes:
    options = [{"Exploitation": exploitation}, {"Automatable": "yes"}, {"Technical Impact": "total"}]
    content = {"timestamp": "2026-11-25T00:00:00Z", "options": options}
    return json.dumps({
        "dataType": "CVE_RECORD", "cveMetadata": {"cveId": cve, "state": "PUBLISHED"},
        "containers": {"cna": {}, "adp": [{"metrics": [{"other": {"type": "ssvc", "content": content}}]}]},
    }).encode()  # fmt: skip


@pytest.fixture
def take(csirt: Organisation, analyst: Person) -> Take:
    def one(kind: str, given: Any, *, at: Any = LATER, desk: Organisation = csirt) -> Taken:
        return getattr(lists, f"take_{kind}")(given, desk=desk, person=analyst, at=at)

    return one


def test_kev_is_written_and_what_it_drops_is_no_longer_so(take: Take) -> None:
    assert take("kev", kev("CVE-2026-1001", "CVE-2026-1002", ransomware="Known")).changed == 2
    assert Enriched.objects.get(cve="CVE-2026-1001").ransomware
    assert take("kev", kev("CVE-2026-1001", "CVE-2026-1002", ransomware="Known")).changed == 0
    assert take("kev", kev("CVE-2026-1001", ransomware="Known")).changed == 1
    assert Enriched.objects.get(cve="CVE-2026-1002").used_on is None
    assert held_lists().kev == 1


def test_epss_keeps_the_other_lists_and_refuses_an_older_day(take: Take) -> None:
    take("kev", kev("CVE-2026-1001"))
    take("epss", gzip.compress(epss(CVE_2026_1001=0.5, CVE_2026_1002=0.01)))
    row = Enriched.objects.get(cve="CVE-2026-1001")
    assert (row.epss, row.epss_on, row.used_on) == (0.5, date(2026, 11, 25), date(2026, 11, 25))
    take("epss", epss("2026-11-26", CVE_2026_1001=0.5))
    assert Enriched.objects.get(cve="CVE-2026-1001").epss_on == date(2026, 11, 26)
    assert Enriched.objects.get(cve="CVE-2026-1002").epss is None
    with pytest.raises(Refused, match="list_older"):
        take("epss", epss("2026-11-24", CVE_2026_1001=0.1))
    assert Enriched.objects.get(cve="CVE-2026-1001").epss == 0.5


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("kev", b"{}", "list_empty"), ("kev", b"[", "list_unreadable"), ("kev", b"", "list_unreadable"),
        ("epss", b"cve,epss\n", "list_empty"), ("epss", b"a,b\n1,2\n", "list_unreadable"),
        ("epss", b"\x1f\x8b\0", "list_unreadable"), ("ssvc", [b"{"], "list_unreadable"), ("ssvc", [], "list_empty"),
    ],
)  # fmt: skip
def test_what_is_no_list_changes_nothing(take: Take, kind: str, given: Any, code: str) -> None:
    with pytest.raises(Refused, match=code):
        take(kind, given)
    assert not Enriched.objects.exists()
    assert not Entry.objects.filter(act="advisories.lists_taken").exists()


@pytest.mark.parametrize("decision", ["not", "wait"])
def test_what_was_left_comes_back_when_it_is_being_used(
    take: Take, receive: Any, csirt: Organisation, analyst: Person, decision: str
) -> None:
    advisory = receive()
    until = {"wait_until": NOW.date() + timedelta(days=9)} if decision == "wait" else {}
    triage.decide(advisory, decision=decision, because="Niet nu", person=analyst, at=NOW, **until)
    taken = take("kev", kev("CVE-2026-1001"))
    assert (taken.weighed, taken.used, taken.back) == (1, 1, 1)
    advisory.refresh_from_db()
    assert (advisory.decision, advisory.used, advisory.changed_at, advisory.wait_until) == ("open", True, LATER, None)
    assert advisory.change["reasons"] == [["exploited", [["weakness", "CVE-2026-1001"]]]]
    assert Entry.objects.filter(act="advisories.lists_taken", about="lists").count() == 1
    assert not verify_advisories(csirt).faulty


def test_who_was_warned_is_told_again_once(
    take: Take, served: Organisation, register: Any, receive: Any, csirt: Organisation, analyst: Person
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    triage.decide(receive(), decision="warn", person=analyst, at=NOW)
    row = Warned.objects.get()
    row.seen_at = NOW
    row.save()
    before, mails = row.level, Mail.objects.count()
    assert take("kev", kev("CVE-2026-1001")).told == 1
    row.refresh_from_db()
    assert row.level >= before
    assert (row.seen_at, row.todo_at) == (None, LATER)
    event = WarningEvent.objects.get(kind="again")
    assert event.reasons == [["exploited", [["weakness", "CVE-2026-1001"]]]]
    assert Mail.objects.count() >= mails
    assert take("kev", kev("CVE-2026-1001", "CVE-2026-7"), at=LATER + timedelta(hours=1)).told == 0
    assert WarningEvent.objects.filter(kind="again").count() == 1
    assert not verify_advisories(csirt).faulty


def test_who_is_done_sees_it_and_is_not_called_to_it(
    take: Take, served: Organisation, register: Any, receive: Any, analyst: Person
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    triage.decide(receive(), decision="warn", person=analyst, at=NOW)
    Handled.objects.update(status="done")
    row = Warned.objects.get()
    stating.restate(row, at=NOW)
    assert take("kev", kev("CVE-2026-1001")).told == 0
    row.refresh_from_db()
    assert row.state == "done"
    assert WarningEvent.objects.filter(kind="shown").count() == 1


def test_a_telling_that_was_cut_off_is_gone_on_with(
    take: Take, served: Organisation, register: Any, receive: Any, analyst: Person, monkeypatch: Any
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    triage.decide(receive(), decision="warn", person=analyst, at=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(lists, "told_of_lists", lambda *_args, **_more: 0)
        take("kev", kev("CVE-2026-1001"))
    assert not WarningEvent.objects.filter(kind="again").exists()
    assert take("kev", kev("CVE-2026-1001"), at=LATER + timedelta(hours=1)).told == 1


def test_epss_weighs_only_over_a_bound_and_tells_nobody(take: Take, receive: Any, csirt: Organisation) -> None:
    advisory = receive()
    advisory.refresh_from_db()
    before = advisory.level
    taken = take("epss", epss(CVE_2026_1001=0.05))
    assert (taken.changed, taken.weighed) == (0, 0)
    take("epss", epss("2026-11-26", CVE_2026_1001=0.9))
    advisory.refresh_from_db()
    assert advisory.level >= before
    assert advisory.decision == "open"
    assert not verify_advisories(csirt).faulty


def test_ssvc_decides_on_the_level(take: Take, receive: Any) -> None:
    receive()
    taken = take("ssvc", [record("CVE-2026-1001")])
    assert (taken.rows, taken.changed) == (1, 1)
    assert "Exploitation:active" in Enriched.objects.get().ssvc


def test_other_desks_weigh_too_each_in_its_own_trail(
    take: Take, receive: Any, organisation: Organisation, csirt: Organisation
) -> None:
    mine, theirs = receive(), receive(by=organisation)
    assert take("kev", kev("CVE-2026-1001")).weighed == 1
    for each in (mine, theirs):
        each.refresh_from_db()
        assert each.used
    assert Entry.objects.get(act="advisories.weighed_again").organisation == organisation
    assert not verify_advisories(csirt).faulty
    assert not verify_advisories(organisation).faulty


def test_a_desk_that_a_killed_run_passed_over_is_weighed_by_the_next(
    take: Take, receive: Any, organisation: Organisation, monkeypatch: Any
) -> None:
    theirs = receive(by=organisation)
    with monkeypatch.context() as patch:
        patch.setattr(lists, "_elsewhere", lambda *_args, **_more: None)
        take("kev", kev("CVE-2026-1001"))
    take("kev", kev("CVE-2026-1001"), at=LATER + timedelta(hours=1))
    theirs.refresh_from_db()
    assert theirs.used


def test_where_a_csirt_is_no_municipality_changes_what_holds_for_all(take: Take, organisation: Organisation) -> None:
    take("kev", kev("CVE-2026-1001"))
    with pytest.raises(Refused, match="list_of_csirt"):
        take("kev", kev("CVE-1999-0001"), desk=organisation)
    assert Enriched.objects.get(used_on__isnull=False).cve == "CVE-2026-1001"
    Organisation.objects.filter(kind="csirt").update(kind="other")
    assert take("kev", kev("CVE-1999-0001"), desk=organisation).rows == 1


def test_scores_of_a_day_that_has_yet_to_come_keep_no_others_out(take: Take) -> None:
    with pytest.raises(Refused, match="list_ahead"):
        take("epss", epss("9999-12-31", CVE_2026_1001=0.9))
    assert take("epss", epss(CVE_2026_1001=0.05)).rows == 1


def test_a_withdrawn_advisory_is_left(take: Take, receive: Any) -> None:
    receive()
    Advisory.objects.update(withdrawn=True)
    assert take("kev", kev("CVE-2026-1001")).weighed == 0
