"""Addresses of this room."""

from django.urls import path

from dijkwacht.apps.trail import views

app_name = "trail"
urlpatterns = [
    path("o/<slug:organisation>/spoor/", views.trail, name="trail"),
    path("o/<slug:organisation>/spoor/controle/", views.verify, name="verify"),
    path("o/<slug:organisation>/spoor/spoor.csv", views.download, name="download"),
]
