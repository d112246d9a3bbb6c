"""The room as Django knows it."""

from django.apps import AppConfig


class CrimeConfig(AppConfig):
    """Picture of cybercrime, sources, interventions, plans, referral of victims."""

    name = "dijkwacht.apps.crime"
    label = "crime"
