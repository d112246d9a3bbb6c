"""dijkwacht statement: freeze, list, withdraw, replace, reproduce, and the keys of an organisation."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import SigningKey, Statement, StatementState
from dijkwacht.apps.accountability.queries import keys as key_queries
from dijkwacht.apps.accountability.queries import statements as queries
from dijkwacht.apps.accountability.services import ending, freezing, keys
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.accountability.services.reproducing import reproduce as made_again
from dijkwacht.apps.accountability.statement_words import refusal_sentence
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.commands import Outcome
from dijkwacht.commands.packages import write

ACTOR = "dijkwacht statement"


class UnknownPerson(LookupError):
    """Nobody has that address."""


class UnknownStatement(LookupError):
    """No statement of that number."""


def person_of(email: str | None) -> Person | None:
    """The person with an address; None when none was given. Raises UnknownPerson."""
    if not email:
        return None
    found = Person.objects.filter(email=email.lower()).first()
    if found is None:
        raise UnknownPerson(_("Nobody has the address %(email)s.") % {"email": email})
    return found


def freeze(
    organisation: Organisation,
    *,
    account: str,
    subject: str,
    on: date,
    known_at: date | None,
    at: datetime,
    email: str | None,
    documents: bool,
    out: Path,
) -> Outcome:
    """Freezes an account and writes its package. Without a person one that is in force already is made again, the same."""
    person = person_of(email)
    standing = queries.statements(organisation, account=account, subject=subject or organisation.slug)
    standing = standing.filter(on=on, state=StatementState.FROZEN)
    if person is None and (row := standing.first()) is not None:
        return _again(row, out)
    return _refusable(
        lambda: _written(
            freezing.freeze(
                organisation, account=account, subject=subject, on=on, known_at=known_at, at=at, person=person,
                actor="" if person else ACTOR, documents=documents,
            ), out,
        )
    )  # fmt: skip


def replace(
    organisation: Organisation,
    *,
    number: int,
    why: str,
    on: date | None,
    at: datetime,
    email: str | None,
    documents: bool,
    out: Path,
) -> Outcome:
    """Freezes the account of a statement anew in its place, for the same day unless another is given."""
    row, person = _one(organisation, number), person_of(email)
    return _refusable(
        lambda: _written(
            freezing.freeze(
                organisation, account=row.account, subject=row.subject, on=on or row.on, at=at, person=person,
                actor="" if person else ACTOR, replaces=number, why=why, documents=documents,
            ), out,
        )
    )  # fmt: skip


def withdraw(organisation: Organisation, *, number: int, why: str, at: datetime, email: str | None) -> Outcome:
    """Withdraws a statement."""
    row, person = _one(organisation, number), person_of(email)

    def done() -> Outcome:
        ended = ending.withdraw(row, why=why, person=person, actor="" if person else ACTOR, at=at)
        return Outcome(_told(ended), [_("Statement %(number)s is withdrawn.") % {"number": number}])

    return _refusable(done)


def reproduce(organisation: Organisation, *, number: int, out: Path | None) -> Outcome:
    """Makes the package of a statement again from the ledger, and says whether it is the same, byte for byte."""
    return _again(_one(organisation, number), out)


def listed(organisation: Organisation) -> Outcome:
    """All statements of an organisation, the latest first."""
    rows, unsigned = list(queries.statements(organisation)), _("not signed")
    lines = [
        f"{row.number:>4}  {row.on}  {row.account} ({row.subject})  {row.get_state_display()}  "
        f"{row.signer_name or unsigned}  {row.root[:16]}"
        for row in rows
    ]
    return Outcome([_told(row) for row in rows], lines or [_("There are no statements yet.")])


def key_list(organisation: Organisation, *, out: Path | None) -> Outcome:
    """The list of keys as it is published; written to a file if given."""
    data = key_queries.key_list(organisation)
    if out is not None:
        write(out, data)
    return Outcome(json.loads(data), _key_lines(organisation) or [_("There are no keys yet.")])


def rotate_key(organisation: Organisation, *, at: datetime, on: date, email: str | None, lost: bool) -> Outcome:
    """A new key in the place of the old one."""
    person = person_of(email)

    def done() -> Outcome:
        keys.rotate_key(organisation, person=person, actor="" if person else ACTOR, on=on, at=at, lost=lost)
        return Outcome(json.loads(key_queries.key_list(organisation)), _key_lines(organisation))

    return _refusable(done)


def lose_key(
    organisation: Organisation, *, key: str, since: datetime | None, at: datetime, on: date, email: str | None
) -> Outcome:
    """A key that had ended is marked as lost."""
    person = person_of(email)

    def done() -> Outcome:
        actor = "" if person else ACTOR
        keys.mark_lost(organisation, key=key.lower(), since=since, person=person, actor=actor, on=on, at=at)
        return Outcome(json.loads(key_queries.key_list(organisation)), _key_lines(organisation))

    return _refusable(done)


def _key_lines(organisation: Organisation) -> list[str]:
    return [
        f"{row.key}  {row.since:%Y-%m-%d %H:%M} - {row.until.strftime('%Y-%m-%d %H:%M') if row.until else ''}  {row.why}"
        f"{_lost(row)}"
        for row in key_queries.keys(organisation)
    ]


def _lost(row: SigningKey) -> str:
    if row.lost_act is None:
        return ""
    return f", lost {row.lost_from:%Y-%m-%d %H:%M}" if row.lost_from else ", lost"


def _one(organisation: Organisation, number: int) -> Statement:
    row = queries.one(organisation, number)
    if row is None:
        raise UnknownStatement(_("There is no statement %(number)s.") % {"number": number})
    return row


def _refusable(work: Callable[[], Outcome]) -> Outcome:
    try:
        return work()
    except Refusal as refused:
        sentence = refusal_sentence(refused)
        changed = [f"{each.kind} {each.line.requirement} {each.line.subject}" for each in refused.differences]
        data = {"refused": refused.code, "reason": sentence, "changed": changed}
        return Outcome(data, [sentence, *changed], well=False)


def _written(row: Statement, out: Path) -> Outcome:
    write(out, queries.package(row))
    words = {"number": row.number, "lines": sum(row.counts.values()), "root": row.root, "package": out}
    lines = [_("Statement %(number)s: %(lines)s lines, root %(root)s, written to %(package)s.") % words]
    if not row.signed:
        lines.append(_("It is sealed with the key of the organisation and signed by no one with the mandate."))
    return Outcome({**_told(row), "again": False}, lines)


def _again(row: Statement, out: Path | None) -> Outcome:
    try:
        found = made_again(row)
    except storage.StorageError as error:
        return Outcome({"refused": "norms", "reason": str(error)}, [str(error)], well=False)
    words = {"number": row.number, "root": row.root, "differs": ", ".join(found.differs)}
    if found.same and out is not None:
        write(out, found.package)
    if found.same:
        line = _("Statement %(number)s was made again from the ledger: the same, byte for byte; root %(root)s.") % words
    else:
        line = _("Statement %(number)s cannot be made again in the same bytes. What differs: %(differs)s.") % words
    data = {
        **_told(row),
        "again": True,
        "same": found.same,
        "same_root": found.same_root,
        "differs": list(found.differs),
    }
    return Outcome(data, [line], well=found.same)


def _told(row: Statement) -> dict[str, Any]:
    return {
        "id": row.id.hex, "number": row.number, "organisation": row.organisation.slug, "account": row.account,
        "subject": row.subject, "on": str(row.on), "known_at": str(row.known_at), "at": row.at.isoformat(),
        "state": row.state, "lines": sum(row.counts.values()), "counts": row.counts, "root": row.root, "key": row.key,
        "package": row.package, "size": row.size, "packs": row.packs, "act": row.act,
        "signer": {"name": row.signer_name, "role": row.signer_role, "mandate": row.mandate} if row.signed else None,
        "replaces": row.replaces and row.replaces.number, "why": row.why, "ended_why": row.ended_why,
    }  # fmt: skip
