"""Taking note of a warning without signing in: by the link in a mail, or on the telephone.

The link is signed with the key of the installation, so it cannot be guessed, and stands for one contact and one telling of one
warning: told again, or with another contact, an older link says so and does nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core import signing

from dijkwacht.apps.advisories.models import Contact, Warned
from dijkwacht.apps.advisories.queries.contacts import still_here
from dijkwacht.apps.advisories.queries.serving import in_force
from dijkwacht.apps.advisories.services import telling
from dijkwacht.apps.advisories.services.doing import Doing, doing, titled

SALT = "advisories.acknowledge"
ACTOR = 100  # characters of a name that an entry keeps


@dataclass(frozen=True, slots=True)
class Link:
    """What a link stands for. ``holds``: the contact still is one, and the warning was not told again since."""

    warning: Warned
    contact: Contact
    holds: bool


def token_for(warning: Warned, contact: Contact) -> str:
    """The signed part of the link for one contact, one warning, and its last telling."""
    return signing.dumps([warning.pk, contact.pk, int(warning.todo_at.timestamp())], salt=SALT)


def read(token: str, *, on: date) -> Link | None:
    """What a link stands for on a day; None when we did not make it. A wrong one costs no question to the database."""
    try:
        warning_pk, contact_pk, told = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    warning = Warned.objects.select_related("organisation", "advisory").filter(pk=warning_pk).first()
    contact = Contact.objects.select_related("person").filter(pk=contact_pk).first()
    if warning is None or contact is None or contact.organisation_id != warning.organisation_id:
        return None
    here = Contact.objects.filter(still_here(on), in_force(on), pk=contact.pk).exists()
    return Link(warning, contact, here and int(warning.todo_at.timestamp()) == told)


def acknowledge(link: Link, *, at: datetime) -> bool:
    """A contact took note by the link of a mail; whether that was new. Twice is no harm, and writes nothing."""
    contact = link.contact
    actor = "" if contact.person else contact.name[:ACTOR]
    with doing(link.warning.organisation, person=contact.person, at=at, actor=actor) as deed:
        row = took_note(deed, link.warning.pk, contact, told=link.warning.todo_at)
        if row is None:
            return False
        deed.write(
            "acknowledged", about=f"warning:{row.pk}", rows=[row], name=row.number, title=titled(row.tlp, row.title),
            who=contact.name,
        )  # fmt: skip
    return True


def took_note(deed: Doing, pk: int, contact: Contact | None, *, told: datetime | None = None) -> Warned | None:
    """Writes within a deed that somebody took note, of the telling of that moment; None when somebody did before, or it was told
    again. The reminders stop."""
    row = Warned.objects.select_for_update(of=("self",)).select_related("organisation", "advisory").get(pk=pk)
    if row.seen_at is not None or (told is not None and row.todo_at != told):
        return None
    row.seen_at, row.seen_by = deed.at, contact.person if contact else None
    row.save(update_fields=["seen_at", "seen_by"])
    telling.plan(row)
    return row
