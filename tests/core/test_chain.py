"""The chain: its canonical form, and that no change goes unseen."""

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.chain import (
    Break,
    Broken,
    Link,
    Seal,
    canonical,
    first_broken,
    genesis,
    link,
    moment,
    name_break,
    plain,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DETAIL = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
CONTENTS = st.lists(st.fixed_dictionaries({"act": TEXT, "about": TEXT, "detail": DETAIL}), min_size=1, max_size=5)


class Colour(StrEnum):
    BLUE = "blue"


def chained(contents, organisation="dijkstad"):
    links, last = [], genesis(organisation)
    for seq, content in enumerate(contents, start=1):
        whole = {**content, "seq": seq, "organisation": organisation}
        links.append(Link(seq, whole, last, link(last, whole)))
        last = links[-1].hash
    return links, Seal(len(links), last)


def three():
    return chained([{"act": act} for act in ("added", "answered", "shared")])


def test_worked_example_of_the_documentation():
    content = {
        "organisation": "dijkstad",
        "seq": 1,
        "at": "2026-11-25T09:30:00.000000Z",
        "person": 7,
        "actor": "",
        "act": "people.role_granted",
        "about": "person:8",
        "detail": {"role": "ciso", "valid_from": "2026-12-01", "valid_to": None},
    }
    assert canonical(content) == (
        b'{"about":"person:8","act":"people.role_granted","actor":"","at":"2026-11-25T09:30:00.000000Z",'
        b'"detail":{"role":"ciso","valid_from":"2026-12-01","valid_to":null},"organisation":"dijkstad","person":7,"seq":1}'
    )
    assert genesis("dijkstad") == "017e35ad8f2cd33b87b28e69cd58f4e0df071b278b1493e0138cd15d87bdbdf7"
    assert link(genesis("dijkstad"), content) == "fff72b79e7b9f8157b1358807d0aa20cee4371b867d24a843e919f4f3fbed922"


def test_plain_values():
    value = {
        "day": date(2026, 11, 25),
        "at": datetime(2026, 11, 25, 10, 30, tzinfo=timezone(timedelta(hours=1))),
        "id": UUID(int=1),
        "kind": Colour.BLUE,
        "share": Decimal("0.5"),
        "whole": 3.0,
        "many": (1, True, None),
        "names": {"b", "a"},
    }
    assert plain(value) == {
        "day": "2026-11-25",
        "at": "2026-11-25T09:30:00.000000Z",
        "id": "00000000-0000-0000-0000-000000000001",
        "kind": "blue",
        "share": 0.5,
        "whole": 3,
        "many": [1, True, None],
        "names": ["a", "b"],
    }
    assert type(plain(value)["whole"]) is int
    assert type(plain(value)["kind"]) is str


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), "nul\0", "\ud800", {1: "a"}, {"a\0": 1}, object(), b"bytes", datetime(2026, 1, 1)],
)
def test_what_the_trail_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match=r"trail|surrogate"):
        canonical({"detail": value})


def test_a_moment_is_written_in_utc():
    assert moment(datetime(2026, 7, 1, 0, 0, tzinfo=timezone(timedelta(hours=2)))) == "2026-06-30T22:00:00.000000Z"


@given(DETAIL)
def test_the_canonical_form_survives_reading_back(value):
    written = canonical({"detail": value})
    assert canonical(json.loads(written)) == written


@given(st.dictionaries(TEXT, st.integers(), min_size=2))
def test_the_order_of_keys_is_no_part_of_it(content):
    assert canonical(dict(reversed(content.items()))) == canonical(content)


@given(CONTENTS)
def test_an_untouched_chain_holds(contents):
    links, head = chained(contents)
    assert first_broken("dijkstad", links, head=head) is None
    assert first_broken("dijkstad", links, head=head, noted={1: links[0].hash}) is None


