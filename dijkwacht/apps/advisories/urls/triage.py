"""Addresses of this part of the room: the queue of a desk, one advisory, products that nobody has."""

from django.urls import URLPattern, path

from dijkwacht.apps.advisories.urls.here import DESK
from dijkwacht.apps.advisories.views import advisory, triage

ONE = f"{DESK}advies/<int:pk>/"
PATHS: list[URLPattern] = [
    path(DESK, triage.triage, name="triage"),
    path(f"{DESK}niemand/", triage.unmatched, name="unmatched"),
    path(ONE, advisory.advisory, name="advisory"),
    path(f"{ONE}besluit/", advisory.decide, name="decide"),
    path(f"{ONE}teksten/", advisory.write, name="write"),
    path(f"{ONE}weg/", advisory.remove, name="advisory_remove"),
    path(f"{ONE}wie/", advisory.who_has, name="who_has"),
]
