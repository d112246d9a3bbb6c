"""Packages that are whole and well signed, and still not true: judging again finds the first line that is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dijkwacht.adapters import signing
from dijkwacht.adapters.checking import check
from dijkwacht.adapters.package import PackageError
from dijkwacht.adapters.rejudging import rejudge
from dijkwacht.apps.accountability.models import SigningKey, Statement
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.queries.keys import key_list
from dijkwacht.apps.accountability.services.freezing import freeze
from dijkwacht.apps.accountability.services.keys import private_key
from dijkwacht.apps.accountability.services.packing import Parts, pack
from dijkwacht.apps.accountability.services.reproducing import replayed
from dijkwacht.core.facts import World as Facts
from dijkwacht.core.statement import StatementLine
from dijkwacht.core.statement_form import SIGNED
from dijkwacht.core.verdict import Status
from dijkwacht.demo.world import World
from dijkwacht.norms.archive import norms_of, pack_files
from tests.accountability.house import house
from tests.standing import again, standing

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
Lines = tuple[StatementLine, ...]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pack(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


def made() -> Statement:
    world: World = house(on=ON)
    dijkstad = world.organisations["dijkstad"]
    return freeze(dijkstad, account="cbw-rdi", on=ON, at=AT, person=world.person("college"), documents=False)


stands = standing(made)


@pytest.fixture
def row(stands: Any, db: None, tmp_path: Any) -> Statement:
    found: Statement = again(stands, tmp_path)
    return found


def resigned(
    row: Statement,
    lines: Callable[[Lines], Lines] = lambda lines: lines,
    *,
    files: Any = None,
    world: Facts | None = None,
) -> bytes:
    """The package as a dishonest organisation would make it, signed with its own key."""
    statement = statements.opened(row)
    found, key = pack_files() if files is None else files, SigningKey.objects.get(key=row.key)
    packed = pack(
        Parts(
            replace(statement, lines=lines(statement.lines)), world or replayed(row).world,
            norms_of(pack_files(), on=ON), found, key_list(row.organisation), row.key, bytes(32), documents=False,
        )
    )  # fmt: skip
    return packed.signed(row.key, signing.sign(private_key(key), SIGNED + packed.manifest))


def refused(data: bytes) -> PackageError:
    with pytest.raises(PackageError) as caught:
        rejudge(check(data))
    return caught.value


def at(lines: Lines, index: int, **fields: Any) -> Lines:
    """The lines with something else in one of them."""
    return (*lines[:index], replace(lines[index], **fields), *lines[index + 1 :])


def test_an_honest_one(row: Statement) -> None:
    assert rejudge(check(resigned(row))) == sum(row.counts.values())


def test_a_line_that_is_made_better(row: Statement) -> None:
    index = next(n for n, line in enumerate(statements.opened(row).lines) if line.status is Status.NOT_MET)
    error = refused(resigned(row, lambda lines: at(lines, index, status=Status.MET)))
    assert (error.file, error.line) == ("lines.jsonl", index + 1)
    assert "judged again this is not_met, and it says met" in error.reason


@pytest.mark.parametrize(
    "fields", [{"stale_at": date(2030, 1, 1)}, {"reasons": ()}, {"shown": None, "assurance": None}]
)
def test_another_end_reason_or_assurance(row: Statement, fields: dict[str, Any]) -> None:
    index = next(n for n, line in enumerate(statements.opened(row).lines) if line.status is Status.MET)
    assert refused(resigned(row, lambda lines: at(lines, index, **fields))).line == index + 1


def test_a_fact_that_is_shown_otherwise(row: Statement) -> None:
    index, line = next((n, line) for n, line in enumerate(statements.opened(row).lines) if line.facts)
    other = (replace(line.facts[0], value="iets anders"), *line.facts[1:])
    error = refused(resigned(row, lambda lines: at(lines, index, facts=other)))
    assert (error.line, line.facts[0].id in error.reason) == (index + 1, True)


def test_a_line_that_is_left_out_added_or_moved(row: Statement) -> None:
    assert refused(resigned(row, lambda lines: lines[:3] + lines[4:])).line == 4
    assert "is missing" in refused(resigned(row, lambda lines: lines[:-1])).reason
    assert "is in it twice" in refused(resigned(row, lambda lines: (*lines, lines[0]))).reason
    assert refused(resigned(row, lambda lines: (lines[1], lines[0], *lines[2:]))).line == 1


def test_facts_that_are_left_out(row: Statement) -> None:
    assert refused(resigned(row, world=Facts("dijkstad", {}))).file == "lines.jsonl"


def test_other_norms(row: Statement) -> None:
    files = dict(pack_files())
    accounts = files["accounts.yaml"].replace(b"cbw-rdi", b"cbw-odd")
    assert refused(resigned(row, files={**files, "accounts.yaml": accounts})).file in ("norms", "norms/accounts.yaml")
    assert refused(resigned(row, files={"facts/x.yaml": b"- {id: odd\n"})).file == "norms"


def test_the_same_package_has_the_same_bytes(row: Statement) -> None:
    assert resigned(row) == resigned(row)
