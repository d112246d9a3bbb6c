"""What `dijkwacht tick` does for the outside: plans, lets explained issues count again, tells the ledger, sends mails."""

from datetime import timedelta

import pytest
from django.core import mail

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.perimeter.models import IssueState, Job, JobState, Run
from dijkwacht.apps.perimeter.services import public
from dijkwacht.apps.perimeter.services.alerting import write_alerts
from dijkwacht.commands.judging import tick
from tests.perimeter.made import AT, ON, domain, issue, later, run

pytestmark = pytest.mark.django_db


def test_tick(organisation, make_person):
    name = domain(organisation)
    made = run(organisation, name, state="stopped")
    Job.objects.filter(run=made).update(state=JobState.DONE, answers={"domain.https": True})
    explained = issue(name, by=made, state=IssueState.EXPLAINED, explained_until=ON, explanation="Morgen.")
    public.subscribe(organisation, person=make_person("ciso"), at=AT)
    write_alerts(made, at=AT)
    data = tick(on=ON, at=later(minutes=1), limit=None, progress=None).data
    assert (data["runs_told"], data["issues_reopened"], data["names_planned"], data["mails"]) == (1, 1, 1, 1)
    assert Fact.objects.get(fact_type="domain.https").subject == name.subject
    explained.refresh_from_db()
    assert explained.state == IssueState.OPEN
    assert len(mail.outbox) == 1
    assert Run.objects.filter(state="running").get().jobs_total == 1
    again = tick(on=ON, at=later(minutes=2), limit=None, progress=None).data
    assert (again["runs_told"], again["issues_reopened"], again["names_planned"], again["mails"]) == (0, 0, 0, 0)


def test_nothing_is_planned_that_is_not_due(organisation):
    name = domain(organisation)
    type(name).objects.update(due=AT + timedelta(days=1))
    assert tick(on=ON, at=AT, limit=None, progress=None).data["names_planned"] == 0
