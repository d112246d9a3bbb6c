"""Addresses of the picture and its sources."""

from django.urls import URLPattern, path

from dijkwacht.apps.crime.views import local, picture, sources

HERE = "o/<slug:organisation>/cybercrime/"
AT = f"{HERE}bronnen/"
urlpatterns: list[URLPattern] = [
    path(HERE, picture.home, name="home"),
    path(f"{HERE}beeld.<slug:form>", picture.download, name="download"),
    path(AT, sources.sources, name="sources"),
    path(f"{AT}gebied/", sources.place, name="place"),
    path(f"{AT}tabel/", sources.bring, name="source_bring"),
    path(f"{AT}tabel/<str:token>/", sources.preview, name="source_preview"),
    path(f"{AT}tabel/<str:token>/overnemen/", sources.carry, name="source_carry"),
    path(f"{AT}editie/<int:pk>/intrekken/", sources.withdraw, name="source_withdraw"),
    path(f"{AT}eigen/", local.bring, name="local_bring"),
    path(f"{AT}eigen/<str:token>/", local.preview, name="local_preview"),
    path(f"{AT}eigen/<str:token>/overnemen/", local.carry, name="local_carry"),
    path(f"{AT}eigen/<int:pk>/intrekken/", local.withdraw, name="local_withdraw"),
]
