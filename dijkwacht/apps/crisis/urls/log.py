"""Addresses of crises, the mayor's card, and physical beside digital."""

from django.urls import URLPattern, path

from dijkwacht.apps.crisis.urls.here import HERE
from dijkwacht.apps.crisis.views import log, weighing

PAGES: list[URLPattern] = [
    path(HERE, log.home, name="home"),
    path(f"{HERE}openen/", log.crisis_open, name="crisis_open"),
    path(f"{HERE}lopend/<int:pk>/", log.crisis, name="crisis"),
    path(f"{HERE}lopend/<int:pk>/schrijven/<slug:kind>/", log.line_add, name="line_add"),
    path(f"{HERE}lopend/<int:pk>/opschaling/<slug:ladder>/", log.scale, name="scale"),
    path(f"{HERE}lopend/<int:pk>/klok/", log.set_clock, name="clock"),
    path(f"{HERE}lopend/<int:pk>/sluiten/", log.crisis_close, name="crisis_close"),
    path(f"{HERE}lopend/<int:pk>/wegen/", weighing.weigh, name="weigh"),
    path(f"{HERE}lopend/<int:pk>/informeren/<slug:item>/", weighing.inform, name="inform"),
    path(f"{HERE}lopend/<int:pk>/kaart/", weighing.card_new, name="mayor_card_new"),
    path(f"{HERE}regel/<int:pk>/corrigeren/", log.line_after, {"kind": "correction"}, name="line_correct"),
    path(f"{HERE}regel/<int:pk>/klaar/", log.line_after, {"kind": "answer"}, name="line_answer"),
    path(f"{HERE}les/<int:pk>/klaar/", log.lesson_finish, name="lesson_finish"),
    path(f"{HERE}bestuurskaart/<int:pk>/", weighing.mayor_card, name="mayor_card"),
    path(f"{HERE}bestuurskaart/<int:pk>/kaart.pdf", weighing.mayor_card_pdf, name="mayor_card_pdf"),
    path(f"{HERE}fysiek-digitaal/", weighing.ladders, name="ladders"),
    path(f"{HERE}fysiek-digitaal/nieuw/", weighing.compare, name="compare"),
    path(f"{HERE}fysiek-digitaal/geval/<slug:name>/", weighing.case, name="case"),
    path(f"{HERE}fysiek-digitaal/<int:pk>/", weighing.comparison, name="comparison"),
]
