"""Addresses of this room, one file per part."""

from django.urls import URLPattern

from dijkwacht.apps.crisis.urls import cascade, log, plan

app_name = "crisis"
urlpatterns: list[URLPattern] = [*log.PAGES, *plan.PAGES, *cascade.PAGES]
