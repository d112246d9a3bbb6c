"""The acts of this room as sentences, in both languages."""

import re
from pathlib import Path

from django.urls import reverse

import dijkwacht.apps.perimeter as room
from dijkwacht.apps.perimeter.acts import SENTENCES
from dijkwacht.apps.perimeter.services import issues, names, runs
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.services import record
from dijkwacht.apps.trail.words import lines
from tests.perimeter.conftest import HSTS, NOW, QUARTER, TODAY, measure


def told(organisation) -> list[str]:
    entries = Entry.objects.filter(organisation=organisation, act__startswith="perimeter.").order_by("seq")
    return [each.sentence for each in lines(organisation, entries)]


def test_what_was_done_reads_as_sentences(organisation, domain, issue, people, by) -> None:
    issues.assign(issue, assignee=people("respondent"), term=TODAY, note="", **by("ciso"))
    names.decide(domain, state="paused", note="moving", **by("ciso"))
    measure_again = names.decide(domain, state="watched", **by("ciso"))
    measure(measure_again, {HSTS: "passed"}, at=NOW + QUARTER)
    assert told(organisation) == [
        "A ciso added a name on the outside: www.dijkstad.test.",
        "Dijkwacht measured www.dijkstad.test, and this changed: HSTS (found).",
        "A ciso gave “HSTS” (www.dijkstad.test) to: A respondent, before 25 November 2026.",
        "A ciso set name www.dijkstad.test to: paused (moving).",
        "A ciso set name www.dijkstad.test to: watched (–).",
        "Dijkwacht measured www.dijkstad.test, and this changed: HSTS (mended).",
    ]


def test_a_count_of_one_reads_as_one(organisation, domain, people, by) -> None:
    names.add(organisation, names=["a.dijkstad.test", "b.dijkstad.test"], **by("ciso"))
    runs.ask(organisation, domains=[domain], person=people("ciso"), at=NOW)
    assert told(organisation)[-2:] == [
        "A ciso added 2 names on the outside, beginning with a.dijkstad.test, b.dijkstad.test.",
        "A ciso asked for a measurement of 1 name.",
    ]


def test_an_entry_of_before_that_does_not_count_reads_too(organisation, people) -> None:
    record(organisation, person=people("ciso"), act="perimeter.run_asked", about="names", at=NOW, detail={})
    assert told(organisation) == ["A ciso asked for a measurement of – names."]


def test_every_act_that_the_services_write_has_a_sentence() -> None:
    folder = Path(room.__file__).parent / "services"
    code = "\n".join(path.read_text() for path in folder.glob("*.py"))
    acts = set(re.findall(r'act="(perimeter\.\w+)"', code))
    acts |= {f"perimeter.{name}" for name in re.findall(r'_trail\(\w+, "(\w+)"', code)}
    acts |= {f"perimeter.run_{state}" for state in ("paused", "running", "stopped")}
    assert acts <= set(SENTENCES)
    assert len(acts) > 15


def test_the_page_of_the_trail_shows_them(ciso, organisation, issue) -> None:
    shown = ciso.get(reverse("trail:trail", args=["dijkstad"])).content.decode()
    assert "Dijkwacht measured www.dijkstad.test" in shown
