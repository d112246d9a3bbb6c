"""Letters of a sentence."""

import pytest

from dijkwacht.core.text import capital


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("ja, per kwartaal", "Ja, per kwartaal"),
        ("loket.dijkstad.example", "loket.dijkstad.example"),
        ("loket.dijkstad.example is bereikbaar", "loket.dijkstad.example is bereikbaar"),
        ("nee. Nooit", "Nee. Nooit"),
        ("", ""),
    ],
)
def test_a_capital_in_front_but_not_of_a_domain(sentence: str, said: str) -> None:
    assert capital(sentence) == said
