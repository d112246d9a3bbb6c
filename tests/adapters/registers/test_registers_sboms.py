"""SBOMs: CycloneDX in JSON and XML give the same lines, nested ones too; SPDX; what is no product is told."""

import json
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import pytest

from dijkwacht.adapters.registers import cyclonedx, detect, read
from dijkwacht.core.advisories.register_lines import Lines

ON = date(2026, 11, 30)
BOM: dict[str, Any] = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "metadata": {
        "timestamp": "2026-10-01T23:30:00+02:00",
        "tools": {"components": [{"type": "application", "name": "Schrijver", "version": "1"}]},
        "component": {"type": "application", "name": "Zaakvenster", "version": "4.1", "supplier": {"name": "Voorbeeld B.V."}},
    },
    "components": [
        {
            "type": "library", "group": "org.voorbeeld", "name": "log4j-core", "version": "2.14.1",
            "purl": "pkg:maven/org.voorbeeld/log4j-core@2.14.1",
            "pedigree": {"ancestors": [{"type": "library", "name": "voorouder", "version": "0"}]},
            "components": [{"type": "library", "name": "binnenin", "version": "3", "publisher": "Anders"}],
        },
        {"type": "operating-system", "name": "linux", "cpe": "cpe:2.3:o:voorbeeld:linux:6.1:*:*:*:*:*:*:*"},
        {"type": "file", "name": "leesmij.txt"},
        {"type": "library", "name": "pytest", "version": "9", "scope": "excluded"},
        {"type": "library", "name": "", "version": "1"},
        {"type": "device", "name": "Router", "version": "", "manufacturer": {"name": "Maker"}, "purl": "geen"},
    ],
}  # fmt: skip
EXPECTED = [
    ("Voorbeeld B.V.", "Zaakvenster", "4.1", ""),
    ("org.voorbeeld", "log4j-core", "2.14.1", "Zaakvenster"),
    ("Anders", "binnenin", "3", "Zaakvenster"),
    ("voorbeeld", "linux", "6.1", "Zaakvenster"),
    ("Maker", "Router", "", "Zaakvenster"),
]


def xml_of(component: dict[str, Any], prefix: str = "") -> str:
    inner = ""
    for key, value in component.items():
        if key == "components":
            inner += f"<{prefix}components>{''.join(xml_of(each, prefix) for each in value)}</{prefix}components>\n"
        elif key == "pedigree":
            ancestors = "".join(xml_of(each, prefix) for each in value["ancestors"])
            inner += f"<{prefix}pedigree><{prefix}ancestors>{ancestors}</{prefix}ancestors></{prefix}pedigree>"
        elif isinstance(value, dict):
            inner += f"<{prefix}{key}><{prefix}name>{escape(value['name'])}</{prefix}name></{prefix}{key}>"
        elif key != "type":
            inner += f"<{prefix}{key}>{escape(value)}</{prefix}{key}>"
    return f"<{prefix}component type='{component['type']}'>{inner}</{prefix}component>\n"


def as_xml(bom: dict[str, Any], prefix: str = "", space: str = "http://cyclonedx.org/schema/bom/1.6") -> bytes:
    p, about = prefix, bom["metadata"]
    tools = "".join(xml_of(each, p) for each in about["tools"]["components"])
    components = "".join(xml_of(each, p) for each in bom["components"])
    return (
        f"<?xml version='1.0'?>\n<{p}bom xmlns{':' + p[:-1] if p else ''}='{space}'>\n<{p}metadata>\n"
        f"<{p}timestamp>{about['timestamp']}</{p}timestamp><{p}tools><{p}components>{tools}</{p}components></{p}tools>"
        f"{xml_of(about['component'], p)}</{p}metadata><{p}components>\n{components}</{p}components></{p}bom>"
    ).encode()


def as_json(bom: dict[str, Any]) -> bytes:
    return json.dumps(bom).encode()


def told(found: Lines) -> list[tuple[str, str, str, str]]:
    return [(line.vendor, line.product, line.version, line.part_of) for line in found.lines]


@pytest.mark.parametrize(
    "data",
    [as_json(BOM), b"\xef\xbb\xbf" + as_json(BOM), json.dumps(BOM).encode("utf-16"), as_xml(BOM), as_xml(BOM, "b:")],
)
def test_json_and_xml_give_the_same_lines(data: bytes) -> None:
    assert detect(data, "x").form == "cyclonedx"
    found = read(data, name="bom", on=ON)
    assert found.problems == ()
    assert told(found) == EXPECTED
    assert (found.label, found.as_of) == ("Zaakvenster", date(2026, 10, 1))
    assert found.counts == {"component_left_out": 2, "no_product": 1, "not_a_purl": 1}


