"""Addresses of this room."""

from django.urls import path

from dijkwacht.apps.ensia.views import handing, line, many, quality, via, year

app_name = "ensia"
YEAR = "o/<slug:organisation>/ensia/<int:year>"
LINE = f"{YEAR}/lijn/<slug:line>"
urlpatterns = [
    path("o/<slug:organisation>/ensia/", year.now, name="now"),
    path("o/<slug:organisation>/ensia/openen/", year.open_year, name="open"),
    path(f"{YEAR}/", year.year, name="year"),
    path(f"{YEAR}/coordinator/", year.coordinate, name="coordinate"),
    path(f"{YEAR}/sluiten/", year.close, name="close"),
    path(f"{YEAR}/berichten/", year.notices, name="notices"),
    path(f"{LINE}/", line.line, name="line"),
    path(f"{LINE}/bevestigen/", line.confirm, name="confirm"),
    path(f"{LINE}/ingeleverd/", line.hand_in, name="hand_in"),
    path(f"{LINE}/uitzetten/", handing.hand_out, name="hand_out"),
    path(f"{YEAR}/uitgezet/<int:answerer>/terug/", handing.take_back, name="take_back"),
    path("o/<slug:organisation>/via/", via.answered_for, name="answered_for"),
    path("o/<slug:organisation>/via/ons/", via.relied_on, name="relied_on"),
    path("o/<slug:organisation>/via/ons/<slug:subject>/intrekken/", via.withdraw, name="withdraw"),
    path("o/<slug:organisation>/regio/", many.region, name="region"),
    path("o/<slug:organisation>/kaart/", many.country, name="map"),
    path("o/<slug:organisation>/vergelijken/", many.benchmark, name="benchmark"),
    path("o/<slug:organisation>/vergelijken/meedoen/", many.consent, name="consent"),
    path("o/<slug:organisation>/kwaliteit/", quality.own, name="quality"),
    path("o/<slug:organisation>/kwaliteit/gedeeld/", quality.shared, name="shared_quality"),
]
