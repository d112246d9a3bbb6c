"""What a file changes in a register, what is the same product in several sources, and what has grown old."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.advisories.naming import fold_product, fold_vendor
from dijkwacht.core.advisories.register import Change, Standing, key_of, merge
from dijkwacht.core.advisories.register_lines import Line, Lines, Source
from dijkwacht.core.advisories.register_perimeter import perimeter_lines
from dijkwacht.core.advisories.register_view import ages, assets, is_old, products
from dijkwacht.core.checks.banners import Software
from dijkwacht.core.days import parse_duration
from dijkwacht.core.sheets import Problem

CMDB, PHOTO = Source("cmdb"), Source("ict_foto")
ON = date(2026, 11, 30)
YEAR = parse_duration("P1Y")


def lines(*found: Line, **more: object) -> Lines:
    return Lines("cmdb", tuple(found), **more)  # type: ignore[arg-type]


def line(product: str, version: str = "", *, row: int = 2, vendor: str = "Voorbeeld", **more: object) -> Line:
    return Line(row, vendor=vendor, product=product, version=version, **more)  # type: ignore[arg-type]


def first(*found: Line, source: Source = CMDB, on: date = ON) -> tuple[Standing, ...]:
    return merge(lines(*found), (), source, on=on).standing


def test_a_new_source_adds_all_its_lines() -> None:
    change = merge(lines(line("Zaakvenster", "4.1"), line("Balieplein")), (), CMDB, on=ON)
    assert [(each.line.product, each.since, each.confirmed, each.gone) for each in change.added] == [
        ("Zaakvenster", ON, ON, None),
        ("Balieplein", ON, ON, None),
    ]
    assert (change.changed, change.gone, change.unchanged, change.doubles) == ((), (), (), ())


def test_the_same_file_again_only_confirms() -> None:
    standing = first(line("Zaakvenster", "4.1"), line("Balieplein"))
    later = ON + timedelta(days=40)
    change = merge(lines(line("Zaakvenster", "4.1", row=9), line("Balieplein", row=3)), standing, CMDB, on=later)
    assert (change.added, change.changed, change.gone) == ((), (), ())
    assert {each.id for each in change.unchanged} == {each.id for each in standing}
    assert {(each.since, each.confirmed) for each in change.unchanged} == {(ON, later)}


def test_an_older_file_does_not_make_a_line_older() -> None:
    standing = first(line("Zaakvenster"))
    change = merge(lines(line("Zaakvenster"), as_of=date(2025, 1, 1)), standing, CMDB, on=ON)
    assert change.unchanged[0].confirmed == ON


def test_an_update_keeps_the_id_and_tells_what_differs() -> None:
    standing = first(line("Zaakvenster", "4.1", owner="Burgerzaken"))
    change = merge(lines(line("Zaakvenster", "4.2", owner="I&A")), standing, CMDB, on=ON)
    assert [(each.fields, each.before.line.version, each.after.line.version) for each in change.changed] == [
        (("version", "owner"), "4.1", "4.2")
    ]
    assert change.changed[0].after.id == standing[0].id
    assert change.added == change.gone == ()


def test_two_versions_of_one_product_are_two_lines_and_which_became_which_is_not_guessed() -> None:
    standing = first(line("Zaakvenster", "4.1"), line("Zaakvenster", "4.2", row=3))
    assert len({each.id for each in standing}) == 2
    change = merge(lines(line("Zaakvenster", "4.2"), line("Zaakvenster", "5.0", row=3)), standing, CMDB, on=ON)
    assert [each.fields for each in change.changed] == [("version",)]  # 4.2 stayed, so 4.1 became 5.0
    change = merge(lines(line("Zaakvenster", "5.0"), line("Zaakvenster", "5.1", row=3)), standing, CMDB, on=ON)
    assert (len(change.added), len(change.gone), change.changed) == (2, 2, ())


def test_what_went_stands_as_gone_and_comes_back_under_its_id() -> None:
    standing = first(line("Zaakvenster", "4.1"), line("Balieplein"))
    change = merge(lines(line("Balieplein")), standing, CMDB, on=date(2026, 12, 1))
    assert [(each.line.product, each.gone) for each in change.gone] == [("Zaakvenster", date(2026, 12, 1))]
    again = merge(lines(line("Balieplein")), change.standing, CMDB, on=date(2026, 12, 5))
    assert again.gone[0].gone == date(2026, 12, 1)  # the day on which it went, not the day on which it still was
    back = merge(lines(line("Balieplein"), line("Zaakvenster", "4.1")), again.standing, CMDB, on=date(2026, 12, 9))
    assert [(each.fields, each.after.gone) for each in back.changed] == [(("gone",), None)]
    assert back.changed[0].after.id == next(each.id for each in standing if each.line.product == "Zaakvenster")


def test_only_lines_of_the_same_source_go() -> None:
    one, other = Source("cyclonedx", "Zaakvenster"), Source("cyclonedx", "Balieplein")
    standing = (
        *first(line("log4j"), source=one),
        *first(line("log4j"), source=other),
        *first(line("Muis"), source=PHOTO),
    )
    change = merge(lines(line("struts")), standing, one, on=ON)
    assert [each.source for each in change.gone] == [one]
    assert (one.id, CMDB.id) == ("cyclonedx:Zaakvenster", "cmdb")
    assert len({each.id for each in standing}) == 3


@pytest.mark.parametrize("bad", [Lines("cmdb"), lines(line("Muis"), problems=(Problem("formula"),))])
def test_a_file_with_a_problem_or_without_lines_takes_nothing_away(bad: Lines) -> None:
    with pytest.raises(ValueError, match="not taken over"):
        merge(bad, first(line("Muis")), CMDB, on=ON)


def test_rows_that_say_the_same_are_one_line_and_told() -> None:
    rows = [
        line("Muis", "1", row=2, stated="absent", exposed=None, as_of=date(2026, 1, 1)),
        line("MUIS ", "1", row=3, exposed=False, owner="I&A"),
        line("muis", "1", row=4, exposed=True, as_of=date(2026, 3, 1)),
    ]
    change = merge(lines(*rows), (), CMDB, on=ON)
    assert change.doubles == ((3, 2), (4, 2))
    kept = change.added[0].line
    assert (kept.stated, kept.exposed, kept.as_of, kept.owner) == ("present", True, date(2026, 3, 1), "I&A")


def test_the_version_in_a_purl_is_no_part_of_the_key() -> None:
    one, two = (
        line("log4j-core", v, purl=f"pkg:maven/org.voorbeeld/log4j-core@{v}?type=jar") for v in ("2.14", "2.17")
    )
    scoped = line("core", purl="pkg:npm/%40voorbeeld/core")
    assert key_of(one) == key_of(two) != key_of(scoped)
    assert (
        key_of(scoped)
        == key_of(line("x", purl="pkg:npm/@voorbeeld/core"))
        != key_of(line("x", purl="pkg:npm/@voorbeeld/y"))
    )
    assert key_of(line("Muis", purl="geen purl")) == key_of(line("muis"))
    change = merge(lines(two), first(one), CMDB, on=ON)
    assert change.changed[0].fields == ("version", "purl")


# -- several sources ---------------------------------------------------------------------------------
def folded(found: Line) -> tuple[str, str]:
    return fold_vendor(found.vendor), fold_product(found.product, found.vendor)


def test_one_product_of_several_sources_shows_the_freshest_version_and_that_they_disagree() -> None:
    standing = (
        *first(line("Zaakvenster", "4.1", vendor="Voorbeeld B.V.", as_of=date(2025, 3, 1))),
        *first(line("Voorbeeld Zaakvenster", vendor="voorbeeld"), source=PHOTO),
        *first(line("zaakvenster", "4.3", exposed=True, as_of=date(2026, 11, 2)), source=Source("perimeter")),
    )
    (product,) = products(standing, product_of=folded).values()
    assert (product.stated, product.version, product.as_of, product.exposed) == ("present", "4.3", ON, True)
    assert {source.id for source in product.sources} == {"cmdb", "ict_foto", "perimeter"}
    (told,) = product.disagreements
    assert (told.code, dict(told.params)) == ("versions_differ", {"perimeter": "4.3", "cmdb": "4.1"})
    found = assets([product], "dijkstad")
    assert [(each.version, each.source, each.exposed) for each in found] == [
        ("4.3", "perimeter", True),
        ("4.1", "cmdb", True),
    ]


def test_without_a_version_anywhere_there_is_one_asset_without() -> None:
    standing = (*first(line("Muis")), *first(line("muis", stated="present"), source=PHOTO))
    (product,) = products(standing).values()
    assert [each.version for each in assets([product], "dijkstad")] == [""]
    assert product.disagreements == ()


def test_in_use_according_to_one_source_is_in_use_and_the_difference_is_told() -> None:
    standing = (*first(line("Muis", stated="absent"), source=PHOTO), *first(line("Muis", "2")))
    (product,) = products(standing).values()
    assert product.stated == "present"
    assert dict(product.disagreements[0].params) == {"ict_foto": "absent", "cmdb": "present"}
    assert len(assets([product], "dijkstad")) == 1


def test_stated_not_in_use_differs_from_not_registered() -> None:
    found = products(first(line("Muis", stated="absent"), source=PHOTO))
    product = found["voorbeeld", "muis"]
    assert (product.stated, product.as_of) == ("absent", ON)
    assert ("voorbeeld", "rat") not in found
    assert assets(found.values(), "dijkstad") == []


def test_lines_that_went_are_no_product() -> None:
    standing = first(line("Muis"), line("Rat"))
    change = merge(lines(line("Rat")), standing, CMDB, on=ON)
    assert [key[1] for key in products(change.standing)] == ["rat"]


def test_the_age_of_lines_and_sources_with_the_term_as_a_parameter() -> None:
    old = first(line("Muis"), line("Rat", as_of=date(2025, 11, 29)), on=date(2025, 11, 30))
    new = first(line("Kat"), source=PHOTO)
    assert [is_old(each, on=ON, after=YEAR) for each in old] == [False, True]
    assert [is_old(each, on=ON, after=parse_duration("P6M")) for each in old] == [True, True]
    found = ages([*new, *old], on=ON, after=YEAR)
    assert [(each.source, each.lines, each.newest, each.oldest, each.old) for each in found] == [
        (CMDB, 2, date(2025, 11, 30), date(2025, 11, 29), 1),
        (PHOTO, 1, ON, ON, 0),
    ]


def test_what_the_outside_shows_is_a_source_of_its_own() -> None:
    seen = [
        Software("voorbeeld:web_server", "Webserver", "2.4.1", "www.dijkstad.example", "server", "Webserver/2.4.1", "debian"),
        Software("voorbeeld:web_server", "Webserver", "", "mail.dijkstad.example:25", "server", "Webserver"),
    ]  # fmt: skip
    found = perimeter_lines(seen, on=ON)
    assert [(each.vendor, each.product, each.version, each.location, each.exposed) for each in found.lines] == [
        ("voorbeeld", "web server", "2.4.1", "www.dijkstad.example", True),
        ("voorbeeld", "web server", "", "mail.dijkstad.example:25", True),
    ]
    assert found.lines[0].status == "debian"
    assert len(merge(found, (), Source("perimeter"), on=ON).added) == 2
    assert perimeter_lines([], on=ON).usable is False  # a run that saw nothing takes nothing away


# -- laws --------------------------------------------------------------------------------------------
LINES = st.lists(
    st.builds(
        Line,
        row=st.integers(1, 99),
        vendor=st.sampled_from(["A", "B", "a "]),
        product=st.sampled_from(["x", "y", "z"]),
        version=st.sampled_from(["", "1", "2", "3"]),
        location=st.sampled_from(["", "srv"]),
        stated=st.sampled_from(["present", "planned", "absent"]),
        exposed=st.sampled_from([None, True, False]),
    ),
    min_size=1,
    max_size=12,
)


def content(change: Change) -> set[tuple[object, ...]]:
    return {
        (key_of(each.line), each.line.version, each.line.stated, each.line.exposed)
        for each in change.standing
        if each.gone is None
    }


@settings(max_examples=300, deadline=None)
@given(LINES, LINES)
def test_after_a_file_the_source_holds_what_the_file_holds_and_every_id_stands_once(
    old: list[Line], new: list[Line]
) -> None:
    standing = merge(lines(*old), (), CMDB, on=ON).standing
    change = merge(lines(*new), standing, CMDB, on=ON)
    assert content(change) == content(merge(lines(*new), (), CMDB, on=ON))
    ids = [each.id for each in change.standing]
    assert len(ids) == len(set(ids))
    assert {each.id for each in standing} <= set(ids)
    again = merge(lines(*new), change.standing, CMDB, on=ON)
    assert (again.added, again.changed) == ((), ())
    assert sorted(again.gone, key=lambda each: each.id) == sorted(change.gone, key=lambda each: each.id)


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_every_version_in_use_is_matched_somewhere(found: list[Line]) -> None:
    standing = merge(lines(*found), (), CMDB, on=ON).standing
    matched = {(each.product, each.version) for each in assets(products(standing).values(), "dijkstad")}
    for each in standing:
        if each.line.stated == "present" and each.line.version:
            assert any(version == each.line.version for _, version in matched)


def test_the_id_does_not_depend_on_the_order_of_sources() -> None:
    assert first(line("Muis"))[0].id == first(line("Muis", "9"), line("Rat"))[0].id
    assert first(line("Muis"))[0].id != first(replace(line("Muis"), location="srv"))[0].id
