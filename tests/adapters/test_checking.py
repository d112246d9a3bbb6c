"""A package that holds, and every way in which one does not: refused, with the file and the line."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.adapters import package, seen, signing
from dijkwacht.adapters.checking import Expect, check
from dijkwacht.adapters.disclosing import disclose
from dijkwacht.adapters.package import PackageError
from dijkwacht.adapters.signing import Key
from dijkwacht.core.chain import canonical
from dijkwacht.core.statement import OrganisationMark
from dijkwacht.core.statement_form import read_json
from dijkwacht.core.verdict import Status
from tests.adapters.packages import AT, ON, Ring, files, line, packed, ring, statement

RING = ring()
FILES = files(statement(), RING)
GOOD = package.build(FILES)


def refused(data: bytes, **expected: Any) -> PackageError:
    """The reason for which a package is refused."""
    with pytest.raises(PackageError) as caught:
        check(data, expect=Expect(**expected))
    assert not caught.value.trouble
    return caught.value


def with_file(name: str, data: bytes | None) -> bytes:
    """The good package with one file changed, added or taken out."""
    kept = {key: value for key, value in FILES.items() if key != name}
    return package.build(kept if data is None else {**kept, name: data})


def rows() -> list[bytes]:
    return FILES["lines.jsonl"].splitlines(keepends=True)


# -- one that holds ----------------------------------------------------------------------------------
def test_a_good_one() -> None:
    found = check(GOOD)
    assert (found.full, found.trusted, found.stamp) == (True, False, None)
    assert found.statement == statement()


def test_with_everything_that_the_reader_knows() -> None:
    expect = Expect(RING.keys[1].id, RING.list(), "dijkstad", "council", ON)
    assert check(GOOD, expect=expect).trusted
    assert check(GOOD, expect=Expect(key=RING.keys[0].id)).trusted  # the key before it signed for it


# -- content -----------------------------------------------------------------------------------------
def test_every_byte_counts() -> None:
    for at in range(0, len(GOOD), 3):
        other = bytearray(GOOD)
        other[at] ^= 1
        refused(bytes(other))


def test_a_line_that_was_changed() -> None:
    changed = rows()
    changed[1] = changed[1].replace(b"not_met", b"partly")
    error = refused(with_file("lines.jsonl", b"".join(changed)))
    assert (error.file, error.line, "changed" in error.reason) == ("lines.jsonl", 2, True)


@pytest.mark.parametrize(
    ("order", "line_number", "word"),
    [
        ((0, 2), 2, "taken out before"), ((1, 2), 1, "taken out before"), ((0, 1), 3, "taken out"),
        ((1, 0, 2), 1, "another place, as line 2"), ((0, 1, 2, 1), 4, "added"), ((0, 0, 1, 2), 2, "another place"),
        ((), 1, "taken out"),
    ],
)  # fmt: skip
def test_lines_taken_out_moved_or_added(order: tuple[int, ...], line_number: int, word: str) -> None:
    error = refused(with_file("lines.jsonl", b"".join(rows()[n] for n in order)))
    assert (error.file, error.line) == ("lines.jsonl", line_number)
    assert word in error.reason


def test_a_last_row_without_its_end() -> None:
    assert "newline" in refused(with_file("lines.jsonl", FILES["lines.jsonl"][:-1])).reason
    refused(with_file("lines.jsonl", FILES["lines.jsonl"] + b"\n"))


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_is_gone_or_changed(name: str) -> None:
    assert refused(with_file(name, None)).file in (name, "norms")
    assert refused(with_file(name, FILES[name] + b" ")).file == name


@pytest.mark.parametrize("name", ["timestamp.tsr", "documents/extra.pdf", "norms/extra.yaml", "disclosed.jsonl"])
def test_a_file_that_was_added(name: str) -> None:
    assert refused(with_file(name, b"x"))


def test_a_changed_line_with_a_list_of_contents_to_match() -> None:
    other = files(statement(lines=(line(1), line(2), line(3))), ring())
    swapped = {**FILES, "lines.jsonl": other["lines.jsonl"], "contents.json": other["contents.json"]}
    assert refused(package.build(swapped)).file == "contents.json"


def test_what_another_wrote_is_not_signed_by_us() -> None:
    other = files(statement(lines=(line(1), line(2))), RING)
    assert refused(package.build({**other, "signature.json": FILES["signature.json"]})).file == "manifest.json"


# -- keys --------------------------------------------------------------------------------------------
def test_signed_with_a_key_that_was_no_longer_in_use() -> None:
    error = refused(packed(statement(), RING, signer=0))
    assert error.file == "keys.json"
    assert "no longer in use" in error.reason


def test_signed_with_a_key_that_was_not_in_use_yet() -> None:
    early = statement(at=AT - timedelta(days=20))
    assert "not in use yet" in refused(packed(early, RING)).reason


def test_signed_with_a_key_that_was_found_to_be_lost() -> None:
    """What it signed from then on is refused; what is from before holds, and it is told."""
    assert check(GOOD, expect=Expect(keys=RING.list())).lost is None
    then = AT + timedelta(days=2)
    lost = RING.with_key(1, until=AT + timedelta(days=5), why="lost", lost=then)
    found = check(GOOD, expect=Expect(keys=lost.list()))
    assert (found.trusted, found.lost) == (True, then)
    for moment in (AT, AT - timedelta(hours=1)):
        lost = RING.with_key(1, until=AT + timedelta(days=5), why="lost", lost=moment)
        assert "does not count" in refused(GOOD, keys=lost.list()).reason
    first = RING.with_key(0, why="lost", lost=RING.keys[1].since)  # lost when it signed for the next
    assert check(GOOD, expect=Expect(keys=first.list())).lost is None
    assert "does not follow" in refused(GOOD, keys=first.list(), key=RING.keys[0].id).reason


def test_signed_with_a_key_that_was_lost() -> None:
    lost = RING.with_key(1, until=AT + timedelta(days=5), why="lost")
    assert check(GOOD, expect=Expect(keys=RING.list())).trusted
    assert "lost" in refused(GOOD, keys=lost.list()).reason
    assert "lost" in refused(packed(statement(), lost)).reason


def test_retired_by_the_list_that_is_published_now() -> None:
    retired = RING.with_key(1, until=AT - timedelta(days=1), why="retired")
    assert "no longer in use" in refused(GOOD, keys=retired.list()).reason
    later = RING.with_key(1, until=AT + timedelta(days=1), why="retired")
    assert check(GOOD, expect=Expect(keys=later.list())).trusted


def test_a_key_of_another_organisation() -> None:
    theirs = ring("waterveen")
    assert "keys of waterveen" in refused(packed(statement(), theirs, published=theirs.list("waterveen"))).reason
    assert "not signed by the key before it" in refused(packed(statement(), theirs)).reason
    assert "is of waterveen" in refused(GOOD, keys=theirs.list("waterveen")).reason


def test_a_key_that_nobody_knows() -> None:
    assert "not in the list" in refused(GOOD, keys=Ring(RING.keys[:1], RING.pems).list()).reason
    assert "does not follow it" in refused(packed(statement(), ring()), key=RING.keys[1].id).reason
    assert "by the published list" in refused(packed(statement(), ring()), keys=RING.list()).reason


def test_an_older_key_does_not_follow_a_newer_one() -> None:
    early = packed(statement(at=AT - timedelta(days=20)), RING, signer=0)
    assert check(early)
    assert "does not follow" in refused(early, key=RING.keys[1].id).reason


def _key(**fields: Any) -> bytes:
    return RING.with_key(1, **fields).list()


@pytest.mark.parametrize(
    ("listed", "word"),
    [
        (_key(endorsement="00" * 64), "not signed by the key before it"),
        (_key(since=AT - timedelta(days=9)), "when the key before it was not in use"),
        (_key(previous="ab" * 16), "follows a key that is not listed"),
        (_key(previous=None), "signed by no one"),
        (_key(public="00" * 32), "the number of its bytes"),
        (_key(public="zz"), "the number of its bytes"),
        (_key(until=AT - timedelta(days=400)), "ended before it began"),
        (Ring((*RING.keys, RING.keys[1]), RING.pems).list(), "listed twice"),
        (b"[]", "not a list of keys"),
        (b"{}", "not a list of keys"),
        (
            canonical({"form": "dijkwacht keys 1", "algorithm": "Ed25519", "organisation": "dijkstad", "keys": [1]}),
            "not a list",
        ),
    ],
)
def test_lists_of_keys_that_do_not_hold(listed: bytes, word: str) -> None:
    error = refused(with_file("keys.json", listed))
    assert error.file == "keys.json"
    assert word in error.reason


def test_a_key_in_pem() -> None:
    pem, public = signing.make()
    assert signing.public_of(pem) == public
    with pytest.raises(signing.KeyTrouble):
        signing.public_of(b"PRIVATE but no key")
    with pytest.raises(signing.KeyTrouble):
        signing.public_of(b"nothing")


def test_follows_ends_where_the_chain_ends() -> None:
    alone = Key("ab" * 16, "00" * 32, AT, previous=None)
    assert not signing.follows({alone.id: alone}, alone.id, "cd" * 16)


# -- what the reader expects -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("expected", "word"),
    [
        ({"organisation": "waterveen"}, "organisation"),
        ({"account": "rdi"}, "account"),
        ({"on": date(2025, 12, 31)}, "reference"),
    ],
)
def test_another_organisation_account_or_day(expected: dict[str, Any], word: str) -> None:
    assert word in refused(GOOD, **expected).reason


@pytest.mark.parametrize(
    "change",
    [
        {"form": "dijkwacht statement 2"}, {"lines": -1}, {"lines": True}, {"at": "2026-11-25"}, {"root": "xyz"},
        {"number": "7"}, {"organisation": {"slug": "dijkstad"}}, {"head": None}, {"on": "31-12-2026"},
    ],
)  # fmt: skip
def test_manifests_of_another_form(change: dict[str, Any]) -> None:
    other = canonical({**read_json(FILES["manifest.json"]), **change})
    assert refused(with_file("manifest.json", other)).file == "manifest.json"


def test_a_manifest_that_is_written_otherwise() -> None:
    spaced = FILES["manifest.json"].replace(b'","', b'", "', 1)
    assert "one way" in refused(with_file("manifest.json", spaced)).reason


# -- some lines only ---------------------------------------------------------------------------------
def test_some_lines_and_nothing_else() -> None:
    data = disclose(GOOD, ["bio2:3", "bio2:1"])
    found = check(data, expect=Expect(key=RING.keys[1].id, organisation="dijkstad"))
    assert not found.full
    assert [each.requirement for each in found.statement.lines] == ["bio2:1", "bio2:3"]
    assert set(found.files) == {"manifest.json", "signature.json", "keys.json", "disclosed.jsonl"}
    assert b"bio2:2" not in data
    assert FILES["contents.json"] not in data


def test_every_byte_of_some_lines_counts() -> None:
    data = disclose(GOOD, ["bio2:2"])
    for at in range(len(data)):
        other = bytearray(data)
        other[at] ^= 1
        refused(bytes(other))


def test_a_line_of_another_subject() -> None:
    two = statement(lines=(line(1), replace(line(1), subject="sys-1", subject_name="Systeem")))
    data = packed(two, RING)
    assert [each.subject for each in check(disclose(data, ["bio2:1@sys-1"])).statement.lines] == ["sys-1"]
    assert len(check(disclose(data, ["bio2:1"])).lines) == 2


@pytest.mark.parametrize("lines", [["bio2:9"], ["bio2:1", "bio2:1@sys-1"], [], [""]])
def test_lines_that_are_not_there(lines: list[str]) -> None:
    with pytest.raises(PackageError):
        disclose(GOOD, lines)


def test_a_selection_of_a_selection() -> None:
    with pytest.raises(PackageError):
        disclose(disclose(GOOD, ["bio2:1"]), ["bio2:1"])


def test_a_proof_of_another_line() -> None:
    one, two = (check(disclose(GOOD, [name])).files for name in ("bio2:1", "bio2:2"))
    row = {**read_json(one["disclosed.jsonl"].strip()), "index": 1}
    other = package.build({**one, "disclosed.jsonl": canonical(row) + b"\n"})
    assert "not one of those" in refused(other).reason
    for odd in (
        {"index": "0"},
        {"index": True},
        {"path": ["zz"]},
        {"path": [path.upper() for path in row["path"]]},
        {"salt": 1},
    ):
        changed = {**read_json(one["disclosed.jsonl"].strip()), **odd}
        refused(package.build({**one, "disclosed.jsonl": canonical(changed) + b"\n"}))
    backwards = package.build({**one, "disclosed.jsonl": two["disclosed.jsonl"] + one["disclosed.jsonl"]})
    assert "order" in refused(backwards).reason


# -- seen before -------------------------------------------------------------------------------------
def test_the_same_statement_twice(tmp_path: Path) -> None:
    register = tmp_path / "seen.json"
    seen.accept(register, check(GOOD))
    with pytest.raises(PackageError, match="the same one again"):
        seen.accept(register, check(GOOD))
    assert {each.name for each in tmp_path.iterdir()} == {"seen.json", "seen.json.lock"}


def test_an_older_one_than_was_accepted(tmp_path: Path) -> None:
    register = tmp_path / "seen.json"
    seen.accept(register, check(packed(statement(number=9, id="aa" * 16), RING)))
    with pytest.raises(PackageError, match="older"):
        seen.accept(register, check(GOOD))
    with pytest.raises(PackageError, match="another statement with number 9"):
        seen.accept(register, check(packed(statement(number=9, id="bb" * 16), RING)))
    seen.accept(register, check(packed(statement(number=8, account="rdi"), RING)))  # another account has its own order


def test_one_that_was_replaced(tmp_path: Path) -> None:
    register = tmp_path / "seen.json"
    seen.accept(register, check(packed(statement(number=8, replaces=7, why="fout"), RING)))
    with pytest.raises(PackageError, match="replaced by statement 8"):
        seen.accept(register, check(GOOD))


def test_two_selections_of_one_statement(tmp_path: Path) -> None:
    register = tmp_path / "seen.json"
    seen.accept(register, check(disclose(GOOD, ["bio2:1"])))
    seen.accept(register, check(disclose(GOOD, ["bio2:2"])))
    with pytest.raises(PackageError, match="again"):
        seen.accept(register, check(disclose(GOOD, ["bio2:1"])))


def test_another_organisation_has_its_own_numbers(tmp_path: Path) -> None:
    register = tmp_path / "seen.json"
    theirs = ring("waterveen")
    mark = OrganisationMark("waterveen", "Waterveen", "municipality")
    seen.accept(register, check(packed(statement(number=9), RING)))
    seen.accept(register, check(packed(statement(organisation=mark), theirs)))


@pytest.mark.parametrize("text", ["no json", "[]", '{"form": "x"}', '{"form":"dijkwacht seen 1","statements":[]}'])
def test_a_register_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    register = tmp_path / "seen.json"
    register.write_text(text)
    with pytest.raises(PackageError) as caught:
        seen.accept(register, check(GOOD))
    assert caught.value.trouble
    assert register.read_text() == text


def test_statuses_are_told() -> None:
    assert [each.status for each in check(GOOD).statement.lines] == [Status.MET, Status.NOT_MET, Status.UNKNOWN]
