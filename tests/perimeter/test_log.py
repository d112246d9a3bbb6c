"""Every connection and every refusal is kept: with the name that it was for, for a while, to read and to take along."""

import asyncio
import contextlib
import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from dijkwacht.adapters.probing import looks
from dijkwacht.adapters.probing.gate_log import Event
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.apps.perimeter import log_words
from dijkwacht.apps.perimeter.models import Job, JobLog, Run
from dijkwacht.apps.perimeter.queries import logbook as queries
from dijkwacht.apps.perimeter.services import logbook
from dijkwacht.commands import watching
from dijkwacht.commands.watching import Options
from tests.adapters.probing.test_scan import zone_answer
from tests.adapters.probing.world import name_server
from tests.perimeter.conftest import NOW
from tests.perimeter.made import AT, domain, later, run
from tests.perimeter.test_watching import NAME, Time, watched, work, zone

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "consent dijkstad 2 > name *.dijkstad.example 2 > inherited 192.0.2.10 2"
MADE = Event(AT, "open", "www.dijkstad.example", "192.0.2.10", 443, 2, "tls", PATH, "dijkstad")
HELD = Event(AT, "refused", "mx.supplier.example", "2001:db8::25", 25, 2, "smtp", "no_consent")
LOST = Event(
    AT, "failed", "www.dijkstad.example", "192.0.2.11", 80, 2, "http", "ConnectionRefusedError: 111", "dijkstad"
)


@pytest.fixture
def kept(organisation) -> Run:
    """A run over two names, of which the first was refused something."""
    made = run(organisation, domain(organisation, "a.dijkstad.example"), domain(organisation, "b.dijkstad.example"))
    first, second = made.jobs.order_by("pk")
    logbook.keep(first, [MADE, HELD, LOST], worker="w1", at=AT)
    logbook.keep(second, [MADE], worker="w1", at=AT)
    return made


# -- what a worker keeps ------------------------------------------------------------------------------
def test_a_worker_keeps_what_it_sent_with_the_name_that_it_was_for(organisation, agreed, tmp_path) -> None:
    agreed("a.example", "b.example", "127.0.0.0/8")
    watched(organisation, NAME, "b.example", "c.example")
    held = zone() | {(NAME, "A"): ["127.0.0.9"], ("b.example", "A"): ["127.0.0.8"]}
    held |= {(NAME, "MX"): ["10 mx.elsewhere.example."], ("mx.elsewhere.example", "A"): ["127.0.0.7"]}
    file = tmp_path / "log.jsonl"
    file.write_text('{"before": 1}\n')
    assert work(held, Time(), log=file).measured == 2
    told: dict[str, set[tuple[str, str, str]]] = {}
    for made in Run.objects.all():
        for visit, event in queries.every(queries.visits(made), at=NOW):
            told.setdefault(visit.job.domain.name, set()).add((event.outcome, event.host, event.address))
            assert event.at == NOW
            assert event.level
            assert event.why
    assert ("failed", NAME, "127.0.0.9") in told[NAME]
    assert ("refused", "mx.elsewhere.example", "127.0.0.7") in told[NAME]
    assert {host for _outcome, host, _address in told["b.example"]} == {"b.example"}
    assert {outcome for outcome, _host, _address in told["c.example"]} == {"refused"}
    first, *lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert first == {"before": 1}  # added to, not written over
    assert len(lines) == sum(JobLog.objects.values_list("lines", flat=True))
    assert {(line["name"], line["outcome"], line["host"], line["address"]) for line in lines} == {
        (name, *rest) for name, some in told.items() for rest in some
    }
    counted = sum(made.connections + sum(made.refusals.values()) for made in Run.objects.all())
    assert counted == len(lines)


def test_of_a_visit_that_was_broken_off_it_is_kept_too(organisation, agreed, monkeypatch) -> None:
    agreed()
    watched(organisation)
    reached = asyncio.Event()

    async def look(gate: Any, *, name: str, address: str, **_: Any) -> Any:
        with contextlib.suppress(OSError):
            await gate.connect(asyncio.Protocol, address, 443, host=name, level=2, purpose="tls")
        reached.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(looks, "look_at_web", look)
    held = zone() | {(NAME, "A"): ["127.0.0.9"]}

    async def test() -> None:
        async with name_server(lambda data: zone_answer(data, held)) as (_, port), asyncio.timeout(30):
            worker = watching.Worker(Options(("127.0.0.1", port), lab=True), "test", Time(), lambda _: None)
            working = asyncio.create_task(worker.run(asyncio.Event()))
            await reached.wait()
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    asyncio.run(test())
    visit = JobLog.objects.get()
    assert [event.address for event in queries.lines(visit, at=NOW)] == ["127.0.0.9"]
    assert Job.objects.get().state == "waiting"


def test_a_log_that_cannot_be_written_lets_nothing_be_sent(organisation, agreed, tmp_path) -> None:
    agreed()
    watched(organisation)
    with pytest.raises(FileNotFoundError):
        work(zone(), Time(), log=tmp_path / "nowhere" / "log.jsonl")
    assert not Job.objects.exists()


# -- how much is kept, and how long -------------------------------------------------------------------
def test_what_is_packed_comes_out_as_it_went_in() -> None:
    events = [MADE, HELD, LOST]
    assert list(logbook.unpacked(logbook.packed(events), zone=AT)) == events


def test_an_ordinary_visit_takes_less_than_a_kilobyte() -> None:
    many = [MADE._replace(address=f"192.0.2.{number % 4}", at=AT + timedelta(seconds=number)) for number in range(25)]
    assert len(logbook.packed(many)) < 1000


