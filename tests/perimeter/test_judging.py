"""What a stranger said, as it is kept: no sign in it that a database or a screen chokes on."""

import json

from dijkwacht.apps.perimeter.services.judging import _plain
from dijkwacht.core.checks.finding import Finding, Why


def test_reasons_hold_no_control_characters() -> None:
    why = Why("other_name", {"host": "a\0b", "names": ["c\x1b[31m", "d"], "days": 3, "leaf": True})
    said = _plain(Finding("cert_hostmatch", "web", "192.0.2.1", "failed", "failed", (why,)))
    assert said["why"] == [
        {"code": "other_name", "params": {"host": "a\ufffdb", "names": ["c\ufffd[31m", "d"], "days": 3, "leaf": True}}
    ]
    assert "\\u0000" not in json.dumps(said)
