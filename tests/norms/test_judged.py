"""The packs through the engine: nothing known decides nothing, and who has it all in order can show so."""

from datetime import date, timedelta
from typing import Any

import pytest

from dijkwacht.core.criteria import Leaf, walk
from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import NEVER, Assurance, Fact, FactType, Subject, World
from dijkwacht.core.judge import Judgement, Status, lines_of
from dijkwacht.norms.read import norms_on

ON = date(2026, 11, 25)
RECENT, OLD = ON - timedelta(days=10), date(2025, 11, 1)
NORMS = norms_on(ON)
SUBJECTS = [
    Subject("p1", "process"), Subject("s1", "system"), Subject("s2", "system"), Subject("l1", "supplier"),
    Subject("d1", "digid_connection"), Subject("w1", "domain"), Subject("g1", "location"),
    Subject("b1", "board_member"),
]  # fmt: skip
ID_OF = {subject.kind: subject.id for subject in SUBJECTS} | {"organisation": "gemeente"}
EXCEPTION = {"reason": "kan technisch niet", "owner": "proceseigenaar", "until": ON}
WANTED = {
    leaf.fact: leaf.value
    for requirement in NORMS.requirements.values()
    for leaf in walk(requirement.met_if)
    if isinstance(leaf, Leaf) and leaf.op in ("is", "one_of")
}


def good(fact_type: FactType) -> Any:
    """An answer with which an organisation meets what rests on it."""
    match fact_type.value:
        case "date":
            return NEVER if fact_type.id == "system.changed_majorly_on" else RECENT
        case "count":
            return 0 if fact_type.id == "access.leavers.unclosed_accounts" else 12
        case "percentage":
            return 100
        case "choice":
            wanted = WANTED.get(fact_type.id, fact_type.choices[-1])
            return wanted[-1] if isinstance(wanted, tuple) else wanted
        case "reference":
            return ID_OF[fact_type.refers_to or ""]
        case "duration":
            return parse_duration("P6M")
        case "exception":
            return EXCEPTION
    return True


def world(on: date = ON, /, **changes: Any) -> World:
    """An organisation that has it all in order, but for the facts named (dots written as two underscores)."""
    named = {name.replace("__", "."): value for name, value in changes.items()}
    since = on - timedelta(days=10)
    facts = []
    for fact_type in NORMS.fact_types.values():
        if fact_type.value == "exception" and fact_type.id not in named:
            continue
        value = named.get(fact_type.id, good(fact_type))
        about = [each.id for each in SUBJECTS if each.kind == fact_type.subject] or ["gemeente"]
        facts.extend(
            Fact(f"{fact_type.id}@{at}", at, fact_type.id, value, since, since, assurance=Assurance.AUDITED)
            for at in about
        )
    return World.of("gemeente", subjects=SUBJECTS, facts=facts)


def statuses(where: World, on: date = ON) -> dict[tuple[str, str], Status]:
    judgement = Judgement(NORMS, where, on=on, known_at=on)
    return {(name, at): judgement.status(name, at) for name, at in lines_of(NORMS, where, NORMS.requirements)}


def test_nothing_known_decides_nothing() -> None:
    empty = World.of("gemeente", subjects=SUBJECTS)
    assert set(statuses(empty).values()) == {Status.UNKNOWN}


def test_all_in_order_is_met_everywhere() -> None:
    found = statuses(world())
    other = {line: status for line, status in found.items() if status != Status.MET}
    assert other == {("cbw:24.certificate", "b1"): Status.NOT_APPLICABLE}  # its term of two years still runs


@pytest.mark.parametrize(
    ("appointed", "on", "expected"),
    [
        (date(2022, 3, 30), date(2028, 8, 14), Status.NOT_APPLICABLE),
        (date(2022, 3, 30), date(2028, 8, 15), Status.MET),
        (date(2027, 3, 1), date(2028, 8, 15), Status.NOT_APPLICABLE),
        (date(2027, 3, 1), date(2029, 2, 28), Status.NOT_APPLICABLE),
        (date(2027, 3, 1), date(2029, 3, 1), Status.MET),
    ],
)
def test_the_certificate_is_due_two_years_after_the_later_of_two_days(
    appointed: date, on: date, expected: Status
) -> None:
    everything = world(on, cbw__applies_since=date(2026, 8, 15), board_member__appointed_on=appointed)
    assert Judgement(NORMS, everything, on=on, known_at=on).status("cbw:24.certificate", "b1") == expected


@pytest.mark.parametrize(
    ("requirement", "changes", "expected"),
    [
        ("bio2:8.13.04", {"system__changed_majorly_on": RECENT}, Status.NOT_MET),
        ("bio2:8.13.04", {"system__restore_test__passed_on": date(2025, 11, 1)}, Status.NOT_MET),
        ("bio2:8.13.04", {"system__critical": False}, Status.MET),
        ("bio2:8.15.06", {"logging__integrity__check_interval": parse_duration("P1W")}, Status.NOT_MET),
        ("bio2:5.09.01", {"assets__inventory__check_interval": parse_duration("P1W")}, Status.PARTLY),
        ("bio2:8.20.02", {"network__management__separated": False}, Status.NOT_MET),
        (
            "bio2:8.20.02",
            {"network__management__separated": False, "network__management__exception": EXCEPTION},
            Status.MET,
        ),
        ("bio2:5.30.02", {"system__critical": False}, Status.MET),
        ("bio2:5.14.03", {"esignature__profile": "not_used"}, Status.NOT_APPLICABLE),
        ("bio2:5.27.01", {"incident__root_causes": {"nothing_happened": (date(2026, 1, 1), ON)}}, Status.MET),
        ("iso27002:5.6", {"soa__control_5_6": "excluded_with_reason"}, Status.NOT_APPLICABLE),
        ("iso27002:5.6", {"soa__control_5_6": "planned"}, Status.PARTLY),
        ("iso27002:7.2", {"soa__control_7_2": "undecided"}, Status.PARTLY),
        ("iso27002:8.13", {"system__backup__separate_site": False}, Status.PARTLY),
        ("cbw:21.3.c", {"system__restore_test__passed_on": date(2025, 11, 1)}, Status.PARTLY),
        ("bio2:8.18.01", {"access__system_tools__temporary": False}, Status.PARTLY),
        ("bio2:8.18.01", {"access__system_tools__restricted": False}, Status.PARTLY),
        ("bio2:5.22.02", {"suppliers__contracts__registered": False}, Status.PARTLY),
        ("bio2:5.22.01", {"suppliers__contracts__registered": False}, Status.MET),  # each supplier is known all the same
        ("bio2:8.08.04", {"system__technical_check__done_on": OLD}, Status.MET),  # a penetration test is a check too
        ("bio2:8.08.05", {"system__technical_check__done_on": OLD}, Status.MET),
        ("bio2:8.08.04", {"system__pentest__done_on": OLD}, Status.MET),
        ("bio2:8.08.04", {"system__technical_check__done_on": OLD, "system__pentest__done_on": OLD}, Status.PARTLY),
    ],
)  # fmt: skip
def test_one_answer_moves_what_rests_on_it(requirement: str, changes: dict[str, Any], expected: Status) -> None:
    assert Judgement(NORMS, world(**changes), on=ON, known_at=ON).status(requirement) == expected


def test_one_restore_test_moves_three_norms() -> None:
    before = statuses(world(system__restore_test__passed_on=date(2025, 11, 1)))
    after = statuses(world())
    moved = {name for (name, at), status in after.items() if before[name, at] != status}
    assert {"bio2:8.13.04", "cbw:21.3.c", "cbw:21.3.f", "iso27002:8.13"} <= moved
