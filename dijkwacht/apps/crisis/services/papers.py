"""Files of this room: the mayor's card as PDF, the contacts as a page that works anywhere and as text."""

from datetime import UTC, date

from dijkwacht.adapters.crisis import contact_file as out
from dijkwacht.adapters.crisis import mayor_card
from dijkwacht.apps.crisis.crisis_page import card_paper
from dijkwacht.apps.crisis.models import Crisis, MayorCard
from dijkwacht.apps.crisis.plan_page import contact_file
from dijkwacht.apps.crisis.queries.plan import contacts
from dijkwacht.apps.people.models import Organisation


def card_pdf(crisis: Crisis, card: MayorCard) -> bytes:
    """The mayor's card on one A4."""
    card.at = card.at.astimezone(UTC)  # typst wants a fixed offset
    return mayor_card.write(card_paper(crisis, card))


def contacts_file(organisation: Organisation, *, form: str, on: date) -> str:
    """The contacts as ``html`` or ``txt``."""
    found = contact_file(organisation, contacts(organisation, on=on), on=on)
    return out.as_html(found) if form == "html" else out.as_text(found)
