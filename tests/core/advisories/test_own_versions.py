"""What a person writes of versions, as CSAF wants it: only what we read back as the very same versions is accepted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.advisories.own_versions import LONGEST, Unclear, read_versions
from dijkwacht.core.advisories.ranges import read_range


@pytest.mark.parametrize(
    ("text", "form", "means"),
    [
        ("", "none", ""),
        ("  3.1 ", "version", "3.1"),
        ("ouder dan 3.2", "range", "vers:unknown/<3.2"),
        ("vóór 3.2", "range", "vers:unknown/<3.2"),
        ("3.0 t/m 3.1", "range", "vers:unknown/>=3.0|<=3.1"),
        ("tot en met 3.1", "range", "vers:unknown/<=3.1"),
        ("3.1 en ouder", "range", "vers:unknown/<=3.1"),
        ("vanaf 3", "range", "vers:unknown/>=3"),
        ("3.2, 3.1", "range", "vers:unknown/3.1|3.2"),
        ("1.0 t/m 1.9 en 2.0 t/m 2.3", "range", "vers:unknown/>=1.0|<=1.9|>=2.0|<=2.3"),
        ("<3, <3", "range", "vers:unknown/<3"),
        ("3.x", "range", "vers:unknown/>=3|<4"),
        ("10.x, 11.x", "range", "vers:unknown/>=10|<12"),
        ("older than 3.2", "range", "vers:unknown/<3.2"),
        ("alle versies", "range", "vers:all/*"),
        ("vers:semver/>=1.0.0|<2.0.0", "range", "vers:semver/>=1.0.0|<2.0.0"),
    ],
)
def test_what_is_understood(text: str, form: str, means: str) -> None:
    found = read_versions(text)
    assert (found.form, found.text) == (form, means)


@pytest.mark.parametrize(
    ("text", "code", "version"),
    [
        ("tot 3.2", "end_unclear", "3.2"),  # is 3.2 itself meant?
        ("vanaf 3.0 tot 3.2", "end_unclear", "3.2"),
        ("de nieuwste", "not_understood", ""),
        ("latest", "not_understood", ""),
        ("3.1 en een beetje", "not_understood", ""),
        ("vers:semver/", "not_understood", ""),
        ("vers:semver/>=1|<é", "not_understood", ""),
        ("alle versies, 3.1", "not_understood", ""),
        ("1" * (LONGEST + 1), "too_long", ""),
    ],
)
def test_what_leaves_a_doubt_is_sent_back(text: str, code: str, version: str) -> None:
    with pytest.raises(Unclear) as error:
        read_versions(text)
    assert (error.value.code, error.value.version) == (code, version)


NUMBERS = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,2}", fullmatch=True)
SAID = st.one_of(
    NUMBERS,
    st.builds("ouder dan {}".format, NUMBERS),
    st.builds("{} t/m {}".format, NUMBERS, NUMBERS),
    st.builds("{} en nieuwer".format, NUMBERS),
    st.lists(NUMBERS, min_size=1, max_size=4).map(", ".join),
    st.text(max_size=30),
)


@settings(max_examples=150, deadline=None)
@given(SAID)
def test_what_is_accepted_means_what_was_written(text: str) -> None:
    try:
        found = read_versions(text)
    except Unclear:
        return
    if found.form == "none":
        assert not text.strip()
        return
    means = read_range(found.text)
    assert means.sure
    assert not means.perhaps
    if not any(each.wild for each in found.stretches):
        assert means.sure == read_range(" ".join(text.split())).sure
