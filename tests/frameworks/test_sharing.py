"""A framework that one organisation brings in and another uses: named, for a period, with a label, and to be revoked."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.accountability.models import Statement
from dijkwacht.apps.frameworks.models import Framework, LinkChoice, MappingSet
from dijkwacht.apps.frameworks.queries import frameworks as queries
from dijkwacht.apps.frameworks.queries import shared
from dijkwacht.apps.frameworks.services import choosing, sharing
from dijkwacht.apps.people import services as people
from dijkwacht.apps.people.models import Share, ShareKind
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.words import lines
from dijkwacht.core.framework import link_key
from dijkwacht.web import clock
from tests.adapters.oscal import made
from tests.frameworks.conftest import CATALOG, MAPPING
from tests.frameworks.test_bringing import TEXTS
from tests.ledger.small import TODAY


@pytest.fixture(autouse=True)
def _real(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)


@pytest.fixture
def framework(bring) -> Framework:
    return bring(CATALOG, MAPPING).frameworks.get()


@pytest.fixture
def give(framework, other_organisation, ciso, at):
    """Shares the framework with the other organisation."""

    def work(which: Framework | None = None, **fields: Any) -> Share:
        given = {
            "recipient": other_organisation, "tlp": "AMBER", "valid_from": TODAY, "valid_to": None, "by": ciso, "at": at, **fields
        }  # fmt: skip
        return sharing.share(which or framework, **given)

    return work


@pytest.fixture
def theirs(make_person, other_organisation):
    found = make_person("ciso", at_organisation=other_organisation)
    found.language = "en"
    found.save(update_fields=["language"])
    return found


def url(name: str, *more: Any, slug: str = "polderveen") -> str:
    return reverse(f"frameworks:{name}", args=[slug, *more])


def test_they_read_it_and_it_is_named(give, framework, client_for, theirs, other_organisation) -> None:
    assert client_for(theirs).get(url("framework", framework.pk)).status_code == 404
    given = give()
    assert (given.kind, given.what) == (ShareKind.FRAMEWORK, f"framework:{framework.pk}:Catalogus")
    browser = client_for(theirs)
    page = browser.get(url("framework", framework.pk)).text
    assert "Shared by" in page
    assert "TLP:AMBER" in page
    assert "brought in by Dijkstad on" in page
    assert "Catalogus" in browser.get(url("frameworks")).text
    assert browser.get(url("mapping", MappingSet.objects.get().pk)).status_code == 200
    assert "Catalogus" in browser.get(reverse("people:shares", args=["polderveen"])).text


def test_the_verdicts_are_their_own(give, framework, say, client_for, theirs, other_organisation) -> None:
    give()
    say("house.policy", True)  # ours
    (line,) = queries.reached(framework, [framework.lines.get(key="a-1")], on=TODAY, of=other_organisation)
    assert line.carried.status == "unknown"
    (line,) = queries.reached(framework, [framework.lines.get(key="a-1")], on=TODAY)
    assert line.carried.status == "met"


def test_the_owners_pages_stay_closed(give, framework, client_for, theirs) -> None:
    give()
    browser = client_for(theirs)
    mapping = MappingSet.objects.get()
    for address in (
        url("framework", framework.pk, slug="dijkstad"), url("mapping", mapping.pk, slug="dijkstad"),
        url("document", framework.pk), url("share", framework.pk), url("remove", "kader", framework.pk),
        url("remove", "koppeling", mapping.pk), url("frameworks", slug="dijkstad"),
        reverse("accountability:account", args=["dijkstad", "council"]),
        reverse("ledger:requirement", args=["dijkstad", "bio2:1"]),
    ):  # fmt: skip
        assert browser.get(address).status_code == 404, address
    assert not Statement.objects.exists()


def test_revoked_it_is_gone(give, framework, client_for, theirs, other_organisation, at, ciso) -> None:
    given = give()
    people.revoke_share(given, at=at, by=ciso)
    browser = client_for(theirs)
    assert browser.get(url("framework", framework.pk)).status_code == 404
    assert browser.get(url("mapping", MappingSet.objects.get().pk)).status_code == 404
    assert shared.received(other_organisation, on=TODAY) == []


@pytest.mark.parametrize(("begins", "ends"), [(1, None), (-10, 0)])
def test_outside_its_period_it_is_not_there(give, framework, client_for, theirs, begins, ends) -> None:
    ends_on = None if ends is None else TODAY + timedelta(days=ends)
    give(valid_from=TODAY + timedelta(days=begins), valid_to=ends_on)
    assert client_for(theirs).get(url("framework", framework.pk)).status_code == 404


def test_what_follows_is_shared_what_was_taken_out_is_not(give, framework, bring, other_organisation, ciso, at) -> None:
    give()
    later = made.catalog(8)
    later["catalog"]["metadata"]["version"] = "2"
    new = bring(("catalog-2.json", made.raw(later))).frameworks.get()
    assert [each.framework for each in shared.received(other_organisation, on=TODAY)] == [new]
    assert [each.recipient for each in shared.given(new, on=TODAY)] == [other_organisation]
    with pytest.raises(people.Refused):
        give(new)
    Framework.objects.filter(pk=new.pk).update(ended_at=at)
    assert shared.received(other_organisation, on=TODAY) == []


def test_protected_texts_are_never_shared(bring, give, framework) -> None:
    document = made.left()
    document["catalog"]["metadata"]["title"] = "ISO/IEC 27001:2022"
    protected = bring(("left.json", made.raw(document))).frameworks.get()
    with pytest.raises(people.Refused, match="ISO"):
        give(protected)
    assert not Share.objects.exists()


def test_own_texts_do_not_go_along(give, bring, client_for, theirs) -> None:
    bring(TEXTS, norm="bio2")
    give()
    page = client_for(theirs).get(url("own_text", "bio2:1")).text
    assert "Onze eigen tekst" not in page
    assert "Own texts of norms" not in client_for(theirs).get(url("frameworks")).text


def test_twice_oneself_or_ended_is_refused(give, framework, organisation, at) -> None:
    give()
    with pytest.raises(people.Refused):
        give()
    with pytest.raises(people.Refused):
        give(recipient=organisation)
    Framework.objects.update(ended_at=at)
    framework.refresh_from_db()
    with pytest.raises(people.Refused):
        give(recipient=organisation)


def test_the_owners_choice_holds_until_they_choose(
    give, framework, organisation, other_organisation, ciso, theirs, at, client_for
) -> None:
    give()
    mapping = MappingSet.objects.get()
    key = link_key(mapping.read_maps[0])
    said = {"why": "Zo", "on": TODAY, "at": at}

    def led() -> tuple[int, int]:
        return tuple(len(queries.links_to(framework, of=each)) for each in (organisation, other_organisation))  # type: ignore[return-value]

    assert led() == (3, 3)
    choosing.choose(organisation, mapping, [key], counts=False, person=ciso, **said)
    assert led() == (2, 2)
    told = client_for(theirs).get(url("mapping", mapping.pk)).text
    assert "Switched off by Dijkstad on" in told
    assert ciso.name not in told
    choosing.choose(other_organisation, mapping, [key], counts=True, person=theirs, **said)
    assert led() == (2, 3)
    assert LinkChoice.objects.filter(organisation=other_organisation).count() == 1
    entry = Entry.objects.filter(organisation=other_organisation).latest("seq")
    assert "let links of Koppeling count again (1): “Zo”." in lines(other_organisation, [entry])[0].sentence


def test_from_the_page_to_the_trail(client_for, ciso, framework, organisation, other_organisation) -> None:
    browser = client_for(ciso)
    address = url("share", framework.pk, slug="dijkstad")
    assert "With it go its mappings" in browser.get(address).text
    sent = {
        "recipient": "polderveen",
        "tlp": "GREEN",
        "valid_from": "2026-11-25",
        "valid_to": "2027-06-01",
        "free": "on",
    }
    done = browser.post(address, sent, follow=True).text
    assert "This is now shared with Polderveen." in done
    assert "Shared with" in done
    given = Share.objects.get()
    assert (given.tlp, given.valid_to, given.granted_by) == ("GREEN", date(2027, 6, 1), ciso)
    entry = Entry.objects.get(organisation=organisation, act="people.shared")
    assert "shared “Catalogus” with Polderveen" in lines(organisation, [entry])[0].sentence
    assert "already shared" in browser.post(address, sent).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"free": ""},
        {"recipient": "bestaat niet"},
        {"recipient": "dijkstad"},
        {"valid_to": "2020-01-01"},
        {"tlp": "BLUE"},
    ],
)
def test_a_form_that_is_not_whole_shares_nothing(client_for, ciso, framework, other_organisation, wrong) -> None:
    sent = {"recipient": "polderveen", "tlp": "GREEN", "valid_from": "2026-11-25", "free": "on"} | wrong
    answer = client_for(ciso).post(url("share", framework.pk, slug="dijkstad"), sent)
    assert answer.status_code == 200
    assert not Share.objects.exists()


def test_who_may_share(client_for, make_person, framework, theirs) -> None:
    address = url("share", framework.pk, slug="dijkstad")
    assert client_for(theirs).get(address).status_code == 404
    assert client_for(make_person("coordinator")).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert client_for(make_person("ciso")).get(url("share", 999, slug="dijkstad")).status_code == 404


def test_a_share_that_means_nothing_shows_nothing(organisation, other_organisation, framework, ciso) -> None:
    """A number that is none, or of a third organisation, gives nothing."""
    for what in ("framework:x:Y", f"framework:{framework.pk}:Z"):
        Share.objects.create(
            owner=other_organisation, recipient=organisation, kind="framework", what=what, valid_from=TODAY,
            granted_at=datetime(2026, 11, 25, 8).astimezone(),
        )  # fmt: skip
    assert shared.received(organisation, on=TODAY) == []
