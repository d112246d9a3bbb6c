"""Front pages: whom they load from, what made them, and how alike two are."""

import difflib

from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.probing.page import likeness, organisational, read

URL = "https://www.dijkstad.example/"


def test_what_a_page_loads() -> None:
    found = read(
        URL,
        b"""<!doctype html><html><head><META NAME="Generator" content='WordPress 5.8.1'>
        <script src="/static/jquery-1.12.4.min.js"></script><script>var a = "<img src=//x.example>"</script>
        <script async src=https://cdn.volger.example/t.js></script>
        <link rel="stylesheet" href="http://stijl.example/a.css"><link rel=canonical href="https://elders.example/">
        <!-- <script src="https://oud.example/x.js"></script> -->
        <img src="https://media.dijkstad.example/b.png"><iframe src='//kaart.example/'></iframe>
        <img src="data:image/png;base64,AA"></head></html>""",
    )
    assert found.generator == "WordPress 5.8.1"
    assert found.scripts == ("/static/jquery-1.12.4.min.js", "https://cdn.volger.example/t.js")
    assert set(found.third_parties) >= {"cdn.volger.example", "stijl.example", "kaart.example"}
    assert not {"elders.example", "oud.example", "media.dijkstad.example"} & set(found.third_parties)
    assert found.insecure == ("http://stijl.example/a.css",)


def test_a_base_moves_what_is_relative() -> None:
    found = read(URL, b'<base href="https://cdn.example/"><script src="a.js"></script>')
    assert found.third_parties == ("cdn.example",)


def test_only_an_https_page_has_insecure_resources() -> None:
    assert read("http://a.example/", b'<img src="http://b.example/x.png">').insecure == ()


def test_there_is_a_limit() -> None:
    found = read(URL, b"".join(b'<img src="https://h%d.example/">' % each for each in range(5000)))
    assert len(found.third_parties) == 500


@settings(max_examples=200)
@given(body=st.binary(max_size=400) | st.text("<>scriptimg=\"' /srchttp:.!-\x00\n", max_size=300).map(str.encode))
def test_nothing_raises(body: bytes) -> None:
    found = read(URL, body)
    assert all(ord(letter) >= 32 for each in (*found.scripts, *found.third_parties, found.generator) for letter in each)


def test_long_nonsense_is_read_in_linear_time() -> None:
    for piece in (b"<!--", b"<script ", b'<img a="', b"<a=" * 3, b"<script src='"):
        read(URL, piece * (500_000 // len(piece)))


def test_the_registrable_domain() -> None:
    assert organisational("a.b.dijkstad.example") == "dijkstad.example"
    assert organisational("www.gemeente.nl") == "gemeente.nl"
    assert organisational("localhost") == "localhost"


@settings(max_examples=200)
@given(one=st.text("abc <>", max_size=60), other=st.text("abc <>", max_size=60))
def test_likeness_is_the_quick_ratio_of_difflib(one: str, other: str) -> None:
    wanted = difflib.SequenceMatcher(None, one, other).quick_ratio()
    assert abs(likeness(one.encode(), other.encode()).ratio - wanted) < 1e-9


def test_a_nonce_makes_no_difference() -> None:
    page = b'<script nonce="%s">x</script><input name=\'__VIEWSTATE\' id="__VIEWSTATE" value="%s">'
    assert likeness(page % (b"abc", b"1" * 500), page % (b"zzzzz", b"2" * 900)).ratio == 1.0
    assert likeness(b"", b"").ratio == 1.0
    assert likeness(b"a", b"").ratio == 0.0
