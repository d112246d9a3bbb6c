"""Subjects of an organisation."""

from django.db.models import Q, QuerySet

from dijkwacht.apps.ledger.models import Inheritance, Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import Organisation, ShareKind
from dijkwacht.apps.people.queries import shares_to
from dijkwacht.core.access import covers
from dijkwacht.core.facts import STANDS_FOR
from dijkwacht.web import clock


def subjects(organisation: Organisation, *, kind: str = "", archived: bool = False) -> QuerySet[Subject]:
    """The registered subjects, by kind and name, each with its owner; the organisation itself is not among them."""
    rows = Subject.objects.filter(organisation=organisation, archived_at__isnull=not archived)
    rows = rows.exclude(key=organisation.slug).exclude(kind__in=STANDS_FOR).select_related("owner")
    return rows.filter(kind=kind) if kind else rows


def subject(organisation: Organisation, key: str) -> Subject | None:
    """The subject with this key, archived or not; None for what another organisation has."""
    return Subject.objects.filter(organisation=organisation, key=key).select_related("owner", "organisation").first()


def names(organisation: Organisation) -> dict[str, str]:
    """The names of all subjects by key, archived ones too: what a reason says about them is still readable."""
    return dict(Subject.objects.filter(organisation=organisation).values_list("key", "name"))


def inheritances(organisation: Organisation) -> dict[str, Inheritance]:
    """From which subject of whom ours inherit, by our key; joint reviews that were adopted are not among them."""
    rows = Inheritance.objects.filter(subject__organisation=organisation, superseded_at__isnull=True)
    rows = rows.exclude(source__kind__in=STANDS_FOR)
    return {row.subject.key: row for row in rows.select_related("subject", "source__organisation")}


def owners(organisation: Organisation) -> dict[str, str]:
    """The names of the organisations whose facts count for subjects of ours, joint reviews included, by slug."""
    rows = Inheritance.objects.filter(subject__organisation=organisation, superseded_at__isnull=True)
    rows = rows.exclude(source__organisation=organisation)
    return dict(rows.values_list("source__organisation__slug", "source__organisation__name"))


def sources(organisation: Organisation, *, kind: str) -> QuerySet[Subject]:
    """Subjects of others from which one of this kind can inherit: those about which a share that runs today says something.

    Of what is not shared not even the name is told.
    """
    today = clock.real_today()
    names = [each.id for each in packs_on(today).norms.fact_types.values() if each.subject == kind]
    covered = Q(pk__in=[])
    for share in shares_to(organisation, on=today).filter(kind=ShareKind.FACT):
        key = share.what.partition("|")[0]
        if any(covers(share.what, subject=key, fact_type=name) for name in names):
            covered |= Q(organisation=share.owner) if key == "*" else Q(organisation=share.owner, key=key)
    return Subject.objects.filter(covered, kind=kind, archived_at__isnull=True).select_related("organisation")
