"""The small pack of accountability, a CISO, and files to bring in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dijkwacht.apps.frameworks.models import Brought
from dijkwacht.apps.frameworks.services import bringing, reading
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.web import clock
from tests.accountability.conftest import _english, _pack, ciso, own, say  # noqa: F401 - fixtures
from tests.adapters.oscal import made
from tests.ledger.small import TODAY

CATALOG = ("catalog.json", made.raw(made.catalog()))
MAPS = (
    made.mapped(1, "equal-to", ["1"], ["a-1"]),
    made.mapped(2, "subset-of", ["2"], ["a-1.1"]),
    made.mapped(3, "subset-of", ["1", "2"], ["b-1"], coverage={"target-coverage": 1}),
)
MAPPING = ("map.json", made.raw(made.mapping(*MAPS, source="bio2")))


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, at: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda request: at)


@pytest.fixture
def bring(organisation: Organisation, ciso: Person, at: Any) -> Callable[..., Brought | None]:  # noqa: F811
    """Brings files in, as they would be from the page."""

    def work(*files: tuple[str, bytes], norm: str = "", **fields: Any) -> Brought | None:
        given = {"organisation": organisation, "person": ciso, "on": TODAY, "at": at, **fields}
        owner = given.pop("organisation")
        found = reading.read(owner, files, norm=norm, on=given["on"])
        return bringing.keep(owner, found, files=files, **given).brought

    return work


def sent(*files: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    """Files as a browser sends them."""
    return [SimpleUploadedFile(name, content) for name, content in files]
