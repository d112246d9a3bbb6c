"""Addresses of needs and initiatives."""

from django.urls import URLPattern, path

from dijkwacht.apps.landscape.urls.here import HERE
from dijkwacht.apps.landscape.views import initiatives, needs

NEEDS, RUNS = f"{HERE}behoeften/", f"{HERE}initiatieven/"
PAGES: list[URLPattern] = [
    path(NEEDS, needs.needs, name="needs"),
    path(f"{NEEDS}nieuw/", needs.add, name="need_add"),
    path(f"{NEEDS}openbaar/<slug:name>/", needs.pack_need, name="pack_need"),
    path(f"{NEEDS}openbaar/<slug:name>/stem/", needs.pack_speak, name="pack_need_speak"),
    path(f"{NEEDS}openbaar/<slug:name>/behandelen/", needs.pack_handle, name="pack_need_handle"),
    path(f"{NEEDS}<int:pk>/", needs.need, name="need"),
    path(f"{NEEDS}<int:pk>/stem/", needs.speak, name="need_speak"),
    path(f"{NEEDS}<int:pk>/behandelen/", needs.handle, name="need_handle"),
    path(f"{NEEDS}<int:pk>/wijzigen/", needs.change, name="need_change"),
    path(f"{NEEDS}<int:pk>/terug/", needs.take_back, name="need_take_back"),
    path(RUNS, initiatives.initiatives, name="initiatives"),
    path(f"{RUNS}nieuw/", initiatives.add, name="initiative_add"),
    path(f"{RUNS}openbaar/<slug:initiative>/", initiatives.pack_initiative, name="pack_initiative"),
    path(f"{RUNS}openbaar/<slug:initiative>/meedoen/", initiatives.pack_join, name="pack_initiative_join"),
    path(f"{RUNS}openbaar/<slug:initiative>/stoppen/", initiatives.pack_leave, name="pack_initiative_leave"),
    path(f"{RUNS}<int:pk>/", initiatives.initiative, name="initiative"),
    path(f"{RUNS}<int:pk>/wijzigen/", initiatives.change, name="initiative_change"),
    path(f"{RUNS}<int:pk>/klaar/", initiatives.finish, name="initiative_finish"),
    path(f"{RUNS}<int:pk>/meedoen/", initiatives.join, name="initiative_join"),
    path(f"{RUNS}<int:pk>/stoppen/", initiatives.leave, name="initiative_leave"),
]
