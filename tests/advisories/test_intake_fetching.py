"""Fetching: only what is new, by portions, killed halfway, on two machines at once, and trouble of every kind."""

import json
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from dijkwacht.adapters.csaf.https import Https, Policy, Refused
from dijkwacht.adapters.csaf.sources import Folder, Got, Listing
from dijkwacht.apps.advisories.intake_words import trouble_sentence
from dijkwacht.apps.advisories.models import Advisory, Document, Provider, Seen
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.queries.visible import advisories_of, documents_of
from dijkwacht.apps.advisories.services import fetching, receiving, sourcing
from dijkwacht.apps.advisories.services.intake import Came
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.advisories.feed import Entry as Listed
from dijkwacht.core.advisories.problems import Problem
from tests.adapters.csaf.test_https import here, raw_server, site
from tests.advisories.conftest import data
from tests.house_people import NOW, Make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Shop:
    """A source in memory: address -> bytes, or why it cannot be fetched."""

    def __init__(self, held: dict[str, bytes | Refused], *, problems: Iterable[Problem] = (), **beside: Any) -> None:
        self.held, self.problems, self.beside, self.asked = held, tuple(problems), beside, list[str]()

    def listing(self) -> Listing:
        return Listing(tuple(Listed(url, "1") for url in self.held), self.problems)

    def get(self, entry: Listed) -> Got:
        self.asked.append(entry.url)
        found = self.held[entry.url]
        if isinstance(found, Refused):
            raise found
        return Got(found, **self.beside)


def shop(count: int = 3) -> Shop:
    return Shop({f"https://x.example/vb-2026-{n:04}.json": data(f"VB-2026-{n:04}") for n in range(1, count + 1)})


@pytest.fixture
def source(csirt: Organisation) -> Provider:
    return sourcing.add(csirt, name="X", where="x.example", person=None, actor="test", at=NOW)


@pytest.fixture
def folder(csirt: Organisation, tmp_path: Path) -> Provider:
    path = tmp_path / "mirror"
    path.mkdir()
    for number in range(1, 5):
        (path / f"vb-2026-{number:04}.json").write_bytes(data(f"VB-2026-{number:04}"))
    return Provider.objects.create(
        organisation=csirt, name="Map", kind="folder", url=str(path), added_at=NOW, next_at=NOW - HOUR
    )


class TestOnlyWhatIsNew:
    def test_a_second_run_asks_for_nothing(self, source: Provider, csirt: Organisation) -> None:
        place = shop()
        first = fetching.pull(source, at=NOW, source=place)
        assert (first.new, first.aside, first.failed, first.left, first.trouble) == (3, 0, 0, 0, "")
        assert Advisory.objects.count() == 3
        source.refresh_from_db()
        assert (source.last_new, source.last_at, source.next_at, source.trouble) == (3, NOW, NOW + HOUR, "")
        place.asked.clear()
        assert fetching.pull(source, at=NOW + HOUR, source=place).new == 0
        assert place.asked == []
        assert Entry.objects.filter(act="advisories.took_in").count() == 1
        assert not verify_advisories(csirt).faulty

    def test_a_folder_by_its_path_and_a_file_that_changed(self, folder: Provider) -> None:
        assert fetching.pull(folder, at=NOW).new == 4
        (Path(folder.url) / "vb-2026-0002.json").write_bytes(data("VB-2026-0002", version="2", title="Nieuw"))
        assert fetching.pull(folder, at=NOW + HOUR).new == 1
        assert Advisory.objects.get(number="VB-2026-0002").title == "Nieuw"

    def test_records_of_the_cve_list_are_known_by_what_is_in_them(self, csirt: Organisation, tmp_path: Path) -> None:
        from bench.advisory_world import Market, cve_records

        for number, body in enumerate(cve_records(Market(), 3)):
            (tmp_path / f"{number}.json").write_bytes(body)
        row = Provider.objects.create(organisation=csirt, name="CVE", kind="folder", url=str(tmp_path), added_at=NOW)
        assert fetching.pull(row, at=NOW).new == 3
        assert {each.form for each in Document.objects.all()} == {"cve-5"}
        assert {each.kind for each in Advisory.objects.all()} == {"cve"}

    def test_more_than_one_run_takes_is_left_and_soon_gone_on_with(self, source: Provider, monkeypatch: Any) -> None:
        monkeypatch.setitem(fetching.MOST, fetching.ProviderKind.WEB, 2)
        place = shop(3)
        first = fetching.pull(source, at=NOW, source=place)
        assert (first.new, first.left, source.next_at) == (2, 1, NOW + fetching.SOON)
        assert fetching.pull(source, at=NOW, source=place).new == 1


