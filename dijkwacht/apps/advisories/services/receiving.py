"""What comes in at a desk, with all that follows from it: kept, indexed, matched, and told to who was told before."""

from collections.abc import Sequence
from datetime import datetime

from dijkwacht.apps.advisories.models import Document, Provider
from dijkwacht.apps.advisories.services import intake, warning
from dijkwacht.apps.advisories.services.intake import Came, Took
from dijkwacht.apps.people.models import Organisation, Person


def receive(
    desk: Organisation, came: Sequence[Came], *, provider: Provider | None = None, person: Person | None = None, at: datetime,
    actor: str = "",
) -> Took:  # fmt: skip
    """Takes documents in and lets follow what follows. Not within a transaction: each organisation that is told is a deed."""
    took = intake.take_in(desk, came, provider=provider, person=person, at=at, actor=actor)
    warning.after_intake(took, person=person, at=at)
    return took


def read_anyway(document: Document, *, because: str, person: Person, at: datetime) -> Took:
    """A person lets a document be read that was set aside. Raises Refused as `intake.read_anyway` does."""
    took = intake.read_anyway(document, because=because, person=person, at=at)
    warning.after_intake(took, person=person, at=at)
    return took
