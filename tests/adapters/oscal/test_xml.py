"""XML says what JSON and YAML say; what cannot be placed is refused with its line; what wants to harm gets nowhere."""

import json
import time
import tracemalloc
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.oscal import markup
from dijkwacht.adapters.oscal.bundle import read, references, write
from dijkwacht.adapters.oscal.load import DEEPEST, OscalError, load
from dijkwacht.adapters.oscal.xml import XmlError, read_xml
from tests.adapters.oscal import made
from tests.adapters.oscal.as_xml import xml

NS = 'xmlns="http://csrc.nist.gov/ns/oscal/1.0"'


def rich() -> dict[str, Any]:
    """A catalog with the elements that are written differently in XML: revisions, parties, hashes, constraints."""
    document = made.catalog()
    body = document["catalog"]
    body["metadata"] |= {
        "revisions": [{"title": "Eerste", "version": "0.9"}, {"version": "1"}],
        "document-ids": [{"scheme": "http://www.doi.org/", "identifier": "10.1/x"}],
        "roles": [{"id": "creator", "title": "Maker"}],
        "locations": [{"uuid": made.uuid(70), "address": {"addr-lines": ["Dam 1"], "city": "Dijkstad"}, "urls": ["https://x.test"]}],
        "parties": [{
            "uuid": made.uuid(71), "type": "organization", "name": "Griffie", "email-addresses": ["griffie@dijkstad.example"],
            "telephone-numbers": [{"type": "office", "number": "0"}], "addresses": [{"city": "Dijkstad"}],
            "external-ids": [{"scheme": "https://x.test", "id": "7"}], "member-of-organizations": [made.uuid(72)],
        }],
        "responsible-parties": [{"role-id": "creator", "party-uuids": [made.uuid(71)]}],
        "remarks": "Een opmerking.",
    }  # fmt: skip
    param = body["groups"][0]["controls"][0]["params"][0]
    param |= {
        "constraints": [{"description": "Ten minste elk jaar", "tests": [{"expression": "x > 1"}]}],
        "guidelines": [{"prose": "Kies wat past."}], "usage": "Zo.",
    }  # fmt: skip
    body["back-matter"]["resources"][0] |= {
        "description": "Het stuk", "citation": {"text": "Iemand, 2026"},
        "rlinks": [{"href": "b.pdf", "media-type": "application/pdf", "hashes": [{"algorithm": "SHA-256", "value": "ab"}]}],
        "base64": {"filename": "b.txt", "value": "YQ=="},
    }  # fmt: skip
    return document


def profiles() -> list[dict[str, Any]]:
    chosen = {"with-child-controls": "yes", "with-ids": ["a-1", "b-1"], "matching": [{"pattern": "a-*"}]}
    custom = {"groups": [{"id": "g", "title": "G", "insert-controls": [{"order": "keep", "include-all": {}}]}]}
    modify = {
        "set-parameters": [{"param-id": "a-1_p", "values": ["elk jaar"], "label": "hoe vaak"}],
        "alters": [{
            "control-id": "a-1", "removes": [{"by-name": "guidance"}],
            "adds": [{"position": "ending", "parts": [{"id": "n", "name": "item", "prose": "Erbij."}]}],
        }],
    }  # fmt: skip
    return [
        made.profile(merge={"combine": {"method": "use-first"}, "as-is": True}, modify=modify),
        made.profile(imports=[{"href": "catalog.json", "include-controls": [chosen]}], merge={"flat": {}}),
        made.profile(merge={"custom": custom}),
    ]


def mapping() -> dict[str, Any]:
    maps = [
        made.mapped(1, "equal-to", ["x-1"], ["a-1"], remarks="Zo gelezen."),
        made.mapped(2, "subset-of", ["x-2", "x-3"], ["b-1"], coverage={"generation-method": "arbitrary", "target-coverage": 0.5}),
    ]  # fmt: skip
    return made.mapping(*maps)


EVERY = [made.catalog(), made.left(), rich(), mapping(), *profiles()]


@pytest.mark.parametrize("prefix", ["", "o"])
@pytest.mark.parametrize("document", EVERY)
def test_all_three_formats_read_equal(document: dict[str, Any], prefix: str) -> None:
    found = [
        load(made.raw(document), name="x.json"),
        load(xml(document, prefix), name="x.xml"),
        load(yaml.safe_dump(document, allow_unicode=True).encode(), name="x.yaml"),
    ]
    assert [each.whole for each in found] == [document] * 3
    assert len({write(each) for each in found}) == 1


