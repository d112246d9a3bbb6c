"""Freezing an account: from the facts as they are to a statement that is signed, kept, and never changed.

All the work is done before the lock of the organisation's chain is taken; then it is looked whether anything was written
meanwhile. If so, it is done again, so that what is frozen is always what the trail says up to the entry before it.
"""

import secrets
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from dijkwacht.adapters import signing, timestamp
from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.marks import marked
from dijkwacht.apps.accountability.models import Draft, SigningKey, Statement, StatementState
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.queries.composing import FULLEST, Asked, Composed, NoAccount, compose, mark_of
from dijkwacht.apps.accountability.queries.keys import key_in_use, key_list
from dijkwacht.apps.accountability.services.keys import ensure_key, private_key
from dijkwacht.apps.accountability.services.packing import Packed, Parts, pack
from dijkwacht.apps.accountability.services.refusing import Refusal, note
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.pinned import Pin, pin_now
from dijkwacht.apps.ledger.services.act import Act, acting
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.queries import roles_on
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.queries import head
from dijkwacht.apps.trail.services import record
from dijkwacht.core import statement as core
from dijkwacht.core import statement_form as form
from dijkwacht.core.access import Right, rights
from dijkwacht.core.catalog import Account
from dijkwacht.core.chain import Seal
from dijkwacht.core.statement_changes import differences
from dijkwacht.norms.archive import pack_files

TRIES = 3
NOTED = ("role", "signed")  # refusals that the trail tells of


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be frozen and by whom. ``person`` None: sealed with the organisation's key, signed by no one.

    ``seen``: the token of what the signer had before him (``Draft.token``); None: do not look. ``replaces``: the number of the
    statement that this one takes the place of, with ``why``.
    """

    asked: Asked
    person: Person | None
    actor: str
    at: datetime
    seen: str | None = None
    replaces: int | None = None
    why: str = ""
    documents: bool = True

    @property
    def today(self) -> date:
        """The day on which it is done."""
        return timezone.localtime(self.at).date()


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement that is ready to be written, as long as the trail does not move."""

    seq: int
    statement: core.Statement
    composed: Composed
    parts: Parts
    packed: Packed
    frame: dict[str, object]
    replaced: Statement | None


def freeze(
    organisation: Organisation,
    *,
    account: str,
    on: date,
    at: datetime,
    person: Person | None,
    actor: str = "",
    subject: str = "",
    known_at: date | None = None,
    seen: str | None = None,
    replaces: int | None = None,
    why: str = "",
    documents: bool = True,
) -> Statement:
    """Freezes an account and signs it, in one act. Raises Refusal; the trail tells of a wrong role and of signing twice.

    ``subject``: one subject of the kind that the account is per, empty for all. ``known_at``: up to which day is known what
    it rests on; today unless given. A day to come can be frozen as a forecast, never signed.
    """
    moment = at.astimezone(UTC).replace(microsecond=0)  # a moment to the second, as documents tell it
    today = timezone.localtime(at).date()
    asked = Asked(organisation, account, subject.replace("\0", "") or organisation.slug, on, known_at or today)
    wish = Wish(asked, person, actor, moment, seen, replaces, why.strip(), documents)
    try:
        return _frozen(wish)
    except Refusal as refused:
        if refused.code in NOTED:
            note(
                organisation, refused, person=person, actor=actor, account=account, subject=asked.subject, on=on, at=moment
            )  # fmt: skip
        raise


def _frozen(wish: Wish) -> Statement:
    _may(wish)
    organisation, person, actor = wish.asked.organisation, wish.person, wish.actor
    for _ in range(TRIES):
        key = _key(wish)
        prepared = _prepare(wish, key)
        with acting(organisation, person=person, actor=actor, on=wish.today, at=wish.at) as act:
            if act.number == prepared.seq + 1:
                return _write(act, wish, key, prepared)
    with acting(organisation, person=person, actor=actor, on=wish.today, at=wish.at) as act:
        key = key_in_use(organisation) or key
        return _write(act, wish, key, _prepare(wish, key))  # slower, and nobody comes between


def _key(wish: Wish) -> SigningKey:
    found = ensure_key(wish.asked.organisation, person=wish.person, actor=wish.actor, on=wish.today, at=wish.at)
    if wish.at < found.since:
        raise Refusal("past")
    return found


