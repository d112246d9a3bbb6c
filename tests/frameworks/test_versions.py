"""A version of one of our norms: what it changes, and what would turn, before it counts."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from dijkwacht.apps.frameworks import norms as house
from dijkwacht.apps.frameworks.queries import versions as queries
from dijkwacht.apps.ledger import packs
from dijkwacht.core.catalog import Withdrawn
from dijkwacht.core.criterion_form import parse
from tests.accountability.conftest import BIO2, NORMS
from tests.ledger.small import TODAY

START = date(2027, 1, 1)
RULES = {
    **{name: rule for name, rule in NORMS.requirements.items() if name not in ("bio2:3", "bio2:4")},
    "bio2:1": replace(NORMS.requirements["bio2:1"], met_if=parse({"all": [{"fact": "house.policy"}, {"fact": "house.mfa"}]})),
    "bio2:30": replace(NORMS.requirements["bio2:3"], id="bio2:30"),
}  # fmt: skip
NEXT = replace(
    BIO2, version="1.4", valid_from=START,
    requirements={name: rule for name, rule in RULES.items() if rule.catalog == "bio2"},
    withdrawn={**BIO2.withdrawn, "bio2:3": Withdrawn("bio2:3", "moved", {}, "bio2:30"),
               "bio2:4": Withdrawn("bio2:4", "withdrawn", {})},
)  # fmt: skip
COMING = replace(NORMS, requirements=RULES, catalogs={"bio2": NEXT})


@pytest.fixture(autouse=True)
def _two_versions(monkeypatch, _pack):
    monkeypatch.setattr(packs, "norms_on", lambda day: COMING if day >= START else NORMS)
    monkeypatch.setattr(house, "versions", lambda: (NEXT, replace(BIO2, valid_to=START)))


def page(client_for, person, version="1.4"):
    return client_for(person).get(reverse("frameworks:version", args=["dijkstad", "bio2", version]))


def test_what_would_turn(organisation, own, say):
    say("house.policy", True)
    run = queries.would_turn(organisation, NORMS, COMING, on=TODAY)
    turns = {
        each.requirement: (each.before and str(each.before.status), each.after and str(each.after.status))
        for each in run.turns
    }
    assert turns["bio2:1"] == ("met", "unknown")
    assert "bio2:30" not in turns  # it moved, and stays as it was
    assert turns["bio2:4"] == ("unknown", None)


def test_nothing_is_written(organisation, own, say):
    say("house.policy", True)
    from dijkwacht.apps.ledger.models import Verdict

    before = list(Verdict.objects.order_by("pk").values())
    queries.would_turn(organisation, NORMS, COMING, on=TODAY)
    assert list(Verdict.objects.order_by("pk").values()) == before


def test_the_page_says_it(client_for, ciso, say):
    say("house.policy", True)
    text = page(client_for, ciso).text
    assert "What does version 1.4 change?" in text
    assert "What would turn if it counted today" in text
    assert "2 lines to look at again" in text
    assert "Withdrawn" in text
    assert "to 30" in text
    assert "when it is met" in text


def test_the_first_version_has_nothing_before_it(client_for, ciso):
    assert "This is the first version here" in page(client_for, ciso, "1.3").text


def test_the_list_links_to_what_is_coming(client_for, ciso):
    text = client_for(ciso).get(reverse("frameworks:frameworks", args=["dijkstad"])).text
    assert reverse("frameworks:version", args=["dijkstad", "bio2", "1.4"]) in text
    assert [each.version for each in queries.coming(NORMS, on=TODAY)] == ["1.4"]
