"""A name that two organisations watch: the first holds it, the other stays at public sources until it is settled."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Consent, Domain, Served, SettledName
from dijkwacht.apps.perimeter.queries import claims
from dijkwacht.apps.perimeter.queries.consents import judged
from dijkwacht.apps.perimeter.queries.coverage import coverage, shared
from dijkwacht.apps.perimeter.services import claiming, consents, names, serving
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.models import Entry
from dijkwacht.commands import perimeter as commands
from dijkwacht.core.consent import Allowed, Request, decide
from dijkwacht.web import clock
from tests.perimeter.made import AT, ON, consent, domain, later, run, seen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BELOW = ["dijkstad.example", "*.dijkstad.example"]


def level(organisation: Organisation, name: str, address: str = "192.0.2.10", *, at: Any = None) -> int:
    """How far an organisation may go for a name."""
    at = at or later(days=9)
    found = judged([organisation], at=at)
    return max((n for n in (1, 2, 3) if isinstance(decide(found, Request(name, address, n, at)), Allowed)), default=0)


@pytest.fixture
def both(organisation, other_organisation) -> tuple[Organisation, Organisation]:
    """Dijkstad watches its name; a week later another organisation does so too."""
    domain(organisation)
    consent(organisation, None)
    names.add(other_organisation, names=["dijkstad.example"], person=None, actor="test", on=ON, at=later(days=7))
    given = {"kind": "own", "scope": BELOW, "level": 2, "since": ON}
    consents.give(other_organisation, given=made(**given), person=None, actor="test", at=later(days=7))
    return organisation, other_organisation


def made(**fields: Any) -> consents.Given:
    usual: dict[str, Any] = {
        "exclude": [], "until": None, "signatory": "P. Hof", "mandate": "artikel 4", "text": "Ja.", "text_version": "1",
        "window": [],
    }  # fmt: skip
    return consents.Given(**usual | fields)


def test_the_first_holds_it(both) -> None:
    first, second = both
    assert level(first, "dijkstad.example") == 2
    assert level(second, "dijkstad.example") == 1
    assert level(second, "loket.dijkstad.example") == 1
    assert claims.doubts(first, at=later(days=9)) == [claims.Doubt("dijkstad.example", True)]
    assert claims.doubts(second, at=later(days=9)) == [claims.Doubt("dijkstad.example", False)]


def test_with_the_consent_of_the_other_a_gr_measures_as_far(both) -> None:
    _first, second = both
    given = made(kind="supplier", party="Gemeente Dijkstad", scope=BELOW, level=2, since=ON)
    consents.give(second, given=given, person=None, actor="test", at=later(days=8))
    assert level(second, "dijkstad.example") == 2


def test_a_consent_given_anew_does_not_lose_its_place(both) -> None:
    first, second = both
    old = first_consent(first)
    consents.revoke(old, reason="nieuwe tekst", person=None, actor="test", at=later(days=8))
    assert level(second, "dijkstad.example") == 2  # nobody else has one now
    consent(first, None)
    assert level(first, "dijkstad.example") == 2
    assert level(second, "dijkstad.example") == 1


def first_consent(organisation: Organisation) -> Any:
    return Consent.objects.get(organisation=organisation, revoked_at=None)


@pytest.mark.parametrize("how", ["revoked", "ended", "not_ours"])
def test_who_gives_it_up_holds_it_no_more(both, how) -> None:
    first, second = both
    if how == "revoked":
        consents.revoke(first_consent(first), reason="weg", person=None, actor="test", at=later(days=8))
    elif how == "ended":
        Consent.objects.filter(organisation=first).update(until=ON + 8 * DAY)
    else:
        ours = Domain.objects.get(organisation=first)
        names.decide(ours, state="not_ours", note="verkocht", person=None, on=ON, at=later(days=8), actor="t")
    assert level(second, "dijkstad.example") == 2
    assert claims.doubts(second, at=later(days=9)) == []


def test_watching_without_consent_is_no_claim(organisation, other_organisation) -> None:
    domain(organisation)
    names.add(other_organisation, names=["dijkstad.example"], person=None, actor="test", on=ON, at=later(days=7))
    given = made(kind="own", scope=BELOW, level=2, since=ON)
    consents.give(other_organisation, given=given, person=None, actor="test", at=later(days=7))
    assert level(other_organisation, "dijkstad.example") == 2


def test_who_runs_the_installation_settles_it(both) -> None:
    first, second = both
    outcome = commands.settle(
        second, name="Dijkstad.example.", reason="overgedragen bij de herindeling", at=later(days=8)
    )
    assert outcome.data == {"name": "dijkstad.example", "organisation": second.slug}
    assert level(first, "dijkstad.example") == 1
    assert level(second, "www.dijkstad.example") == 2
    told = {entry.organisation_id: entry for entry in Entry.objects.filter(act__startswith="perimeter.settled")}
    assert told[first.pk].act == "perimeter.settled_theirs"
    assert told[second.pk].act == "perimeter.settled_ours"
    assert second.slug not in str(told[first.pk].detail)
    claiming.settle(first, name="dijkstad.example", reason="toch niet", at=later(days=8), actor="t")
    assert SettledName.objects.get().organisation == first
    assert level(first, "dijkstad.example") == 2


@pytest.mark.parametrize(("name", "reason"), [("no name", "why"), ("dijkstad.example", "  ")])
def test_settling_takes_a_name_and_a_reason(organisation, name, reason) -> None:
    with pytest.raises(Refused):
        claiming.settle(organisation, name=name, reason=reason, at=AT, actor="t")
    with pytest.raises(commands.FileError):
        commands.settle(organisation, name=name, reason=reason, at=AT)
    assert not Entry.objects.filter(act__startswith="perimeter.settled").exists()


# -- addresses that serve others ----------------------------------------------------------------------
@pytest.fixture
def hosted(organisation, other_organisation) -> tuple[Organisation, Organisation]:
    """Two organisations with a site at one address."""
    domain(organisation)
    consent(organisation, None)
    domain(other_organisation, "polder.example")
    consent(other_organisation, None, scope=["polder.example"])
    serving.note(organisation, [("dijkstad.example", "192.0.2.10"), ("dijkstad.example", "192.0.2.11")], at=AT)
    serving.note(other_organisation, [("polder.example", "192.0.2.10")], at=AT)
    return organisation, other_organisation


def test_an_address_that_serves_others_stays_at_public_sources(hosted) -> None:
    first, second = hosted
    at = later(days=2)
    assert level(first, "dijkstad.example", at=at) == level(second, "polder.example", at=at) == 1
    assert level(first, "dijkstad.example", "192.0.2.11", at=at) == 2
    assert level(first, "dijkstad.example", "::ffff:192.0.2.10", at=at) == 1


def test_with_the_consent_of_the_supplier_it_is_visited(hosted) -> None:
    first, second = hosted
    given = made(kind="supplier", party="Hoster", scope=["192.0.2.10"], level=2, since=ON)
    consents.give(first, given=given, person=None, actor="test", at=AT)
    assert level(first, "dijkstad.example", at=later(days=2)) == 2
    assert level(second, "polder.example", at=later(days=2)) == 1  # it did not ask him


def test_it_counts_for_as_long_as_it_was_seen_lately(hosted) -> None:
    first, _second = hosted
    assert level(first, "dijkstad.example", at=AT + serving.COUNTS - DAY) == 1
    assert level(first, "dijkstad.example", at=AT + serving.COUNTS + DAY) == 2
    assert serving.drop_old(at=AT + serving.COUNTS + DAY) == 3
    assert not Served.objects.exists()


def test_what_another_gave_up_counts_no_more(hosted) -> None:
    first, second = hosted
    theirs = Domain.objects.get(organisation=second)
    names.decide(theirs, state="ended", note="weg", person=None, on=ON, at=AT, actor="t")
    assert level(first, "dijkstad.example", at=later(days=1)) == 2


def test_ones_own_name_measured_by_another_makes_no_other_of_it(organisation, other_organisation) -> None:
    """A GR that measures our name finds it at our address."""
    domain(organisation)
    consent(organisation, None)
    serving.note(organisation, [("dijkstad.example", "192.0.2.10")], at=AT)
    serving.note(other_organisation, [("www.dijkstad.example", "192.0.2.10")], at=AT)
    assert level(organisation, "dijkstad.example", at=later(days=1)) == 2


def test_a_csirt_notes_for_whose_name_it_is(organisation, other_organisation) -> None:
    names.add(
        other_organisation, names=["w.example"], person=None, actor="t", on=ON, at=AT, whose=organisation,
    )  # fmt: skip
    assert serving.whose(other_organisation, "w.example") == organisation
    assert serving.whose(other_organisation, "mx.supplier.example") is None


def test_noting_twice_is_once(organisation) -> None:
    places = [("dijkstad.example", "192.0.2.10"), ("dijkstad.example", "no address")]
    serving.note(organisation, places, at=AT)
    serving.note(organisation, places, at=later(days=2))
    assert Served.objects.get().seen_at == later(days=2)
    assert serving.noted(organisation, at=later(days=2)) == {places[0]}
    assert serving.noted(organisation, at=later(days=4)) == set()


def test_a_consent_that_comes_later_has_the_names_asked_for_again(organisation) -> None:
    made_ = domain(organisation)
    serving.sounded([made_], at=AT)
    assert serving.unsounded(at=AT, most=5) == []
    consent(organisation, None)
    assert serving.unsounded(at=AT, most=5) == [made_]
    serving.sounded([made_], at=AT)
    assert serving.unsounded(at=AT + serving.COUNTS + DAY, most=5) == [made_]


# -- what is shown ------------------------------------------------------------------------------------
def test_the_pages_tell_both_and_name_nobody(both, make_person, client_for, monkeypatch) -> None:
    first, second = both
    monkeypatch.setattr(clock, "now", lambda request: later(days=9))
    for mine, other in ((first, second), (second, first)):
        browser = client_for(make_person("ciso", at_organisation=mine))
        for page in ("consents", "covered"):
            text = browser.get(reverse(f"perimeter:{page}", args=[mine.slug])).content.decode()
            assert 'id="doubts"' in text
            assert 'id="lacking"' not in text  # it lies in a consent: that is another matter
            assert other.name not in text


def test_the_coverage_page_tells_of_shared_addresses(hosted, make_person, client_for, monkeypatch) -> None:
    first, second = hosted
    seen(Domain.objects.get(organisation=first), by=run(first))
    at = later(days=1)
    monkeypatch.setattr(clock, "now", lambda request: at)
    (row,) = shared(first, on=ON, at=at)
    assert (row.address, row.others, row.names, row.covered) == ("192.0.2.10", 1, ("dijkstad.example",), False)
    (covered,) = coverage(first, list(Domain.objects.filter(organisation=first)), on=ON, at=at)
    web = next(each for each in covered.reaches if each.kind == "web")
    assert (web.level, web.others, web.why and web.why.code) == (1, 1, "shared")
    text = client_for(make_person("ciso")).get(reverse("perimeter:covered", args=[first.slug])).content.decode()
    assert 'id="shared"' in text
    assert second.name not in text
    assert second.slug not in text
    assert "polder.example" not in text
    assert "soort=supplier" in text
    reader = client_for(make_person("auditor")).get(reverse("perimeter:covered", args=[first.slug])).content.decode()
    assert "soort=supplier" not in reader


def test_questions_to_the_database_do_not_grow_with_the_names_of_others(both, django_assert_max_num_queries) -> None:
    first, second = both
    texts = [f"n{number}.dijkstad.example" for number in range(200)]
    names.add(second, names=texts, person=None, actor="test", on=ON, at=later(days=7))
    with django_assert_max_num_queries(9):
        judged([first], at=later(days=9))
