"""Documents and registers that change at the same moment, where two can write at once: nobody falls between them."""

import threading
from typing import Any

import pytest
from django.db import connection, connections

from dijkwacht.apps.advisories.models import Concern
from dijkwacht.apps.advisories.services import registering
from dijkwacht.apps.people.models import Organisation

HELD = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def _waits(thread: threading.Thread) -> bool:
    """Whether the other one waits for us; it does, or it ends."""
    while thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(HELD)
            if cursor.fetchone() != (0,):
                return True
        thread.join(timeout=0.01)
    return False


@pytest.mark.django_db(transaction=True)
def test_a_document_that_comes_in_while_a_register_is_taken_over(
    served: Organisation, register: Any, receive: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time")
    rematched, others = registering.rematched, list[threading.Thread]()

    def comes_in() -> None:
        try:
            receive()
        finally:
            connections.close_all()

    def meanwhile(*given: Any, **told: Any) -> list[int]:
        turned = rematched(*given, **told)  # matched with what is here, and not committed yet
        others.append(threading.Thread(target=comes_in))
        others[0].start()
        assert _waits(others[0])
        return turned

    monkeypatch.setattr(registering, "rematched", meanwhile)
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    others[0].join()
    assert Concern.objects.get().organisation == served
