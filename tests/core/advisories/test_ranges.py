"""What a text means: which versions it takes in, which not, and of which it does not tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.advisories.ranges import ALL, NOT_UNDERSTOOD, covers, merged, read_range, spelled, unescaped
from dijkwacht.core.advisories.schemes import order_of
from dijkwacht.core.advisories.versions import BLANK, LITERALS, TOP, literal, version_key

CASES = [
    # text, taken in, left out
    ("vers:unknown/<3.2", "0.1 3.1 3.2-rc1", "3.2 3.2.0 3.2.1 10"),
    ("vers:unknown/<=3.2", "0.1 3.1 3.2", "3.2.1 10"),
    ("vers:unknown/3.2", "3.2 3.2.0", "3.1 3.2.1"),
    ("vers:unknown/1.0|2.0", "1.0 2.0", "1.5 3"),
    ("vers:unknown/>=1.0|<1.4|>=2|<2.3", "1.0 1.3.9 2.0 2.2", "0.9 1.4 1.9 2.3"),
    ("vers:npm/>1.0|<=1.4", "1.0.1 1.4", "1.0 1.4.1"),
    ("vers:unknown/>=2|<2.3|1.0", "1.0 2 2.2", "1.1 2.3"),
    ("vers:unknown/>=1|!=1.5|<2", "1 1.4 1.6", "1.5 2"),
    ("vers:unknown/!=2.0", "1 3", "2.0"),
    ("vers:unknown/<1|<2", "0.1 1.5", "2"),
    ("vers:unknown/>2|>3", "2.1 3 4", "2"),
    ("vers:unknown/*", "0 1 99", ""),
    ("vers:all/*", "0 1 99", ""),
    ("vers:all/<3", "2", "3 4"),
    ("vers:unknown/7.x", "7 7.0 7.9.9 7.0-rc1", "6.9 8 70"),
    ("vers:unknown/< 3.2", "3.1", "3.2"),
    ("vers:unknown/1.0%2B2", "1.0+2", "1.0"),
    ("< 3.2", "3.1", "3.2"),
    ("<=3.2", "3.2", "3.3"),
    ("≤ 3.2", "3.2", "3.3"),
    ("> 3", "3.1", "3 2"),
    (">= 3", "3", "2.9"),
    ("= 3", "3", "3.1"),
    ("prior to 7.4.1", "7.4", "7.4.1"),
    ("versions prior to 7.4.1", "7.4", "7.4.1"),
    ("versions before 2.1", "2.0", "2.1"),
    ("All versions before V2.1 SP1", "2.1", "2.1-SP1 2.2"),
    ("earlier than 2.1", "2.0", "2.1"),
    ("below version 3", "2", "3"),
    ("9.0 through 9.0.3", "9.0 9.0.3", "8.9 9.0.4"),
    (">= 2.0, < 2.4", "2.0 2.3", "1.9 2.4"),
    ("< 2.4, >= 2.0", "2.0 2.3", "1.9 2.4"),
    ("3.x", "3.0 3.9", "2 4 30"),
    ("3.4.x", "3.4.0 3.4.9", "3.3 3.5"),
    ("3.0.x", "3.0 3.0.0 3.0.7 3.0.0-rc1", "3.1 2.9"),
    ("8.x before 8.4", "8.0 8.3", "8.4 7.9 8.5"),
    ("all versions", "1 2", ""),
    ("All Versions", "1", ""),
    ("alle versies", "1", ""),
    ("alle Versionen", "1", ""),
    ("*", "1", ""),
    ("3.2 and earlier", "3.1 3.2", "3.3"),
    ("3.2 and prior versions", "3.2", "3.3"),
    ("3.2 and below", "3.2", "3.3"),
    ("3.2 en ouder", "3.2", "3.3"),
    ("3.2 en eerder", "3.2", "3.3"),
    ("V3.2 und früher", "3.2", "3.3"),
    ("3.2 oder älter", "3.2", "3.3"),
    ("3.2 and later", "3.2 9", "3.1"),
    ("3.2 or newer", "3.2", "3.1"),
    ("3.2 en hoger", "3.2", "3.1"),
    ("3.2+", "3.2 4", "3.1"),
    ("up to and including 4.5", "4.5", "4.6"),
    ("up to 4.5 (including)", "4.5", "4.6"),
    ("up to (excluding) 5.0", "4.9", "5.0 5.1"),
    ("t/m 3.1", "3.1", "3.2"),
    ("tot en met 3.1", "3.1", "3.2"),
    ("bis einschließlich 2.1", "2.1", "2.2"),
    ("ouder dan 3", "2.9", "3"),
    ("eerder dan 3.4", "3.3", "3.4"),
    ("versies voor 3.4", "3.3", "3.4"),
    ("alle versies vóór 3.4", "3.3", "3.4"),
    ("vor 2.1", "2.0", "2.1"),
    ("Versionen vor 2.1", "2.0", "2.1"),
    ("3.0 before 3.4", "3.0 3.3", "2.9 3.4"),
    ("V1.0 < V2.0", "1.0 1.9", "0.9 2.0"),
    ("7.2.0 - 7.2.4", "7.2.0 7.2.4", "7.1 7.2.5"),
    ("7.2.0 – 7.2.4", "7.2.0 7.2.4", "7.2.5"),
    ("versions 7.2.0 through 7.2.4 and 7.4.0 through 7.4.1", "7.2.3 7.4.1", "7.3 7.4.2"),
    ("before 2.0, 3.0 before 3.4", "1 3.1", "2.0 2.5 3.4"),
    ("1.0, 2.0 and 3.0", "1.0 2.0 3.0", "1.5"),
    ("12.0 SP1 and below", "12.0 12.0-SP1", "12.0-SP2 12.1"),
    ("vanaf 3.0 t/m 3.5", "3.0 3.5", "2.9 3.6"),
    ("12.2(33)SXJ", "12.2(33)SXJ", "12.2(33)SXJ1"),
    ("< 15SU2", "15SU1 15", "15SU2"),
    ("3.2 only", "3.2", "3.3"),
]


@pytest.mark.parametrize(("text", "inside", "outside"), CASES, ids=[case[0] for case in CASES])
def test_meaning(text: str, inside: str, outside: str) -> None:
    found = read_range(text)
    assert found.why == ""
    assert found.perhaps == ()
    assert [each for each in inside.split() if not covers(found.sure, version_key(each))] == []
    assert [each for each in outside.split() if covers(found.sure, version_key(each))] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "see advisory",
        "zie leverancier",
        "n/a",
        "unspecified",
        "< 3.2 on Windows",
        "vers:unknown/",
        "vers:unknown/*|<3",
        "vers:unknown/n/a",
        "vers:unknown/unspecified",
        "vers:unknown/<",
        "vers:unknown/<alle",
        "vers:unknown/||",
        "3.2 bugfix only for x",
        "between 3 and 2",
        ">= 3, < 2",
        "vers:unknown/>=2|<1|<2",
        "and",
        "<",
        "10.1.0-10.1.14-h1",
        "vers:unknown/>=1|!=1|<=1",
        "before the fix",
        "3.2 - ",
        "1.0" + ", 1.0" * 60,
        "< 3" + " " * 400 + "x",
    ],
)
def test_not_understood(text: str) -> None:
    found = read_range(text)
    assert found.sure == ()
    assert found.perhaps == (ALL,)
    assert found.why == "range_not_understood"


@pytest.mark.parametrize(
    "text", ["up to 4.5", "bis 4.5", "tot 4.5", "until 4.5", "from 1 to 4.5", "vanaf 1 tot 4.5", "between 1 and 4.5"]
)
def test_an_end_of_which_the_text_does_not_tell(text: str) -> None:
    found = read_range(text)
    assert covers(found.sure, version_key("4.4"))
    assert not covers(found.sure, version_key("4.5"))
    assert covers(found.perhaps, version_key("4.5"))
    assert not covers(found.perhaps, version_key("4.6"))
    assert found.why == "range_end_unclear"


def test_weight_follows_how_precise_a_text_is() -> None:
    assert [read_range(each).weight for each in ("3.2", "vers:unknown/3.2", "1.0|2.0", "vers:unknown/1.0|2.0")] == [
        3,
        3,
        2,
        3,
    ]
    assert [read_range(each).weight for each in ("< 3", "3.x", "vers:unknown/1|<0.5", "vers:all/*", "all")] == [
        2,
        2,
        2,
        1,
        1,
    ]


def test_a_text_that_is_no_version_is_met_by_the_same_text() -> None:
    found = read_range("vers:unknown/Windows 10 1809")
    assert covers(found.sure, literal("windows 10 1809"))
    assert not covers(found.sure, literal("windows 10 1909"))
    assert covers(found.perhaps, version_key("3"))


def test_an_open_end_does_not_take_in_what_has_no_version() -> None:
    assert not covers(read_range(">= 3").sure, BLANK)
    assert not covers(read_range("vers:unknown/!=3").sure, BLANK)
    assert covers(read_range("vers:unknown/*").sure, BLANK)


def test_a_known_scheme_decides_the_order() -> None:
    pypi = order_of("pypi")
    assert covers(read_range("vers:pypi/<1.0", pypi).sure, pypi("1.0.dev1"))
    assert not covers(read_range("vers:pypi/<1.0", pypi).sure, pypi("1.0.post1"))
    assert covers(read_range("3.x", pypi).sure, pypi("3.9"))
    assert not covers(read_range("3.x", pypi).sure, pypi("4.0"))


dotted = st.lists(st.integers(0, 30), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts)))


@given(st.sampled_from(["<", "<=", ">", ">=", "="]), dotted, dotted)
def test_one_constraint_compares(operator: str, end: str, version: str) -> None:
    key, limit = version_key(version), version_key(end)
    wanted = {"<": key < limit, "<=": key <= limit, ">": key > limit, ">=": key >= limit, "=": key == limit}[operator]
    if operator == "<" and limit == version_key("0"):
        return
    assert covers(read_range(f"vers:unknown/{operator}{end}").sure, key) is wanted
    assert covers(read_range(f"{operator} {end}").sure, key) is wanted


@given(st.text(max_size=60))
def test_any_text_gives_a_range(text: str) -> None:
    for each in (text, f"vers:unknown/{text}", f"prior to {text}", f"vers:x/<{text}|>=1"):
        found = read_range(each)
        assert merged((*found.sure, *found.perhaps))
        assert found is NOT_UNDERSTOOD or all("" <= start < stop <= TOP for start, stop in merged(found.sure))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_spelling_keeps_every_sign(version: str) -> None:
    text = spelled([(">=", version), ("<", version)])
    assert [unescaped(each) for each in text.partition("/")[2].split("|")] == [f">={version}", f"<{version}"]


def test_stretches_are_joined() -> None:
    assert merged([("b", "c"), ("a", "b"), ("x", "x"), ("d", "f"), ("e", "g")]) == (("a", "c"), ("d", "g"))
    assert merged([("", LITERALS), (LITERALS, TOP)]) == (ALL,)
