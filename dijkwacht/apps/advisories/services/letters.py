"""What a mail about warnings says: made at the moment of sending, from what may be told to that contact then.

Text stands in a mail only of TLP:CLEAR and TLP:GREEN (`core/advisories/warning.route`); of the rest a mail says that something
waits, and where. What was settled, lapsed or given a stricter label since is left out, and a mail with nothing in it is not sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from dijkwacht.apps.advisories.models import (
    SETTLED,
    Asset,
    Audience,
    Concern,
    Contact,
    Mail,
    MailKind,
    Outcome,
    Touched,
    Warned,
    WarningState,
)
from dijkwacht.apps.advisories.queries.contacts import label_of, reached, still_here, what_for
from dijkwacht.apps.advisories.queries.ending import ends
from dijkwacht.apps.advisories.queries.serving import in_force
from dijkwacht.apps.advisories.queries.week import is_new, presses
from dijkwacht.apps.advisories.services.acknowledging import token_for
from dijkwacht.apps.advisories.services.assets import names_for, thing_of
from dijkwacht.apps.advisories.services.meaning import said_by
from dijkwacht.apps.advisories.standing_words import not_final_sentence, withdrawn_sentence
from dijkwacht.apps.advisories.telling_words import fix_lines, one_line, several_lines
from dijkwacht.core.advisories.matching import Fix, fix_of
from dijkwacht.core.advisories.naming import Aliases
from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.advisories.rows import places_of
from dijkwacht.core.advisories.shapes import Asset as Thing
from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.core.advisories.tlp import strictest
from dijkwacht.web.advisory_words import reason_sentence
from dijkwacht.web.moments import day_of, day_words, moment_words
from dijkwacht.web.priority_words import level_label
from dijkwacht.web.tlp_words import tlp_meaning, tlp_word

SHOWN = 20  # products of one warning


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: its template, what stands in it, and the address."""

    template: str
    context: dict[str, Any]
    to: str


@dataclass(frozen=True, slots=True)
class Told:
    """A warning as a mail tells it; all texts are ready to print. ``asks``: the organisation weighs itself whether the week runs.
    ``again``: it was told before. ``new``: told this past week. ``not_final``: that the document is a draft, or interim."""

    warning: Warned
    title: str
    level: str
    outcome: str
    url: str
    due: str
    asks: bool
    again: bool
    new: bool = False
    products: Sequence[tuple[str, str]] = ()
    more: int = 0
    todo: Sequence[str] = ()
    not_final: str = ""


def letter(mail: Mail, *, at: datetime) -> Letter | None:
    """What a mail says now, in the language that is active; None when nothing is left to say. Reads the database."""
    contact = mail.contact
    day = day_of(at)
    if not reached(contact).email or not Contact.objects.filter(still_here(day), in_force(day), pk=contact.pk).exists():
        return None
    rows = _held(mail)
    if mail.kind == MailKind.OVER:
        return _over(mail, rows)
    open_ = [row for row in rows if row.state not in SETTLED]
    if mail.kind == MailKind.REMINDER:
        open_ = [row for row in open_ if row.seen_at is None]
    ways = {row.pk: what_for(row, contact) for row in open_}
    text = [row for row in open_ if ways[row.pk] == "text" and not mail.pointer]
    waiting = [row for row in open_ if ways[row.pk] is not None and row not in text and reached(contact).has_account]
    ending = _ending(mail, on=day)
    context = {
        "contact": contact, "organisation": mail.organisation, "reminder": mail.kind == MailKind.REMINDER, "ending": ending.told,
        "waiting": len(waiting) + ending.hidden, "account": reached(contact).has_account,
        "url": _address("advisories:home", mail.organisation.slug),
    }  # fmt: skip
    if mail.kind == MailKind.WEEKLY:
        return _weekly(mail, rows, text, context, at=at)
    if text or ending.told:
        return _telling(mail, text, context, at=at)
    return _waiting(mail, context)


@dataclass(frozen=True, slots=True)
class Ending:
    """Warnings of which an accepted risk ends, with the last day; ``hidden``: how many may not stand in this mail."""

    told: Sequence[tuple[Told, str]] = ()
    hidden: int = 0


def _ending(mail: Mail, *, on: date) -> Ending:
    """What still ends soon of what the mail was written for."""
    if not mail.ending:
        return Ending()
    rows, days = _rows(mail, mail.ending), ends(Warned.objects.filter(pk__in=mail.ending), on=on, soon=False)
    ways = {row: what_for(row, mail.contact) for row in rows if row.pk in days}
    told = [
        (_short(row, mail.contact, at=mail.made_at), day_words(days[row.pk])) for row in ways if ways[row] == "text"
    ]
    hidden = sum(way is not None for way in ways.values()) - len(told) if reached(mail.contact).has_account else 0
    return Ending(told, hidden)


def _waiting(mail: Mail, context: dict[str, Any]) -> Letter | None:
    return Letter("advisories/email/waiting", context, reached(mail.contact).email) if context["waiting"] else None


def _over(mail: Mail, rows: Sequence[Warned]) -> Letter | None:
    """That the advisory of a warning was withdrawn: by its label the text, or that something waits; nothing if it holds again."""
    row = next((each for each in rows if each.state == WarningState.LAPSED and each.advisory.withdrawn), None)
    way, account = what_for(row, mail.contact) if row else None, reached(mail.contact).has_account
    if row is None or way is None:
        return None
    context = {
        "contact": mail.contact, "organisation": mail.organisation, "waiting": 1, "account": account, "warning": row,
        "url": _address("advisories:home", mail.organisation.slug), "title": one_line(row.title), "desk": str(row.desk),
        "said": withdrawn_sentence(said_by(row.advisory)), **_label(label_of(row)),
    }  # fmt: skip
    if way == "text" and not mail.pointer:
        return Letter("advisories/email/over", context, reached(mail.contact).email)
    return _waiting(mail, context) if account else None


