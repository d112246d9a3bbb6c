"""Addresses of dependence."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
