"""The packs about measuring from the outside: sound as they are, and what is wrong is named with its line."""

import hashlib
import shutil
from datetime import date
from decimal import Decimal, getcontext
from pathlib import Path

import pytest

from dijkwacht.adapters.probing import suites
from dijkwacht.norms.perimeter import read_perimeter
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.read import ROOT, check, policy_on

TODAY = date(2026, 11, 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "perimeter", tmp_path / "perimeter")
    return tmp_path


def broken(folder: Path, file: str, before: str, after: str) -> list[str]:
    path = folder / "perimeter" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(PackErrors) as errors:
        read_perimeter(folder)
    return [str(each) for each in errors.value.problems]


def test_the_packs_of_the_house_are_sound() -> None:
    assert check().errors == []
    policy = policy_on(TODAY)
    assert [each.role for each in policy.editions] == ["law", "norm"]
    assert policy.limits["hsts_seconds"] == 31_536_000
    assert policy.limits["name_servers"] == 13
    assert policy.known.ports


@pytest.mark.parametrize(
    ("subject", "item", "law", "norm"),
    [
        ("version", "tls1.3", "good", "good"),
        ("version", "tls1.1", "phase_out", "insufficient"),
        ("version", "ssl3.0", "insufficient", "insufficient"),
        ("suite", "1302", "good", "good"),
        ("suite", "c030", "good", "sufficient"),
        ("suite", "c028", "sufficient", "phase_out"),
        ("suite", "c013", "sufficient", "insufficient"),
        ("suite", "009d", "phase_out", "insufficient"),
        ("suite", "0005", "insufficient", "insufficient"),
        ("suite", "ffff", "insufficient", "insufficient"),
        ("group", "x25519", "good", "good"),
        ("group", "ffdhe2048", "phase_out", "insufficient"),
        ("group", "ffdhe3072", "sufficient", "phase_out"),
        ("group", "dh4096", "insufficient", "insufficient"),
        ("hash", "sha1", "unlisted", "insufficient"),
        ("certificate_key", "rsa:2048", "sufficient", "phase_out"),
        ("option", "no_extended_master_secret", "unlisted", "insufficient"),
    ],
)
def test_the_editions_side_by_side(subject: str, item: str, law: str, norm: str) -> None:
    policy = policy_on(TODAY)
    assert (policy.edition("law").of(subject, item), policy.edition("norm").of(subject, item)) == (law, norm)


def test_the_law_asks_for_sufficient_or_good() -> None:
    policy = policy_on(TODAY)
    assert policy.edition("law").word("version", "tls1.1") == "failed"
    assert policy.edition("norm").word("group", "ffdhe3072") == "warning"


def test_what_was_not_read_itself_says_so() -> None:
    for edition in policy_on(TODAY).editions:
        assert edition.uncertain[""].keys() == {"nl", "en"}
    assert "option" in policy_on(TODAY).edition("law").uncertain


def test_before_an_edition_there_was_none() -> None:
    assert [each.role for each in policy_on(date(2024, 1, 1)).editions] == ["law"]
    assert policy_on(date(2020, 1, 1)).editions == ()
    with pytest.raises(KeyError):
        policy_on(date(2020, 1, 1)).edition("law")


def _e() -> Decimal:
    getcontext().prec = 2600
    total = term = Decimal(1)
    for n in range(1, 1100):
        term /= n
        total += term
    return total


