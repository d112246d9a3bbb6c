"""Who receives a report on which day, and forms filled from an incident."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dijkwacht.core.reporting import Duty, Receivers, changes, lacking, prefilled, receivers
from dijkwacht.norms.read import clocks, incidents

PACK = incidents()
ON = date(2026, 11, 30)
ALL = ("csirt", "authority", "critical_authority", "data_authority", "register")
INCIDENT: dict[str, Any] = {
    "organisation_name": "Dijkstad",
    "officer_contact": "CISO, ciso@dijkstad.example",
    "title": "Zaaksysteem niet bereikbaar",
    "summary": "",
    "malicious": False,
    "cross_border": "unknown",
    "people_hit": 0,
    "known_at": datetime(2026, 11, 30, 8, tzinfo=UTC),
    "severity": None,
}


def who(*roles: str, on: date = ON, duties: tuple[Duty, ...] = PACK.duties, needed: tuple[str, ...] = ALL) -> Receivers:
    return receivers(PACK.parties, duties, roles=roles, on=on, needed=needed)


def told(found: Receivers) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.as_what, each.party.id, each.roles) for each in found.found]


def test_a_municipality_today() -> None:
    assert told(who("government")) == [
        ("csirt", "ncsc", ("government",)),
        ("authority", "bzk_rdi", ("government",)),
        ("register", "jenv_register", ("government",)),
    ]


def test_a_municipality_with_roads_and_waste_water_has_a_second_authority_and_one_csirt() -> None:
    found = who("government", "roads", "waste_water", needed=("csirt", "authority"))
    assert told(found) == [
        ("csirt", "ncsc", ("government", "roads", "waste_water")),
        ("authority", "bzk_rdi", ("government",)),
        ("authority", "ienw_ilt", ("roads", "waste_water")),
    ]
    assert found.missing == ()


def test_a_controller_reports_to_the_data_protection_authority_and_nobody_else() -> None:
    assert told(who("controller")) == [("data_authority", "ap", ("controller",))]


def test_a_critical_entity_has_its_minister_twice() -> None:
    found = told(who("critical_entity", needed=("authority", "critical_authority")))
    assert [each[:2] for each in found] == [("authority", "sector_minister"), ("critical_authority", "sector_minister")]


def test_what_is_interim_says_so() -> None:
    csirt = who("government", needed=("csirt",)).found[0]
    assert any("IBD" in each["nl"] for each in csirt.doubts)
    assert csirt.sources


def test_before_the_law_there_was_none_and_that_is_told() -> None:
    found = who("government", on=date(2026, 8, 14))
    assert found.found == ()
    assert ("csirt", "government") in found.missing


def test_another_csirt_from_a_date_takes_over_on_that_day() -> None:
    day = date(2027, 7, 1)
    other = next(each for each in PACK.intended if each.party == "ibd")
    duties = tuple(replace(each, until=day) if each.id == "government-csirt" else each for each in PACK.duties)
    duties += (replace(other, since=day),)
    assert told(who("government", on=date(2027, 6, 30), duties=duties, needed=("csirt",)))[0][1] == "ncsc"
    assert told(who("government", on=day, duties=duties, needed=("csirt",)))[0][1] == "ibd"


def test_what_is_intended_does_not_count() -> None:
    assert "ibd" not in {each.party for each in PACK.duties}
    assert {each.party for each in PACK.intended} == {"ibd", "cert_wm"}


@pytest.mark.parametrize("role", sorted(PACK.roles))
def test_every_role_that_a_clock_serves_finds_someone(role: str) -> None:
    assert who(role).found
    assert who(role).missing == ()


def test_every_receiver_of_a_clock_is_a_capacity_or_no_authority() -> None:
    others = {"requester", "service_recipients", "entity", "controller", "data_subjects"}
    rules = clocks().in_area("incidents", "registration").values()
    assert {each for rule in rules for each in rule.to} - others == set(ALL)


def test_addresses_are_of_desks_not_of_persons() -> None:
    for party in PACK.parties.values():
        for channel in party.channels:
            assert "@" not in channel.address or channel.address.split("@")[0] in {"cert"}


def test_a_form_is_filled_from_the_incident_and_empty_stays_out() -> None:
    values = prefilled(PACK.forms["early_warning"], INCIDENT)
    assert values["organisation_name"] == "Dijkstad"
    assert values["malicious"] is False
    assert "summary" not in values
    assert "organisation_number" not in values
    assert prefilled(PACK.forms["notification"], INCIDENT)["people_hit"] == 0


def test_what_the_article_asks_for_and_is_not_there_is_named() -> None:
    form = PACK.forms["early_warning"]
    assert [each.id for each in lacking(form, {})] == ["officer_contact", "malicious", "cross_border"]
    assert lacking(form, prefilled(form, INCIDENT)) == ()
    missing = {each.id: each.required_by for each in lacking(PACK.forms["final"], {})}
    assert missing["root_cause"] == "Cbw 29 lid 1 onder b"


def test_what_changed_since_the_stage_before() -> None:
    early, later = PACK.forms["early_warning"], PACK.forms["notification"]
    was = prefilled(early, INCIDENT)
    now = prefilled(later, {**INCIDENT, "malicious": True, "severity": "ernstig", "title": "Zaaksysteem plat"})
    told = {each.field: (each.was, each.now) for each in changes(early, was, later, now)}
    assert told == {
        "title": ("Zaaksysteem niet bereikbaar", "Zaaksysteem plat"),
        "malicious": (False, True),
        "severity": (None, "ernstig"),
        "people_hit": (None, 0),
    }
    assert changes(later, now, later, now) == ()


def test_what_is_withdrawn_is_a_change() -> None:
    form = PACK.forms["early_warning"]
    assert [(each.field, each.was, each.now) for each in changes(form, {"title": "x"}, form, {})] == [
        ("title", "x", None)
    ]


def test_each_stage_has_a_form_with_its_clock() -> None:
    assert {each.clock for each in PACK.forms.values()} == {
        "cbw-26",
        "cbw-27",
        "cbw-28",
        "cbw-29-1",
        "cbw-29-2",
        "avg-33",
    }
    for form in PACK.forms.values():
        assert form.to == clocks().rules[form.clock].to
        assert form.source
        assert form.uncertain
