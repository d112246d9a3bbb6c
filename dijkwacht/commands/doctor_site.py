"""What the doctor looks at without a database: settings, keys and who may read them, texts and style sheets."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks
from django.utils.translation import gettext as _

import dijkwacht.web
from dijkwacht.commands.findings import Finding, Level

OTHERS = 0o077
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
_TOLD_HERE = {"security.W018", "security.W020", "security.W009"}  # DEBUG, hosts, key: in our own words below


def site() -> Iterator[Finding]:
    """The choices of an installation that a stranger would notice first."""
    yield from _settings()
    yield from _https()
    yield from _framework()


def _settings() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(
            "settings",
            Level.WRONG,
            _("Error pages show the inside of the site to everybody."),
            _("Take DIJKWACHT_DEBUG away."),
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(
            "settings", Level.WRONG, _("The site answers to any name, also one that a stranger puts in a link in a mail."),
            _("Name the names of the site in DIJKWACHT_HOSTS."),
        )  # fmt: skip
    if not settings.ALLOWED_HOSTS:
        yield Finding("settings", Level.WRONG, _("The site answers to no name."), _("Set DIJKWACHT_HOSTS."))
    if len(set(settings.SECRET_KEY)) < 10:
        yield Finding(
            "settings", Level.WRONG, _("The secret key can be guessed, and with it any session can be made."),
            _("Give DIJKWACHT_SECRET_KEY at least 50 random characters."),
        )  # fmt: skip
    if settings.DIJKWACHT_TIME_MACHINE:
        yield Finding(
            "settings", Level.WARNING, _("People may look at another day: for a demo or rehearsal only."),
            _("Take DIJKWACHT_TIME_MACHINE away on a site that is used for real."),
        )  # fmt: skip


def _https() -> Iterator[Finding]:
    here = set(settings.ALLOWED_HOSTS) <= LOOPBACK
    if settings.HTTPS:
        yield Finding("settings", Level.OK, _("Cookies go over https only, and browsers remember that."))
    elif here:
        yield Finding("settings", Level.OK, _("Only this machine reaches the site, so https is not needed."))
    else:
        yield Finding(
            "settings", Level.WRONG, _("Cookies and passwords may go over the network in the open."),
            _("Set DIJKWACHT_HTTPS=1, and let a proxy end TLS."),
        )  # fmt: skip


def _framework() -> Iterator[Finding]:
    """What the framework's own ``check --deploy`` finds; what follows from plain http is told once, above."""
    found = [
        each for each in checks.run_checks(include_deployment_checks=True)
        if each.level >= checks.WARNING and not each.is_silenced() and each.id not in _TOLD_HERE
    ]  # fmt: skip
    if not settings.HTTPS:
        found = [each for each in found if not str(each.id).startswith("security.W")]
    do = _("docs/settings.md tells which choice this follows from.")
    for each in found:
        level = Level.WRONG if each.level >= checks.ERROR else Level.WARNING
        yield Finding("settings", level, f"{each.id}: {' '.join(str(each.msg).split())}", str(each.hint or do))
    if settings.HTTPS and not found:
        yield Finding("settings", Level.OK, _("The framework's own checks for a site in use find nothing."))


def permissions() -> Iterator[Finding]:
    """Who else may read the keys, the database file and the evidence."""
    folder = Path(settings.DATA_DIR)
    secrets = [folder / "secret_key", *sorted((folder / "keys").rglob("*.pem"))]
    open_to_others = [path for path in secrets if path.is_file() and path.stat().st_mode & OTHERS]
    if open_to_others:
        yield Finding(
            "keys", Level.WRONG,
            _("Others on this machine may read keys: %(files)s") % {"files": _named(open_to_others, folder)},
            _("Take their rights away (chmod 600), and renew these keys: they may have been read."),
        )  # fmt: skip
    else:
        yield Finding("keys", Level.OK, _("Only the owner reads the keys."))
    loose = [
        path
        for path in (folder, _database_file())
        if path is not None and path.exists() and path.stat().st_mode & OTHERS
    ]
    if loose:
        yield Finding(
            "files", Level.WARNING, _("Others on this machine may look into: %(files)s") % {"files": _named(loose, folder)},
            _("Take their rights away: chmod 700 for the folder, chmod 600 for the database file."),
        )  # fmt: skip
    else:
        yield Finding("files", Level.OK, _("Only the owner looks into the data folder."))


def _named(paths: list[Path], folder: Path) -> str:
    names = [
        path.relative_to(folder).as_posix() if path != folder and folder in path.parents else str(path)
        for path in paths
    ]
    more = len(names) - 5
    return ", ".join(names[:5]) + (f" (+{more})" if more > 0 else "")


def _database_file() -> Path | None:
    chosen = settings.DATABASES["default"]
    return Path(str(chosen["NAME"])) if chosen["ENGINE"].endswith("sqlite3") else None


def texts() -> Iterator[Finding]:
    """Whether the translations were compiled; otherwise every page is half English."""
    locale = Path(dijkwacht.web.__file__).parent / "locale"
    missing = [code for code, _name in settings.LANGUAGES if not _compiled(locale / code / "LC_MESSAGES")]
    if missing:
        yield Finding(
            "texts", Level.WRONG, _("The texts were not compiled: %(languages)s") % {"languages": ", ".join(missing)},
            _("Run `make messages`, or install the wheel, in which they are."),
        )  # fmt: skip
    else:
        yield Finding("texts", Level.OK, _("The texts in both languages are compiled."))


def _compiled(folder: Path) -> bool:
    made = folder / "django.mo"
    return made.is_file() and made.stat().st_size > 1000


def styles() -> Iterator[Finding]:
    """Whether the style sheets were built."""
    needed = ("vendor/components.css", "tokens.css", "dijkwacht.css", "components.css")
    missing = [name for name in needed if finders.find(name) is None]
    if missing:
        yield Finding(
            "styles", Level.WRONG, _("Style sheets are missing: %(files)s") % {"files": ", ".join(missing)},
            _("Run `make setup`, or install the wheel, in which they are."),
        )  # fmt: skip
    else:
        yield Finding("styles", Level.OK, _("The style sheets are there."))


CHECKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "settings": site, "keys": permissions, "texts": texts, "styles": styles,
}  # fmt: skip
