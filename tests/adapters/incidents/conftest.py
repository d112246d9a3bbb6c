"""An incident as it is shared."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from dijkwacht.adapters.incidents.shared import Shared, indicators

LINES = "192.0.2.7\n2001:db8::1\nkwaad.example\nhttps://kwaad.example/a'b\\c\nd@kwaad.example\n" + "\n".join(
    ("a" * 32, "b" * 40, "c" * 64, "CVE-2026-12345", "map C:\\tijdelijk")
)


@pytest.fixture
def shared() -> Callable[..., Shared]:
    def make(**more) -> Shared:
        return Shared(
            **{
                "organisation": "Gemeente Dijkstad", "organisation_key": "dijkstad", "key": "2026-001",
                "title": "Zaaksysteem\nversleuteld", "text": "Alles staat op slot.",
                "began_at": datetime(2026, 11, 25, 6, 0, tzinfo=UTC), "told_at": datetime(2026, 11, 25, 8, 0, tzinfo=UTC),
                "at": datetime(2026, 11, 26, 8, 0, 0, 123456, tzinfo=UTC), "tlp": "amber", "exercise": False, "open": True,
                "significant": True, "rsit": "availability/outage", "rsit_tag": 'rsit:availability="outage"',
                "indicators": indicators(LINES), **more,
            }
        )  # fmt: skip

    return make