class TestPortions:
    def test_killed_halfway_the_next_run_goes_on(self, source: Provider, monkeypatch: Any) -> None:
        monkeypatch.setattr(fetching, "PORTION", 2)
        place, real, calls = shop(5), receiving.receive, []

        def once(*args: Any, **more: Any) -> Any:
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(*args, **more)

        monkeypatch.setattr(receiving, "receive", once)
        with pytest.raises(KeyboardInterrupt):
            fetching.pull(source, at=NOW, source=place)
        assert (Document.objects.count(), Seen.objects.count()) == (2, 2)
        place.asked.clear()
        assert fetching.pull(source, at=NOW, source=place).new == 3
        assert len(place.asked) == 3

    def test_killed_before_it_was_noted_as_seen_nothing_comes_twice(self, source: Provider, monkeypatch: Any) -> None:
        fetching.pull(source, at=NOW, source=shop())
        Seen.objects.all().delete()
        again = fetching.pull(source, at=NOW, source=shop())
        assert (again.new, again.known, Document.objects.count(), Seen.objects.count()) == (0, 3, 3, 3)

    def test_large_documents_make_a_portion_by_themselves(self, source: Provider, monkeypatch: Any) -> None:
        monkeypatch.setattr(fetching, "PORTION_BYTES", 10)
        assert fetching.pull(source, at=NOW, source=shop(2)).new == 2
        assert Entry.objects.filter(act="advisories.took_in").count() == 2

    def test_progress_is_told(self, source: Provider) -> None:
        heard: list[tuple[int, int]] = []
        fetching.pull(source, at=NOW, source=shop(2), tell=lambda _provider, done, total: heard.append((done, total)))
        assert heard == [(1, 2), (2, 2)]


class TestTrouble:
    def test_what_fails_is_counted_and_tried_again_after_the_others(self, source: Provider) -> None:
        place = Shop({"https://x.example/a.json": Refused("status", status="404", url="a"), **shop(2).held})
        done = fetching.pull(source, at=NOW, source=place)
        assert (done.new, done.failed, done.trouble) == (2, 1, "")
        fetching.pull(source, at=NOW + HOUR, source=place)
        row = Seen.objects.get(failures__gt=0)
        assert (row.url, row.failures, row.had) == ("https://x.example/a.json", 2, False)
        place.held["https://x.example/a.json"] = data("VB-2026-0009")
        assert fetching.pull(source, at=NOW + 2 * HOUR, source=place).new == 1
        assert not Seen.objects.filter(failures__gt=0).exists()

    def test_a_newer_stamp_that_fails_does_not_bring_the_old_one_again(self, source: Provider) -> None:
        place = shop(1)
        fetching.pull(source, at=NOW, source=place)
        url = next(iter(place.held))

        class Newer(Shop):
            def listing(self) -> Listing:
                return Listing((Listed(url, "2"),))

        fetching.pull(source, at=NOW, source=Newer({url: Refused("too_slow", url=url)}))
        row = Seen.objects.get()
        assert (row.stamp, row.failures, row.had) == ("1", 1, True)

    def test_trouble_backs_off_and_a_good_run_ends_that(self, source: Provider) -> None:
        class Closed(Shop):
            def listing(self) -> Listing:
                raise Refused("no_answer", url="https://x.example/feed.json", cause="ConnectionRefusedError")

        waits = []
        at = NOW
        for _ in range(7):
            fetching.pull(source, at=at, source=Closed({}))
            source.refresh_from_db()
            assert source.next_at is not None
            waits.append((source.next_at - at) / HOUR)
            at = source.next_at
        assert waits == [1, 2, 4, 8, 16, 24, 24]
        assert "gave no answer" in trouble_sentence(source.trouble)
        fetching.pull(source, at=at, source=shop(1))
        assert (source.trouble, source.next_at) == ("", at + HOUR)

    def test_one_list_of_several_that_cannot_be_read_is_said(self, source: Provider) -> None:
        odd = Problem("list_refused", params={"url": "https://x.example/2.json", "cause": "too_slow (url=https://x)"})
        done = fetching.pull(source, at=NOW, source=Shop(shop(1).held, problems=[odd]))
        assert done.new == 1
        assert "took too long" in trouble_sentence(done.trouble)

    def test_a_very_long_reason_still_fits(self) -> None:
        told = fetching.trouble_of(Refused("no_answer", url='"' * 500, cause="é" * 500))
        assert len(told) <= 300
        assert trouble_sentence(told)

    def test_an_address_too_long_for_us_is_left(self, source: Provider) -> None:
        place = Shop({"https://x.example/" + "a" * 1000: data(), **shop(1).held})
        assert fetching.pull(source, at=NOW, source=place).new == 1
        assert len(place.asked) == 1

    def test_a_wrong_hash_sets_aside_and_the_others_come_in(self, source: Provider) -> None:
        place = Shop(shop(1).held, hashes={"sha256": b"0" * 64})
        assert fetching.pull(source, at=NOW, source=place).aside == 1
        row = Document.objects.get()
        assert (row.state, row.hashed, row.findings[0]["code"]) == ("aside", "bad", "hash_bad")
        assert not Advisory.objects.exists()

    @pytest.mark.parametrize("must", ["hash", "signature"])
    def test_what_is_demanded_and_lacks_sets_aside(self, source: Provider, must: str) -> None:
        source.must = [must]
        assert fetching.pull(source, at=NOW, source=shop(1)).aside == 1
        assert Document.objects.get().findings[0]["code"] == f"{must}_none"

    def test_also_of_a_record_of_the_cve_list(self, source: Provider) -> None:
        from bench.advisory_world import Market, cve_records

        source.must = ["hash"]
        body = next(cve_records(Market(), 1))
        assert fetching.pull(source, at=NOW, source=Shop({"https://x.example/c.json": body})).aside == 1
        assert Document.objects.get().form == "cve-5"


