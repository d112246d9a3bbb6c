"""Worked cases: one advisory, one asset, the outcome and why."""

from dataclasses import replace

import pytest

from dijkwacht.core.advisories.matching import CODES, fix_of, judge
from dijkwacht.core.advisories.naming import Alias, Aliases
from dijkwacht.core.advisories.rows import places_of
from dijkwacht.core.advisories.shapes import Advisory, Asset, ProductLine, Reason, Remedy, Said, Status, Vulnerability
from tests.core.advisories.matching_made import advisory, asset, line

Told = list[tuple[Status, str | None]]
BELOW, EXACT, EVERY = "vers:unknown/<3.2", "3.1", "vers:unknown/*"
WINDOWS = "vers:unknown/<10.0.19045.5247"

CASES: list[tuple[Told, str, str, str]] = [
    # what the document says, the registered version, outcome, code
    ([("affected", BELOW)], "3.1", "affected", "affected"),
    ([("affected", BELOW)], "3.2", "not_affected", "outside"),
    ([("affected", BELOW)], "", "undetermined", "no_version"),
    ([("affected", BELOW)], "-", "undetermined", "no_version"),
    ([("affected", BELOW)], "alle", "undetermined", "version_not_understood"),
    ([("affected", BELOW)], "Windows 10", "undetermined", "version_not_understood"),
    ([("affected", EVERY)], "3.1", "affected", "affected_all"),
    ([("affected", EVERY)], "", "affected", "affected_all"),
    ([("affected", EVERY)], "alle", "affected", "affected_all"),
    ([("affected", None)], "3.1", "undetermined", "no_version_in_document"),
    ([("affected", None)], "", "undetermined", "no_version_in_document"),
    ([("affected", "zie leverancier")], "3.1", "undetermined", "range_not_understood"),
    ([("affected", "")], "3.1", "undetermined", "range_not_understood"),
    ([("affected", "up to 3.2")], "3.2", "undetermined", "range_end_unclear"),
    ([("affected", "up to 3.2")], "3.1", "affected", "affected"),
    ([("affected", "vers:unknown/Windows 10 1809")], "windows-10 1809", "affected", "affected"),
    ([("affected", "vers:unknown/Windows 10 1809")], "windows-10 1909", "undetermined", "range_not_understood"),
    # a version that may be written short is the whole stretch of it
    ([("affected", "vers:unknown/>=12.1|<12.5")], "12", "undetermined", "version_short"),
    ([("affected", "vers:unknown/12.3")], "12", "undetermined", "version_short"),
    ([("affected", "12.3")], "12", "undetermined", "version_short"),
    ([("affected", "vers:unknown/<=12.5")], "12", "undetermined", "version_short"),
    ([("affected", "vers:unknown/<12.0.5")], "12.0", "undetermined", "version_short"),
    ([("affected", "vers:unknown/<12.0.5")], "12.0.0", "affected", "affected"),
    ([("affected", "vers:unknown/<12.0.5")], "12.1", "not_affected", "outside"),
    ([("affected", "8.1.3")], "8.1", "undetermined", "version_short"),
    ([("affected", "vers:unknown/<8.1.3")], "v8.1", "undetermined", "version_short"),
    ([("affected", "vers:unknown/<2019 CU14")], "2019", "undetermined", "version_short"),
    ([("affected", "vers:unknown/>=8 SP1")], "8.0", "undetermined", "version_short"),
    ([("affected", "vers:unknown/<0.5")], "0", "undetermined", "version_short"),
    ([("affected", EVERY), ("fixed", "12.3")], "12", "undetermined", "version_short"),
    ([("affected", "vers:unknown/<12.0")], "12", "not_affected", "outside"),
    ([("affected", "vers:unknown/<12-rc1")], "12", "not_affected", "outside"),
    ([("affected", "vers:unknown/>=13")], "12", "not_affected", "outside"),
    ([("affected", "vers:unknown/>=13-rc1")], "12", "not_affected", "outside"),
    ([("affected", "vers:unknown/<13")], "12", "affected", "affected"),
    ([("affected", "12.x")], "12", "affected", "affected"),
    ([("affected", "vers:unknown/>=12|<12.5|>=12.5|<14")], "12", "undetermined", "range_not_understood"),
    ([("affected", "vers:unknown/<12.5"), ("affected", "vers:unknown/>=12.5")], "12", "affected", "affected"),
    ([("affected", "12")], "12", "affected", "affected"),
    ([("affected", "vers:unknown/12|12.3")], "12", "affected", "affected"),
    ([("affected", "vers:unknown/<=12")], "12", "affected", "affected"),
    ([("affected", "vers:unknown/>12")], "12", "not_affected", "outside"),
    # builds and names of releases
    ([("affected", WINDOWS)], "22H2", "undetermined", "version_other_form"),
    ([("affected", WINDOWS)], "19045", "undetermined", "version_other_form"),
    ([("affected", WINDOWS)], "19045.5131", "affected", "affected"),
    ([("affected", WINDOWS)], "OS Build 19045.5131", "affected", "affected"),
    ([("affected", WINDOWS)], "19045.5247", "not_affected", "outside"),
    ([("affected", WINDOWS)], "22631.4", "not_affected", "outside"),
    ([("affected", "vers:unknown/>=10.0.19045.3|<10.0.22631.4")], "19045.2", "not_affected", "outside"),
    ([("affected", "vers:unknown/>=10.0.19045.3|<10.0.22631.4")], "19045.9", "affected", "affected"),
    ([("affected", "vers:unknown/>=10.0.19045.3|<10.0.22631.4")], "22631.3", "affected", "affected"),
    ([("affected", EVERY)], "22H2", "affected", "affected_all"),
    ([("affected", "22H2")], "22H2", "affected", "affected"),
    ([("affected", "22H2")], "21H2", "not_affected", "outside"),
    ([("affected", "vers:unknown/<22H2")], "21H2", "affected", "affected"),
    ([("affected", "vers:unknown/<19045")], "19046", "not_affected", "outside"),
    # fixed and not affected are silence
    ([("fixed", "3.2")], "3.2", "not_affected", "fixed"),
    ([("fixed", "3.2")], "3.1", "not_affected", "outside"),
    ([("fixed", None)], "3.2", "undetermined", "fixed_without_version"),
    ([("not_affected", None)], "3.1", "not_affected", "stated_not_affected"),
    ([("not_affected", None)], "", "not_affected", "stated_not_affected"),
    ([("not_affected", EVERY)], "", "not_affected", "stated_not_affected"),
    ([("affected", EVERY), ("fixed", "3.2")], "3.2", "not_affected", "fixed"),
    ([("affected", EVERY), ("fixed", "3.2")], "3.1", "affected", "affected_all"),
    ([("affected", EVERY), ("fixed", "3.2")], "", "undetermined", "no_version"),
    ([("affected", "vers:unknown/<5"), ("fixed", "4.2.8")], "4.2.8", "not_affected", "fixed"),
    ([("affected", "vers:unknown/<5"), ("fixed", "4.2.8")], "4.2.9", "affected", "affected"),
    ([("affected", None), ("fixed", "vers:unknown/>=3")], "3.1", "not_affected", "fixed"),
    ([("affected", None), ("fixed", "vers:unknown/>=3")], "2", "undetermined", "no_version_in_document"),
    ([("affected", EXACT), ("not_affected", None)], "3.1", "affected", "affected"),
    ([("affected", EXACT), ("not_affected", None)], "3.0", "not_affected", "stated_not_affected"),
    # contradictions
    ([("affected", EXACT), ("fixed", EXACT)], "3.1", "undetermined", "conflict"),
    ([("affected", "vers:unknown/<5"), ("not_affected", "vers:unknown/>=4|<6")], "4", "undetermined", "conflict"),
    ([("affected", EVERY), ("not_affected", None)], "4", "undetermined", "conflict"),
    # what only says affected does not weaken itself
    ([("affected", EVERY), ("affected", "zie leverancier")], "3.1", "affected", "affected_all"),
    ([("affected", EVERY), ("affected", "zie leverancier")], "", "affected", "affected_all"),
    ([("affected", BELOW), ("affected", None)], "3.1", "affected", "affected"),
    ([("affected", BELOW), ("affected", None)], "3.2", "undetermined", "no_version_in_document"),
    ([("affected", None), ("fixed", None)], "3.2", "undetermined", "no_version_in_document"),
    # not known
    ([("investigated", "vers:unknown/>=4")], "4", "undetermined", "investigated"),
    ([("investigated", None)], "4", "undetermined", "investigated"),
    ([("unknown", None)], "4", "undetermined", "status_unknown"),
    ([("investigated", None), ("affected", EXACT)], "3.1", "affected", "affected"),
    ([("investigated", None), ("affected", EXACT)], "4", "undetermined", "investigated"),
    ([("investigated", "vers:unknown/>=4"), ("fixed", "4.5")], "4.5", "not_affected", "fixed"),
    ([("affected", "zie leverancier"), ("affected", BELOW)], "3.1", "affected", "affected"),
    ([("affected", "zie leverancier"), ("fixed", "vers:unknown/>=3")], "3.1", "not_affected", "fixed"),
    ([("affected", EVERY), ("fixed", "zie leverancier")], "3.1", "undetermined", "range_not_understood"),
    ([("affected", BELOW), ("recommended", "3.1")], "3.1", "affected", "affected"),
    ([("affected", "vers:unknown/<3"), ("affected", "vers:unknown/>=3")], "", "affected", "affected"),
]


