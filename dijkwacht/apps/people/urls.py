"""Addresses of this room."""

from django.urls import path

from dijkwacht.apps.people import views

app_name = "people"
urlpatterns = [
    path("organisaties/", views.organisations, name="organisations"),
    path("profiel/", views.profile, name="profile"),
    path("o/<slug:organisation>/mensen/", views.members, name="members"),
    path("o/<slug:organisation>/mensen/toevoegen/", views.add_person, name="add_person"),
    path("o/<slug:organisation>/mensen/<uuid:role>/rol/", views.grant_role, name="grant_role"),
    path("o/<slug:organisation>/mensen/<uuid:role>/beeindigen/", views.end_role, name="end_role"),
    path("o/<slug:organisation>/delen/", views.shares, name="shares"),
    path("o/<slug:organisation>/delen/nieuw/", views.share, name="share"),
    path("o/<slug:organisation>/delen/<uuid:share>/intrekken/", views.revoke_share, name="revoke_share"),
]
