"""Names of hosts as people write them, to the one form in which they are kept."""

import re
from ipaddress import ip_address

LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
LONGEST = 253


class NameProblem(ValueError):
    """What is wrong with a name: `code` is empty, address, too_long, label, single, ends_in_number."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text[:80]!r}")
        self.code = code
        self.text = text[:80]


def host_name(text: str) -> str:
    """A host name in lower case, in its ASCII form, without final dot; a pasted address of a page is cut to its host.

    Raises NameProblem.
    """
    name = text.strip().lower()
    name = re.sub(r"^[a-z][a-z0-9+.-]*://", "", name)
    name = name.split("/", 1)[0].split("?", 1)[0].rsplit("@", 1)[-1]
    name = re.sub(r":\d{1,5}$", "", name).rstrip(".")
    if not name:
        raise NameProblem("empty", text)
    _no_address(name, text)
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            raise NameProblem("label", text) from None
    if len(name) > LONGEST:
        raise NameProblem("too_long", text)
    labels = name.split(".")
    if not all(LABEL.match(label) for label in labels):
        raise NameProblem("label", text)
    if len(labels) < 2:
        raise NameProblem("single", text)
    if labels[-1].isdigit():
        raise NameProblem("ends_in_number", text)
    return name


def _no_address(name: str, text: str) -> None:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return
    raise NameProblem("address", text)
