"""The room as Django knows it."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """Scenario sessions: facilitator, players, evaluation."""

    name = "dijkwacht.apps.exercises"
    label = "exercises"
