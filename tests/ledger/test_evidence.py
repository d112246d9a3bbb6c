"""Evidence: hostile names, wrong types, too much, the same twice, and tampering."""

import os
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.apps.ledger import storage
from dijkwacht.apps.ledger.models import Evidence, Fact, Subject
from dijkwacht.apps.ledger.queries import evidence as reads
from dijkwacht.apps.ledger.queries import facts as questions
from dijkwacht.apps.ledger.services import evidence, facts
from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.ledger.sniff import media_type
from dijkwacht.apps.ledger.storage import EvidenceError, clean_name
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Outcome
from tests.ledger.small import TODAY

Add = Callable[..., Evidence]


@pytest.fixture
def add(organisation: Organisation, ciso: Person, at: datetime) -> Add:
    def keep(content: bytes = b"%PDF-1.7 verslag", name: str = "verslag.pdf", **fields: Any) -> Evidence:
        given = {"person": ciso, "on": TODAY, "at": at, **fields}
        return evidence.add_evidence(given.pop("organisation", organisation), file=BytesIO(content), name=name, **given)

    return keep


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_content(add: Add, tmp_path: Path, organisation: Organisation) -> None:
    found = add()
    path = reads.path(found)
    assert path == tmp_path / "evidence" / found.sha256[:2] / found.sha256
    assert path.read_bytes() == b"%PDF-1.7 verslag"
    assert path.stat().st_mode & 0o777 == 0o600
    assert (found.media_type, found.size) == ("application/pdf", 16)
    entry = Entry.objects.get(organisation=organisation)
    assert (entry.act, entry.detail["sha256"]) == ("ledger.evidence", found.sha256)


def test_the_same_content_twice_is_one_file(
    add: Add, tmp_path: Path, other_organisation: Organisation, make_person: Callable[..., Person]
) -> None:
    first, again = add(), add(name="kopie.pdf")
    other = add(organisation=other_organisation, name="van hen.pdf")
    assert first == again
    assert (again.name, other.name) == ("verslag.pdf", "van hen.pdf")
    assert len(files(tmp_path)) == 1
    assert Entry.objects.count() == 2
    assert reads.one(other_organisation, first.sha256) == other
    assert reads.one(Organisation(pk=0), first.sha256) is None


def test_too_large_or_empty_leaves_nothing(add: Add, tmp_path: Path, settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = 1000
    with pytest.raises(EvidenceError) as caught:
        add(os.urandom(1001))
    assert (caught.value.code, caught.value.limit) == ("too_large", 1000)
    with pytest.raises(EvidenceError, match="empty"):
        add(b"")
    assert files(tmp_path) == []
    assert not Evidence.objects.exists()


def test_more_than_one_chunk(add: Add) -> None:
    content = os.urandom(3 * storage.CHUNK + 17)
    assert reads.path(add(content)).read_bytes() == content


def test_a_reader_that_breaks_leaves_nothing(
    organisation: Organisation, ciso: Person, tmp_path: Path, at: datetime
) -> None:
    class Broken:
        def read(self, size: int, /) -> bytes:
            raise OSError("lijn verbroken")

    with pytest.raises(OSError, match="verbroken"):
        evidence.add_evidence(organisation, file=Broken(), name="x", person=ciso, on=TODAY, at=at)
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("verslag.pdf", "verslag.pdf"), ("../../etc/passwd", "passwd"), ("C:\\Users\\jan\\plan.docx", "plan.docx"),
        ("a\0b\r\nSet-Cookie: x.pdf", "abSet-Cookie x.pdf".replace("abSet", "ab Set").replace("Cookie x", "Cookie: x")),
        ("fac\u202efdp.exe", "facfdp.exe"), ("  ..  ", "bestand"), ("", "bestand"), ("/", "bestand"),
        ("\ud800.pdf", "pdf"), ("é" * 300 + ".pdf", "é" * 196 + ".pdf"), ("x" * 300, "x" * 200), ("..hidden", "hidden"),
    ],
)  # fmt: skip
def test_hostile_names(name: str, clean: str) -> None:
    if "Set-Cookie" in name:
        assert not set(clean_name(name)) & set("\0\r\n")
    else:
        assert clean_name(name) == clean
    assert len(clean_name(name)) <= 200


