"""Addresses of collective."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
