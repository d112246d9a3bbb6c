"""The ensia room as Django knows it."""

from django.apps import AppConfig


class EnsiaConfig(AppConfig):
    """The ENSIA year and many organisations."""

    name = "dijkwacht.apps.ensia"
    label = "ensia"
