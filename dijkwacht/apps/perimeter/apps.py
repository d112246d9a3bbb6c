"""The perimeter room as Django knows it."""

from django.apps import AppConfig


class PerimeterConfig(AppConfig):
    """Names, consents, runs, readings and issues of the outside."""

    name = "dijkwacht.apps.perimeter"
    label = "perimeter"
