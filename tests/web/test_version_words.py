"""Versions of documents in words: every form that is read, and as it stands what is not."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.advisories.ranges import read_range, spelled
from dijkwacht.core.advisories.spoken import spoken
from dijkwacht.web.version_words import in_words, range_words, said_words

WORDS = (
    ("3.1", "3.1"),
    ("vers:unknown/3.1", "3.1"),
    ("vers:unknown/<3.2", "lower than 3.2"),
    ("vers:unknown/<=3.2", "3.2 and lower"),
    ("vers:unknown/>3.2", "higher than 3.2"),
    ("vers:npm/>=3.2", "3.2 and higher"),
    ("vers:unknown/>=2.0|<3.2", "from 2.0 up to 3.2"),
    ("vers:unknown/>=2.0|<=3.2", "from 2.0 through 3.2"),
    ("vers:unknown/>2.0|<3.2", "higher than 2.0, lower than 3.2"),
    ("vers:unknown/>2.0|<=3.2", "higher than 2.0, through 3.2"),
    ("vers:unknown/*", "all versions"),
    ("vers:all/*", "all versions"),
    ("vers:unknown/<1.5|>=2.0|<2.4", "lower than 1.5 and from 2.0 up to 2.4"),
    ("vers:unknown/>=2.0|<2.4|<1.5", "lower than 1.5 and from 2.0 up to 2.4"),  # in another order
    ("vers:unknown/<3.2|!=3.0", "lower than 3.2, but not 3.0"),
    ("vers:unknown/!=3.0|!=3.1", "all versions, but not 3.0 and 3.1"),
    ("vers:unknown/1.0|1.1|1.2", "1.0, 1.1 and 1.2"),
    ("vers:unknown/1.0%2B7", "1.0+7"),
    ("vers:unknown/" + "|".join(f"{n}.0" for n in range(1, 12)), "1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0 and 3 others"),
    # not understood whole, or a sentence: as it stands
    ("vers:unknown/>=2|<2", "“vers:unknown/>=2|<2”"),
    ("vers:unknown/*|<3", "“vers:unknown/*|<3”"),
    ("vers:unknown/<3.2|", "“vers:unknown/<3.2|”"),
    ("vers:unknown/zomaar iets", "“vers:unknown/zomaar iets”"),
    ("vers:unknown/up to 7.4", "“vers:unknown/up to 7.4”"),
    ("ouder dan 3.2", "“ouder dan 3.2”"),
    ("vers:", "“vers:”"),
)


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_in_words(text: str, words: str) -> None:
    with translation.override("en"):
        assert range_words(text) == words


def test_with_what_it_is_and_within_a_name() -> None:
    with translation.override("en"):
        said = [said_words(f"vers:unknown/{each}") for each in ("3.1", "<3.2", "*", "!=3.0", "1|2", "<")]
        named = in_words("Zaakzicht Zaaksysteem vers:unknown/>=2.0|<3.2 voor Windows")
        assert (
            in_words("Zaaksysteem <3.2 voor Windows", "vers:unknown/<3.2") == "Zaaksysteem lower than 3.2 voor Windows"
        )
        assert in_words("Zaaksysteem 3.1", "3.1") == "Zaaksysteem 3.1"
    assert said == [
        "version 3.1", "versions lower than 3.2", "all versions", "all versions, but not 3.0", "versions 1 and 2",
        "“vers:unknown/<”",
    ]  # fmt: skip
    assert named == "Zaakzicht Zaaksysteem from 2.0 up to 3.2 voor Windows"


SIGNS = st.sampled_from(["<", "<=", ">", ">=", "", "!="])


@given(st.lists(st.tuples(SIGNS, st.integers(1, 9).map(str)), min_size=1, max_size=5, unique_by=lambda each: each[1]))
def test_the_stretches_are_those_that_are_matched(constraints: list[tuple[str, str]]) -> None:
    """What a person is told covers the very versions that are compared."""
    text = spelled(constraints)
    means, told = read_range(text), spoken(text)
    if told is None:
        assert means.perhaps or not means.sure
        return
    for version in [f"{n}{tail}" for n in range(11) for tail in ("", ".5")]:
        number = float(version)
        inside = (
            any(
                each.all
                or (
                    (not each.low or number > float(each.low) or (each.low_in and number == float(each.low)))
                    and (
                        not each.high
                        or number < float(each.high)
                        or (bool(each.high_in) and number == float(each.high))
                    )
                )
                for each in told.stretches
            )
            and version not in told.holes
        )
        key = read_range(version).sure[0][0]
        assert inside == any(start <= key < stop for start, stop in means.sure), (text, version)
