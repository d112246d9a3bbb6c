"""Many at once: a name goes to one planner, one worker, and has one outcome; a mail host has one visitor."""

from datetime import timedelta

import pytest

from dijkwacht.apps.perimeter.models import Domain, Job, JobState, Lease, Reading, Run
from dijkwacht.apps.perimeter.services import ending, leasing, measuring, names, runs
from dijkwacht.apps.trail.models import Entry
from dijkwacht.norms.read import fact_rules
from tests.ledger.test_together import together
from tests.perimeter.conftest import FORCED, HSTS, HTTPS, NOW, RHYTHM, TODAY, judged

pytestmark = pytest.mark.django_db(transaction=True)
CERTIFICATE = {("web", check): "passed" for check in ("cert_trust", "cert_hostmatch", "certificate_expiry")}
GOOD = {HTTPS: "passed", FORCED: "passed", HSTS: "passed", **CERTIFICATE}


@pytest.fixture
def many(organisation, people) -> list[Domain]:
    found = [f"n{number}.test" for number in range(12)]
    return list(names.add(organisation, names=found, person=people("ciso"), on=TODAY, at=NOW).new)


def test_two_planners_take_each_name_once(many) -> None:
    planned = together(*(lambda: runs.plan(at=NOW) for _ in range(3)))
    assert sum(each.names for each in planned) == len(many)
    assert Job.objects.count() == len(many)
    assert sum(Run.objects.values_list("jobs_total", flat=True)) == len(many)


def test_workers_claim_each_name_once(many) -> None:
    runs.plan(at=NOW)
    claimed = together(*(lambda n=n: runs.claim(worker=f"w{n}", at=NOW, limit=8) for n in range(3)))
    numbers = [job.pk for each in claimed for job in each]
    assert len(numbers) == len(set(numbers))
    assert Job.objects.filter(state=JobState.CLAIMED).count() == len(numbers)


def test_one_job_recorded_by_two_has_one_outcome_and_is_told_once(many) -> None:
    (run,) = runs.plan(at=NOW, limit=1).runs
    (job,) = runs.claim(worker="w", at=NOW, limit=1)

    def work():
        found = judged(job.domain.name, GOOD)
        kept = measuring.record_measured(job, judged=found, rules=fact_rules(), rhythm=RHYTHM, at=NOW)
        return kept, ending.end(run, at=NOW)

    outcomes = together(work, work)
    assert sum(kept is not None for kept, _ended in outcomes) == 1
    assert sum(ended for _kept, ended in outcomes) == 1
    assert Reading.objects.count() == len(GOOD)
    assert Entry.objects.filter(act="ledger.observe").count() == 1


def test_a_mail_host_has_one_visitor(db) -> None:
    got = together(*(lambda n=n: leasing.take(["mail:a", "mail:b"], holder=f"w{n}/1", at=NOW) for n in range(4)))
    assert sum(got) <= 1
    assert Lease.objects.count() == 2 * sum(got)
    late = NOW + leasing.LASTS + timedelta(seconds=1)
    held = together(*(lambda n=n: leasing.take_slot("net:x", holder=f"w{n}/1", at=late) for n in range(4)))
    assert len([key for key in held if key]) <= leasing.AT_ONCE
    assert len({key for key in held if key}) == len([key for key in held if key])
