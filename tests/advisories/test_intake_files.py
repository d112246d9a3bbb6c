"""Files by hand: each with what became of it; and what a stranger may send: nothing half-written, no file stops the others."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from dijkwacht.apps.advisories.intake_words import not_opened_sentence
from dijkwacht.apps.advisories.models import Advisory, Document, DocumentState
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import files, intake, receiving
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.files import Brought, Result
from dijkwacht.apps.advisories.services.intake import Came
from dijkwacht.apps.people.models import Organisation, Person
from tests.advisories.conftest import data
from tests.house_people import NOW

pytestmark = pytest.mark.django_db
Take = Callable[..., list[Result]]


@pytest.fixture
def take(csirt: Organisation, analyst: Person) -> Take:
    """Takes in pairs of a name and bytes."""

    def one(*given: tuple[str, bytes], **more: Any) -> list[Result]:
        return files.take_files(csirt, [Brought(*each) for each in given], person=analyst, at=NOW, **more)

    return one


def zipped(**held: bytes) -> bytes:
    return packed({name.replace("__", "."): content for name, content in held.items()})


def packed(held: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out.getvalue()


def became(results: list[Result]) -> dict[str, str]:
    return {each.name: each.became for each in results}


def changed(number: str, **parts: Any) -> bytes:
    """A document with parts of its body replaced: ``tracking__version`` is document/tracking/version."""
    body = json.loads(data(number))
    for name, value in parts.items():
        held = body["document"]
        *way, last = name.split("__")
        for step in way:
            held = held[step]
        held[last] = value
    return json.dumps(body).encode()


def test_each_file_gets_what_became_of_it(take: Take, csirt: Organisation) -> None:
    first = take(("a.json", data("VB-2026-0001", version="2")))
    assert became(first) == {"a.json": "read"}
    results = take(
        ("a.json", data("VB-2026-0001", version="2")), ("b.json", data("VB-2026-0001", version="1")),
        ("c.json", b"geen json"), ("d.json", data("VB-2026-0002")), ("e.json", b""),
    )  # fmt: skip
    assert became(results) == {
        "a.json": "known",
        "b.json": "older",
        "c.json": "aside",
        "d.json": "read",
        "e.json": "not_opened",
    }
    assert [not_opened_sentence(each) for each in results if each.became == "not_opened"] == ["The file is empty."]
    assert Document.objects.filter(state=DocumentState.ASIDE).get().name == "c.json"
    assert not verify_advisories(csirt).faulty


def test_the_same_file_twice_in_one_go_comes_in_once(take: Take) -> None:
    assert sorted(became(take(("a.json", data()), ("b.json", data()))).values()) == ["known", "read"]


def test_two_revisions_in_one_go_end_at_the_newest(take: Take) -> None:
    take(
        ("b.json", data(version="2", title="Nieuw")),
        ("a.json", data(version="1", title="Oud")),
        ("c.json", data(version="3")),
    )
    assert Advisory.objects.get().version == "3"
    assert Document.objects.count() == 3


def test_a_zip_with_folders_and_what_stands_beside(take: Take) -> None:
    good, bad = data("VB-2026-0001"), data("VB-2026-0002")
    held = {
        "2026/vb-2026-0001.json": good, "2026/vb-2026-0001.json.sha256": hashlib.sha256(good).hexdigest().encode(),
        "2026/vb-2026-0002.json": bad, "2026/vb-2026-0002.json.sha512": b"0" * 128,
        "lees-mij.txt": b"hallo", "__MACOSX/2026/._vb.json": b"x",
    }  # fmt: skip
    assert became(take(("alles.zip", packed(held)))) == {
        "2026/vb-2026-0001.json": "read",
        "2026/vb-2026-0002.json": "aside",
    }
    assert {each.hashed for each in Document.objects.all()} == {"good", "bad"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed({"../../etc/vb.json": data()}), "unsafe_archive"),
        (packed({"/vb.json": data()}), "unsafe_archive"),
        (packed({"C:\\vb.json": data()}), "unsafe_archive"),
        (packed({"lees-mij.txt": b"hallo"}), "no_document"),
        (packed({"binnen.zip": packed({"vb.json": data()})}), "no_document"),
        (packed({"bom.json": b"0" * 60_000_000}), "zip_bomb"),
        (packed({f"{n}.json": b"" for n in range(5_001)}), "too_many_entries"),
        (packed({"vb.json": data()})[:200], "broken_archive"),
        (b"PK\x03\x04" + b"\0" * 100, "broken_archive"),
    ],
)  # fmt: skip
def test_a_zip_that_means_harm_is_refused_whole_and_the_file_beside_it_comes_in(
    take: Take, content: bytes, code: str
) -> None:
    results = take(("kwaad.zip", content), ("goed.json", data("VB-2026-0009")))
    assert became(results) == {"kwaad.zip": "not_opened", "goed.json": "read"}
    refused = next(each for each in results if each.became == "not_opened")
    assert refused.code == code
    assert "(" not in not_opened_sentence(refused)
    assert Document.objects.count() == 1


def test_time_that_is_up_leaves_the_rest_to_be_brought_again(take: Take, monkeypatch: Any) -> None:
    monkeypatch.setattr(files, "PORTION", 1)
    ticks = iter((0.0, 1.0, 30.0))
    given = (("a.json", data("VB-2026-0001")), ("b.json", data("VB-2026-0002")))
    assert became(take(*given, seconds=20, clock=lambda: next(ticks))) == {"a.json": "read", "b.json": "left"}
    assert sorted(became(take(*given)).values()) == ["known", "read"]


def deep() -> bytes:
    return b'{"document":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def tree() -> bytes:
    body = json.loads(data())
    branch: dict[str, Any] = {"category": "vendor", "name": "x", "product": {"name": "x", "product_id": "X"}}
    for _ in range(200):
        branch = {"category": "product_family", "name": "x", "branches": [branch]}
    body["product_tree"]["branches"] = [branch]
    return json.dumps(body).encode()


def cyclic() -> bytes:
    body = json.loads(data())
    names = [each["product_id"] for each in body["product_tree"].get("full_product_names", [])] or ["P1"]
    body["product_tree"]["relationships"] = [
        {
            "category": "installed_on", "product_reference": one, "relates_to_product_reference": other,
            "full_product_name": {"name": made, "product_id": made},
        }
        for one, other, made in (("R2", names[0], "R1"), ("R1", names[0], "R2"))
    ]  # fmt: skip
    return json.dumps(body).encode()


HOSTILE = {
    "zonder-zone.json": changed("VB-1", tracking__current_release_date="2026-11-24T09:00:00"),
    "geen-moment.json": changed("VB-2", tracking__current_release_date="gisteren"),
    "tlp.json": changed("VB-3", distribution={"tlp": {"label": "PAARS"}}),
    "nul.json": changed("VB-4", title="Nul \0 en half \ud800 teken"),
    "nul-in-id.json": changed("VB-5", tracking__id="VB\0-5"),
    "diep.json": deep(), "boom.json": tree(), "kring.json": cyclic(),
    "dubbel.json": data("VB-6").replace(b'"document"', b'"document": {}, "document"', 1),
    "nan.json": b'{"document": NaN}', "lijst.json": b"[1, 2]", "utf16.json": data("VB-7").decode().encode("utf-16"),
    "rommel.json": bytes(range(256)) * 10, "null-bytes.json": b"\0" * 1000, "cve-stuk.json": b'{"dataType": "CVE_RECORD"',
    "cve-leeg.json": b'{"dataType": "CVE_RECORD", "cveMetadata": {"cveId": "CVE-2026-1"}, "containers": {"cna": []}}',
    "lang.json": changed("VB-" + "8" * 5000, title="x" * 5000),
}  # fmt: skip


def test_everything_that_strangers_send_is_kept_and_stops_nobody(take: Take, csirt: Organisation) -> None:
    results = take(*HOSTILE.items(), ("goed.json", data("VB-2026-0042")))
    told = became(results)
    assert told.pop("goed.json") == "read"
    assert set(told) == set(HOSTILE)
    assert set(told.values()) <= {"read", "aside"}
    assert Document.objects.count() == len(HOSTILE) + 1
    assert (
        told["diep.json"]
        == told["boom.json"]
        == told["nan.json"]
        == told["rommel.json"]
        == told["cve-stuk.json"]
        == "aside"
    )
    assert Document.objects.get(name="tlp.json").tlp == "RED"
    assert not verify_advisories(csirt).faulty


def test_fifty_megabytes_are_read_or_set_aside_and_more_is_refused(take: Take) -> None:
    body = json.loads(data("VB-GROOT"))
    body["document"]["notes"] = [{"category": "other", "text": "x" * 1_000_000} for _ in range(49)]
    large = json.dumps(body).encode()
    assert len(large) < files.LARGEST
    results = take(("groot.json", large), ("te-groot.json", b" " * (files.LARGEST + 1)), ("goed.json", data()))
    assert became(results) == {"groot.json": "read", "te-groot.json": "not_opened", "goed.json": "read"}
    assert Document.objects.get(name="groot.json").findings[0]["code"] == "not_checked"


def test_one_that_breaks_us_is_set_aside_and_the_others_come_in(
    csirt: Organisation, analyst: Person, monkeypatch: Any
) -> None:
    real = intake.bring

    def broken(advisory: Any, document: Any, *args: Any, **more: Any) -> None:
        if document.number == "VB-2026-0002":
            raise RuntimeError("onze fout")
        real(advisory, document, *args, **more)

    monkeypatch.setattr(intake, "bring", broken)
    came = [Came(data(f"VB-2026-{n:04}"), f"{n}.json") for n in (1, 2, 3)]
    took = receiving.receive(csirt, came, person=analyst, at=NOW)
    assert [row and row.state for row in took.each] == ["read", "aside", "read"]
    kept = Document.objects.get(state="aside")
    assert (kept.name, kept.findings[0]["code"], kept.form) == ("2.json", "not_taken_in", "")
    assert Advisory.objects.count() == 2
    assert not verify_advisories(csirt).faulty


def test_read_anyway_needs_a_reason_and_can_be_done_once(csirt: Organisation, analyst: Person, take: Take) -> None:
    bad = data("VB-2026-0003")
    take(("x.zip", packed({"x.json": bad, "x.json.sha256": b"0" * 64})))
    row = Document.objects.get()
    with pytest.raises(Refused, match="empty"):
        receiving.read_anyway(row, because=" ", person=analyst, at=NOW)
    receiving.read_anyway(row, because="Gebeld met de uitgever", person=analyst, at=NOW)
    assert Advisory.objects.get().number == "VB-2026-0003"
    for verb in (receiving.read_anyway, intake.refuse):
        with pytest.raises(Refused, match="not_aside"):
            verb(row, because="nog eens", person=analyst, at=NOW)
    assert not verify_advisories(csirt).faulty