def zipped(*names: str, mimetype: str = "") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"%PDF-1.4", "x.png", "application/pdf"), (b"\x89PNG\r\n\x1a\n...", "", "image/png"),
        (b"\xff\xd8\xff\xe0", "", "image/jpeg"),
        (b"MZ\x90\0", "verslag.pdf", "application/vnd.microsoft.portable-executable"),
        (b"#!/bin/sh", "", "text/x-shellscript"), (b"\x7fELF", "", "application/x-executable"),
        (b"<!DOCTYPE html><script>", "x.txt", "text/html"), (b" \n<html>", "x.pdf", "text/html"),
        (b"<svg onload=alert(1)>", "x.png", "image/svg+xml"), (b'<?xml version="1.0"?><svg>', "", "image/svg+xml"),
        (b'<?xml version="1.0"?><a/>', "", "application/xml"), (b"hallo <script>alert(1)</script>", "x.txt", "text/html"),
        (b"nummer;antwoord\n", "x.csv", "text/csv"), (b"nummer;antwoord\n", "x.pdf", "text/plain"),
        ("één\n".encode(), "", "text/plain"), ("één\n".encode("utf-16"), "", "application/octet-stream"),
        (b"From: a@b.test\r\nSubject: x", "", "message/rfc822"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", "application/x-ole-storage"),
        (b"7z\xbc\xaf\x27\x1c", "", "application/x-7z-compressed"), (b"\0\1\2", "", "application/octet-stream"),
        (zipped("[Content_Types].xml", "word/document.xml"), "x.exe", OFFICE + "wordprocessingml.document"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "", OFFICE + "spreadsheetml.sheet"),
        (zipped("a.html", "word/x"), "x.docx", "application/zip"), (zipped(), "", "application/zip"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "",
         "application/vnd.oasis.opendocument.spreadsheet"),
        (("x" * 16_383 + "é").encode()[:16_384], "", "text/plain"),
    ],
)  # fmt: skip
def test_the_type_comes_from_the_content(content: bytes, name: str, found: str) -> None:
    assert media_type(content[: 16 * 1024], name) == found


def test_it_goes_out_for_saving_only(add: Add) -> None:
    found = add(b"<svg onload=alert(1)>", 'plan "é"; x.svg')
    headers = reads.headers(found)
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"plan ____ x.svg\"; filename*=UTF-8''plan%20%22%C3%A9%22%3B%20x.svg"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert reads.headers(add())["Content-Type"] == "application/pdf"


def test_only_a_hash_is_a_path() -> None:
    for wrong in ("../../x", "A" * 64, "a" * 63, ""):
        with pytest.raises(ValueError, match="SHA"):
            storage.path_of(wrong)


def test_damage_is_seen_and_repaired_by_the_same_content(add: Add, organisation: Organisation) -> None:
    kept, altered, gone = add(b"een"), add(b"twee"), add(b"drie")
    assert reads.verify(organisation) == []
    reads.path(altered).write_bytes(b"twee!")
    reads.path(gone).unlink()
    assert {(each.evidence, each.kind) for each in reads.verify(organisation)} == {
        (altered, "altered"),
        (gone, "missing"),
    }
    add(b"twee")
    add(b"drie")
    assert reads.verify(organisation) == []
    assert reads.path(kept).exists()


def test_evidence_makes_an_answer_documented(add: Add, say: Callable[..., facts.Receipt], own: Subject) -> None:
    first = say("house.policy", True)
    proof = add()
    receipt = say("house.policy", True, evidence=[proof])
    assert receipt.outcome is Outcome.RECORDED
    assert receipt.fact is not None
    assert receipt.fact != first.fact
    assert receipt.fact.assurance == Assurance.DOCUMENTED
    state = questions.question(own, "house.policy", on=TODAY)
    assert state.choice.winner is not None
    assert state.choice.winner.id == str(receipt.fact.pk)
    assert [saying.evidence for saying in state.standing] == [(), (proof,)]
    assert say("house.policy", True, evidence=[proof]).outcome is Outcome.RECORDED  # new proof is always recorded
    assert {row.rests for row in reads.evidence(own.organisation)} == {2}  # type: ignore[attr-defined]


def test_what_is_recorded_again_keeps_its_evidence(add: Add, say: Callable[..., facts.Receipt]) -> None:
    proof = add()
    say("house.policy", True, since=TODAY - timedelta(days=30), evidence=[proof])
    say("house.policy", False)
    kept = Fact.objects.get(valid_to=TODAY)
    assert list(kept.evidence.all()) == [proof]


def test_evidence_of_another_organisation_is_refused(
    add: Add, say: Callable[..., facts.Receipt], other_organisation: Organisation
) -> None:
    with pytest.raises(Refusal, match="evidence"):
        say("house.policy", True, evidence=[add(organisation=other_organisation)])


def test_a_document_is_not_of_tomorrow(add: Add, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="future"):
        add(made_on=TODAY + timedelta(days=1))
    assert files(tmp_path) == []
