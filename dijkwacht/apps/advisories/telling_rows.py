"""What the pages of this part of the room show, row by row, and the sentences under their titles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.advisories.models import Call, Contact, ContactRole, Service, Warned
from dijkwacht.apps.advisories.queries.contacts import contacts_by, phoned, reached
from dijkwacht.apps.advisories.queries.sent import UNSEEN, Week
from dijkwacht.apps.advisories.queries.served import Served, gaps, uploads_of
from dijkwacht.apps.advisories.telling_words import gap_sentences, why_called
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.advisories.reach import Tally
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.web.moments import day_of
from dijkwacht.web.priority_words import level_label
from dijkwacht.web.terms import text_of

TABS = (
    ("warning", gettext_lazy("Per warning")), ("advisory", gettext_lazy("Per advisory")),
    ("organisation", gettext_lazy("Per organisation")),
)  # fmt: skip
ROLES: Mapping[str, tuple[Any, Any]] = {
    ContactRole.GENERAL: (
        gettext_lazy("General contact (ACIB)"),
        gettext_lazy("Is told what may be known within all municipalities: TLP:CLEAR and TLP:GREEN."),
    ),
    ContactRole.TRUSTED: (
        gettext_lazy("Trusted contact (VCIB)"),
        gettext_lazy(
            "Is also told what is confidential, TLP:AMBER. That is never mailed: it is read here, or told by telephone."
        ),
    ),
}


# ---- what we sent


def tabs(query: QueryDict, per: str) -> list[tuple[Any, str, bool]]:
    """The three ways to look at it: what it is called, its address, and whether it is this one."""
    found = []
    for name, label in TABS:
        there = query.copy()
        there.pop("page", None)
        there["per"] = name
        found.append((label, f"?{there.urlencode()}", name == per))
    return found


def sent_answer(rows: Any) -> str:
    """The sentence under the title: how many nobody took note of."""
    total, unseen = rows.count(), rows.filter(UNSEEN).count()
    if not total:
        return _("Nothing was sent yet.")
    if not unseen:
        return _("Everything that we sent was seen.")
    said = ngettext(
        "Of %(total)s warnings %(n)s was not seen yet; the longest stands first.",
        "Of %(total)s warnings %(n)s were not seen yet; the longest stands first.", unseen,
    )  # fmt: skip
    return said % {"total": total, "n": unseen}


def marks(counts: Tally | None) -> dict[str, int]:
    """How the matched assets of an advisory stand, in the counts of CSAF."""
    names = ("not_remediated", "in_progress", "done", "not_affected")
    if counts is None:
        return {"matched": 0, **dict.fromkeys(names, 0)}
    return {"matched": counts.matched, **{each: counts.marked(each) for each in names}}  # type: ignore[arg-type]


def week_answer(week: Week) -> str:
    """The sentence under the title: this week in one line."""
    came = ngettext("%(n)s advisory came in this week", "%(n)s advisories came in this week", week.received)
    told = ngettext("%(n)s warning went out", "%(n)s warnings went out", week.told)
    return _("%(came)s; %(told)s.") % {"came": came % {"n": week.received}, "told": told % {"n": week.told}}


# ---- the phone list


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call to make. ``since``: since when, or since it was told again; ``contacts``: the first is called first."""

    call: Call
    warning: Warned
    why: str
    since: datetime
    contacts: Sequence[Contact]


def call_rows(calls: Iterable[Call], *, at: datetime) -> list[CallRow]:
    """The calls with whom to call."""
    rows = list(calls)
    known = contacts_by({each.warning.organisation_id for each in rows}, on=day_of(at))
    return [
        CallRow(
            each, each.warning, why_called(each.reason), max(each.due_at, each.warning.todo_at),
            phoned(each.warning, known.get(each.warning.organisation_id, [])),
        )
        for each in rows
    ]  # fmt: skip


def call_row(call: Call, *, at: datetime) -> CallRow:
    """One of them."""
    return call_rows([call], at=at)[0]


def calls_answer(count: int) -> str:
    """The sentence under the title."""
    if not count:
        return _("Nobody needs to be called.")
    said = ngettext(
        "%(n)s call to make; the most pressing stands first.", "%(n)s calls to make; the most pressing stands first.", count
    )  # fmt: skip
    return said % {"n": count}


def contact_line(contact: Contact) -> str:
    """Somebody to call, with the number and what he is."""
    kind = _("trusted contact") if contact.role == ContactRole.TRUSTED else _("general contact")
    return f"{contact.name}, {kind} · {contact.phone}"


# ---- whom we warn


def fitting(rows: Iterable[Served], *, text: str = "", lack: str = "") -> list[Served]:
    """The organisations that fit: a part of the name, and what is missing there."""
    found = [each for each in rows if text.casefold() in each.organisation.name.casefold()]
    if lack == "no_register":
        return [each for each in found if not each.products]
    if lack == "old":
        return [each for each in found if each.old]
    return [each for each in found if lack in each.gaps] if lack else found


def served_rows(rows: Iterable[Served]) -> list[tuple[Served, list[tuple[bool, str]]]]:
    """Each with what its contacts lack, in words."""
    return [(each, gap_sentences(each.gaps)) for each in rows]


