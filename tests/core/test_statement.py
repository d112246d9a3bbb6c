"""The form of a statement: nothing is lost on the way, no two statements look alike, and a leaf cannot be guessed."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core import merkle
from dijkwacht.core import statement_form as form
from dijkwacht.core.chain import Seal, canonical
from dijkwacht.core.days import Duration
from dijkwacht.core.facts import Assurance, Fact, Shows, Subject, World
from dijkwacht.core.statement import EvidenceMark, OrganisationMark, Signer, Statement, StatementLine, UsedFact
from dijkwacht.core.statement_changes import Kind, differences
from dijkwacht.core.statement_world import world_of, world_plain
from dijkwacht.core.typed import pack, unpack
from dijkwacht.core.verdict import Reason, Status

PAPER = (Path(__file__).parents[2] / "docs" / "algorithms" / "statement.md").read_text()
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
names = st.text("abc.:-0", min_size=1, max_size=6)
plain_values = st.one_of(st.none(), st.booleans(), st.integers(-9, 999), words, days.map(str))
values = st.one_of(
    plain_values, days, st.builds(Duration, st.integers(0, 30), st.integers(0, 30)), st.tuples(days, days),
    st.fixed_dictionaries({"reason": words, "until": days}),
)  # fmt: skip
reasons = st.builds(
    Reason, names, fact_type=st.none() | names, fact_id=st.none() | names, subject=st.none() | names,
    requirement=st.none() | names, value=values, since=st.none() | days, said_by=words,
    assurance=st.none() | st.sampled_from(Assurance), params=st.dictionaries(names, values, max_size=2),
)  # fmt: skip
evidence = st.builds(EvidenceMark, names, words, words, st.integers(0, 9), st.none() | days)
used = st.builds(
    UsedFact, names, names, words, names, plain_values, days, st.none() | days, days, st.none() | days,
    st.sampled_from(Assurance), names, words, st.integers(1, 99), words, words, st.lists(evidence, max_size=2).map(tuple),
)  # fmt: skip
lines = st.builds(
    StatementLine, names, names, words, st.sampled_from(Status), st.none() | st.sampled_from(Assurance),
    st.none() | st.sampled_from(Shows), st.none() | days, st.lists(reasons, max_size=2).map(tuple),
    st.lists(used, max_size=2).map(tuple), words, words, st.lists(used, max_size=2).map(tuple),
    st.dictionaries(names, words, max_size=2),
)  # fmt: skip
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
statements = st.builds(
    Statement, names, st.integers(1, 99), st.builds(OrganisationMark, names, words, names, names, names), names, names, days,
    days, moments, st.builds(Seal, st.integers(0, 99), names), st.dictionaries(names, words, max_size=2), names, st.just(()),
    st.none() | st.builds(Signer, words, names, words, moments),
)  # fmt: skip
MARKS = form.Marks("aa" * 32, "bb" * 32, "cc" * 32, "dd" * 16)


# -- there and back ----------------------------------------------------------------------------------
@given(values)
def test_a_value_keeps_its_type(value: Any) -> None:
    assert unpack(pack(value)) == value


@pytest.mark.parametrize("odd", [{"$what": 1}, {}, {"$day": "2026-01-01", "$term": "P1Y"}, {"$day": "1-1-2026"}])
def test_values_of_no_known_form(odd: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        unpack(odd)


@given(lines)
def test_a_line_comes_back_as_it_was(line: StatementLine) -> None:
    leaf = form.leaf(form.line_plain(line), "00")
    assert form.read_leaf(leaf) == (line, "00")


@given(lines)
def test_what_came_later_is_written_only_where_there_is_any(line: StatementLine) -> None:
    plain = form.line_plain(line)
    assert ("exceptions" in plain, "others" in plain) == (bool(line.exceptions), bool(line.others))
    older = {key: value for key, value in plain.items() if key not in ("exceptions", "others")}
    assert form.line_plain(form.line_of(older)) == older  # as statements wrote it at first


@given(statements)
def test_a_manifest_comes_back_as_it_was(statement: Statement) -> None:
    found = form.read_manifest(form.manifest(statement, root=b"\1" * 32, marks=MARKS))
    assert (found.statement, found.lines, found.root, found.marks) == (statement, 0, b"\1" * 32, MARKS)


@given(st.lists(st.tuples(names, values, days, st.none() | days), max_size=4))
def test_a_world_comes_back_as_it_was(rows: list[Any]) -> None:
    facts = [
        Fact(str(n), "a", name, value, day, day, end, observations=(day,), said_by="x", inherited_from="y")
        for n, (name, value, day, end) in enumerate(rows)
    ]
    world = World.of("a", subjects=[Subject("s", "system"), Subject("t", "system")], facts=facts, complete=["system"])
    world.inherits = {"s": "b"}
    assert world_of(form.read_json(canonical(world_plain(world)))) == world


@pytest.mark.parametrize(
    "data", [{}, {"organisation": "a"}, {"organisation": "a", "subjects": [1], "facts": [], "complete": []}]
)
def test_what_is_no_world(data: dict[str, Any]) -> None:
    with pytest.raises(form.FormError):
        world_of(data)


@pytest.mark.parametrize(
    "row", [b"", b"[]", b"{}", b'{"line":{},"salt":"00"}', b'{"line":1,"salt":"00"}', b"[" * 100_000]
)
def test_what_is_no_line(row: bytes) -> None:
    with pytest.raises(form.FormError):
        form.read_leaf(row)


# -- leaves ------------------------------------------------------------------------------------------
@given(st.lists(lines, min_size=1, max_size=5), st.binary(min_size=32, max_size=32))
def test_every_line_has_a_proof_and_a_salt_of_its_own(found: list[StatementLine], seed: bytes) -> None:
    leaves = form.leaves(found, seed)
    root = merkle.root(leaves)
    assert all(merkle.included(leaf, merkle.inclusion(leaves, n), root=root) for n, leaf in enumerate(leaves))
    assert len({form.read_leaf(leaf)[1] for leaf in leaves}) == len(leaves)
    assert form.leaves(found, seed) == leaves
    assert merkle.root(form.leaves(found, bytes(32 - len(seed)) + seed[:-1] + b"?")) != root or seed.endswith(b"?")


def test_the_same_line_twice_gives_two_leaves() -> None:
    one = _line("bio2:1", Status.MET)
    first, second = form.leaves([one, one], bytes(32))
    assert first != second


@given(st.lists(lines, max_size=4), st.integers(0, 3))
def test_the_token_says_whether_any_line_changed(found: list[StatementLine], at: int) -> None:
    assert form.token(found) == form.token(list(found))
    if at < len(found):
        other = [*found]
        other[at] = replace(found[at], requirement=found[at].requirement + "!")
        assert form.token(other) != form.token(found)


# -- what differs ------------------------------------------------------------------------------------
def _line(name: str, status: Status, **fields: Any) -> StatementLine:
    return StatementLine(name, "a", "A", status, None, None, None, (), (), **fields)


@given(st.lists(lines, max_size=5, unique_by=lambda line: (line.requirement, line.subject)))
def test_nothing_differs_from_itself(found: list[StatementLine]) -> None:
    assert differences(found, found) == ()
    assert {each.kind for each in differences([], found)} <= {Kind.ADDED}
    assert {each.kind for each in differences(found, [])} <= {Kind.GONE}
    assert differences(found, list(reversed(found))) == ()


def test_how_lines_differ() -> None:
    same, turned, gone, new = (_line(name, Status.MET) for name in "abcd")
    other = replace(same, reasons=(Reason("x"),))
    found = differences([same, turned, gone], [other, replace(turned, status=Status.UNKNOWN), new])
    assert [(each.line.requirement, each.kind) for each in found] == [
        ("a", Kind.EVIDENCE), ("b", Kind.TURNED), ("d", Kind.ADDED), ("c", Kind.GONE),
    ]  # fmt: skip
    assert [each.line.requirement for each in differences([same], [replace(same, stale_at=date(2027, 1, 1))])] == []


# -- the worked example ------------------------------------------------------------------------------
def example() -> tuple[list[bytes], bytes]:
    """The three lines of docs/algorithms/statement.md."""
    seed = bytes(range(32))
    found = [_line("bio2:1", Status.MET), _line("bio2:2", Status.UNKNOWN), _line("bio2:3", Status.NOT_MET)]
    leaves = form.leaves(found, seed)
    return leaves, merkle.root(leaves)


def test_the_worked_example() -> None:
    leaves, root = example()
    hashes = [merkle.leaf_hash(leaf).hex() for leaf in leaves]
    assert leaves[0].decode() in PAPER
    for number, found in enumerate(hashes):
        assert re.search(rf"leaf {number} +{found}", PAPER)
    assert f"root    {root.hex()}" in PAPER
    proof = merkle.inclusion(leaves, 2)
    assert [each.hex() for each in proof.path] == [re.search(r"above 0 and 1 +([0-9a-f]{64})", PAPER)[1]]  # type: ignore[index]


def test_moments_have_one_form() -> None:
    at = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    assert form.parse_moment("2026-11-25T09:30:00.000000Z") == at
    for text in ("2026-11-25T09:30:00Z", "2026-11-25T10:30:00.000000+01:00", "2026-11-25", "x"):
        with pytest.raises(ValueError):  # noqa: PT011
            form.parse_moment(text)
    assert timedelta(0) == at - form.parse_moment("2026-11-25T09:30:00.000000Z")
