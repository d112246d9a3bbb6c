"""Consent: given with a text, a signatory and a mandate; from level 3 confirmed by who may sign; revoked at any moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dijkwacht.adapters.probing.consents import too_wide, window_of
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import Consent, ConsentKind, Domain
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.consent import text_hash
from dijkwacht.core.consent_scope import scope_of

CONFIRM_FROM = 3
"""From this level a consent is in force only when someone with the mandate to sign confirmed it: it may be felt by systems."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a consent says; `scope` and `exclude` in the forms that `core/consent` reads."""

    kind: str
    scope: Sequence[str]
    exclude: Sequence[str]
    level: int
    since: date
    until: date | None
    signatory: str
    mandate: str
    text: str
    text_version: str
    window: Sequence[str]
    party: str = ""
    basis: str = ""


def give(organisation: Organisation, *, given: Given, person: Person | None, at: datetime, actor: str = "") -> Consent:
    """Records a consent; only a CSIRT has one by law.

    Raises Refused: kind, scope, entry, window, everything, level, period, signatory, text, party, basis.
    """
    check(given)
    if given.kind == ConsentKind.CSIRT and organisation.kind != OrganisationKind.CSIRT:
        raise Refused("kind")
    with transaction.atomic():
        lock(organisation)
        consent = Consent.objects.create(
            organisation=organisation, kind=given.kind, party=given.party.strip(), scope=list(given.scope),
            exclude=list(given.exclude), level=given.level, window=list(given.window), text=given.text,
            text_version=given.text_version, text_hash=text_hash(given.text),
            signatory=given.signatory.strip(), mandate=given.mandate.strip(), basis=given.basis.strip(),
            since=given.since, until=given.until, given_at=at, given_by=person,
        )  # fmt: skip
        # Their addresses may be asked for now, and are, before anything else is visited.
        Domain.objects.filter(organisation=organisation, seen_at__isnull=True).update(sounded_at=None)
        record(
            organisation, person=person, actor=actor, act="perimeter.consented", about=f"consent:{consent.pk}", at=at,
            detail={**_detail(consent), ROWS: marked([consent])},
        )  # fmt: skip
    return consent


def confirm(consent: Consent, *, person: Person, at: datetime) -> Consent:
    """Who may sign confirms a consent from level 3. Raises Refused: not_needed, confirmed, revoked, own (who gave it)."""
    with transaction.atomic():
        lock(consent.organisation)
        fresh = Consent.objects.select_for_update().get(pk=consent.pk)
        if fresh.level < CONFIRM_FROM:
            raise Refused("not_needed")
        if fresh.confirmed_at:
            raise Refused("confirmed")
        if fresh.revoked_at:
            raise Refused("revoked")
        if fresh.given_by_id == person.pk:
            raise Refused("own")
        fresh.confirmed_at, fresh.confirmed_by = at, person
        fresh.save(update_fields=["confirmed_at", "confirmed_by"])
        record(
            fresh.organisation, person=person, act="perimeter.consent_confirmed", about=f"consent:{fresh.pk}", at=at,
            detail={"level": fresh.level, ROWS: marked([fresh])},
        )  # fmt: skip
    return fresh


def revoke(consent: Consent, *, reason: str, person: Person | None, at: datetime, actor: str = "") -> Consent:
    """Takes a consent back from this moment; a running worker sees it before its next connection. Raises Refused (reason)."""
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refused("reason")
    with transaction.atomic():
        lock(consent.organisation)
        fresh = Consent.objects.select_for_update().get(pk=consent.pk)
        if fresh.revoked_at is None:
            fresh.revoked_at, fresh.revoked_by, fresh.revoked_for = at, person, reason
            fresh.save(update_fields=["revoked_at", "revoked_by", "revoked_for"])
            record(
                fresh.organisation, person=person, actor=actor, act="perimeter.consent_revoked",
                about=f"consent:{fresh.pk}", at=at, detail={"reason": reason, ROWS: marked([fresh])},
            )  # fmt: skip
    return fresh


def check(given: Given) -> None:
    """Raises Refused when a consent cannot be given like this."""
    if given.kind not in ConsentKind.values:
        raise Refused("kind")
    _check_scope(given)
    if not 0 <= given.level <= 4 or (given.kind == ConsentKind.CSIRT and given.level > 2):
        raise Refused("level")
    if given.until is not None and given.until <= given.since:
        raise Refused("period")
    wanted = {
        "signatory": given.signatory and given.mandate,
        "text": given.text,
        "party": given.party or given.kind != ConsentKind.SUPPLIER,
        "basis": given.basis or given.kind != ConsentKind.CSIRT,
    }
    for code, said in wanted.items():
        if not said or (isinstance(said, str) and not said.strip()):
            raise Refused(code)


def _check_scope(given: Given) -> None:
    if not given.scope:
        raise Refused("scope")
    for code, entries in (("entry", (*given.scope, *given.exclude)), ("window", given.window)):
        for entry in entries:
            try:
                window_of(entry) if code == "window" else scope_of([entry])
            except ValueError:
                raise Refused(code, entry=entry[:80]) from None
    if given.kind != ConsentKind.CSIRT and (wide := too_wide(given.scope)):
        raise Refused("everything", entry=wide[:80])


def _detail(consent: Consent) -> dict[str, object]:
    return {
        "kind": consent.kind, "scope": consent.scope, "exclude": consent.exclude, "level": consent.level,
        "since": consent.since, "until": consent.until, "window": consent.window, "text_hash": consent.text_hash,
        "signatory": consent.signatory, "mandate": consent.mandate, "party": consent.party, "basis": consent.basis,
    }  # fmt: skip
