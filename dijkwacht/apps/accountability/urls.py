"""Addresses of this room."""

from django.urls import path

from dijkwacht.apps.accountability import views

app_name = "accountability"
urlpatterns = [
    path("o/<slug:organisation>/verantwoording/", views.accounts, name="accounts"),
    path("o/<slug:organisation>/verantwoording/<slug:account>/", views.account, name="account"),
    path("o/<slug:organisation>/kader/<slug:catalog>/", views.catalog, name="catalog"),
    path("o/<slug:organisation>/overzicht/", views.overview, name="overview"),
]
