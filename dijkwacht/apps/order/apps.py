"""The room as Django knows it."""

from django.apps import AppConfig


class OrderConfig(AppConfig):
    """Powers, decision files, signals."""

    name = "dijkwacht.apps.order"
    label = "order"
