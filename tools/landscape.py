"""The computed gaps and overlaps in docs/landscape.md: ``python tools/landscape.py`` writes them, ``check`` compares."""

import sys
from pathlib import Path

from dijkwacht.core.landscape.about import place_of
from dijkwacht.core.landscape.cells import Landscape
from dijkwacht.core.landscape.findings import Assigned, Lack, gaps, overlaps
from dijkwacht.norms.landscape import landscape_pack

PAGE = Path(__file__).resolve().parents[1] / "docs" / "landscape.md"
BEGIN, END = "<!-- computed: python tools/landscape.py -->\n", "<!-- end of computed -->\n"
LACKS = {
    Lack.NOBODY: "no actor found", Lack.PROPOSALS: "only a proposal", Lack.PRACTICE: "practice, no law",
    Lack.OUTSIDE: "nobody of the municipality",
}  # fmt: skip
ASSIGNED = {Assigned.ALL: "all by law", Assigned.SOME: "some by law", Assigned.NONE: "none by law"}


def computed(held: Landscape) -> str:
    """The two tables."""
    missing, double = gaps(held), overlaps(held)
    lines = [
        f"Pack {held.version} of {held.as_of.isoformat()}: {len(held.cells)} cells, {len(held.boxes())} places, "
        f"{len(missing)} gaps, {len(double)} overlaps.",
        "", "### Gaps", "| place | why | who stands there all the same |", "|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {place_of(held, each.box.id, 'en')} | {', '.join(LACKS[lack] for lack in each.lacks)} | {_who(held, each.cells)} |"
        for each in missing
    ]
    lines += ["", "### Overlaps", "| place | role | actors | assigned |", "|---|---|---|---|"]
    lines += [
        f"| {place_of(held, each.box.id, 'en')} | {held.roles[each.role].name['en']} | {_who(held, each.cells)} | "
        f"{ASSIGNED[each.assigned]} |"
        for each in double
    ]
    return "\n".join(lines) + "\n"


def renewed(page: str, held: Landscape) -> str:
    """The page with the tables as they are now."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}{computed(held)}{END}{rest.split(END)[1]}"


def _who(held: Landscape, cells: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(held.actors[held.cells[name].actor].name["en"] for name in cells)) or "–"


def main() -> int:
    """0: the page is as it should be."""
    page = PAGE.read_text(encoding="utf-8")
    now = renewed(page, landscape_pack().landscape)
    if sys.argv[1:] == ["check"]:
        return int(page != now)
    PAGE.write_text(now, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
