"""Ways to get more out of a consent than was given."""

from datetime import UTC, datetime

import pytest

from dijkwacht.core.consent import Allowed, Consent, Refused, Request, decide
from dijkwacht.core.consent_scope import NOTHING, Scope, scope_of

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


def agreed(*scope: str, exclude: Scope = NOTHING, **more: object) -> Consent:
    fields = {"level": 2, "since": datetime(2026, 1, 1, tzinfo=UTC), "until": datetime(2027, 1, 1, tzinfo=UTC)}
    return Consent("dijkstad", scope_of(scope), exclude=exclude, **(fields | more))  # type: ignore[arg-type]


def asked(name: str, address: str = "") -> Request:
    return Request(name, address, 1, AT)


@pytest.mark.parametrize(
    "name",
    ["evil-example.nl", "example.nl.evil.nl", "example.nl", "xexample.nl", "nl", "", "*.example.nl.x", "a.example.n"],
)
def test_names_that_look_like_it_are_outside(name: str) -> None:
    assert isinstance(decide([agreed("*.example.nl")], asked(name)), Refused)


@pytest.mark.parametrize("name", ["LOKET.example.nl", "loket.example.nl.", "Loket.Example.NL.", "loket.example.NL"])
def test_no_way_of_writing_gets_around_who_is_left_alone(name: str) -> None:
    alone = scope_of(["loket.example.nl"])
    for found in (
        decide([agreed("*.example.nl")], asked(name), opted_out=alone),
        decide([agreed("*", kind="csirt", article="Cbw 17")], asked(name), opted_out=alone),
        decide([agreed("*.example.nl", exclude=alone)], asked(name)),
    ):
        assert isinstance(found, Refused)
        assert found.code in ("opted_out", "excluded")
    assert isinstance(decide([agreed("*.example.nl")], asked(name)), Allowed)
