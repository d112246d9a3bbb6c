"""A municipality with a supplier, a service that a process and a system lean on, and a contract that runs."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Contract, Service, Supplier
from dijkwacht.apps.suppliers.services import contracting, registering
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, Make, People


@pytest.fixture
def does(people: People) -> Callable[..., dict[str, Any]]:
    """Who does something in this room, and when."""
    return lambda role="supplier_manager", at=NOW: {"person": people(role), "at": at}


@pytest.fixture
def manager(people: People) -> Any:
    """The browser of the supplier manager."""
    return people.browser("supplier_manager")


@pytest.fixture
def process(organisation: Organisation, people: People) -> Subject:
    return register_subject(
        organisation, kind="process", name="Uitkeringen", key="uitkeringen", person=people("ciso"), on=TODAY, at=NOW
    )


@pytest.fixture
def system(organisation: Organisation, people: People) -> Subject:
    return register_subject(
        organisation, kind="system", name="Zaaksysteem", key="zaken", person=people("ciso"), on=TODAY, at=NOW
    )


@pytest.fixture
def add(organisation: Organisation, does: Make) -> Callable[..., Supplier]:
    """Adds a supplier, of ours or of who is given."""

    def one(
        name: str = "Rekenwolk B.V.", *, of: Organisation | None = None, at: datetime = NOW, **fields: Any
    ) -> Supplier:
        return registering.add_supplier(of or organisation, name=name, **fields, **does(at=at))

    return one


@pytest.fixture
def supplier(add: Callable[..., Supplier]) -> Supplier:
    return add(kvk="90001234", own_id="C-17", domain="rekenwolk.example")


@pytest.fixture
def add_service(does: Make) -> Callable[..., Service]:
    """Adds a service of a supplier."""

    def one(supplier: Supplier, name: str = "Zaakwolk", *, at: datetime = NOW, **fields: Any) -> Service:
        return registering.add_service(supplier, name=name, **fields, **does(at=at))

    return one


@pytest.fixture
def service(supplier: Supplier, add_service: Callable[..., Service]) -> Service:
    return add_service(supplier, kind="saas", personal_data="yes")


@pytest.fixture
def add_contract(does: Make) -> Callable[..., Contract]:
    """Adds a contract with a supplier; ``until`` is the first day after."""

    def one(supplier: Supplier, title: str = "Overeenkomst", *, at: datetime = NOW, **fields: Any) -> Contract:
        text: dict[str, Any] = {"starts_on": date(2025, 1, 1), "until": date(2027, 1, 1), **fields}
        return contracting.add_contract(supplier, title=title, **text, **does(at=at))

    return one


@pytest.fixture
def contract(supplier: Supplier, service: Service, add_contract: Callable[..., Contract]) -> Contract:
    return add_contract(supplier, services=[service], number="2025-001", notice_months=3)
