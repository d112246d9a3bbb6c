"""A supplier register in CSV, XLSX and ODS: what is read, what is put together, what is refused and where."""

from collections.abc import Callable
from datetime import date

import pytest

from dijkwacht.adapters.suppliers import read_register
from dijkwacht.core.days import Duration
from dijkwacht.core.suppliers.register_rows import ContractRow, Register, ServiceRow, SubRow, SupplierRow, UseRow
from tests.adapters import files

Table = list[list[object]]
BUILDS = [files.xlsx, files.ods, files.csv, lambda rows: files.csv(rows, delimiter=",", encoding="utf-16")]
HEAD: list[object] = [
    "Leverancier", "KvK-nummer", "Crediteurnummer", "Website", "Land", "Dienst / applicatie", "Omschrijving", "Cloud (ja/nee)",
    "Persoonsgegevens", "Beheertoegang", "Contractnummer", "Contracttitel", "Ingangsdatum", "Einddatum", "Opzegtermijn",
    "Verwerkersovereenkomst", "Auditrecht", "Exit geregeld", "Subleveranciers", "Proces", "Systeem", "Uren tot het knelt",
    "E-mail eigenaar", "Kleur",
]  # fmt: skip
ROW: list[object] = [
    "Voorbeeld Zaken B.V.", "90000001", "C-001", "https://www.zaken.example/", "Nederland", "Zaakvenster", "Zaaksysteem",
    "ja", "ja",
    "nee", "2024-17", "Zaaksysteem", date(2024, 1, 1), date(2027, 12, 31), "3 maanden", "n.v.t.", "ja", "nee",
    "Rekencentrum Een; Lijn Twee",
    "Burgerzaken; Vergunningen", "zaaksysteem", "4,5", "beheer@dijkstad.example", "rood",
]  # fmt: skip


def small(*rows: dict[str, object]) -> Table:
    """A table with only the columns that these rows fill."""
    head = list(dict.fromkeys(key for row in rows for key in row))
    return [head, *([row.get(key) for key in head] for row in rows)]  # type: ignore[list-item]


def read(rows: Table) -> Register:
    return read_register(files.csv(rows), "x")


def codes(found: Register) -> list[tuple[str, int | None, str]]:
    return [(each.code, each.place.row, each.place.letter) for each in found.problems]


def remarks(found: Register) -> list[tuple[str, int | None, str]]:
    return [(each.code, each.place.row, each.place.letter) for each in found.remarks]


@pytest.mark.parametrize("build", BUILDS)
def test_all_that_a_row_tells(build: Callable[[Table], bytes]) -> None:
    found = read_register(build([["Leveranciers gemeente Dijkstad"], HEAD, ROW]), "x")
    assert found.problems == ()
    assert found.usable
    assert found.form == "register"
    assert found.ignored == ("Kleur",)
    assert found.suppliers == (SupplierRow(3, "Voorbeeld Zaken B.V.", "90000001", "C-001", "zaken.example", "NL"),)
    owner = "beheer@dijkstad.example"
    assert found.services == (
        ServiceRow(3, 0, "Zaakvenster", "Zaaksysteem", cloud=True, personal=True, admin=False, owner=owner),
    )
    assert found.contracts == (
        ContractRow(
            3, 0, (0,), "2024-17", "Zaaksysteem", date(2024, 1, 1), date(2027, 12, 31), False, Duration(3, 0),
            "not_applicable", True,
            False, owner,
        ),
    )  # fmt: skip
    assert found.uses == (
        UseRow(3, 0, "process", "Burgerzaken", 4.5), UseRow(3, 0, "process", "Vergunningen", 4.5),
        UseRow(3, 0, "system", "zaaksysteem", 4.5),
    )  # fmt: skip
    assert found.subs == (SubRow(3, 0, 0, "Rekencentrum Een"), SubRow(3, 0, 0, "Lijn Twee"))


def test_columns_in_any_order_and_in_english() -> None:
    rows = small({
        "Hours": 2, "Process": "Permits", "Service": "Window", "supplier_name": "Example Ltd", "Chamber of Commerce": 9000001,
        "Audit right": "yes", "Contract end": "31 december 2027", "Notice period": "P6M", "Personal data": "no",
    })  # fmt: skip
    found = read_register(files.xlsx(rows), "x")
    assert found.problems == ()
    assert found.suppliers[0].kvk == "09000001"  # the zero that a spreadsheet takes away
    assert (found.services[0].personal, found.services[0].cloud) == (False, None)
    assert (found.contracts[0].last, found.contracts[0].notice, found.contracts[0].audit) == (
        date(2027, 12, 31), Duration(6, 0), True,
    )  # fmt: skip
    assert found.uses == (UseRow(2, 0, "process", "Permits", 2.0),)


