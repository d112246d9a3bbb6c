"""Addresses of reviews."""

from django.urls import URLPattern, path

from dijkwacht.apps.suppliers.urls.here import HERE
from dijkwacht.apps.suppliers.views import review_findings as findings
from dijkwacht.apps.suppliers.views import review_steps as steps
from dijkwacht.apps.suppliers.views import reviews

_ALL = f"{HERE}onderzoeken/"
_ONE = f"{_ALL}<int:pk>/"
_QUESTION = f"{_ALL}vraag/<int:pk>/"
_FINDING = f"{_ALL}bevinding/<int:pk>/"
PAGES: list[URLPattern] = [
    path(_ALL, reviews.reviews, name="reviews"),
    path(f"{_ALL}nieuw/", reviews.review_open, name="review_open"),
    path(_ONE, reviews.review, name="review"),
    path(f"{_ONE}wijzigen/", steps.review_change, name="review_change"),
    path(f"{_ONE}vraag-erbij/", steps.review_add_question, name="review_add_question"),
    path(f"{_ONE}uitnodigen/", steps.review_invite, name="review_invite"),
    path(f"{_ONE}deelnemer/<int:party>/weg/", steps.review_party_end, name="review_party_end"),
    path(f"{_ONE}verdelen/", steps.review_divide, name="review_divide"),
    path(f"{_ONE}versturen/", steps.review_send, name="review_send"),
    path(f"{_ONE}termijn/", steps.review_extend, name="review_extend"),
    path(f"{_ONE}beoordelen/", steps.review_step, {"step": "judging"}, name="review_judging"),
    path(f"{_ONE}afsluiten/", steps.review_conclude, name="review_conclude"),
    path(f"{_ONE}heropenen/", steps.review_step, {"step": "reopen"}, name="review_reopen"),
    path(f"{_ONE}intrekken/", steps.review_withdraw, name="review_withdraw"),
    path(_QUESTION, reviews.review_question, name="review_question"),
    path(f"{_QUESTION}weg/", steps.review_leave_out, name="review_leave_out"),
    path(f"{_QUESTION}toch/", steps.review_ask, name="review_ask"),
    path(f"{_QUESTION}ogen/", steps.review_eyes, name="review_eyes"),
    path(f"{_QUESTION}bevinding/", findings.review_finding, name="review_finding"),
    path(f"{_FINDING}bevestigen/", findings.finding_press, {"step": "confirm"}, name="review_finding_confirm"),
    path(f"{_FINDING}hersteld/", findings.finding_press, {"step": "mended"}, name="review_finding_mended"),
    path(f"{_FINDING}laten-vallen/", findings.finding_because, {"step": "drop"}, name="review_finding_drop"),
    path(
        f"{_FINDING}niet-hersteld/", findings.finding_because, {"step": "not_mended"}, name="review_finding_not_mended"
    ),
    path(f"{_FINDING}aanvaarden/", findings.finding_because, {"step": "accept"}, name="review_finding_accept"),
]
