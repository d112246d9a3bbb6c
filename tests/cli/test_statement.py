"""dijkwacht statement and dijkwacht verify: a package leaves the house, and is checked elsewhere."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from dijkwacht import cli
from dijkwacht.adapters import signing
from dijkwacht.adapters.package import build, parse
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services import facts
from dijkwacht.apps.people.models import Organisation
from tests import world
from tests.adapters.packages import packed, ring, statement

Run = Callable[..., Any]
TODAY = date(2026, 11, 25)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*arguments: Any, code: int = 0) -> Any:
        found = cli.main([*map(str, arguments), "--json"])
        out, err = capsys.readouterr()
        assert found == code, err + out
        return json.loads(out) if out else err

    return run


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.zip"
    path.write_bytes(packed(statement(), KEYS))
    return path


KEYS = ring()


# -- verify ------------------------------------------------------------------------------------------
def test_a_package_that_holds(run: Run, good: Path) -> None:
    found = run("verify", good)
    assert (found["valid"], found["number"], found["lines"], found["key_trusted"]) == (True, 7, 3, False)
    assert found["signer"]["role"] == "college"
    assert run("verify", good, "--key", KEYS.keys[0].id, "--organisation", "dijkstad", "--on", "2026-12-31")[
        "key_trusted"
    ]


def test_a_key_or_a_list_in_a_file(run: Run, good: Path, tmp_path: Path) -> None:
    pem, listed = tmp_path / "key.pem", tmp_path / "keys.json"
    pem.write_bytes(KEYS.pems[KEYS.keys[1].id])
    listed.write_bytes(KEYS.list() + b"\n")
    assert run("verify", good, "--key", pem, "--keys", listed)["key_trusted"]
    pem.write_bytes(signing.make()[0])
    assert "does not follow" in run("verify", good, "--key", pem, code=1)["reason"]
    pem.write_text("no key")
    with override("en"):
        assert "no key in PEM" in run("verify", good, "--key", pem, code=2)


def test_a_key_that_was_lost_later(run: Run, good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed, moment = tmp_path / "keys.json", statement().at
    for days, code in ((1, 0), (-1, 1)):
        lost = KEYS.with_key(1, until=moment + timedelta(days=9), why="lost", lost=moment + timedelta(days=days))
        listed.write_bytes(lost.list())
        found = run("verify", good, "--keys", listed, code=code)
        if code:
            assert "was lost at" in found["reason"]
        else:
            assert found["key_lost"] == signing.moment(moment + timedelta(days=days))
            with override("en"):
                assert cli.main(["verify", str(good), "--keys", str(listed)]) == 0
                assert "CAREFUL: this key was lost at" in capsys.readouterr().out


def test_what_is_refused_names_file_and_line(run: Run, good: Path) -> None:
    kept = dict(parse(good.read_bytes()).files)
    kept["lines.jsonl"] = kept["lines.jsonl"].replace(b"not_met", b"partly ")
    good.write_bytes(build(kept))
    found = run("verify", good, code=1)
    assert (found["valid"], found["file"], found["line"]) == (False, "lines.jsonl", 2)


@pytest.mark.parametrize(
    "expected", [("--organisation", "waterveen"), ("--account", "rdi"), ("--on", "2025-12-31"), ("--key", "ab" * 16)]
)
def test_another_than_was_expected(run: Run, good: Path, expected: tuple[str, str]) -> None:
    assert run("verify", good, *expected, code=1)["reason"]


def test_what_cannot_be_read_is_trouble(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "x.zip"
    text.write_text("no zip")
    with override("en"):
        assert "not a zip archive" in run("verify", text, code=2)
        assert "none.zip cannot be read: No such file" in run("verify", tmp_path / "none.zip", code=2)
    assert "dit is geen zip-archief" in run("verify", text, code=2)


def test_seen_before(run: Run, good: Path, tmp_path: Path) -> None:
    register = tmp_path / "seen.json"
    run("verify", good, "--seen", register)
    assert "again" in run("verify", good, "--seen", register, code=1)["reason"]
    good.write_bytes(b"PK\x03\x04")
    run("verify", good, "--seen", register, code=1)


def test_a_refused_one_is_not_noted_as_seen(run: Run, good: Path, tmp_path: Path) -> None:
    register = tmp_path / "seen.json"
    run("verify", good, "--seen", register, "--account", "rdi", code=1)
    assert not register.exists()


def test_in_words(good: Path, capsys: pytest.CaptureFixture[str], run: Run) -> None:
    with override("en"):
        assert cli.main(["verify", str(good)]) == 0
        out = capsys.readouterr().out
        assert "signed by Esther Kade" in out
        assert "NOT held against one that you trust" in out
        good.write_bytes(packed(statement(signer=None), KEYS))
        cli.main(["verify", str(good)])
        assert "NOT SIGNED" in capsys.readouterr().out
    cli.main(["verify", str(good)])
    assert "NIET ONDERTEKEND" in capsys.readouterr().out
    kept = dict(parse(good.read_bytes()).files)
    kept["lines.jsonl"] = kept["lines.jsonl"].replace(b"not_met", b"partly ")
    good.write_bytes(build(kept))
    assert cli.main(["verify", str(good)]) == 1
    assert "geweigerd: lines.jsonl, regel 2: " in capsys.readouterr().out


@pytest.mark.parametrize(("language", "word"), [("", "klopt: "), ("nl", "klopt: "), ("en", "holds: ")])
def test_it_needs_no_database_and_no_data_folder(good: Path, tmp_path: Path, language: str, word: str) -> None:
    home = tmp_path / "none"
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    env = {**kept, "DIJKWACHT_DATA": str(home), "DATABASE_URL": "nonsense", "DIJKWACHT_LANGUAGE": language}
    command = [sys.executable, "-m", "dijkwacht.cli", "verify", str(good)]
    found = subprocess.run(command, check=True, env=env, capture_output=True, text=True)
    assert found.stdout.startswith(word)
    assert not home.exists()


def test_some_lines(run: Run, good: Path, tmp_path: Path) -> None:
    out = tmp_path / "some.zip"
    assert run("statement", "disclose", good, "--lines", "bio2:1,bio2:3", "--out", out)["disclosed"] == 2
    found = run("verify", out, "--key", KEYS.keys[1].id)
    assert (found["full"], found["in_package"], found["lines"]) == (False, 2, 3)
    assert found["requirements"] == ["bio2:1", "bio2:3"]
    assert "without the facts" in run("verify", out, "--rejudge", code=1)["reason"]
    assert "no line bio2:9" in run("statement", "disclose", good, "--lines", "bio2:9", "--out", out, code=1)["reason"]


def test_judging_again_needs_norms_that_can_be_read(run: Run, good: Path) -> None:
    assert run("verify", good, "--rejudge", code=1)["file"] in ("world.json", "norms")


# -- with a database ---------------------------------------------------------------------------------
@pytest.fixture
def at_home(settings: Any, tmp_path: Path, db: None, run: Run) -> Run:
    settings.DATA_DIR = tmp_path
    world.build(on=TODAY)
    return run


FREEZE = ("statement", "freeze", "--organisation", "dijkstad", "--no-documents")


def test_from_freezing_to_checking(at_home: Run, tmp_path: Path) -> None:
    out, again, keys = tmp_path / "p.zip", tmp_path / "again.zip", tmp_path / "keys.json"
    made = at_home(*FREEZE, "--account", "ensia-council", "--on", TODAY, "--out", out)
    assert (made["number"], made["signer"], made["again"]) == (1, None, False)
    at_home("statement", "keys", "--organisation", "dijkstad", "--out", keys)
    found = at_home("verify", out, "--keys", keys, "--organisation", "dijkstad", "--on", TODAY, "--rejudge")
    assert (found["root"], found["rejudged"], found["key"]) == (made["root"], made["lines"], made["key"])
    organisation = Organisation.objects.get(slug="dijkstad")
    own = Subject.objects.get(organisation=organisation, key="dijkstad")
    for value in (True, False) * 10:
        facts.answer(
            organisation, subject=own, fact_type="access.joiner_leaver.procedure", value=value, person=None, actor="test",
            on=TODAY + timedelta(days=1), at=cli_at(), correction=True,
        )  # fmt: skip
    assert at_home(*FREEZE, "--account", "ensia-council", "--on", TODAY, "--out", again)["same"]
    assert again.read_bytes() == out.read_bytes()
    assert at_home("statement", "reproduce", "--organisation", "dijkstad", "1")["same"]


def test_a_key_that_is_marked_as_lost(at_home: Run, tmp_path: Path) -> None:
    out, keys = tmp_path / "p.zip", tmp_path / "keys.json"
    made = at_home(*FREEZE, "--account", "ensia-council", "--on", TODAY, "--out", out)
    of = ("--organisation", "dijkstad")
    assert at_home("statement", "mark-lost", *of, made["key"], code=1)["refused"] == "key_in_use"
    at_home("statement", "rotate-key", *of)
    assert (
        at_home("statement", "mark-lost", *of, made["key"], "--since", "2099-01-01", code=1)["refused"] == "lost_ahead"
    )
    assert at_home("statement", "mark-lost", *of, "ab" * 16, code=1)["refused"] == "no_key"
    found = at_home("statement", "mark-lost", *of, made["key"], "--since", "2020-01-01T12:00")
    assert [each["why"] for each in found["keys"]] == ["lost", ""]
    at_home("statement", "keys", *of, "--out", keys)
    assert "does not count" in at_home("verify", out, "--keys", keys, code=1)["reason"]


def cli_at() -> Any:
    from django.utils.timezone import now

    return now()


def test_signing_withdrawing_and_replacing(at_home: Run, tmp_path: Path) -> None:
    out = tmp_path / "p.zip"
    college, ciso = ("--person", "college@dijkstad.example"), ("--person", "ciso@dijkstad.example")
    arguments = (*FREEZE, "--account", "cbw-rdi", "--on", TODAY, "--out", out)
    assert at_home(*arguments, *ciso, code=1)["refused"] == "role"
    assert not out.exists()
    assert at_home(*arguments, *college)["signer"]["name"] == "Esther Kade"
    assert at_home(*arguments, *college, code=1)["refused"] == "signed"
    assert "no@one.example" in at_home(*arguments, "--person", "no@one.example", code=2)
    why = ("--why", "een fout")
    replaced = at_home(
        "statement", "replace", "--organisation", "dijkstad", "1", *why, "--no-documents", "--out", out, *college
    )
    assert (replaced["number"], replaced["replaces"]) == (2, 1)
    at_home("statement", "withdraw", "--organisation", "dijkstad", "2", *why, *college)
    assert (
        at_home("statement", "withdraw", "--organisation", "dijkstad", "2", *why, *college, code=1)["refused"]
        == "ended"
    )
    listed = at_home("statement", "list", "--organisation", "dijkstad")
    assert [(each["number"], each["state"]) for each in listed] == [(2, "withdrawn"), (1, "replaced")]
    assert at_home("statement", "rotate-key", "--organisation", "dijkstad")["keys"][1]["previous"]
    assert at_home("verify", out)["valid"]
    at_home("statement", "reproduce", "--organisation", "dijkstad", "9", code=2)
