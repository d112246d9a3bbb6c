"""Local additions over a pack, and the merge of three."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.landscape.merge import Choice, Clash, Conflict, Doing, Local, merge, overlaid

OLD = {"nl": "oud", "basis": "wet 1"}
ADD, CHANGE, HIDE = Doing.ADD, Doing.CHANGE, Doing.HIDE


def clashes(found: tuple[Conflict, ...]) -> list[tuple[str, Clash]]:
    return [(each.id, each.clash) for each in found]


def test_a_pack_reads_with_what_was_done_here() -> None:
    pack = {"a": OLD, "b": OLD, "c": OLD}
    local = [
        Local("a", CHANGE, {"nl": "wij"}),
        Local("b", HIDE, {}),
        Local("d", ADD, {"nl": "nieuw"}),
        Local("x", CHANGE, {}),
    ]
    assert overlaid(pack, local) == {
        "a": {**OLD, "nl": "wij", "local": "change"}, "c": OLD, "d": {"nl": "nieuw", "local": "add"},
    }  # fmt: skip
    assert pack["a"] == OLD


@pytest.mark.parametrize(
    ("local", "theirs", "kept", "conflicts"),
    [
        # changed here, and there nothing, another field, the same, or otherwise
        (Local("a", CHANGE, {"nl": "wij"}), OLD, Local("a", CHANGE, {"nl": "wij"}), []),
        (Local("a", CHANGE, {"nl": "wij"}), {**OLD, "basis": "wet 2"}, Local("a", CHANGE, {"nl": "wij"}), []),
        (Local("a", CHANGE, {"nl": "wij"}), {**OLD, "nl": "wij"}, None, []),
        (
            Local("a", CHANGE, {"nl": "wij"}),
            {**OLD, "nl": "zij"},
            Local("a", CHANGE, {"nl": "wij"}),
            [("a:nl", Clash.FIELD)],
        ),
        # gone there: it becomes our own cell, with all its fields
        (Local("a", CHANGE, {"nl": "wij"}), None, Local("a", ADD, {**OLD, "nl": "wij"}), [("a", Clash.REMOVED)]),
        # hidden here
        (Local("a", HIDE, {}), OLD, Local("a", HIDE, {}), []),
        (Local("a", HIDE, {}), None, None, []),
        (Local("a", HIDE, {}), {**OLD, "nl": "zij"}, Local("a", HIDE, {}), [("a", Clash.HIDDEN)]),
    ],
)
def test_ours_against_theirs(local: Local, theirs: Any, kept: Local | None, conflicts: list[Any]) -> None:
    found = merge({"a": OLD}, {} if theirs is None else {"a": theirs}, [local])
    assert clashes(found.conflicts) == conflicts
    assert found.kept == (() if kept is None else (kept,))
    assert found.settled == (() if kept else ("a",))


@pytest.mark.parametrize(
    ("theirs", "kept", "conflicts"),
    [
        (None, Local("n", ADD, OLD), []),
        (OLD, None, []),
        ({**OLD, "nl": "zij"}, Local("n", CHANGE, {"nl": "oud"}), [("n:nl", Clash.ADDED)]),
    ],
)
def test_added_here_and_maybe_there(theirs: Any, kept: Local | None, conflicts: list[Any]) -> None:
    found = merge({}, {} if theirs is None else {"n": theirs}, [Local("n", ADD, OLD)])
    assert clashes(found.conflicts) == conflicts
    assert found.kept == (() if kept is None else (kept,))


@pytest.mark.parametrize(
    ("local", "theirs", "choice"),
    [
        (Local("a", CHANGE, {"nl": "wij"}), {"a": {**OLD, "nl": "zij"}}, "a:nl"),
        (Local("a", CHANGE, {"nl": "wij"}), {}, "a"),
        (Local("a", HIDE, {}), {"a": {**OLD, "nl": "zij"}}, "a"),
        (Local("n", ADD, OLD), {"a": OLD, "n": {**OLD, "nl": "zij"}}, "n:nl"),
    ],
)
def test_who_chooses_theirs_keeps_nothing_of_it(local: Local, theirs: Any, choice: str) -> None:
    found = merge({"a": OLD}, theirs, [local], choices={choice: Choice.THEIRS})
    assert found.kept == ()
    assert found.settled == (local.cell,)
    assert overlaid(theirs, found.kept) == theirs


def test_what_the_new_pack_does_is_told() -> None:
    found = merge({"a": OLD, "b": OLD}, {"a": {**OLD, "nl": "zij"}, "c": OLD}, [])
    assert (found.added, found.changed, found.removed) == (("c",), {"a": ("nl",)}, ("b",))


VALUES = st.sampled_from(["1", "2", "3"])
FIELDS = st.fixed_dictionaries({"nl": VALUES, "basis": VALUES})
PACKS = st.dictionaries(st.sampled_from("abc"), FIELDS)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Any, Any, list[Local]]:
    base, theirs, local = draw(PACKS), draw(PACKS), []
    for name in draw(st.sets(st.sampled_from("abcd"))):
        doing = draw(st.sampled_from([CHANGE, HIDE])) if name in base else ADD
        if doing is ADD:
            local.append(Local(name, ADD, draw(FIELDS)))
        elif doing is HIDE:
            local.append(Local(name, HIDE, {}))
        else:
            said = draw(FIELDS)
            differing = {key: value for key, value in said.items() if base[name][key] != value}
            if differing:
                local.append(Local(name, CHANGE, differing))
    return base, theirs, local


def plain(rows: Any) -> Any:
    return {key: {name: value for name, value in fields.items() if name != "local"} for key, fields in rows.items()}


@given(worlds())
def test_the_same_pack_again_changes_nothing(world: tuple[Any, Any, list[Local]]) -> None:
    base, _theirs, local = world
    found = merge(base, base, local)
    assert plain(overlaid(base, found.kept)) == plain(overlaid(base, local))
    assert not found.conflicts


@given(worlds())
def test_all_theirs_reads_as_theirs_where_it_clashed(world: tuple[Any, Any, list[Local]]) -> None:
    base, theirs, local = world
    found = merge(base, theirs, local)
    chosen = merge(base, theirs, local, choices=dict.fromkeys((each.id for each in found.conflicts), Choice.THEIRS))
    read = plain(overlaid(theirs, chosen.kept))
    for each in found.conflicts:
        if not each.field:
            assert read.get(each.cell) == theirs.get(each.cell)
        else:
            assert read[each.cell][each.field] == theirs[each.cell][each.field]


@given(worlds())
def test_all_ours_loses_nothing_of_ours(world: tuple[Any, Any, list[Local]]) -> None:
    base, theirs, local = world
    read = plain(overlaid(theirs, merge(base, theirs, local).kept))
    for each in local:
        if each.doing is HIDE:
            assert each.cell not in read
        else:
            assert {key: read[each.cell][key] for key in each.fields} == each.fields


@given(worlds())
def test_a_second_merge_finds_nothing_new(world: tuple[Any, Any, list[Local]]) -> None:
    base, theirs, local = world
    kept = merge(base, theirs, local).kept
    again = merge(theirs, theirs, kept)
    assert {each.cell: each for each in again.kept} == {each.cell: each for each in kept}
    assert not again.conflicts