class TestOverTheNetwork:
    """A real server on this machine, and what leads inside from there."""

    def _row(self, csirt: Organisation, base: str) -> Provider:
        url = f"{base}/provider-metadata.json"
        return Provider.objects.create(organisation=csirt, name="Web", kind="web", url=url, added_at=NOW, next_at=NOW)

    def _pages(self, directory: str) -> dict[str, Any]:
        body = json.dumps({"publisher": {"name": "X"}, "distributions": [{"directory_url": directory}]}).encode()
        held = {f"/{n}.json": (200, {}, data(f"VB-2026-000{n}")) for n in (1, 2)}
        lines = b"1.json,2026-11-01T00:00:00Z\n2.json,2026-11-02T00:00:00Z\n"
        return {"/provider-metadata.json": (200, {}, body), "/changes.csv": (200, {}, lines), **held}

    def test_a_directory(self, csirt: Organisation) -> None:
        with site(self._pages("/")) as (base, _asked):
            done = fetching.pull(self._row(csirt, base), at=NOW, https=here())
        assert (done.new, done.trouble) == (2, "")

    def test_a_redirect_that_leads_inside_is_refused(self, csirt: Organisation) -> None:
        pages = self._pages("/")
        pages["/2.json"] = (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b"")
        with site(pages) as (base, _asked):
            done = fetching.pull(self._row(csirt, base), at=NOW, https=here())
        assert (done.new, done.failed) == (1, 1)

    def test_metadata_that_lead_inside_are_told_in_words(self, csirt: Organisation) -> None:
        with site({"/provider-metadata.json": (302, {"Location": "http://10.0.0.1/x"}, b"")}) as (base, _asked):
            done = fetching.pull(self._row(csirt, base), at=NOW, https=here())
        assert "inside a network" in trouble_sentence(done.trouble)

    def test_without_leave_no_address_inside_is_reached_at_all(self, csirt: Organisation) -> None:
        with site(self._pages("/")) as (base, asked):
            done = fetching.pull(self._row(csirt, base), at=NOW, https=Https(Policy(plain=True)))
        assert asked == []
        assert "inside a network" in trouble_sentence(done.trouble)

    def test_a_server_that_stalls_is_given_up(self, csirt: Organisation) -> None:
        with raw_server(lambda _connection, stop: bool(stop.wait(5)) and None) as base:
            row = self._row(csirt, base.rstrip("/"))
            done = fetching.pull(row, at=NOW, https=here(seconds=0.2))
        assert "took too long" in trouble_sentence(done.trouble)


