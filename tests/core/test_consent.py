"""Who agreed to what: worked cases, and what must always hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.consent import Allowed, Consent, Refused, Request, decide, holds_until, text_hash
from dijkwacht.core.consent_claims import Claim, elsewhere
from dijkwacht.core.consent_scope import NOTHING, Scope, Window, scope_of
from tests.adapters.probing.consenting import consent

CASES = yaml.safe_load((Path(__file__).parent / "consent_cases.yaml").read_text())
NOON = datetime.fromisoformat("2026-05-04T12:00:00+01:00")

NAMES = ["dijkstad.example", "www.dijkstad.example", "a.b.waterveen.example", "mx.mail.example"]
PATTERNS = ["dijkstad.example", "*.dijkstad.example", "*.example", "*.waterveen.example", "mx.mail.example"]
NETWORKS = ["192.0.2.0/24", "192.0.2.128/25", "198.51.100.0/24", "2001:db8::/32", "AS64500", "AS64501"]
ADDRESSES = [
    "192.0.2.1",
    "192.0.2.200",
    "198.51.100.7",
    "203.0.113.9",
    "2001:db8::1",
    "2001:db9::1",
    "::ffff:192.0.2.1",
    "",
]
START = datetime(2026, 1, 1, tzinfo=UTC)

scopes = st.lists(st.sampled_from(PATTERNS + NETWORKS), max_size=4).map(scope_of)
moments = st.integers(0, 14 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
windows = st.builds(Window, st.frozensets(st.integers(1, 7), min_size=1), st.integers(0, 1439), st.integers(0, 1440))


@st.composite
def consents(draw) -> Consent:
    kind = draw(st.sampled_from(["own", "own", "supplier", "csirt"]))
    since = draw(moments)
    return Consent(
        organisation=draw(st.sampled_from(["dijkstad", "waterveen", "hoster"])),
        scope=draw(scopes),
        exclude=draw(
            st.sampled_from([NOTHING, NOTHING, scope_of(["www.dijkstad.example"]), scope_of(["192.0.2.200"])])
        ),
        level=draw(st.integers(0, 4)),
        since=since,
        until=since + timedelta(days=draw(st.integers(0, 14))),
        kind=kind,
        article="an article" if kind == "csirt" else "",
        windows=tuple(draw(st.lists(windows, max_size=2))),
        revoked=draw(st.none() | moments),
    )


@st.composite
def requests(draw) -> Request:
    name, address = draw(st.sampled_from([*NAMES, ""])), draw(st.sampled_from(ADDRESSES))
    systems = draw(st.frozensets(st.sampled_from([64500, 64501]), max_size=2))
    others = draw(st.frozensets(st.sampled_from(["dijkstad", "waterveen", "else"]), max_size=2))
    return Request(name, address, draw(st.integers(0, 5)), draw(moments), systems, others)


many = st.lists(consents(), max_size=4)


@pytest.mark.parametrize(
    ("case", "asked"), [(case, asked) for case in CASES for asked in case["requests"]],
    ids=[f"{case['case']} {n}" for case in CASES for n, _ in enumerate(case["requests"], 1)],
)  # fmt: skip
def test_worked_cases(case, asked) -> None:
    request = Request(
        asked["name"], asked.get("address", ""), asked["level"],
        datetime.fromisoformat(asked["at"]) if "at" in asked else NOON,
        frozenset(asked.get("systems", ())), frozenset(asked.get("others", ())),
    )  # fmt: skip
    decision = decide(_known(case), request, opted_out=scope_of(case.get("opted_out", [])))
    if isinstance(decision, Allowed):
        assert decision.level == asked["expect"]
        assert asked.get("path") in (None, [step.code for step in decision.path])
    else:
        assert decision.code == asked["expect"]


def _known(case) -> list[Consent]:
    """The consents of a case, the own ones with what is known around them."""
    claims = [Claim(**row | {"since": datetime.fromisoformat(row["since"])}) for row in case.get("claims", ())]
    serving = {ip_address(text): number for text, number in case.get("serving", {}).items()}
    return [
        replace(
            each, elsewhere=elsewhere(each.organisation, claims, case.get("settled", {})), serving=serving
        ) if each.kind == "own" else each
        for each in (consent(**row) for row in case["consents"])
    ]  # fmt: skip


@given(many, requests())
def test_what_is_allowed_is_within_period_scope_and_level(given_, request) -> None:
    decision = decide(given_, request)
    if isinstance(decision, Refused):
        return
    fits = [
        each for each in given_
        if each.organisation == decision.organisation
        and each.since <= request.at < each.until
        and (each.revoked is None or request.at < each.revoked)
        and (not each.windows or any(window.holds(request.at) for window in each.windows))
        and 1 <= request.level <= each.level
        and (each.kind != "csirt" or request.level <= 2)
        and (each.scope.names_it(request.name) or _network_holds(each.scope, request))
    ]  # fmt: skip
    assert fits
    assert request.level <= decision.level == decision.path[-1].level
    levels = [step.level for step in decision.path]
    assert levels == sorted(levels, reverse=True)


def _network_holds(scope: Scope, request: Request) -> bool:
    """Read in another way than the code does: with the networks as text."""
    text = request.address.removeprefix("::ffff:")
    inside = any(
        text and ip_network(text).version == each.version and ip_network(text).subnet_of(each)
        for each in scope.networks
    )
    return inside or bool(text and scope.systems & request.systems)


@given(many, requests())
def test_exclusion_beats_everything(given_, request) -> None:
    in_force = [replace(each, since=START, until=START + timedelta(days=99), revoked=None) for each in given_]
    name = request.name or "www.dijkstad.example"
    barred = Consent("anybody", NOTHING, 1, START, START + timedelta(days=99), exclude=Scope(frozenset({name})))
    decision = decide([*in_force, barred], replace(request, name=name, level=max(1, min(4, request.level))))
    assert isinstance(decision, Refused)
    assert decision.code == "excluded"


@given(many, requests())
def test_an_opt_out_beats_everything(given_, request) -> None:
    decision = decide(given_, replace(request, name="www.dijkstad.example"), opted_out=scope_of(["*.dijkstad.example"]))
    assert isinstance(decision, Refused)
    assert decision.code == "opted_out"


@given(many, requests())
def test_a_revoked_consent_allows_nothing(given_, request) -> None:
    assert isinstance(decide([replace(each, revoked=request.at) for each in given_], request), Refused)


@given(many, requests(), st.integers(1, 4))
def test_whoever_may_do_more_may_do_less(given_, request, less) -> None:
    if isinstance(decide(given_, request), Allowed) and less <= request.level:
        assert isinstance(decide(given_, replace(request, level=less)), Allowed)


@given(many, requests(), st.integers(0, 4))
def test_a_higher_level_takes_nothing_away(given_, request, level) -> None:
    before = decide(given_, request)
    after = decide([replace(each, level=max(each.level, level)) for each in given_], request)
    assert not (isinstance(before, Allowed) and isinstance(after, Refused))


@given(many, requests())
def test_to_an_address_that_serves_others_only_level_1_without_their_supplier(given_, request) -> None:
    own = [each for each in given_ if each.kind == "own" and not each.scope.networks and not each.scope.systems]
    shared = replace(request, others=frozenset({"somebody else"}), address=request.address or "203.0.113.9")
    if isinstance(decide(own, shared), Allowed):
        assert shared.level == 1


@given(many, requests())
def test_the_order_of_consents_does_not_change_whether(given_, request) -> None:
    one, other = decide(given_, request), decide(given_[::-1], request)
    assert isinstance(one, Allowed) == isinstance(other, Allowed)


@given(many, requests(), st.integers(0, 20000))
def test_a_decision_holds_until_the_moment_that_is_told(given_, request, minutes) -> None:
    until = holds_until(given_, request.at)
    later = request.at + timedelta(minutes=minutes, seconds=59 if minutes == 0 else 0)
    if until is None or later < until:
        now, then = decide(given_, request), decide(given_, replace(request, at=later))
        assert type(now) is type(then)


@pytest.mark.parametrize("entry", ["", "a..b", "*.*.nl", "exa mple.nl", "é.nl", "http://a.nl", "*.", "192.0.2.0/40"])
def test_a_scope_that_can_be_taken_in_two_ways_is_refused(entry) -> None:
    with pytest.raises(ValueError, match="not a name"):
        scope_of([entry])


def test_nobody_consents_for_all_names() -> None:
    with pytest.raises(ValueError, match="all names"):
        consent(organisation="x", scope=["*"], level=1)
    with pytest.raises(ValueError, match="article"):
        consent(organisation="x", scope=["*"], level=1, kind="csirt")
    with pytest.raises(ValueError, match="0 to 4"):
        consent(organisation="x", scope=["a.nl"], level=5)
    with pytest.raises(ValueError, match="time zone"):
        Consent("x", NOTHING, 1, datetime(2026, 1, 1), datetime(2027, 1, 1))


def test_a_request_for_nothing_or_for_no_address_is_malformed() -> None:
    for name, address in (("", ""), ("a.nl", "10.0.0"), ("a.nl", "localhost")):
        assert decide([], Request(name, address, 1, NOON)) == Refused("malformed", {"name": name, "address": address})


def test_the_hash_of_a_text_does_not_hang_on_line_ends() -> None:
    assert text_hash("one\r\ntwo \n") == text_hash("one\ntwo")
    assert text_hash("one\ntwo") != text_hash("one two")
