"""What is taken in, what is set aside: schema, mandatory tests, hash, signature, name of the file."""

import hashlib
import json
import logging
import os
import re
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pysequoia import Profile, SignatureMode, Tsk, sign

from dijkwacht.adapters.csaf import check, rules
from dijkwacht.adapters.csaf.check import Companions, check_csaf, file_name
from dijkwacht.adapters.csaf.rules import against_rules, mandatory
from dijkwacht.adapters.csaf.schema import against_schema
from dijkwacht.adapters.csaf.signature import NO_KEYS, Keys, certificates, hash_standing, signature_standing
from tests.adapters.csaf.made import document, put, raw

DATA = raw(document())


def codes(data: bytes, beside: Companions = check.NOTHING) -> list[str]:
    return [each.code for each in check_csaf(data, beside).findings]


def test_a_valid_document_has_no_findings() -> None:
    found = check_csaf(DATA)
    assert (found.findings, found.quarantined, found.hashed, found.signed.standing) == ((), False, "none", "none")


def test_what_fails_the_schema_is_set_aside_and_read_anyway_when_a_person_says_so() -> None:
    data = raw(put(document(), "/document/title", ...))
    found = check_csaf(data)
    assert found.quarantined
    assert (found.findings[0].code, found.findings[0].path) == ("schema", "/document")
    assert "title" in found.findings[0].params["message"]
    again = check_csaf(data, anyway=True)
    assert again.advisory is not None
    assert again.findings == found.findings


def test_what_breaks_a_rule_is_taken_in_with_findings() -> None:
    found = check_csaf(raw(put(document(), "/vulnerabilities/0/product_status/known_affected", ["Z"])))
    assert not found.quarantined
    assert ("rule", "6.1.1") in [(each.code, each.params.get("rule")) for each in found.findings]


def test_a_moment_that_is_written_wrong_does_not_set_aside() -> None:
    found = check_csaf(raw(put(document(), "/document/tracking/current_release_date", "2026-09-01T08:00:00")))
    assert not found.quarantined
    assert {"format", "no_zone"} <= {each.code for each in found.findings}


def test_findings_stand_grave_first() -> None:
    body = put(document(), "/document/tracking/current_release_date", "2026-09-01T08:00:00")
    found = check_csaf(raw(body), Companions(hashes={"sha256": b"0" * 64}))
    assert found.findings[0].code == "hash_bad"


@pytest.mark.parametrize("number", [10**400, -(10**400)])
def test_a_number_that_no_checker_can_hold(number: int) -> None:
    body = put(document(), "/vulnerabilities/0/scores/0/cvss_v3/baseScore", number)
    assert check_csaf(raw(body)).quarantined


def test_a_large_document_is_read_without_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "LARGEST_CHECKED", 100)
    found = check_csaf(DATA)
    assert not found.quarantined
    assert [(each.code, dict(each.params)) for each in found.findings] == [("not_checked", {"left": "6.1"})]


def test_rules_stop_when_time_is_up() -> None:
    ticks = count()
    found = against_rules(document(), "csaf-2.0", seconds=2, clock=lambda: float(next(ticks)))
    assert found[-1].code == "not_checked"
    assert int(found[-1].params["left"]) == len(mandatory("csaf-2.0")) - 2


@pytest.mark.parametrize("form", ["csaf-2.0", "csaf-2.1"])
def test_tests_that_are_passed_over_would_have_found_nothing(form: str) -> None:
    tests = dict(mandatory(form))
    for name, key in rules._ONLY_WITH.items():
        assert key not in json.dumps(document()).encode()
        assert tests[name](document()) == []


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("/product_tree/branches/0/branches/0/branches/0/product/product_identification_helper", {"purl": "pkg:/x"}, "6.1.13"),
        ("/product_tree/branches/0/branches/0/branches/0/product/product_identification_helper",
         {"hashes": [{"filename": "x", "file_hashes": [{"algorithm": "sha256", "value": "0" * 64}] * 2}]}, "6.1.25"),
        ("/vulnerabilities/0/remediations/0/group_ids", ["G"], "6.1.4"),
    ],
)  # fmt: skip
def test_tests_are_done_where_their_key_stands(path: str, value: Any, rule: str) -> None:
    assert [each.params["rule"] for each in against_rules(put(document(), path, value), "csaf-2.0")] == [rule]


def test_a_rule_that_falls_over_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def falls(_: dict[str, Any]) -> list[Any]:
        raise KeyError("x")

    monkeypatch.setattr(rules, "mandatory", lambda form: (("6.1.99", falls),))
    found = against_rules(document(), "csaf-2.0")
    assert [(each.code, each.params["rule"], each.weight) for each in found] == [("rule_failed", "6.1.99", "note")]


def test_the_checker_leaves_logging_as_it_was() -> None:
    before = list(logging.getLogger().handlers), logging.getLogger().level
    mandatory.cache_clear()
    mandatory("csaf-2.1")
    assert (list(logging.getLogger().handlers), logging.getLogger().level) == before


def test_the_rules_are_those_of_the_standard() -> None:
    assert len(mandatory("csaf-2.0")) == 33
    assert len(mandatory("csaf-2.1")) > 60
    assert against_schema(document(), "csaf-2.1") != []


# -- hash ---------------------------------------------------------------------------------------------
def test_hashes() -> None:
    good = hashlib.sha512(DATA).hexdigest().encode()
    assert hash_standing(DATA, {"sha512": good + b"  dt-2026-0001.json\n"}) == "good"
    assert hash_standing(DATA, {"sha512": good.upper()}) == "good"
    assert hash_standing(DATA + b" ", {"sha512": good}) == "bad"
    assert hash_standing(DATA, {"sha512": good, "sha256": b"0" * 64}) == "bad"
    assert hash_standing(DATA, {}) == "none"
    for content in (b"", b"<html>", good[:-1], b"\xff" * 200):
        assert hash_standing(DATA, {"sha512": content}) == "unreadable"


