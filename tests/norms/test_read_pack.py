"""A pack of two plain files, as the command line takes it: only what the engine needs is required."""

from pathlib import Path

import pytest

from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.norms.read import PackErrors, read_pack

FACTS = """\
- {id: plan, subject: organisation, value: yes_no}
- {id: tested_on, subject: organisation, value: date, question: Wanneer?}
- {id: kind, subject: organisation, value: {choice: [a, b]}, shelf_life: P1Y, proof: documented, shows: [operation]}
- {id: runs_on, subject: service, value: reference}
- {id: hard, subject: system, value: yes_no}
"""
CRITERIA = """\
"1":
  applies_if: {fact: plan}
  met_if: {all: [{fact: tested_on, within: P1Y}, {fact: kind, one_of: [a]}]}
  shows: operation
2.0.1:
  subject: service
  met_if: {any: [{fact: hard, via: runs_on}, {verdict: "1"}, {some: {subject: supplier, that: {fact: plan}}}]}
  note: kept by others
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    return tmp_path


def test_reads(pack: Path) -> None:
    norms = read_pack(pack)
    assert list(norms.requirements) == ["1", "2.0.1"]
    assert norms.requirements["1"].shows == Shows.OPERATION
    assert norms.requirements["2.0.1"].subject == "service"
    kind = norms.fact_types["kind"]
    assert (kind.choices, kind.proof, str(kind.shelf_life)) == (("a", "b"), Assurance.DOCUMENTED, "P1Y")
    assert norms.fact_types["tested_on"].question["nl"] == "Wanneer?"
    assert norms.fact_types["tested_on"].may_be_never
    assert norms.fact_types["register.supplier.complete"].subject == "organisation"
    assert norms.accounts == {}


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("criteria.yaml", "{fact: plan}\n  met", "{fact: plna}\n  met", "criteria.yaml:2: 1: unknown fact plna"),
        ("criteria.yaml", '{verdict: "1"}', '{verdict: "2.0.1"}', "criteria.yaml:5: 2.0.1: cycle: 2.0.1 > 2.0.1"),
        ("criteria.yaml", "within: P1Y", "max: 3", "criteria.yaml:3: 1: min or max does not fit tested_on"),
        ("criteria.yaml", "one_of: [a]", "one_of: [c]", "criteria.yaml:3: 1: 'c' is no choice of kind"),
        ("criteria.yaml", "  met_if: {any", "  met: {any", "criteria.yaml:5: 2.0.1: a criterion with met_if"),
        ("facts.yaml", "value: date", "value: dat", "facts.yaml:2: tested_on: unknown value 'dat'"),
        ("facts.yaml", "id: hard,", "id: hard, never: false,", "facts.yaml:5: hard: never goes with a date"),
        (
            "facts.yaml",
            "value: date",
            "value: date, never: no day",
            "facts.yaml:2: tested_on: never must be true or false",
        ),
        ("facts.yaml", "id: hard", "id: plan", "facts.yaml:5: plan: double id, first in facts.yaml:1"),
        ("facts.yaml", "value: date", "value: date, shelf_life: P1Y", "facts.yaml:2: tested_on: a date fact has no"),
    ],
)
def test_what_is_wrong_is_named(pack: Path, file: str, old: str, new: str, message: str) -> None:
    text = (pack / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (pack / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PackErrors) as caught:
        read_pack(pack)
    assert message in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(PackErrors, match=r"facts\.yaml:1: cannot be read"):
        read_pack(tmp_path)


@pytest.mark.parametrize(("length", "told"), [(40, False), (41, True), (3000, True)])
def test_a_long_chain_is_refused_and_never_a_crash(pack: Path, length: int, told: bool) -> None:
    chain = "".join(f"c{n}: {{met_if: {{verdict: c{n + 1}}}}}\n" for n in range(length - 1))
    (pack / "criteria.yaml").write_text(f"{chain}c{length - 1}: {{met_if: {{fact: plan}}}}\n", encoding="utf-8")
    if not told:
        assert len(read_pack(pack).requirements) == length
        return
    with pytest.raises(PackErrors) as caught:
        read_pack(pack)
    assert f"criteria.yaml:{length - 40}: c{length - 41}: leans on more than 40 others in a row" == str(caught.value)
