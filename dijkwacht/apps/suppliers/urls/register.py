"""Addresses of the register."""

from django.urls import URLPattern, path

from dijkwacht.apps.suppliers.urls.here import HERE
from dijkwacht.apps.suppliers.views import chain, contracts, importing, register, services

PAGES: list[URLPattern] = [
    path(HERE, register.home, name="home"),
    path(f"{HERE}nieuw/", register.supplier_add, name="supplier_add"),
    path(f"{HERE}overnemen/", register.take_over, name="take_over"),
    path(f"{HERE}<int:pk>/", register.supplier, name="supplier"),
    path(f"{HERE}<int:pk>/wijzigen/", register.supplier_change, name="supplier_change"),
    path(f"{HERE}<int:pk>/einde/", register.supplier_end, name="supplier_end"),
    path(f"{HERE}<int:pk>/dienst/", services.service_add, name="service_add"),
    path(f"{HERE}<int:pk>/contract/", contracts.contract_add, name="contract_add"),
    path(f"{HERE}<int:pk>/keten/", chain.sub_add, name="sub_add"),
    path(f"{HERE}diensten/", services.services, name="services"),
    path(f"{HERE}dienst/<int:pk>/", services.service, name="service"),
    path(f"{HERE}dienst/<int:pk>/wijzigen/", services.service_change, name="service_change"),
    path(f"{HERE}dienst/<int:pk>/einde/", services.service_end, name="service_end"),
    path(f"{HERE}dienst/<int:pk>/gebruik/", services.use_add, name="use_add"),
    path(f"{HERE}dienst/<int:pk>/exitplan/", services.exit_plan, name="exit_plan"),
    path(f"{HERE}gebruik/<int:pk>/", services.use_change, name="use_change"),
    path(f"{HERE}gebruik/<int:pk>/einde/", services.use_end, name="use_end"),
    path(f"{HERE}contracten/", contracts.contracts, name="contracts"),
    path(f"{HERE}contract/<int:pk>/", contracts.contract, name="contract"),
    path(f"{HERE}contract/<int:pk>/wijzigen/", contracts.contract_change, name="contract_change"),
    path(f"{HERE}contract/<int:pk>/einde/", contracts.contract_end, name="contract_end"),
    path(f"{HERE}keten/<int:pk>/", chain.sub_change, name="sub_change"),
    path(f"{HERE}keten/<int:pk>/einde/", chain.sub_end, name="sub_end"),
    path(f"{HERE}dubbel/", chain.doubles, name="doubles"),
    path(f"{HERE}dubbel/<int:one>/<int:other>/", chain.merge, name="merge"),
    path(f"{HERE}dubbel/<int:one>/<int:other>/twee/", chain.two, name="two"),
    path(f"{HERE}importeren/", importing.bring, name="import"),
    path(f"{HERE}importeren/<str:token>/", importing.preview, name="import_preview"),
    path(f"{HERE}importeren/<str:token>/overnemen/", importing.carry, name="import_carry"),
]
