"""Runs on the page: how far, why not, steering, and that nothing measures when nothing does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.perimeter.models import Domain, Job, JobState, Run, RunState
from dijkwacht.apps.perimeter.queries import runs as queries
from dijkwacht.apps.perimeter.run_words import reason
from dijkwacht.web import clock
from tests.perimeter.made import AT, consent, domain, issue, later, run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda request: AT)


def at(name: str, *more: Any, organisation: str = "dijkstad") -> str:
    return reverse(f"perimeter:{name}", args=[organisation, *more])


def test_progress(organisation):
    names = [domain(organisation, f"a{n}.dijkstad.example") for n in range(5)]
    made = run(organisation, *names)
    jobs = list(made.jobs.order_by("pk"))
    for job, state, why in zip(
        jobs, ("done", "failed", "failed", "claimed"), ("", "resolver", "denied:no_consent", ""), strict=False
    ):
        Job.objects.filter(pk=job.pk).update(state=state, reason=why)
    found = queries.progress(made)
    assert (found.total, found.measured, found.failed, found.busy, found.waiting, found.ended) == (5, 1, 2, 1, 1, 3)
    assert dict(found.reasons) == {"resolver": 1, "denied:no_consent": 1}
    assert [job.reason for job in queries.unmeasured(made)] == ["resolver", "denied:no_consent"]


def test_reasons_are_words():
    assert all(reason(code) != code for code in ("resolver", "stopped", "denied:window", "denied:opted_out"))
    assert reason("something else") == "something else"


# -- nothing measures ---------------------------------------------------------------------------------
def test_quiet(organisation):
    name = domain(organisation)
    Domain.objects.filter(pk=name.pk).update(due=None)
    assert queries.quiet_since(organisation, at=later(days=9)) is None  # nothing waits
    made = run(organisation, name)
    assert queries.quiet_since(organisation, at=later(minutes=5)) is None  # not long
    assert queries.quiet_since(organisation, at=later(minutes=30)) == AT
    Job.objects.filter(run=made).update(state=JobState.CLAIMED, lease_until=later(minutes=31))
    other = run(organisation, domain(organisation, "b.example"))
    assert queries.quiet_since(organisation, at=later(minutes=30)) is None  # a worker is at it
    Job.objects.filter(run=made).update(state=JobState.DONE, lease_until=None, ended_at=later(minutes=25))
    assert queries.quiet_since(organisation, at=later(minutes=30)) is None  # one ended a moment ago
    assert queries.quiet_since(organisation, at=later(minutes=40)) == later(minutes=25)
    Run.objects.filter(pk=other.pk).update(state=RunState.PAUSED)
    Domain.objects.update(due=None)
    assert queries.quiet_since(organisation, at=later(days=1)) is None  # a person paused it


def test_quiet_when_names_are_due_and_nobody_plans(organisation):
    name = domain(organisation)
    assert name.due == AT
    assert queries.quiet_since(organisation, at=later(minutes=30)) == AT


def test_the_page_says_so(organisation, make_person, client_for):
    domain(organisation)
    Domain.objects.update(due=AT - timedelta(hours=1))
    page = client_for(make_person("ciso")).get(at("runs")).content.decode()
    assert "dijkwacht watch" in page


# -- pages --------------------------------------------------------------------------------------------
def test_run_page_and_its_fragment(organisation, make_person, client_for):
    name = domain(organisation)
    made = run(organisation, name, refusals={"no_consent": 3})
    issue(name, by=made)
    browser = client_for(make_person("ciso"))
    page = browser.get(at("run", made.pk)).content.decode()
    assert 'hx-trigger="every 3s"' in page
    assert "<h1" in page
    part = browser.get(at("run", made.pk), headers={"HX-Request": "true"}).content.decode()
    assert "<h1" not in part
    assert 'id="run-now"' in part
    Run.objects.filter(pk=made.pk).update(state=RunState.DONE)
    assert "hx-trigger" not in browser.get(at("run", made.pk)).content.decode()


def test_steering(organisation, make_person, client_for):
    name = domain(organisation)
    made = run(organisation, name)
    browser = client_for(make_person("process_owner"))
    for act, state in (("pause", "paused"), ("resume", "running"), ("stop", "stopped")):
        assert browser.post(at("run_steer", made.pk), {"act": act}).url == at("run", made.pk)
        made.refresh_from_db()
        assert made.state == state
    assert browser.post(at("run_steer", made.pk), {"act": "stop"}).status_code == 302  # said, not done
    assert browser.post(at("run_steer", made.pk), {"act": "other"}).status_code == 302
    assert client_for(make_person("auditor")).post(at("run_steer", made.pk), {"act": "stop"}).status_code == 403


def test_measure_all(organisation, make_person, client_for):
    for name in ("a.example", "b.example"):
        domain(organisation, name)
    consent(organisation, None)
    browser = client_for(make_person("ciso"))
    assert browser.post(at("measure_all")).url == at("runs")
    made = Run.objects.get()
    assert (made.kind, made.jobs_total) == ("asked", 2)
    browser.post(at("measure_all"))  # they wait already
    assert Run.objects.count() == 1
    assert "a.example" not in browser.get(at("runs")).content.decode()


def test_who_may_look(organisation, other_organisation, make_person, client_for):
    made = run(organisation, domain(organisation))
    theirs = run(other_organisation, domain(other_organisation, "p.example"))
    for url in (at("runs"), at("run", made.pk)):
        assert client_for(make_person("auditor")).get(url).status_code == 200
        assert client_for(make_person("respondent")).get(url).status_code == 403
        assert client_for(make_person("ciso", at_organisation=other_organisation)).get(url).status_code == 404
        assert "login" in Client().get(url).url
    browser = client_for(make_person("ciso"))
    assert browser.get(at("run", theirs.pk)).status_code == 404
    assert browser.post(at("run_steer", theirs.pk), {"act": "stop"}).status_code == 404
    assert browser.get(at("run", 10**6)).status_code == 404
