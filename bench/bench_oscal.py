"""OSCAL: reading, resolving, storing, carrying and writing, and how many lines follow a change in BIO2. Never asserts.

Usage: python -m bench.bench_oscal
With DIJKWACHT_OSCAL_CONTENT=FOLDER also the published content of NIST that lies there.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from bench.bench_import import took
from dijkwacht.adapters.oscal import write
from dijkwacht.adapters.oscal.bundle import read
from dijkwacht.adapters.oscal.bundle import write as written
from dijkwacht.core.dependencies import Dependencies
from dijkwacht.core.framework import Map, Roads
from dijkwacht.core.packdiff import diffs
from dijkwacht.core.relations import derived
from dijkwacht.core.verdict import Status
from dijkwacht.norms.read import norms_on
from tests.adapters.oscal import made

ON = date(2026, 11, 25)
CONTROLS = 1200


def large() -> bytes:
    """A catalog of about the size and form of NIST SP 800-53 revision 5."""
    controls: list[dict[str, Any]] = []
    for index in range(CONTROLS):
        prose = "De organisatie doet dit " * 12 + f"{{{{ insert: param, c-{index}_p }}}}"
        items = [{"id": f"c-{index}_smt.{letter}", "name": "item", "prose": prose} for letter in "abc"]
        part = {"id": f"c-{index}_smt", "name": "statement", "parts": items}
        link = {"href": f"#c-{(index * 7) % CONTROLS}", "rel": "related"}
        params = [{"id": f"c-{index}_p", "label": "hoe vaak"}]
        controls.append(
            {"id": f"c-{index}", "title": f"Regel {index}", "params": params, "parts": [part], "links": [link]}
        )
    return made.raw({"catalog": {"uuid": made.uuid(1), "metadata": made.head(), "controls": controls}})


def ours() -> None:
    """Reading and writing of what this program makes."""
    norms, content = norms_on(ON), large()
    print(f"catalog of {CONTROLS} controls, {len(content) / 1e6:.1f} MB")
    found = took("  read and checked", lambda: read([("c.json", content)]), 3)
    took("  written again", lambda: written(found.files[0].document), 3)
    profile = made.raw(made.profile(href="c.json", merge={"as-is": True}))
    took("  with a profile over all of it, resolved", lambda: read([("p.json", profile), ("c.json", content)]), 3)
    maps = [Map(each.relation, each.sources, each.targets) for each in derived(norms, source="bio2", target="iso27002")]
    statuses = {name: Status.MET for name in norms.requirements if name.startswith("bio2:")}
    roads = Roads.of(maps)
    took(
        f"verdicts over {len(maps)} maps to 93 lines",
        lambda: [roads.carried(each, statuses) for each in roads.pairs],
        5,
    )
    statement = made.statement()
    took("assessment results of a statement", lambda: write.assessment_results(statement, norms), 5)
    took("catalog of BIO2", lambda: write.catalog(norms, "bio2"), 5)
    took("difference of all packs with themselves", lambda: diffs(norms, norms), 3)


def published(folder: Path) -> None:
    """The content of NIST, as far as it is there."""
    for name in sorted(folder.glob("NIST*rev?_*catalog.json")):
        content = name.read_bytes()
        found = took(
            f"{name.name[:46]}, {len(content) / 1e6:.1f} MB", lambda content=content: read([("c.json", content)]), 2
        )
        same = json.loads(written(found.files[0].document)) == json.loads(content)
        print(f"  {found.files[0].counts}, refused {len(found.refused)}, round trip {'equal' if same else 'NOT EQUAL'}")


def follow() -> None:
    """Of every other norm the lines that rest on an answer on which BIO2 rests too."""
    norms = norms_on(ON)
    needs = Dependencies(norms).facts
    shared = set().union(*(needs[name] for name in norms.requirements if name.startswith("bio2:")))
    for catalog in norms.catalogs:
        names = [name for name in norms.requirements if name.startswith(f"{catalog}:")]
        print(
            f"{catalog}: {sum(1 for name in names if needs[name] & shared)} of {len(names)} lines follow a change in BIO2"
        )


if __name__ == "__main__":
    ours()
    if folder := os.environ.get("DIJKWACHT_OSCAL_CONTENT"):
        published(Path(folder))
    follow()
