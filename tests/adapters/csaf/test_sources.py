"""A provider as a folder and on the web: what is listed, what is taken in, and only what is new."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.adapters.csaf.https import Refused
from dijkwacht.adapters.csaf.load import Unreadable
from dijkwacht.adapters.csaf.sources import Folder, Source, Taken, Web, discovered, taken_in
from dijkwacht.core.advisories.feed import Cursor
from tests.adapters.csaf.made import document, put, raw
from tests.adapters.csaf.test_check import OURS, THEIRS, signed
from tests.adapters.csaf.test_https import Pages, here, site


def advisory(number: int) -> bytes:
    return raw(put(document(), "/document/tracking/id", f"DT-2026-{number:04d}"))


def taken(source: Source, cursor: Cursor = Cursor(), **options: Any) -> tuple[list[Taken], Cursor]:  # noqa: B008 - a frozen value
    found = list(taken_in(source, cursor, **options))
    return found, found[-1].cursor if found else cursor


# -- a folder -----------------------------------------------------------------------------------------
@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2026").mkdir()
    for number in (1, 2):
        data = advisory(number)
        path = tmp_path / "2026" / f"dt-2026-{number:04d}.json"
        path.write_bytes(data)
        path.with_name(f"{path.name}.sha512").write_text(hashlib.sha512(data).hexdigest())
    (tmp_path / "provider-metadata.json").write_text("{}")
    (tmp_path / "feed.json").write_text('{\n "feed": {"entry": []}}')
    return tmp_path


def test_all_files_of_a_folder_and_then_only_what_changed(folder: Path) -> None:
    found, cursor = taken(Folder(folder))
    assert sorted(each.entry.url for each in found) == ["2026/dt-2026-0001.json", "2026/dt-2026-0002.json"]
    assert all(each.checked and each.checked.hashed == "good" and not each.checked.quarantined for each in found)
    assert taken(Folder(folder), cursor)[0] == []
    path = folder / "2026" / "dt-2026-0001.json"
    path.write_bytes(advisory(1) + b"\n")
    again, _ = taken(Folder(folder), cursor)
    assert [(each.entry.url, each.checked and each.checked.hashed) for each in again] == [
        ("2026/dt-2026-0001.json", "bad")
    ]


def test_a_list_that_was_written_from_higher_up(folder: Path) -> None:
    (folder / "changes.csv").write_text(
        "csaf/white/2026/dt-2026-0002.json,2026-09-02T00:00:00Z\ncsaf/white/2026/weg.json,2026-09-03T00:00:00Z\n"
    )
    found = Folder(folder).listing()
    assert [(each.url, each.stamp) for each in found.entries] == [("2026/dt-2026-0002.json", "2026-09-02T00:00:00Z")]


def test_a_list_of_files_that_are_elsewhere_is_left(folder: Path) -> None:
    (folder / "index.txt").write_text("weg.json\n")
    assert len(Folder(folder).listing().entries) == 2


def test_a_link_that_leads_out_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elders") / "geheim.json"
    secret.write_bytes(advisory(3))
    (folder / "2026" / "dt-2026-0003.json").symlink_to(secret)
    found, cursor = taken(Folder(folder))
    assert {each.refused.code for each in found if each.refused} == {"outside_folder"}
    assert cursor.failures == {"2026/dt-2026-0003.json": 1}


def test_a_file_that_is_too_big_and_a_folder_that_is_none(folder: Path) -> None:
    found, _ = taken(Folder(folder, size=100))
    assert {each.refused.code for each in found if each.refused} == {"too_big"}
    with pytest.raises(Refused, match="no_such_file"):
        Folder(folder / "weg").listing()


def test_what_is_set_aside_is_not_fetched_again(folder: Path) -> None:
    path = folder / "2026" / "dt-2026-0001.json"
    path.write_bytes(b"{")
    found, cursor = taken(Folder(folder))
    aside = next(each for each in found if each.entry.url.endswith("0001.json"))
    assert aside.checked is not None
    assert aside.checked.quarantined
    assert aside.got is not None
    assert aside.got.data == b"{"
    assert taken(Folder(folder), cursor)[0] == []


def test_a_run_that_is_killed_goes_on(folder: Path) -> None:
    first = next(iter(taken_in(Folder(folder), Cursor())))
    rest, _ = taken(Folder(folder), first.cursor)
    assert len(rest) == 1
    assert rest[0].entry.url != first.entry.url


# -- on the web ---------------------------------------------------------------------------------------
def provider(**more: Any) -> Pages:
    """A provider with a feed of one document, its hash and signature, and its key."""
    data = advisory(1)
    key = OURS.extract_certificate()
    metadata = {
        "publisher": {"namespace": "https://dijkteam.example", "name": "Dijkteam"},
        "distributions": [{"rolie": {"feeds": [{"url": "/feed.json", "tlp_label": "GREEN"}]}}],
        "public_openpgp_keys": [{"fingerprint": key.fingerprint, "url": "/key.asc"}],
    } | more
    entry = {
        "updated": "2026-09-01T00:00:00Z",
        "content": {"src": "/dt-2026-0001.json"},
        "link": [
            {"rel": "hash", "href": "/dt-2026-0001.json.sha512"},
            {"rel": "signature", "href": "/dt-2026-0001.json.asc"},
        ],
    }
    pages = {
        "/provider-metadata.json": raw(metadata), "/feed.json": raw({"feed": {"entry": [entry]}}),
        "/dt-2026-0001.json": data, "/dt-2026-0001.json.sha512": hashlib.sha512(data).hexdigest().encode(),
        "/dt-2026-0001.json.asc": signed(OURS, data), "/key.asc": str(key).encode(),
        "/changes.csv": b"dt-2026-0001.json,2026-09-01T00:00:00Z\n",
    }  # fmt: skip
    return {path: (200, {}, body) for path, body in pages.items()}


def test_a_provider_with_a_feed() -> None:
    with site(provider()) as (base, asked):
        web = Web.at(here(), f"{base}/provider-metadata.json")
        found, cursor = taken(web, keys=web.keys(), must=frozenset({"hash", "signature"}))
        assert [(each.entry.tlp, each.checked and each.checked.signed.standing) for each in found] == [
            ("GREEN", "good")
        ]
        assert found[0].checked is not None
        assert not found[0].checked.quarantined
        count = len(asked)
        assert taken(web, cursor)[0] == []
        assert [path for path, _ in asked[count:]] == ["/feed.json"]


def test_a_key_under_another_fingerprint_is_not_trusted() -> None:
    other = {"fingerprint": THEIRS.extract_certificate().fingerprint, "url": "/key.asc"}
    with site(provider(public_openpgp_keys=[other, {"fingerprint": "00", "url": "/weg.asc"}])) as (base, _):
        web = Web.at(here(), f"{base}/provider-metadata.json")
        found, _cursor = taken(web, keys=web.keys())
        assert [each.checked and each.checked.signed.standing for each in found] == ["key_unknown"]


@pytest.mark.parametrize("list_", ["changes.csv", "index.txt"])
def test_a_provider_with_a_directory(list_: str) -> None:
    pages = provider(distributions=[{"directory_url": "/"}])
    if list_ == "index.txt":
        del pages["/changes.csv"]
        pages["/index.txt"] = (200, {}, b"dt-2026-0001.json\n")
    del pages["/dt-2026-0001.json.asc"]
    with site(pages) as (base, _):
        found, _cursor = taken(Web.at(here(), f"{base}/provider-metadata.json"))
        assert [(each.checked and (each.checked.hashed, each.checked.signed.standing)) for each in found] == [
            ("good", "none")
        ]


def test_one_feed_that_fails_does_not_hide_the_others() -> None:
    feeds = [{"url": "/weg.json"}, {"url": "http://10.0.0.1/feed.json"}, {"url": "/feed.json"}]
    with site(provider(distributions=[{"rolie": {"feeds": feeds}}])) as (base, _):
        found = Web.at(here(), f"{base}/provider-metadata.json").listing()
        assert (len(found.entries), [each.code for each in found.problems]) == (1, ["list_refused", "list_refused"])
    with (
        site(provider(distributions=[{"rolie": {"feeds": feeds[:1]}}])) as (base, _),
        pytest.raises(Refused, match="status"),
    ):
        Web.at(here(), f"{base}/provider-metadata.json").listing()


def test_a_feed_that_leads_inside_takes_nothing_from_there() -> None:
    pages = provider()
    entry = {"updated": "2026-09-01T00:00:00Z", "content": {"src": "http://10.0.0.1/geheim.json"}}
    pages["/feed.json"] = (200, {}, raw({"feed": {"entry": [entry]}}))
    with site(pages) as (base, _):
        found, cursor = taken(Web.at(here(), f"{base}/provider-metadata.json"))
        assert [each.refused and each.refused.code for each in found] == ["inside"]
        assert cursor.seen == {}


def test_a_document_that_cannot_be_fetched_is_tried_again() -> None:
    pages = provider()
    data = pages.pop("/dt-2026-0001.json")
    with site(pages) as (base, _):
        web = Web.at(here(), f"{base}/provider-metadata.json")
        found, cursor = taken(web)
        assert [each.refused and each.refused.code for each in found] == ["status"]
        pages["/dt-2026-0001.json"] = data
        again, cursor = taken(web, cursor)
        assert (len(again), again[0].refused, dict(cursor.failures)) == (1, None, {})


def test_what_is_no_metadata() -> None:
    with site({"/x": (200, {}, b"<html>")}) as (base, _), pytest.raises(Unreadable):
        Web.at(here(), f"{base}/x")


class Names:
    """Stands for the web: which addresses answer with what."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def get(self, url: str, **_: Any) -> Any:
        from dijkwacht.adapters.csaf.https import Answer

        self.asked.append(url)
        if url not in self.pages:
            raise Refused("status", status="404")
        return Answer(200, self.pages[url], url)


METADATA = raw({"publisher": {"namespace": "https://dijkteam.example"}})


@pytest.mark.parametrize(
    ("pages", "count"),
    [
        ({"https://dijkteam.example/.well-known/csaf/provider-metadata.json": METADATA}, 1),
        ({"https://dijkteam.example/.well-known/security.txt": b"Contact: x\nCSAF: https://elders.example/pmd.json\n",
          "https://elders.example/pmd.json": METADATA}, 3),
        ({"https://dijkteam.example/.well-known/csaf/provider-metadata.json": b"<html>",
          "https://csaf.data.security.dijkteam.example": METADATA}, 3),
    ],
)  # fmt: skip
def test_a_provider_is_found_by_its_domain(pages: dict[str, bytes], count: int) -> None:
    names = Names(pages)
    assert discovered(names, "dijkteam.example").provider.namespace == "https://dijkteam.example"  # type: ignore[arg-type]
    assert len(names.asked) == count


def test_a_domain_without_a_provider() -> None:
    with pytest.raises(Refused, match="status"):
        discovered(Names({}), "dijkteam.example")  # type: ignore[arg-type]
