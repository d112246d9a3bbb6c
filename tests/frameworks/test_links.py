"""Which links of a mapping count: chosen afterwards, with a reason, in the trail; and whose mapping a verdict comes over."""

import copy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.frameworks.models import Framework, LinkChoice, MappingSet
from dijkwacht.apps.frameworks.queries import choices
from dijkwacht.apps.frameworks.queries import frameworks as queries
from dijkwacht.apps.frameworks.services import choosing
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.words import lines
from dijkwacht.core.framework import link_key
from tests.adapters.oscal import made
from tests.adapters.oscal.as_xml import xml
from tests.frameworks.conftest import CATALOG, MAPPING, MAPS
from tests.frameworks.test_bringing import statuses
from tests.ledger.small import TODAY

GRIFFIE = made.uuid(71)


def signed(name: str = "De griffie") -> dict[str, Any]:
    """The mapping, with its maker named."""
    document = made.mapping(*copy.deepcopy(MAPS), source="bio2")
    document["mapping-collection"]["metadata"] |= {
        "roles": [{"id": "creator", "title": "Maker"}],
        "parties": [{"uuid": GRIFFIE, "type": "organization", "name": name}],
        "responsible-parties": [{"role-id": "creator", "party-uuids": [GRIFFIE]}],
    }
    return document


@pytest.fixture
def mapping(bring) -> MappingSet:
    bring(CATALOG, ("map.json", made.raw(signed())))
    return MappingSet.objects.get()


def key(mapping: MappingSet, index: int) -> str:
    return link_key(mapping.read_maps[index])


@pytest.fixture
def choose(organisation, mapping, ciso, at):
    def work(*indexes: int, counts: bool = False, why: str = "Te ruim gelezen", **fields: Any) -> int:
        given = {"organisation": organisation, "person": ciso, "on": TODAY, "at": at, **fields}
        links = [key(mapping, each) for each in indexes]
        return choosing.choose(given.pop("organisation"), mapping, links, counts=counts, why=why, **given)

    return work


def test_a_link_that_is_off_carries_nothing(mapping, choose, say) -> None:
    say("house.policy", True)
    framework = mapping.target
    assert statuses(framework)["a-1"] == "met"
    assert choose(0) == 1
    assert statuses(framework)["a-1"] == "unknown"
    assert statuses(framework)["b-1"] == "partly"  # over a link that stands
    assert choose(0, counts=True, why="Toch gelijk") == 1
    assert statuses(framework)["a-1"] == "met"


def test_one_act_one_entry_with_the_reason(mapping, choose, organisation) -> None:
    before = Entry.objects.count()
    assert choose(0, 1) == 2
    entry = Entry.objects.get(seq=LinkChoice.objects.first().act, organisation=organisation)
    assert Entry.objects.count() == before + 1
    assert (entry.act, entry.about) == ("frameworks.links_off", f"mapping:{mapping.pk}")
    assert entry.detail["why"] == "Te ruim gelezen"
    assert ["equal-to", ["bio2:1"], ["a-1"]] in entry.detail["links"]
    (line,) = lines(organisation, [entry])
    assert "let links of Koppeling no longer count (2): “Te ruim gelezen”." in line.sentence


def test_what_stands_so_already_writes_nothing(choose) -> None:
    choose(0)
    before = Entry.objects.count()
    assert choose(0) == 0
    assert Entry.objects.count() == before
    assert LinkChoice.objects.count() == 1


def test_no_reason_no_choice(mapping, choose, organisation, ciso, at) -> None:
    with pytest.raises(ValueError, match="reason"):
        choose(0, why="  ")
    with pytest.raises(choosing.UnknownLinkError):
        choosing.choose(organisation, mapping, ["f" * 64], counts=False, why="x", person=ciso, on=TODAY, at=at)
    assert not LinkChoice.objects.exists()


def test_a_next_version_keeps_the_choice_where_it_says_the_same(bring, mapping, choose, organisation) -> None:
    choose(0, 1)
    document = signed()
    maps = document["mapping-collection"]["mappings"][0]["maps"]
    maps[0]["remarks"] = "Nader toegelicht"
    maps[1]["relationship"] = "superset-of"
    bring(("map-2.json", made.raw(document)))
    new = MappingSet.objects.get(ended_at=None)
    assert [each.counts for each in choices.links(new, of=organisation)] == [False, True, True]


# -- whose mapping it is ---------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["json", "xml"])
def test_the_author_is_read(bring, form) -> None:
    content = {"json": made.raw, "xml": xml}[form](signed())
    bring(CATALOG, (f"map.{form}", content))
    assert MappingSet.objects.get().author == "De griffie"


def url(name: str, *more: Any, slug: str = "dijkstad") -> str:
    return reverse(f"frameworks:{name}", args=[slug, *more])


SAID = "According to the mapping of De griffie, brought in by Dijkstad on"


