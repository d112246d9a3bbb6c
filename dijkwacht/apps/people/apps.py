"""Makes the room known to Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People: who may do what, and where."""

    name = "dijkwacht.apps.people"
    label = "people"
