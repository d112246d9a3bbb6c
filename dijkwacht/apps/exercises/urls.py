"""Addresses of this room."""

from django.urls import path

from dijkwacht.apps.exercises.views import guests, leading, looking, pages, planning, playing, scripts

app_name = "exercises"
HERE = "o/<slug:organisation>/oefeningen/"
ONE = f"{HERE}<int:pk>/"
OWN = f"{HERE}scenarios/eigen/<int:pk>/"
PLAY = f"{ONE}spelen/"
GUEST = "oefening/mee/<str:key>/"
urlpatterns = [
    path(HERE, pages.home, name="home"),
    path(f"{HERE}scenarios/", pages.scenario_list, name="scenarios"),
    path(f"{HERE}scenarios/maken/", scripts.script_build, name="script_build"),
    path(f"{HERE}scenarios/inlezen/", scripts.script_bring, name="script_bring"),
    path(OWN, scripts.script, name="script"),
    path(f"{OWN}bestand/", scripts.script_file, name="script_file"),
    path(f"{OWN}weg/", scripts.script_drop, name="script_drop"),
    path(f"{OWN}inject/", scripts.script_inject, name="script_inject_add"),
    path(f"{OWN}inject/<slug:inject>/", scripts.script_inject, name="script_inject"),
    path(f"{OWN}inject/<slug:inject>/weg/", scripts.script_inject_drop, name="script_inject_drop"),
    path(f"{HERE}scenarios/<slug:name>/kopie/", scripts.script_copy, name="script_copy"),
    path(f"{HERE}scenarios/<slug:name>/", pages.scenario, name="scenario"),
    path(f"{HERE}scenarios/<slug:name>/bestand/", pages.scenario_file, name="scenario_file"),
    path(f"{HERE}lessen/", pages.lessons, name="lessons"),
    path(f"{HERE}lessen/<int:pk>/gedaan/", looking.lesson_done, name="lesson_done"),
    path(f"{HERE}plannen/", planning.plan, name="plan"),
    path(ONE, planning.session, name="session"),
    path(f"{ONE}wijzigen/", planning.change, name="change"),
    path(f"{ONE}rollen/", planning.player_add, name="player_add"),
    path(f"{ONE}rollen/<int:player>/weg/", planning.player_remove, name="player_remove"),
    path(f"{ONE}gastlink/", planning.code, name="code"),
    path(f"{ONE}leiden/", leading.lead, name="lead"),
    path(f"{ONE}leiden/nu/", leading.lead_now, name="lead_now"),
    path(f"{ONE}sturen/", leading.steer, name="steer"),
    path(f"{ONE}extra/", leading.extra, name="extra"),
    path(f"{ONE}waarneming/", leading.note, name="note"),
    path(PLAY, playing.play, name="play"),
    path(f"{PLAY}nu/", playing.play_now, name="play_now"),
    path(f"{PLAY}log/", playing.play_log, name="play_log"),
    path(f"{PLAY}besluit/<slug:inject>/<int:point>/", playing.play_decide, name="play_decide"),
    path(f"{ONE}terugkijken/", looking.evaluation, name="evaluation"),
    path(f"{ONE}terugkijken/verslag.pdf", looking.report, name="report"),
    path(f"{ONE}terugkijken/schrijven/", looking.look_back, name="look_back"),
    path(f"{ONE}terugkijken/les/", looking.learn, name="learn"),
    path(f"{ONE}terugkijken/sluiten/", looking.close, name="close"),
    path(f"{ONE}vervalt/", looking.annul, name="annul"),
    path("oefening/<str:code>/", guests.join, name="join"),
    path(GUEST, guests.guest, name="guest"),
    path(f"{GUEST}nu/", guests.guest_now, name="guest_now"),
    path(f"{GUEST}log/", guests.guest_log, name="guest_log"),
    path(f"{GUEST}besluit/<slug:inject>/<int:point>/", guests.guest_decide, name="guest_decide"),
]
