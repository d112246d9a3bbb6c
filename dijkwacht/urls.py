"""All addresses of the site: signing in under /account/, and those of each room."""

from django.urls import include, path

handler400 = "dijkwacht.web.views.bad_request"
handler403 = "dijkwacht.web.views.forbidden"
handler404 = "dijkwacht.web.views.not_found"
handler500 = "dijkwacht.web.views.broken"

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("dijkwacht.web.urls")),
    path("", include("dijkwacht.apps.people.urls")),
    path("", include("dijkwacht.apps.trail.urls")),
    path("", include("dijkwacht.apps.ledger.urls")),
    path("", include("dijkwacht.apps.accountability.urls")),
    path("", include("dijkwacht.apps.ensia.urls")),
    path("", include("dijkwacht.apps.frameworks.urls")),
    path("", include("dijkwacht.apps.isms.urls")),
    path("", include("dijkwacht.apps.perimeter.urls")),
    path("", include("dijkwacht.apps.incidents.urls")),
    path("", include("dijkwacht.apps.suppliers.urls")),
    path("", include("dijkwacht.apps.advisories.urls")),
    path("", include("dijkwacht.apps.crisis.urls")),
    path("", include("dijkwacht.apps.crime.urls")),
    path("", include("dijkwacht.apps.exercises.urls")),
    path("", include("dijkwacht.apps.order.urls")),
    path("", include("dijkwacht.apps.landscape.urls")),
    path("", include("dijkwacht.apps.today.urls")),
]