# -- may it ------------------------------------------------------------------------------------------
def _may(wish: Wish) -> None:
    """Raises Refusal when this can never be frozen, or not by this person."""
    asked = wish.asked
    account = packs_on(asked.on).norms.accounts.get(asked.account)
    if account is None:
        raise Refusal("account", account=asked.account)
    if asked.known_at > wish.today or (asked.on > wish.today and wish.person is not None):
        raise Refusal("future", on=asked.on)
    if wish.replaces is not None and not wish.why:
        raise Refusal("why")
    if wish.person is not None and not may_sign(wish.person, account, asked.organisation, on=wish.today):
        raise Refusal("role", role=signing_role(account))


def signing_role(account: Account) -> str:
    """Which role has the mandate to sign an account, as the packs say."""
    return str(account.about["signer"]["role"])


def may_sign(person: Person, account: Account, organisation: Organisation, *, on: date) -> bool:
    """Whether the person holds, on that day, the role that signs this account."""
    held = [role.role for role in roles_on(person, organisation, on)]
    return signing_role(account) in held and Right.SIGN in rights(held)


# -- everything but writing --------------------------------------------------------------------------
def _prepare(wish: Wish, key: SigningKey) -> _Prepared:
    asked = wish.asked
    pin = pin_now(asked.organisation)
    seal = head(asked.organisation)
    pin = replace(pin, seq=seal.seq)
    composed = _composed(wish, pin)
    _as_seen(wish, pin, composed)
    replaced = _replaced(wish)
    before = statements.earlier(asked)
    statement = _statement(wish, composed, seal, replaced)
    frame = {
        "names": dict(composed.called), "owners": dict(composed.owners), "heads": dict(pin.others),
        "organisation": form_of(statement.organisation), "before": before and before.number, "documents": wish.documents,
        "telling": FULLEST,
    }  # fmt: skip
    parts = Parts(
        statement, composed.world, packs_on(asked.on).norms, pack_files(), key_list(asked.organisation), key.key,
        secrets.token_bytes(32), _opened(before) if before else None, _stamp(seal), wish.documents,
    )  # fmt: skip
    return _Prepared(seal.seq, statement, composed, parts, pack(parts), frame, replaced)


def _opened(before: Statement) -> core.Statement:
    """Last year's, with which this one is compared. Raises Refusal (package): it is gone; it can be made again first."""
    try:
        return statements.opened(before)
    except storage.StorageError as error:
        raise Refusal("package", reason=str(error)) from None


def _composed(wish: Wish, pin: Pin) -> Composed:
    try:
        return compose(wish.asked, packs=packs_on(wish.asked.on), pin=pin)
    except NoAccount as error:
        raise Refusal(str(error), **{str(error): getattr(wish.asked, str(error))}) from None


def _as_seen(wish: Wish, pin: Pin, composed: Composed) -> None:
    """Raises Refusal (changed) when the lines are not those that the signer had before him, and says which differ."""
    if wish.seen is None:
        return
    seq, _, digest = wish.seen.partition("-")
    if digest == form.token(composed.lines):
        return
    then: Composed | None = None
    if seq.isdecimal() and int(seq) <= pin.seq:
        then = _composed(wish, replace(pin, seq=int(seq)))
    raise Refusal("changed", differences=differences(then.lines, composed.lines) if then else ())


def _replaced(wish: Wish) -> Statement | None:
    """The statement that is replaced; Raises Refusal when there is one in force that is not."""
    asked = wish.asked
    rows = Statement.objects.filter(organisation=asked.organisation)
    standing = rows.filter(
        account=asked.account, subject=asked.subject, on=asked.on, state=StatementState.FROZEN
    ).first()
    if standing is not None and standing.number != wish.replaces:
        raise Refusal("signed", number=standing.number)
    if wish.replaces is None:
        return None
    found = rows.filter(number=wish.replaces).first()
    if found is None or (found.account, found.subject) != (asked.account, asked.subject):
        raise Refusal("other", number=wish.replaces)
    if found.state == StatementState.REPLACED:
        raise Refusal("ended", number=wish.replaces)
    return found


