"""The room of the management system as Django knows it."""

from django.apps import AppConfig


class IsmsConfig(AppConfig):
    """Scope, risks, plan, audits, reviews, policies, training and the year."""

    name = "dijkwacht.apps.isms"
    label = "isms"
