"""Addresses of this part of the room: the warnings of an organisation, and what it does with them."""

from django.urls import URLPattern, path

from dijkwacht.apps.advisories.urls.here import HERE
from dijkwacht.apps.advisories.views import handling

PATHS: list[URLPattern] = [
    path(HERE, handling.home, name="home"),
    path(f"{HERE}lijst.csv", handling.warnings_csv, name="warnings_csv"),
    path(f"{HERE}week/", handling.our_week, name="our_week"),
    path(f"{HERE}<int:pk>/", handling.warning, name="warning"),
    path(f"{HERE}<int:pk>/document.json", handling.warning_document, name="warning_document"),
    path(f"{HERE}<int:pk>/gezien/", handling.seen, name="seen"),
    path(f"{HERE}<int:pk>/behandelaar/", handling.give, name="give"),
    path(f"{HERE}<int:pk>/beoordeling/", handling.assess, name="assess"),
    path(f"{HERE}<int:pk>/alles/", handling.mark, name="mark"),
    path(f"{HERE}geraakt/<int:pk>/stand/", handling.status, name="status"),
    path(f"{HERE}geraakt/<int:pk>/versie/", handling.version, name="version"),
    path(f"{HERE}geraakt/<int:pk>/niet-kwetsbaar/", handling.proposal, name="proposal"),
]
