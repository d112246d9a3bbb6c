"""All addresses of the site: signing in under /account/, and those of each room."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

handler400 = "dijkwacht.web.views.bad_request"
handler403 = "dijkwacht.web.views.forbidden"
handler404 = "dijkwacht.web.views.not_found"
handler500 = "dijkwacht.web.views.broken"

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("dijkwacht.web.urls")),
    *(
        path("", include(f"dijkwacht.apps.{room}.urls"))
        for room in settings.ROOMS
        if find_spec(f"dijkwacht.apps.{room}.urls") is not None
    ),
]
