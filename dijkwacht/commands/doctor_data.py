"""What the doctor looks at in the data: database, disk, trail, the last runs of commands, queues, keys of organisations."""

import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from dijkwacht import pulse
from dijkwacht.apps.accountability.models import SigningKey
from dijkwacht.apps.trail import queries
from dijkwacht.apps.trail.models import Head
from dijkwacht.commands import verifying
from dijkwacht.commands.findings import Finding, Level
from dijkwacht.commands.queues import lengths, oldest_due
from dijkwacht.web.health import brief_connection, missing_migrations, writable
from dijkwacht.web.moments import moment_words

POSTGRES = 140_000
SQLITE = (3, 35)
GIB = 1024**3
SAMPLE, SHORT = 5, 20_000
"""So many organisations are followed when not all are asked for, and only those with so few entries."""


def disk() -> Iterator[Finding]:
    """Whether the data folder takes a file, and how much more."""
    folder = Path(settings.DATA_DIR)
    if not writable(folder):
        yield Finding(
            "disk", Level.WRONG, _("Nothing can be written in the data folder: it is full, or of another user."),
            _("Make room, or give the folder to the user that the site runs as."),
        )  # fmt: skip
        return
    usage = shutil.disk_usage(folder)
    free, share = usage.free / GIB, 100 * usage.free / usage.total
    words = {"free": number_format(free, 1), "share": f"{share:.0f}"}
    says = _("%(free)s GiB is free beside the data folder (%(share)s %%).") % words
    level = Level.WRONG if free < 1 else Level.WARNING if free < 5 or share < 5 else Level.OK
    yield Finding("disk", level, says, _("Make room before evidence is refused.") if level != Level.OK else "")


def database() -> Iterator[Finding]:
    """Whether it answers, is of a version and form that fits, and has all tables."""
    brief = brief_connection(5)
    try:
        brief.ensure_connection()
        yield from (_postgres if brief.vendor == "postgresql" else _sqlite)(brief)
        if missing := missing_migrations(brief):
            yield Finding(
                "migrations", Level.WRONG, _("The database is behind: %(names)s") % {"names": _few(missing)},
                _("Run `dijkwacht tick`: it makes what is missing. Make a backup first."),
            )  # fmt: skip
        else:
            yield Finding("migrations", Level.OK, _("The database has all tables of this version."))
    except DatabaseError:
        yield Finding(
            "database", Level.WRONG, _("The database does not answer."),
            _("Look whether it runs, whether DATABASE_URL names it, and for SQLite whether its folder can be written."),
        )  # fmt: skip
    finally:
        brief.close()


def usable(found: Iterable[Finding]) -> bool:
    """Whether it makes sense to look further."""
    return not any(each.level is Level.WRONG for each in found)


def _asked(brief: Any, sql: str) -> Any:
    with brief.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def _sqlite(brief: Any) -> Iterator[Finding]:
    version, mode = brief.Database.sqlite_version_info, _asked(brief, "PRAGMA journal_mode")
    words = {"version": ".".join(map(str, version)), "mode": mode}
    if version < SQLITE:
        do = _("Install SQLite 3.35 or newer, or use PostgreSQL.")
        yield Finding("database", Level.WRONG, _("SQLite %(version)s is too old.") % words, do)
    elif mode != "wal":
        says = _("SQLite %(version)s writes in the form %(mode)s, so who reads waits for who writes.") % words
        yield Finding(
            "database", Level.WARNING, says, _("Put the database file on a disk of this machine, not on a share.")
        )
    else:
        yield Finding("database", Level.OK, _("SQLite %(version)s, readers and writers side by side.") % words)
    if _asked(brief, "PRAGMA quick_check(1)") != "ok":
        yield Finding(
            "database",
            Level.WRONG,
            _("The database file is damaged."),
            _("Put the last backup back, in an empty place."),
        )


def _postgres(brief: Any) -> Iterator[Finding]:
    words = {
        "version": _asked(brief, "SHOW server_version"), "encoding": _asked(brief, "SHOW server_encoding"),
        "zone": _asked(brief, "SHOW timezone"),
    }  # fmt: skip
    if brief.pg_version < POSTGRES:
        do = _("Install PostgreSQL 14 or newer.")
        yield Finding("database", Level.WRONG, _("PostgreSQL %(version)s is too old.") % words, do)
    elif words["encoding"] != "UTF8":
        do = _("Make a database with the encoding UTF8 and put a backup back in it.")
        yield Finding(
            "database", Level.WRONG, _("The database is encoded as %(encoding)s: not every name fits.") % words, do
        )
    else:
        says = _("PostgreSQL %(version)s, %(encoding)s, zone of the connection %(zone)s.") % words
        yield Finding("database", Level.OK, says)
    apart = abs((_asked(brief, "SELECT clock_timestamp()") - _asked_now()).total_seconds())
    if apart > 5:
        says = _("The clocks of this machine and of the database are %(seconds)s seconds apart.") % {
            "seconds": f"{apart:.0f}"
        }
        level = Level.WRONG if apart > 60 else Level.WARNING
        yield Finding("clock", level, says, _("Let both keep time by NTP: legal terms are reckoned with it."))


def _asked_now() -> datetime:
    """Now, by this machine: what the database says is held against it at the same moment."""
    return datetime.now(UTC)  # noqa: TID251 - no act is dated by it