def _held(mail: Mail) -> list[Warned]:
    return _rows(mail, mail.warnings)


def _rows(mail: Mail, numbers: Sequence[int]) -> list[Warned]:
    rows = Warned.objects.filter(pk__in=numbers, organisation=mail.organisation)
    rows = rows.select_related("organisation", "desk", "advisory__document", "advisory__organisation")
    return list(rows.order_by("-level", "todo_at", "pk"))


def _telling(mail: Mail, rows: Sequence[Warned], context: dict[str, Any], *, at: datetime) -> Letter:
    """One warning, or several in a message of the day, in full: who has no account reads no more than this."""
    ground = _ground(rows, at=at) if rows else None
    told = [_told(row, mail.contact, ground, at=at) for row in rows] if ground else []
    all_ = [*rows, *(each.warning for each, _day in context["ending"])]
    label = strictest(label_of(row) for row in all_)
    kind = "digest" if mail.kind == MailKind.DIGEST else "warning"
    desks = sorted({str(row.desk) for row in all_})
    return Letter(
        f"advisories/email/{kind}",
        {**context, **_label(label), "told": told, "first": next(iter(told), None), "desk": ", ".join(desks)},
        reached(mail.contact).email,
    )


def _label(label: Any) -> dict[str, str]:
    return {"tlp": tlp_word(label), "tlp_means": tlp_meaning(label)}


def _weekly(
    mail: Mail, rows: Sequence[Warned], text: Sequence[Warned], context: dict[str, Any], *, at: datetime
) -> Letter | None:
    """What is open, what came this past week, what is due soon; nothing when nothing is open and nothing came."""
    settled = [row for row in rows if row.state in SETTLED and row.state != "lapsed" and what_for(row, mail.contact)]
    if not (text or settled):
        return _waiting(mail, context)
    told = [_short(row, mail.contact, at=mail.made_at) for row in text]
    pressing = [each for each in told if presses(each.warning, at=at)]
    return Letter(
        "advisories/email/weekly",
        {
            **context, **_label(strictest(label_of(row) for row in text)), "pressing": pressing, "told": told,
            "rest": [each for each in told if each not in pressing], "settled": len(settled),
            "new": sum(each.new for each in told), "open": len(told) + context["waiting"],
        },
        reached(mail.contact).email,
    )  # fmt: skip


def _short(row: Warned, contact: Contact, *, at: datetime) -> Told:
    return Told(
        row, one_line(row.title), level_label(LEVELS[row.level])["word"], str(Outcome(row.outcome).label), _where(row, contact),
        due=moment_words(row.due_at) if row.due_at else "", asks=row.week is None, again=row.todo_at > row.told_at,
        new=is_new(row, at=at),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """What the warnings of one mail are about: per warning the lines of the register that it touches, with the assets."""

    touched: Mapping[int, Sequence[Touched]]
    things: Mapping[int, Thing]
    aliases: Aliases


def _ground(rows: Sequence[Warned], *, at: datetime) -> Ground:
    """The same for warnings of one organisation, in a few questions however many there are."""
    touched: dict[int, list[Touched]] = {}
    numbers = [row.pk for row in rows]
    for each in Touched.objects.filter(warning__in=numbers, gone_at__isnull=True).select_related("line").order_by("pk"):
        touched.setdefault(each.warning_id, []).append(each)
    lines = {each.line_id for some in touched.values() for each in some}
    things = {each.line_id: thing_of(each) for each in Asset.objects.filter(line__in=lines).select_related("line")}
    return Ground(touched, things, names_for(rows[0].organisation, at=at)[0])


def _told(row: Warned, contact: Contact, ground: Ground, *, at: datetime) -> Told:
    touched = ground.touched.get(row.pk, [])
    products = [(one_line(str(each.line)), reason_sentence(_reason(each.reason))) for each in touched[:SHOWN]]
    if not touched and row.outcome == Outcome.CAUGHT:
        caught = Concern.objects.filter(advisory=row.advisory, organisation=row.organisation).exclude(caught="").first()
        products = [(one_line(caught.caught), "")] if caught else []
    return replace(
        _short(row, contact, at=at), products=products, more=max(len(touched) - SHOWN, 0),
        todo=_todo(row, ground), not_final=not_final_sentence(said_by(row.advisory)),
    )  # fmt: skip


def _reason(kept: dict[str, Any]) -> Reason:
    params = {name: one_line(str(value)) for name, value in kept.get("params", {}).items()}
    return Reason(kept.get("code", ""), tuple(params.items()))


def _where(row: Warned, contact: Contact) -> str:
    """Where to take note: the page of the warning, or without an account the link that needs none."""
    if reached(contact).has_account:
        return _address("advisories:warning", row.organisation.slug, row.pk)
    return _address("advisories:acknowledge", token_for(row, contact))


def _address(name: str, *args: Any) -> str:
    return f"{settings.DIJKWACHT_URL}{reverse(name, args=args)}"


def _todo(row: Warned, ground: Ground) -> list[str]:
    """What to do, in the words of the desk; without those what the publisher says for these products."""
    written = row.texts.get(Audience.TECHNICAL, "")
    if written.strip():
        return several_lines(written)
    content, aliases = said_by(row.advisory), ground.aliases
    lines = [each.line_id for each in ground.touched.get(row.pk, [])]
    places = [places_of(ground.things[line], aliases) for line in lines if line in ground.things]
    if not places:
        return fix_lines(Fix((), (), weakness.remedies) for weakness in content.vulnerabilities)
    return fix_lines(
        fix_of(content, weakness, each, aliases) for each in places for weakness in content.vulnerabilities
    )
