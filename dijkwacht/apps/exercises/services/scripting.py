"""Scenarios of an organisation itself: made from building blocks, copied from a pack or brought as a file; changed, dropped."""

from datetime import datetime

from dijkwacht.apps.exercises.models import Script
from dijkwacht.apps.exercises.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.exercise_script import Scenario
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.scenarios import plain, scenario_kept
from dijkwacht.web.terms import text_of


def keep_script(
    organisation: Organisation, *, scenario: Scenario, person: Person, at: datetime, based_on: str = ""
) -> Script:
    """Keeps a scenario as one of one's own. Raises Refused (script) when it is not sound."""
    content = _sound(scenario)
    with doing(organisation, person=person, at=at) as deed:
        row = Script.objects.create(
            organisation=organisation, title=text_of(scenario.title)[:200], content=content, based_on=based_on,
            changed_at=at, changed_by=person,
        )  # fmt: skip
        deed.write("script_added", about=f"script:{row.pk}", rows=[row], title=row.title, based_on=based_on)
    return row


def change_script(row: Script, *, scenario: Scenario, person: Person, at: datetime) -> Script:
    """Keeps the scenario as it is now; sessions that were planned with it keep the one that they had.

    ``row``: as it was when it was looked at. Raises Refused (script, dropped; changed: somebody else did meanwhile).
    """
    content = _sound(scenario)
    with doing(row.organisation, person=person, at=at) as deed:
        now = Script.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if now.dropped_at is not None:
            raise Refused("dropped")
        if now.changed_at != row.changed_at:
            raise Refused("changed")
        now.title, now.content, now.changed_at, now.changed_by = text_of(scenario.title)[:200], content, at, person
        now.save(update_fields=["title", "content", "changed_at", "changed_by"])
        deed.write("script_changed", about=f"script:{row.pk}", rows=[now], title=now.title)
    return now


def drop_script(row: Script, *, person: Person, at: datetime) -> None:
    """Takes it out of the list. Raises Refused (dropped)."""
    with doing(row.organisation, person=person, at=at) as deed:
        if not Script.objects.filter(pk=row.pk, dropped_at__isnull=True).update(dropped_at=at):
            raise Refused("dropped")
        deed.write("script_dropped", about=f"script:{row.pk}", rows=[row], title=row.title)


def _sound(scenario: Scenario) -> dict[str, object]:
    """The script as it is kept. What the reader of files would refuse is refused here too."""
    content = plain(scenario)
    try:
        scenario_kept(content)
    except PackErrors as error:
        raise Refused("script", what=error.problems[0].message) from None
    return content
