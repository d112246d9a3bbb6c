"""A source of the register that is no longer one: an application that is gone, a list that nobody keeps, a name not measured."""

from datetime import datetime

from dijkwacht.apps.advisories.models import Line, Upload
from dijkwacht.apps.advisories.services import looking
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.advisories.services.registering import digest_of, rematched
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.web.moments import day_of


def end_source(
    organisation: Organisation, source: Source, *, person: Person | None, at: datetime, actor: str = ""
) -> Upload:
    """All lines of a source go out of the register. Raises Refused (gone) when none stands."""
    with doing(organisation, person=person, at=at, actor=actor) as deed:
        rows = Line.objects.filter(organisation=organisation, kind=source.kind, label=source.label, gone__isnull=True)
        lines = list(rows.values_list("pk", flat=True))
        if not lines:
            raise Refused("gone")
        rows.update(gone=day_of(at))
        looking.put_down(organisation, rematched(organisation, lines=lines, at=at))
        upload = Upload.objects.create(
            organisation=organisation, kind=source.kind, label=source.label, name=source.id[:200], at=at, by=person,
            gone=len(lines), after=digest_of(organisation),
        )  # fmt: skip
        deed.write("source_ended", about="register", rows=[upload], name=source.id, gone=len(lines))
    looking.look_again(organisation, at=at)
    return upload
