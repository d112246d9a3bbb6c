"""The accountability room as Django knows it."""

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    """Accounts, norms and the overview over organisations."""

    name = "dijkwacht.apps.accountability"
    label = "accountability"