def trail(at: datetime, *, full: bool) -> Iterator[Finding]:
    """Whether the chains hold: all with everything that hangs on them, or a sample of the chains alone."""
    if full:
        done = verifying.verify(None, on=at.date(), at=at)
        yield _trail_verdict(
            sorted(each["organisation"] for each in done.data if not each["whole"]),
            _("All chains hold, with every row and file that hangs on them."),
        )
        return
    heads = list(Head.objects.filter(seq__lte=SHORT).select_related("organisation").order_by("pk"))
    chosen = secrets.SystemRandom().sample(heads, min(SAMPLE, len(heads)))
    broken = sorted(each.organisation.slug for each in chosen if queries.verify(each.organisation))
    words = {"sample": len(chosen), "all": Head.objects.count()}
    yield _trail_verdict(broken, _("The chains of %(sample)s of %(all)s organisations hold (--full: all).") % words)


def _trail_verdict(broken: list[str], well: str) -> Finding:
    if not broken:
        return Finding("trail", Level.OK, well)
    says = _("The trail does not hold: %(organisations)s") % {"organisations": _few(broken)}
    return Finding(
        "trail", Level.WRONG, says, _("Run `dijkwacht trail verify`: it says which entry. Change nothing before.")
    )


def _few(names: list[str]) -> str:
    """The first few, and how many more."""
    return ", ".join(names[:5]) + (f" (+{len(names) - 5})" if len(names) > 5 else "")


def _run(at: datetime, name: str, *, soon: timedelta, late: timedelta, do: str) -> Iterator[Finding]:
    """When a command that runs by itself last did well."""
    beat = pulse.last(settings.DATA_DIR, name)
    if beat is None or beat.last_well is None:
        yield Finding(name, Level.WARNING, _("It is not known that this ever ran well."), do)
        return
    words = {"at": moment_words(beat.last_well)}
    failed = [part for part, each in beat.parts.items() if not each.well]
    if failed:
        says = _("The last run stopped at: %(parts)s; it last ran well %(at)s.") % {**words, "parts": ", ".join(failed)}
        yield Finding(name, Level.WRONG, says, _("The log of that command says why."))
    elif not beat.well:
        yield Finding(
            name, Level.WRONG, _("The last run did not find all well; the one before did %(at)s.") % words, do
        )
    else:
        since = at - beat.last_well
        level = Level.WRONG if since > late else Level.WARNING if since > soon else Level.OK
        yield Finding(name, level, _("It last ran well %(at)s.") % words, do if level != Level.OK else "")


def runs(at: datetime) -> Iterator[Finding]:
    """Tick, the verification of the trail, the backup."""
    hours, days = timedelta(hours=1), timedelta(days=1)
    tick = _("Let `dijkwacht tick` run every five minutes: legal terms hang on it (deploy/systemd has a timer).")
    yield from _run(at, pulse.TICK, soon=hours / 4, late=24 * hours, do=tick)
    verify = _("Run `dijkwacht trail verify` every night, and read what it says.")
    yield from _run(at, pulse.VERIFY, soon=2 * days, late=14 * days, do=verify)
    backup = _("Run `dijkwacht backup` every night, and keep what it makes on another machine.")
    yield from _run(at, pulse.BACKUP, soon=2 * days, late=30 * days, do=backup)


def queues(at: datetime) -> Iterator[Finding]:
    """What waits, and what stood still."""
    found = lengths(at=at)
    waits = oldest_due(at=at)
    if waits is not None and at - waits > timedelta(days=1):
        says = _("Names on the outside that wait to be measured: %(names)s, one of them since %(at)s.")
        words = {"names": found["perimeter_due"], "at": moment_words(waits)}
        yield Finding("queues", Level.WARNING, says % words, _("Let `dijkwacht watch` run, with a resolver."))
    if found["mails_failed"]:
        says = _("Mails of the last week that did not go out: %(mails_failed)s.") % found
        do = _(
            "`dijkwacht doctor --mail` tells whether the mail server answers. They are not sent again by themselves."
        )
        yield Finding("queues", Level.WARNING, says, do)
    if found["documents_aside"]:
        says = _("Advisories that were set aside and wait for a person: %(documents_aside)s.") % found
        yield Finding("queues", Level.WARNING, says, _("A desk looks at them under Advisories."))
    says = _(
        "Waiting: names to measure %(perimeter_waiting)s, judgements %(judgements_due)s, mails %(mails_waiting)s, "
        "advisories to decide on %(advisories_to_read)s."
    )
    yield Finding("queues", Level.OK, says % found)


def signing_keys(_at: datetime) -> Iterator[Finding]:
    """Whether the key with which each organisation signs is in the data folder."""
    folder = Path(settings.DATA_DIR) / "keys"
    held = list(SigningKey.objects.filter(until=None).select_related("organisation"))
    lost = sorted(
        {row.organisation.slug for row in held if not (folder / row.organisation.slug / f"{row.key}.pem").is_file()}
    )
    if lost:
        says = _("The key to sign with is not in the data folder: %(organisations)s") % {
            "organisations": ", ".join(lost[:10])
        }
        yield Finding(
            "keys", Level.WRONG, says, _("Put the keys back from where you keep them, or renew them under Keys.")
        )
    else:
        yield Finding("keys", Level.OK, _("All keys to sign with are there: %(n)s.") % {"n": len(held)})


CHECKS: dict[str, Callable[[datetime], Iterator[Finding]]] = {
    "runs": runs, "queues": queues, "keys": signing_keys,
}  # fmt: skip
