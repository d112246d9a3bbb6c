"""How the elements of OSCAL's XML are called in its JSON, for catalogs, profiles and mapping collections.

After NIST's metaschema of OSCAL 1.0 to 1.2: attributes are flags and keep their name; elements that may stand there more
than once become a list under their plural.
"""

from collections.abc import Mapping

NAMESPACE = "http://csrc.nist.gov/ns/oscal/1.0"

LISTS: Mapping[str, str] = {
    **{name: f"{name}s" for name in (
        "param", "prop", "link", "part", "control", "group", "resource", "role", "location", "action", "document-id",
        "external-id", "telephone-number", "addr-line", "url", "location-uuid", "party-uuid", "rlink", "value",
        "member-of-organization", "constraint", "test", "guideline", "import", "with-id", "set-parameter", "alter",
        "remove", "add", "mapping", "map", "source", "target", "qualifier", "revision",
    )},
    "party": "parties", "responsible-party": "responsible-parties", "email-address": "email-addresses",
    "address": "addresses", "hash": "hashes", "choice": "choice", "matching": "matching",
    "include-controls": "include-controls", "exclude-controls": "exclude-controls", "insert-controls": "insert-controls",
    "unmapped-control": "unmapped-controls",
}  # fmt: skip
ALONE = frozenset((("location", "address"),))  # (holder, element): here it can stand only once
SPREAD = frozenset(("revisions",))  # only a holder in XML: its list stands in its place in JSON

TEXTS = frozenset((
    "published", "last-modified", "version", "oscal-version", "name", "short-name", "email-address", "addr-line", "city",
    "state", "postal-code", "country", "url", "location-uuid", "party-uuid", "member-of-organization", "value", "with-id",
    "expression", "relationship",
))  # fmt: skip
LINES = frozenset(("title", "label", "choice", "text"))  # marked-up text of one line
BLOCKS = frozenset(("remarks", "description", "usage", "mapping-description"))  # marked-up text of several
PROSE = frozenset(("part", "guideline"))  # blocks stand among its elements, and are its ``prose``
NUMBERS = frozenset(("percentage",))
FLAGS = frozenset(("as-is",))
# text beside flags: under which key it stands in JSON
VALUES: Mapping[str, str] = {
    "document-id": "identifier", "external-id": "id", "telephone-number": "number", "hash": "value", "base64": "value",
    "coverage": "target-coverage",
}  # fmt: skip
SHARES = frozenset(("coverage",))  # whose text is a number

OBJECTS = frozenset((
    "catalog", "profile", "mapping-collection", "metadata", "back-matter", "revisions", "revision", "role", "location",
    "party", "address", "responsible-party", "action", "control", "group", "param", "part", "prop", "link", "select",
    "constraint", "test", "guideline", "resource", "citation", "rlink", "import", "include-all", "include-controls",
    "exclude-controls", "matching", "insert-controls", "merge", "combine", "flat", "custom", "modify", "set-parameter",
    "alter", "remove", "add", "provenance", "mapping", "source-resource", "target-resource", "map", "source", "target",
    "qualifier", "source-gap-summary", "target-gap-summary", "unmapped-control", "confidence-score",
))  # fmt: skip
EVERY = OBJECTS | TEXTS | LINES | BLOCKS | NUMBERS | FLAGS | frozenset(VALUES)
