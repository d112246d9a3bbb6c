"""Addresses of this room."""

from django.urls import path

from dijkwacht.apps.today import views

app_name = "today"
urlpatterns = [
    path("", views.home, name="home"),
    path("o/<slug:organisation>/", views.today, name="today"),
]