def test_the_author_stands_wherever_a_verdict_is_carried(client_for, ciso, mapping, say) -> None:
    say("house.policy", True)
    browser = client_for(ciso)
    for address in (url("framework", mapping.target.pk), url("carries", "bio2:1"), url("mapping", mapping.pk)):
        assert SAID in browser.get(address).text
    page = browser.get(reverse("ledger:requirement", args=["dijkstad", "bio2:1"])).text
    assert url("carries", "bio2:1") in page


def test_a_mapping_that_names_nobody_says_so(client_for, ciso, bring) -> None:
    bring(CATALOG, MAPPING)
    page = client_for(ciso).get(url("framework", Framework.objects.get().pk)).text
    assert "According to the mapping “Koppeling” that names no author, brought in by Dijkstad on" in page


def test_where_a_requirement_counts_too(client_for, ciso, mapping, choose) -> None:
    browser = client_for(ciso)
    assert "For 2 lines of frameworks of others, over mappings." in browser.get(url("carries", "bio2:1")).text
    choose(0, 2)
    assert "Nowhere else: no mapping leads" in browser.get(url("carries", "bio2:1")).text


def test_one_step_and_no_more(bring, mapping, say, organisation) -> None:
    """From our norm to a framework, and from that to another: the second carries nothing on."""
    say("house.policy", True)
    onward = made.mapping(made.mapped(9, "equal-to", ["a-1"], ["x-1"]), source="catalog.json", target="left.json")
    onward["mapping-collection"]["mappings"][0]["uuid"] = made.uuid(501)
    bring(("left.json", made.raw(made.left())), ("onward.json", made.raw(onward)))
    further = Framework.objects.get(file="left.json")
    assert set(statuses(further).values()) == {"unknown"}
    assert statuses(mapping.target)["a-1"] == "met"
    assert queries.links_to(further, of=organisation) == []


# -- the pages -------------------------------------------------------------------------------------------
def test_choosing_on_the_page(client_for, ciso, mapping) -> None:
    browser = client_for(ciso)
    page = browser.get(url("mapping", mapping.pk)).text
    assert "All 3 links count." in page
    assert "(together they cover it)" in page
    sent = {"link": [key(mapping, 0)], "counts": "no", "why": "Niet hetzelfde"}
    done = browser.post(url("choose", mapping.pk), sent, follow=True).text
    assert "2 of 3 links count." in done
    assert f"Switched off by {ciso.name} on" in done
    assert ": Niet hetzelfde" in done
    assert "1 row" in browser.get(url("mapping", mapping.pk) + "?counts=no").text
    assert "These links stood like that already" in browser.post(url("choose", mapping.pk), sent, follow=True).text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"counts": "no", "why": "x"}, "Tick at least one link in the list."),
        ({"link": ["f" * 64], "counts": "no", "why": "x"}, "ffff"),
        ({"counts": "no", "why": " "}, "Why"),
    ],
)
def test_a_choice_that_is_not_whole(client_for, ciso, mapping, sent, said) -> None:
    page = client_for(ciso).post(url("choose", mapping.pk), sent)
    assert page.status_code == 200
    assert said in page.text
    assert not LinkChoice.objects.exists()


@pytest.mark.parametrize(
    "query", ["?text=mfa", "?relation=wrong", "?counts=no&text=%00", "?page=x", "?relation=equal-to"]
)
def test_filters(client_for, ciso, mapping, query) -> None:
    assert client_for(ciso).get(url("mapping", mapping.pk) + query).status_code == 200


@pytest.mark.parametrize("name", ["mapping", "carries"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_works(client_for, ciso, mapping, name, language) -> None:
    type(ciso).objects.filter(pk=ciso.pk).update(language=language)
    response = client_for(ciso).get(url(name, {"mapping": mapping.pk, "carries": "bio2:1"}[name]))
    assert response.status_code == 200
    assert " style=" not in response.text


def test_stranger_reader_bad_id_anonymous(client_for, make_person, other_organisation, mapping, ciso) -> None:
    stranger = client_for(make_person("ciso", at_organisation=other_organisation))
    reader = client_for(make_person("auditor"))
    for address in (url("mapping", mapping.pk), url("carries", "bio2:1")):
        assert stranger.get(address).status_code == 404
        assert reader.get(address).status_code == 200
        assert client_for(make_person("respondent")).get(address).status_code == 403
        assert Client().get(address).status_code == 302
    assert stranger.get(url("mapping", mapping.pk, slug="polderveen")).status_code == 404
    assert stranger.post(url("choose", mapping.pk)).status_code == 404
    assert stranger.post(url("choose", mapping.pk, slug="polderveen")).status_code == 404
    assert reader.post(url("choose", mapping.pk)).status_code == 403
    assert client_for(ciso).get(url("mapping", 999)).status_code == 404
    assert client_for(ciso).post(url("choose", 999)).status_code == 404
    assert client_for(ciso).get(url("carries", "bio2:none")).status_code == 404
    assert client_for(ciso).get(url("choose", mapping.pk)).status_code == 405
    assert "links-form" not in reader.get(url("mapping", mapping.pk)).text
