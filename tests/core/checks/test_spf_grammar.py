"""The grammar of SPF: what RFC 7208 allows and what it does not, and that no text at all breaks the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.checks.spf_grammar import is_record, parse

SOUND = [
    "all", "-all", "ALL", "a", "a/24", "a//64", "a/24//64", "a:mail.dijkstad.nl", "a:mail.dijkstad.nl/28", "A:x.nl",
    "mx", "mx/0", "?mx:dijkstad.nl//128", "ptr", "ptr:dijkstad.nl", "ip4:192.0.2.1", "ip4:192.0.2.0/24", "ip4:0.0.0.0/0",
    "ip6:2001:db8::1", "ip6:2001:db8::/32", "ip6:::ffff:192.0.2.1", "exists:%{ir}.%{v}._spf.%{d2}", "include:a.nl",
    "include:_spf.a.nl.", "redirect=_spf.a.nl", "exp=uitleg.%{d}", "iets=%{s}%%%_%-", "x-y.z_1=", "exists:%{d1r+-}",
    "include:a-b.c-d", "exists:a.%{d}.b.nl", "include:a/b.nl",
]  # fmt: skip
WRONG = [
    "", "allen", "-all:", "all:x.nl", "mx:", "a:", "a/33", "a//129", "a/01", "a/", "a:x.nl/", "mx/24/64", "ip4", "ip4:",
    "ip4:192.0.2", "ip4:192.0.2.256", "ip4:192.0.2.01", "ip4:192.0.2.1/33", "ip4:192.0.2.1/", "ip4:192.0.2.1/024",
    "ip6:192.0.2.1", "ip6:2001:db8::g", "ip6:2001:db8::/129", "ip6:fe80::1%eth0", "include", "include:", "include:nl",
    "include:a..%", "include:a.1", "include:a.-b", "exists", "ptr:", "redirect=", "redirect:a.nl", "exp=", "+redirect=a.nl",
    "%{d}", "exists:%{z}.nl", "exists:%{d", "exists:%{c}.nl", "1x=y", "include=a.nl é", "--all", "a:x.nl//", "mx:a b",
]  # fmt: skip


@pytest.mark.parametrize("term", SOUND)
def test_sound(term: str) -> None:
    record = parse(f"v=spf1 {term}")
    assert record.wrong == ()
    assert len(record.terms) == 1


@pytest.mark.parametrize("term", [each for each in WRONG if each and " " not in each])
def test_wrong(term: str) -> None:
    record = parse(f"v=spf1 {term} -all")
    assert record.wrong == (term,)
    assert record.all == "-"


def test_a_redirect_or_explanation_stands_once() -> None:
    assert parse("v=spf1 redirect=a.nl redirect=b.nl").wrong == ("redirect=b.nl",)
    assert parse("v=spf1 exp=a.nl -all exp=b.nl").wrong == ("exp=b.nl",)
    assert parse("v=spf1 iets=1 iets=2 -all").wrong == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("v=spf1", True), ("V=SPF1 -all", True), ("v=spf1 ", True), ("v=spf10 -all", False), ("v=spf1;-all", False),
        (" v=spf1", False), ("", False), ("v=spf1\t-all", False),
    ],
)  # fmt: skip
def test_what_says_it_is_spf(text: str, says: bool) -> None:
    assert is_record(text) is says


def test_order_of_evaluation() -> None:
    kinds = [term.kind for term in parse("v=spf1 redirect=b.nl a exp=c.nl include:d.nl").evaluated()]
    assert kinds == ["a", "include", "redirect"]
    assert [term.kind for term in parse("v=spf1 a ~all mx redirect=b.nl").evaluated()] == ["a", "all"]


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for each in (text, f"v=spf1 {text}"):
        record = parse(each)
        assert len(record.wrong) <= 10
        assert all(len(word) <= 80 for word in record.wrong)


@given(st.lists(st.sampled_from(SOUND + [each for each in WRONG if " " not in each]), max_size=12))
def test_words_are_judged_one_by_one(terms: list[str]) -> None:
    """A word is right or wrong by itself, whatever stands beside it; only redirect and exp look at each other."""
    single = [each for each in terms if not each.lower().startswith(("redirect=", "exp="))]
    record = parse("v=spf1 " + "  ".join(single))
    assert list(record.wrong) == [each for each in single if each and parse(f"v=spf1 {each}").wrong][:10]


def test_a_long_record_is_read_in_no_time() -> None:
    assert len(parse("v=spf1 " + "exists:" + "%{d}" * 10_000 + "!").wrong) == 1
    assert len(parse("v=spf1 " + "a" * 60_000).wrong) == 1
