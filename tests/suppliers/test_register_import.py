"""A supplier register out of a file: all of it or nothing, the same file again changes nothing, strangers' files do no harm."""

import time
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers import import_rows
from dijkwacht.apps.suppliers.models import Contract, Service, SubSupplier, Supplier, Use
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import importing, merging, registering
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW, TODAY, Make, People

pytestmark = pytest.mark.django_db
HEADERS = (
    "Leverancier;KvK;Leveranciersnummer;Dienst;Cloud;Persoonsgegevens;Contractnummer;"
    "Ingangsdatum;Einddatum;Opzegtermijn;Subleveranciers;Proces;Uren;Eigenaar"
)
FILE = f"""{HEADERS}
Rekenwolk B.V.;90001234;C-17;Zaakwolk;ja;ja;2025-001;01-01-2025;31-12-2026;3 maanden;Kabelaar;Uitkeringen;4;
Rekenwolk;90001234;C-17;Archiefwolk;ja;;2025-001;01-01-2025;31-12-2026;3 maanden;;;;
Groenbeheer;;C-18;;;;2024-007;01-03-2024;onbepaald;;;;;
"""


def read(text: str, name: str = "leveranciers.csv") -> Any:
    return importing.read(text.encode(), name)


def take(organisation: Organisation, text: str, does: Make, **more: Any) -> importing.Taken:
    return importing.take_over(organisation, read(text), name="leveranciers.csv", **does(), **more)


def test_a_file_comes_in_whole(organisation: Organisation, does: Make) -> None:
    taken = take(organisation, FILE, does)
    assert (taken.changed, taken.unchanged) == (0, 0)
    wolk, groen, kabel = Supplier.objects.order_by("-kvk", "name")
    assert (wolk.name, wolk.kvk, wolk.own_id, wolk.direct) == ("Rekenwolk B.V.", "90001234", "C-17", True)
    assert (groen.direct, kabel.name, kabel.direct) == (True, "Kabelaar", False)
    service = Service.objects.get(name="Zaakwolk")
    assert (service.kind, service.personal_data, service.admin_access) == ("saas", "yes", "unknown")
    contract = Contract.objects.get(number="2025-001")
    assert (contract.until, contract.notice_months, contract.services.count()) == (date(2027, 1, 1), 3, 2)
    assert Contract.objects.get(number="2024-007").until is None
    use = Use.objects.get()
    assert (use.subject.kind, use.subject.name, use.hours) == ("process", "Uitkeringen", 4)
    assert SubSupplier.objects.get().on == kabel
    assert Entry.objects.filter(act="suppliers.register_imported").count() == 1
    assert not verify_suppliers(organisation).faulty


def test_the_same_file_again_changes_nothing(organisation: Organisation, does: Make) -> None:
    first = take(organisation, FILE, does)
    entries = Entry.objects.count()
    again = take(organisation, FILE, does)
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)
    assert Entry.objects.count() == entries


def test_what_the_file_tells_otherwise_changes_and_the_rest_stays(organisation: Organisation, does: Make) -> None:
    take(organisation, FILE, does)
    registering.change_service(
        Service.objects.get(name="Zaakwolk"), name="Zaakwolk", kind="hosting", key_register="yes", **does()
    )
    later = FILE.replace("31-12-2026", "31-12-2028").replace(";4;", ";8;")
    taken = take(organisation, later, does)
    assert (taken.added, taken.changed) == (0, 2)
    service = Service.objects.get(name="Zaakwolk")
    assert (service.kind, service.key_register, service.personal_data) == ("hosting", "yes", "yes")
    assert Contract.objects.get(number="2025-001").until == date(2029, 1, 1)
    assert Use.objects.get().hours == 8
    assert not verify_suppliers(organisation).faulty


def test_who_was_merged_does_not_come_back(organisation: Organisation, does: Make) -> None:
    text = "Leverancier;Leveranciersnummer\nRekenwolk;C-1\nReken Wolk;C-2\n"
    take(organisation, text, does)
    one, other = Supplier.objects.order_by("own_id")
    merging.merge(one, other, **does())
    again = take(organisation, text, does)
    assert (again.added, again.changed) == (0, 0)


def test_an_owner_is_found_by_address(organisation: Organisation, does: Make, people: People) -> None:
    owner = people("process_owner")
    text = f"{HEADERS}\nRekenwolk;;;Zaakwolk;;;N-1;01-01-2025;;;;;;{owner.email.upper()}\n"
    take(organisation, text, does)
    assert Service.objects.get().owner == owner
    assert Contract.objects.get().owner == owner


def test_a_file_with_a_problem_changes_nothing(organisation: Organisation, does: Make) -> None:
    broken = FILE.replace("Groenbeheer;;", "Groenbeheer;12;")
    register = read(broken)
    shown = import_rows.preview(register, None)
    assert not shown.usable
    assert "row 4" in shown.problems[0]
    with pytest.raises(Refused, match="register_not_usable"):
        take(organisation, broken, does)
    assert not Supplier.objects.exists()


