"""The room of advisories as Django knows it."""

from django.apps import AppConfig


class AdvisoriesConfig(AppConfig):
    """Advisories, product registers, who must be warned, and what became of it."""

    name = "dijkwacht.apps.advisories"
    label = "advisories"
