"""What the page of a weighing shows: what follows from the answers, what would settle it, and how it was weighed before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.incidents.models import Answer, ClockState, Hit, HitEffect, Incident, Weighing
from dijkwacht.apps.incidents.services import terms
from dijkwacht.apps.incidents.services.weighing import verdict_of
from dijkwacht.apps.incidents.term_words import rule_name
from dijkwacht.apps.incidents.words import FIELDS
from dijkwacht.core.significance import Question, Threshold, Verdict, asked_of, turned
from dijkwacht.core.text import capital
from dijkwacht.norms.read import incidents
from dijkwacht.web.incident_words import outcome_word, settling_sentence, significance_sentence
from dijkwacht.web.moments import day_of, moment_words
from dijkwacht.web.terms import number_words, text_of

MARKS = {"reached": "late", "may_be_reached": "late", "open": "unknown", "not_reached": "met"}
TONES = {"late": "not_met", "unknown": "unknown", "met": "met"}


@dataclass(frozen=True, slots=True)
class Row:
    """One threshold: the sentence, its mark, where it comes from and what is doubtful about it."""

    sentence: str
    mark: str
    tone: str
    source: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Found:
    """What follows from the answers, in words."""

    outcome: str
    sentence: str
    rows: Sequence[Row]
    settling: Sequence[str]
    turned: Sequence[str]


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier weighing."""

    at: datetime
    by: str
    verdict: str
    decided: bool
    because: str
    known_at: datetime | None
    again_at: datetime | None
    again_for: str


def questions_of(incident: Incident, *, at: datetime) -> list[Question]:
    """The questions that can matter for this organisation."""
    pack, roles = incidents().significance, terms.roles_of(incident.organisation, at=at)
    return [pack.questions[name] for name in asked_of(pack, on=day_of(incident.known_at), roles=roles)]


def last_of(incident: Incident) -> Weighing | None:
    """The weighing that counts."""
    return Weighing.objects.filter(incident=incident).select_related("by").order_by("-at", "-pk").first()


def answers_of(incident: Incident, last: Weighing | None, *, at: datetime) -> dict[str, Any]:
    """What was answered last; the first time what the incident itself says."""
    if last is not None:
        return dict(last.answers)
    found: dict[str, Any] = {} if incident.loss is None else {"loss_euros": str(incident.loss)}
    hours, over = _outage(incident, at=at)
    if hours is not None:
        found |= {"outage_hours": str(hours), "outage_over": Answer.YES if over else Answer.NO}
    return found


def _outage(incident: Incident, *, at: datetime) -> tuple[int | None, bool]:
    """For how many whole hours the longest outage lasted, and whether all of them are over."""
    rows = Hit.objects.filter(incident=incident, effect=HitEffect.AVAILABILITY, since__isnull=False)
    spans = [((each.until or at) - each.since, each.until is not None) for each in rows if each.since is not None]
    if not spans:
        return None, False
    return int(max(span for span, _over in spans).total_seconds() // 3600), all(over for _span, over in spans)


def known_now(incident: Incident, *, at: datetime) -> list[str]:
    """What the incident says now about what is asked here, as sentences."""
    found = []
    hours, over = _outage(incident, at=at)
    if hours is not None:
        said = (
            _("The register of this incident says: an outage of %(n)s hours, which is over.")
            if over
            else _("The register of this incident says: an outage of %(n)s hours so far.")
        )
        found.append(said % {"n": hours})
    if incident.loss is not None:
        found.append(_("The register of this incident says: a loss of € %(n)s.") % {"n": number_words(incident.loss)})
    return found


def follows(incident: Incident, answers: Mapping[str, Any], *, at: datetime, last: Weighing | None = None) -> Found:
    """What follows from these answers. Raises Refused (question)."""
    pack = incidents().significance
    found = verdict_of(incident.organisation, answers, known_at=incident.known_at, at=at)
    sentences = {
        "significant": _("From the answers follows: the incident is significant."),
        "not_significant": _("From the answers follows: the incident is not significant."),
        "undetermined": _("From the answers nothing follows yet."),
    }
    rows = {each.id: each for each in (*pack.thresholds, *pack.exemptions)}
    return Found(
        found.outcome, sentences[found.outcome],
        [_row(significance_sentence(each, pack), each.code, rows.get(each.threshold)) for each in found.reasons],
        [settling_sentence(each, pack) for each in found.settling], _turned(incident, last, found, at=at),
    )  # fmt: skip


def _turned(incident: Incident, last: Weighing | None, found: Verdict, *, at: datetime) -> list[str]:
    """What reads otherwise than at the last weighing, by the answers that were given then."""
    if last is None:
        return []
    known = incidents().significance.questions
    kept = {name: value for name, value in last.answers.items() if name in known}
    before = verdict_of(incident.organisation, kept, known_at=incident.known_at, at=at)
    return [significance_sentence(each, incidents().significance) for each in turned(before, found)]


def _row(sentence: str, code: str, threshold: Threshold | None) -> Row:
    kind, _rest, how = code.partition("_")
    mark = "info" if kind in ("signal", "exemption") else MARKS.get(how, "info")
    doubt = text_of(threshold.uncertain) if threshold else ""
    return Row(sentence, mark, TONES.get(mark, "unknown"), threshold.source if threshold else "", doubt)


def history(incident: Incident) -> list[Past]:
    """Every weighing, newest first."""
    rows = Weighing.objects.filter(incident=incident).select_related("by").order_by("-at", "-pk")
    return [
        Past(
            each.at, str(each.by or "–"), outcome_word(each.verdict), each.decided, each.because, each.known_at,
            each.asked_again_at, again_words(each),
        )
        for each in rows
    ]  # fmt: skip


def again_words(row: Weighing | None) -> str:
    """Why a weighing is asked for again; empty when it is not."""
    if row is None or row.asked_again_at is None:
        return ""
    if row.asked_again_for == "time":
        return _("the outage lasts so long by now that it can reach a threshold")
    names = {"hits": _("the systems that were hit"), "effects": _("the consequences"), "loss": _("the loss")}
    names |= {"people_hit": _("the number of people hit"), "kind": _("what kind it is")}
    said = [str(names.get(each) or FIELDS.get(each, each)) for each in row.asked_again_for.split(", ")]
    return _("this changed: %(what)s") % {"what": ", ".join(said)}


def said(row: Weighing, incident: Incident) -> str:
    """The receipt of a decision: what was decided, and which terms run by it."""
    if not row.decided or row.known_at is None:
        return _("Recorded, with your name and this moment: not significant.")
    rows = incident.clocks.filter(state=ClockState.RUNNING, due_at__isnull=False).order_by("due_at")
    told = [
        _("%(name)s no later than %(due)s") % {"name": rule_name(each.rule), "due": moment_words(each.due_at)}
        for each in rows
        if each.due_at is not None
    ]
    start = _("Recorded: significant since %(at)s.") % {"at": moment_words(row.known_at)}
    return f"{start} {capital('; '.join(told))}." if told else start
