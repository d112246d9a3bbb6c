"""The index, the plain rows and a database find what comparing each with each finds."""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.advisories.index import Notices, Registers
from dijkwacht.core.advisories.matching import judge
from dijkwacht.core.advisories.naming import Alias, Aliases
from dijkwacht.core.advisories.rows import Row, places_of, rows_of, stronger
from dijkwacht.core.advisories.shapes import Advisory, Asset, Outcome, ProductLine, Said, Vulnerability
from tests.core.advisories.matching_made import advisory, asset, line

JOIN = """
    select r.advisory, p.asset, max(r.strength) from row r join place p
    on p.product = r.product and r.start {collate} <= p.version {collate} and p.version {collate} < r.stop {collate}
    group by r.advisory, p.asset
"""
VERSIONS = ["", "1", "1.0", "1.5", "2", "2.0", "2.0.0", "2.0-rc1", "2 SP1", "3", "10", "alle", "Windows 10", "-",
            "22H2", "21h2", "19045", "19045.5131", "19045.6000", "10.0.19045.5131"]  # fmt: skip
SAID = [
    None,
    "",
    "1",
    "2",
    "Windows 10",
    "vers:unknown/*",
    "vers:unknown/<2",
    "vers:unknown/<=2",
    "vers:unknown/>=2",
    "vers:unknown/>=1.5|<3",
    "vers:unknown/!=2",
    "vers:unknown/1|3",
    "vers:unknown/Windows 10",
    "zie leverancier",
    "up to 2",
    "2.x",
    "vers:unknown/>=1|<2|>=3",
    "vers:unknown/>=1.4|<2.0.3",
    "vers:unknown/2|2.3|2.0.1",
    "vers:unknown/<2 SP1",
    "vers:unknown/>=2 SP1",
    "vers:unknown/<1.5|>=1.5|<3.0.1",
    "vers:unknown/<10.0.19045.5247",
    "vers:unknown/>=10.0.19045.1|<10.0.22631.4",
    "10.0.19045.5131",
    "22H2",
]
ALIASES = Aliases([Alias("Voorbeeld", "Zaken", "Voorbeeld", "Zaaksysteem")])

names = st.sampled_from(
    [
        ("Voorbeeld B.V.", "Zaaksysteem"),
        ("voorbeeld", "zaak systeem"),
        ("Voorbeeld", "Zaken"),
        ("Contoso", "Mail"),
        ("", ""),
    ]
)
purls = st.sampled_from(["", "", "pkg:npm/mail", "pkg:npm/mail@1.5.0", "pkg:pypi/zaak@2.0rc1"])
cpes = st.sampled_from(["", "", "cpe:/a:contoso:mail", "cpe:2.3:a:contoso:mail:2:*:*:*:*:*:*:*"])
relations = st.sampled_from(["", "", "installed_on", "default_component_of"])


@st.composite
def lines(draw: Any) -> ProductLine:
    (vendor, product), text, relation = draw(names), draw(st.sampled_from(SAID)), draw(relations)
    on = f"l{draw(st.integers(0, 4))}" if relation else ""
    return line(text, vendor=vendor, product=product, purl=draw(purls), cpe=draw(cpes), on=on, relation=relation)


@st.composite
def advisories(draw: Any) -> Advisory:
    held = {f"l{number}": each for number, each in enumerate(draw(st.lists(lines(), min_size=1, max_size=5)))}
    statuses = st.sampled_from(
        ["affected", "affected", "fixed", "not_affected", "investigated", "recommended", "unknown"]
    )
    named = st.sampled_from(sorted(held))
    ends = st.builds(Said, named, st.just("affected"), end=st.sampled_from(["first", "last"]))
    plain = st.builds(Said, named, statuses)
    said = st.lists(plain | plain | ends, max_size=5).map(tuple)
    weaknesses = tuple(Vulnerability(f"CVE-{n}", said=each) for n, each in enumerate(draw(st.lists(said, max_size=3))))
    identity = draw(st.sampled_from(["EX-1", "EX-2", "EX-3", "EX-4"]))
    withdrawn = draw(st.sampled_from([False] * 5 + [True]))
    return Advisory(
        "https://csirt.example", identity, "1", "t", products=held, vulnerabilities=weaknesses, withdrawn=withdrawn
    )


@st.composite
def assets(draw: Any) -> Asset:
    vendor, product = draw(names)
    organisation = draw(st.sampled_from(["aburg", "bdam", "cstad"]))
    version, source = draw(st.sampled_from(VERSIONS)), draw(st.sampled_from(["hand", "hand", "cyclonedx"]))
    return Asset(organisation, "", vendor, product, version, draw(purls), draw(cpes), source)


def plainly(told: Sequence[Advisory], mine: Sequence[Asset]) -> dict[tuple[str, int], Outcome]:
    """Each with each."""
    found: dict[tuple[str, int], Outcome] = {}
    for each in told:
        for number, one in enumerate(mine):
            judged = judge(each, one, ALIASES)
            if judged is not None and judged.outcome != "not_affected":
                found[each.id, number] = judged.outcome
    return found


def _database(
    told: Iterable[Advisory], mine: Sequence[Asset], run: Any, many: Any, collate: str
) -> dict[tuple[str, int], Outcome]:
    run("create temporary table row (advisory text, product text, start text, stop text, strength integer)")
    run("create temporary table place (asset integer, product text, version text)")
    for each in told:
        for row in rows_of(each, ALIASES):
            many("row", (each.id, row.product, row.start, row.stop, 2 if row.outcome == "affected" else 1))
    for number, one in enumerate(mine):
        for place in places_of(one, ALIASES):
            many("place", (number, *place))
    return {
        (row[0], row[1]): "affected" if row[2] == 2 else "undetermined"
        for row in run(JOIN.format(collate=collate)).fetchall()
    }


