"""The form of an own document: whatever it accepts is valid CSAF by the mandatory tests and reads back the same."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.csaf.check import Companions, check_csaf, file_name
from dijkwacht.adapters.csaf.write import write_csaf
from dijkwacht.apps.advisories import own_rows
from dijkwacht.apps.advisories.forms.own import PARTS, OwnForm
from dijkwacht.apps.advisories.forms.own_fields import ADDRESS
from dijkwacht.apps.advisories.models import OwnKind
from dijkwacht.apps.advisories.own_words import LABELS
from dijkwacht.core.advisories.own import FLAGS, REMEDIES, SAYINGS, Draft, Issue, content
from dijkwacht.core.advisories.shapes import Advisory
from tests.advisories.made_own import LINK, PRODUCT, REMEDY, VECTOR, WEAKNESS, posted, query

AT = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
ISSUE = Issue(
    "https://dijkwacht.example/o/dijkstad/", "Dijkstad", "DIJKSTAD-2026-0001", 2, AT, AT, "Meer producten.",
    (("1", "2026-11-24T08:30:00+00:00", "Eerste versie."),), "nl",
    "https://dijkwacht.example/o/dijkstad/adviezen/csaf/clear/2026/dijkstad-2026-0001.json",
)  # fmt: skip


def form(sent: dict[str, str], values: dict[str, Any] | None = None) -> OwnForm:
    return OwnForm(query(sent), values=values or {}, initial={})


def made(sent: dict[str, str]) -> Advisory | None:
    """The document, when the form accepts what was sent and nothing is lacking."""
    held = form(sent)
    if not held.is_valid():
        return None
    main = held.main.cleaned_data
    draft = Draft.of(main["kind"], main["tlp"], held.values())
    return None if draft.lacks() else content(draft, ISSUE)


def wrong(sent: dict[str, str]) -> dict[str, str]:
    """Field to what is said of it."""
    with translation.override("en"):
        held = form(sent)
        assert not held.is_valid()
        return {each.id_for_label.removeprefix("id_"): said for each, said in own_rows.errors(held)}


def valid(found: Advisory) -> None:
    read = check_csaf(write_csaf(found), Companions(file_name(found.id)))
    assert read.findings == ()
    assert read.advisory == found


def test_the_plain_case_is_valid_and_comes_back_whole() -> None:
    found = made(posted())
    assert found is not None
    valid(found)
    (line,) = found.products.values()
    assert (line.version, line.form, line.name) == ("vers:unknown/<3.2", "range", "Zaakzicht Zaaksysteem ouder dan 3.2")


SHOWN = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp"))
WORDS = st.text(SHOWN, min_size=1, max_size=20) | st.text("abc XYZ-.01é😀\n<>&\"'{}\\", max_size=15).map("x{}".format)
VERSIONS = st.sampled_from(
    [
        "",
        "3.1",
        "ouder dan 3.2",
        "3.0 t/m 3.1",
        "3.x",
        "alle versies",
        "1.0, 2.0",
        "2024-01-02",
        "3.1-rc1",
        "vers:npm/<2|5",
    ]
)
URLS = st.just("") | st.from_regex(ADDRESS, fullmatch=True).filter(lambda each: len(each) <= 400)
VECTORS = st.sampled_from(["", VECTOR, f"{VECTOR}/E:P", "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:C/C:N/I:N/A:N"])
NUMBER = st.sampled_from(["CVE-2026-1001", "cve-2025-12345"]) | st.from_regex(
    r"(?!CVE-)[A-Za-z0-9][A-Za-z0-9._-]{0,9}", fullmatch=True
)
WILD = st.text(st.characters(codec="utf-8"), max_size=12)
"""Whatever somebody may send; most of it is refused."""


@st.composite
def sendings(draw: st.DrawFn, *, wild: bool = False) -> dict[str, str]:
    """What somebody sends; without ``wild`` most of it is accepted and complete."""
    said = st.sampled_from(SAYINGS)

    def one(of: st.SearchStrategy[str]) -> str:
        return draw(WILD if wild and draw(st.integers(0, 4)) == 0 else of)

    products = [
        {"vendor": one(WORDS), "product": one(WORDS), "versions": one(VERSIONS)} for _ in range(draw(st.integers(1, 4)))
    ]
    weaknesses = [
        {
            "number": one(NUMBER), "title": one(st.just("") | WORDS), "description": one(WORDS), "vector": one(VECTORS),
            **{
                f"said_{each}": "affected" if place == each == 0 else draw(st.just("") | said if place and each else said)
                for each in range(len(products))
            },
        }
        for place in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    about = st.sampled_from(["", *(str(each) for each in range(len(weaknesses)))])
    remedies = [
        {"kind": draw(st.sampled_from(REMEDIES)), "details": one(WORDS), "url": one(URLS), "about": draw(about) if each else ""}
        for each in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    links = [{"url": one(URLS.filter(bool)), "summary": one(WORDS)} for _ in range(draw(st.integers(0, 2)))]
    return posted(
        products=products, weaknesses=weaknesses, remedies=remedies, links=links, title=one(WORDS), summary=one(WORDS),
        kind=draw(st.sampled_from(OwnKind.values)), tlp=draw(st.sampled_from(LABELS)),
    )  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(sendings() | sendings(wild=True))
def test_whatever_the_form_accepts_is_valid_and_reads_back_the_same(sent: dict[str, str]) -> None:
    found = made(sent)
    event("accepted" if found is not None else "refused")
    if found is not None:
        valid(found)


def test_what_is_sent_here_is_accepted_often_enough() -> None:
    """Else the property above would hold of nothing."""
    accepted = []

    @settings(max_examples=30, deadline=None, database=None, phases=[Phase.generate])
    @given(sendings())
    def count(sent: dict[str, str]) -> None:
        accepted.append(made(sent) is not None)

    count()
    assert sum(accepted) > len(accepted) / 4


@settings(max_examples=25, deadline=None)
@given(sendings())
def test_what_is_kept_shows_again_as_it_was(sent: dict[str, str]) -> None:
    held = form(sent)
    if not held.is_valid():
        return
    values = held.values()
    again = OwnForm(None, values=values, initial={})
    back = posted(**{part: [_sent(row) for row in again.rows(part)] for part in PARTS})
    second = form(back | {name: str(held.main.cleaned_data[name]) for name in ("title", "summary", "kind", "tlp")})
    assert second.is_valid()
    assert second.values() == values


def _sent(row: Any) -> dict[str, str]:
    return {name: str(row[name].value() or "") for name in row.fields if name != "drop"}


# -- what is wrong is said at its field


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        (posted(title=" "), "title", "required"),
        (posted(title="Lek\x07"), "title", "U+0007"),
        (posted(title="Lek \u202eab"), "title", "U+202E"),
        (posted(title="a\0b"), "title", "Null"),
        (posted(title="x" * 301), "title", "300"),
        (posted(summary="x" * 100_000), "summary", "20000"),
        (posted(tlp="AMBER+STRICT"), "tlp_0", "CSAF 2.0"),
        (posted(kind="cve"), "kind_0", "valid choice"),
        (posted(products=[PRODUCT | {"vendor": ""}]), "products-0-vendor", "Fill this in"),
        (posted(products=[PRODUCT | {"versions": "tot 3.2"}]), "products-0-versions", "3.2 itself"),
        (posted(products=[PRODUCT, PRODUCT | {"versions": "nieuwste"}]), "products-1-versions", "do not understand"),
        (posted(products=[PRODUCT, PRODUCT]), "products-1-product", "twice"),
        (posted(weaknesses=[WEAKNESS | {"number": ""}]), "weaknesses-0-number", "Fill this in"),
        (posted(weaknesses=[WEAKNESS | {"number": "CVE-26-1"}]), "weaknesses-0-number", "four digits"),
        (posted(weaknesses=[WEAKNESS | {"number": "een twee"}]), "weaknesses-0-number", "without spaces"),
        (posted(weaknesses=[WEAKNESS, WEAKNESS]), "weaknesses-1-number", "twice"),
        (posted(weaknesses=[WEAKNESS | {"number": "W-7", "title": "W-7"}]), "weaknesses-0-title", "more than"),
        (posted(weaknesses=[WEAKNESS | {"vector": "CVSS:4.0/AV:N"}]), "weaknesses-0-vector", "CVSS 4"),
        (posted(weaknesses=[WEAKNESS | {"vector": "9.8"}]), "weaknesses-0-vector", "no vector"),
        (posted(weaknesses=[WEAKNESS | {"said_0": "unknown"}]), "weaknesses-0-said_0", "valid choice"),
        (posted(remedies=[REMEDY | {"url": "javascript:alert(1)"}]), "remedies-0-url", "whole address"),
        (posted(remedies=[REMEDY | {"about": "7"}]), "remedies-0-about", "valid choice"),
        (posted(remedies=[REMEDY | {"details": ""}]), "remedies-0-details", "Fill this in"),
        (posted(links=[LINK | {"summary": ""}]), "links-0-summary", "Fill this in"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(sent: dict[str, str], field: str, says: str) -> None:
    assert says in wrong(sent)[field]


def test_a_row_is_named_in_the_list_of_errors() -> None:
    with translation.override("en"):
        held = form(posted(products=[PRODUCT, PRODUCT | {"versions": "nieuwste"}]))
        assert not held.is_valid()
        assert [each.label for each, _said in own_rows.errors(held)] == ["Product 2, Which versions?"]


def test_a_product_that_goes_takes_along_what_was_said_of_it() -> None:
    other = {"vendor": "Waterwerk", "product": "Peil", "versions": "1.0"}
    sent = posted(
        products=[PRODUCT | {"drop": "on"}, other], weaknesses=[WEAKNESS | {"said_0": "affected", "said_1": FLAGS[0]}]
    )
    held = form(sent)
    assert held.is_valid()
    values = held.values()
    assert [each["product"] for each in values["products"]] == ["Peil"]
    assert values["weaknesses"][0]["said"] == [FLAGS[0]]


def test_a_weakness_that_goes_takes_along_its_remedies() -> None:
    second = WEAKNESS | {"number": "CVE-2026-1002"}
    sent = posted(
        weaknesses=[WEAKNESS | {"drop": "on"}, second], remedies=[REMEDY | {"about": "0"}, REMEDY | {"about": "1"}]
    )
    held = form(sent)
    assert held.is_valid()
    assert [each["about"] for each in held.values()["remedies"]] == [0]


@pytest.mark.parametrize("rows", ["", "-1", "99999", "x", "²", "0x1"])
def test_a_number_of_rows_that_is_none(rows: str) -> None:
    held = form(posted() | {"products-rows": rows})
    held.is_valid()
    assert len(held.products) <= 50


# -- what is lacking


@pytest.mark.parametrize(
    ("sent", "lacks"),
    [
        (posted(summary=""), [("no_summary", "summary")]),
        (posted(products=()), [("no_products", "products"), ("no_target", "remedies-0-about")]),
        (posted(weaknesses=(), remedies=()), [("no_weaknesses", "weaknesses")]),
        (posted(weaknesses=[WEAKNESS | {"description": ""}]), [("no_description", "weaknesses-0-description")]),
        (
            posted(weaknesses=[WEAKNESS | {"said_0": ""}], remedies=()),
            [("no_status", "weaknesses-0-said_0"), ("nothing_said", "products-0-product")],
        ),
        (posted(weaknesses=[WEAKNESS | {"said_0": FLAGS[0]}]), [("no_target", "remedies-0-about")]),
        (posted(kind="csaf_vex", remedies=()), [("no_remedy", "remedies")]),
        (posted(weaknesses=[WEAKNESS | {"said_0": "fixed"}], remedies=()), [("no_remedy", "remedies")]),
        (posted(weaknesses=[WEAKNESS | {"said_0": "investigated"}]), [("not_conclusive", "weaknesses-0-said_0")]),
        (posted(weaknesses=[WEAKNESS | {"said_0": "investigated"}], kind="csaf_vex"), []),
    ],
)  # fmt: skip
def test_what_is_lacking_is_told_with_its_field(sent: dict[str, str], lacks: list[tuple[str, str]]) -> None:
    held = form(sent)
    assert held.is_valid(), own_rows.errors(held)
    draft = Draft.of(held.main.cleaned_data["kind"], held.main.cleaned_data["tlp"], held.values())
    assert [(each.code, each.field) for each in draft.lacks()] == lacks