def _statement(wish: Wish, composed: Composed, seal: Seal, replaced: Statement | None) -> core.Statement:
    asked, organisation, packs = wish.asked, wish.asked.organisation, packs_on(wish.asked.on)
    last = Statement.objects.filter(organisation=organisation).order_by("-number").first()
    signer = None
    if wish.person is not None:
        about = composed.account.about["signer"]
        signer = core.Signer(str(wish.person), signing_role(composed.account), str(about["nl"]), wish.at)
    return core.Statement(
        secrets.token_hex(16), (last.number if last else 0) + 1, mark_of(organisation), asked.account, asked.subject,
        asked.on, asked.known_at, wish.at, seal, dict(packs.norms.versions), packs.fingerprint, composed.lines, signer,
        replaced.number if replaced else None, wish.why if replaced else "",
    )  # fmt: skip


def form_of(mark: core.OrganisationMark) -> dict[str, str]:
    """The same in plain values."""
    return {
        "slug": mark.slug, "name": mark.name, "kind": mark.kind, "cbs_code": mark.cbs_code, "tooi_code": mark.tooi_code,
    }  # fmt: skip


def _stamp(seal: Seal) -> bytes | None:
    """A time stamp over the head, when the installation named an authority. Raises Refusal (stamp) when none came."""
    url = settings.DIJKWACHT_TSA
    if not url:
        return None
    try:
        return timestamp.fetch(url, seal.hash)
    except timestamp.StampError as error:
        raise Refusal("stamp", reason=str(error)) from None


# -- writing -----------------------------------------------------------------------------------------
def _write(act: Act, wish: Wish, key: SigningKey, prepared: _Prepared) -> Statement:
    signature = signing.sign(private_key(key), form.SIGNED + prepared.packed.manifest)
    package = prepared.packed.signed(key.key, signature)
    row = _row(act, wish, prepared, signature)
    row.norms = storage.put_norms(prepared.parts.files)
    row.package, row.size = storage.put_package(package), len(package)
    if prepared.replaced is not None and prepared.replaced.state == StatementState.FROZEN:
        end(prepared.replaced, act, StatementState.REPLACED, wish.why)
    row.save(force_insert=True)
    drafts = Draft.objects.filter(
        organisation=act.organisation, account=row.account, subject=row.subject, closed_at__isnull=True
    )
    closed = list(drafts)
    drafts.update(closed_at=act.at)
    detail = {
        "number": row.number, "account": row.account, "subject": row.subject, "on": row.on, "known_at": row.known_at,
        "lines": len(prepared.statement.lines), "counts": row.counts, "root": row.root, "key": row.key,
        "package": row.package, "packs": row.packs, "norms": row.norms, "role": row.signer_role,
        "replaces": prepared.statement.replaces, "why": row.why, ROWS: marked([row, *closed]),
    }  # fmt: skip
    record(
        act.organisation, person=act.person, actor=act.actor,
        act="accountability.signed" if row.signed else "accountability.frozen", about=f"statement:{row.id.hex}",
        detail=detail, at=act.at,
    )  # fmt: skip
    return row


def _row(act: Act, wish: Wish, prepared: _Prepared, signature: str) -> Statement:
    found, signer, parts = prepared.statement, prepared.statement.signer, prepared.parts
    return Statement(
        id=UUID(found.id), organisation=act.organisation, number=found.number, account=found.account, subject=found.subject,
        on=found.on, known_at=found.known_at, at=found.at, head_seq=found.head.seq, head_hash=found.head.hash,
        packs=found.packs, counts=dict(Counter(str(line.status) for line in found.lines)),
        root=prepared.packed.root.hex(), seed=parts.seed.hex(), frame=prepared.frame, key=parts.key,
        signature=signature, stamp=parts.stamp, signer=wish.person, signer_name=signer.name if signer else "",
        signer_role=signer.role if signer else "", mandate=signer.mandate if signer else "",
        replaces=prepared.replaced, why=found.why, act=act.number,
    )  # fmt: skip


def end(row: Statement, act: Act, state: StatementState, why: str) -> None:
    """Notes that a statement ended."""
    row.state, row.ended_at, row.ended_by, row.ended_why = state, act.at, act.person, why
    row.ended_act = act.number
    row.save(update_fields=["state", "ended_at", "ended_by", "ended_why", "ended_act"])
