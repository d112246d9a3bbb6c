"""Addresses of this part of the room."""

from django.urls import URLPattern, path

from dijkwacht.apps.advisories.urls.here import DESK, HERE
from dijkwacht.apps.advisories.views import csaf, keys, machine, own

PAGES: list[URLPattern] = [
    path(f"{DESK}eigen/", own.listed, name="own"),
    path(f"{DESK}eigen/nieuw/", own.new, name="own_new"),
    path(f"{DESK}eigen/versies/", own.reading, name="own_reading"),
    path(f"{DESK}eigen/<int:pk>/", own.edit, name="own_edit"),
    path(f"{DESK}eigen/<int:pk>/nakijken/", own.check, name="own_check"),
    path(f"{DESK}eigen/<int:pk>/weg/", own.drop, name="own_drop"),
    path(f"{DESK}eigen/uit-waarschuwing/<int:pk>/", own.from_warning, name="own_from_warning"),
    path(f"{HERE}sleutels/", keys.listed, name="keys"),
    path(f"{HERE}sleutels/nieuw/", keys.make, name="key_make"),
    path(f"{HERE}sleutels/<int:pk>/einde/", keys.end, name="key_end"),
]
OPEN: list[URLPattern] = [
    path(f"{DESK}csaf/provider-metadata.json", csaf.provider, name="csaf_provider"),
    path(f"{DESK}csaf/clear/feed.json", csaf.feed, name="csaf_feed"),
    path(f"{DESK}csaf/clear/changes.csv", csaf.changes, name="csaf_changes"),
    path(f"{DESK}csaf/clear/index.txt", csaf.index, name="csaf_index"),
    path(f"{DESK}csaf/clear/<int:year>/<str:name>.json", csaf.document, name="csaf_document"),
    path(f"{DESK}csaf/clear/<int:year>/<str:name>.json.<str:kind>", csaf.hashed, name="csaf_hash"),
]
MACHINES: list[URLPattern] = [
    path(f"{HERE}api/", machine.warnings, name="api_warnings"),
    path(f"{HERE}api/<int:pk>/stand/", machine.status, name="api_status"),
    path(f"{DESK}api/", machine.advisories, name="api_advisories"),
    path(f"{DESK}api/<int:pk>/", machine.advisory, name="api_advisory"),
]
PATHS: list[URLPattern] = [*PAGES, *OPEN, *MACHINES]
