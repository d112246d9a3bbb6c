"""The pages of the register: each works, strangers find nothing, readers change nothing, and few reads are needed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.facts import answer
from dijkwacht.apps.ledger.services.subjects import inherit_from
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Contract, ExitPlan, Finding, Proof, Service, SubSupplier, Supplier, Use
from dijkwacht.apps.suppliers.queries.tiers import weighed
from dijkwacht.apps.suppliers.services import chaining, merging, registering, using
from tests.house_people import NOW, TODAY, Make, People

pytestmark = pytest.mark.django_db
LOOK = ("home", "supplier", "services", "service", "contracts", "contract", "doubles")
FORMS = (
    "supplier_add", "supplier_change", "supplier_end", "service_add", "contract_add", "sub_add", "service_change", "service_end",
    "use_add", "exit_plan", "use_change", "contract_change", "contract_end", "sub_change", "merge", "import",
)  # fmt: skip
BUTTONS = ("use_end", "sub_end", "two", "import_carry")


@pytest.fixture
def rows(
    supplier: Supplier, service: Service, contract: Contract, process: Subject, add: Make, does: Make
) -> dict[str, Any]:
    """One of everything, by the name of the address that needs it."""
    use = using.add_use(service, subject=process, hours=4, **does())
    link = chaining.add_sub(supplier, name="Kabelaar", service=service, **does())
    other = add("Rekenwolk N.V.", kvk="90009999")
    of: dict[str, list[Any]] = {name: [supplier.pk, other.pk] for name in ("two", "merge")} | {
        "import_carry": ["x" * 40]
    }
    for names, pk in (
        (("supplier", "supplier_change", "supplier_end", "service_add", "contract_add", "sub_add"), supplier.pk),
        (("service", "service_change", "service_end", "use_add", "exit_plan"), service.pk),
        (("contract", "contract_change", "contract_end"), contract.pk),
        (("use_change", "use_end"), use.pk),
        (("sub_change", "sub_end"), link.pk),
    ):
        of |= {name: [pk] for name in names}
    return of


def url(organisation: Organisation, name: str, *numbers: Any) -> str:
    return reverse(f"suppliers:{name}", args=[organisation.slug, *numbers])


@pytest.mark.parametrize("name", [*LOOK, *FORMS])
def test_who_may_look(
    organisation: Organisation, other_organisation: Organisation, people: People, manager: Client, client: Client,
    rows: dict[str, Any], name: str,
) -> None:  # fmt: skip
    numbers = rows.get(name, [])
    where = url(organisation, name, *numbers)
    assert manager.get(where).status_code == 200
    assert people.stranger(other_organisation).get(where).status_code == 404
    assert people.browser("auditor").get(where).status_code == (200 if name in LOOK else 403)
    assert client.get(where).status_code == 302
    if numbers:
        bad = url(organisation, name, *(number + 9999 for number in numbers))
        assert manager.get(bad).status_code == 404


@pytest.mark.parametrize("name", BUTTONS)
def test_who_may_press(
    organisation: Organisation, other_organisation: Organisation, people: People, manager: Client, client: Client,
    rows: dict[str, Any], name: str,
) -> None:  # fmt: skip
    where = url(organisation, name, *rows[name])
    assert people.stranger(other_organisation).post(where).status_code == 404
    assert people.browser("auditor").post(where).status_code == 403
    assert client.post(where).status_code == 302
    assert manager.get(where).status_code == 405
    assert manager.post(where).status_code == (404 if name == "import_carry" else 302)


def test_nobody_reaches_rows_of_another(
    organisation: Organisation, other_organisation: Organisation, people: People, rows: dict[str, Any]
) -> None:
    theirs = people.stranger(other_organisation)
    for name, numbers in rows.items():
        assert theirs.get(url(other_organisation, name, *numbers)).status_code in (404, 405), name


def test_the_register_is_filled_by_hand(organisation: Organisation, manager: Client, process: Subject) -> None:
    told = {"name": "Rekenwolk", "kvk": "90001234"}
    page = manager.post(url(organisation, "supplier_add"), told, follow=True)
    supplier = Supplier.objects.get()
    assert "what it delivers" in page.content.decode()
    signs = dict.fromkeys(registering.SIGNS, "unknown") | {"personal_data": "yes"}
    manager.post(url(organisation, "service_add", supplier.pk), {"name": "Zaakwolk", "kind": "saas", **signs})
    service = Service.objects.get()
    manager.post(url(organisation, "use_add", service.pk), {"subject": process.pk, "hours": "4"})
    assert Use.objects.get().hours == 4
    manager.post(
        url(organisation, "exit_plan", service.pk), {"alternative": "a", "data": "b", "steps": "c", "days": "30"}
    )
    assert ExitPlan.objects.get().days == 30
    manager.post(
        url(organisation, "sub_add", supplier.pk), {"name": "Kabelaar", "service": service.pk, "personal_data": "no"}
    )
    assert SubSupplier.objects.get().service == service
    contract = {
        "title": "K", "starts_on": "2025-01-01", "last_day": "2026-12-31", "services": [service.pk], "notice_months": "3",
        **dict.fromkeys(("renews", "security_requirements", "assurance_clause", "audit_right", "transparency", "exit"), "yes"),
        **dict.fromkeys(("flow_down", "termination_grounds", "dependency_weighed"), "unknown"), "terms": "unknown",
        "processing": "signed", "processing_signed_on": "2025-01-01",
    }  # fmt: skip
    page = manager.post(url(organisation, "contract_add", supplier.pk), contract, follow=True)
    row = Contract.objects.get()
    assert (row.until, list(row.services.all())) == (date(2027, 1, 1), [service])
    assert "Notice had to be given on" in page.content.decode()
    manager.post(url(organisation, "contract_change", row.pk), {**contract, "last_day": ""})
    row.refresh_from_db()
    assert row.until is None


@pytest.mark.parametrize(
    ("name", "told", "said"),
    [
        ("supplier_add", {"name": "x", "kvk": "12"}, "A KvK number has eight digits."),
        ("supplier_add", {"name": ""}, "This field is required."),
        (
            "contract_add",
            {"title": "K", "starts_on": "2026-01-01", "last_day": "2025-01-01"},
            "The end must lie after the start.",
        ),
        ("contract_add", {"title": "K", "starts_on": "2026-01-01", "last_day": "9999-12-31"}, "between 1950 and 2099"),
        ("contract_add", {"title": "K", "starts_on": "gisteren"}, "valid date"),
        ("sub_add", {"name": "Rekenwolk B.V.", "personal_data": "no"}, "does not lean on itself"),
        ("use_add", {"subject": "999999"}, "Select a valid choice"),
        ("exit_plan", {"alternative": "a", "data": "b", "steps": "c", "tested_on": "2027-01-01"}, "still to come"),
    ],
)
def test_what_is_refused_is_said_at_the_field(
    organisation: Organisation, manager: Client, rows: dict[str, Any], name: str, told: dict[str, str], said: str
) -> None:
    answers = ("renews", "security_requirements", "assurance_clause", "audit_right", "transparency", "exit", "flow_down",
               "termination_grounds", "dependency_weighed")  # fmt: skip
    more = (
        {**dict.fromkeys(answers, "unknown"), "terms": "unknown", "processing": "unknown"}
        if name == "contract_add"
        else {}
    )
    page = manager.post(url(organisation, name, *rows.get(name, [])), {**more, **told})
    assert page.status_code == 200
    assert said in page.content.decode()


def test_the_tier_follows_from_what_leans_on_it(
    organisation: Organisation, service: Service, process: Subject, manager: Client, does: Make, by: Make
) -> None:
    where = url(organisation, "service", service.pk)
    page = manager.get(where).content.decode()
    assert "High" in page
    assert "may become Critical" in page
    using.add_use(service, subject=process, hours=4, **does())
    answer(organisation, subject=process, fact_type="process.critical", value=True, **by("ciso"))
    page = manager.get(where).content.decode()
    assert "Critical" in page
    assert "Uitkeringen" in page
    assert "ISAE 3402 type II" in page
    home = manager.get(url(organisation, "home")).content.decode()
    assert "1 of 1 critical supplier lacks proof or an exit plan." in home


def test_what_others_tell_of_a_process_is_asked_too(
    organisation: Organisation, other_organisation: Organisation, service: Service, process: Subject, system: Subject,
    does: Make, by: Make,
) -> None:  # fmt: skip
    """Where a subject inherits, the whole world is asked; what is not shared stays unknown."""
    theirs = Subject.objects.create(
        organisation=other_organisation, kind="system", key="zaken", name="Zaaksysteem", recorded_at=TODAY
    )
    inherit_from(system, source=theirs, **by("ciso"))
    using.add_use(service, subject=system, **does())
    assert "critical_process" in weighed(organisation, on=TODAY)[service.pk].graded.unknown
    using.add_use(service, subject=process, **does())
    answer(organisation, subject=process, fact_type="process.critical", value=True, **by("ciso"))
    found = weighed(organisation, on=TODAY)[service.pk]
    assert (found.graded.tier.id, found.by["critical_process"]) == ("critical", ("Uitkeringen",))


def test_unknown_is_said_and_is_not_light(
    organisation: Organisation, supplier: Supplier, manager: Client, add_service: Make
) -> None:
    add_service(supplier, "Iets")
    page = manager.get(url(organisation, "services")).content.decode()
    assert "Basic" in page
    assert "may become Critical" in page
    assert "not told what leans on it" in page


def test_the_register_is_narrowed(organisation: Organisation, contract: Contract, add: Make, manager: Client) -> None:
    add("Groenbeheer")
    home = url(organisation, "home")

    def shown(query: str) -> str:
        return manager.get(f"{home}?{query}").content.decode().partition('<form class="filters')[2]  # under the answer

    assert "Rekenwolk" not in shown("text=groen")
    assert "Rekenwolk" in shown("text=zaakwolk")
    assert "Rekenwolk" in shown("text=90001234")
    assert "Groenbeheer" not in shown("tier=high")
    assert "Groenbeheer" in shown("tier=none")
    assert "Groenbeheer" not in shown("what=contract")
    assert "No supplier fits this" in shown("what=finding")
    assert "Rekenwolk" in shown("tier=zomaar")  # what cannot be read narrows nothing


def test_what_needs_somebody_is_on_top(
    organisation: Organisation, contract: Contract, add: Make, manager: Client
) -> None:
    late = add("Zomaar B.V.")
    Finding.objects.create(
        organisation=organisation,
        supplier=late,
        title="Lek",
        severity="high",
        due=TODAY - timedelta(days=1),
        found_on=TODAY,
    )
    page = manager.get(url(organisation, "home")).content.decode()
    rows = page.partition('<ol class="list">')[2]
    assert rows.index("Zomaar B.V.") < rows.index("Rekenwolk B.V.")
    assert "At 1 supplier something is late." in page


def test_a_merge_on_the_pages(organisation: Organisation, supplier: Supplier, add: Make, manager: Client) -> None:
    other = add("Rekenwolk N.V.", kvk="90009999")
    where = url(organisation, "merge", supplier.pk, other.pk)
    assert "differ" in manager.post(where, {"kept": supplier.pk}).content.decode()
    assert Supplier.objects.filter(merged_into__isnull=False).count() == 0
    manager.post(where, {"kept": other.pk, "differs": "on"})
    supplier.refresh_from_db()
    assert supplier.merged_into == other
    page = manager.get(url(organisation, "supplier", supplier.pk)).content.decode()
    assert "This turned out to be Rekenwolk N.V." in page
    assert "Add a service" not in page


def test_who_ended_is_still_told_of(
    organisation: Organisation, contract: Contract, manager: Client, does: Make
) -> None:
    registering.end_supplier(contract.supplier, **does())
    for name, number in (("supplier", contract.supplier_id), ("contract", contract.pk)):
        assert manager.get(url(organisation, name, number)).status_code == 200
    service = Service.objects.get()
    assert manager.get(url(organisation, "service", service.pk)).status_code == 200
    assert manager.post(url(organisation, "service_end", service.pk)).status_code == 200  # says that it is gone


def test_texts_of_people_are_shown_as_text(
    organisation: Organisation, add: Make, add_service: Make, manager: Client
) -> None:
    row = add("<script>alert(1)</script>", note="<b>vet</b>")
    service = add_service(row, "<img src=x>")
    for where in (
        url(organisation, "home"),
        url(organisation, "supplier", row.pk),
        url(organisation, "service", service.pk),
    ):
        page = manager.get(where).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x>" not in page
        assert "<b>vet" not in page


@pytest.fixture
def many(organisation: Organisation, supplier: Supplier, process: Subject) -> Supplier:
    """A supplier with 150 services, each with a use, a contract and proof, in a register of hundreds."""
    keys = [f"s{n}" for n in range(150)]
    subjects = Subject.objects.bulk_create(
        Subject(organisation=organisation, kind="service", key=key, name=key, recorded_at=TODAY) for key in keys
    )
    services = Service.objects.bulk_create(
        Service(organisation=organisation, supplier=supplier, subject=each, name=each.name, added_on=TODAY)
        for each in subjects
    )
    Use.objects.bulk_create(Use(service=each, subject=process, hours=4, since=TODAY) for each in services)
    Contract.objects.bulk_create(
        Contract(organisation=organisation, supplier=supplier, title=f"K{n}", starts_on=TODAY, added_at=NOW)
        for n in range(20)
    )
    Proof.objects.bulk_create(
        Proof(organisation=organisation, supplier=supplier, kind="iso27001", title="C", first=date(2026, 1, 1),
              until=date(2028, 1, 1), whole=True, received_on=TODAY) for _ in range(10)
    )  # fmt: skip
    Supplier.objects.bulk_create(Supplier(organisation=organisation, name=f"L{n}", added_on=TODAY) for n in range(600))
    return supplier


@pytest.mark.parametrize(("name", "most"), [("supplier", 60), ("home", 45), ("contracts", 40), ("services", 40)])
def test_few_reads_however_much_there_is(
    organisation: Organisation, many: Supplier, manager: Client, name: str, most: int
) -> None:
    where = url(organisation, name, *([many.pk] if name == "supplier" else []))
    manager.get(where)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert manager.get(where).status_code == 200
    assert len(caught) <= most, "\n".join(each["sql"][:150] for each in caught)


def test_pages_of_a_long_register(organisation: Organisation, many: Supplier, manager: Client) -> None:
    first, last = manager.get(url(organisation, "home")), manager.get(url(organisation, "home") + "?page=13")
    assert "Next" in first.content.decode()
    assert "L99<" in last.content.decode()


def test_moved(organisation: Organisation, supplier: Supplier, add: Callable[..., Supplier], does: Make) -> None:
    """A merged supplier is in no list any more."""
    other = add("Reken Wolk")
    merging.merge(supplier, other, **does())
    assert [each.pk for each in Supplier.objects.filter(merged_into__isnull=True)] == [supplier.pk]
