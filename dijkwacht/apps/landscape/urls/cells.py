"""Addresses of the landscape itself: matrix, cells, findings, turns and packs; and of the hub of all rooms beyond the walls."""

from django.urls import URLPattern, path

from dijkwacht.apps.landscape.urls.here import HERE
from dijkwacht.apps.landscape.views import beyond, cells, changing, exchange, findings

CELL, FOUND, TALK, PACKS = f"{HERE}cel/<slug:cell>/", f"{HERE}gaten/", f"{HERE}gesprek/", f"{HERE}uitwisselen/"
PAGES: list[URLPattern] = [
    path("o/<slug:organisation>/buiten-de-muren/", beyond.beyond, name="beyond"),
    path(HERE, cells.home, name="home"),
    path(f"{HERE}gebied/<slug:area>/", cells.area, name="area"),
    path(f"{HERE}cel/nieuw/", changing.add, name="cell_add"),
    path(CELL, cells.cell, name="cell"),
    path(f"{CELL}wijzigen/", changing.change, name="cell_change"),
    path(f"{CELL}weglaten/", changing.hide, name="cell_hide"),
    path(f"{CELL}terug/", changing.restore, name="cell_restore"),
    path(FOUND, findings.findings, name="findings"),
    path(f"{FOUND}<path:about>/", findings.finding, name="finding"),
    path(f"{TALK}zeggen/<path:about>/", findings.say, name="say"),
    path(f"{TALK}oppakken/<path:about>/", findings.assign, name="assign"),
    path(f"{TALK}besluiten/<path:about>/", findings.decide, name="decide"),
    path(f"{HERE}aan-zet/", cells.turn, name="turn"),
    path(f"{HERE}actoren/", cells.actors, name="actors"),
    path(f"{HERE}actoren/<slug:actor>/", cells.actor, name="actor"),
    path(PACKS, exchange.exchange, name="exchange"),
    path(f"{PACKS}open/<slug:form>/", exchange.export, name="exchange_open"),
    path(f"{PACKS}maken/", exchange.make, name="exchange_make"),
    path(f"{PACKS}terug/", exchange.leave, name="exchange_leave"),
    path(f"{PACKS}nieuw/", exchange.bring, name="exchange_bring"),
    path(f"{PACKS}nieuw/<slug:token>/", exchange.preview, name="exchange_preview"),
    path(f"{PACKS}nieuw/<slug:token>/overnemen/", exchange.carry, name="exchange_carry"),
]
