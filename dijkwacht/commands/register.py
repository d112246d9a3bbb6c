"""dijkwacht register: a file into the product register of an organisation, what is in it; and what was measured."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.advisories import register_rows, register_words, words
from dijkwacht.apps.advisories.queries.register import counts_of, register_of
from dijkwacht.apps.advisories.services import measured, register_file, registering
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import DomainState
from dijkwacht.apps.perimeter.queries.software import Seen, software_seen
from dijkwacht.commands import Outcome
from dijkwacht.core.advisories.register import Change
from dijkwacht.core.sheets import Problem
from dijkwacht.web.import_words import error_sentence
from dijkwacht.web.register_words import register_sentence

ACTOR = "dijkwacht register"
Tell = Callable[[str], None]


def bring(
    path: Path, *, organisation: Organisation, form: str, label: str, whose: str, dry_run: bool, on: date, at: datetime,
    tell: Tell,
) -> Outcome:  # fmt: skip
    """Takes a file over in a register, all of it or nothing; with ``dry_run`` only tells what it would change."""
    try:
        if path.stat().st_size > register_file.LARGEST:
            most = str(register_file.LARGEST // 1024 // 1024)
            return _refused([error_sentence(Problem("too_large", params={"most": most}))])
        data = path.read_bytes()
    except OSError as error:
        return _refused([f"{path.name}: {error.strerror}"])
    found = register_file.look(data, path.name, on=on, form=form, whose=whose)
    if not found.lines.usable:
        problems = [register_sentence(each) for each in found.lines.problems]
        return _refused(problems or [words.refusal(Refused("not_usable"))])
    said = {"file": path.name, "n": len(found.lines.lines), "form": found.form}
    tell(_("%(file)s: %(n)s lines read as %(form)s.") % said)
    remarks = [register_sentence(each) for each in found.lines.remarks]
    try:
        label = label or (found.lines.label if found.is_parts else "")
        lines, source = register_file.of_one(found, whose), register_file.source_of(found, label)
        if dry_run:
            return _would(registering.change_of(organisation, lines, source, at=at), remarks)
        tell(_("Taking it over and matching it with the advisories …"))
        digest = hashlib.sha256(data).hexdigest()
        deed: dict[str, Any] = {"name": path.name, "digest": digest, "person": None, "at": at, "actor": ACTOR}
        made = registering.take_over(organisation, lines, source, **deed)
    except Refused as error:
        return _refused([words.refusal(error)])
    counts = {"lines": made.lines, "added": made.added, "changed": made.changed, "gone": made.gone}
    return _done({"taken_over": True, "source": source.id, "sha256": digest, **counts}, remarks)


def _done(data: dict[str, Any], remarks: list[str]) -> Outcome:
    line = _("%(source)s: %(lines)s lines taken over; %(added)s new, %(changed)s changed, %(gone)s gone.") % data
    return Outcome({**data, "remarks": remarks}, [*remarks, line])


def _would(change: Change, remarks: list[str]) -> Outcome:
    data = {
        "taken_over": False, "source": change.source.id, "added": len(change.added), "changed": len(change.changed),
        "gone": len(change.gone), "same": len(change.unchanged), "doubles": len(change.doubles),
    }  # fmt: skip
    line = (
        _("%(source)s: would add %(added)s lines, change %(changed)s, take out %(gone)s; %(same)s stay the same.")
        % data
    )
    return Outcome({**data, "remarks": remarks}, [*remarks, line])


def _refused(problems: list[str]) -> Outcome:
    last = _("Nothing was taken over.")
    return Outcome({"taken_over": False, "problems": problems}, [*problems, last], well=False)


def listed(organisation: Organisation, *, on: date, at: datetime) -> Outcome:
    """The products of a register, with the version that counts and where they are known from."""
    found = register_of(organisation, at=at)
    rows = register_rows.rows(found, {}, on=on)
    data = [
        {
            "vendor": each.vendor, "product": each.name, "version": each.version, "versions": list(each.versions),
            "stated": each.stated, "sources": [one.id for one in each.sources], "as_of": each.as_of.isoformat(),
            "old": each.old, "exposed": each.exposed, "disagreements": list(each.disagreements),
        }
        for each in rows
    ]  # fmt: skip
    lines = [
        f"{each.vendor} {each.name} {each.version}".strip() + f"  ({each.from_words}, {each.as_of})" for each in rows
    ]
    return Outcome(data, [*lines, register_words.answer(counts_of(organisation, on=on))])


def pass_on_measured(*, on: date, at: datetime) -> int:
    """Gives the registers what the last measurement of each name saw, where that changed; how many names. For `tick`."""
    before = measured.held()
    changed = [each for each in software_seen() if _is_new(each, before, on=on)]
    organisations = Organisation.objects.in_bulk({each.organisation for each in changed})
    return sum(
        measured.measured(organisations[each.organisation], each.name, _found(each), on=_day(each, on), at=at)
        is not None
        for each in changed
    )


def _is_new(each: Seen, before: Mapping[tuple[int, str], measured.Held], *, on: date) -> bool:
    return measured.is_new(
        before.get((each.organisation, measured.label_of(each.name))), _found(each), on=_day(each, on)
    )


def _found(each: Seen) -> Iterable[Any]:
    """What was seen; of a name that is no longer ours or no longer watched nothing."""
    return () if each.state in (DomainState.NOT_OURS, DomainState.ENDED) else each.software


def _day(each: Seen, on: date) -> date:
    """The day of the measurement, not after today."""
    return min(each.on, on)