def test_no_more_is_kept_than_a_bound(organisation) -> None:
    made = run(organisation, domain(organisation))
    visit = logbook.keep(made.jobs.get(), [MADE] * (logbook.MOST + 5), worker="w", at=AT)
    assert visit is not None
    assert (visit.lines, visit.left_out) == (logbook.MOST, 5)
    assert logbook.keep(made.jobs.get(), [], worker="w", at=AT) is None


def test_it_is_kept_for_a_while(kept) -> None:
    assert logbook.drop_old(days=30, at=later(days=29)) == 0
    assert logbook.drop_old(days=30, at=later(days=31)) == 2
    assert not JobLog.objects.exists()


def test_a_worker_throws_away_what_is_old(organisation, agreed, settings) -> None:
    agreed()
    made = run(organisation, *watched(organisation), state="done")
    logbook.keep(made.jobs.get(), [MADE], worker="w", at=NOW - timedelta(days=8))
    settings.DIJKWACHT_LOG_DAYS = 7
    work(zone(), Time())
    assert not JobLog.objects.filter(run=made).exists()


# -- to read and to take along ------------------------------------------------------------------------
def at(name: str, *more: Any, organisation: str = "dijkstad") -> str:
    return reverse(f"perimeter:{name}", args=[organisation, *more])


def test_the_page(kept, make_person, client_for) -> None:
    browser = client_for(make_person("ciso"))
    page = browser.get(at("run_log", kept.pk)).content.decode()
    for text in ("a.dijkstad.example", "b.dijkstad.example", "192.0.2.10:443", "[2001:db8::25]:25"):
        assert text in page
    assert "no_consent" not in page
    assert "inherited" not in page
    one = browser.get(at("run_log", kept.pk), {"name": "B.dijk"}).content.decode()
    assert 'host" id="visit' in one
    assert "a.dijkstad.example" not in one
    held = browser.get(at("run_log", kept.pk), {"only": "refused"}).content.decode()
    assert "2001:db8::25" in held
    assert "192.0.2.10:443" not in held
    assert browser.get(at("run_log", kept.pk), {"name": "\0", "only": "x", "page": "99"}).status_code == 200
    assert at("run_log", kept.pk) in browser.get(at("run", kept.pk)).content.decode()


def test_files(kept, make_person, client_for) -> None:
    browser = client_for(make_person("ciso"))
    lines = browser.get(at("run_log_file", kept.pk, "jsonl")).getvalue().decode().splitlines()
    assert len(lines) == 4
    first = json.loads(lines[0])
    assert (first["name"], first["asked_by"], first["worker"], first["why"]) == (
        "a.dijkstad.example", "planned", "w1", PATH,
    )  # fmt: skip
    answer = browser.get(at("run_log_file", kept.pk, "csv"), {"only": "refused"})
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1]) == 12
    assert "2001:db8::25" in rows[1]
    assert browser.get(at("run_log_file", kept.pk, "xml")).status_code == 404


def test_a_long_log_comes_in_parts(organisation, make_person, client_for) -> None:
    made = run(organisation, domain(organisation))
    logbook.keep(made.jobs.get(), [MADE] * 1200, worker="=w", at=AT)
    content = client_for(make_person("ciso")).get(at("run_log_file", made.pk, "csv")).getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert len(rows) == 1201
    assert {len(row) for row in rows} == {12}
    assert not rows[1][3].startswith("=")


def test_who_may_read_it(kept, other_organisation, make_person, client_for) -> None:
    for name, more in (("run_log", ()), ("run_log_file", ("csv",))):
        url = at(name, kept.pk, *more)
        assert client_for(make_person("process_owner")).get(url).status_code == 403
        assert client_for(make_person("auditor")).get(url).status_code == 403
        assert client_for(make_person("ciso", at_organisation=other_organisation)).get(url).status_code == 404
    browser = client_for(make_person("ciso", at_organisation=other_organisation))
    assert browser.get(at("run_log", kept.pk, organisation=other_organisation.slug)).status_code == 404
    page = client_for(make_person("process_owner")).get(at("run", kept.pk)).content.decode()
    assert at("run_log", kept.pk) not in page


def test_a_csirt_reads_its_own(make_organisation, make_person, client_for) -> None:
    csirt = make_organisation("csirt-delta", kind=OrganisationKind.CSIRT)
    made = run(csirt, domain(csirt, "a.example"), kind="csirt")
    logbook.keep(made.jobs.get(), [MADE, HELD], worker="w", at=AT)
    browser = client_for(make_person("csirt_analyst", at_organisation=csirt))
    url = at("csirt_run_log", made.pk, organisation=csirt.slug)
    assert "192.0.2.10:443" in browser.get(url).content.decode()
    assert url in browser.get(at("csirt_run", made.pk, organisation=csirt.slug)).content.decode()
    assert (
        len(browser.get(at("csirt_run_log_file", made.pk, "jsonl", organisation=csirt.slug)).getvalue().splitlines())
        == 2
    )


def test_words(settings) -> None:
    names = {"dijkstad": "Gemeente Dijkstad"}
    assert "Gemeente Dijkstad" in log_words.line(MADE, names).why
    assert log_words.line(MADE._replace(why="odd"), names).why == ""
    asked = log_words.line(HELD._replace(address="", port=0, purpose="A"), names)
    assert asked.where == ""
    for kept_, left in ((True, 3), (False, 0)):
        assert log_words.sentence(queries.Sums(5, 2, left), kept=kept_, days=1)
