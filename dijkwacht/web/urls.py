"""Routes of no room: the style page, the language, the time machine, and what machines ask.

The last are answered before any page is looked for (`Probes` in `middleware.py`); they stand here to have a name.
"""

from django.urls import path

from dijkwacht.web import views

app_name = "web"
urlpatterns = [
    path("stijl", views.style, name="style"),
    path("taal", views.set_page_language, name="language"),
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
    path("tijdmachine", views.time_machine, name="time_machine"),
]