def served_answer(rows: Sequence[Served]) -> str:
    """The sentence under the title: how many, and how many of them cannot be reached with everything."""
    if not rows:
        return _("We warn nobody yet.")
    lacking_ = sum(bool({"no_contact", "no_trusted"}.intersection(each.gaps)) for each in rows)
    many = ngettext("We warn %(n)s organisation.", "We warn %(n)s organisations.", len(rows)) % {"n": len(rows)}
    if not lacking_:
        return many + " " + _("Each has a trusted contact.")
    lack = ngettext("%(n)s has no trusted contact.", "%(n)s have no trusted contact.", lacking_)
    return f"{many} {lack % {'n': lacking_}}"


def served_receipt(made: int, known: int) -> str:
    """What adding came to."""
    said = ngettext(
        "We warn %(n)s more organisation from today on.", "We warn %(n)s more organisations from today on.", made
    )
    told = said % {"n": made}
    if not known:
        return told
    also = ngettext("%(n)s was warned already.", "%(n)s were warned already.", known) % {"n": known}
    return f"{told} {also}"


def one_answer(summary: Served | None, service: Service | None) -> str:
    """The sentence under the name of an organisation."""
    if summary is None:
        return _("We no longer warn this organisation.") if service else ""
    if not summary.unsettled:
        return _("Nothing is open.")
    said = ngettext(
        "%(n)s warning is open; %(unseen)s not seen.",
        "%(n)s warnings are open; %(unseen)s not seen.",
        summary.unsettled,
    )
    return said % {"n": summary.unsettled, "unseen": summary.unseen}


def history(who: Organisation, service: Service | None, calls: Iterable[Call]) -> list[dict[str, Any]]:
    """What happened between this desk and an organisation, the newest first."""
    rows: list[dict[str, Any]] = []
    if service is not None:
        rows.append(
            {"at": service.since, "title": _("Warned by us from this day on"), "text": service.basis, "who": service.by}
        )
        if service.until:
            rows.append({"at": service.until, "title": _("No longer warned by us")})
    taken = _("Product register taken over: %(name)s")
    rows += [{"at": each.at, "title": taken % {"name": each.name}} for each in uploads_of(who)[:20]]
    for call in calls:
        if call.at is not None:
            title = _("Called about warning %(n)s") % {"n": call.warning.number}
            rows.append({"at": call.at, "title": title, "text": call.outcome, "who": call.by})
    return sorted(
        rows, key=lambda each: day_of(each["at"]) if isinstance(each["at"], datetime) else each["at"], reverse=True
    )


# ---- who is warned here


@dataclass(frozen=True, slots=True)
class Group:
    """A role with what it means, and its contacts in order: each with whether it still has a role, and has an account."""

    role: str
    name: Any
    means: Any
    rows: Sequence[tuple[Contact, bool, bool]]


def groups(rows: Iterable[Contact]) -> list[Group]:
    """Both roles, also the one that nobody has; the trusted one first."""
    every = list(rows)
    found = []
    for role in (ContactRole.TRUSTED, ContactRole.GENERAL):
        mine = [(each, getattr(each, "here", True), reached(each).has_account) for each in every if each.role == role]
        found.append(Group(role, *ROLES[role], mine))
    return found


def lacking(rows: Iterable[Contact]) -> list[tuple[bool, str]]:
    """What is missing in these contacts, in words; who left does not count."""
    return gap_sentences(gaps([each for each in rows if getattr(each, "here", True)]))


def contacts_answer(rows: Iterable[Contact], desks: Sequence[Service]) -> str:
    """The sentence under the title: who is warned first, and by whom."""
    here = [each for each in rows if getattr(each, "here", True)]
    first = {each.role: each for each in reversed(here)}
    names = ", ".join(
        dict.fromkeys(first[role].name for role in (ContactRole.TRUSTED, ContactRole.GENERAL) if role in first)
    )
    if not names:
        return _("Nobody: add a contact.")
    if not desks:
        return _("%(names)s. No CSIRT warns you yet.") % {"names": names}
    return _("%(names)s. You are warned by %(desks)s.") % {
        "names": names,
        "desks": ", ".join(str(each.desk) for each in desks),
    }


def contact_receipt(row: Contact) -> str:
    """What somebody is now."""
    if row.rank == 1:
        return _("%(name)s is warned first.") % {"name": row.name}
    return _("%(name)s stands in, as number %(n)s.") % {"name": row.name, "n": row.rank}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of ours: what it is about, in words, its source, and what is not certain."""

    name: str
    text: str
    source: str
    doubt: str


def rules() -> list[RuleRow]:
    """What happens when nobody responds, per level, and when the messages of the day and the week go."""
    said = warning_rules().said
    names: dict[str, str] = {level: level_label(level)["word"] for level in reversed(LEVELS)}
    names |= {"digest": _("Message of the day"), "weekly": _("Weekly overview")}
    return [
        RuleRow(name, text_of(said[key].text), said[key].source, text_of(said[key].uncertain))
        for key, name in names.items()
    ]
