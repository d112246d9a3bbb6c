"""Taking documents away for good: an advisory with all its revisions, or a document that was set aside.

Not what a warning rests on, since an organisation must be able to read what it was told; nor what was given out here. The trail
keeps that it was here, with its digest, and why it went. Brought or fetched again, it comes in as new.
"""

from datetime import datetime

from django.db.models import Model

from dijkwacht.apps.advisories.models import Advisory, Document, Text, Warned
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.people.models import Person


def why_kept(advisory: Advisory) -> str:
    """Why an advisory cannot be taken away: `rests_on_it`, `given_out`; empty when it can."""
    if Warned.objects.filter(advisory=advisory).exists():
        return "rests_on_it"
    return "given_out" if advisory.own else ""


def remove_advisory(advisory: Advisory, *, because: str, person: Person, at: datetime) -> None:
    """Takes away an advisory with its documents and texts. Raises Refused (empty, rests_on_it, given_out)."""
    if not because.strip():
        raise Refused("empty", field="because")
    with doing(advisory.organisation, person=person, at=at) as deed:
        row = Advisory.objects.select_for_update(of=("self",)).get(pk=advisory.pk)
        if why := why_kept(row):
            raise Refused(why)
        documents, texts = list(row.documents.order_by("pk")), list(Text.objects.filter(advisory=row))
        gone: list[Model] = [_shell(each) for each in (row, *documents, *texts)]
        row.document = None
        row.save(update_fields=["document"])
        Text.objects.filter(advisory=row).delete()
        Document.objects.filter(advisory=row).delete()
        row.delete()
        deed.write(
            "removed", about=f"advisory:{gone[0].pk}", rows=gone, name=advisory.number, because=because.strip()[:500],
            digests=[each.digest for each in documents],
        )  # fmt: skip


def remove_document(document: Document, *, because: str, person: Person, at: datetime) -> None:
    """Takes away a document that was set aside or refused. Raises Refused (empty, taken_in)."""
    if not because.strip():
        raise Refused("empty", field="because")
    with doing(document.organisation, person=person, at=at) as deed:
        row = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        if row.advisory_id is not None:
            raise Refused("taken_in")
        gone = _shell(row)
        row.delete()
        deed.write(
            "removed", about=f"document:{gone.pk}", rows=[gone], name=document.number or document.name,
            because=because.strip()[:500], digests=[document.digest],
        )  # fmt: skip


def _shell(row: Model) -> Model:
    """A row that tells only which it was: after it went away nothing else of it is marked."""
    return type(row)(pk=row.pk)
