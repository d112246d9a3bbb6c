"""What one measurement of one name comes to: the raw observation kept, words that turned, issues, facts, and when to look again.

One transaction per name. A second worker that measured the same job finds it done and changes nothing.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, cast

from django.db import transaction

from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.perimeter.models import Domain, Job, JobState, Observation, Reading, Run
from dijkwacht.apps.perimeter.services.following import follow
from dijkwacht.core.checks.deeper import left_alone
from dijkwacht.core.checks.facts import FactRule, Words, answers, certificate_kind, has_mail, has_web
from dijkwacht.core.checks.finding import Area, Word
from dijkwacht.core.checks.history import BAD, Key, Standing, Step, steps, to_confirm
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.schedule import Rhythm, next_due

TURNS = frozenset({"turned", "suspected", "confirmed", "false_alarm", "gone"})
REPLACED = TURNS - {"confirmed"}
"""What ends a reading; a suspicion that is confirmed goes on as the reading that it was."""
SITE = ("web", "https_exists")
"""The check that passes only where a web site was seen."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A measurement and what the checks said of it. `targets`: per address or host its word and reasons, as plain values."""

    seen: DomainSeen
    words: Mapping[tuple[Area, str], Words]
    peers: Mapping[tuple[Area, str], Word]
    targets: Mapping[tuple[Area, str], Sequence[Mapping[str, Any]]]
    raw: Mapping[str, Any]
    web_score: int | None = None
    mail_score: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What it came to: how many words turned, which checks want a second measurement, when the name is due again."""

    turned: int
    confirm: tuple[Key, ...]
    due: datetime


def record_measured(
    job: Job, *, judged: Judged, rules: Sequence[FactRule], rhythm: Rhythm, at: datetime
) -> Recorded | None:
    """Keeps a measurement. None when another worker was first, or the name is not watched any more."""
    with transaction.atomic():
        lock(job.run.organisation)
        mine = Job.objects.filter(pk=job.pk, state=JobState.CLAIMED, worker=job.worker)
        if not mine.update(state=JobState.DONE, ended_at=at, lease_until=None, reason=""):
            return None
        rows = Domain.objects.select_for_update(of=("self",)).select_related("organisation", "subject")
        domain = rows.get(pk=job.domain_id)
        _keep(domain, job.run, judged, at=at)
        made = _readings(domain, job.run, judged, at=at)
        turned = sum(step.kind in TURNS for step in made)
        again = to_confirm(made)
        follow(domain, job.run, made, at=at)
        Job.objects.filter(pk=job.pk).update(answers=_answers(domain, judged, rules))
        due = next_due(domain.name, at=at, rhythm=rhythm, changed=bool(turned), confirm=bool(again))
        _domain(domain, job.run, judged, turned=bool(turned), due=due, at=at)
    return Recorded(turned, again, due)


def record_failed(job: Job, *, reason: str, rhythm: Rhythm, at: datetime) -> bool:
    """The name could not be measured at all: nothing that stood is touched. False when another worker was first."""
    with transaction.atomic():
        lock(job.run.organisation)
        mine = Job.objects.filter(pk=job.pk, state=JobState.CLAIMED, worker=job.worker)
        if not mine.update(state=JobState.FAILED, ended_at=at, lease_until=None, reason=reason[:200]):
            return False
        failures = _failures_in_a_row(job.domain_id)
        due = next_due(job.domain.name, at=at, rhythm=rhythm, failures=failures)
        Domain.objects.filter(pk=job.domain_id, state="watched").update(due=due, trouble=reason[:200])
    return True


def _keep(domain: Domain, run: Run, judged: Judged, *, at: datetime) -> None:
    """The raw observation, packed. Of an unchanged name only the newest is kept; one at which something turned stays."""
    plain = json.dumps(judged.raw, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    packed = gzip.compress(plain, compresslevel=6, mtime=0)
    kept = {"at": at, "raw": packed, "digest": sha256(plain).hexdigest()}
    Observation.objects.update_or_create(domain=domain, run=run, defaults=kept)
    turning = Reading.objects.filter(domain=domain).values("run")
    old = Observation.objects.filter(domain=domain, at__lt=at).exclude(run__in=turning).exclude(run=run)
    (old if run.deep else old.exclude(run__deep=True)).delete()


def _readings(domain: Domain, run: Run, judged: Judged, *, at: datetime) -> tuple[Step, ...]:
    standing = {_key(row): row for row in domain.readings.filter(until__isnull=True)}
    before = {key: Standing(cast(Word, row.word), row.confirmed, _shown(row)) for key, row in standing.items()}
    shown = {key: _row(judged, key) for key in judged.words}
    now = {key: Standing(words.own, True, shown[key]) for key, words in judged.words.items()}
    if not run.deep:  # what only a deeper look measures stays as that one found it
        for key in left_alone(before):
            before.pop(key)
            now.pop(key, None)
    made = steps(before, now)
    ended = [standing[step.key].pk for step in made if step.kind in REPLACED and step.key in standing]
    Reading.objects.filter(pk__in=ended).update(until=at)
    Reading.objects.bulk_create(
        Reading(
            domain=domain,
            run=run,
            since=at,
            confirmed=step.after.confirmed,
            area=step.key[0],
            check_id=step.key[1],
            **shown[step.key],
        )
        for step in made
        if step.after is not None and step.kind in REPLACED
    )
    for step in made:
        if step.kind in ("detail", "confirmed"):
            Reading.objects.filter(pk=standing[step.key].pk).update(confirmed=True, **shown[step.key])
    return made


def _answers(domain: Domain, judged: Judged, rules: Sequence[FactRule]) -> dict[str, Any]:
    """What was measured, by fact type. What is suspected and not measured twice says nothing yet."""
    doubted = {_key(row) for row in domain.readings.filter(until__isnull=True, confirmed=False, word__in=BAD)}
    words = {key: replace(each, counts=key not in doubted) for key, each in judged.words.items()}
    site = SITE in doubted or domain.readings.filter(area=SITE[0], check_id=SITE[1], word="passed").exists()
    own = {
        "domain.web": has_web(judged.seen, known=site),
        "domain.mail": has_mail(judged.seen),
        "domain.certificate": certificate_kind(judged.seen, known=site),
    }
    return dict(answers(words, rules)) | {fact: value for fact, value in own.items() if value is not None}


def _domain(domain: Domain, run: Run, judged: Judged, *, turned: bool, due: datetime, at: datetime) -> None:
    fields = {
        "seen_at": at,
        "sounded_at": at,
        "trouble": "",
        "web_score": judged.web_score,
        "mail_score": judged.mail_score,
    }
    if turned:
        fields["changed_at"] = at
    if run.deep:
        fields["deep_at"] = at
    Domain.objects.filter(pk=domain.pk).update(**fields)
    Domain.objects.filter(pk=domain.pk, state="watched").update(due=due)


def _failures_in_a_row(domain: int) -> int:
    states = Job.objects.filter(domain=domain, ended_at__isnull=False).order_by("-ended_at", "-pk").values_list("state")
    count = 0
    for (state,) in states[:12]:
        if state != JobState.FAILED:
            break
        count += 1
    return count


def _row(judged: Judged, key: Key) -> dict[str, Any]:
    words = judged.words[key]
    return {
        "word": words.own, "peer": judged.peers.get(key, words.own), "law": words.law, "norm": words.norm,
        "targets": [dict(each) for each in judged.targets.get(key, ())],
    }  # fmt: skip


def _shown(row: Reading) -> dict[str, Any]:
    return {"word": row.word, "peer": row.peer, "law": row.law, "norm": row.norm, "targets": row.targets}


def _key(row: Reading) -> Key:
    return cast(Key, (row.area, row.check_id))
