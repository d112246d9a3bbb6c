"""Addresses of where documents come in: sources, files, lists, what was set aside."""

from django.urls import URLPattern, path

from dijkwacht.apps.advisories.urls.here import DESK
from dijkwacht.apps.advisories.views import intake, intake_documents

PATHS: list[URLPattern] = [
    path(f"{DESK}bronnen/", intake.sources, name="sources"),
    path(f"{DESK}bronnen/nieuw/", intake.source_add, name="source_add"),
    path(f"{DESK}bronnen/bestanden/", intake.add, name="add"),
    path(f"{DESK}bronnen/lijsten/", intake.lists_, name="lists"),
    path(f"{DESK}bronnen/<int:pk>/", intake.source, name="source"),
    path(f"{DESK}bronnen/<int:pk>/ophalen/", intake.source_run, name="source_run"),
    path(f"{DESK}bronnen/<int:pk>/beeindigen/", intake.source_end, name="source_end"),
    path(f"{DESK}apart/", intake_documents.aside, name="aside"),
    path(f"{DESK}document/<int:pk>/", intake_documents.document, name="document"),
    path(f"{DESK}document/<int:pk>/bestand/", intake_documents.document_raw, name="document_raw"),
    path(f"{DESK}document/<int:pk>/lezen/", intake_documents.read_anyway, name="read_anyway"),
    path(f"{DESK}document/<int:pk>/weigeren/", intake_documents.refuse, name="refuse"),
    path(f"{DESK}document/<int:pk>/weg/", intake_documents.remove, name="document_remove"),
]
