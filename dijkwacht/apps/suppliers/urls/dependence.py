"""Addresses of dependence: what stops, on whom all lean, orders, ways out, sharing the register."""

from django.urls import URLPattern, path

from dijkwacht.apps.suppliers.urls.here import HERE
from dijkwacht.apps.suppliers.views import dependence, orders, register_shares

PAGES: list[URLPattern] = [
    path(f"{HERE}wat-stopt/", dependence.dependence, name="dependence"),
    path(f"{HERE}wat-stopt/als/", dependence.what_if, name="what_if"),
    path(f"{HERE}wat-stopt/als.csv", dependence.what_if_file, {"form": "csv"}, name="what_if_csv"),
    path(f"{HERE}wat-stopt/als.json", dependence.what_if_file, {"form": "json"}, name="what_if_json"),
    path(f"{HERE}gedeeld/", dependence.shared, name="shared"),
    path(f"{HERE}concentratie/", dependence.concentration, name="concentration"),
    path(f"{HERE}concentratie/lijst.csv", dependence.concentration_csv, name="concentration_csv"),
    path(f"{HERE}exitplannen/", dependence.exit_plans, name="exit_plans"),
    path(f"{HERE}last/", orders.orders, name="orders"),
    path(f"{HERE}last/nieuw/", orders.order_add, name="order_add"),
    path(f"{HERE}last/<int:pk>/", orders.order, name="order"),
    path(f"{HERE}last/<int:pk>/einde/", orders.order_end, name="order_end"),
    path(f"{HERE}last/<int:pk>/dienst/<int:service>/", orders.replacement, name="replacement"),
    path(f"{HERE}last/<int:pk>/dienst/<int:service>/klaar/", orders.replaced, name="replaced"),
    path(f"{HERE}delen/", register_shares.shares, name="shares"),
    path(f"{HERE}delen/nieuw/", register_shares.share_add, name="share_add"),
    path(f"{HERE}delen/<uuid:share>/einde/", register_shares.share_end, name="share_end"),
]
