"""The room of suppliers as Django knows it."""

from django.apps import AppConfig


class SuppliersConfig(AppConfig):
    """Register, proof, joint reviews, tenders, dependence, collective services."""

    name = "dijkwacht.apps.suppliers"
    label = "suppliers"
