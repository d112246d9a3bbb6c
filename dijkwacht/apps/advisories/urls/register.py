"""Addresses of the product register, of names that are one, and of what is followed."""

from django.urls import URLPattern, path

from dijkwacht.apps.advisories.urls.here import DESK, HERE
from dijkwacht.apps.advisories.views import following, naming, reading_in, register

FOR = f"{DESK}register/<int:pk>/"
PATHS: list[URLPattern] = [
    path(f"{HERE}register/", register.register, name="register"),
    path(f"{HERE}register/productregister.csv", register.register_csv, name="register_csv"),
    path(f"{HERE}register/toevoegen/", register.line_add, name="line_add"),
    path(f"{HERE}register/<int:pk>/", register.product, name="product"),
    path(f"{HERE}register/<int:pk>/wijzigen/", register.line_edit, name="line_edit"),
    path(f"{HERE}register/<int:pk>/weg/", register.line_end, name="line_end"),
    path(f"{HERE}register/bron-weg/", register.register_source_end, name="register_source_end"),
    path(f"{HERE}register/inlezen/", reading_in.read, name="register_read"),
    path(f"{HERE}register/inlezen/<str:token>/", reading_in.preview, name="register_preview"),
    path(f"{HERE}register/inlezen/<str:token>/overnemen/", reading_in.carry, name="register_carry"),
    path(f"{HERE}register/overgenomen/<int:made>/", reading_in.done, name="register_done"),
    path(f"{HERE}namen/", naming.names, name="names"),
    path(f"{HERE}namen/bevestigen/", naming.name_confirm, name="name_confirm"),
    path(f"{HERE}namen/afwijzen/", naming.name_reject, name="name_reject"),
    path(f"{HERE}namen/toevoegen/", naming.name_add, name="name_add"),
    path(f"{HERE}namen/<int:pk>/einde/", naming.name_end, name="name_end"),
    path(f"{HERE}volgen/", following.following, name="following"),
    path(f"{HERE}volgen/toevoegen/", following.follow_add, name="follow_add"),
    path(f"{HERE}volgen/<int:pk>/einde/", following.follow_end, name="follow_end"),
    path(FOR, register.register_for, name="register_for"),
    path(f"{FOR}inlezen/", reading_in.read, name="register_for_read"),
    path(f"{FOR}inlezen/<str:token>/", reading_in.preview, name="register_for_preview"),
    path(f"{FOR}inlezen/<str:token>/overnemen/", reading_in.carry, name="register_for_carry"),
    path(f"{FOR}overgenomen/<int:made>/", reading_in.done, name="register_for_done"),
    path(f"{DESK}namen/", naming.names, {"desk": True}, name="desk_names"),
    path(f"{DESK}namen/bevestigen/", naming.name_confirm, {"desk": True}, name="desk_name_confirm"),
    path(f"{DESK}namen/afwijzen/", naming.name_reject, {"desk": True}, name="desk_name_reject"),
    path(f"{DESK}namen/toevoegen/", naming.name_add, {"desk": True}, name="desk_name_add"),
    path(f"{DESK}namen/<int:pk>/einde/", naming.name_end, {"desk": True}, name="desk_name_end"),
]