def test_a_problem_with_what_we_have_changes_nothing_either(organisation: Organisation, add: Make, does: Make) -> None:
    add("Groenbeheer", kvk="90007777", own_id="C-18")
    clash = FILE.replace("Groenbeheer;;", "Groenbeheer;90008888;")
    with pytest.raises(Refused, match="register_not_usable"):
        take(organisation, clash, does)
    shown = import_rows.preview(read(clash), importing.plan_of(organisation, read(clash), at=NOW))
    assert "90007777" in shown.problems[0]
    assert Supplier.objects.count() == 1


def test_numbers_may_change_places(organisation: Organisation, does: Make) -> None:
    take(organisation, "Leverancier;KvK;Leveranciersnummer\nEen;90000001;C-1\nTwee;90000002;C-2\n", does)
    take(organisation, "Leverancier;KvK;Leveranciersnummer\nEen;90000001;C-2\nTwee;90000002;C-1\n", does)
    assert list(Supplier.objects.order_by("kvk").values_list("own_id", flat=True)) == ["C-2", "C-1"]


def test_five_thousand_rows_in_bearable_time(organisation: Organisation, does: Make) -> None:
    rows = [
        f"Leverancier {n};9{n:07};L-{n};Dienst {n};ja;ja;K-{n};01-01-2025;31-12-2027;3 maanden;;Proces {n % 40};{n % 90};"
        for n in range(5000)
    ]
    text = "\n".join([HEADERS, *rows])
    start = time.perf_counter()
    taken = take(organisation, text, does)
    assert time.perf_counter() - start < 60
    assert taken.added == 20_000
    entries = Entry.objects.filter(act="suppliers.register_imported")
    assert entries.count() > 1
    assert all(sum(len(some) for some in each.detail["rows"].values()) <= 500 for each in entries)
    again = take(organisation, text, does)
    assert (again.added, again.changed) == (0, 0)


def hostile() -> list[tuple[str, bytes]]:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    xml = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'
    return [
        ("leeg.csv", b"\n"),
        ("niets.csv", b"Leverancier\n"),
        ("bom.xlsx", bomb.getvalue()),
        ("afgebroken.xlsx", bomb.getvalue()[:200]),
        ("entiteit.xml", xml),
        ("nul.csv", b"Leverancier\nRek\0en\n"),
        ("richting.csv", "Leverancier\nAcme \u202etxt\n".encode()),
        ("plaatje.csv", bytes(range(256)) * 20),
        ("formule.csv", b"Leverancier;KvK\n=HYPERLINK(1);abc\n"),
        ("lang.csv", b"Leverancier\n" + b"x" * 3000 + b"\n"),
        ("breed.csv", b";" * 100_000),
    ]


@pytest.mark.parametrize(("name", "data"), hostile(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_file_of_a_stranger_is_told_and_not_taken(
    organisation: Organisation, manager: Client, name: str, data: bytes
) -> None:
    url = f"/o/{organisation.slug}/leveranciers/importeren/"
    answer = manager.post(url, {"file": SimpleUploadedFile(name, data)}, follow=True)
    assert answer.status_code == 200
    page = answer.content.decode()
    if name not in ("formule.csv",):
        assert "Take it over" not in page
    assert "Traceback" not in page
    assert not Supplier.objects.exists()


def test_from_file_to_register_on_the_pages(organisation: Organisation, manager: Client) -> None:
    url = f"/o/{organisation.slug}/leveranciers/importeren/"
    shown = manager.post(url, {"file": SimpleUploadedFile("lijst.csv", FILE.encode())}, follow=True)
    page = shown.content.decode()
    assert "rows would be new" in page
    assert not Supplier.objects.exists()
    token = shown.redirect_chain[-1][0].rstrip("/").rpartition("/")[2]
    seen = shown.context["seen"]
    stale = manager.post(f"{url}{token}/overnemen/", {"seen": "another"}, follow=True)
    assert "changed since you looked" in stale.content.decode()
    assert not Supplier.objects.exists()
    done = manager.post(f"{url}{token}/overnemen/", {"seen": seen}, follow=True)
    assert "Taken over" in done.content.decode()
    assert Supplier.objects.count() == 3
    assert manager.get(f"{url}{token}/").status_code == 404
    again = manager.post(url, {"file": SimpleUploadedFile("lijst.csv", FILE.encode())}, follow=True)
    assert "Nothing would change" in again.content.decode()
    assert "Take it over" not in again.content.decode()


def test_a_waiting_file_is_of_who_brought_it(organisation: Organisation, manager: Client, people: People) -> None:
    url = f"/o/{organisation.slug}/leveranciers/importeren/"
    shown = manager.post(url, {"file": SimpleUploadedFile("lijst.csv", FILE.encode())}, follow=True)
    where = shown.redirect_chain[-1][0]
    assert people.browser("ciso").get(where).status_code == 404
    assert people.browser("ciso").post(f"{where}overnemen/").status_code == 404
    assert manager.get(f"{url}bestaat-niet/").status_code == 404


def test_an_import_goes_in_the_ledger(organisation: Organisation, does: Make) -> None:
    take(organisation, FILE, does)
    kinds = Subject.objects.filter(organisation=organisation).values_list("kind", flat=True)
    assert sorted(set(kinds)) == ["organisation", "process", "service", "supplier"]
    assert Subject.objects.get(name="Groenbeheer").recorded_at == TODAY
