"""The room as Django knows it."""

from django.apps import AppConfig


class CrisisConfig(AppConfig):
    """Crisis plan, contacts, log, mayor's card, cascade."""

    name = "dijkwacht.apps.crisis"
    label = "crisis"
