"""dijkwacht import oscal --organisation: keeps what the files hold, all of it or nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.frameworks.services import bringing, reading
from dijkwacht.apps.frameworks.words import preview_sentence
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.commands import Outcome
from dijkwacht.commands.oscal import gathered, refused_plain, where
from dijkwacht.core.framework import Refusal
from dijkwacht.web.framework_words import refusal_sentence


def keep(
    paths: Sequence[Path],
    *,
    organisation: Organisation,
    email: str | None,
    norm: str,
    dry_run: bool,
    on: date,
    at: datetime,
) -> Outcome:
    """Keeps what the files hold for one organisation, all of it or nothing; with ``dry_run`` only says what that would be."""
    person = Person.objects.filter(email=email.lower()).first() if email else None
    if email and person is None:
        return _nothing([_("Nobody has the address %(email)s.") % {"email": email}], [])
    files, missing = gathered(paths)
    found = reading.read(organisation, files, norm=norm, on=on)
    refused = [*missing, *found.refused]
    if refused:
        return _nothing([where(each) + refusal_sentence(each) for each in refused], refused)
    if dry_run:
        return _previewed(organisation, found)
    actor = "" if person else "dijkwacht import"
    kept = bringing.keep(organisation, found, files=files, person=person, on=on, at=at, actor=actor)
    data = {
        "imported": kept.brought is not None, "organisation": organisation.slug, "frameworks": kept.frameworks,
        "lines": kept.lines, "mappings": kept.mappings, "maps": kept.maps, "texts": kept.texts,
        "replaced": kept.replaced, "act": kept.brought.act if kept.brought else None, "refused": [],
        "files": _files(found),
    }  # fmt: skip
    if kept.brought is None:
        return Outcome(data, [_("All of this was here already, so nothing changed.")])
    line = _("Kept for %(organisation)s: %(lines)s lines, %(maps)s pairs of mappings, %(texts)s own texts.") % data
    return Outcome(data, [line])


def _files(found: reading.Reading) -> list[dict[str, Any]]:
    return [
        {"file": each.file, "kind": str(each.origin), "title": each.framework.title, "version": each.framework.version,
         **each.framework.counts}
        for each in found.frameworks
    ]  # fmt: skip


def _previewed(organisation: Organisation, found: reading.Reading) -> Outcome:
    data = {
        "imported": False, "organisation": organisation.slug, "refused": [], "files": _files(found),
        "mappings": len(found.mappings), "maps": sum(len(each.maps.maps) for each in found.mappings),
        "texts": sum(len(each.texts) for each in found.texts),
    }  # fmt: skip
    return Outcome(data, [preview_sentence(found)])


def _nothing(sentences: list[str], refused: Sequence[Refusal]) -> Outcome:
    data = {"imported": False, "problems": sentences, "refused": [refused_plain(each) for each in refused]}
    return Outcome(data, [*sentences, _("Nothing was imported.")], well=False)
