"""Addresses of plan and contacts."""

from django.urls import URLPattern, path

from dijkwacht.apps.crisis.urls.here import HERE
from dijkwacht.apps.crisis.views import contacts, plan

PAGES: list[URLPattern] = [
    path(f"{HERE}plan/", plan.plan, name="plan"),
    path(f"{HERE}plan/concept/", plan.plan_draft, name="plan_draft"),
    path(f"{HERE}plan/<int:pk>/afdrukken/", plan.plan_print, name="plan_print"),
    path(f"{HERE}plan/<int:pk>/weg/", plan.plan_drop, name="plan_drop"),
    path(f"{HERE}plan/<int:pk>/vastgesteld/", plan.plan_adopt, name="plan_adopt"),
    path(f"{HERE}plan/<int:pk>/kaart/", plan.card_add, name="card_add"),
    path(f"{HERE}plan/<int:pk>/noodwerkwijze/", plan.fallback_put, name="fallback_put"),
    path(f"{HERE}plan/kaart/<int:pk>/", plan.card_change, name="card_change"),
    path(f"{HERE}plan/kaart/<int:pk>/afdrukken/", plan.card_print, name="card_print"),
    path(f"{HERE}plan/trede/<int:pk>/", plan.step_change, name="step_change"),
    path(f"{HERE}contacten/", contacts.contacts, name="contacts"),
    path(f"{HERE}contacten/nieuw/", contacts.contact_add, name="contact_add"),
    path(f"{HERE}contacten/afdrukken/", contacts.contacts_print, name="contacts_print"),
    path(f"{HERE}contacten/contacten.html", contacts.contacts_out, {"form": "html"}, name="contacts_html"),
    path(f"{HERE}contacten/contacten.txt", contacts.contacts_out, {"form": "txt"}, name="contacts_txt"),
    path(f"{HERE}contacten/<int:pk>/", contacts.contact_change, name="contact_change"),
    path(f"{HERE}contacten/<int:pk>/gebeld/", contacts.contact_check, name="contact_check"),
    path(f"{HERE}contacten/<int:pk>/weg/", contacts.contact_end, name="contact_end"),
]
