"""Addresses of this room."""

from django.urls import path

from dijkwacht.apps.perimeter.views import (
    comparing,
    consents,
    csirt,
    exporting,
    home,
    issues,
    left_alone,
    name,
    names,
    public,
    runs,
    subscribing,
)

app_name = "perimeter"
HERE = "o/<slug:organisation>/buitenkant/"
NAME = f"{HERE}namen/<str:name>/"
ISSUE = f"{HERE}punten/<int:pk>/"
CONSENT = f"{HERE}vrijwaring/<int:pk>/"
CSIRT = f"{HERE}csirt/"
WHOSE = f"{CSIRT}bij/<slug:whose>/"
urlpatterns = [
    path(HERE, home.home, name="home"),
    path(f"{HERE}veranderd/", home.changes, name="changes"),
    path(f"{HERE}namen/", names.names, name="names"),
    path(f"{HERE}namen/toevoegen/", names.add, name="names_add"),
    path(NAME, name.name, name="name"),
    path(f"{NAME}waarneming/", name.raw, name="raw"),
    path(f"{NAME}besluit/", names.decide, name="name_decide"),
    path(f"{NAME}eigenaar/", names.give_owner, name="name_owner"),
    path(f"{NAME}meten/", names.measure, name="name_measure"),
    path(f"{HERE}punten/", issues.issues, name="issues"),
    path(ISSUE, issues.issue, name="issue"),
    path(f"{ISSUE}toewijzen/", issues.assign, name="issue_assign"),
    path(f"{ISSUE}uitleg/", issues.explain, name="issue_explain"),
    path(f"{ISSUE}notitie/", issues.note, name="issue_note"),
    path(f"{ISSUE}meten/", issues.measure, name="issue_measure"),
    path(f"{ISSUE}telt-weer/", issues.reopen, name="issue_reopen"),
    path(f"{HERE}metingen/", runs.runs, name="runs"),
    path(f"{HERE}metingen/nu/", runs.measure_all, name="measure_all"),
    path(f"{HERE}metingen/<int:pk>/", runs.run, name="run"),
    path(f"{HERE}metingen/<int:pk>/sturen/", runs.steer, name="run_steer"),
    path(f"{HERE}vrijwaring/", consents.consents, name="consents"),
    path(f"{HERE}vrijwaring/geven/", consents.give, name="consent_give"),
    path(f"{HERE}vrijwaring/dekking/", consents.covered, name="covered"),
    path(CONSENT, consents.consent, name="consent"),
    path(f"{CONSENT}bevestigen/", consents.confirm, name="consent_confirm"),
    path(f"{CONSENT}intrekken/", consents.revoke, name="consent_revoke"),
    path(f"{HERE}vergelijken/", comparing.compare, name="compare"),
    path(f"{HERE}vergelijken/meedoen/", comparing.take_part, name="take_part"),
    path(f"{HERE}openbaar/", public.public_choice, name="public_choice"),
    path(f"{HERE}berichten/", subscribing.subscribe, name="subscribe"),
    path(f"{HERE}meldingen/<int:pk>/gezien/", subscribing.note_notice, name="note_notice"),
    path(f"{HERE}uitvoer/<slug:kind>/", exporting.export, name="export"),
    path(f"{HERE}niet-meten/", left_alone.left_alone, name="left_alone"),
    path(f"{HERE}niet-meten/<int:pk>/einde/", left_alone.end, name="left_alone_end"),
    path(CSIRT, csirt.csirt, name="csirt"),
    path(f"{CSIRT}grondslag/", csirt.basis, name="csirt_basis"),
    path(f"{CSIRT}grondslag/<int:pk>/einde/", csirt.end_basis, name="csirt_basis_end"),
    path(f"{CSIRT}namen/", csirt.take_up, name="csirt_names"),
    path(WHOSE, csirt.one, name="csirt_one"),
    path(f"{WHOSE}meten/", csirt.measure, name="csirt_measure"),
    path(f"{CSIRT}melden/<int:pk>/", csirt.tell, name="csirt_tell"),
    path(f"{CSIRT}metingen/<int:pk>/", csirt.run, name="csirt_run"),
    path(f"{CSIRT}metingen/<int:pk>/sturen/", csirt.steer, name="csirt_run_steer"),
    path("openbaar/<slug:slug>/", public.public, name="public"),
    path("over-de-meting/", public.about_scan, name="about_scan"),
]