def test_together_in_three_formats_they_find_each_other() -> None:
    files = [
        ("catalog.xml", xml(made.catalog())),
        ("left.yaml", yaml.safe_dump(made.left()).encode()),
        ("profile.xml", xml(profiles()[0])),
        ("map.xml", xml(mapping())),
    ]
    found = read(files)
    assert found.refused == ()
    assert [each.kind for each in found.files] == ["catalog", "catalog", "profile", "mapping-collection"]
    plain = [("catalog.json", made.raw(made.catalog())), ("profile.json", made.raw(profiles()[0]))]
    assert found.files[2].framework == read(plain).files[1].framework
    assert found.files[3].per_relation == {"equal-to": 1, "subset-of": 1}


@pytest.mark.parametrize("form", ["json", "xml", "yaml"])
def test_references_are_found_in_every_format(form: str) -> None:
    document = mapping()
    content = {"json": made.raw(document), "xml": xml(document), "yaml": yaml.safe_dump(document).encode()}[form]
    assert references(content, name=f"map.{form}") == [["left.json"], ["catalog.json"]]


def prose(inner: str) -> str:
    part = f'<part name="statement">{inner}</part>'
    return (
        load(_catalog(f'<control id="c"><title>T</title>{part}</control>')).body["controls"][0]["parts"][0].get("prose")
    )


def _catalog(inner: str, title: str = "T") -> bytes:
    head = f"<metadata><title>{title}</title><last-modified>x</last-modified><version>1</version>"
    head += "<oscal-version>1.1.2</oscal-version></metadata>"
    return f'<catalog {NS} uuid="{made.uuid(1)}">\n{head}\n{inner}</catalog>'.encode()


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<p>Eén  <em>zin</em>\n  met <strong>nadruk</strong>.</p>", "Eén *zin* met **nadruk**."),
        ("<p>Eerst.</p><p>Dan <code>x * y</code>.</p>", "Eerst.\n\nDan `x * y`."),
        ('<p>Zie <a href="#b">dit</a>, <q>dat</q>, H<sub>2</sub>O, m<sup>2</sup>.</p>', 'Zie [dit](#b), "dat", H~2~O, m^2^.'),
        ('<p>Elke <insert type="param" id-ref="p"/>.</p>', "Elke {{ insert: param, p }}."),
        ("<p>5 * 3 ~ 15, `x`</p>", "5 \\* 3 \\~ 15, \\`x\\`"),
        ("<ul><li>een</li><li>twee<ol><li>diep</li></ol></li></ul>", "- een\n- twee\n  1. diep"),
        ("<h2>Kop</h2><p>Tekst</p>", "## Kop\n\nTekst"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("<blockquote><p>een</p><p>twee</p></blockquote>", "> een\n>\n> twee"),
        ("<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td>2</td></tr></table>",
         "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |"),
        ('<p><img src="i.png" alt="plaat"/></p>', "![plaat](i.png)"),
        ("<p>een<br/>twee &amp; drie &lt; vier</p>", "een twee & drie < vier"),
        ("", None),
    ],
)  # fmt: skip
def test_marked_up_text_becomes_what_json_has(inner: str, expected: str | None) -> None:
    assert prose(inner) == expected


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_no_text_is_lost(text: str) -> None:
    plain = "".join(each for each in text if each not in "*`~^")
    assert markup.line([plain]) == " ".join(plain.split())


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (_catalog("<vreemd/>"), "unknown_element", "3"),
        (_catalog('<control id="a"><title>T</title><video/></control>'), "unknown_element", "3"),
        (_catalog('<part name="x"><p>a<script>x</script></p></part>'), "unknown_element", "3"),
        (_catalog('<o:control xmlns:o="urn:x" id="a"/>'), "unknown_element", "3"),
        (_catalog('<control xmlns="urn:x" id="a"/>'), "unknown_element", "3"),
        (_catalog("losse tekst"), "stray_text", "3"),
        (_catalog('<control id="a"><title>T</title>\n<title>U</title></control>'), "double_element", "4"),
        (b"<catalog", "not_xml", "1"),
        (_catalog("<control>")[:-15], "not_xml", "3"),
        (_catalog("</control>"), "not_xml", "3"),
        (b"<?xml version='1.0'?>", "not_xml", "1"),
        (b"<catalog>\x00</catalog>", "wrong_namespace", "1"),
        (b"<html><body/></html>", "wrong_namespace", "1"),
        (b"<!DOCTYPE catalog [<!ENTITY a 'b'>]>\n<catalog>&a;</catalog>", "unsafe_xml", "1"),
        (b"<!DOCTYPE catalog SYSTEM 'file:///etc/passwd'><catalog/>", "unsafe_xml", "1"),
        (b"<?xml version='1.0' encoding='nonsense'?><catalog/>", "not_xml", "1"),
    ],
)
def test_refused_with_its_line(content: bytes, code: str, line: str) -> None:
    (refusal,) = read([("x.xml", content)]).refused
    assert (refusal.code, refusal.params.get("line")) == (code, line)


