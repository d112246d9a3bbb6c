"""match: CSAF documents and a register in, who must be warned and who must be asked out."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from bench.advisory_world import Market, document, registers
from dijkwacht import cli
from dijkwacht.cli.common import CommandError
from dijkwacht.core.advisories.matching import judge

Run = Callable[..., tuple[int, Any, str]]
HEADER = "organisation,vendor,product,version,purl,cpe\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def work(*arguments: str | Path, plain: bool = False) -> tuple[int, Any, str]:
        args = cli._parsed(["match", *map(str, arguments), *([] if plain else ["--json"])])
        with translation.override("en"):
            code = int(args.run(args) or 0)
        told = capsys.readouterr()
        return code, told.out if plain else json.loads(told.out), told.err

    return work


def made(
    identity: str = "EX-2026-0001", version: str = "1.0.0", said: str = "vers:unknown/<3.2", **status: list[str]
) -> dict[str, Any]:
    """A document that says this of Voorbeeld Zaaksysteem."""
    body = document(Market(), 1, lines=2)
    leaf = {
        "category": "product_version_range",
        "name": said,
        "product": {"product_id": "p1", "name": f"Zaaksysteem {said}"},
    }
    name = {"category": "product_name", "name": "Zaaksysteem", "branches": [leaf]}
    body["product_tree"] = {"branches": [{"category": "vendor", "name": "Voorbeeld B.V.", "branches": [name]}]}
    body["vulnerabilities"] = [{"cve": "CVE-2026-0001", "product_status": status or {"known_affected": ["p1"]}}]
    body["document"]["tracking"] |= {"id": identity, "version": version}
    return body


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "csaf" / "2026"
    inside.mkdir(parents=True)
    (inside / "one.json").write_text(json.dumps(made()))
    return inside.parent


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(
        HEADER
        + "dijkstad,voorbeeld,zaak-systeem,3.1,,\ndijkstad,Voorbeeld,Zaaksysteem,,,\nwaterstad,Voorbeeld,Zaaksysteem,,,\n"
        "veenstad,Voorbeeld,Zaaksysteem,3.2,,\nbosstad,Contoso,Mail,1,,\n"
    )
    return path


def test_who_must_be_warned_and_who_asked(run: Run, folder: Path, register: Path) -> None:
    code, found, told = run("--csaf", folder, "--register", register)
    assert (code, told) == (0, "")
    assert [(each["advisory"], each["organisation"], each["outcome"], each["code"]) for each in found] == [
        ("EX-2026-0001", "dijkstad", "affected", "affected"), ("EX-2026-0001", "waterstad", "undetermined", "no_version"),
    ]  # fmt: skip
    assert found[0]["assets"] == [{"row": 2, "vendor": "voorbeeld", "product": "zaak-systeem", "version": "3.1"}]
    assert (
        found[0]["reason"]
        == "Version 3.1 is affected: the advisory names versions lower than 3.2 of Voorbeeld B.V. Zaaksysteem."
    )


def test_for_people(run: Run, folder: Path, register: Path) -> None:
    _, out, _ = run("--csaf", folder / "2026" / "one.json", "--register", register, plain=True)
    assert out.splitlines()[0].startswith(
        "EX-2026-0001  dijkstad: affected. voorbeeld zaak-systeem 3.1. Version 3.1 is"
    )
    register.write_text(HEADER + "bosstad,Contoso,Mail,1,,\n")
    _, out, _ = run("--csaf", folder, "--register", register, plain=True)
    assert out == "No advisory concerns anything in this register.\n"


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_lost(run: Run, folder: Path, register: Path) -> None:
    (folder / "broken.json").write_text('{"document": ')
    (folder / "nul.json").write_bytes(b"\0\1")
    (folder / "other.json").write_text("[]")
    (folder / "provider-metadata.json").write_text("{}")
    code, found, told = run("--csaf", folder, "--register", register)
    assert code == 1
    assert len(found) == 2
    assert [line.partition(":")[0] for line in told.splitlines()] == ["broken.json", "nul.json", "other.json"]
    assert all(line.partition(": ")[2] for line in told.splitlines())


def test_a_document_that_is_read_in_part_still_counts(run: Run, folder: Path, register: Path) -> None:
    body = made("EX-2026-0002")
    body["vulnerabilities"].append({"cve": "CVE-2026-0002", "product_status": {"invented_status": ["p1"]}})
    (folder / "part.json").write_text(json.dumps(body))
    code, found, told = run("--csaf", folder, "--register", register)
    assert code == 1
    assert {each["advisory"] for each in found} == {"EX-2026-0001", "EX-2026-0002"}
    assert told.startswith("part.json: unknown_status")


@pytest.mark.parametrize("names", [("a.json", "z.json"), ("z.json", "a.json")])
def test_the_newest_revision_counts(run: Run, folder: Path, register: Path, names: tuple[str, str]) -> None:
    (folder / names[0]).write_text(json.dumps(made("EX-2026-0002", "1.9.0")))
    (folder / names[1]).write_text(json.dumps(made("EX-2026-0002", "1.10.0", said="vers:unknown/<1")))
    code, found, told = run("--csaf", folder, "--register", register)
    assert code == 0
    assert [each["outcome"] for each in found if each["advisory"] == "EX-2026-0002"] == ["undetermined", "undetermined"]
    assert told == f"{names[0]}: an older revision of {names[1]}, so left aside\n"


def test_rows_that_cannot_be_used_are_told_by_number(run: Run, folder: Path, register: Path) -> None:
    register.write_text(
        HEADER + ",Voorbeeld,Zaaksysteem,3,,\ndijkstad,,,3,,\ndijkstad,Voorbeeld,Zaaksysteem,3,npm/x,nope\n"
    )
    code, found, told = run("--csaf", folder, "--register", register)
    assert code == 1
    assert [each["organisation"] for each in found] == ["dijkstad"]
    assert [line.split(" ")[1:3] for line in told.splitlines()] == [
        ["row", "2:"],
        ["row", "3:"],
        ["row", "4:"],
        ["row", "4:"],
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no filled rows"), ("a,b\n1,2\n", "needs these columns"), (HEADER.replace("cpe", "purl"), "column purl twice"),
        (HEADER + 'dijkstad,"x,y,1,,\n', "row 2"), ("organisation,vendor\n", "needs these columns"),
    ],
)  # fmt: skip
def test_a_register_that_cannot_be_used(run: Run, folder: Path, register: Path, text: str, why: str) -> None:
    register.write_text(text)
    with pytest.raises(CommandError, match=why):
        run("--csaf", folder, "--register", register)


def test_what_is_not_there(run: Run, folder: Path, register: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such folder"):
        run("--csaf", tmp_path / "nowhere", "--register", register)
    with pytest.raises(CommandError, match="No such file"):
        run("--csaf", folder, "--register", tmp_path / "nowhere.csv")


def test_columns_in_another_order_and_with_other_signs(run: Run, folder: Path, register: Path) -> None:
    register.write_bytes(
        "Version;ORGANISATION;Product;Vendor;eigenaar\n3.1;dijkstad;Zaaksysteem;Voorbeeld;Büro\n".encode("utf-8-sig")
    )
    code, found, told = run("--csaf", folder, "--register", register)
    assert (code, [each["outcome"] for each in found]) == (0, ["affected"])
    assert "these columns are not used: eigenaar" in told


ALIASES = "from_vendor,from_product,to_vendor,to_product,who,when\n"


def test_a_confirmed_alias(run: Run, folder: Path, register: Path, tmp_path: Path) -> None:
    aliases = tmp_path / "aliases.csv"
    aliases.write_text(ALIASES + "Contoso,Mail,Voorbeeld,Zaaksysteem,J. Bakker,2026-11-01\n")
    _, found, _ = run("--csaf", folder, "--register", register, "--aliases", aliases)
    assert [each["organisation"] for each in found] == ["bosstad", "dijkstad", "waterstad"]


@pytest.mark.parametrize(
    ("row", "why"),
    [("A,b,C,d,,2026-11-01", "row 2: who is empty"), ("A,b,C,d,J,gisteren", "row 2: .gisteren. is no day"),
     ("A,b,C,,J,2026-11-01", "row 2: a product on one side"), (",b,C,d,J,2026-11-01", "row 2: from_vendor is empty")],
)  # fmt: skip
def test_an_alias_that_nobody_confirmed_stops_all(
    run: Run, folder: Path, register: Path, tmp_path: Path, row: str, why: str
) -> None:
    aliases = tmp_path / "aliases.csv"
    aliases.write_text(ALIASES + row + "\n")
    with pytest.raises(CommandError, match=why):
        run("--csaf", folder, "--register", register, "--aliases", aliases)


def test_a_market_gives_what_each_with_each_gives(run: Run, tmp_path: Path) -> None:
    from dijkwacht.adapters.csaf.read import read_csaf

    market = Market(7)
    market.products, market.weights = market.products[:25], market.weights[:25]
    told = [document(market, number) for number in range(12)]
    mine = registers(market, 6, 15)
    (tmp_path / "csaf").mkdir()
    for number, body in enumerate(told):
        (tmp_path / "csaf" / f"{number}.json").write_text(json.dumps(body))
    rows = [",".join((each.organisation, each.vendor, each.product, each.version, "", "")) for each in mine]
    (tmp_path / "r.csv").write_text(HEADER + "\n".join(rows))
    _, found, _ = run("--csaf", tmp_path / "csaf", "--register", tmp_path / "r.csv")
    wanted: dict[tuple[str, str], set[str]] = {}
    for body in told:
        advisory = read_csaf(json.dumps(body).encode()).advisory
        assert advisory is not None
        for each in mine:
            if (judged := judge(advisory, each)) is not None and judged.outcome != "not_affected":
                wanted.setdefault((advisory.id, each.organisation), set()).add(judged.outcome)
    assert {(each["advisory"], each["organisation"]): each["outcome"] for each in found} == {
        key: "affected" if "affected" in outcomes else "undetermined" for key, outcomes in wanted.items()
    }
    assert len(found) > 20


def test_as_a_command_without_a_database(folder: Path, register: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "DIJKWACHT", "DATABASE"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "dijkwacht.cli", "match", "--csaf", folder, "--register", register, "--json"],
        capture_output=True, text=True, cwd=home,
        env={**environment, "PYTHONPATH": str(Path(cli.__file__).parents[2]), "HOME": str(home)},
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)) == 2
    assert list(home.iterdir()) == []
