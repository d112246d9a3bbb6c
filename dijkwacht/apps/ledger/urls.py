"""Addresses of this room."""

from django.urls import path

from dijkwacht.apps.ledger.views import evidence, fact, importing, questions, requirement, subjects

app_name = "ledger"
urlpatterns = [
    path("o/<slug:organisation>/vragen/", questions.questions, name="questions"),
    path("o/<slug:organisation>/vragen/ongedaan/<int:act>/", questions.undo, name="undo"),
    path("o/<slug:organisation>/vragen/<slug:subject>/<str:fact_type>/", questions.question, name="question"),
    path("o/<slug:organisation>/vragen/<slug:subject>/<str:fact_type>/weet-niet/", questions.defer, name="defer"),
    path("o/<slug:organisation>/vragen/<slug:subject>/<str:fact_type>/collega/", questions.ask, name="ask"),
    path("o/<slug:organisation>/vragen/<slug:subject>/<str:fact_type>/kies/", questions.choose, name="choose"),
    path("o/<slug:organisation>/gevraagd/<int:assignment>/klaar/", questions.asked_done, name="asked_done"),
    path("o/<slug:organisation>/toetsen/<slug:subject>/<str:fact_type>/", questions.audit, name="audit"),
    path("o/<slug:organisation>/onderwerpen/", subjects.subjects, name="subjects"),
    path("o/<slug:organisation>/onderwerpen/<slug:kind>/", subjects.register, name="register"),
    path("o/<slug:organisation>/onderwerpen/<slug:kind>/nieuw/", subjects.add, name="add"),
    path("o/<slug:organisation>/onderwerpen/<slug:kind>/volledig/", subjects.complete, name="complete"),
    path("o/<slug:organisation>/onderwerpen/<slug:kind>/over/<slug:subject>/", subjects.subject, name="subject"),
    path("o/<slug:organisation>/onderwerpen/<slug:kind>/over/<slug:subject>/wijzig/", subjects.change, name="change"),
    path("o/<slug:organisation>/onderwerpen/<slug:kind>/over/<slug:subject>/weg/", subjects.archive, name="archive"),
    path(
        "o/<slug:organisation>/onderwerpen/<slug:kind>/over/<slug:subject>/van/", subjects.take_over, name="take_over"
    ),
    path("o/<slug:organisation>/invoer/", importing.bring, name="import"),
    path("o/<slug:organisation>/invoer/klaar/<int:act>/", importing.done, name="import_done"),
    path("o/<slug:organisation>/invoer/<str:token>/", importing.preview, name="import_preview"),
    path("o/<slug:organisation>/invoer/<str:token>/invoeren/", importing.carry_out, name="import_all"),
    path("o/<slug:organisation>/eis/<path:requirement>/eigenaar/", requirement.ask, name="requirement_ask"),
    path("o/<slug:organisation>/eis/<path:requirement>/", requirement.requirement, name="requirement"),
    path("o/<slug:organisation>/gegeven/<slug:subject>/<str:fact_type>/", fact.fact, name="fact"),
    path("o/<slug:organisation>/gegeven/<slug:subject>/<str:fact_type>/bewijs/", fact.evidence, name="fact_evidence"),
    path(
        "o/<slug:organisation>/gegeven/<slug:subject>/<str:fact_type>/intrekken/<int:fact>/",
        fact.withdraw,
        name="fact_withdraw",
    ),
    path("o/<slug:organisation>/bewijs/<str:sha256>/", evidence.download, name="evidence"),
]
