"""dijkwacht advisories: fetching what is new, files and lists by hand, and how the sources go."""

import ipaddress
import ssl
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.adapters.csaf.https import Https, Policy
from dijkwacht.apps.advisories import intake_words as say
from dijkwacht.apps.advisories import words
from dijkwacht.apps.advisories.models import Provider
from dijkwacht.apps.advisories.queries.intake import sources_of
from dijkwacht.apps.advisories.services import fetching, files, lists, sourcing
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.fetching import Pulled, Tell
from dijkwacht.apps.advisories.services.files import Brought, Result
from dijkwacht.apps.people.models import Organisation
from dijkwacht.commands import Outcome
from dijkwacht.core.advisories.shapes import Tlp

ACTOR = "command line"


class FileError(ValueError):
    """A file or an option that cannot be used, with which one and why."""


def https(*, inside: Sequence[str] = (), ca: Path | None = None) -> Https:
    """Who fetches. ``inside``: networks of our own that may be reached; ``ca``: authorities to trust. Raises FileError."""
    try:
        networks = tuple(ipaddress.ip_network(each) for each in inside)
    except ValueError as error:
        raise FileError(f"--inside: {error}") from None
    try:
        tls = ssl.create_default_context(cafile=str(ca)) if ca else None
    except OSError as error:
        raise FileError(f"--ca: {ca}: {error.strerror or error}") from None
    return Https(Policy(inside=networks), tls=tls)


def fetch(*, organisation: Organisation | None, name: str, fetches: Https, at: datetime, tell: Tell) -> Outcome:
    """Fetches what is new from every source that is due, or from those with this name. Not well when one had trouble."""
    done = fetching.pull_due(at=at, organisation=organisation, name=name, https=fetches, tell=tell)
    if name and not done:
        raise FileError(f"no source {name!r}, or another run has it")
    rows = [_pulled(each) for each in done]
    lines = [_line(each) for each in done] or [_("No source is due.")]
    return Outcome({"sources": rows}, lines, well=not any(each.trouble for each in done))


def _pulled(pulled: Pulled) -> dict[str, Any]:
    provider = pulled.provider
    return {
        "organisation": provider.organisation.slug, "source": provider.name, "new": pulled.new, "aside": pulled.aside,
        "known": pulled.known, "failed": pulled.failed, "left": pulled.left, "trouble": say.trouble_sentence(pulled.trouble),
        "next_at": provider.next_at and provider.next_at.isoformat(),
    }  # fmt: skip


def _line(pulled: Pulled) -> str:
    told = _("%(source)s: %(new)s new, %(aside)s of those set aside, %(failed)s failed, %(left)s left.") % _pulled(
        pulled
    )
    return f"{told} {say.trouble_sentence(pulled.trouble)}".rstrip()


def add(paths: Sequence[Path], *, organisation: Organisation, tlp: Tlp | None, at: datetime) -> Outcome:
    """Takes files in, or all JSON files in a ZIP. Not well when one could not be opened. Raises FileError."""
    results = files.take_files(
        organisation, [_brought(each) for each in paths], tlp=tlp, person=None, at=at, actor=ACTOR
    )
    data = {"files": [_result(each) for each in results]}
    lines = [f"{each['file']}: {each['became']} {each['why']}".rstrip() for each in data["files"]]
    return Outcome(
        data, [*lines, say.files_sentence(results)], well=all(each.became != "not_opened" for each in results)
    )


def _result(result: Result) -> dict[str, Any]:
    row = result.document
    grave = [each for each in (row.findings if row else ()) if each["weight"] != "note"]
    why = say.not_opened_sentence(result) or (say.finding_sentence(grave[0]) if grave else "")
    return {
        "file": result.name, "became": say.became_word(result), "code": result.became, "why": why,
        "number": row.number if row else "", "version": row.version if row else "",
    }  # fmt: skip


def take_lists(
    *, organisation: Organisation, kev: Path | None, epss: Path | None, ssvc: Sequence[Path], at: datetime
) -> Outcome:
    """Takes public lists over; one that cannot be read does not stop the others. Raises FileError."""
    who: dict[str, Any] = {"desk": organisation, "person": None, "at": at, "actor": ACTOR}
    data: dict[str, Any] = {}
    lines: list[str] = []
    for kind, paths in (("kev", [kev]), ("epss", [epss]), ("ssvc", list(ssvc))):
        given = [_brought(each) for each in paths if each is not None]
        if not given:
            continue
        try:
            taken = (
                lists.take_kev(given[0].data, **who) if kind == "kev"
                else lists.take_epss(given[0].data, **who) if kind == "epss"
                else lists.take_ssvc(files.records_of(given), **who)
            )  # fmt: skip
        except Refused as error:
            data[kind] = {"problem": say.list_refusal(error)}
            lines.append(f"{say.list_word(kind)}: {say.list_refusal(error)}")
            continue
        data[kind] = {
            "rows": taken.rows, "changed": taken.changed, "weighed": taken.weighed, "used": taken.used, "back": taken.back,
            "told": taken.told,
        }  # fmt: skip
        lines.append(f"{say.list_word(kind)}: {' '.join(say.taken_sentences(taken))}")
    return Outcome(data, lines, well=not any("problem" in each for each in data.values()))


def sources(organisation: Organisation) -> Outcome:
    """Every source with how its last run went."""
    rows = list(sources_of(organisation).filter(ended_at__isnull=True))
    data = [
        {
            "name": each.name, "kind": each.kind, "where": each.url, "last_at": each.last_at and each.last_at.isoformat(),
            "new": each.last_new, "left": each.last_left, "next_at": each.next_at and each.next_at.isoformat(),
            "trouble": say.trouble_sentence(each.trouble),
        }
        for each in rows
    ]  # fmt: skip
    lines = [f"{each['name']:<30} {each['where'] or each['kind']}  {each['trouble']}".rstrip() for each in data]
    return Outcome({"sources": data}, [say.sources_sentence(rows), *lines])


def add_source(
    organisation: Organisation,
    *,
    name: str,
    where: str,
    folder: bool,
    must: Sequence[str],
    tlp: str,
    passes_on: bool = False,
    at: datetime,
) -> Outcome:
    """Adds a source: on the web, or a folder on this server. Raises FileError."""
    try:
        row: Provider = sourcing.add(
            organisation, name=name, where=where, kind="folder" if folder else "web", must=must, tlp=tlp, passes_on=passes_on,
            person=None, at=at, actor=ACTOR,
        )  # fmt: skip
    except Refused as error:
        raise FileError(words.refusal(error)) from None
    return Outcome({"source": row.name, "where": row.url}, [_("Source %(name)s was added.") % {"name": row.name}])


def _brought(path: Path) -> Brought:
    try:
        with path.open("rb") as file:
            return Brought(path.name, file.read(files.LARGEST + 1))
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from None
