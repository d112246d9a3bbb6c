"""Makes the pages' templates, styles and catalogues known to Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app that shows."""

    name = "dijkwacht.web"
    label = "web"
