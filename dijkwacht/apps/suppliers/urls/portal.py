"""Addresses of the supplier's own pages, and of adopting what a joint review found."""

from django.urls import URLPattern, path

from dijkwacht.apps.suppliers.urls.here import HERE
from dijkwacht.apps.suppliers.views import adopting, portal

PAGES: list[URLPattern] = [
    path(f"{HERE}gevraagd/", portal.asked, name="asked"),
    path(f"{HERE}gevraagd/<int:pk>/", portal.asked_review, name="asked_review"),
    path(f"{HERE}gevraagd/<int:pk>/wie-ziet-wat/", portal.asked_who, name="asked_who"),
    path(f"{HERE}gevraagd/bevinding/<int:pk>/", portal.asked_finding, name="asked_finding"),
    path(f"{HERE}onderzoeken/bestand/<int:pk>/", portal.exhibit, name="exhibit"),
    path(f"{HERE}onderzoeken/<int:pk>/meedoen/", adopting.join, name="join"),
    path(f"{HERE}onderzoeken/<int:pk>/overnemen/", adopting.adopt, name="adopt"),
    path(f"{HERE}overgenomen/<int:pk>/opnieuw/", adopting.renew, name="adoption_renew"),
    path(f"{HERE}overgenomen/<int:pk>/loslaten/", adopting.leave, name="adoption_leave"),
]
