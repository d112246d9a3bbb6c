"""What the owner says of a version that software shows. It counts from the next measurement on; the check decides how."""

from datetime import datetime

from django.db import transaction

from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import Domain, VersionSaid
from dijkwacht.apps.perimeter.queries.versions import versions
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record


def say(domain: Domain, *, key: str, runs: bool, text: str, person: Person, at: datetime) -> VersionSaid:
    """Says that this version runs here, or that it was mended without a new number. Raises Refused: version, explanation.

    That it was mended needs a word on how: who packs it, and which release mends it. It covers the warnings of now.
    """
    text = " ".join(text.split())[:1000]
    if not runs and not text:
        raise Refused("explanation")
    with transaction.atomic():
        lock(domain.organisation)
        found = next((each for each in versions(domain) if each.key == key), None)
        if found is None:
            raise Refused("version")
        before = [found.said] if found.said else []
        for each in before:
            each.ended_at = at
            each.save(update_fields=["ended_at"])
        made = VersionSaid.objects.create(
            organisation=domain.organisation, domain=domain, product=found.product, version=found.version, runs=runs,
            advisories=list(found.advisories), text=text, person=person, at=at,
        )  # fmt: skip
        detail = {
            "product": found.title, "version": found.version, "said": "runs" if runs else "mended", "text": text,
            "advisories": list(found.advisories), ROWS: marked([*before, made]),
        }  # fmt: skip
        about = f"domain:{domain.name}"[:250]
        record(domain.organisation, person=person, act="perimeter.version_said", about=about, at=at, detail=detail)
    return made
