"""Makes the room known to Django, and offers its pen to the room below."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """The trail: one entry per act, chained per organisation."""

    name = "dijkwacht.apps.trail"
    label = "trail"

    def ready(self) -> None:
        """The people room lies below this one and may not know it; it writes its acts through what is handed here."""
        from dijkwacht.apps.people import journal
        from dijkwacht.apps.trail.services import record

        journal.write_with(record)
