"""Makes the room known to Django, and keeps the verdicts of others right when something is shared or revoked."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger: facts, evidence and verdicts."""

    name = "dijkwacht.apps.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Sharing is done two rooms below, which knows no verdicts; its acts are written through a pen that does."""
        from dijkwacht.apps.ledger.services.sharing import record_and_queue
        from dijkwacht.apps.people import journal

        journal.write_with(record_and_queue)
