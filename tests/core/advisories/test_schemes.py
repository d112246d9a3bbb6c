"""Known schemes, held against `univers`, which compares by rules of its own making."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from univers import versions as known

from dijkwacht.core.advisories.schemes import order_of, semver_key
from dijkwacht.core.advisories.versions import LITERALS, version_key

SMALL = r"(0|[1-9][0-9]?)"
# Of Maven only words behind a hyphen: its documentation says that a point is the same there, which its code of old did not do,
# and 1.0.beta < 1 < 1.0-1 < 1.0.beta is what came of it.
FORMS = {
    "pypi": (known.PypiVersion, rf"({SMALL}!)?{SMALL}(\.{SMALL}){{0,3}}((a|b|rc){SMALL})?(\.post{SMALL})?(\.dev{SMALL})?"),
    "npm": (known.SemverVersion, rf"{SMALL}\.{SMALL}\.{SMALL}(-[a-c0-9]([a-c]|\.{SMALL}|\.[a-c]){{0,2}})?"),
    "nuget": (known.NugetVersion, rf"{SMALL}\.{SMALL}\.{SMALL}(\.{SMALL})?(-[a-c]([a-c]|\.{SMALL}|\.[a-c]){{0,2}})?"),
    "golang": (known.GolangVersion, rf"v{SMALL}\.{SMALL}\.{SMALL}(-(rc|beta)\.{SMALL})?"),
    "maven": (known.MavenVersion, rf"{SMALL}(\.{SMALL}){{0,3}}(-[1-9])?(-?((alpha|beta|rc|SNAPSHOT|sp|x)(-?[1-9])?|final))?"),
    "deb": (known.DebianVersion, rf"({SMALL}:)?{SMALL}([.+~a-c]{{1,2}}{SMALL}){{0,3}}(-{SMALL}([+~a-c.]{SMALL})?)?"),
    "rpm": (known.RpmVersion, rf"({SMALL}:)?{SMALL}([.~^]{SMALL}|[a-c]{{1,2}}){{0,3}}-{SMALL}(\.(el|fc){SMALL})?"),
    "gem": (known.RubygemsVersion, rf"{SMALL}(\.{SMALL}){{0,3}}(\.(a|b|pre|rc){SMALL}?)?"),
}  # fmt: skip


@pytest.mark.parametrize("scheme", FORMS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_same_order_as_univers(scheme: str, data: st.DataObject) -> None:
    kind, form = FORMS[scheme]
    texts = st.from_regex(form, fullmatch=True).filter(str.isascii)
    one, other = data.draw(texts), data.draw(texts)
    order = order_of(scheme)
    a, b = order(one), order(other)
    assert a
    assert b
    left, right = _read(kind, one), _read(kind, other)
    assert ((a < b), (a == b)) == ((left < right), (left == right)), (one, other, a, b)


def _read(kind: Any, text: str) -> Any:
    try:
        return kind(text)
    except known.InvalidVersion:
        assume(False)


@pytest.mark.parametrize("scheme", FORMS)
@given(st.one_of(st.text(max_size=20), st.text("0123456789.-+~^abcrv:!_ ", max_size=20)))
def test_a_key_is_plain(scheme: str, text: str) -> None:
    key = order_of(scheme)(text)
    assert key == "" or (all(" " <= each < "~" for each in key) and "" < key < LITERALS and key.endswith("*"))


@pytest.mark.parametrize(
    ("scheme", "chain"),
    [
        (
            "semver",
            [
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0",
            ],
        ),
        ("deb", ["1.0~~", "1.0~~a", "1.0~", "1.0", "1.0-1", "1.0a", "1.0+b", "1.1", "1:0.1"]),
        ("rpm", ["1.0~rc1-1", "1.0-1", "1.0-1.el8", "1.0-2", "1.0^git1-1", "1.0a-1", "1.0.1-1", "1:0.9-1"]),
        (
            "pypi",
            ["1.dev0", "1.0a1.dev1", "1.0a1", "1.0b1", "1.0rc1", "1.0", "1.0+local", "1.0.post1", "1.0.1", "1!0.1"],
        ),
        ("gem", ["1.0.a", "1.0.b1", "1.0.pre", "1.0", "1.0.1"]),
        ("maven", ["1-alpha-1", "1-beta-1", "1-rc", "1-SNAPSHOT", "1", "1-sp", "1-abc", "1-1", "1.1"]),
        ("nuget", ["1.0.0-Alpha", "1.0.0-beta", "1.0.0", "1.0.0.1", "1.0.1"]),
    ],
)
def test_orders_that_each_scheme_describes(scheme: str, chain: list[str]) -> None:
    keys = [order_of(scheme)(each) for each in chain]
    assert all(keys)
    assert keys == sorted(set(keys))


def test_a_type_without_a_scheme_has_the_general_order() -> None:
    assert order_of("generic") is order_of("") is version_key


@pytest.mark.parametrize("text", ["", "x", "1.0.0.0.0", "1..0", "v", "1.0.0-é", "1.0.0\n\n2", "1" * 41])
def test_semver_refuses(text: str) -> None:
    assert semver_key(text) == ""
