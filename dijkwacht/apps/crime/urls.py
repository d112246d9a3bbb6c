"""Addresses of this room: figures, and what helps."""

from django.urls import URLPattern

from dijkwacht.apps.crime import urls_figures, urls_help

app_name = "crime"
urlpatterns: list[URLPattern] = [*urls_figures.urlpatterns, *urls_help.urlpatterns]
