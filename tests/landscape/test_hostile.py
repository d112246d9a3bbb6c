"""Packs of strangers, packs that changed, packs of before; and what was done here that no pack may make vanish."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from dijkwacht.adapters import landscape_pack as adapter
from dijkwacht.adapters import signing
from dijkwacht.adapters.landscape_pack import PackTrouble
from dijkwacht.apps.landscape.models import Edition, LocalCell
from dijkwacht.apps.landscape.queries.cells import base_of, landscape_of
from dijkwacht.apps.landscape.queries.verify import verify_landscape
from dijkwacht.apps.landscape.services import cells as services
from dijkwacht.apps.landscape.services import exchange
from dijkwacht.apps.landscape.services.doing import Refused
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.chain import canonical
from dijkwacht.core.landscape.merge import Choice
from dijkwacht.norms.landscape import landscape_pack
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, People
from tests.landscape.test_cells_services import CELL, fields, stranger

pytestmark = pytest.mark.django_db
PEM = signing.make()[0]
KEY = signing.key_id(signing.public_of(PEM))
OTHER = "zz_only_there"


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    return {"person": people("safety_adviser"), "at": NOW}


def content(version: str = "9", *, on: Any = TODAY, cells: Any = None, **more: Any) -> dict[str, Any]:
    found = adapter.content(landscape_pack().landscape, name="Pak", version=version, publisher="Elders", on=on)
    return {**found, "cells": {**found["cells"], **(cells or {})}, **more}


def signed(*args: Any, **more: Any) -> bytes:
    return adapter.sign(content(*args, **more), pem=PEM)


def take(organisation: Organisation, data: bytes, does: dict[str, Any], **choices: Choice) -> Edition:
    return exchange.take_over(organisation, data, choices=choices, confirmed=KEY, **does)


@pytest.mark.parametrize(
    "cell",
    [
        {"local": "boom"},  # a mark of ours, that no pack sets
        {"extra": 1},
        {"nl": "om\u202ekeerd"},
        {"source": "\u2066x"},
        {"basis": "a\x07b"},
    ],
)
def test_a_cell_with_what_no_cell_has_is_refused(cell: dict[str, Any]) -> None:
    data = signed(cells={OTHER: fields(**cell)})
    with pytest.raises(PackTrouble, match="cell"):
        adapter.read(data, known=landscape_pack().landscape)


@pytest.mark.parametrize("name", ["name", "version", "publisher"])
@pytest.mark.parametrize("text", ["VNG\u202e", "a\nb", "   "])
def test_a_pack_that_shows_otherwise_than_it_says_is_refused(name: str, text: str) -> None:
    with pytest.raises(PackTrouble, match="form"):
        adapter.read(signed(**{name: text}), known=landscape_pack().landscape)


@pytest.mark.parametrize(
    "data",
    [
        b'{"form":"dijkwacht landscape 1","form":"x"}', b"[" * 200_000, b'{"a":' * 50_000, b'"\\ud800"', b"\xff", b"",
        b"1" + b"0" * 5000, b'{"a":1e999}', b'{"a":NaN}',
    ],
    ids=range(9),
)  # fmt: skip
def test_bombs(data: bytes) -> None:
    with pytest.raises(PackTrouble):
        adapter.read(data, known=landscape_pack().landscape)


def test_the_same_cell_twice_is_no_pack() -> None:
    data = signed()
    twice = data.replace(f'"{CELL}":'.encode(), f'"{CELL}":{{}},"{CELL}":'.encode(), 1)
    assert twice != data
    with pytest.raises(PackTrouble, match="no_json"):
        adapter.read(twice, known=landscape_pack().landscape)


def test_the_key_of_another_does_not_fit() -> None:
    mine = json.loads(signed())
    other = json.loads(stranger()[0])
    for name in ("key", "signature"):
        with pytest.raises(PackTrouble, match="signature"):
            adapter.read(canonical({**mine, name: other[name]}), known=landscape_pack().landscape)
    forged = {**mine, "key": {**mine["key"], "id": other["key"]["id"]}}  # the number of a key that somebody trusts
    with pytest.raises(PackTrouble, match="key"):
        adapter.read(canonical(forged), known=landscape_pack().landscape)


def test_what_a_pack_leaves_out_is_no_change(organisation: Organisation, does: dict[str, Any]) -> None:
    """A field that may be empty may be left out, and then says the same."""
    short = {key: value for key, value in fields().items() if value not in ("", [])}
    services.change_cell(organisation, CELL, fields=fields(nl="Wij"), because="x", **does)
    found = exchange.preview(organisation, signed(cells={CELL: short}))
    assert (found.merge.changed, found.merge.conflicts) == ({}, ())


def test_an_older_edition_of_the_same_key_is_not_taken_over_unseen(
    organisation: Organisation, does: dict[str, Any]
) -> None:
    take(organisation, signed("2", cells={CELL: fields(nl="Nieuw")}), does)
    old = signed("1", on=TODAY - timedelta(days=30), cells={CELL: fields(nl="Oud")})
    assert exchange.preview(organisation, old).older
    with pytest.raises(Refused, match="older"):
        exchange.take_over(organisation, old, choices={}, confirmed="", **does)
    take(organisation, old, does)  # who wants it all the same says so
    assert landscape_of(organisation).cells[CELL].text["nl"] == "Oud"


def test_back_to_the_house_loses_nothing_that_was_done_here(organisation: Organisation, does: dict[str, Any]) -> None:
    take(organisation, signed(cells={OTHER: fields(nl="Van elders")}), does)
    services.change_cell(organisation, OTHER, fields=fields(nl="Van ons gemaakt"), because="x", **does)
    services.change_cell(organisation, CELL, fields=fields(nl="Onze woorden"), because="x", **does)
    exchange.leave_edition(organisation, **does)
    here = landscape_of(organisation).cells
    assert (here[OTHER].text["nl"], here[CELL].text["nl"]) == ("Van ons gemaakt", "Onze woorden")
    assert OTHER not in base_of(organisation).cells
    held = verify_landscape(organisation)
    assert (held.faulty, held.uncovered) == ([], [])


def test_hidden_and_then_gone_is_not_hidden_when_it_comes_again(
    organisation: Organisation, does: dict[str, Any]
) -> None:
    take(organisation, signed(cells={OTHER: fields(nl="Van elders")}), does)
    services.hide_cell(organisation, OTHER, because="x", **does)
    exchange.leave_edition(organisation, **does)
    take(organisation, signed("10", cells={OTHER: fields(nl="Heel anders")}), does)
    assert landscape_of(organisation).cells[OTHER].text["nl"] == "Heel anders"


def test_a_new_cell_takes_no_name_that_a_pack_uses(organisation: Organisation, does: dict[str, Any]) -> None:
    name = f"{services.PREFIX}{organisation.slug}_1"
    take(organisation, signed(cells={name: fields(nl="Van elders")}), does)
    made = services.add_cell(organisation, fields=fields(nl="Van ons"), because="x", **does)
    here = landscape_of(organisation).cells
    assert (here[name].text["nl"], here[made.cell].text["nl"]) == ("Van elders", "Van ons")


def test_a_pack_with_a_name_that_the_house_no_longer_has_breaks_no_page(
    organisation: Organisation, does: dict[str, Any], people: People, client_for: Any
) -> None:
    edition = take(organisation, signed(cells={OTHER: fields(nl="Van elders")}), does)
    edition.content["cells"][OTHER]["actor"] = "gone_actor"
    edition.save()
    assert OTHER not in landscape_of(organisation).cells
    browser = client_for(people("safety_adviser"))
    for page in ("home", "findings", "exchange"):
        assert browser.get(reverse(f"landscape:{page}", args=[organisation.slug])).status_code == 200


def test_what_counts_no_more_is_told_and_can_be_taken_back(
    organisation: Organisation, does: dict[str, Any], people: People, client_for: Any
) -> None:
    """A new release of the house may have dropped a cell that was changed here."""
    services.change_cell(organisation, CELL, fields=fields(nl="Onze woorden"), because="x", **does)
    LocalCell.objects.update(cell="dropped_by_the_house")
    browser = client_for(people("safety_adviser"))
    page = browser.get(reverse("landscape:exchange", args=[organisation.slug])).content.decode()
    url = reverse("landscape:cell_restore", args=[organisation.slug, "dropped_by_the_house"])
    assert "Onze woorden" in page
    assert url in page
    assert browser.post(url).status_code == 302
    assert not LocalCell.objects.filter(until=None).exists()


def test_two_who_write_a_cell_otherwise_at_once_lose_nothing_unseen(
    organisation: Organisation, does: dict[str, Any], people: People, client_for: Any
) -> None:
    browser = client_for(people("safety_adviser"))
    url = reverse("landscape:cell_change", args=[organisation.slug, CELL])
    form = browser.get(url).context["form"]
    given = {**form.initial, "because": "x"}
    assert f'name="seen" value="{form.initial["seen"]}"' in browser.get(url).content.decode()
    assert browser.post(url, {**given, "nl": "Van de een"}).status_code == 302
    late = browser.post(url, {**given, "nl": "Van de ander"})
    assert late.status_code == 200
    assert late.context["form"].errors
    assert landscape_of(organisation).cells[CELL].text["nl"] == "Van de een"