class TestDue:
    def test_only_what_is_due_or_named_and_never_what_ended(self, folder: Provider, csirt: Organisation) -> None:
        folder.next_at = NOW + HOUR
        folder.save()
        assert fetching.pull_due(at=NOW) == []
        assert [each.new for each in fetching.pull_due(at=NOW, name="Map")] == [4]
        folder.refresh_from_db()
        assert folder.next_at == NOW + HOUR
        folder.ended_at, folder.next_at = NOW, None
        folder.save()
        assert fetching.pull_due(at=NOW + 2 * HOUR, name="Map") == []

    def test_one_that_breaks_does_not_stop_the_others(
        self, folder: Provider, source: Provider, monkeypatch: Any, capsys: Any
    ) -> None:
        real = fetching.source_of

        def broken(provider: Provider, https: Https) -> Any:
            if provider.pk == source.pk:
                raise RuntimeError("onze fout")
            return real(provider, https)

        monkeypatch.setattr(fetching, "source_of", broken)
        done = {each.provider.name: each for each in fetching.pull_due(at=NOW)}
        assert done["Map"].new == 4
        assert "RuntimeError" in trouble_sentence(done["X"].trouble)
        source.refresh_from_db()
        assert source.next_at == NOW + HOUR
        assert "onze fout" in capsys.readouterr().err


class TestWhoSeesRed:
    def test_only_the_named_also_before_it_is_taken_in(
        self, source: Provider, csirt: Organisation, analyst: Person, make_person: Make
    ) -> None:
        other = make_person("csirt_analyst", at_organisation=csirt)
        source.named = [analyst.pk]
        source.save()
        bad = {"hashes": {"sha256": b"0" * 64}}
        fetching.pull(source, at=NOW, source=Shop({"https://x.example/1.json": data(tlp="RED")}, **bad))
        fetching.pull(source, at=NOW, source=Shop({"https://x.example/2.json": data("VB-2026-0002", tlp="RED")}))
        assert documents_of(csirt, analyst).count() == 2
        assert documents_of(csirt, other).count() == 0

    def test_a_revision_is_for_whom_its_own_source_names(
        self, source: Provider, csirt: Organisation, analyst: Person, make_person: Make
    ) -> None:
        named = make_person("csirt_analyst", at_organisation=csirt)
        receiving.receive(csirt, [Came(data(), "1.json")], person=analyst, at=NOW)  # TLP:CLEAR, by hand
        source.named, source.passes_on = [named.pk], True
        fetching.pull(source, at=NOW, source=Shop({"https://x.example/2.json": data(version="2", tlp="RED")}))
        assert Advisory.objects.get().tlp == "RED"
        assert (advisories_of(csirt, named).count(), advisories_of(csirt, analyst).count()) == (1, 0)

    def test_the_label_of_the_source_makes_it_stricter(
        self, source: Provider, csirt: Organisation, analyst: Person
    ) -> None:
        source.tlp = "RED"
        fetching.pull(source, at=NOW, source=shop(1))
        assert Document.objects.get().tlp == "RED"
        assert not documents_of(csirt, analyst).exists()  # nobody was named


def test_an_address_that_no_index_holds_hides_no_other(source: Provider) -> None:
    long = "https://x.example/" + "".join(chr(0x20000 + n * 37 % 40_000) for n in range(900))  # 3,600 octets
    place = Shop({long: Refused("bad_address", url=""), "https://x.example/vb-2026-0001.json": data()})
    assert fetching.pull(source, at=NOW, source=place).new == 1
    assert Seen.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_machines_at_once_no_document_twice(folder: Provider, csirt: Organisation) -> None:
    found: list[Any] = []
    ready = threading.Barrier(2)

    def run(work: Callable[[], Any]) -> None:
        try:
            ready.wait()
            found.append(work())
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    def all_of(work: Callable[[], Any]) -> list[Any]:
        found.clear()
        threads = [threading.Thread(target=run, args=[work]) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return list(found)

    claimed = all_of(lambda: fetching.pull_due(at=NOW))
    assert sorted(len(each) for each in claimed) == [0, 1]  # one of them has it
    Document.objects.all().update(advisory=None)
    Advisory.objects.all().update(document=None)
    Document.objects.all().delete()
    Advisory.objects.all().delete()
    Seen.objects.all().delete()
    both = all_of(lambda: fetching.pull(Provider.objects.get(pk=folder.pk), at=NOW, source=Folder(Path(folder.url))))
    assert sum(each.new for each in both) == 4
    assert sum(each.known for each in both) == 4
    assert (Document.objects.count(), Advisory.objects.count(), Seen.objects.count()) == (4, 4, 4)
