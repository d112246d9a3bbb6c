"""dijkwacht suppliers: a file into the register of suppliers of an organisation."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers import import_rows, words
from dijkwacht.apps.suppliers.services import importing
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.commands import Outcome
from dijkwacht.core.sheets import Place, Problem
from dijkwacht.core.suppliers.register_held import Plan
from dijkwacht.core.suppliers.register_rows import Register

ACTOR = "dijkwacht suppliers"


def bring(path: Path, *, organisation: Organisation, form: str, dry_run: bool, at: datetime) -> Outcome:
    """Takes a file over in the register, all of it or nothing; with ``dry_run`` only tells what it would change."""
    try:
        if path.stat().st_size > importing.LARGEST:
            most = str(importing.LARGEST // 1024 // 1024)
            return _refused([_row(Problem("too_large", Place(), {"most": most}))])
        data = path.read_bytes()
    except OSError as error:
        return _refused([{"place": path.name, "code": "unreadable", "text": f"{path.name}: {error.strerror}"}])
    register = importing.read(data, path.name, form=form)
    if not register.usable:
        problems = register.problems or (Problem("no_suppliers", Place()),)
        return _refused([_row(each) for each in problems], more=_more(register))
    plan = importing.plan_of(organisation, register, at=at)
    if plan.problems:
        return _refused([_row(each) for each in plan.problems])
    digest = hashlib.sha256(data).hexdigest()
    if not dry_run:
        try:
            importing.take_over(organisation, register, name=path.name, digest=digest, person=None, at=at, actor=ACTOR)
        except Refused as error:
            return _refused([{"place": "", "code": error.code, "text": words.refusal(error)}])
    return _done(register, plan, taken_over=not dry_run, digest=digest)


def _done(register: Register, plan: Plan, *, taken_over: bool, digest: str) -> Outcome:
    counts = {state: plan.count(state) for state in ("added", "changed", "unchanged")}
    remarks = [_row(each) for each in (*register.remarks, *plan.remarks)]
    shown = import_rows.preview(register, plan)
    parts = [
        {"what": each.name, "added": each.added, "changed": each.changed, "unchanged": each.unchanged}
        for each in shown.parts
    ]
    table = [_("%(what)s: %(added)s new, %(changed)s changed, %(unchanged)s the same.") % each for each in parts]
    last = (
        _("Taken over: %(added)s rows new, %(changed)s changed, %(unchanged)s the same.")
        if taken_over
        else _("Would be taken over: %(added)s rows new, %(changed)s changed, %(unchanged)s the same.")
    ) % counts
    changes = [line for each in shown.parts for line in each.turns]
    lines = [*(each["text"] for each in remarks), *changes, *table, last]
    data: dict[str, Any] = {"taken_over": taken_over, "form": register.form, "sha256": digest, **counts, "parts": parts}
    return Outcome({**data, "ignored": list(register.ignored), "remarks": remarks}, lines)


def _more(register: Register) -> int:
    """How many problems are not listed."""
    codes = {each.code for each in register.problems}
    return max(sum(register.counts.get(code, 0) for code in codes) - len(register.problems), 0)


def _row(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "sheet": place.sheet, "row": place.row, "column": place.letter or None, "code": problem.code,
        "text": import_rows.words(problem),
    }  # fmt: skip


def _refused(problems: list[dict[str, Any]], *, more: int = 0) -> Outcome:
    last = [_("And %(n)s more.") % {"n": more}] if more else []
    lines = [*(str(each["text"]) for each in problems), *last, _("Nothing was taken over.")]
    return Outcome({"taken_over": False, "problems": problems, "more": more}, lines, well=False)
