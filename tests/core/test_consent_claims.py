"""Whose a name is: what must always hold, whatever the order in which claims are read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.consent import Allowed, Refused, Request, decide
from dijkwacht.core.consent_claims import NOWHERE, Claim, and_above, elsewhere, holder
from tests.adapters.probing.consenting import consent

START = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = ["dijkstad.example", "www.dijkstad.example", "a.www.dijkstad.example", "waterveen.example", "other.test"]
WHO = ["dijkstad", "waterveen", "delta"]
claims = st.lists(
    st.builds(
        Claim, st.sampled_from(NAMES), st.sampled_from(WHO), st.integers(0, 3).map(lambda n: START + timedelta(n))
    ),
    max_size=6,
)
settled = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(WHO), max_size=2)


def test_a_name_and_what_is_above_it() -> None:
    assert list(and_above("a.b.nl")) == ["a.b.nl", "b.nl", "nl"]
    assert list(and_above("")) == []
    assert NOWHERE.names_it("a.nl") == NOWHERE.names_it("") == ""


@given(claims, settled, st.sampled_from(NAMES))
def test_at_most_one_organisation_holds_a_name(found, decided, name) -> None:
    held_by = [each for each in WHO if name in NAMES and elsewhere(each, found, decided).names_it(name) == ""]
    about = [claim for claim in found if claim.name in and_above(name)] or [
        each for each in decided if each in and_above(name)
    ]
    assert not about or len(held_by) <= 1
    if not about:
        assert held_by == WHO  # nobody claims it: there is nothing to hold back


@given(claims, settled, st.sampled_from(NAMES), st.randoms())
def test_the_order_of_claims_does_not_matter(found, decided, name, random) -> None:
    mixed = random.sample(found, len(found))
    assert elsewhere("dijkstad", found, decided).names_it(name) == elsewhere("dijkstad", mixed, decided).names_it(name)


@given(claims, settled, st.sampled_from(NAMES))
def test_what_one_holds_another_does_not(found, decided, name) -> None:
    by_name = {each: [claim for claim in found if claim.name == each] for each in NAMES}
    whose = holder(name, by_name, decided)
    for each in WHO:
        other = elsewhere(each, found, decided).names_it(name)
        if whose:
            assert (other == "") is (each == whose)


@given(claims, settled, st.sampled_from(NAMES), st.integers(2, 4))
def test_no_own_consent_goes_above_1_for_a_name_that_another_may_hold(found, decided, name, level) -> None:
    held = elsewhere("dijkstad", found, decided)
    own = replace(consent(organisation="dijkstad", scope=NAMES, level=4), elsewhere=held)
    decision = decide([own], Request(name, "203.0.113.5", level, START + timedelta(days=60)))
    if held.names_it(name):
        assert isinstance(decision, Refused)
        assert decision.code == "elsewhere"


@given(st.integers(1, 9), st.integers(1, 4))
def test_to_an_address_that_is_known_to_serve_others_no_more_than_1(others, level) -> None:
    serving = {ip_address("203.0.113.5"): others}
    own = replace(consent(organisation="dijkstad", scope=["dijkstad.example"], level=4), serving=serving)
    asked = Request("dijkstad.example", "203.0.113.5", level, START + timedelta(days=60))
    assert isinstance(decide([own], asked), Allowed) is (level == 1)
    mapped = replace(asked, address="::ffff:203.0.113.5")
    assert isinstance(decide([own], mapped), Allowed) is (level == 1)
