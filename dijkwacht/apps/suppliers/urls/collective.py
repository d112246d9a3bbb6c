"""Addresses of collective services."""

from django.urls import URLPattern, path

from dijkwacht.apps.suppliers.urls.here import HERE
from dijkwacht.apps.suppliers.views import collective, collective_held

TOGETHER = f"{HERE}samen/"
PAGES: list[URLPattern] = [
    path(TOGETHER, collective.collectives, name="collectives"),
    path(f"{TOGETHER}<int:pk>/", collective.collective, name="collective"),
    path(f"{TOGETHER}<int:pk>/meedoen/", collective.join, name="collective_join"),
    path(f"{TOGETHER}<int:pk>/stoppen/", collective.leave, name="collective_leave"),
    path(f"{TOGETHER}<int:pk>/klopt/", collective.confirm, name="collective_confirm"),
    path(f"{TOGETHER}<int:pk>/klopt-niet/", collective.deny, name="collective_deny"),
    path(f"{TOGETHER}<int:pk>/oscal.json", collective.oscal, name="collective_oscal"),
    path(f"{TOGETHER}nieuw/", collective_held.new, name="collective_new"),
    path(f"{TOGETHER}nieuw/zelf/", collective_held.make, name="collective_make"),
    path(f"{TOGETHER}<int:pk>/wijzigen/", collective_held.change, name="collective_change"),
    path(f"{TOGETHER}<int:pk>/einde/", collective_held.end, name="collective_end"),
    path(f"{TOGETHER}<int:pk>/dekt/", collective_held.cover, name="collective_cover"),
    path(f"{TOGETHER}dekt/<int:pk>/", collective_held.cover_change, name="covering_change"),
    path(f"{TOGETHER}dekt/<int:pk>/weg/", collective_held.uncover, name="covering_remove"),
    path(f"{TOGETHER}<int:pk>/deelnemers/", collective_held.members, name="collective_members"),
    path(f"{TOGETHER}<int:pk>/deelnemers/noteren/", collective_held.note, name="collective_note"),
    path(f"{TOGETHER}<int:pk>/niet-deelnemers.csv", collective_held.others_csv, name="collective_others_csv"),
    path(f"{TOGETHER}deelnemer/<int:pk>/einde/", collective_held.end_member, name="membership_end"),
]
