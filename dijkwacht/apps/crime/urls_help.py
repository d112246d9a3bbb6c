"""Addresses of interventions, plans, desks and the referral of victims."""

from django.urls import URLPattern, path

from dijkwacht.apps.crime.views import desks, interventions, plans, referral

HERE = "o/<slug:organisation>/cybercrime/"
WORKS, RUNS, HELP = f"{HERE}wat-werkt/", f"{HERE}wat-loopt/", f"{HERE}hulp/"
urlpatterns: list[URLPattern] = [
    path(WORKS, interventions.interventions, name="interventions"),
    path(f"{WORKS}past-bij-ons-beeld/", interventions.fits, name="fits"),
    path(f"{WORKS}interventie/<slug:name>/", interventions.intervention, name="intervention"),
    path(RUNS, plans.plans, name="plans"),
    path(f"{RUNS}plannen.<slug:form>", plans.download, name="plans_download"),
    path(f"{RUNS}nieuw/", plans.add, name="plan_add"),
    path(f"{RUNS}<int:pk>/", plans.plan, name="plan"),
    path(f"{RUNS}<int:pk>/wijzigen/", plans.change, name="plan_change"),
    path(f"{RUNS}<int:pk>/meten/", plans.measure, name="plan_measure"),
    path(f"{RUNS}<int:pk>/evalueren/", plans.evaluate, name="plan_evaluate"),
    path(HELP, referral.referral, name="referral"),
    path(f"{HELP}loketten/", desks.desks, name="desks"),
    path(f"{HELP}loketten/nieuw/", desks.desk_add, name="desk_add"),
    path(f"{HELP}loketten/<int:pk>/wijzigen/", desks.desk_change, name="desk_change"),
    path(f"{HELP}loketten/<int:pk>/klopt/", desks.desk_check, name="desk_check"),
    path(f"{HELP}loketten/<int:pk>/weg/", desks.desk_remove, name="desk_remove"),
    path(f"{HELP}openbaar/", desks.help_page, name="help_page"),
    path("hulp-bij-cybercrime/<slug:slug>/", referral.public_referral, name="public_referral"),
]
