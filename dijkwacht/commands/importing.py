"""dijkwacht import: a workbook, an audit of CISO Assistant, or the register of municipalities."""

from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from dijkwacht.adapters.limits import Limits, TableError
from dijkwacht.apps.ledger.services.claims import Imported, Source, derive, record_claims
from dijkwacht.apps.ledger.services.intake import Reading, plan, read
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.services import import_municipalities
from dijkwacht.commands import Outcome
from dijkwacht.core.intake_plan import Plan
from dijkwacht.core.recording import Outcome as Became
from dijkwacht.norms.read import municipalities as register
from dijkwacht.web.import_words import error_sentence


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
    try:
        if path.stat().st_size > Limits().size:
            raise TableError("too_large", most=str(Limits().size // 1024 // 1024))
        reading = read(path.read_bytes(), name=path.name, on=on, library=library)
        found = plan(organisation, reading=reading, on=on)
    except TableError as error:
        return _refused([error_sentence(error.problem)])
    except OSError as error:
        return _refused([f"{path.name}: {error.strerror}"])
    if not found.ok:
        return _refused([error_sentence(problem) for problem in found.problems] or [_("There is nothing to import.")])
    if dry_run:
        return _previewed(organisation, found, on)
    actor = "" if person else "dijkwacht import"
    source = Source(reading.name, reading.sha256)
    done = record_claims(organisation, plan=found, source=source, person=person, on=on, at=at, actor=actor)
    return _imported(organisation, reading, found, done)


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


def _imported(organisation: Organisation, reading: Reading, found: Plan, done: Imported) -> Outcome:
    data = {
        "imported": True, "organisation": organisation.slug, "file": reading.name, "sha256": reading.sha256,
        "claims": done.claims, "unchanged": done.claims_unchanged, "facts": done.outcomes[Became.RECORDED],
        "open": len(done.derived.open), "verdicts_changed": len(done.verdicts_changed), "act": done.act,
        "remarks": [error_sentence(each) for each in found.remarks],
    }  # fmt: skip
    line = (
        _("%(file)s: %(claims)s lines imported, %(facts)s facts recorded, %(verdicts_changed)s verdicts turned.") % data
    )
    return Outcome(data, [*data["remarks"], line])
