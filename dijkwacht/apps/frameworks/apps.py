"""The room of frameworks as Django knows it."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """Catalogs and mappings brought in, own texts, and versions of norms."""

    name = "dijkwacht.apps.frameworks"
    label = "frameworks"
