"""Subjects of an organisation."""

from django.db.models import QuerySet

from dijkwacht.apps.ledger.models import Inheritance, Subject
from dijkwacht.apps.people.models import Organisation


def subjects(organisation: Organisation, *, kind: str = "", archived: bool = False) -> QuerySet[Subject]:
    """The registered subjects, by kind and name, each with its owner; the organisation itself is not among them."""
    rows = Subject.objects.filter(organisation=organisation, archived_at__isnull=not archived)
    rows = rows.exclude(key=organisation.slug).select_related("owner")
    return rows.filter(kind=kind) if kind else rows


def subject(organisation: Organisation, key: str) -> Subject | None:
    """The subject with this key, archived or not; None for what another organisation has."""
    return Subject.objects.filter(organisation=organisation, key=key).select_related("owner", "organisation").first()


def names(organisation: Organisation) -> dict[str, str]:
    """The names of all subjects by key, archived ones too: what a reason says about them is still readable."""
    return dict(Subject.objects.filter(organisation=organisation).values_list("key", "name"))


def inheritances(organisation: Organisation) -> dict[str, Inheritance]:
    """From which subject of whom ours inherit, by our key."""
    rows = Inheritance.objects.filter(subject__organisation=organisation, superseded_at__isnull=True)
    return {row.subject.key: row for row in rows.select_related("subject", "source__organisation")}


def sources(organisation: Organisation, *, kind: str) -> QuerySet[Subject]:
    """Subjects of others of which something is shared with us: from which a subject of this kind can inherit."""
    return Subject.objects.filter(
        kind=kind, archived_at__isnull=True, organisation__shares_given__recipient=organisation,
        organisation__shares_given__revoked_at__isnull=True, organisation__shares_given__kind="fact",
    ).select_related("organisation").distinct()  # fmt: skip
