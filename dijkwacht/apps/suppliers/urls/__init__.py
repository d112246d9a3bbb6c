"""Addresses of this room, one file per part."""

from dijkwacht.apps.suppliers.urls import collective, dependence, portal, proof, register, reviews, tenders

app_name = "suppliers"
urlpatterns = [
    *register.PAGES, *proof.PAGES, *reviews.PAGES, *portal.PAGES, *tenders.PAGES, *dependence.PAGES, *collective.PAGES,
]  # fmt: skip