def test_empty_cells_say_nothing_and_never_no() -> None:
    found = read(small({"Leverancier": "Voorbeeld", "Dienst": "Muis", "Cloud": "onbekend", "Exit": "?", "KvK": "-"}))
    assert found.problems == ()
    assert found.services[0].cloud is None
    assert found.contracts == ()
    assert found.suppliers[0].kvk == ""


def test_hours_without_a_process_stay_with_the_service_and_zero_is_told() -> None:
    found = read(
        small(
            {"Leverancier": "V", "Dienst": "Muis", "Uren": "2 dagen"}, {"Leverancier": "V", "Dienst": "Rat", "Uren": 0}
        )
    )
    assert [service.hours for service in found.services] == [48.0, 0.0]


def test_a_contract_of_no_end_and_one_of_long_ago() -> None:
    found = read(
        small({"Leverancier": "V", "Contractnummer": "1", "Ingangsdatum": "1-4-1996", "Einddatum": "onbepaalde tijd"})
    )
    contract = found.contracts[0]
    assert (contract.first, contract.last, contract.endless, contract.services) == (date(1996, 4, 1), None, True, ())


# -- one supplier, one service, one contract ---------------------------------------------------------
def test_rows_of_one_supplier_by_number_own_number_and_name() -> None:
    found = read(small(
        {"Leverancier": "Voorbeeld B.V.", "KvK": "90000001", "Crediteurnummer": "7", "Dienst": "Muis"},
        {"Leverancier": "Heet anders", "KvK": "90000001", "Crediteurnummer": "", "Dienst": "Rat"},
        {"Leverancier": "Nog anders", "KvK": "", "Crediteurnummer": "7", "Dienst": "Kat"},
        {"Leverancier": "VOORBEELD", "KvK": "", "Crediteurnummer": "", "Dienst": "Muis"},
        {"Leverancier": "Los", "KvK": "", "Crediteurnummer": "", "Dienst": ""},
    ))  # fmt: skip
    assert found.problems == ()
    assert [(each.name, each.also) for each in found.suppliers] == [
        ("Voorbeeld B.V.", ("Heet anders", "Nog anders", "VOORBEELD")), ("Los", ()),
    ]  # fmt: skip
    assert [(each.name, each.supplier) for each in found.services] == [("Muis", 0), ("Rat", 0), ("Kat", 0)]
    assert {code for code, _, _ in remarks(found)} == {"names_merged"}


def test_two_numbers_under_one_name_are_a_problem_that_names_both_rows() -> None:
    found = read(
        small({"Leverancier": "Voorbeeld", "KvK": "90000001"}, {"Leverancier": "voorbeeld", "KvK": "90000002"})
    )
    assert codes(found) == [("kvk_differs", 3, "B")]
    assert found.problems[0].params == {"name": "voorbeeld", "value": "90000002", "other": "90000001", "row": "2"}
    assert (found.suppliers, found.usable) == ((), False)


def test_names_that_only_look_alike_with_two_numbers_are_two_suppliers() -> None:
    found = read(
        small(
            {"Leverancier": "Voorbeeld B.V.", "KvK": "90000001"},
            {"Leverancier": "Voorbeeld Holding", "KvK": "90000002"},
        )
    )
    assert [each.name for each in found.suppliers] == ["Voorbeeld B.V.", "Voorbeeld Holding"]
    assert remarks(found) == [("names_alike", 3, "A")]


def test_a_name_that_is_only_the_form_of_a_company_or_has_other_letters_stays_itself() -> None:
    found = read(small({"Leverancier": "株式会社"}, {"Leverancier": "Компания"}, {"Leverancier": "B.V."}))
    assert len(found.suppliers) == 3


