"""Addresses of this room."""

from django.urls import URLPattern, path

from dijkwacht.apps.order.views import deciding, files, signals, wizard

app_name = "order"
HERE = "o/<slug:organisation>/openbare-orde/"
FILE = f"{HERE}besluiten/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(HERE, wizard.home, name="home"),
    path(f"{HERE}wat-wij-niet-bouwen/", wizard.not_built, name="not_built"),
    path(f"{HERE}besluiten/", files.files, name="files"),
    path(f"{HERE}besluiten/nieuw/", files.file_add, name="file_add"),
    path(FILE, files.file, name="file"),
    path(f"{FILE}feit/<slug:name>/", files.fact, name="fact"),
    path(f"{FILE}redenen/", files.texts, name="texts"),
    path(f"{FILE}lichter/<slug:power>/", files.alternative, name="alternative"),
    path(f"{FILE}gehoord/", files.hearing, name="hearing"),
    path(f"{FILE}geen-besluit/", files.drop, name="drop"),
    path(f"{FILE}besluiten/", deciding.decide, name="decide"),
    path(f"{FILE}stap/<str:code>/", deciding.step, name="step"),
    path(f"{FILE}terugkijken/", deciding.look_back, name="look_back"),
    path(f"{FILE}sluiten/", deciding.close, name="close"),
    path(f"{FILE}besluit-openbaar.pdf", deciding.paper, {"part": "public"}, name="paper_public"),
    path(f"{FILE}besluit.pdf", deciding.paper, {"part": "all"}, name="paper"),
    path(f"{HERE}signalen/", signals.signals, name="signals"),
    path(f"{HERE}signalen/nieuw/", signals.signal_add, name="signal_add"),
    path(f"{HERE}signalen/<int:pk>/", signals.signal, name="signal"),
    path(f"{HERE}signalen/<int:pk>/wissen/", signals.erase, name="erase"),
    path(f"{HERE}te-toetsen/", signals.checks, name="checks"),
    path(f"{HERE}te-toetsen/<int:pk>/", signals.check, name="check"),
]
