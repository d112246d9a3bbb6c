"""dijkwacht import: a workbook, an audit of CISO Assistant, or the register of municipalities."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from dijkwacht.apps.ledger.services.claims import Imported, Source, derive, record_claims
from dijkwacht.apps.ledger.services.reading import UnreadableError, plan, read
from dijkwacht.apps.ledger.services.uploads import LARGEST
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.queries import roles_on
from dijkwacht.apps.people.services import import_municipalities
from dijkwacht.commands import Outcome
from dijkwacht.core.access import Right, rights
from dijkwacht.core.intake_plan import Plan
from dijkwacht.core.recording import Outcome as Became
from dijkwacht.core.sheets import Problem
from dijkwacht.norms.read import municipalities as register
from dijkwacht.web.import_words import error_sentence


@dataclass(frozen=True, slots=True)
class Brought:
    """A file from the command line, with the framework file that goes with it."""

    name: str
    content: bytes
    library_content: bytes | None


def municipalities() -> Outcome:
    """The register of municipalities; a second time changes nothing."""
    done = import_municipalities(register())
    data = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
    line = _("Municipalities: %(added)s added, %(changed)s changed, %(unchanged)s unchanged.") % data
    return Outcome(data, [line])


def workbook(
    path: Path,
    *,
    organisation: Organisation,
    email: str | None,
    library: bytes | None,
    dry_run: bool,
    on: date,
    at: datetime,
) -> Outcome:
    """Imports a file into an organisation, all of it or nothing; with ``dry_run`` only tells what it would do."""
    person = Person.objects.filter(email=email.lower()).first() if email else None
    if email and person is None:
        return _refused([_("Nobody has the address %(email)s.") % {"email": email}])
    if person is not None and not _may_import(person, organisation, on):
        words = {"person": person, "organisation": organisation}
        return _refused([_("%(person)s may not import for %(organisation)s.") % words])
    try:
        if path.stat().st_size > LARGEST:
            return _refused([error_sentence(Problem("too_large", params={"most": str(LARGEST // 1024 // 1024)}))])
        brought = Brought(path.name, path.read_bytes(), library)
        reading = read(brought, on=on)
    except UnreadableError as error:
        return _refused([error_sentence(error.problem)])
    except OSError as error:
        return _refused([f"{path.name}: {error.strerror}"])
    if reading.layout is None:
        return _refused([error_sentence(Problem("no_header"))])
    found = plan(organisation, reading=reading, layout=reading.layout, on=on)
    if not found.ok:
        return _refused([error_sentence(problem) for problem in found.problems] or [_("There is nothing to import.")])
    if dry_run:
        return _previewed(organisation, found, on)
    actor = "" if person else "dijkwacht import"
    source = Source(path.name, hashlib.sha256(brought.content).hexdigest())
    done = record_claims(organisation, plan=found, source=source, person=person, on=on, at=at, actor=actor)
    return _imported(organisation, source, found, done)


def _may_import(person: Person, organisation: Organisation, on: date) -> bool:
    """Whether an import can stand in the trail as an act of this person: only of who could do it on the page."""
    return Right.IMPORT in rights(role.role for role in roles_on(person, organisation, on))


def _refused(sentences: list[str]) -> Outcome:
    last = _("Nothing was imported.")
    return Outcome({"imported": False, "problems": sentences}, [*sentences, last], well=False)


def _previewed(organisation: Organisation, found: Plan, on: date) -> Outcome:
    derived = derive(organisation, plan=found, on=on)
    data = {
        "imported": False, "claims": len(found.claims), "answers": len(found.answers), "follows": len(derived.answers),
        "open": len(derived.open), "unanswered": found.unanswered,
    }  # fmt: skip
    line = (
        _("Would import %(claims)s lines and %(answers)s answers; %(follows)s facts follow, %(open)s stay open.") % data
    )
    return Outcome(data, [*(error_sentence(each) for each in found.remarks), line])


def _imported(organisation: Organisation, source: Source, found: Plan, done: Imported) -> Outcome:
    remarks = [error_sentence(each) for each in found.remarks]
    data = {
        "imported": True, "organisation": organisation.slug, "file": source.name, "sha256": source.sha256,
        "claims": done.claims, "unchanged": done.claims_unchanged, "facts": done.outcomes[Became.RECORDED],
        "open": len(done.derived.open), "verdicts_changed": len(done.verdicts_changed), "act": done.act,
        "remarks": remarks,
    }  # fmt: skip
    line = (
        _("%(file)s: %(claims)s lines imported, %(facts)s facts recorded, %(verdicts_changed)s verdicts turned.") % data
    )
    return Outcome(data, [*remarks, line])