def test_one_contract_over_rows_with_its_services_and_what_only_one_row_tells() -> None:
    found = read(small(
        {"Leverancier": "V", "Dienst": "Muis", "Contractnummer": "A1", "Einddatum": "", "Auditrecht": "ja"},
        {"Leverancier": "V", "Dienst": "Rat", "Contractnummer": "a1", "Einddatum": "31-12-2027", "Auditrecht": ""},
        {"Leverancier": "W", "Dienst": "Rat", "Contractnummer": "A1", "Einddatum": "31-12-2030", "Auditrecht": ""},
    ))  # fmt: skip
    assert found.problems == ()
    assert [(each.supplier, each.services, each.last, each.audit) for each in found.contracts] == [
        (0, (0, 1), date(2027, 12, 31), True), (1, (2,), date(2030, 12, 31), None),
    ]  # fmt: skip


def test_rows_that_contradict_each_other_are_told_with_both_rows() -> None:
    found = read(small(
        {"Leverancier": "V", "Dienst": "Muis", "Contractnummer": "1", "Einddatum": "31-12-2027", "Cloud": "ja",
         "Proces": "P", "Uren": 4},
        {"Leverancier": "V", "Dienst": "Muis", "Contractnummer": "1", "Einddatum": "31-12-2028", "Cloud": "nee",
         "Proces": "P", "Uren": 8},
    ))  # fmt: skip
    assert codes(found) == [("contract_differs", 3, "D"), ("service_differs", 3, "E"), ("use_differs", 3, "G")]
    assert {each.params["row"] for each in found.problems} == {"2"}


def test_of_what_may_be_told_in_several_ways_the_first_is_kept() -> None:
    found = read(
        small(
            {"Leverancier": "V", "Dienst": "Muis", "Omschrijving": "Een"},
            {"Leverancier": "V", "Dienst": "Muis", "Omschrijving": "Twee"},
        )
    )
    assert (found.services[0].what, remarks(found)) == ("Een", [("first_kept", 3, "C")])


def test_a_start_and_an_end_on_two_rows_are_held_against_each_other() -> None:
    found = read(small(
        {"Leverancier": "V", "Contractnummer": "1", "Ingangsdatum": "1-1-2027", "Einddatum": ""},
        {"Leverancier": "V", "Contractnummer": "1", "Ingangsdatum": "", "Einddatum": "1-1-2026"},
    ))  # fmt: skip
    assert codes(found) == [("contract_differs", 3, "D")]


# -- what is wrong -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"Leverancier": "", "KvK": "90000001"}, ("no_supplier_name", 2, "A")),
        ({"Leverancier": "onbekend", "KvK": "90000001"}, ("no_supplier_name", 2, "A")),
        ({"Leverancier": "V", "KvK": "123"}, ("not_a_kvk", 2, "B")),
        ({"Leverancier": "V", "KvK": "00000000"}, ("not_a_kvk", 2, "B")),
        ({"Leverancier": "V", "Website": "geen idee"}, ("not_a_domain", 2, "B")),
        ({"Leverancier": "V", "Website": "http://192.0.2.1/"}, ("not_a_domain", 2, "B")),
        ({"Leverancier": "V", "Einddatum": "31-02-2027"}, ("not_a_date", 2, "B")),
        ({"Leverancier": "V", "Einddatum": "ooit"}, ("not_a_date", 2, "B")),
        ({"Leverancier": "V", "Einddatum": "1-1-1900"}, ("date_too_early", 2, "B")),
        ({"Leverancier": "V", "Einddatum": "1-1-2999"}, ("date_too_late", 2, "B")),
        ({"Leverancier": "V", "Start": "2-1-2027", "Einddatum": "1-1-2027"}, ("ends_before_start", 2, "C")),
        ({"Leverancier": "V", "Opzegtermijn": "3"}, ("not_a_duration", 2, "B")),
        ({"Leverancier": "V", "Auditrecht": "soms"}, ("not_yes_or_no", 2, "B")),
        ({"Leverancier": "V", "Auditrecht": "n.v.t."}, ("not_yes_or_no", 2, "B")),
        ({"Leverancier": "V", "Verwerkersovereenkomst": "deels"}, ("not_yes_no_na", 2, "B")),
        ({"Leverancier": "V", "Dienst": "Muis", "Uren": "-1"}, ("not_hours", 2, "C")),
        ({"Leverancier": "V", "Dienst": "Muis", "Uren": "veel"}, ("not_hours", 2, "C")),
        ({"Leverancier": "V", "Dienst": "Muis", "Uren": "nan"}, ("not_hours", 2, "C")),
        ({"Leverancier": "V B.V.", "Subleveranciers": "Ander; V BV"}, ("own_sub", 2, "B")),
        ({"Leverancier": "V", "Dienst": "", "Cloud": "ja"}, ("no_service", 2, "B")),
        ({"Leverancier": "V" * 301}, ("text_too_long", 2, "A")),
        ({"Leverancier": "=1+1"}, ("formula", 2, "A")),
        ({"Leverancier": "Voor\u202ebeeld"}, ("odd_characters", 2, "A")),
        ({"Leverancier": "Voor\u0086beeld"}, ("odd_characters", 2, "A")),
        ({"Leverancier": "V", "Proces": "; ".join(map(str, range(201)))}, None),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_cell(
    row: dict[str, object], expected: tuple[str, int, str] | None
) -> None:
    if expected is None:
        found = read(small({**row, "Dienst": "Muis"}))
        assert codes(found) == [("too_many_names", 2, "B")]
        return
    found = read(small(row, {"Leverancier": "Anders"}))
    assert codes(found) == [expected]
    assert (found.usable, found.suppliers) == (False, ())


