"""Addresses of tenders, of sets of requirements, and of what was agreed."""

from django.urls import URLPattern, path

from dijkwacht.apps.suppliers.urls.here import HERE
from dijkwacht.apps.suppliers.views import agreed, private_sets, tender_award, tender_offers, tenders

ALL = f"{HERE}aanbestedingen/"
KEPT = f"{HERE}afspraken/"
PAGES: list[URLPattern] = [
    path(ALL, tenders.tenders, name="tenders"),
    path(f"{ALL}nieuw/", tenders.tender_begin, name="tender_begin"),
    path(f"{ALL}<int:pk>/", tenders.tender, name="tender"),
    path(f"{ALL}<int:pk>/keuze/", tenders.tender_choose, name="tender_choose"),
    path(f"{ALL}<int:pk>/thema/<int:number>/", tenders.tender_lines, name="tender_lines"),
    path(f"{ALL}<int:pk>/eigen/", tenders.tender_own_add, name="tender_own_add"),
    path(f"{ALL}eigen/<int:pk>/", tenders.tender_own, name="tender_own"),
    path(f"{ALL}eigen/<int:pk>/weg/", tenders.tender_own_drop, name="tender_own_drop"),
    path(f"{ALL}<int:pk>/versturen/", tenders.tender_send, name="tender_send"),
    path(f"{ALL}<int:pk>/stoppen/", tenders.tender_stop, name="tender_stop"),
    path(f"{ALL}<int:pk>/eisen.<str:kind>", tenders.tender_paper, name="tender_paper"),
    path(f"{ALL}<int:pk>/vergelijken/", tender_offers.tender_compare, name="tender_compare"),
    path(f"{ALL}<int:pk>/aanbod/", tender_offers.offer_add, name="offer_add"),
    path(f"{ALL}aanbod/<int:pk>/", tender_offers.offer, name="offer"),
    path(f"{ALL}aanbod/<int:pk>/wie/", tender_offers.offer_change, name="offer_change"),
    path(f"{ALL}aanbod/<int:pk>/inlezen/", tender_offers.offer_read, name="offer_read"),
    path(f"{ALL}aanbod/<int:pk>/thema/<int:number>/", tender_offers.offer_lines, name="offer_lines"),
    path(f"{ALL}aanbod/<int:pk>/gunnen/", tender_award.award, name="award"),
    path(f"{ALL}sets/", private_sets.private_set_list, name="private_sets"),
    path(f"{ALL}sets/inlezen/", private_sets.private_set_bring, name="private_set_bring"),
    path(f"{ALL}sets/inlezen/<str:token>/", private_sets.private_set_preview, name="private_set_preview"),
    path(f"{ALL}sets/<int:pk>/", private_sets.private_set, name="private_set"),
    path(f"{ALL}sets/<int:pk>/einde/", private_sets.private_set_end, name="private_set_end"),
    path(KEPT, agreed.agreed, name="agreed"),
    path(f"{KEPT}<int:pk>/", agreed.agreed_one, name="agreed_one"),
    path(f"{KEPT}<int:pk>/bekijken/", agreed.agreed_look, name="agreed_look"),
    path(f"{KEPT}<int:pk>/regelen/", agreed.agreed_arrange, name="agreed_arrange"),
    path(f"{KEPT}<int:pk>/einde/", agreed.agreed_end, name="agreed_end"),
]
