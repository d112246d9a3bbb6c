"""Makes the room known to Django."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """Today: the front door."""

    name = "dijkwacht.apps.today"
    label = "today"