def test_everything_that_is_wrong_is_told_at_once() -> None:
    bad: dict[str, object] = {
        "Leverancier": "V",
        "Dienst": "Muis",
        "KvK": "1",
        "Einddatum": "ooit",
        "Auditrecht": "soms",
        "Proces": "",
        "Uren": "x",
    }
    found = read(small(bad, {**bad, "Leverancier": ""}))
    assert [code for code, row, _ in codes(found) if row == 2] == [
        "not_a_kvk",
        "not_a_date",
        "not_yes_or_no",
        "not_hours",
    ]
    assert [code for code, row, _ in codes(found) if row == 3] == [
        "no_supplier_name", "not_a_kvk", "not_a_date", "not_yes_or_no", "not_hours",
    ]  # fmt: skip


def test_many_problems_are_counted_and_the_first_hundred_listed() -> None:
    found = read([["Leverancier", "KvK"], *([f"V{n}", "x"] for n in range(250))])
    assert (len(found.problems), found.counts["not_a_kvk"]) == (100, 250)


def test_a_file_without_a_column_of_suppliers_tells_which_headers_it_has() -> None:
    found = read([["Naam leveranier dienst", "KvK", "Dienst"], ["V", "90000001", "Muis"]])
    assert codes(found) == [("no_supplier_column", 1, "")]
    assert found.problems[0].params == {"headers": "Naam leveranier dienst, KvK, Dienst"}
    turned = read([["Naam \u202eleveranier dienst", "KvK"], ["V", "90000001"]])
    assert turned.problems[0].params == {"headers": "Naam leveranier dienst, KvK"}


def test_a_header_that_only_holds_a_known_word_is_another_column() -> None:
    head: list[object] = ["Leverancier", "Contactpersoon leverancier", "Dienst", "Kosten dienst per jaar"]
    found = read([head, ["V", "iemand", "Muis", "12"]])
    assert found.ignored == ("Contactpersoon leverancier", "Kosten dienst per jaar")


def test_two_columns_for_one_thing_are_for_a_person_to_settle() -> None:
    found = read([["Leverancier", "Einddatum", "Einddatum"], ["V", "1-1-2027", "1-1-2028"]])
    assert codes(found) == [("columns_unsure", 1, "B")]
    assert found.problems[0].params == {"role": "end", "columns": "B, C"}


def test_a_name_instead_of_an_address_is_no_owner_and_stands_in_nobodys_way() -> None:
    found = read(small({"Leverancier": "V", "Dienst": "Muis", "Eigenaar": "Team inkoop"}))
    assert (found.usable, found.services[0].owner, remarks(found)) == (True, "", [("owner_no_address", 2, "C")])


def test_unseen_characters_that_come_along_are_left_out() -> None:
    found = read(small({"Leverancier": "\u200bVoor\u00adbeeld\u00a0 Twee\ufeff"}))
    assert found.suppliers[0].name == "Voorbeeld Twee"


def test_a_number_that_a_program_keeps_from_a_spreadsheet_is_read() -> None:
    found = read_register(b'Leverancier;KvK\nV;="00000017"\n', "x")
    assert found.suppliers[0].kvk == "00000017"


def test_no_row_under_the_header_is_no_register() -> None:
    assert codes(read([["Leverancier", "KvK"]])) == [("no_suppliers", None, "")]
