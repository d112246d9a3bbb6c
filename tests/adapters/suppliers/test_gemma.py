"""Exports of the GEMMA Softwarecatalogus: recognised by their headers; suppliers and packages, and nothing that is not known."""

import csv
import io

import pytest

from dijkwacht.adapters.suppliers import read_register
from dijkwacht.core.suppliers.register_rows import ServiceRow, SupplierRow
from tests.adapters import files

Table = list[list[object]]
OLD: Table = [
    ["Leverancier Naam", "Leverancier ID", "Pakket Naam", "Pakket ID", "Pakket Beschrijving", "Pakketversie Naam",
     "Pakketversie Status"],
    ["Voorbeeld B.V.", "12", "Zaakvenster", "34", "Zaken", "4.1", "distributie"],
    ["Voorbeeld B.V.", "12", "Zaakvenster", "34", "Zaken", "4.2", "in ontwikkeling"],
    ["Anders", "13", "Balieplein", "35", "", "1", "einde ondersteuning"],
]  # fmt: skip
NEW: Table = [
    [
        "id",
        "naam",
        "beschrijvingKort",
        "website",
        "cloudDienstverleningsmodel",
        "aanbieder",
        "_aanbieder",
        "type",
        "_moduleVersies",
    ],
    ["0a-1", "Zaakvenster", "", "https://zaken.example", "SaaS", "9-9-9", "Voorbeeld", "Applicatie", '["4.1"]'],
    ["0a-2", "Balieplein", "", "", "", "", "", "Applicatie", ""],
]


def quoted(rows: Table) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def test_the_old_catalogue_gives_each_supplier_and_package_once() -> None:
    found = read_register(files.csv(OLD), "export.csv")
    assert (found.form, found.problems) == ("gemma", ())
    assert found.suppliers == (SupplierRow(2, "Voorbeeld B.V."), SupplierRow(4, "Anders"))
    assert found.services == (ServiceRow(2, 0, "Zaakvenster", "Zaken"), ServiceRow(4, 1, "Balieplein"))
    assert [each.code for each in found.remarks] == ["what_suppliers_offer"]


def test_the_new_catalogue_names_who_offers_and_a_row_without_is_left_out() -> None:
    found = read_register(quoted(NEW), "export.csv")
    assert (found.form, found.problems) == ("gemma", ())
    assert [(each.name, each.domain) for each in found.suppliers] == [("Voorbeeld", "")]
    assert [(each.name, each.cloud) for each in found.services] == [("Zaakvenster", None)]  # offered so, not had so
    assert [(each.code, each.place.row) for each in found.remarks] == [("what_suppliers_offer", 1), ("row_left_out", 3)]
    assert "aanbieder" in found.ignored


def test_what_is_out_of_use_is_left_out_and_a_list_of_use_is_not_doubted() -> None:
    rows: Table = [
        ["Gemeente", "Leverancier", "Pakketnaam", "Pakketversie", "Status gebruik"],
        ["Dijkstad", "V", "Muis", "1", "In gebruik"],
        ["Dijkstad", "V", "Rat", "1", "Uitgefaseerd"],
    ]
    found = read_register(files.xlsx(rows), "x")
    assert [each.name for each in found.services] == ["Muis"]
    assert [each.code for each in found.remarks] == ["not_in_use"]


def test_a_register_of_ones_own_with_a_column_of_the_catalogue_stays_a_register() -> None:
    rows: Table = [
        ["Leverancier", "KvK", "Dienst", "Referentiecomponent"],
        ["V", "90000001", "Muis", "Zaakregistratie"],
    ]
    found = read_register(files.csv(rows), "x")
    assert (found.form, found.suppliers[0].kvk) == ("register", "90000001")


def test_a_person_may_say_which_form_it_is() -> None:
    assert read_register(files.csv(OLD), "x", form="register").form == "register"
    rows: Table = [["Leverancier", "KvK"], ["V", "90000001"]]
    found = read_register(files.csv(rows), "x", form="gemma")
    assert [each.code for each in found.problems] == ["no_package_columns"]
    with pytest.raises(KeyError):
        read_register(b"a;b", "x", form="visitenkaart")
