"""A supplier register in a file held against ours."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.days import Duration
from dijkwacht.core.suppliers.register_held import Held, HeldContract, HeldService, HeldSupplier, Plan
from dijkwacht.core.suppliers.register_plan import plan
from dijkwacht.core.suppliers.register_rows import ContractRow, Register, ServiceRow, SubRow, SupplierRow, UseRow

EMPTY: dict[str, Any] = {"name": "", "kvk": "", "own_id": "", "domain": "", "country": "", "direct": True}


def ours(number: int, name: str, into: int | None = None, **more: Any) -> HeldSupplier:
    return HeldSupplier(number, {**EMPTY, "name": name, **more}, into)


def of(*suppliers: SupplierRow, **more: Any) -> Register:
    return Register("register", suppliers, **more)


def states(found: Plan) -> list[str]:
    return [each.state for each in found.suppliers]


def codes(found: Plan) -> list[str]:
    return [each.code for each in (*found.problems, *found.remarks)]


def test_found_by_number_by_own_number_and_by_name() -> None:
    held = Held([ours(1, "Een", kvk="90000001"), ours(2, "Twee", own_id="C-2"), ours(3, "Drie B.V.")])
    rows = of(
        SupplierRow(2, "Anders", kvk="90000001"),
        SupplierRow(3, "Twee", own_id="c-2"),
        SupplierRow(4, "drie bv"),
        SupplierRow(5, "Vier"),
    )
    found = plan(rows, held)
    assert [each.id for each in found.suppliers] == [1, 2, 3, None]
    assert states(found) == ["changed", "changed", "unchanged", "added"]
    assert found.suppliers[0].after == {"name": "Anders"}
    assert found.suppliers[1].after == {"own_id": "c-2"}


def test_one_number_is_not_given_to_two() -> None:
    held = Held([ours(1, "Een", kvk="90000001", own_id="C-1"), ours(2, "Twee", own_id="C-2")])
    assert codes(plan(of(SupplierRow(2, "Een", kvk="90000001", own_id="C-2")), held)) == ["own_id_of_another"]
    conflict = plan(of(SupplierRow(2, "Een", kvk="90000009", own_id="C-1")), held)
    assert codes(conflict) == ["kvk_conflict", "own_id_of_another"]


def test_the_name_of_another_number_is_another_supplier() -> None:
    found = plan(of(SupplierRow(2, "Een", kvk="90000009")), Held([ours(1, "Een", kvk="90000001")]))
    assert states(found) == ["added"]


def test_a_merged_one_is_only_filled_in() -> None:
    held = Held([ours(1, "Een", kvk="90000001"), ours(2, "Twee", into=1, kvk="90000002", own_id="C-2")])
    found = plan(of(SupplierRow(2, "Twee", kvk="90000002", own_id="C-2", country="NL")), held)
    assert found.suppliers[0].id == 1
    assert found.suppliers[0].after == {"own_id": "C-2", "country": "NL"}
    both = plan(of(SupplierRow(2, "Een", kvk="90000001"), SupplierRow(3, "Twee", kvk="90000002")), held)
    assert [each.id for each in both.suppliers] == [1, 1]


def test_who_was_only_a_sub_supplier_becomes_ours() -> None:
    found = plan(of(SupplierRow(2, "Een")), Held([ours(1, "Een", direct=False)]))
    assert found.suppliers[0].after == {"direct": True}


def service(number: int, supplier: int, name: str, **more: Any) -> HeldService:
    told = {
        "name": name,
        "what": "",
        "kind": "other",
        "personal_data": "unknown",
        "admin_access": "unknown",
        "owner": "",
    }
    return HeldService(number, supplier, {**told, **more})


def test_services_say_what_the_file_says_and_keep_the_rest() -> None:
    held = Held(
        [ours(1, "Een")], [service(5, 1, "Wolk", personal_data="yes", kind="hosting")], owners=frozenset({"a@b.nl"})
    )
    row = ServiceRow(2, 0, "wolk", cloud=True, admin=False, hours=4, owner="A@b.nl")
    found = plan(of(SupplierRow(2, "Een"), services=(row, ServiceRow(3, 0, "Nieuw", cloud=True, owner="x@y.nl"))), held)
    assert found.services[0].after == {"admin_access": "no", "owner": "a@b.nl"}
    assert found.services[1].after == {"name": "Nieuw", "kind": "saas"}
    assert sorted(codes(found)) == ["cloud_as_saas", "hours_of_nothing", "owner_unknown"]


def contract(pk: int, **more: Any) -> HeldContract:
    told = {
        "number": "", "title": "K", "starts_on": date(2025, 1, 1), "until": date(2026, 1, 1), "notice_months": None,
        "processing": "unknown", "audit_right": "unknown", "exit": "unknown", "owner": "",
    }  # fmt: skip
    return HeldContract(pk, 1, frozenset(), {**told, **more})


def test_a_contract_that_was_extended_changes_its_end() -> None:
    held = Held([ours(1, "Een")], contracts=[contract(7, number="N-1")])
    row = ContractRow(2, 0, number="n-1", first=date(2025, 1, 1), last=date(2027, 12, 31), notice=Duration(0, 45))
    found = plan(of(SupplierRow(2, "Een"), contracts=(row,)), held)
    (step,) = found.contracts
    assert step is not None
    assert step.after == {"number": "n-1", "until": date(2028, 1, 1), "notice_months": 2}
    assert codes(found) == ["notice_rounded"]
    endless = plan(of(SupplierRow(2, "Een"), contracts=(ContractRow(2, 0, number="N-1", endless=True),)), held)
    assert endless.contracts[0] is not None
    assert endless.contracts[0].after == {"until": None}


def test_a_contract_without_a_first_day_or_that_was_ended_is_left_out() -> None:
    ended = HeldContract(7, 1, frozenset(), contract(7, number="N-1").values, ended=True)
    rows = (ContractRow(2, 0, number="N-1", first=date(2025, 1, 1)), ContractRow(3, 0, title="Zonder"))
    found = plan(of(SupplierRow(2, "Een"), contracts=rows), Held([ours(1, "Een")], contracts=[ended]))
    assert found.contracts == (None, None)
    assert codes(found) == ["contract_ended_here", "contract_without_start"]


def test_an_end_before_the_start_that_we_have_is_a_problem() -> None:
    held = Held([ours(1, "Een")], contracts=[contract(7, number="N-1")])
    found = plan(of(SupplierRow(2, "Een"), contracts=(ContractRow(2, 0, number="N-1", last=date(2024, 1, 1)),)), held)
    assert codes(found) == ["ends_before_start"]


def test_what_is_too_long_is_a_problem() -> None:
    rows = of(SupplierRow(2, "x" * 201), contracts=(ContractRow(3, 0, number="1" * 81, first=date(2025, 1, 1)),))
    assert codes(plan(rows, Held())) == ["text_too_long", "text_too_long"]
    long = ContractRow(3, 0, title="K", first=date(2025, 1, 1), notice=Duration(12 * 4000, 0))
    assert codes(plan(of(SupplierRow(2, "Een"), contracts=(long,)), Held())) == ["not_a_duration"]


def test_uses_and_sub_suppliers() -> None:
    held = Held(
        [ours(1, "Een"), ours(2, "Kabel")], [service(5, 1, "Wolk")], uses={(5, "process", "balie"): (9, 4)},
        subs=frozenset({(1, None, 2)}),
    )  # fmt: skip
    found = plan(
        of(
            SupplierRow(2, "Een"), SupplierRow(3, "Drie"), services=(ServiceRow(2, 0, "Wolk"),),
            uses=(UseRow(2, 0, "process", "Balie", 4.5), UseRow(2, 0, "system", "Balie", 8)),
            subs=(SubRow(2, 0, None, "kabel"), SubRow(2, 0, 0, "Drie"), SubRow(2, 0, None, "Nieuw B.V."),
                SubRow(3, 0, None, "nieuw bv"), SubRow(4, 0, None, "een")),
        ),
        held,
    )  # fmt: skip
    assert [each.state for each in found.uses] == ["unchanged", "added"]
    assert [(each.name, each.to, each.held, each.there) for each in found.subs] == [
        ("kabel", None, 2, True),
        ("Drie", 1, None, False),
        ("Nieuw B.V.", None, None, False),
    ]
    assert (found.count("added"), found.count("unchanged")) == (4, 4)


names = st.sampled_from(["Een", "Een B.V.", "Twee", "TWEE", "Drie N.V.", "Vier"])
numbers = st.sampled_from(["", "90000001", "90000002"])


@pytest.mark.filterwarnings("ignore")
@given(
    st.lists(st.tuples(names, numbers, st.sampled_from(["", "A", "B"])), max_size=5),
    st.lists(st.tuples(names, numbers), max_size=4),
)
def test_no_two_of_ours_are_one_row_of_the_file(held_rows: list[Any], rows: list[Any]) -> None:
    held = Held([ours(at, name, kvk=kvk, own_id=own) for at, (name, kvk, own) in enumerate(held_rows, 1)])
    found = plan(of(*(SupplierRow(at, name, kvk) for at, (name, kvk) in enumerate(rows, 2))), held)
    ids = [each.id for each in found.suppliers if each.id is not None]
    assert len(ids) == len(set(ids))
    for step, (_, kvk) in zip(found.suppliers, rows, strict=True):
        if step.id is not None and kvk:
            assert held.suppliers[step.id - 1].values["kvk"] in ("", kvk)
