"""Addresses of this room, one file per part."""

from dijkwacht.apps.landscape.urls import cells, covenant, needs

app_name = "landscape"
urlpatterns = [*cells.PAGES, *needs.PAGES, *covenant.PAGES]