@pytest.mark.parametrize("root", ["assessment-plan", "system-security-plan"])
def test_another_root(root: str) -> None:
    (refusal,) = read([("x.xml", f"<{root} {NS}/>".encode())]).refused
    assert (refusal.code, refusal.params["found"]) == ("other_root", root)


def test_what_is_wrong_with_the_shape_names_the_line() -> None:
    content = _catalog('<group>\n<title>G</title>\n<control id="1x"><title>T</title></control>\n</group>')
    (refusal,) = read([("x.xml", content)]).refused
    assert (refusal.code, refusal.path) == ("bad_id", "/catalog/groups/0/controls/0/id:5")
    (plain,) = read([("x.json", made.raw(load(content).whole))]).refused
    assert (plain.code, plain.path) == ("bad_id", "/catalog/groups/0/controls/0/id")


def test_no_number() -> None:
    content = xml(mapping()).replace(b">0.5<", b">veel<")
    assert [each.code for each in read([("m.xml", content)]).refused] == ["bad_number"]
    assert [each.code for each in read([("m.xml", xml(mapping()).replace(b">0.5<", b">nan<"))]).refused] == [
        "bad_number"
    ]
    (refusal,) = read([("m.xml", xml(mapping()).replace(b">0.5<", b">7<"))]).refused
    assert (refusal.code, refusal.params["expected"]) == ("wrong_type", "share")


def test_as_deep_as_json_and_no_deeper() -> None:
    for depth, wanted in ((DEEPEST, "not_xml"), (DEEPEST + 1, "too_deep"), (100_000, "too_deep")):
        content = f"<catalog {NS}>{'<group>' * (depth - 1)}".encode()
        assert read([("x.xml", content)]).refused[0].code == wanted


def measured(content: bytes) -> tuple[str, float, int]:
    """How reading ended, in how many seconds, with how many bytes at most."""
    tracemalloc.start()
    began, code = time.monotonic(), "read"
    try:
        load(content, name="x.xml")
    except OscalError as error:
        code = error.refusal.code
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return code, time.monotonic() - began, peak


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_catalog('<part name="x">' + "<blockquote>" * 10 + "<pre>" + "\n" * 5_000_000), "too_much_xml"),
        (_catalog('<part name="x">' + "<ul><li>" * 10 + "<p>x</p>" * 400_000), "too_much_xml"),
        (_catalog("<group><title>" + "x" * 20_000_000 + "</title></group>"), "read"),
        (b"<catalog " + b"a" * 25_000_000, "not_xml"),
    ],
    ids=["quotations", "lists", "one-long-text", "one-long-token"],
)
def test_what_wants_to_fill_memory(content: bytes, code: str) -> None:
    ended, seconds, peak = measured(content)
    assert ended == code
    assert seconds < 30
    assert peak < 800 * 1024 * 1024


def test_more_elements_than_any_catalog_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dijkwacht.adapters.oscal.xml.ELEMENTS", 1_000)
    content = _catalog("<group><title>x</title></group>" * 500)
    (refusal,) = read([("x.xml", content)]).refused
    assert (refusal.code, refusal.params["most"]) == ("too_much_xml", "1000")


def test_time_runs_out() -> None:
    times = iter(range(0, 10_000, 20))
    with pytest.raises(XmlError, match="too_slow"):
        read_xml(
            _catalog("<group><title>x</title></group>" * 50_000), deepest=DEEPEST, clock=lambda: float(next(times))
        )


def test_what_is_kept_is_json() -> None:
    written = write(load(xml(rich())))
    assert json.loads(written) == rich()
