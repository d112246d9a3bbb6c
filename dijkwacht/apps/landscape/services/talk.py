"""Discussions about a cell, a gap or an overlap: said, taken up by somebody, and closed with a decision."""

from datetime import date, datetime

from dijkwacht.apps.landscape.models import Comment, Topic
from dijkwacht.apps.landscape.queries.talk import open_topic, subject
from dijkwacht.apps.landscape.services.doing import Deed, Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.web.moments import day_of


def say(organisation: Organisation, about: str, *, text: str, person: Person, at: datetime) -> Topic:
    """Says something; the first opens the discussion. Raises Refused: empty, gone."""
    if not text.strip():
        raise Refused("empty", field="text")
    name = _name(organisation, about)
    with doing(organisation, person=person, at=at) as deed:
        topic = open_topic(organisation, about) or _open(deed, about)
        comment = Comment.objects.create(topic=topic, text=text.strip(), by=person, at=at)
        deed.write("topic_commented", about=f"topic:{topic.pk}", rows=[topic, comment], name=name)
    return topic


def assign(organisation: Organisation, about: str, *, owner: Person, due: date, person: Person, at: datetime) -> Topic:
    """Gives it to somebody before a day. Raises Refused: past (the day has gone by), gone."""
    if due < day_of(at):
        raise Refused("past", field="due")
    name = _name(organisation, about)
    with doing(organisation, person=person, at=at) as deed:
        topic = open_topic(organisation, about) or _open(deed, about)
        topic.owner, topic.due = owner, due
        topic.save(update_fields=["owner", "due"])
        deed.write(
            "topic_assigned", about=f"topic:{topic.pk}", rows=[topic], name=name, owner=str(owner), due=due
        )  # fmt: skip
    return topic


def decide(organisation: Organisation, about: str, *, decision: str, person: Person, at: datetime) -> Topic:
    """Closes it with a decision. Raises Refused: empty, gone."""
    if not decision.strip():
        raise Refused("empty", field="decision")
    name = _name(organisation, about)
    with doing(organisation, person=person, at=at) as deed:
        topic = open_topic(organisation, about) or _open(deed, about)
        topic.decision, topic.decided_on, topic.decided_by = decision.strip(), day_of(at), person
        topic.save(update_fields=["decision", "decided_on", "decided_by"])
        deed.write("topic_decided", about=f"topic:{topic.pk}", rows=[topic], name=name, decision=topic.decision)
    return topic


def _name(organisation: Organisation, about: str) -> str:
    """What it is about, in the language of the trail. Raises Refused (gone): there is no such thing here."""
    found = subject(organisation, about, "nl")
    if found is None:
        raise Refused("gone")
    return found


def _open(deed: Deed, about: str) -> Topic:
    return Topic.objects.create(
        organisation=deed.organisation, about=about, opened_on=day_of(deed.at), opened_by=deed.person
    )
