"""The picture of dependence: every name is text, whatever it holds, and what stopped shows without its colour."""

import re

import pytest
from defusedxml.ElementTree import fromstring
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.web.graph import SIZE, Picture, Thing, graph
from dijkwacht.web.graph_text import plain, width, wrapped

KINDS = ("Gemeente", "Proces", "Dienst", "Leverancier", "Onderaannemer")
HOSTILE = (
    "</title><script>alert(1)</script>",
    '"><a href="javascript:x">',
    "&lt;b&gt;",
    "a\x00b\u202ec\ud800",
    "' onload='x",
    "",
)


def picture(*things: Thing, pairs: tuple[tuple[str, str], ...] = (), most: int = SIZE.most) -> Picture:
    return Picture("Wat hangt aan wat", KINDS, things, pairs, most)


CHAIN = picture(
    Thing("g", 0, "Dijkstad"), Thing("p", 1, "Burgerzaken", stopped=True, note="stopt na 4 uur"),
    Thing("s", 3, "Voorbeeld Software", stopped=True), pairs=(("g", "p"), ("p", "s")),
)  # fmt: skip


def test_it_is_one_image_with_a_name_and_a_description_and_nothing_that_the_pages_forbid() -> None:
    with translation.override("en"):
        found = graph(CHAIN, key="g1")
    svg = fromstring(found)
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "g1-t g1-d"
    assert svg.find("title").text == "Wat hangt aan wat"
    assert svg.find("desc").text == "3 parts in columns: Gemeente, Proces, Leverancier. 2 of them stop."
    assert "style=" not in found
    assert "<script" not in found
    ids = re.findall(r' id="([^"]+)"', found)
    assert len(ids) == len(set(ids)) == 5


def test_what_stopped_differs_in_shape_and_words_and_so_do_the_lines_between() -> None:
    svg = fromstring(graph(CHAIN, key="g1"))
    boxes = {each.find("title").text: each for each in svg.iter("g")}
    assert boxes["Burgerzaken, stopt na 4 uur"].find("path").get("class") == "graph__cross"
    assert boxes["Burgerzaken, stopt na 4 uur"].find("text[@class='graph__note']").text == "stopt na 4 uur"
    assert boxes["Dijkstad"].find("path") is None
    kinds = [each.get("class") for each in svg.findall("path")]
    assert kinds == ["graph__line graph__line--on", "graph__line graph__line--stopped"]


def test_with_addresses_it_is_a_group_of_links_with_names() -> None:
    found = picture(Thing("a", 0, "Een lange naam " * 9, url="/x?a=1&b=2"), Thing("b", 1, "Zonder adres"))
    svg = fromstring(graph(found, key="g1"))
    assert svg.get("role") == "group"
    (link,) = svg.iter("a")
    assert (link.get("href"), link.find("title").text) == ("/x?a=1&b=2", ("Een lange naam " * 9).strip())
    lines = [each.text for each in link.iter("tspan")]
    assert len(lines) == 2
    assert lines[-1].endswith("…")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str) -> None:
    things = (Thing(name or "x", 0, name, url="/a", note=name), Thing("b", 1, name, stopped=True))
    found = graph(Picture(name, (name, name), things, ((name or "x", "b"),)), key="g1")
    svg = fromstring(found.encode())
    assert not list(svg.iter("script"))
    assert len(list(svg.iter("a"))) == 1
    assert svg.find("title").text == plain(name)
    assert not {key for each in svg.iter() for key in each.attrib if key.startswith("on")}


def test_more_than_fit_are_folded_and_counted_and_what_stopped_is_told() -> None:
    things = tuple(Thing(f"s{at}", 3, f"Leverancier {at}", stopped=at < 8) for at in range(20))
    with translation.override("en"):
        svg = fromstring(graph(picture(*things, most=6), key="g1"))
    boxes = list(svg.iter("g"))
    assert len(boxes) == 6
    told = [each.find("title").text for each in boxes]
    assert "and 15 more, 3 of them stop" in told


def test_nothing_to_draw_and_what_is_wrong() -> None:
    assert graph(picture(), key="g1") == ""
    with pytest.raises(ValueError, match="twice"):
        graph(picture(Thing("a", 0, "A"), Thing("a", 1, "B")), key="g1")
    with pytest.raises(ValueError, match="a is of a kind without a heading"):
        graph(picture(Thing("a", 5, "A")), key="g1")


def test_the_component_shows_the_drawing_its_legend_and_the_table() -> None:
    shown = Template("{% load graph %}{% graph picture table=table %}{% graph picture %}")
    with translation.override("en"):
        page = shown.render(Context({"picture": CHAIN, "table": "rows", "request": RequestFactory().get("/")}))
        nothing = shown.render(Context({"picture": picture(), "table": "", "request": RequestFactory().get("/")}))
    assert page.count('<svg class="graph__drawing"') == 2
    assert 'id="graph-1-t"' in page
    assert 'id="graph-2-t"' in page
    assert page.count("<details") == 1
    assert "stops along with it" in page
    assert "There is nothing to draw yet." in nothing


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.integers(40, 300), st.integers(1, 3))
def test_lines_fit_and_nothing_is_lost_but_what_is_cut(text: str, room: int, most: int) -> None:
    lines = wrapped(text, room, most=most)
    assert 1 <= len(lines) <= most
    assert all(width(line) <= room for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(plain(text).split())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.text(max_size=60), st.booleans(), st.text(max_size=20)), max_size=40))
def test_every_text_stands_within_its_box(rows: list[tuple[int, str, bool, str]]) -> None:
    things = tuple(
        Thing(str(at), kind, name, stopped=gone, note=note) for at, (kind, name, gone, note) in enumerate(rows)
    )
    found = graph(picture(*things), key="g1")
    for box in fromstring(found.encode()).iter("g") if found else ():
        shape = box.find("rect[@class='graph__shape']")
        top, bottom = int(shape.get("y")), int(shape.get("y")) + int(shape.get("height"))
        spots = [int(each.get("y")) for each in box.iter() if each.tag in ("tspan", "text") and each.get("y")]
        assert all(top + 10 <= y <= bottom - 6 for y in spots)
