"""What is read of a CSAF document: products, what is said of them, ratings, and how odd files are told about."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dijkwacht.adapters.csaf.read import Read, read_csaf
from dijkwacht.core.advisories.shapes import Advisory, Note, ProductLine, Rating, Said
from tests.adapters.csaf import made
from tests.adapters.csaf.made import document, leaf, put, raw


def got(body: dict[str, Any]) -> Advisory:
    found = read_csaf(raw(body))
    assert found.advisory is not None, found.problems
    return found.advisory


def told(found: Read) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in found.problems]


def test_a_plain_advisory() -> None:
    found = read_csaf(raw(document()))
    advisory = found.advisory
    assert advisory is not None
    assert found.problems == ()
    assert len(found.digest) == 64
    assert advisory.key == ("https://dijkteam.example", "DT-2026-0001")
    assert (advisory.form, advisory.version, advisory.state, advisory.tlp) == ("csaf-2.0", "1.0.0", "final", "GREEN")
    assert advisory.published == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert advisory.products["A"] == ProductLine(
        "A", "Waterwerk", "Grachtenpeil", "vers:unknown/<3.2", "range", "Grachtenpeil vers:unknown/<3.2"
    )
    assert advisory.products["B"].form == "version"
    weakness = advisory.vulnerabilities[0]
    assert (weakness.key, weakness.said) == ("CVE-2026-10001", (Said("A", "affected"), Said("B", "fixed")))
    assert weakness.ratings == (Rating("cvss-3", made.SCORE["vectorString"], "https://dijkteam.example"),)  # type: ignore[arg-type]
    assert weakness.remedies[0].products == ("A",)
    assert advisory.revisions == (("1.0.0", "2026-09-01T08:00:00Z", "Eerste versie"),)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("known_affected", "affected"), ("fixed", "fixed"), ("known_not_affected", "not_affected"),
        ("under_investigation", "investigated"), ("recommended", "recommended"), ("unknown", "unknown"),
    ],
)  # fmt: skip
def test_every_status(kind: str, status: str) -> None:
    body = put(document(), "/vulnerabilities/0/product_status", {kind: ["A"]})
    assert got(body).vulnerabilities[0].said == (Said("A", status),)  # type: ignore[arg-type]


def test_the_order_in_which_statuses_stand_is_of_each_weakness_itself() -> None:
    first = {"cve": "CVE-2026-1", "product_status": {"known_affected": ["A"], "fixed": ["A"]}}
    second = {"cve": "CVE-2026-2", "product_status": {"fixed": ["A"], "known_affected": ["A"]}}
    found = got(document(vulnerabilities=[first, second, first])).vulnerabilities
    assert [[said.status for said in each.said] for each in found] == [
        ["affected", "fixed"],
        ["fixed", "affected"],
        ["affected", "fixed"],
    ]


def test_the_first_and_the_last_affected_are_kept_as_such() -> None:
    status = {"first_affected": ["A", "A"], "known_affected": ["A"], "last_affected": ["B"]}
    assert got(put(document(), "/vulnerabilities/0/product_status", status)).vulnerabilities[0].said == (
        Said("A", "affected", end="first"),
        Said("A", "affected"),
        Said("B", "affected", end="last"),
    )


def test_what_is_said_again_for_another_weakness() -> None:
    body = document()
    first, other = body["vulnerabilities"][0], {"product_status": {"known_not_affected": ["B"]}}
    flags = [{"label": "component_not_present", "product_ids": ["B"]}]
    body["vulnerabilities"] = [first, first, other, other | {"flags": flags}, other, first]
    said = [each.said for each in got(body).vulnerabilities]
    assert said[0] == said[1] == said[5]
    assert said[2] == said[4] == (Said("B", "not_affected"),)
    assert said[3] == (Said("B", "not_affected", "component_not_present"),)


def test_a_mistake_that_is_made_twice_is_told_twice() -> None:
    body = document()
    body["vulnerabilities"] = [{"product_status": {"half_affected": ["A"]}}] * 2
    assert [path for _, path in told(read_csaf(raw(body)))] == [
        "/vulnerabilities/0/product_status/half_affected", "/vulnerabilities/1/product_status/half_affected",
    ]  # fmt: skip


def test_a_status_that_we_do_not_know_is_not_left_out_in_silence() -> None:
    body = put(document(), "/vulnerabilities/0/product_status", {"half_affected": ["A"]})
    found = read_csaf(raw(body))
    assert found.advisory is None
    assert told(found) == [("unknown_status", "/vulnerabilities/0/product_status/half_affected")]


def test_why_not_affected() -> None:
    flags = [
        {"label": "component_not_present", "product_ids": ["B"]},
        {"label": "vulnerable_code_not_present", "group_ids": ["G"]},
    ]
    body = document()
    body["product_tree"]["full_product_names"] = [{"name": "Sluis", "product_id": "C"}]
    body["product_tree"]["product_groups"] = [{"group_id": "G", "product_ids": ["C", "B"]}]
    body["vulnerabilities"][0] |= {"product_status": {"known_not_affected": ["B", "C"]}, "flags": flags}
    advisory = got(body)
    assert advisory.groups == {"G": ("C", "B")}
    assert advisory.vulnerabilities[0].said == (
        Said("B", "not_affected", "component_not_present"), Said("C", "not_affected", "vulnerable_code_not_present"),
    )  # fmt: skip


def test_a_loose_name_with_its_helpers() -> None:
    helper = {
        "cpe": "cpe:2.3:a:waterwerk:sluis:2:*:*:*:*:*:*:*",
        "purl": "pkg:generic/sluis@2",
        "hashes": [{"filename": "s", "file_hashes": [{"algorithm": "sha256", "value": "ab" * 32}]}],
    }
    body = document()
    body["product_tree"]["full_product_names"] = [
        {"name": "Sluis 2", "product_id": "C", "product_identification_helper": helper}
    ]
    line = got(body).products["C"]
    assert (line.vendor, line.product, line.form) == ("", "Sluis 2", "none")
    assert (line.cpe, line.purl, line.hashes) == (helper["cpe"], helper["purl"], ("sha256:" + "ab" * 32,))


def related(part: str, on: str, product: str) -> dict[str, Any]:
    return {
        "category": "installed_on", "product_reference": part, "relates_to_product_reference": on,
        "full_product_name": {"name": f"{part} op {on}", "product_id": product},
    }  # fmt: skip


def test_a_part_on_a_product_is_the_part() -> None:
    body = document()
    body["product_tree"]["full_product_names"] = [{"name": "Gemaal OS", "product_id": "OS"}]
    # R2 is a part on a relation, and stands before the relation that it rests on
    body["product_tree"]["relationships"] = [related("R1", "OS", "R2"), related("A", "OS", "R1")]
    products = got(body).products
    for name in ("R1", "R2"):
        line = products[name]
        assert (line.vendor, line.product, line.version, line.form) == (
            "Waterwerk", "Grachtenpeil", "vers:unknown/<3.2", "range",
        )  # fmt: skip
        assert (line.on, line.relation) == ("OS", "installed_on")


def test_circles_of_relations_end() -> None:
    body = document()
    body["product_tree"]["relationships"] = [
        related("R2", "A", "R1"),
        related("R1", "A", "R2"),
        related("R3", "A", "R3"),
    ]
    found = read_csaf(raw(body))
    assert found.advisory is not None
    assert {code for code, _ in told(found)} == {"cycle"}
    assert found.advisory.products["R1"].product == "R2 op A"


def test_a_relation_to_what_is_not_there() -> None:
    body = document()
    body["product_tree"]["relationships"] = [related("nergens", "A", "R1"), related("A", "nergens", "R2")]
    found = read_csaf(raw(body))
    assert [code for code, _ in told(found)] == ["unknown_product", "unknown_product"]


def test_one_id_for_two_products_stands_for_both() -> None:
    body = document()
    body["product_tree"]["branches"][0]["branches"][0]["branches"].append(leaf("product_version", "2.9", "A"))
    found = read_csaf(raw(body))
    assert told(found)[0][0] == "double_id"
    assert found.advisory is not None
    assert found.advisory.products["A#2"].version == "2.9"
    said = found.advisory.vulnerabilities[0].said
    assert said == (Said("A", "affected"), Said("A#2", "affected"), Said("B", "fixed"))
    assert found.advisory.vulnerabilities[0].remedies[0].products == ("A", "A#2")


def test_the_same_product_twice_is_one() -> None:
    body = document()
    body["product_tree"]["branches"][0]["branches"][0]["branches"].append(leaf("product_version", "3.2", "B"))
    found = read_csaf(raw(body))
    assert found.advisory is not None
    assert set(found.advisory.products) == {"A", "B"}


def test_unknown_products_and_groups_are_told_once() -> None:
    body = put(document(), "/vulnerabilities/0/product_status", {"known_affected": ["A", "Z", "Z"], "fixed": ["Z"]})
    body["vulnerabilities"][0]["remediations"] = [{"category": "vendor_fix", "details": "x", "group_ids": ["G", "G"]}]
    found = read_csaf(raw(body))
    assert told(found) == [
        ("unknown_product", "/vulnerabilities/0/product_status/known_affected/1"),
        ("unknown_group", "/vulnerabilities/0/remediations/0/group_ids"),
    ]
    assert found.advisory is not None
    assert found.advisory.vulnerabilities[0].said == (Said("A", "affected"),)


def test_two_weaknesses_with_one_number_have_two_keys() -> None:
    body = document()
    body["vulnerabilities"] = [
        {"cve": "CVE-2026-1"},
        {"cve": "CVE-2026-1"},
        {"ids": [{"system_name": "x", "text": "W-7"}]},
        {},
    ]
    assert [each.key for each in got(body).vulnerabilities] == ["CVE-2026-1", "CVE-2026-1#2", "W-7", "#4"]


def test_a_long_name_of_a_weakness_is_cut_and_stays_its_own() -> None:
    body = document()
    body["vulnerabilities"] = [{"title": "lang " * 100 + end} for end in ("een", "twee")]
    one, other = (each.key for each in got(body).vulnerabilities)
    assert (len(one), other) == (250, f"{one}#2")


# -- ratings -----------------------------------------------------------------------------------------
def of_ncsc(*notes: tuple[str, str], severity: str = "") -> tuple[Rating, ...]:
    body = put(document(), "/document/publisher/namespace", made.NCSC)
    body["document"]["notes"] = [{"category": "general", "title": title, "text": text} for title, text in notes]
    if severity:
        body["document"]["aggregate_severity"] = {"text": severity}
    return got(body).ratings


def test_likelihood_and_damage_of_ncsc() -> None:
    assert of_ncsc(("Kans", "medium"), ("Schade", "high")) == (Rating("ncsc-kans-schade", "medium/high", made.NCSC),)
    assert of_ncsc(("KANS", "High ")) == (Rating("ncsc-kans-schade", "high/?", made.NCSC),)


def test_urgency_of_ncsc_wherever_it_comes() -> None:
    urgent = Rating("ncsc-urgency", "urgent", made.NCSC)
    assert of_ncsc(severity="Urgent") == (urgent,)
    assert of_ncsc(("Urgentie", "Urgent")) == (urgent,)
    assert of_ncsc(("Urgentie", "Normaal"), ("Kans", "medium"), ("Schade", "high")) == (
        Rating("ncsc-kans-schade", "medium/high", made.NCSC), Rating("ncsc-urgency", "normal", made.NCSC),
    )  # fmt: skip


def test_words_of_others_stay_their_words() -> None:
    body = document()
    body["document"]["aggregate_severity"] = {"text": "Important", "namespace": "https://scale.example"}
    assert got(body).ratings == (Rating("severity", "Important", "https://scale.example"),)
    body["document"]["aggregate_severity"] = {"text": "Urgent"}
    assert got(body).ratings == (Rating("severity", "Urgent", "https://dijkteam.example"),)


def test_a_text_that_happens_to_be_called_kans_is_no_rating() -> None:
    assert (
        of_ncsc(("Kans", "De kans dat iemand dit uitbuit hangt af van de inrichting; zie de toelichting hieronder."))
        == ()
    )


# -- use, withdrawn, labels --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Publicly Disclosed:No;Exploited:Yes", True), ("Exploited:No", False), ("No known exploits", False),
        ("CISA: https://www.cisa.gov/known-exploited-vulnerabilities-catalog", True), ("Er is een PoC", False),
    ],
)  # fmt: skip
def test_use_is_only_read_where_it_is_said_plainly(text: str, used: bool) -> None:
    threat = {"category": "exploit_status", "details": text, "date": "2026-08-30T00:00:00Z"}
    weakness = got(put(document(), "/vulnerabilities/0/threats", [threat])).vulnerabilities[0]
    assert weakness.exploited == (date(2026, 8, 30) if used else None)
    assert Note("threat_exploit_status", "", text) in weakness.notes


@pytest.mark.parametrize(
    ("label", "read", "odd"),
    [
        ("WHITE", "CLEAR", False), ("GREEN", "GREEN", False), ("AMBER+STRICT", "AMBER+STRICT", False),
        ("amber", "AMBER", True), ("TLP:GREEN", "GREEN", True), ("PURPLE", "RED", True), ("", "RED", True),
    ],
)  # fmt: skip
def test_labels(label: str, read: str, odd: bool) -> None:
    found = read_csaf(raw(put(document(), "/document/distribution/tlp/label", label)))
    assert found.advisory is not None
    assert found.advisory.tlp == read
    assert (("unknown_tlp", "/document/distribution/tlp/label") in told(found)) is odd


def test_no_label_is_no_label() -> None:
    assert got(put(document(), "/document/distribution", ...)).tlp is None


# -- 2.1 ---------------------------------------------------------------------------------------------
def test_csaf_2_1() -> None:
    body = put(document(), "/document/csaf_version", "2.1")
    weakness = body["vulnerabilities"][0]
    del weakness["scores"]
    weakness["cwes"] = [{"id": "CWE-79", "name": "x", "version": "4.15"}]
    weakness["first_known_exploitation_dates"] = [
        {"date": "2026-09-02T00:00:00Z", "exploitation_date": "2026-08-01T00:00:00Z"}
    ]
    ssvc = {"selections": [{"name": "Exploitation", "key": "E", "values": [{"name": "Active", "key": "A"}]}]}
    weakness["metrics"] = [
        {
            "products": ["A"],
            "source": "https://rate.example",
            "content": {
                "cvss_v4": {"vectorString": "CVSS:4.0/AV:N"},
                "epss": {"probability": "0.42", "percentile": "0.97", "timestamp": "2026-09-01T00:00:00Z"},
                "ssvc_v2": ssvc,
                "qualitative_severity_rating": "high",
            },
        }
    ]
    body["product_tree"]["full_product_names"] = [
        {
            "name": "K",
            "product_id": "K",
            "product_identification_helper": {"purls": ["pkg:generic/k@1?os=a", "pkg:generic/k@1"]},
        }
    ]
    body["product_tree"]["product_paths"] = [
        {
            "beginning_product_reference": "A",
            "full_product_name": {"name": "A op K", "product_id": "P"},
            "subpaths": [{"category": "installed_on", "next_product_reference": "K"}],
        }
    ]
    advisory = got(body)
    weak = advisory.vulnerabilities[0]
    source = "https://rate.example"
    assert advisory.form == "csaf-2.1"
    assert (weak.cwe, weak.exploited) == ("CWE-79", date(2026, 8, 1))
    assert weak.ratings == (
        Rating("cvss-4", "CVSS:4.0/AV:N", source), Rating("epss", "0.42", source, date(2026, 9, 1)),
        Rating("ssvc", "Exploitation:Active", source), Rating("severity", "high", source),
    )  # fmt: skip
    assert advisory.products["K"].purl == "pkg:generic/k@1?os=a"
    assert (advisory.products["P"].product, advisory.products["P"].on) == ("Grachtenpeil", "K")


@pytest.mark.parametrize("kind", ["csaf_withdrawn", "csaf_superseded"])
def test_withdrawn(kind: str) -> None:
    assert got(put(document(), "/document/category", kind)).withdrawn
