"""What a statement says, what somebody signs, and why something cannot be done with it: in sentences."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.accountability.models import Statement, StatementState
from dijkwacht.apps.accountability.queries.statements import Live
from dijkwacht.apps.accountability.services.freezing import signing_role
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.accountability.words import account_sentence
from dijkwacht.core.statement import StatementLine
from dijkwacht.web.moments import day_words, moment_words
from dijkwacht.web.package_words import reason_words
from dijkwacht.web.terms import role_word, text_of

SENTENCES = {
    "account": gettext_lazy("There is no account “%(account)s” in the norms of that day."),
    "subject": gettext_lazy("This account has no part “%(subject)s”."),
    "future": gettext_lazy("The reference date %(on)s has not come yet."),
    "role": gettext_lazy("Only someone with the role %(role)s has the mandate to sign this."),
    "signed": gettext_lazy("Statement %(number)s is in force for this day. It can be replaced, with the reason."),
    "changed": gettext_lazy("Something changed since you looked. Look at it again before you sign."),
    "why": gettext_lazy("Say why."),
    "ended": gettext_lazy("Statement %(number)s was withdrawn or replaced already."),
    "other": gettext_lazy("Statement %(number)s is of another account."),
    "key": gettext_lazy("The private key with which the organisation signs is not in the data folder."),
    "no_key": gettext_lazy("There is no key %(key)s."),
    "key_in_use": gettext_lazy("This key is in use. Replace it, and say that it may be in other hands."),
    "key_lost": gettext_lazy("This key was marked as lost already."),
    "lost_ahead": gettext_lazy("Choose a day that is not still to come."),
    "past": gettext_lazy("The key with which the organisation signs was not in use yet at that moment."),
    "line": gettext_lazy("Choose lines that are in this statement."),
    "text": gettext_lazy("Say something."),
    "term": gettext_lazy("Choose a day that is still to come."),
    "closed": gettext_lazy("This remark was closed already."),
    "package": gettext_lazy("The package of this statement does not hold any more: %(reason)s"),
    "stamp": gettext_lazy("The time stamp authority gave no time stamp: %(reason)s"),
}


def refusal_sentence(refused: Refusal) -> str:
    """Why it was refused."""
    words = {key: _said(key, value) for key, value in refused.params.items()}
    return str(SENTENCES[refused.code]) % words if refused.code in SENTENCES else _("This cannot be done.")


def _said(key: str, value: Any) -> Any:
    if key == "role":
        return role_word(str(value))
    return reason_words(str(value)) if key == "reason" else value


def counts_of(lines: Sequence[StatementLine]) -> Counter[str]:
    """How many lines have which verdict."""
    return Counter(str(line.status) for line in lines)


def draft_sentence(live: Live) -> str:
    """What a statement would say, as the answer of its page."""
    words = {"on": day_words(live.on), "counts": account_sentence(counts_of(live.lines))}
    said = _("As things stood on %(on)s. %(counts)s") % words
    if live.before is None:
        return said
    n = len(live.changes)
    text = ngettext("%(n)d line differs from statement %(number)s.", "%(n)d lines differ from statement %(number)s.", n)
    return f"{said} {text % {'n': n, 'number': live.before.number}}"


def signing_lines(live: Live) -> list[str]:
    """What somebody signs, in five lines."""
    account, about = live.account, live.account.about
    who = text_of(account.addressee)
    return [
        _("You sign “%(name)s”, for %(who)s, as things stood on %(on)s.")
        % {"name": text_of(account.name), "who": who, "on": day_words(live.on)},
        account_sentence(counts_of(live.lines)),
        _("You sign as %(role)s. The mandate: %(mandate)s.")
        % {"role": role_word(signing_role(account)), "mandate": text_of(about["signer"])},
        _("Your name, your role and the moment go into the statement, with the key of the organisation."),
        _("Nobody can change it afterwards, not even you. It can be withdrawn or replaced, with the reason."),
    ]


def differ_sentence(number: int) -> str:
    """How many lines would be different if it were drawn up today."""
    if not number:
        return _("Drawn up today, this statement would say the same.")
    text = ngettext(
        "Drawn up today, %(n)d line would be different.", "Drawn up today, %(n)d lines would be different.", number
    )
    return text % {"n": number}


def state_sentence(row: Statement) -> str:
    """What a statement is worth, as the answer of its page."""
    words = {
        "who": row.signer_name, "role": role_word(row.signer_role), "at": moment_words(row.at),
        "counts": account_sentence(row.counts),
    }  # fmt: skip
    signed = _("Signed by %(who)s, %(role)s, on %(at)s.") if row.signed else _("Frozen on %(at)s, signed by no one.")
    said = f"{signed % words} {words['counts']}"
    if row.ended_at is None:
        return said
    ended = {"at": moment_words(row.ended_at), "why": row.ended_why}
    if row.state == StatementState.WITHDRAWN:
        return _("Withdrawn on %(at)s: %(why)s") % ended
    return _("Replaced on %(at)s: %(why)s") % ended


def list_sentence(stated: int, waiting: int) -> str:
    """How many statements there are, and how many wait for a signature."""
    if not stated and not waiting:
        return _("Nothing was stated yet. Choose an account, check the answers, and lay it before whoever signs.")
    said = ngettext("%(n)d statement.", "%(n)d statements.", stated) % {"n": stated}
    if not waiting:
        return said
    text = ngettext("%(n)d waits for a signature.", "%(n)d wait for a signature.", waiting)
    return f"{said} {text % {'n': waiting}}"


def room_sentence(number: int, shelves: int) -> str:
    """How much there is to read."""
    if not shelves:
        return _("Nothing was shared with you to read.")
    if not number:
        return _("What is shared with you has not been stated yet.")
    return ngettext("%(n)d statement to read.", "%(n)d statements to read.", number) % {"n": number}


def sample_sentence(number: int, *, of: int) -> str:
    """How large a sample is."""
    text = ngettext("%(n)d of %(of)d lines, drawn at random.", "%(n)d of %(of)d lines, drawn at random.", number)
    return text % {"n": number, "of": of}


def remarks_sentence(waiting: int, *, late: int) -> str:
    """How many remarks wait for an answer, and how many of them too long."""
    if not waiting:
        return _("No remark waits for an answer.")
    said = ngettext("%(n)d remark waits for an answer.", "%(n)d remarks wait for an answer.", waiting) % {"n": waiting}
    if not late:
        return said
    passed = ngettext("For %(n)d the term has passed.", "For %(n)d the term has passed.", late) % {"n": late}
    return f"{said} {passed}"


def history(row: Statement) -> list[dict[str, object]]:
    """What happened to a statement, the latest first, for a timeline."""
    found: list[dict[str, object]] = []
    if row.ended_at is not None:
        title = row.get_state_display()
        found.append({"at": row.ended_at, "title": title, "text": row.ended_why, "who": str(row.ended_by or "")})
    title = _("Signed as %(role)s") % {"role": role_word(row.signer_role)} if row.signed else _("Frozen, not signed")
    entry: dict[str, object] = {"at": row.at, "title": title, "who": row.signer_name}
    if row.replaces is not None:
        entry["text"] = _("Replaces statement %(number)s: %(why)s") % {"number": row.replaces.number, "why": row.why}
    return [*found, entry]
