"""The page with computed gaps and overlaps tells what the pack gives now."""

from dijkwacht.norms.landscape import landscape_pack
from tools.landscape import PAGE, computed, renewed


def test_the_page_is_as_it_is_computed() -> None:
    page, held = PAGE.read_text(encoding="utf-8"), landscape_pack().landscape
    assert renewed(page, held) == page
    assert page.count("| no actor found |") == 19
    assert computed(held) in page
