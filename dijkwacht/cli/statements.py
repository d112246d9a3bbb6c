"""The commands about statements: ``verify`` and ``statement disclose`` need no database, the others do."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dijkwacht.cli.common import (
    CommandError,
    a_day,
    a_moment,
    add_command,
    database,
    organisation_of,
    today_and_now,
    told,
    words,
)  # fmt: skip


def add(commands: Any) -> None:
    """Adds ``verify`` and ``statement`` to the commands."""
    _verify_command(commands)
    statement: argparse.ArgumentParser = commands.add_parser("statement", help="Statements: accounts that are frozen.")
    inner = statement.add_subparsers(dest="statement_command", required=True, metavar="COMMAND")
    for each in (_freeze, _list, _withdraw, _replace, _reproduce, _disclose, _keys, _rotate, _lose):
        each(inner)


# -- without a database ------------------------------------------------------------------------------
def _verify_command(commands: Any) -> None:
    command = add_command(commands, "verify", "Check a package of a statement, offline.", _run_verify)
    command.add_argument("package", type=Path)
    command.add_argument("--key", default="", help="number of a key that you trust, or a file with it in PEM")
    command.add_argument("--keys", type=Path, help="the list of keys that the organisation publishes")
    command.add_argument("--organisation", default="", help="refuse it when it is of another one (slug)")
    command.add_argument("--account", default="", help="refuse another account")
    command.add_argument("--on", type=a_day, help="refuse another reference date")
    command.add_argument("--seen", type=Path, help="a register (JSON) of what you accepted; this one is added")
    command.add_argument("--rejudge", action="store_true", help="judge the lines again from the facts and norms in it")
    command.add_argument(
        "--tsa-root", type=Path, action="append", default=[], help="certificate of a time stamp authority"
    )
    command.add_argument("--json", action="store_true")


def _run_verify(args: argparse.Namespace) -> int:
    words()
    from dijkwacht.commands.packages import Asked, verify

    asked = Asked(
        args.key, args.keys, args.organisation, args.account, args.on, args.seen, args.tsa_root, args.rejudge
    )  # fmt: skip
    return told(_readable(lambda: verify(args.package, asked)), args)


def _disclose(inner: Any) -> None:
    command = add_command(
        inner, "disclose", "Some lines of a package with their proof, and nothing else.", _run_disclose
    )
    command.add_argument("package", type=Path)
    command.add_argument("--lines", required=True, help="bio2:8.13.04,... or digid:U/TV.01@subject")
    command.add_argument("--out", type=Path, required=True)
    command.add_argument("--json", action="store_true")


def _run_disclose(args: argparse.Namespace) -> int:
    words()
    from dijkwacht.commands.packages import disclose

    return told(_readable(lambda: disclose(args.package, args.lines.split(","), args.out)), args)


def _readable(look: Callable[[], Any]) -> Any:
    """What looking gives. Raises CommandError, in words, when there is nothing to look at."""
    from dijkwacht.adapters.package import PackageError
    from dijkwacht.web.package_words import refusal_words

    try:
        return look()
    except PackageError as error:
        raise CommandError(refusal_words(error.file, error.line, error.reason)) from None


# -- with a database ---------------------------------------------------------------------------------
def _of(inner: Any, name: str, text: str, run: Any, *, person: bool = True) -> argparse.ArgumentParser:
    command = add_command(inner, name, text, run)
    command.add_argument("--organisation", required=True, help="slug or CBS code")
    if person:
        command.add_argument("--person", help="e-mail address of who does it")
    command.add_argument("--json", action="store_true")
    return command


def _freeze(inner: Any) -> None:
    command = _of(inner, "freeze", "Freeze an account and write its package.", _run_freeze)
    command.add_argument("--account", required=True)
    command.add_argument("--subject", default="", help="one connection, for an account per connection (default: all)")
    command.add_argument(
        "--on",
        type=a_day,
        required=True,
        help="the reference date; a day to come gives a forecast, which nobody can sign",
    )
    command.add_argument("--known-at", type=a_day, help="what was known on this day (default: today)")
    command.add_argument("--no-documents", action="store_true", help="only the data, no documents to read")
    command.add_argument("--out", type=Path, required=True, help="where the package goes")


def _run_freeze(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import statements

    outcome = statements.freeze(
        organisation_of(args.organisation), account=args.account, subject=args.subject, on=args.on,
        known_at=args.known_at, at=today_and_now()[1], email=args.person, documents=not args.no_documents, out=args.out,
    )  # fmt: skip
    return told(outcome, args)


def _list(inner: Any) -> None:
    _of(inner, "list", "All statements of an organisation.", _run_list, person=False)


def _run_list(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import statements

    return told(statements.listed(organisation_of(args.organisation)), args)


def _withdraw(inner: Any) -> None:
    command = _of(inner, "withdraw", "Withdraw a statement, with the reason.", _run_withdraw)
    command.add_argument("number", type=int)
    command.add_argument("--why", required=True)


def _run_withdraw(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import statements

    outcome = statements.withdraw(
        organisation_of(args.organisation), number=args.number, why=args.why, at=today_and_now()[1], email=args.person
    )
    return told(outcome, args)


def _replace(inner: Any) -> None:
    command = _of(inner, "replace", "Freeze an account anew in the place of a statement.", _run_replace)
    command.add_argument("number", type=int)
    command.add_argument("--why", required=True)
    command.add_argument("--on", type=a_day, help="another reference date")
    command.add_argument("--no-documents", action="store_true", help="only the data, no documents to read")
    command.add_argument("--out", type=Path, required=True, help="where the package goes")


def _run_replace(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import statements

    outcome = statements.replace(
        organisation_of(args.organisation), number=args.number, why=args.why, on=args.on, at=today_and_now()[1],
        email=args.person, documents=not args.no_documents, out=args.out,
    )  # fmt: skip
    return told(outcome, args)


def _reproduce(inner: Any) -> None:
    command = _of(inner, "reproduce", "Make a package again from the ledger.", _run_reproduce, person=False)
    command.add_argument("number", type=int)
    command.add_argument("--out", type=Path, help="where the package goes")


def _run_reproduce(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import statements

    return told(statements.reproduce(organisation_of(args.organisation), number=args.number, out=args.out), args)


def _keys(inner: Any) -> None:
    command = _of(inner, "keys", "The keys of an organisation, as they are published.", _run_keys, person=False)
    command.add_argument("--out", type=Path, help="where the list goes, to publish it")


def _run_keys(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import statements

    return told(statements.key_list(organisation_of(args.organisation), out=args.out), args)


def _rotate(inner: Any) -> None:
    command = _of(inner, "rotate-key", "A new key, signed by the old one.", _run_rotate)
    command.add_argument("--lost", action="store_true", help="the old one may be in other hands: it signs for nothing")


def _run_rotate(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import statements

    on, at = today_and_now()
    outcome = statements.rotate_key(organisation_of(args.organisation), at=at, on=on, email=args.person, lost=args.lost)
    return told(outcome, args)


def _lose(inner: Any) -> None:
    command = _of(inner, "mark-lost", "Note of a key that had ended that it is in other hands.", _run_lose)
    command.add_argument("key", help="its number")
    command.add_argument(
        "--since",
        type=a_moment,
        help="day or moment from which it may be in other hands; left out: nothing that it ever signed counts",
    )


def _run_lose(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import statements

    on, at = today_and_now()
    organisation = organisation_of(args.organisation)
    since = args.since and (args.since if args.since.tzinfo else args.since.replace(tzinfo=at.tzinfo))
    outcome = statements.lose_key(organisation, key=args.key, since=since, at=at, on=on, email=args.person)
    return told(outcome, args)
