"""Addresses of portal."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
