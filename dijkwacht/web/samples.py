"""Sample values for the style page: one of everything a component can show. Names are invented."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.advisories.tlp import ORDER
from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.clocks.state import State
from dijkwacht.core.criteria import Leaf
from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import Assurance, FactType
from dijkwacht.core.judge import Reason, Status, Verdict
from dijkwacht.web.clock_words import state_word
from dijkwacht.web.term_row import TermRow
from dijkwacht.web.words import verdict_sentence

RESTORE = FactType(
    "system.restore_test.passed_on", "system", "date",
    question={
        "nl": "Op welke datum is het terugzetten van dit systeem voor het laatst met goed gevolg getest?",
        "en": "On which date did restoring this system last pass a test?",
    },
)  # fmt: skip
POLICY = FactType(
    "backup.policy.adopted", "organisation", "yes_no",
    question={"nl": "Is er een vastgesteld back-upbeleid?", "en": "Is there an adopted backup policy?"},
)  # fmt: skip
RULES = FactType(
    "people.conduct_rules.acknowledged", "organisation", "percentage",
    question={
        "nl": "Welk percentage van de medewerkers is aantoonbaar op de gedragsregels gewezen?",
        "en": "What percentage of staff has provably been told the conduct rules?",
    },
)  # fmt: skip
REQUIREMENT = Requirement(
    "bio2:8.13.04", Leaf(RESTORE.id), title={"nl": "Terugzetten jaarlijks getest", "en": "Restore tested yearly"}
)
NORMS = Norms({each.id: each for each in (RESTORE, POLICY, RULES)}, {REQUIREMENT.id: REQUIREMENT})
NAMES = {"zaak": "Zaaksysteem", "dijkstad": "Dijkstad", "gr": "ICT-samenwerking De Vaart"}
HALF_FILLED = {"name": "Back-up en herstel", "answer": "yes"}


class SampleForm(forms.Form):
    """One of each control; submitted half filled it shows its errors."""

    name = forms.CharField(label=_("Name"), help_text=_("As it is known in your organisation."))
    day = forms.DateField(label=_("Date of the test"))
    answer = forms.ChoiceField(
        label=_("Is there a backup policy?"), widget=forms.RadioSelect, choices=[("yes", _("yes")), ("no", _("no"))]
    )
    note = forms.CharField(label=_("Explanation"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label=_("Evidence"), required=False)
    sure = forms.BooleanField(label=_("I have seen this myself"), required=False)


class FilterForm(forms.Form):
    """A filter of a list."""

    verdict = forms.ChoiceField(label=_("Verdict"), required=False, choices=[("", "–"), ("met", _("in order"))])
    search = forms.CharField(label=_("Search"), required=False)


@dataclass(frozen=True, slots=True)
class Paper:
    """A piece of evidence."""

    name: str
    made_on: date
    until: date | None


def reasons(on: date) -> list[Reason]:
    """Reasons of several codes, as seen from a day."""
    year = {"op": "within", "expected": parse_duration("P1Y"), "holds": False}
    past = {"last_day": on - timedelta(days=135), "inherited_from": "gr"}
    long_ago, low = on - timedelta(days=500), {"op": "range", "expected": (100, None), "holds": False}
    return [
        Reason("shows_no", RESTORE.id, "f1", "zaak", None, long_ago, long_ago, "J. de Wit", Assurance.DOCUMENTED, year),
        Reason("shows_no", POLICY.id, "f2", "dijkstad", None, False, long_ago, "A. Bakker", Assurance.STATED),
        Reason("shows_no", RULES.id, "f3", "dijkstad", None, 80, on, "M. Smit", Assurance.MEASURED, low),
        Reason("not_asked", POLICY.id, subject="dijkstad"),
        Reason("expired", POLICY.id, "f4", "dijkstad", None, True, long_ago, "A. Bakker", Assurance.STATED, past),
        Reason("register_incomplete", "register.system.complete", subject="dijkstad", params={"kind": "system"}),
    ]


def terms(on: date) -> list[TermRow]:
    """Legal terms that run, press, are too late and were kept, as seen from noon of a day."""
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo(settings.TIME_ZONE))
    why = [
        "Begin van de klok: kennis van het significante incident.",
        "24 uur die werkelijk verstrijken, worden geteld.",
    ]

    def row(state: State, word: str, hours: int, *, done: datetime | None = None) -> TermRow:
        due, left = noon + timedelta(hours=hours), timedelta(hours=hours)
        names = ("cbw-26", "Vroegtijdige waarschuwing", "Cbw 26 lid 1", "het CSIRT en de bevoegde autoriteit")
        return TermRow(
            *names, state, word, noon - timedelta(hours=3), due, left, done=done, why=why, doubts=["Voorbeeld."]
        )

    return [
        row("overdue", state_word("overdue"), -2), row("due_soon", state_word("due_soon"), 3),
        row("running", state_word("running"), 70), row("done_in_time", state_word("done_in_time"), 5, done=noon),
    ]  # fmt: skip


def values(on: date) -> dict[str, Any]:
    """What the style page shows, as seen from a day."""
    why = reasons(on)
    verdict = Verdict(REQUIREMENT.id, "dijkstad", Status.NOT_MET, Assurance.STATED, None, tuple(why[:2]), None)
    return {
        "statuses": ["met", "partly", "not_met", "not_applicable", "unknown"],
        "counts": {"met": 61, "partly": 9, "not_met": 14, "not_applicable": 6, "unknown": 27},
        "reasons": why, "norms": NORMS, "names": NAMES, "sentence": verdict_sentence(verdict, NORMS, NAMES),
        "levels": list(Assurance), "today": on,
        "papers": [
            Paper("Hersteltest-zaaksysteem.pdf", on - timedelta(days=20), on + timedelta(days=345)),
            Paper("Back-upbeleid-2025.pdf", on - timedelta(days=350), on + timedelta(days=12)),
            Paper("Verslag-oefening.odt", on - timedelta(days=480), on - timedelta(days=115)),
            Paper("Brief-leverancier.pdf", on - timedelta(days=40), None),
        ],
        "late": on - timedelta(days=9), "soon": on + timedelta(days=12), "later": on + timedelta(days=150),
        "entries": [
            {"at": on, "title": "Niet op orde", "text": "De hersteltest is ouder dan een jaar.", "who": "Dijkwacht"},
            {"at": on - timedelta(days=40), "title": "Bewijs toegevoegd", "who": "J. de Wit"},
            {"at": on - timedelta(days=500), "title": "Op orde", "who": "Dijkwacht"},
        ],
        "terms": terms(on), "priorities": list(LEVELS), "labels": list(ORDER),
        "page": Paginator(range(1, 240), 20).page(4),
        "reuse": [(on - timedelta(days=90 - 10 * i), 1.0 + i * i / 20) for i in range(10)],
    }  # fmt: skip