def test_a_wrong_hash_sets_aside() -> None:
    beside = Companions(hashes={"sha256": b"0" * 64})
    assert check_csaf(DATA, beside).quarantined
    assert check_csaf(DATA, beside, anyway=True).advisory is not None


def test_what_must_be_there() -> None:
    beside = Companions(must=frozenset({"hash", "signature"}))
    assert codes(DATA, beside) == ["hash_none", "signature_none"]
    assert check_csaf(DATA, beside).quarantined


# -- signature ----------------------------------------------------------------------------------------
OURS, THEIRS = Tsk.generate("Dijkteam", profile=Profile.RFC9580), Tsk.generate("Een ander", profile=Profile.RFC4880)


def signed(key: Tsk, data: bytes = DATA, *, armor: bool = True) -> bytes:
    return sign(key.signer(), data, mode=SignatureMode.DETACHED, armor=armor)


def keys(*held: Tsk) -> Keys:
    return Keys.of([str(each.extract_certificate()).encode() for each in held])


@pytest.mark.parametrize("key", [OURS, THEIRS])
@pytest.mark.parametrize("armor", [True, False])
def test_signatures(key: Tsk, armor: bool) -> None:
    found = signature_standing(DATA, signed(key, armor=armor), keys(OURS, THEIRS))
    assert (found.standing, found.fingerprint) == ("good", key.extract_certificate().fingerprint)
    assert signature_standing(DATA + b" ", signed(key, armor=armor), keys(OURS, THEIRS)).standing == "bad"


def test_an_unknown_key_is_a_finding_a_wrong_signature_sets_aside() -> None:
    unknown = check_csaf(DATA, Companions(signature=signed(THEIRS), keys=keys(OURS)))
    assert (unknown.signed.standing, unknown.quarantined) == ("key_unknown", False)
    assert unknown.findings[0].code == "signature_key_unknown"
    wrong = check_csaf(DATA, Companions(signature=signed(OURS, b"iets anders"), keys=keys(OURS)))
    assert (wrong.signed.standing, wrong.quarantined) == ("bad", True)
    must = check_csaf(DATA, Companions(signature=signed(THEIRS), keys=keys(OURS), must=frozenset({"signature"})))
    assert must.quarantined


@pytest.mark.parametrize(
    "content", [b"", b"rommel", b"-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\n"]
)
def test_what_is_no_signature(content: bytes) -> None:
    assert signature_standing(DATA, content, keys(OURS)).standing == "unreadable"
    assert not check_csaf(DATA, Companions(signature=content)).quarantined


def test_a_key_is_no_signature() -> None:
    certificate = str(OURS.extract_certificate()).encode()
    assert signature_standing(DATA, certificate, keys(OURS)).standing == "unreadable"


def test_two_signatures_of_which_one_is_of_a_known_key() -> None:
    both = signed(THEIRS, armor=False) + signed(OURS, armor=False)
    assert signature_standing(DATA, both, keys(OURS)).standing == "good"
    assert signature_standing(DATA, both, NO_KEYS).standing == "key_unknown"


def test_what_is_no_key_is_counted() -> None:
    held = Keys.of([b"rommel", str(OURS.extract_certificate()).encode()])
    assert held.refused == 1
    assert signature_standing(DATA, signed(OURS), held).standing == "good"


def test_a_key_counts_only_under_its_own_fingerprint() -> None:
    ours = OURS.extract_certificate()
    assert len(certificates(str(ours).encode(), ours.fingerprint.upper())) == 1
    assert certificates(str(ours).encode(), THEIRS.extract_certificate().fingerprint) == []
    assert certificates(b"rommel", ours.fingerprint) == []


# -- the name of the file -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("identity", "name"),
    [("NCSC-2026-0389", "ncsc-2026-0389.json"), ("RHSA-2026:1 é", "rhsa-2026_1_.json"), ("A+b", "a+b.json")],
)
def test_file_names(identity: str, name: str) -> None:
    assert file_name(identity) == name


def test_another_name_is_a_finding() -> None:
    assert codes(DATA, Companions("x/dt-2026-0001.json")) == []
    assert codes(DATA, Companions("x/advies.json")) == ["file_name"]


# -- what OASIS publishes as tests ---------------------------------------------------------------------
OASIS = os.environ.get("DIJKWACHT_CSAF_TESTS", "")


@pytest.mark.skipif(not OASIS, reason="DIJKWACHT_CSAF_TESTS names no checkout of oasis-tcs/csaf")
@pytest.mark.parametrize(("version", "agree"), [("2.0", 147), ("2.1", 470)])
def test_mandatory_documents_of_oasis(version: str, agree: int) -> None:
    """A number from 11 on at the end of the name is a valid document, below it one that must fail."""
    folder = Path(OASIS) / f"csaf_{version}" / "test" / "validator" / "data" / "mandatory"
    right = 0
    for path in sorted(folder.glob("*.json")):
        if path.name.endswith(".result.json"):
            continue
        found = check_csaf(path.read_bytes())
        failed = any(each.code in ("schema", "format", "rule", "rule_failed") for each in found.findings)
        number = re.search(r"-(\d+)\.json$", path.name)
        assert number is not None
        right += failed == (int(number.group(1)) < 11)
    assert right >= agree
