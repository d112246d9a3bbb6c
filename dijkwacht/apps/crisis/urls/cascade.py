"""Addresses of what fails when."""

from django.urls import URLPattern, path

from dijkwacht.apps.crisis.urls.here import HERE
from dijkwacht.apps.crisis.views import cascade, cascade_files, cascade_network

AT = f"{HERE}uitval/"
NET = f"{AT}netwerk/"
PAGES: list[URLPattern] = [
    path(AT, cascade.cascade, name="cascade"),
    path(f"{AT}bewaren/", cascade.cascade_keep, name="cascade_keep"),
    path(f"{AT}bewaard/<int:pk>/", cascade.cascade_run, name="cascade_run"),
    path(NET, cascade_network.network, name="cascade_network"),
    path(f"{NET}knoop/", cascade_network.node_add, name="cascade_node_add"),
    path(f"{NET}knoop/<slug:node>/", cascade_network.node, name="cascade_node"),
    path(f"{NET}knoop/<slug:node>/staat-voor/", cascade_network.node_tie, name="cascade_tie"),
    path(f"{NET}lijn/", cascade_network.edge_add, name="cascade_edge_add"),
    path(f"{NET}lijn/<slug:origin>/<slug:target>/", cascade_network.edge, name="cascade_edge"),
    path(f"{NET}terug/<int:pk>/", cascade_network.restore, name="cascade_restore"),
    path(f"{NET}netwerk.json", cascade_files.export, name="cascade_export"),
    path(f"{NET}bestand/", cascade_files.bring, name="cascade_bring"),
    path(f"{NET}bestand/<str:token>/", cascade_files.preview, name="cascade_preview"),
    path(f"{NET}bestand/<str:token>/overnemen/", cascade_files.carry, name="cascade_carry"),
]