@pytest.mark.parametrize(("said", "version", "outcome", "code"), CASES, ids=lambda part: str(part)[:60])
def test_case(said: Told, version: str, outcome: str, code: str) -> None:
    found = judge(advisory(*((status, line(text)) for status, text in said)), asset(version))
    assert found is not None
    assert (found.outcome, found.reason.code) == (outcome, code)
    assert code in CODES


@pytest.mark.parametrize("said", [[("recommended", "3.1")], []])
def test_a_document_that_says_nothing_of_it(said: Told) -> None:
    assert (
        judge(advisory(*((status, line(text)) for status, text in said), others=[line("3.1", name="o")]), asset("3.1"))
        is None
    )


@pytest.mark.parametrize(("told", "source", "purl"), [
    ("affected", "cyclonedx", ""), ("affected", "spdx", ""), ("affected", "cmdb", "pkg:generic/zaak@12"),
    ("undetermined", "cmdb", ""), ("undetermined", "ict_foto", ""), ("undetermined", "perimeter", ""),
])  # fmt: skip
def test_a_list_of_parts_tells_versions_whole(told: str, source: str, purl: str) -> None:
    found = judge(advisory(("affected", line("vers:unknown/<12.1"))), asset("12", source=source, purl=purl))
    assert found is not None
    assert found.outcome == told


