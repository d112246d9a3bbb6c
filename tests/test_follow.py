"""One change in BIO2 is seen in Cbw, ISO, ENSIA and a list of the council at once: by shared facts, and over mappings."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dijkwacht.apps.frameworks.queries import frameworks as queries
from dijkwacht.apps.ledger.models import Turn
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.services import facts, judging
from dijkwacht.core.dependencies import Dependencies
from dijkwacht.norms.read import norms_on
from tests.world import build

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.django_db
def test_one_answer(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    world = build(on=ON)
    dijkstad = world.organisations["dijkstad"]
    framework = queries.frameworks(dijkstad).get()

    def council() -> dict[str, str]:
        found = queries.reached(framework, list(framework.lines.all()), on=ON)
        return {each.line.key: str(each.carried.status) for each in found}

    account = norms_on(ON).accounts["ensia-council"]

    def ensia() -> dict[str, str]:
        return {
            each.requirement.id: str(each.verdict.status)
            for each in verdicts.account_lines(dijkstad, account=account, on=ON)
        }

    def say(fact_type: str, value: bool) -> None:
        own = judging.own_subject(dijkstad, on=ON)
        facts.answer(dijkstad, subject=own, fact_type=fact_type, value=value, person=world.person("ciso"), on=ON, at=AT)

    assert council()["raad-1"] == ensia()["bio2:5.01.01"] == "unknown"
    for name in sorted(Dependencies(norms_on(ON)).facts["bio2:5.01.01"]):
        say(name, True)
    assert council()["raad-1"] == ensia()["bio2:5.01.01"] == "met"
    say("policy.approved", False)
    latest = Turn.objects.filter(organisation=dijkstad).order_by("-act").first().act
    turned = {each.requirement.partition(":")[0] for each in Turn.objects.filter(organisation=dijkstad, act=latest)}
    assert {"bio2", "cbw", "iso27001", "suwinet"} <= turned  # in one act
    assert council()["raad-1"] != "met"
    assert ensia()["bio2:5.01.01"] != "met"


def test_how_many_lines_of_others_follow_bio2() -> None:
    """By the packs: the lines that rest on an answer on which BIO2 rests too. In the peer no line follows."""
    norms = norms_on(ON)
    needs = Dependencies(norms).facts
    shared = set().union(*(needs[name] for name in norms.requirements if name.startswith("bio2:")))
    follow = {
        catalog: sum(1 for name in norms.requirements if name.startswith(f"{catalog}:") and needs[name] & shared)
        for catalog in ("cbw", "iso27001", "iso27002", "digid", "suwinet")
    }
    assert follow["cbw"] >= 20
    assert all(number > 0 for number in follow.values())
