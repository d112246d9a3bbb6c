"""Limits of the law on the end, moments out of reach, what was changed meanwhile, steps once, hidden signals, names."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from dijkwacht.apps.order.models import DecisionFile, FileState
from dijkwacht.apps.order.services import deciding, files, signals
from dijkwacht.apps.order.services.doing import Refused
from tests.house_people import NOW, Make, People

pytestmark = pytest.mark.django_db


def code_of(deed: Any) -> str:
    with pytest.raises(Refused) as found:
        deed()
    return found.value.code


def at(name: str, *args: Any) -> str:
    return reverse(f"order:{name}", args=["dijkstad", *args])


@pytest.mark.parametrize(
    ("power", "within", "beyond"),
    [
        ("gemw_174b_risk_area", timedelta(hours=12), timedelta(hours=12, minutes=1)),
        ("gemw_172a_area_ban", timedelta(days=89), timedelta(days=94)),
    ],
)
def test_no_end_later_than_the_law_allows(
    ready: Make, does: Make, power: str, within: timedelta, beyond: timedelta
) -> None:
    file = ready(power)
    deed = {"decided_as": "mayor", "departure": "Zo nodig.", **does("mayor")}
    files.write(file, begins_at=NOW, ends_at=NOW + beyond, **does())
    assert code_of(lambda: deciding.decide(file, **deed)) == "too_long"
    files.write(file, begins_at=NOW, ends_at=NOW + within, **does())
    assert deciding.decide(file, **deed).state == FileState.DECIDED


@pytest.mark.parametrize("year", ["0001", "1999", "2100", "9999"])
def test_a_year_out_of_reach_is_told(people: People, open_file: Make, year: str) -> None:
    file, data = open_file(), {"title": "Plein", "ends_at": f"{year}-01-01T00:00"}
    response = people.browser("safety_adviser").post(at("texts", file.pk), data)
    assert response.status_code == 200
    assert "Choose a year from 2000 up to and including 2099." in response.content.decode()


def test_a_fact_leaves_the_others_alone(open_file: Make, does: Make) -> None:
    file = open_file()
    stale = DecisionFile.objects.get(pk=file.pk)
    files.tell_facts(file, facts={"weapons": {"answer": "yes", "source": "a", "by": "b"}}, **does())
    files.tell_facts(stale, facts={"serious_fear": {"answer": "unknown", "source": "", "by": ""}}, **does())
    file.refresh_from_db()
    assert file.facts["weapons"]["answer"] == "yes"
    assert "serious_fear" not in file.facts


def test_nobody_decides_on_what_was_changed_meanwhile(people: People, ready: Make, does: Make) -> None:
    file, mayor = ready(), people.browser("mayor")
    seen = mayor.get(at("decide", file.pk)).context["form"].initial["seen"]
    files.write(file, area="Heel de stad", **does())
    page = mayor.post(at("decide", file.pk), {"decided_as": "mayor", "seen": seen}).content.decode()
    assert "The file was changed meanwhile." in page
    file.refresh_from_db()
    assert file.state == FileState.DRAFT
    page = mayor.get(at("decide", file.pk))
    seen = page.context["form"].initial["seen"]
    assert f'value="{seen}"' in page.content.decode()
    assert mayor.post(at("decide", file.pk), {"decided_as": "mayor", "seen": seen}).status_code == 302


def test_a_step_is_noted_once(ready: Make, does: Make) -> None:
    file = deciding.decide(ready(), decided_as="mayor", departure="", **does("mayor"))
    step = {"code": "emergency_rules_published", "when": NOW}
    deciding.take_step(file, **step, **does())
    assert code_of(lambda: deciding.take_step(file, **step, **does())) == "taken"


def test_a_signal_past_its_last_day_is_hidden_before_it_is_erased(people: People, keep: Make, does: Make) -> None:
    row, adviser = keep(), people.browser("safety_adviser")
    type(row).objects.filter(pk=row.pk).update(keep_until=(NOW - timedelta(days=1)).date())
    for url in (at("signals"), at("signal", row.pk)):
        assert "Marktplein" not in adviser.get(url).content.decode()
    assert "The last day has passed." in adviser.get(at("signal", row.pk)).content.decode()
    row.refresh_from_db()
    assert code_of(lambda: signals.check(row, agreed=True, advice="", **does("privacy_officer"))) == "gone"


def test_a_name_in_the_texts_is_warned_of(people: People, open_file: Make, does: Make) -> None:
    file, adviser = open_file(), people.browser("safety_adviser")
    assert "this paper may become public" not in adviser.get(at("file", file.pk)).content.decode()
    files.write(file, closed_part="Jan Voorbeeld", **does())
    assert "this paper may become public" not in adviser.get(at("file", file.pk)).content.decode()
    files.write(file, necessity="Jan Voorbeeld roept op", **does())
    assert "this paper may become public" in adviser.get(at("file", file.pk)).content.decode()


def test_the_page_says_which_duties_are_left_before_closing(people: People, ready: Make, does: Make) -> None:
    file, adviser = deciding.decide(ready(), decided_as="mayor", departure="", **does("mayor")), people.browser("mayor")
    assert "Not noted as done" in adviser.get(at("file", file.pk)).content.decode()
    for code in [each for each in deciding.steps_of(file) if each.startswith("duty:")]:
        deciding.take_step(file, code=code, when=NOW, **does())
    assert "Not noted as done" not in adviser.get(at("file", file.pk)).content.decode()
