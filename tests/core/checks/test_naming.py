"""Names as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.checks.naming import NameProblem, host_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Voorbeeld.NL", "voorbeeld.nl"),
        (" https://www.voorbeeld.nl/pad?x=1 ", "www.voorbeeld.nl"),
        ("voorbeeld.nl.", "voorbeeld.nl"),
        ("voorbeeld.nl:8443", "voorbeeld.nl"),
        ("beheer@voorbeeld.nl", "voorbeeld.nl"),
        ("café.nl", "xn--caf-dma.nl"),
        ("_dmarc.voorbeeld.nl", "_dmarc.voorbeeld.nl"),
    ],
)
def test_what_is_meant(text, name):
    assert host_name(text) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"), ("   ", "empty"), ("127.0.0.1", "address"), ("http://[::1]/", "address"), ("localhost", "single"),
        ("a..b", "label"), ("-a.nl", "label"), ("a-.nl", "label"), ("a b.nl", "label"), ("x" * 64 + ".nl", "label"),
        (".".join(["abcdefghij"] * 30), "too_long"), ("voorbeeld.123", "ends_in_number"), ("*.voorbeeld.nl", "label"),
    ],
)  # fmt: skip
def test_what_is_wrong(text, code):
    with pytest.raises(NameProblem) as caught:
        host_name(text)
    assert caught.value.code == code


@given(st.text(max_size=300))
def test_any_text_is_a_name_or_a_problem_and_a_name_stays_itself(text):
    try:
        name = host_name(text)
    except NameProblem:
        return
    assert host_name(name) == name
    assert name == name.lower()
    assert len(name) <= 253
