"""Documents of our own: valid by the mandatory tests, and read back as what was written."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.csaf.check import Companions, check_csaf, file_name
from dijkwacht.adapters.csaf.read import read_csaf
from dijkwacht.adapters.csaf.write import Unwritable, write_csaf
from dijkwacht.core.advisories.shapes import (
    Advisory,
    Note,
    ProductLine,
    Rating,
    Reference,
    Remedy,
    Said,
    Status,
    Tlp,
    Vulnerability,
)

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
SPACE = "https://dijkteam.example"
PRODUCTS = {
    "A": ProductLine("A", "Waterwerk", "Grachtenpeil", "vers:semver/>=2.0.0|<3.2.0", "range", "Grachtenpeil onder 3.2"),
    "B": ProductLine(
        "B", "Waterwerk", "Grachtenpeil", "3.2.0", "version", "Grachtenpeil 3.2", purl="pkg:generic/peil@3.2.0"
    ),
    "C": ProductLine(
        "C",
        "",
        "Gemaal OS",
        name="Gemaal OS",
        cpe="cpe:2.3:o:gemaal:os:1:*:*:*:*:*:*:*",
        hashes=("sha256:" + "ab" * 32,),
    ),
    "D": ProductLine("D", "Waterwerk", "Sluis", name="Sluis, alle versies"),
    "E": ProductLine(
        "E",
        "Waterwerk",
        "Grachtenpeil",
        "3.2.0",
        "version",
        "Grachtenpeil 3.2 op Gemaal OS",
        purl="pkg:generic/peil@3.2.0",
        on="C",
        relation="installed_on",
    ),
}
VEX = Vulnerability(
    "CVE-2026-10001",
    "CVE-2026-10001",
    "Lek in de peilmeter",
    "CWE-79",
    said=(
        Said("A", "affected"),
        Said("B", "fixed"),
        Said("C", "not_affected", "component_not_present"),
        Said("E", "investigated"),
    ),
    remedies=(Remedy("vendor_fix", "Neem 3.2.", ("A",), "https://waterwerk.example/3.2", AT),),
    ratings=(Rating("cvss-3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", SPACE),),
    exploited=date(2026, 8, 30),
    notes=(Note("description", "Wat er is", "Een lek."), Note("threat_exploit_status", "", "Exploited:Yes")),
    references=(Reference("https://waterwerk.example", "De leverancier"),),
)
OWN = Advisory(
    SPACE, "DT-2026-0001", "1.0.0", "Lek in Grachtenpeil", publisher_name="Dijkteam", form="csaf-2.0", published=AT, revised=AT,
    language="nl", tlp="AMBER", ratings=(Rating("severity", "hoog", SPACE),), products=PRODUCTS, groups={"G": ("A", "B")},
    vulnerabilities=(VEX,), notes=(Note("summary", "", "Kort."),),
    references=(Reference(f"{SPACE}/dt-2026-0001.json", "Dit advies", "self"),),
    revisions=(("1.0.0", "2026-09-01T08:00:00Z", "Eerste versie"),),
)  # fmt: skip


def test_an_advisory_of_our_own_is_valid_and_comes_back_whole() -> None:
    data = write_csaf(OWN)
    found = check_csaf(data, Companions(file_name(OWN.id)))
    assert found.findings == ()
    assert found.advisory == OWN


def test_a_vex_is_valid() -> None:
    vex = replace(OWN, kind="csaf_vex")
    found = check_csaf(write_csaf(vex, category="vendor"))
    assert (found.findings, found.advisory) == ((), vex)


def test_a_vex_that_gives_no_reason_is_written_and_found_wanting() -> None:
    said = (Said("C", "not_affected"),)
    vex = replace(
        OWN,
        kind="csaf_vex",
        vulnerabilities=(Vulnerability("CVE-2026-1001", "CVE-2026-1001", notes=VEX.notes[:1], said=said),),
    )
    assert {each.params.get("rule") for each in check_csaf(write_csaf(vex)).findings} == {"6.1.27"}


def test_a_weakness_without_a_number_keeps_its_key() -> None:
    own = replace(
        OWN, vulnerabilities=(Vulnerability("W-7", title="Lek", notes=VEX.notes[:1], said=(Said("B", "fixed"),)),)
    )
    assert check_csaf(write_csaf(own)).advisory == own


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tlp": "AMBER+STRICT"}, "label_not_in_2_0"), ({"withdrawn": True}, "withdrawn_not_in_2_0"),
        ({"published": None}, "moment_missing"),
        ({"products": {"E": PRODUCTS["E"]}}, "part_missing"),
        ({"vulnerabilities": (replace(VEX, said=(Said("A", "unknown"),)),)}, "status_not_in_2_0"),
        ({"vulnerabilities": (replace(VEX, ratings=(Rating("cvss-4", "CVSS:4.0/AV:N"),)),)}, "rating_not_in_2_0"),
        ({"vulnerabilities": (replace(VEX, ratings=(Rating("cvss-3", "hoog"),)),)}, "rating_not_in_2_0"),
        ({"vulnerabilities": (replace(VEX, cwe="CWE-0"),)}, "unknown_weakness_type"),
    ],
)  # fmt: skip
def test_what_2_0_cannot_say_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Unwritable) as error:
        write_csaf(replace(OWN, **changes))  # type: ignore[arg-type]
    assert error.value.code == code


# -- round trip ----------------------------------------------------------------------------------------
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12).filter(str.strip)
STATUSES: tuple[Status, ...] = ("affected", "fixed", "not_affected", "investigated", "recommended")


@st.composite
def lines(draw: st.DrawFn, number: int) -> ProductLine:
    vendor, name = draw(st.just("") | TEXT), draw(TEXT)
    form = draw(st.sampled_from(["none", "version", "range"]))
    version = draw(TEXT) if form != "none" else ""
    product = draw(TEXT)
    cpe, purl = draw(st.just("") | TEXT), draw(st.just("") | TEXT)
    return ProductLine(f"P{number}", vendor, product, version, form, name, cpe, purl)  # type: ignore[arg-type]


@st.composite
def advisories(draw: st.DrawFn) -> Advisory:
    held = {f"P{number}": draw(lines(number)) for number in range(draw(st.integers(1, 6)))}
    weaknesses = []
    for number in range(draw(st.integers(0, 3))):
        said = [
            Said(product, status, "component_not_present" if status == "not_affected" and draw(st.booleans()) else "")
            for status in draw(st.lists(st.sampled_from(STATUSES), unique=True))
            for product in draw(st.lists(st.sampled_from(sorted(held)), unique=True, min_size=1))
        ]
        remedies = draw(
            st.lists(
                st.builds(
                    Remedy, st.just("mitigation"), TEXT, st.just(tuple(sorted(held))), st.just("") | TEXT, st.just(AT)
                ),
                max_size=2,
            )
        )
        cve = f"CVE-2026-{number + 1}"
        notes = tuple(Note("description", draw(TEXT), draw(TEXT)) for _ in range(draw(st.integers(0, 2))))
        weaknesses.append(
            Vulnerability(cve, cve, draw(st.just("") | TEXT), said=tuple(said), remedies=tuple(remedies), notes=notes)
        )
    tlp: Tlp | None = draw(st.sampled_from([None, "CLEAR", "GREEN", "AMBER", "RED"]))
    return replace(
        OWN, title=draw(TEXT), tlp=tlp, products=held, groups={}, vulnerabilities=tuple(weaknesses),
        ratings=(Rating("severity", draw(TEXT), draw(st.sampled_from([SPACE, "https://scale.example"]))),),
        revisions=tuple((str(number + 1), "2026-09-01T08:00:00Z", draw(TEXT)) for number in range(draw(st.integers(0, 3)))),
    )  # fmt: skip


def flags_agree(advisory: Advisory) -> bool:
    """CSAF ties a flag to a product of a weakness, whatever its status; ours to one line that is not affected."""
    return all(len({each.product for each in weakness.said if each.flag}) == sum(1 for each in weakness.said if each.flag)
               for weakness in advisory.vulnerabilities)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(advisories().filter(flags_agree))
def test_what_is_written_is_read_back(advisory: Advisory) -> None:
    found = read_csaf(write_csaf(advisory))
    assert found.problems == ()
    assert found.advisory == advisory
    assert read_csaf(json.dumps(json.loads(write_csaf(advisory))).encode()).advisory == advisory
