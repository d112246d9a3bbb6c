"""Addresses of this room."""

from django.urls import path

from dijkwacht.apps.frameworks.views import bringing, links, sharing, showing, versions

app_name = "frameworks"
urlpatterns = [
    path("o/<slug:organisation>/kaders/", showing.frameworks, name="frameworks"),
    path("o/<slug:organisation>/kaders/inlezen/", bringing.bring, name="bring"),
    path("o/<slug:organisation>/kaders/inlezen/<str:token>/", bringing.preview, name="preview"),
    path("o/<slug:organisation>/kaders/inlezen/<str:token>/bewaren/", bringing.carry_out, name="carry_out"),
    path("o/<slug:organisation>/kaders/tekst/<path:requirement>/", showing.own_text, name="own_text"),
    path("o/<slug:organisation>/kaders/k/<int:framework>/", showing.framework, name="framework"),
    path("o/<slug:organisation>/kaders/k/<int:framework>/verschil/", showing.difference, name="difference"),
    path("o/<slug:organisation>/kaders/k/<int:framework>/delen/", sharing.share, name="share"),
    path("o/<slug:organisation>/kaders/koppeling/<int:mapping>/", links.mapping, name="mapping"),
    path("o/<slug:organisation>/kaders/koppeling/<int:mapping>/kiezen/", links.choose, name="choose"),
    path("o/<slug:organisation>/kaders/telt-door/<path:requirement>/", links.carries, name="carries"),
    path("o/<slug:organisation>/kaders/k/<int:framework>/bestand/", showing.document, name="document"),
    path("o/<slug:organisation>/kaders/norm/<slug:catalog>/bestand/", showing.norm_file, name="norm_file"),
    path("o/<slug:organisation>/kaders/norm/<slug:catalog>/<str:version>/", versions.version, name="version"),
    path("o/<slug:organisation>/kaders/weg/<slug:kind>/<int:pk>/", showing.remove, name="remove"),
]
