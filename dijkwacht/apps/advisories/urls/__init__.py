"""Addresses of this room: what an organisation does with warnings and its register, and the desk that warns."""

from dijkwacht.apps.advisories.urls import handling, intake, own, register, telling, triage

app_name = "advisories"
urlpatterns = [
    *handling.PATHS,
    *register.PATHS,
    *telling.PATHS,
    *triage.PATHS,
    *intake.PATHS,
    *own.PATHS,
]
