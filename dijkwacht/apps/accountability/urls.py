"""Addresses of this room."""

from django.urls import path

from dijkwacht.apps.accountability.views import accounts, drafting, keys, reading, remarks, statements

app_name = "accountability"
DRAFT = "o/<slug:organisation>/verklaringen/opstellen/<slug:account>"
STATEMENT = "o/<slug:organisation>/verklaringen/<int:number>"
ROOM = "o/<slug:organisation>/leeszaal"
READING = f"{ROOM}/<int:number>"
urlpatterns = [
    path("o/<slug:organisation>/verantwoording/", accounts.accounts, name="accounts"),
    path("o/<slug:organisation>/verantwoording/<slug:account>/", accounts.account, name="account"),
    path("o/<slug:organisation>/kader/<slug:catalog>/", accounts.catalog, name="catalog"),
    path("o/<slug:organisation>/overzicht/", accounts.overview, name="overview"),
    path("o/<slug:organisation>/verklaringen/", statements.listed, name="statements"),
    path(f"{DRAFT}/", drafting.draft, name="draft"),
    path(f"{DRAFT}/voorleggen/", drafting.hand_over, name="hand_over"),
    path(f"{DRAFT}/concept/<str:name>", drafting.concept, name="concept"),
    path(f"{DRAFT}/ondertekenen/", drafting.sign, name="sign"),
    path(f"{STATEMENT}/", statements.statement, name="statement"),
    path(f"{STATEMENT}/regels/", statements.lines, name="statement_lines"),
    path(f"{STATEMENT}/pakket/", statements.package, name="package"),
    path(f"{STATEMENT}/stuk/<str:name>", statements.document, name="document"),
    path(f"{STATEMENT}/intrekken/", statements.withdraw, name="withdraw"),
    path("o/<slug:organisation>/bevindingen/", remarks.listed, name="remarks"),
    path("o/<slug:organisation>/bevindingen/<int:remark>/", remarks.answer, name="answer_remark"),
    path("o/<slug:organisation>/sleutels/", keys.listed, name="keys"),
    path("o/<slug:organisation>/sleutels/nieuw/", keys.renew, name="renew_key"),
    path("o/<slug:organisation>/sleutels/kwijt/", keys.lose, name="lose_key"),
    path("o/<slug:organisation>/sleutels/keys.json", keys.download, name="key_list"),
    path(f"{ROOM}/", reading.room, name="room"),
    path(f"{READING}/", reading.reading, name="reading"),
    path(f"{READING}/regels/", reading.lines, name="reading_lines"),
    path(f"{READING}/steekproef/", reading.sample, name="sample"),
    path(f"{READING}/uittreksel/", reading.take, name="take"),
    path(f"{READING}/stuk/<str:name>", reading.document, name="reading_document"),
    path(f"{READING}/opmerking/", reading.remark, name="remark"),
    path(f"{READING}/opmerking/<int:remark>/sluiten/", reading.close, name="close_remark"),
]
