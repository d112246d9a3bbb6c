"""Words that do not belong in a repository: where a machine keeps things, and hosts that packages come from."""

import re

from tests.architecture import house

# Written in pieces, so that this file does not trip over itself.
BANNED = {
    "a path on somebody's machine": r"(?<![\w.-])/(?:wo" r"rk|ro" r"ot|ho" r"me|Use" r"rs|op" r"t/py)[/\b]",
    "a host of a package registry": r"py" r"pi\.(?:org|io|python)|python" r"hosted\.|registry\.n" r"pmjs|"
    r"yarn" r"pkg\.com|deb\.deb" r"ian\.|dock" r"er\.io|gh" r"cr\.io|qu" r"ay\.io|proxy\.gol" r"ang",
}  # fmt: skip
BINARY = {".png", ".xlsx", ".ods", ".pdf", ".woff2", ".zip", ".jpg"}


def test_no_banned_words() -> None:
    found = []
    for path in house.repository_files():
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
            for what, pattern in BANNED.items():
                if match := re.search(pattern, line):
                    found.append(f"{house.name(path)}:{number}: {what}: {match.group()}")
    assert found == []
