"""Who may see what: every label with every reader, and what follows for texts put together."""

from itertools import product
from typing import get_args

import pytest

from dijkwacht.core.advisories.shapes import Tlp
from dijkwacht.core.advisories.tlp import ORDER, Reader, Relation, effective, may_see, strictest

# label: the answer for public, constituency, trusted without need, trusted with need, own, named
CASES = {
    "CLEAR": ("open", "open", "open", "open", "open", "open"),
    "GREEN": ("not_public", "community", "community", "community", "community", "community"),
    "AMBER": (
        "not_public",
        "trusted_contact_only",
        "no_need_to_know",
        "client_who_needs_it",
        "own_organisation",
        "own_organisation",
    ),
    "AMBER+STRICT": (
        "not_public",
        "own_organisation_only",
        "own_organisation_only",
        "own_organisation_only",
        "own_organisation",
        "own_organisation",
    ),
    "RED": (
        "not_public",
        "named_persons_only",
        "named_persons_only",
        "named_persons_only",
        "named_persons_only",
        "named_person",
    ),
}
READERS = (
    Reader("public", True),
    Reader("constituency", True),
    Reader("trusted"),
    Reader("trusted", True),
    Reader("own"),
    Reader("named"),
)
YES = {"open", "community", "client_who_needs_it", "own_organisation", "named_person"}


@pytest.mark.parametrize("label", ORDER)
def test_every_case(label: Tlp) -> None:
    found = [may_see(label, reader) for reader in READERS]
    assert tuple(each.reason for each in found) == CASES[label]
    assert all(each.yes is (each.reason in YES) for each in found)


@pytest.mark.parametrize(("relation", "needs"), list(product(get_args(Relation), [True, False])))
def test_a_stricter_label_never_shows_more(relation: Relation, needs: bool) -> None:
    seen = [may_see(label, Reader(relation, needs)).yes for label in ORDER]
    assert seen == sorted(seen, reverse=True)


def test_labels_together() -> None:
    assert strictest(["GREEN", "AMBER+STRICT", "AMBER"]) == "AMBER+STRICT"
    assert strictest([]) == "CLEAR"


@pytest.mark.parametrize(
    ("label", "channel", "holds"),
    [
        ("CLEAR", "GREEN", "GREEN"),
        ("RED", "CLEAR", "RED"),
        (None, "CLEAR", "CLEAR"),
        ("GREEN", None, "GREEN"),
        (None, None, "AMBER"),
    ],
)
def test_the_label_that_holds(label: Tlp | None, channel: Tlp | None, holds: Tlp) -> None:
    assert effective(label, channel) == holds
