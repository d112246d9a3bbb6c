"""The incident desk as Django knows it."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Incidents, legal terms, reports, and the registration record."""

    name = "dijkwacht.apps.incidents"
    label = "incidents"
