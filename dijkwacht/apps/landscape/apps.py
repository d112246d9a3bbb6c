"""The room as Django knows it."""

from django.apps import AppConfig


class LandscapeConfig(AppConfig):
    """Landscape, needs, initiatives, the covenant's accounts."""

    name = "dijkwacht.apps.landscape"
    label = "landscape"