def test_the_primes_are_those_of_rfc_7919() -> None:
    """Each is 2^b - 2^(b-64) + (floor(2^(b-130) e) + X) 2^64 - 1 (appendix A)."""
    e, made = _e(), {}
    for bits, x in ((2048, 560316), (3072, 2625351), (4096, 5736041), (6144, 15705020), (8192, 10965728)):
        prime = 2**bits - 2 ** (bits - 64) + (int(e * 2 ** (bits - 130)) + x) * 2**64 - 1
        made[hashlib.sha256(prime.to_bytes(bits // 8, "big")).hexdigest()] = f"ffdhe{bits}"
    assert policy_on(TODAY).names["dh_prime"] == made


def test_every_suite_that_is_asked_for_has_a_name() -> None:
    kinds = (suites.ECDHE_AEAD, *suites.PHASE_OUT_KINDS, *suites.OLD_KINDS, *suites.BROKEN_KINDS, (suites.TLS13_CCM_8,))
    names = policy_on(TODAY).names["suite"]
    assert [f"{each:04x}" for each in suites.flat(kinds) if f"{each:04x}" not in names] == []
    assert policy_on(TODAY).name("suite", 0xC02F) == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    assert policy_on(TODAY).name("suite", 0xFFFE) == "0xfffe"


def test_every_kind_of_suite_is_worth_what_its_name_says_by_the_newest_edition() -> None:
    """The hellos are cut along the worth of suites: then an answer to one kind says something of that worth."""
    norm = policy_on(TODAY).edition("norm")

    def worth(kinds: tuple[suites.Suites, ...]) -> set[str]:
        return {norm.of("suite", f"{each:04x}") for each in suites.flat(kinds)}

    assert worth((suites.ECDHE_AEAD,)) == {"sufficient"}
    assert worth(suites.PHASE_OUT_KINDS) == {"phase_out"}
    assert worth((*suites.OLD_KINDS, *suites.BROKEN_KINDS, (suites.TLS13_CCM_8,))) == {"insufficient"}


@pytest.mark.parametrize(
    ("file", "before", "after", "here", "message"),
    [
        ("tls-2025.yaml", "good: [tls1.3]", "good: [tls1.4]", True, "version: there is no tls1.4"),
        ("tls-2025.yaml", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_NONE", True, "suite: there is no TLS_NONE"),
        ("tls-2025.yaml", "sufficient: [tls1.2]", "sufficient: [tls1.3]", True, "version: tls1.3 stands here twice"),
        ("tls-2025.yaml", "role: norm", "role: law", False, "of the editions one is law and one is norm"),
        ("tls-2025.yaml", "role: norm", "role: advice", True, "unknown role advice"),
        ("tls-2025.yaml", "since: 2025-05-01\n", "", False, "since is missing"),
        ("tls-2025.yaml", "phase_out: warning", "phase_out: perhaps", True, "unknown phase_out perhaps"),
        ("tls-2021.yaml", "- id: hash_support", "- id: hash", False, "hash stands here twice"),
        ("tls-2021.yaml", "  en: ", "  de: ", False, "unknown language de"),
        ("names.yaml", '"0000":', '"zz00":', True, "zz00 must be 4 hexadecimal digits"),
        ("names.yaml", "TLS_RSA_WITH_NULL_MD5", "TLS_NULL_WITH_NULL_NULL", False, "suites has a name twice"),
        ("limits.yaml", "value: 31536000", "value: a year", True, "value must be a whole number"),
        ("limits.yaml", 'source: "internet.nl 1.11: max', 'from: "', True, "source is missing"),
        ("rules.yaml", "check: ns_reach, area: names", "check: ns_aaaa, area: names", False, "names.ns_aaaa stands here twice"),
        ("rules.yaml", "level: 1, why: dns", "level: 5, why: dns", False, "level must be 1 to 4"),
        ("rules.yaml", "why: dns", "why: because", False, "unknown why because"),
        ("rules.yaml", "scores: {failed: 2}", "scores: {failed: 20}", False, "a word or a reason has more points than the check"),
        ("rules.yaml", "codes: {hsts_short: 2}", "codes: {hsts_short: 11}", False, "a word or a reason has more points"),
        ("rules.yaml", "share: {some: 2, alone: 5}", "share: {some: 2, alone: 50}", False, "a word or a reason has more points"),
        ("rules.yaml", "share: {some: 2, alone: 5}", "share: {sone: 2, alone: 5}", False, "sone"),
        ("rules.yaml", "beside: {web_ipv46: {other_ports: 2}}", "beside: {web_ipv46: {other_ports: 12}}", False, "more points"),
        ("rules.yaml", "worst: info, level: 1", "worst: info, points: 3, level: 1", False, "only what can fail has points"),
        ("rules.yaml", "after: web_aaaa", "after: web_bbbb", True, "there is no web_bbbb before it"),
        ("rules.yaml", "source: internetnl}", "source: hearsay}", False, "unknown source hearsay"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(
    folder: Path, file: str, before: str, after: str, here: bool, message: str
) -> None:
    line = (folder / "perimeter" / file).read_text().partition(before)[0].count("\n") + 1
    found = broken(folder, file, before, after)
    assert any(message in each and each.startswith("perimeter/") for each in found), found
    if here:
        assert any(f":{line}: " in each for each in found), found


@pytest.mark.parametrize(
    ("periods", "twice"),
    [
        (("", ""), True),
        (("", ", since: 2026-01-01"), True),
        ((", until: 2026-01-02", ", since: 2026-01-01"), True),
        ((", until: 2026-01-01", ", since: 2026-01-01"), False),
    ],
)
@pytest.mark.parametrize("row", ['{id: made, value: 3, source: "s"%s}', '{id: made, items: [a], source: "s"%s}'])
def test_on_no_day_does_a_limit_or_a_list_stand_twice(
    folder: Path, row: str, periods: tuple[str, str], twice: bool
) -> None:
    path, part = folder / "perimeter" / "limits.yaml", "limits:\n" if "value" in row else "lists:\n"
    text, rows = path.read_text(encoding="utf-8"), "".join(f"  - {row % period}\n" for period in periods)
    path.write_text(text.replace(part, part + rows, 1), encoding="utf-8")
    if not twice:
        assert read_perimeter(folder).policy_on(date(2026, 1, 1))
        return
    with pytest.raises(PackErrors, match="made stands here twice on one day"):
        read_perimeter(folder)


def test_a_file_that_is_gone(folder: Path) -> None:
    (folder / "perimeter" / "rules.yaml").unlink()
    with pytest.raises(PackErrors, match=r"rules\.yaml:1: cannot be read"):
        read_perimeter(folder)
