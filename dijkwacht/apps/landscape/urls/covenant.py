"""Addresses of the covenant: what is asked, the accounts, those that were made, what is assumed; and lessons taken over."""

from django.urls import URLPattern, path

from dijkwacht.apps.landscape.urls.here import HERE
from dijkwacht.apps.landscape.views import covenant

ROOT = f"{HERE}convenant/"
MADE = f"{ROOT}stukken/<int:pk>/"
PAGES: list[URLPattern] = [
    path(ROOT, covenant.covenant, name="covenant"),
    path(f"{ROOT}aannames/", covenant.assume, name="covenant_assume"),
    path(MADE, covenant.paper, name="covenant_paper"),
    path(f"{MADE}<slug:form>/", covenant.file, name="covenant_file"),
    path(f"{ROOT}<slug:product>/", covenant.product, name="covenant_account"),
    path(f"{ROOT}<slug:product>/maken/", covenant.make, name="covenant_make"),
    path(f"{HERE}behoeften/les/<int:pk>/overnemen/", covenant.take_over, name="lesson_take_over"),
]
