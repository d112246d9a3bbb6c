"""What an advisory means for one organisation now: which lines of its register it touches, why, and how pressing that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dijkwacht.apps.advisories.models import Advisory, Asset, Concern, Outcome
from dijkwacht.apps.advisories.queries.joins import of_advisory
from dijkwacht.apps.advisories.queries.serving import served_by
from dijkwacht.apps.advisories.services import weighing
from dijkwacht.apps.advisories.services.assets import names_for, thing_of
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories import handling
from dijkwacht.core.advisories.matching import Judged, judge
from dijkwacht.core.advisories.naming import Aliases
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.shapes import Asset as Thing
from dijkwacht.web.moments import day_of

Key = handling.Key


def said_by(advisory: Advisory) -> Content:
    """What the revision that counts says. Raises ValueError for an advisory without a document."""
    if advisory.document is None:
        raise ValueError(f"advisory {advisory.pk} has no document")
    return content_of(advisory.document)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an advisory means for one organisation now: per line of its register the outcome with reasons, and how pressing it is.

    ``caught``: what a subscription caught, where no line is touched.
    """

    judged: Mapping[int, tuple[Asset, Thing, Judged]]
    level: int
    caught: str = ""

    @property
    def outcome(self) -> Outcome:
        """The strongest of its lines."""
        if not self.judged:
            return Outcome.CAUGHT
        sure = any(each.outcome == "affected" for _asset, _thing, each in self.judged.values())
        return Outcome.AFFECTED if sure else Outcome.UNDETERMINED

    @property
    def keys(self) -> dict[Key, int]:
        """Per pair of line (its ident) and weakness for which there is something to do, the line."""
        return {
            (asset.line.ident, each.vulnerability): line
            for line, (asset, _thing, judged) in self.judged.items()
            for each in judged.weighed
            if each.outcome != "not_affected"
        }


def meant(advisory: Advisory, content: Content, organisation: Organisation, *, at: datetime) -> Meant | None:
    """What it means for one organisation; None when it is not about it, or that organisation is not served."""
    served = served_by(advisory.organisation, on=day_of(at))
    if organisation.pk not in served or content.withdrawn:
        return None
    lines = [each.line for each in of_advisory(advisory.pk, [organisation.pk])]
    concern = Concern.objects.filter(advisory=advisory, organisation=organisation).first()
    if not lines and concern is None:
        return None
    aliases = names_for(organisation, at=at)[0]
    rows = Asset.objects.filter(line__in=lines).select_related("line")
    judged = {row.line_id: found for row in rows if (found := _judged(content, row, aliases)) is not None}
    levels = [_level(content, thing.exposed) for _asset, thing, _judged in judged.values()]
    return Meant(judged, max(levels, default=_level(content, None)), concern.caught if concern and not judged else "")


def _judged(content: Content, row: Asset, aliases: Aliases) -> tuple[Asset, Thing, Judged] | None:
    thing = thing_of(row)
    found = judge(content, thing, aliases)
    return None if found is None or found.outcome == "not_affected" else (row, thing, found)


def _level(content: Content, exposed: bool | None) -> int:
    return weighing.level_number(weighing.weighed(content, exposed=exposed))
