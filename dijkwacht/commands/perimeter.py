"""dijkwacht perimeter: names, consent and measurements of an organisation, out of files and on request."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, DomainState, Issue, IssueState
from dijkwacht.apps.perimeter.services import claiming, consents, finding, names, runs
from dijkwacht.apps.perimeter.services.deeper import look
from dijkwacht.apps.perimeter.services.names import BadLines, Refused, Told
from dijkwacht.commands import Outcome
from dijkwacht.core.days import parse_day

ACTOR = "command line"
LARGEST = 16 * 1024 * 1024
KEYS = frozenset({
    "organisation", "kind", "scope", "exclude", "level", "from", "until", "window", "text", "version", "signatory",
    "mandate", "party", "article",
})  # fmt: skip

NOT_MEASURED = {
    "none": "no name is watched", "waiting": "these are being measured already",
    "no_consent": "no name has consent of level 3, confirmed by who may sign",
}  # fmt: skip


class FileError(ValueError):
    """A file that cannot be used, with what is wrong in it and where."""


def add(organisation: Organisation, *, file: Path, on: date, at: datetime, told: Told = names.untold) -> Outcome:
    """Watches the names in a file, all or nothing; `told` hears how far it is. Raises FileError with the line."""
    try:
        lines = _text(file).splitlines()
        added = names.add(organisation, names=lines, person=None, actor=ACTOR, on=on, at=at, told=told)
    except BadLines as trouble:
        first = trouble.lines[0]
        raise FileError(f"{file.name}, line {first.number}: {first.text!r} is no name ({first.code})") from None
    except Refused as trouble:
        raise FileError(f"{file.name}: {trouble.code}") from None
    data = {"added": [each.name for each in added.new], "known": added.known}
    line = ngettext("%(n)d name added", "%(n)d names added", len(added.new)) % {"n": len(added.new)}
    return Outcome(data, [line + (_(", %(n)d were there already") % {"n": added.known} if added.known else "") + "."])


def consent(organisation: Organisation, *, file: Path, on: date, at: datetime) -> Outcome:
    """Records the consents in a file, one or a list of them, all or nothing. Raises FileError."""
    try:
        found = json.loads(_text(file))
    except ValueError as error:
        raise FileError(f"{file.name}: no JSON ({error})") from None
    rows = found if isinstance(found, list) else [found]
    given = [_given(row, number, file=file, on=on) for number, row in enumerate(rows, 1)]
    for number, each in enumerate(given, 1):
        try:
            consents.check(each)
        except Refused as trouble:
            raise FileError(
                f"{file.name}, consent {number}: {trouble.code} {trouble.params.get('entry', '')}".rstrip()
            ) from None
    try:
        with transaction.atomic():
            made = [consents.give(organisation, given=each, person=None, actor=ACTOR, at=at) for each in given]
    except Refused as trouble:
        raise FileError(f"{file.name}: {trouble.code}") from None
    data = {"consents": [{"id": each.pk, "level": each.level, "scope": each.scope} for each in made]}
    waits = sum(each.level >= consents.CONFIRM_FROM for each in made)
    lines = [ngettext("%(n)d consent recorded.", "%(n)d consents recorded.", len(made)) % {"n": len(made)}]
    if waits:
        lines.append(
            _("From level 3 it counts when someone with the mandate to sign confirms it; until then as level 2.")
        )
    return Outcome(data, lines)


def found(organisation: Organisation, *, ct: Path, on: date, at: datetime) -> Outcome:
    """Proposes the names below ours in a feed of certificates. Raises FileError."""
    try:
        feed = finding.from_feed(organisation, path=ct, person=None, actor=ACTOR, on=on, at=at)
    except Refused as trouble:
        raise FileError(str(trouble.params.get("why") or "no name is watched")) from None
    data = {"proposed": feed.new, "known": feed.known, "below": feed.roots}
    line = ngettext("%(n)d name proposed", "%(n)d names proposed", feed.new) % {"n": feed.new}
    more = _(", %(n)d were there already") % {"n": feed.known} if feed.known else ""
    return Outcome(data, [f"{line}{more}.", _("Nothing is sent to them until a person decides.")])


def measure(
    organisation: Organisation, *, names: Sequence[str], on: date, at: datetime, deeper: bool = False
) -> Outcome:
    """A run over names, now. Raises FileError when one is not watched, or no consent reaches as far as `deeper` asks."""
    watched = Domain.objects.filter(organisation=organisation, state=DomainState.WATCHED)
    chosen = list(watched.filter(name__in=names) if names else watched)
    if missing := set(names) - {each.name for each in chosen}:
        raise FileError(f"not watched: {', '.join(sorted(missing))}")
    try:
        if deeper:
            run = look(organisation, domains=chosen, person=None, actor=ACTOR, on=on, at=at)
        else:
            run = runs.ask(organisation, domains=chosen, person=None, actor=ACTOR, at=at)
    except Refused as trouble:
        raise FileError(NOT_MEASURED[trouble.code]) from None
    line = ngettext("%(n)d name waits to be measured.", "%(n)d names wait to be measured.", run.jobs_total)
    return Outcome({"run": run.pk, "names": run.jobs_total}, [line % {"n": run.jobs_total}])


def settle(organisation: Organisation, *, name: str, reason: str, at: datetime) -> Outcome:
    """Whose a name is that several organisations watch. Raises FileError when it is no name or there is no reason."""
    try:
        settled = claiming.settle(organisation, name=name, reason=reason, at=at, actor=ACTOR)
    except Refused as trouble:
        raise FileError({"none": f"{name} is no name", "reason": "say why"}[trouble.code]) from None
    line = _("%(name)s is of %(organisation)s.") % {"name": settled.name, "organisation": organisation.name}
    return Outcome({"name": settled.name, "organisation": organisation.slug}, [line])


def status(organisation: Organisation) -> Outcome:
    """Every name with when it was seen, its scores and what is wrong."""
    issues: dict[int, list[Issue]] = {}
    for issue in (
        Issue.objects.filter(organisation=organisation).exclude(state=IssueState.FIXED).order_by("area", "check_id")
    ):
        issues.setdefault(issue.domain_id, []).append(issue)
    data: list[dict[str, Any]] = []
    lines = []
    for domain in Domain.objects.filter(organisation=organisation).order_by("name"):
        wrong = issues.get(domain.pk, [])
        data.append(
            {
                "name": domain.name, "state": domain.state, "seen_at": domain.seen_at and domain.seen_at.isoformat(),
                "web": domain.web_score, "mail": domain.mail_score, "trouble": domain.trouble,
                "issues": [_issue(each) for each in wrong],
            }
        )  # fmt: skip
        told = ", ".join(f"{each.area}.{each.check_id} {each.word}" for each in wrong) or domain.trouble or "–"
        lines.append(f"{domain.name:<40} {domain.state:<10} {told}")
    return Outcome(data, lines)


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "area": issue.area, "check": issue.check_id, "word": issue.word, "since": issue.first_seen.isoformat(),
        "state": issue.state,
    }  # fmt: skip


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise FileError(f"{file.name}: larger than {LARGEST} octets")
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(f"{file.name}: not UTF-8") from None
    except OSError as error:
        raise FileError(f"{file}: {error.strerror or error}") from None


def _given(row: Any, number: int, *, file: Path, on: date) -> consents.Given:
    where = f"{file.name}, consent {number}"
    if not isinstance(row, dict) or (unknown := set(row) - KEYS):
        raise FileError(f"{where}: " + (f"unknown key {sorted(unknown)[0]}" if isinstance(row, dict) else "no object"))
    try:
        return consents.Given(
            kind=row.get("kind", "own"), scope=_list(row, "scope"), exclude=_list(row, "exclude"), level=int(row["level"]),
            since=parse_day(row["from"]) if "from" in row else on, until=parse_day(row["until"]) if row.get("until") else None,
            signatory=str(row.get("signatory", "")), mandate=str(row.get("mandate", "")), text=str(row.get("text", "")),
            text_version=str(row.get("version", "1")), window=_list(row, "window"), party=str(row.get("party", "")),
            basis=str(row.get("article", "")),
        )  # fmt: skip
    except KeyError as error:
        raise FileError(f"{where}: {error.args[0]} is missing") from None
    except (TypeError, ValueError) as error:
        raise FileError(f"{where}: {error}") from None


def _list(row: dict[str, Any], key: str) -> list[str]:
    found = row.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise ValueError(f"{key} must be a list of texts")
    return found
