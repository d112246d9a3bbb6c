"""Warnings to handle, made by the way that they always come: a register, a document, and a desk that decides."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dijkwacht.apps.advisories.models import Service, Warned
from dijkwacht.apps.advisories.services import triage
from dijkwacht.apps.people.models import Organisation, Person
from tests.house_people import NOW, TODAY

OLD = ("Zaakzicht", "Zaaksysteem", "3.1")


def given_warning(organisation: Organisation, register: Any, receive: Any, analyst: Person) -> Callable[..., Warned]:
    """Gives the verb that makes a warning: products of the register, and what the document says."""

    def one(*products: tuple[Any, ...], number: str = "VB-2026-0001", at: Any = NOW, **told: Any) -> Warned:
        if at < NOW:
            Service.objects.filter(organisation=organisation).update(since=TODAY - timedelta(days=30))
        register(*(products or (OLD,)), at=at)
        advisory = receive(number, at=at, **told)
        triage.decide(advisory, decision="warn", person=analyst, at=at)
        return Warned.objects.get(organisation=organisation, advisory=advisory)

    return one


def two_products(warned: Callable[..., Warned], **told: Any) -> Warned:
    """One warning about two products for all examples of a property."""
    return Warned.objects.first() or warned(OLD, ("Zaakzicht", "Zaaksysteem", "3.0"), **told)