def test_an_empty_chain_holds():
    assert first_broken("dijkstad", [], head=Seal(0, genesis("dijkstad"))) is None


@settings(max_examples=150)
@given(CONTENTS, st.data())
def test_any_change_of_one_field_is_found_at_its_entry(contents, data):
    links, head = chained(contents)
    place = data.draw(st.integers(0, len(links) - 1))
    old = links[place]
    field = data.draw(st.sampled_from(["seq", "act", "about", "detail", "organisation", "previous", "hash"]))
    if field in ("previous", "hash"):
        links[place] = _altered(old, field, data.draw(st.text("0123456789abcdef", min_size=64, max_size=64)))
    elif field == "seq":
        links[place] = Link(old.seq + 1, {**old.content, "seq": old.seq + 1}, old.previous, old.hash)
    else:
        new = data.draw(DETAIL if field == "detail" else TEXT)
        links[place] = Link(old.seq, {**old.content, field: new}, old.previous, old.hash)
    same = canonical(links[place].content) == canonical(old.content)
    broken = first_broken("dijkstad", links, head=head)
    if same and links[place].previous == old.previous and links[place].hash == old.hash:
        assert broken is None
    else:
        assert broken is not None
        assert broken.seq == old.seq + (field == "seq" and place == len(links) - 1)


def _altered(old, field, value):
    return Link(
        old.seq, old.content, value if field == "previous" else old.previous, value if field == "hash" else old.hash
    )


@given(CONTENTS, st.data())
def test_leaving_out_any_entry_is_found(contents, data):
    links, head = chained(contents)
    place = data.draw(st.integers(0, len(links) - 1))
    broken = first_broken("dijkstad", links[:place] + links[place + 1 :], head=head)
    assert broken is not None
    assert broken.seq == place + 1
    assert broken.kind is (Break.CUT if place == len(links) - 1 else Break.GAP)


def test_the_chain_of_another_organisation_does_not_pass():
    links, head = chained([{"act": "added"}], "polderveen")
    assert first_broken("dijkstad", links, head=head) == Broken(
        1, Break.PREVIOUS, genesis("dijkstad"), genesis("polderveen")
    )


def test_entries_after_the_head_were_not_written_by_us():
    links, _head = three()
    assert first_broken("dijkstad", links, head=Seal(2, links[1].hash)) == Broken(3, Break.UNSEALED, "2", "3")


def test_a_head_with_another_hash():
    links, _head = three()
    assert first_broken("dijkstad", links, head=Seal(3, "f" * 64)) == Broken(3, Break.HEAD, links[2].hash, "f" * 64)


def test_a_chain_written_anew_is_found_with_a_hash_that_was_noted():
    old, _head = three()
    new, head = chained([{"act": "added"}, {"act": "nothing"}, {"act": "shared"}])
    assert first_broken("dijkstad", new, head=head) is None
    assert first_broken("dijkstad", new, head=head, noted={3: old[2].hash}) == Broken(
        3, Break.NOTED, old[2].hash, new[2].hash
    )


def test_a_chain_cut_off_with_its_head_is_found_with_a_hash_that_was_noted():
    links, head = three()
    assert first_broken("dijkstad", links[:2], head=Seal(2, links[1].hash), noted={3: head.hash}) == Broken(
        3, Break.CUT, "3", "2"
    )


@pytest.mark.parametrize(
    ("kind", "here", "elsewhere", "named"),
    [
        (Break.PREVIOUS, True, False, Break.REORDERED),
        (Break.PREVIOUS, False, True, Break.FOREIGN),
        (Break.PREVIOUS, False, False, Break.PREVIOUS),
        (Break.HASH, True, True, Break.HASH),
    ],
)
def test_a_wrong_pointer_is_named_after_where_it_points(kind, here, elsewhere, named):
    assert name_break(Broken(4, kind, "a", "b"), elsewhere_here=here, elsewhere=elsewhere) == Broken(4, named, "a", "b")
