"""Addresses of this part of the room: what we sent, who must be called, whom we warn, and who is warned at an organisation."""

from django.urls import URLPattern, path

from dijkwacht.apps.advisories.urls.here import DESK, HERE
from dijkwacht.apps.advisories.views import acknowledging, contacts, phoning, sent, serving

PATHS: list[URLPattern] = [
    path(f"{DESK}gewaarschuwd/", sent.warned, name="warned"),
    path(f"{DESK}week/", sent.weekly, name="weekly"),
    path(f"{DESK}bellijst/", phoning.calls, name="calls"),
    path(f"{DESK}bellijst/<int:pk>/", phoning.call, name="call"),
    path(f"{DESK}wie/", serving.served, name="served"),
    path(f"{DESK}wie/erbij/", serving.serve_add, name="serve_add"),
    path(f"{DESK}wie/<int:pk>/", serving.served_one, name="served_one"),
    path(f"{DESK}wie/<int:pk>/einde/", serving.serve_end, name="serve_end"),
    path(f"{DESK}wie/<int:pk>/contact/", serving.serve_contact, name="serve_contact"),
    path(f"{DESK}contact/<int:pk>/weg/", serving.serve_contact_end, name="serve_contact_end"),
    path(f"{HERE}contacten/", contacts.contacts, name="contacts"),
    path(f"{HERE}contacten/erbij/", contacts.contact_add, name="contact_add"),
    path(f"{HERE}contacten/<int:pk>/weg/", contacts.contact_end, name="contact_end"),
    path(f"{HERE}contacten/<int:pk>/omhoog/", contacts.contact_up, name="contact_up"),
    path(f"{HERE}csirt/", contacts.join, name="join"),
    path(f"{HERE}csirt/<int:pk>/einde/", contacts.leave, name="leave"),
    path("waarschuwing-gezien/<str:token>/", acknowledging.acknowledge, name="acknowledge"),
]