def test_where_a_line_stands() -> None:
    found = read(as_json(BOM), name="bom", on=ON)
    assert [line.at for line in found.lines][:3] == [
        "/metadata/component",
        "/components/0",
        "/components/0/components/0",
    ]
    assert [line.row for line in found.lines] == [1, 2, 3, 4, 8]
    lines = as_xml(BOM).decode().splitlines()
    for line in read(as_xml(BOM), name="bom", on=ON).lines:
        assert line.product in "".join(lines[line.row - 1 : line.row + 1])
    remarks = {remark.code: remark.params["at"] for remark in found.remarks}
    assert (remarks["no_product"], remarks["not_a_purl"]) == ("/components/4", "/components/5")


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.0"])
def test_every_edition(version: str) -> None:
    component = {"type": "library", "name": "muis", "version": "1"}
    bom = {**BOM, "specVersion": version, "components": [component]}
    for data in (as_json(bom), as_xml(bom, space=f"http://cyclonedx.org/schema/bom/{version}")):
        found = read(data, name="x", on=ON)
        assert ("", "muis", "1", "Zaakvenster") in told(found)
        assert ("unknown_spec_version" in found.counts) == (version == "2.0")


def test_without_a_name_of_its_own_the_file_gives_it() -> None:
    found = read(
        as_json({"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "muis"}]}), name="zv", on=ON
    )
    assert (found.label, found.as_of) == ("zv", None)
    assert found.counts == {"unknown_spec_version": 1}


def test_a_moment_that_lies_ahead_or_is_none_is_told() -> None:
    for moment, code in (("2027-01-01T00:00:00Z", "date_too_late"), ("gisteren", "not_a_date")):
        found = read(as_json({**BOM, "metadata": {"timestamp": moment}}), name="x", on=ON)
        assert found.as_of is None
        assert code in found.counts


def test_an_empty_sbom_is_no_register() -> None:
    found = read(as_json({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": []}), name="x", on=ON)
    assert ([problem.code for problem in found.problems], found.usable) == (["no_lines"], False)


@pytest.mark.parametrize("components", [{"a": 1}, "x", 3, [1, None], [[]]])
def test_components_of_another_type_are_refused_or_no_line(components: object) -> None:
    assert not read(as_json({**BOM, "metadata": {}, "components": components}), name="x", on=ON).usable


def test_half_characters_and_control_characters_go() -> None:
    text = '{"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "mu\\u0000is\\ud800", "version": "1\\n2"}]}'
    (line,) = read(text.encode(), name="x", on=ON).lines
    assert (line.product, line.version) == ("muis?", "1 2")


def test_spdx() -> None:
    package = {
        "name": "log4j-core", "versionInfo": "2.14.1", "supplier": "Organization: Voorbeeld (post@voorbeeld.example)",
        "externalRefs": [
            {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:voorbeeld:log4j:2.14.1:*:*:*:*:*:*:*"},
            {"referenceType": "purl", "referenceLocator": "pkg:maven/org.voorbeeld/log4j-core@2.14.1"},
        ],
    }  # fmt: skip
    other = {
        "name": "muis",
        "versionInfo": "NOASSERTION",
        "supplier": "Person: N. Tervaan",
        "originator": "NOASSERTION",
    }
    whole = {
        "spdxVersion": "SPDX-2.3", "name": "Zaakvenster", "creationInfo": {"created": "2026-10-01T10:00:00Z"},
        "packages": [package, other, {}],
    }  # fmt: skip
    data = json.dumps(whole).encode()
    assert detect(data, "x").form == "spdx"
    found = read(data, name="x", on=ON)
    assert told(found)[0] == ("Voorbeeld", "log4j-core", "2.14.1", "Zaakvenster")
    assert told(found)[1] == ("", "muis", "", "Zaakvenster")
    assert (found.lines[0].purl, found.lines[0].cpe[:8]) == ("pkg:maven/org.voorbeeld/log4j-core@2.14.1", "cpe:2.3:")
    assert (found.as_of, found.counts) == (date(2026, 10, 1), {"no_product": 1})
    for bad in ({**whole, "packages": {}}, {"spdxVersion": 3}):
        assert [each.code for each in read(json.dumps(bad).encode(), name="x", on=ON).problems] == ["not_spdx"]
    assert read(json.dumps({**whole, "packages": [1]}).encode(), name="x", on=ON).counts == {"not_a_component": 1}


def test_another_sbom_than_it_is_said_to_be() -> None:
    assert [each.code for each in cyclonedx.read(b'{"a": 1}', name="x", on=ON).problems] == ["not_cyclonedx"]
    assert [each.code for each in cyclonedx.read(b"<bom/>", name="x", on=ON).problems] == ["not_cyclonedx"]
    assert detect(b'{"a": 1}', "x").form is None
