"""The filled example: complete, fresh on any day, and importable in each of the three formats."""

import re
from collections import Counter
from datetime import date

import pytest

from dijkwacht.adapters.tables import read_table
from dijkwacht.core.facts import Fact, World
from dijkwacht.core.intake import Plan, interpret, propose_layout
from dijkwacht.core.intake_claims import answers_from_claims
from dijkwacht.core.judge import Judgement, Status
from dijkwacht.examples import selfassessment
from dijkwacht.norms.read import norms_on
from tests.adapters import files

ON = date(2026, 11, 25)


def workbook(kind: str) -> bytes:
    if kind == "xlsx":
        return selfassessment.build(ON)
    rows = [["Zelfevaluatie"], [], [], selfassessment.HEADER, *[line.cells for line in selfassessment.lines(ON)]]
    return files.ods(rows) if kind == "ods" else files.csv(rows)


def imported(data: bytes) -> Plan:
    sheets = read_table(data)
    layout = propose_layout(sheets)
    assert layout is not None
    assert layout.unsure == {}
    return interpret(sheets[layout.sheet], layout, norms_on(ON), on=ON)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_it_is_imported_whole_in_every_format(kind: str) -> None:
    plan = imported(workbook(kind))
    assert (plan.problems, plan.remarks) == ((), ())
    assert len(plan.claims) + plan.unanswered == 117
    assert Counter(each.answer.value for each in plan.claims).keys() == {"yes", "no", "partly", "not_applicable"}
    assert all(each.owner and each.day and each.day <= ON for each in plan.claims)


def test_it_holds_every_live_measure_once() -> None:
    numbers = [f"bio2:{line.number}" for line in selfassessment.lines(ON)]
    assert numbers == sorted(set(numbers), key=numbers.index)
    assert set(numbers) == {each for each in norms_on(ON).requirements if re.match(r"bio2:\d", each)}


def test_the_same_day_gives_the_same_bytes_and_every_day_is_fresh() -> None:
    assert selfassessment.build(ON) == selfassessment.build(ON)
    later = selfassessment.lines(date(2027, 6, 1))
    assert min(line.day for line in later if line.day) > date(2025, 1, 1)


def test_it_settles_lines_and_claims_nothing_false() -> None:
    norms, plan = norms_on(ON), imported(workbook("xlsx"))
    derived = answers_from_claims(Judgement(norms, World.of("d"), on=ON, known_at=ON), plan.claims)
    assert derived.conflicts == ()
    facts = [Fact(str(i), each.subject, each.fact_type, each.value, ON, ON) for i, each in enumerate(derived.answers)]
    judgement = Judgement(norms, World.of("d", facts=facts), on=ON, known_at=ON)
    found = Counter((each.answer.value, judgement.verdict(each.requirement).status) for each in plan.claims)
    assert found["yes", Status.MET] >= 40
    assert not any(
        count
        for (answer, status), count in found.items()
        if answer == "yes" and status not in (Status.MET, Status.UNKNOWN)
    )
    assert found["not_applicable", Status.NOT_APPLICABLE] >= 3