@pytest.mark.parametrize(("version", "outcome"), [
    ("11", "undetermined"), ("2019", "undetermined"), ("1809", "undetermined"), ("10", "undetermined"),
    ("10.0.19045.5000", "affected"), ("10.0.19045.6000", "not_affected"), ("6.3.9600", "affected"),
])  # fmt: skip
def test_windows_has_names_and_numbers(version: str, outcome: str) -> None:
    told = advisory(("affected", line(WINDOWS, vendor="Microsoft", product="Windows Server")))
    found = judge(told, asset(version, vendor="Microsoft", product="Windows Server"))
    assert found is not None
    assert found.outcome == outcome


def test_another_product_and_a_withdrawn_document_mean_nothing() -> None:
    assert judge(advisory(("affected", line(BELOW))), asset("3.1", product="Burgerzaken")) is None
    assert judge(advisory(("affected", line(BELOW)), withdrawn=True), asset("3.1")) is None


def test_the_reason_tells_what_it_is_about() -> None:
    found = judge(advisory(("affected", line(BELOW))), asset("3.1"))
    assert found is not None
    assert found.reason == Reason(
        "affected", (("version", "3.1"), ("product", "Voorbeeld B.V. Zaaksysteem"), ("said", BELOW), ("line", "p1"))
    )


def test_per_weakness_and_the_strongest_for_the_whole() -> None:
    lines = {"a": line("vers:unknown/<3", name="a"), "b": line("vers:unknown/<5", name="b"), "c": line(None, name="c")}
    weaknesses = tuple(Vulnerability(f"CVE-{name}", said=(Said(name, "affected"),)) for name in ("a", "c", "b"))
    found = judge(
        Advisory("https://csirt.example", "EX", "1", "t", products=lines, vulnerabilities=weaknesses), asset("4")
    )
    assert found is not None
    assert [each.outcome for each in found.weighed] == ["not_affected", "undetermined", "affected"]
    assert (found.outcome, found.reason.code) == ("affected", "affected")


# ---- parts and what they run on

PLATFORM = line("10", name="os", vendor="Contoso", product="Server OS")


def _on(platform: str, relation: str = "installed_on", text: str = BELOW, name: str = "part") -> ProductLine:
    return line(text, name=name)._replace(on=platform, relation=relation)


def test_what_it_runs_on_does_not_match_by_itself() -> None:
    told = advisory(("affected", _on("os")), others=[PLATFORM])
    assert judge(told, asset("10", vendor="Contoso", product="Server OS")) is None
    found = judge(told, asset("3.1"))
    assert found is not None
    assert found.outcome == "affected"
    assert ("on", "os") in found.reason.params


def test_a_device_is_registered_by_its_name_and_not_by_that_of_its_firmware() -> None:
    told = advisory(("affected", _on("os")._replace(product="Firmware 7000")), others=[PLATFORM])
    found = judge(told, asset("10", vendor="Contoso", product="Server OS"))
    assert found is not None
    assert (found.outcome, found.reason.code) == ("undetermined", "contains_part")


