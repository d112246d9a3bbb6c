"""Consents as the core judges them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from dijkwacht.adapters.probing.consents import window_of
from dijkwacht.apps.people.models import Organisation, OrganisationKind
from dijkwacht.apps.perimeter.models import Consent, ConsentKind, OptOut
from dijkwacht.apps.perimeter.queries.claims import known_of
from dijkwacht.apps.perimeter.services.consents import CONFIRM_FROM
from dijkwacht.core import consent as core
from dijkwacht.core.consent_claims import Elsewhere
from dijkwacht.core.consent_scope import Address, Scope, scope_of

HERE = ZoneInfo("Europe/Amsterdam")
FAR = datetime(9999, 12, 31, tzinfo=HERE)


def consents_of(organisation: Organisation) -> QuerySet[Consent]:
    """All consents that an organisation ever gave, the newest first."""
    people = ("given_by", "confirmed_by", "revoked_by")
    return Consent.objects.filter(organisation=organisation).select_related(*people).order_by("-since", "-pk")


def judged(organisations: Iterable[Organisation], *, at: datetime) -> list[core.Consent]:
    """The consents of these organisations at a moment, for the gate; own ones with what is known around them.

    One from level 3 that nobody with the mandate to sign confirmed yet counts as level 2. Revoked and ended ones are there too:
    then a refusal says that it was revoked.
    """
    asked = list(organisations)
    rows = Consent.objects.filter(organisation__in=asked).select_related("organisation").order_by("pk")
    known = {each.pk: known_of(each, at=at) for each in asked}
    return [_with(as_core(row), *known[row.organisation_id]) for row in rows]


def _with(consent: core.Consent, elsewhere: Elsewhere, serving: Mapping[Address, int]) -> core.Consent:
    return replace(consent, elsewhere=elsewhere, serving=serving) if consent.kind == "own" else consent


def as_core(row: Consent) -> core.Consent:
    """One consent as the core has it; that of a supplier is his, whoever keeps it. Raises ValueError on an unreadable scope."""
    level = row.level if row.level < CONFIRM_FROM or row.confirmed_at else CONFIRM_FROM - 1
    return core.Consent(
        organisation=row.party if row.kind == ConsentKind.SUPPLIER else row.organisation.slug,
        scope=scope_of(row.scope),
        exclude=scope_of(row.exclude),
        level=level,
        since=_midnight(row.since),
        until=_midnight(row.until) if row.until else FAR,
        kind=row.kind,  # type: ignore[arg-type]  # held to these words by the table
        version=row.text_version,
        text=row.text_hash,
        signatory=row.signatory,
        mandate=row.mandate,
        article=row.basis,
        windows=tuple(window_of(each) for each in row.window),
        revoked=row.revoked_at,
    )


def opted_out(organisation: Organisation, *, on: date) -> Scope:
    """Names, with all below them, and netblocks that this organisation does not measure on this day."""
    scope = scope_of(list(opt_outs(organisation, on=on).values_list("what", flat=True)))
    return replace(scope, names=scope.names | {f"*.{name}" for name in scope.names if "*" not in name})


def opt_outs(organisation: Organisation, *, on: date) -> QuerySet[OptOut]:
    """What holds for this organisation on a day: of its own, and what a CSIRT keeps for everybody."""
    whose = Q(organisation=organisation) | Q(organisation__kind=OrganisationKind.CSIRT)
    found = OptOut.objects.filter(whose, since__lte=on).exclude(until__lte=on)
    return found.select_related("organisation").order_by("what", "pk")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=HERE)
