"""What a supplier says elsewhere: that a product of ours is not affected by a weakness (VEX), as a proposal for a warning.

Read from every advisory that this person may see (`touching.readable`); only what says so outright counts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from dijkwacht.apps.advisories.models import Advisory, Asset, Warned, WarningState
from dijkwacht.apps.advisories.queries.handling import Whole
from dijkwacht.apps.advisories.queries.touching import readable
from dijkwacht.apps.advisories.services.assets import names_for, thing_of
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.apps.people.models import Person
from dijkwacht.core.advisories.matching import weigh
from dijkwacht.core.advisories.naming import Aliases
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.shapes import Asset as Thing
from dijkwacht.core.advisories.shapes import Vulnerability
from dijkwacht.web.moments import day_of

MOST = 50  # other documents about these weaknesses, the newest first
STATED = "stated_not_affected"
TO_DO = (WarningState.OPEN, WarningState.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a document says of one line and these weaknesses that it is not affected. ``flag``: why, in the words of CSAF."""

    line: int
    product: str
    advisory: Advisory
    weaknesses: tuple[str, ...]
    flag: str

    @property
    def source(self) -> str:
        """The document by its publisher, number and revision: what stands as the reason when it is taken over."""
        said = f"{self.advisory.publisher_name or self.advisory.publisher}: {self.advisory.number}"
        return f"{said} ({self.advisory.version})"


def proposals(warning: Warned, held: Whole, person: Person, *, at: datetime) -> list[Proposal]:
    """What may be taken over, a proposal per line, document and reason; nothing for what is handled already."""
    todo = {line: {row.weakness for row in rows if row.status in TO_DO} for line, rows in held.handled.items()}
    cves = dict(warning.advisory.weaknesses.exclude(cve="").values_list("key", "cve"))
    wanted = {cves[key] for keys in todo.values() for key in keys if key in cves}
    if not wanted:
        return []
    rows = readable(warning.organisation, person, on=day_of(at)).filter(weaknesses__cve__in=wanted)
    others = Advisory.objects.filter(pk__in=rows.exclude(pk=warning.advisory_id).order_by().values("pk"))
    found = list(others.select_related("document").order_by("-changed_at", "-pk")[:MOST])
    if not found:
        return []
    assets = Asset.objects.filter(line__in=todo).select_related("line").order_by("pk")
    aliases = names_for(warning.organisation, at=at)[0]
    return [
        each
        for advisory in found
        for asset in assets
        for each in _of(
            advisory, asset, {key: cves[key] for key in sorted(todo[asset.line_id]) if key in cves}, aliases
        )
    ]


def _of(advisory: Advisory, asset: Asset, cves: Mapping[str, str], aliases: Aliases) -> list[Proposal]:
    """What one document says of one line: the weaknesses (key to CVE) of which it is not affected, by the reason given."""
    if advisory.document is None:
        return []
    content, thing = content_of(advisory.document), thing_of(asset)
    by_flag: dict[str, list[str]] = {}
    for key, cve in cves.items():
        said = {_stated(each, content, thing, aliases) for each in content.vulnerabilities if each.cve == cve}
        if said and None not in said:
            by_flag.setdefault(min(each or "" for each in said), []).append(key)
    return [Proposal(asset.line_id, str(asset.line), advisory, tuple(keys), flag) for flag, keys in by_flag.items()]


def _stated(weakness: Vulnerability, content: Content, thing: Thing, aliases: Aliases) -> str | None:
    """The flag (maybe empty) with which a document says outright that this is not affected; None when it does not."""
    found = weigh(content, weakness, thing, aliases)
    if found is None or found.outcome != "not_affected" or found.reason.code != STATED:
        return None
    return dict(found.reason.params).get("flag", "")


def chosen(found: Collection[Proposal], *, line: int, advisory: int) -> list[Proposal]:
    """Those about one line out of one document."""
    return [each for each in found if each.line == line and each.advisory.pk == advisory]