def test_where_the_platform_decides_it_is_a_question() -> None:
    other = line("11", name="os2", vendor="Contoso", product="Other OS")
    told = advisory(("affected", _on("os")), ("not_affected", _on("os2", name="part2")), others=[PLATFORM, other])
    found = judge(told, asset("3.1"))
    assert found is not None
    assert (found.outcome, found.reason.code) == ("undetermined", "depends_on_platform")


@pytest.mark.parametrize(("version", "outcome"), [("10", "undetermined"), ("11", "not_affected"), ("", "undetermined")])
def test_a_whole_that_contains_an_affected_part_is_a_question(version: str, outcome: str) -> None:
    told = advisory(("affected", _on("os", "default_component_of")), others=[PLATFORM])
    found = judge(told, asset(version, vendor="Contoso", product="Server OS"))
    assert found is not None
    assert found.outcome == outcome
    assert found.reason.code == {"10": "contains_part", "11": "outside", "": "no_version"}[version]


@pytest.mark.parametrize(
    "relation", ["optional_component_of", "external_component_of", "installed_with", "installed_on"]
)
def test_only_what_comes_with_it_by_default(relation: str) -> None:
    told = advisory(("affected", _on("os", relation)), others=[PLATFORM])
    assert judge(told, asset("10", vendor="Contoso", product="Server OS")) is None


def test_what_is_said_of_the_whole_outweighs_its_parts() -> None:
    told = advisory(("affected", _on("os", "default_component_of")), ("not_affected", PLATFORM))
    found = judge(told, asset("10", vendor="Contoso", product="Server OS"))
    assert found is not None
    assert (found.outcome, found.reason.code) == ("not_affected", "stated_not_affected")


def test_a_fixed_part_says_nothing_of_the_whole() -> None:
    told = advisory(("fixed", _on("os", "default_component_of")), others=[PLATFORM])
    assert judge(told, asset("10", vendor="Contoso", product="Server OS")) is None


# ---- keys


def test_by_package_url_in_the_order_of_its_type() -> None:
    told = advisory(("affected", line("vers:npm/<1.0.0", vendor="", product="", purl="pkg:npm/mail")))
    assert _outcome(told, Asset("d", "1", "", "", purl="pkg:npm/mail@1.0.0-foo")) == "affected"  # a pre-release in npm
    assert _outcome(told, Asset("d", "1", "", "", purl="pkg:npm/mail@1.0.0")) == "not_affected"
    assert _outcome(told, Asset("d", "1", "", "", purl="pkg:npm/mail")) == "undetermined"
    assert _outcome(told, Asset("d", "1", "", "", purl="pkg:pypi/mail@0.1")) is None


def test_by_cpe_with_the_version_in_it() -> None:
    told = advisory(("affected", line(None, vendor="", product="", cpe="cpe:2.3:a:contoso:mail:2.0:*:*:*:*:*:*:*")))
    assert _outcome(told, Asset("d", "1", "Contoso", "Mail", "2.0")) == "affected"
    assert _outcome(told, Asset("d", "1", "", "", cpe="cpe:/a:contoso:mail:2.1")) == "not_affected"


def test_of_several_keys_the_strongest_counts() -> None:
    told = advisory(
        ("not_affected", line(None, vendor="Contoso", product="Mail")),
        ("affected", line(None, vendor="", product="", purl="pkg:npm/mail@1.0.0")),
    )
    assert _outcome(told, Asset("d", "1", "Contoso", "Mail", "1.0.0", purl="pkg:npm/mail@1.0.0")) == "affected"


def test_by_a_confirmed_alias_only() -> None:
    told = advisory(("affected", line(BELOW)))
    mine = asset("3.1", vendor="Voorbeeld", product="Zaken Online")
    assert judge(told, mine) is None
    found = judge(told, mine, Aliases([Alias("Voorbeeld", "Zaken Online", "Voorbeeld", "Zaaksysteem")]))
    assert found is not None
    assert found.outcome == "affected"


def _outcome(told: Advisory, mine: Asset) -> str | None:
    found = judge(told, mine)
    return found.outcome if found else None


def test_what_fixes_it() -> None:
    told = advisory(
        ("affected", line(BELOW)), ("fixed", line("3.2")), ("recommended", line("3.4")),
        ("fixed", line("9", vendor="Contoso", product="Mail")),
    )  # fmt: skip
    remedies = (
        Remedy("vendor_fix", "Werk bij.", ("p1",)),
        Remedy("mitigation", "Zet uit.", ("p4",)),
        Remedy("workaround", "Wacht."),
    )
    weakness = replace(told.vulnerabilities[0], remedies=remedies)
    found = fix_of(told, weakness, places_of(asset("3.1")))
    assert (found.fixed, found.recommended) == (("3.2",), ("3.4",))
    assert [each.details for each in found.remedies] == ["Werk bij.", "Wacht."]
