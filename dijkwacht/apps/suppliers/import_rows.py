"""A file with suppliers as a person looks at it before it is taken over: what would come, change and stay, and what is wrong."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.suppliers.models import Answer, Processing, ServiceKind
from dijkwacht.core.sheets import Place, Problem
from dijkwacht.core.suppliers.register_held import Plan, Step
from dijkwacht.core.suppliers.register_rows import Register
from dijkwacht.web.import_words import place_words
from dijkwacht.web.moments import day_words
from dijkwacht.web.supplier_import_words import words as file_words

MOST = 40
_KINDS = {
    "supplier": gettext_lazy("Suppliers"), "service": gettext_lazy("Services"), "contract": gettext_lazy("Contracts"),
    "use": gettext_lazy("What leans on services"), "sub": gettext_lazy("Sub-suppliers"),
}  # fmt: skip
_COLUMNS = {
    "name": gettext_lazy("name"), "kvk": gettext_lazy("KvK number"), "own_id": gettext_lazy("own number"),
    "domain": gettext_lazy("site"), "country": gettext_lazy("country"), "direct": gettext_lazy("our own supplier"),
    "what": gettext_lazy("description"), "kind": gettext_lazy("kind"), "personal_data": gettext_lazy("personal data"),
    "admin_access": gettext_lazy("administrative access"), "owner": gettext_lazy("owner"), "number": gettext_lazy("number"),
    "title": gettext_lazy("title"), "starts_on": gettext_lazy("first day"), "until": gettext_lazy("last day"),
    "notice_months": gettext_lazy("months' notice"), "processing": gettext_lazy("processing agreement"),
    "audit_right": gettext_lazy("right to audit"), "exit": gettext_lazy("exit arranged"),
    "hours": gettext_lazy("hours until it hurts"), "services": gettext_lazy("services"),
}  # fmt: skip
_SENTENCES = {
    "country_unknown": gettext_lazy("“%(value)s” is no country that we recognise, so it was left out."),
    "hours_of_nothing": gettext_lazy(
        "%(name)s has a number of hours, but no process or system that leans on it. The hours were left out."
    ),
    "cloud_as_saas": gettext_lazy("%(name)s is in the cloud, so it is taken as an application in the cloud (SaaS)."),
    "contract_ended_here": gettext_lazy("Contract “%(name)s” was ended here before, so it is left as it is."),
    "contract_without_start": gettext_lazy("Contract “%(name)s” has no first day, so it was left out."),
    "notice_rounded": gettext_lazy("The term of notice %(value)s is taken as %(months)s months."),
    "owner_unknown": gettext_lazy("Nobody here has the address %(value)s, so no owner was taken over."),
    "kvk_conflict": gettext_lazy(
        "%(name)s has KvK number %(value)s here and %(other)s in your register, under the same own number."
    ),
    "kvk_of_another": gettext_lazy("KvK number %(value)s of %(name)s belongs to %(other)s."),
    "own_id_of_another": gettext_lazy("Own number %(value)s of %(name)s belongs to %(other)s."),
}  # fmt: skip
_CODED = frozenset(("kind", "personal_data", "admin_access", "processing", "audit_right", "exit"))
_WORDS: Mapping[str, Any] = {**dict(Answer.choices), **dict(Processing.choices), **dict(ServiceKind.choices)}


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of row: how many are new, changed and the same; of the first ones what they are."""

    name: str
    added: int
    changed: int
    unchanged: int
    new: tuple[str, ...]
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file comes to. ``more``: problems that are not listed; ``answer``: the sentence above it."""

    answer: str
    parts: tuple[Part, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    more: int
    more_remarks: int
    usable: bool
    changes: bool


def preview(register: Register, plan: Plan | None) -> Preview:
    """The file as it would be taken over; without a plan: what is wrong with it."""
    problems = [*map(words, register.problems), *map(words, plan.problems if plan else ())]
    remarks = [*map(words, register.remarks), *map(words, plan.remarks if plan else ())]
    total = sum(register.counts.get(code, 0) for code in {each.code for each in register.problems})
    more = max(total - len(register.problems), 0) + max(len(problems) - MOST, 0)
    if not problems and not register.suppliers:
        problems = [words(Problem("no_suppliers", Place()))]
    usable = plan is not None and not problems
    parts = _parts(plan) if usable and plan else ()
    changes = any(each.added or each.changed for each in parts)
    return Preview(
        _answer(parts, usable, changes), parts, tuple(problems[:MOST]), tuple(remarks[:MOST]), more,
        max(len(remarks) - MOST, 0), usable, changes,
    )  # fmt: skip


def words(problem: Problem) -> str:
    """A problem or remark in one sentence, after its place."""
    known = _SENTENCES.get(problem.code)
    if known is None:
        return file_words(problem)
    sentence, where = str(known) % problem.params, place_words(problem.place)
    return f"{where}: {sentence}" if where else sentence


def _answer(parts: Sequence[Part], usable: bool, changes: bool) -> str:
    if not usable:
        return _("Not yet: something must be put right first. Nothing was recorded.")
    if not changes:
        return _("Your register says all of this already. Nothing would change.")
    added, changed = sum(each.added for each in parts), sum(each.changed for each in parts)
    new = ngettext("%(n)s row would be new", "%(n)s rows would be new", added) % {"n": added}
    other = ngettext("%(n)s would change", "%(n)s would change", changed) % {"n": changed}
    return _("%(new)s, %(other)s. Nothing has been recorded yet.") % {"new": new, "other": other}


def _parts(plan: Plan) -> tuple[Part, ...]:
    rows: dict[str, list[Step]] = {kind: [] for kind in _KINDS}
    for step in plan.steps:
        rows[step.kind].append(step)
    found = [_part(kind, rows[kind], plan) for kind in _KINDS if kind != "sub"]
    new = [f"{plan.suppliers[each.supplier].name} ← {each.name}" for each in plan.subs if not each.there]
    subs = Part(str(_KINDS["sub"]), len(new), 0, len(plan.subs) - len(new), tuple(new[:MOST]), ())
    return tuple(each for each in (*found, subs) if each.added or each.changed or each.unchanged)


def _part(kind: str, steps: Sequence[Step], plan: Plan) -> Part:
    counts = Counter(each.state for each in steps)
    new = [_named(each, plan) for each in steps if each.state == "added"]
    turns = [f"{_named(each, plan)}: {_turns(each, plan)}" for each in steps if each.state == "changed"]
    return Part(
        str(_KINDS[kind]),
        counts["added"],
        counts["changed"],
        counts["unchanged"],
        tuple(new[:MOST]),
        tuple(turns[:MOST]),
    )


def _named(step: Step, plan: Plan) -> str:
    if step.kind == "use" and step.service is not None:
        return f"{step.name} ← {plan.services[step.service].name}"
    if step.kind in ("service", "contract"):
        return f"{step.name} ({plan.suppliers[step.supplier].name})"
    return step.name


def _turns(step: Step, plan: Plan) -> str:
    said = [_turn(name, step.before.get(name), value) for name, value in step.after.items()]
    if step.services:
        names = ", ".join(plan.services[at].name for at in step.services)
        said.append(_("also for %(names)s") % {"names": names})
    return "; ".join(said)


def _turn(name: str, before: Any, after: Any) -> str:
    told = {"what": _COLUMNS[name], "before": _value(name, before), "after": _value(name, after)}
    return _("%(what)s from %(before)s to %(after)s") % told


def _value(name: str, value: Any) -> str:
    """A value as a person reads it; the first day after the end as the last day."""
    if isinstance(value, date):
        return day_words(value - timedelta(days=1) if name == "until" else value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return _("nothing")
    return str(_WORDS.get(str(value), value)) if name in _CODED else f"“{value}”"
