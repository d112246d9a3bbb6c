"""The catalogues of screen texts: extract | check | compile.

Texts in the code are English; the catalogues are ``<language>/LC_MESSAGES/django.po`` under
``dijkwacht/web/locale``.

    python tools/messages.py extract    adds new texts to the catalogues and drops the ones that are gone
    python tools/messages.py check      fails on a text that is missing, doubtful, out of date or has other placeholders
    python tools/messages.py compile    writes the .mo files that the site reads (ignored by git)

No system package is needed: Babel reads Python and Django's own ``templatize`` turns templates into what it can read.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_from
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "dijkwacht"
LOCALE = SOURCE / "web" / "locale"
LANGUAGES = ("nl", "en")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # no moment of writing: a catalogue changes only when a text does
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
Found = tuple[str, object, str | None]  # file, text or (one, many), context


def sources() -> list[Path]:
    """All modules and templates that may hold texts, in a fixed order."""
    return sorted(
        path for kind in ("*.py", "*.html", "*.txt") for path in SOURCE.rglob(kind) if "migrations" not in path.parts
    )


def texts_of(path: Path) -> Iterator[Found]:
    """Every text in one file. A template is first turned into calls on lines that start at the margin."""
    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if not settings.configured:
            settings.configure()
        code = "\n".join(line.lstrip() for line in templatize(code, origin=str(path)).splitlines())
    name = path.relative_to(ROOT).as_posix()
    for _line, text, _comments, context in extract_from("python", io.BytesIO(code.encode()), keywords=KEYWORDS):
        yield name, text, context


def template() -> Catalog:
    """All texts of the program, without translations."""
    catalog = Catalog(project="Dijkwacht", version="", charset="utf-8", fuzzy=False)
    for path in sources():
        for name, text, context in texts_of(path):
            catalog.add(text, locations=[(name, 0)], context=context)
    return catalog


def _file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one when there is none yet."""
    path = _file(language)
    if not path.exists():
        return Catalog(locale=language, project="Dijkwacht", version="", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def extract() -> None:
    """Brings the catalogues up to date. English is its own translation."""
    fresh = template()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        if language == "en":
            for message in catalog:
                if message.id:
                    message.string = message.id
        path = _file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.creation_date = catalog.revision_date = _EPOCH
        catalog.header_comment = "# Screen texts of Dijkwacht, EUPL-1.2. Kept by tools/messages.py; translated by hand."
        catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "Dijkwacht"
        with path.open("wb") as file:
            write_po(file, catalog, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)


def _strings(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(each) for each in value)  # type: ignore[attr-defined]


def _holds(value: object) -> set[str]:
    return {name for text in _strings(value) for name in PLACEHOLDER.findall(text)}


def faults(language: str) -> Iterator[str]:
    """What is wrong with a catalogue, one line each."""
    fresh, catalog = template(), read(language)
    known = {(message.context, message.id) for message in catalog if message.id}
    for message in fresh:
        if message.id and (message.context, message.id) not in known:
            yield f"{language}: not in the catalogue: {_shown(message)}"
    for message in catalog:
        if message.id:
            yield from (f"{language}: {fault}: {_shown(message)}" for fault in _faults_of(message, fresh))


def _faults_of(message: Message, fresh: Catalog) -> Iterable[str]:
    if fresh.get(message.id, message.context) is None:
        yield "no longer used"
    if message.fuzzy:
        yield "marked as doubtful"
    if not all(_strings(message.string or "")) or not message.string:
        yield "not translated"
    elif _holds(message.id) != _holds(message.string):
        yield "other placeholders"


def _shown(message: Message) -> str:
    return f"{_strings(message.id)[0]!r:.90} ({', '.join(name for name, _line in message.locations) or 'nowhere'})"


# A translator cannot work with pieces: a formatted or glued text never reaches the catalogue as it is shown.
_CALL = r"\b(?:_|n?p?gettext(?:_lazy|_noop)?)\(\s*"
PIECES = (
    (re.compile(_CALL + r"[rb]?f[\"']"), "an f-string in a call for translation"),
    (
        re.compile(_CALL + r"(?:[\"'][^\"'\n]*[\"'])\s*(?:\+|%|\.format)"),
        "a text put together inside a call for translation",
    ),
)


def lint() -> Iterator[str]:
    """Texts that no translator can translate, as ``file:line: what``."""
    for path in sources():
        if path.suffix == ".py":
            code = path.read_text(encoding="utf-8")
            for pattern, what in PIECES:
                for match in pattern.finditer(code):
                    yield f"{path.relative_to(ROOT)}:{code.count(chr(10), 0, match.start()) + 1}: {what}"


def compile_all() -> None:
    """Writes the catalogues in the form that the site reads."""
    for language in LANGUAGES:
        with _file(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))


def check() -> list[str]:
    """Everything that is wrong, one line each; empty when the catalogues are complete."""
    return [*lint(), *(fault for language in LANGUAGES for fault in faults(language))]


def main(arguments: list[str]) -> int:
    """Runs one of the three and returns the exit status."""
    match arguments:
        case ["extract"]:
            extract()
        case ["compile"]:
            compile_all()
        case ["check"]:
            found = check()
            print("\n".join(found) or "Catalogues complete.")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
