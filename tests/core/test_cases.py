"""The worked cases of ``cases/*.yaml``: each is judged by the engine and by the oracle."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from dijkwacht.core.catalog import Demand
from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import SUBJECT_KINDS, Assurance, Fact, FactType, Shows, Subject, World
from dijkwacht.core.judge import Judgement
from dijkwacht.core.verdict import under_demand
from tests.core import oracle
from tests.core.strategies import norms_of

FOLDER = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 25)
HOUSE = "dijkstad"
Case = dict[str, Any]
FACT_KEYS = {"id", "about", "fact", "value", "since", "until", "recorded", "superseded", "seen", "assurance"}
JUDGE_KEYS = {
    "day",
    "known_at",
    "subject",
    "requirement",
    "demand",
    "status",
    "assurance",
    "stale_at",
    "codes",
    "rests_on",
}
CASE_KEYS = {
    "case",
    "types",
    "met_if",
    "applies_if",
    "subject",
    "requirements",
    "subjects",
    "complete",
    "facts",
    "judge",
}


def _cases() -> list[Case]:
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text()):
            assert set(case) <= CASE_KEYS, f"{path.name}: {case['case']}: {set(case) - CASE_KEYS}"
            found.append(case)
    return found


CASES = _cases()


def _type(fact_id: str, data: Any) -> FactType:
    """A fact type from its short form: ``date``, ``{reference: supplier}``, ``{choice: [a, b]}`` or in full."""
    data = data if isinstance(data, dict) and "value" in data else {"value": data}
    value, choices, refers_to = data["value"], (), None
    if isinstance(value, dict) and "choice" in value:
        value, choices = "choice", tuple(value["choice"])
    elif isinstance(value, dict):
        value, refers_to = "reference", value["reference"]
    first = fact_id.partition(".")[0]
    return FactType(
        fact_id,
        first if first in SUBJECT_KINDS else "organisation",
        value,
        choices=choices,
        refers_to=refers_to,
        shelf_life=parse_duration(data["shelf_life"]) if "shelf_life" in data else None,
        shows=frozenset(Shows[each.upper()] for each in data.get("shows", ["existence"])),
        may_not_happen=data.get("may_not_happen", False),
    )


def _value(value: Any, fact_type: FactType | None) -> Any:
    if isinstance(value, dict) and "nothing_happened" in value:
        return {"nothing_happened": tuple(value["nothing_happened"])}
    if fact_type is not None and fact_type.value == "duration":
        return parse_duration(value)
    return value


def _fact(number: int, data: dict[str, Any], types: dict[str, FactType]) -> Fact:
    assert set(data) <= FACT_KEYS, data
    since = data.get("since", date(2026, 1, 1))
    return Fact(
        id=data.get("id", f"fact {number}"),
        subject=data.get("about", HOUSE),
        fact=data["fact"],
        value=_value(data["value"], types.get(data["fact"])),
        valid_from=since,
        recorded_at=data.get("recorded", since),
        valid_to=data.get("until"),
        superseded_at=data.get("superseded"),
        observations=tuple(data.get("seen", ())),
        assurance=Assurance[data.get("assurance", "stated").upper()],
    )


def _requirements(case: Case) -> dict[str, dict[str, Any]]:
    alone = {key: case[key] for key in ("met_if", "applies_if", "subject") if key in case}
    return case.get("requirements") or {"case:1": alone}


def _world(case: Case, types: dict[str, FactType]) -> World:
    return World.of(
        HOUSE,
        subjects=[Subject(each, kind) for kind, ids in case.get("subjects", {}).items() for each in ids],
        facts=[_fact(number, data, types) for number, data in enumerate(case.get("facts", []), start=1)],
        complete=case.get("complete", ()),
    )


def _demand(data: dict[str, Any]) -> Demand:
    return Demand(
        least_assurance=Assurance[data.get("least_assurance", "stated").upper()],
        shows=Shows[data.get("shows", "design").upper()],
        comparable_event=data.get("comparable_event", False),
    )


def _wanted(expected: Any) -> Any:
    """``none`` is written out in the cases, so that nobody reads an empty place as *not checked*."""
    return None if expected == "none" else expected


JUDGEMENTS = [
    pytest.param(case, moment, id=f"{case['case']} [{number}]")
    for case in CASES
    for number, moment in enumerate(case["judge"], start=1)
]


@pytest.mark.parametrize(("case", "moment"), JUDGEMENTS)
def test_engine(case: Case, moment: dict[str, Any]) -> None:
    assert set(moment) <= JUDGE_KEYS, moment
    types = {each: _type(each, data) for each, data in case["types"].items()}
    on = moment.get("day", TODAY)
    norms, name = norms_of(types, _requirements(case)), moment.get("requirement", "case:1")
    judgement = Judgement(norms, _world(case, types), on=on, known_at=moment.get("known_at", on))
    verdict = judgement.verdict(name, moment.get("subject"))
    if "demand" in moment:
        verdict = under_demand(verdict, requirement=norms.requirements[name], demand=_demand(moment["demand"]))
    assert verdict.status == moment["status"], verdict
    if "assurance" in moment:
        found = None if verdict.assurance is None else verdict.assurance.name.lower()
        assert found == _wanted(moment["assurance"]), verdict
    if "stale_at" in moment:
        assert verdict.stale_at == _wanted(moment["stale_at"]), verdict
    assert set(moment.get("codes", ())) <= {reason.code for reason in verdict.reasons}, verdict
    if "rests_on" in moment:
        named = {reason.fact_id for reason in verdict.reasons if reason.fact_id is not None}
        assert named == set(moment["rests_on"]), verdict


@pytest.mark.parametrize(("case", "moment"), JUDGEMENTS)
def test_oracle(case: Case, moment: dict[str, Any]) -> None:
    types = {each: _type(each, data) for each, data in case["types"].items()}
    on, world, requirements = moment.get("day", TODAY), _world(case, types), _requirements(case)
    known_at, name = moment.get("known_at", on), moment.get("requirement", "case:1")

    def judge(day: date) -> oracle.Judged:
        judged = oracle.Oracle(types, requirements, world, on=day, known_at=known_at)
        return judged.judge(name, moment.get("subject"))

    judged = judge(on)
    if "demand" not in moment:
        assert judged.status == moment["status"]
    elif not moment["demand"].get("comparable_event"):
        demand = _demand(moment["demand"])
        assert demand.shows is not None
        assert oracle.demanded(judged, least=demand.least_assurance, shows=demand.shows) == moment["status"]
    if "assurance" in moment:
        assert (None if judged.assurance is None else judged.assurance.name.lower()) == _wanted(moment["assurance"])
    if "stale_at" in moment:
        turning = oracle.turning_days(types, requirements, world)
        assert oracle.stale_at(judge, on, turning) == _wanted(moment["stale_at"])


def test_every_operator_and_status_has_a_case() -> None:
    text = " ".join(path.read_text() for path in FOLDER.glob("*.yaml"))
    for word in (
        "all:", "any:", "not:", "at_least:", "each:", "some:", "where:", "linked_by:", "via:", "verdict:", "is:", "one_of:",
        "min:", "max:", "within:", "at_most:", "before:", "after:", "or_never:", "known:", "due:", "nothing_happened:",
        "where_possible:", "exception:", "applies_if:", "shelf_life:", "seen:", "superseded:", "demand:",
    ):  # fmt: skip
        assert word in text, word
    found = {moment["status"] for case in CASES for moment in case["judge"]}
    assert found == {"met", "partly", "not_met", "not_applicable", "unknown"}
    assert len({case["case"] for case in CASES}) == len(CASES)