def sqlite(told: Iterable[Advisory], mine: Sequence[Asset]) -> dict[tuple[str, int], Outcome]:
    held = sqlite3.connect(":memory:")
    return _database(
        told,
        mine,
        held.execute,
        lambda table, row: held.execute(f"insert into {table} values ({','.join('?' * len(row))})", row),
        "",
    )


def postgres(told: Iterable[Advisory], mine: Sequence[Asset]) -> dict[tuple[str, int], Outcome]:
    import psycopg

    try:
        held = psycopg.connect(
            os.environ.get("TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres"), connect_timeout=2
        )
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers")
    with held:
        return _database(
            told, mine, held.execute,
            lambda table, row: held.execute(f"insert into {table} values ({','.join(['%s'] * len(row))})", row), 'collate "C"',
        )  # fmt: skip


def newest(told: Iterable[Advisory]) -> list[Advisory]:
    return list({each.key: each for each in told}.values())


@settings(max_examples=150, deadline=None)
@given(st.lists(advisories(), max_size=4).map(newest), st.lists(assets(), max_size=8))
def test_all_ways_give_the_same(told: list[Advisory], mine: list[Asset]) -> None:
    wanted = plainly(told, mine)
    registers, notices = Registers(mine, ALIASES), Notices()
    found: dict[tuple[str, int], Outcome] = {}
    for each in told:
        rows = rows_of(each, ALIASES)
        notices.put(each.key, rows)
        affected, undetermined = registers.hits(rows)
        assert len(affected) == len(set(affected))
        fewer = rows_of(each, ALIASES, wanted=registers.wanted())
        assert len(fewer) <= len(rows)
        assert registers.hits(fewer) == (affected, undetermined)
        found |= {(each.id, number): "affected" for number in affected}
        found |= {(each.id, number): "undetermined" for number in undetermined}
        _check_folded(each, registers, rows, mine, wanted)
    assert found == wanted
    backwards: dict[tuple[str, int], Outcome] = {
        (key[1], number): outcome
        for number, one in enumerate(mine)
        for key, outcome in notices.about(places_of(one, ALIASES)).items()
    }
    assert backwards == wanted
    assert sqlite(told, mine) == wanted


def _check_folded(
    told: Advisory, registers: Registers, rows: list[Row], mine: list[Asset], wanted: dict[tuple[str, int], Outcome]
) -> None:
    """Per organisation: an affected asset outweighs those that we cannot tell of; the sets of bits say the same."""
    per: dict[str, Outcome] = {}
    for (identity, number), outcome in wanted.items():
        if identity == told.id:
            owner = mine[number].organisation
            per[owner] = stronger(outcome, per.get(owner, outcome))
    answers = registers.answers(rows)
    assert {each.organisation: each.outcome for each in answers} == per
    assert [each.organisation for each in answers] == sorted(per)
    for each in answers:
        own = [
            n
            for n, one in enumerate(mine)
            if one.organisation == each.organisation and wanted.get((told.id, n)) == each.outcome
        ]
        assert each.assets == tuple(mine[number] for number in own)
    warned = registers.warned(rows)
    assert set(registers.names(warned.affected)) == {name for name, outcome in per.items() if outcome == "affected"}
    assert set(registers.names(warned.undetermined)) == {
        name for name, outcome in per.items() if outcome == "undetermined"
    }


@settings(max_examples=5, deadline=None)
@given(st.lists(advisories(), min_size=2, max_size=4).map(newest), st.lists(assets(), min_size=4, max_size=8))
def test_postgresql_gives_the_same(told: list[Advisory], mine: list[Asset]) -> None:
    assert postgres(told, mine) == plainly(told, mine)


@given(advisories())
def test_rows_of_one_product_lie_apart_and_are_in_order(told: Advisory) -> None:
    per: dict[str, list[Row]] = {}
    for each in rows_of(told, ALIASES):
        assert each.start < each.stop
        assert each.outcome != "not_affected"
        per.setdefault(each.product, []).append(each)
    for held in per.values():
        held.sort(key=lambda each: each.start)
        assert all(one.stop <= other.start for one, other in pairwise(held))


def test_an_asset_that_comes_later_is_found() -> None:
    rows = rows_of(advisory(("affected", line("vers:unknown/<3"))))
    registers = Registers([asset("4")])
    assert registers.answers(rows) == []
    late = asset("2", name="2", organisation="waterstad")
    registers.add(late)
    assert [(each.organisation, each.outcome, each.assets) for each in registers.answers(rows)] == [
        ("waterstad", "affected", (late,))
    ]
    assert list(registers.products) == ["n|voorbeeld|zaaksysteem"]


def test_a_newer_revision_takes_the_place_of_the_older() -> None:
    notices = Notices()
    first, second = advisory(("affected", line("vers:unknown/<3"))), advisory(("affected", line("vers:unknown/<2")))
    notices.put(first.key, rows_of(first))
    assert notices.about(places_of(asset("2.5"))) == {first.key: "affected"}
    notices.put(second.key, rows_of(second))
    assert notices.about(places_of(asset("2.5"))) == {}
    assert notices.about(places_of(asset("1"))) == {first.key: "affected"}
    assert list(notices) == [first.key]
    notices.take_out(first.key)
    notices.take_out(first.key)
    assert notices.about(places_of(asset("1"))) == {}
