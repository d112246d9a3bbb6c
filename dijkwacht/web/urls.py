"""Routes of no room: the style page, the language and the time machine."""

from django.urls import path

from dijkwacht.web import views

app_name = "web"
urlpatterns = [
    path("stijl", views.style, name="style"),
    path("taal", views.set_page_language, name="language"),
    path("tijdmachine", views.time_machine, name="time_machine"),
]
