"""The texts that are agreed to when the outside is measured, and the article of a CSIRT: `norms/perimeter/consent_text.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dijkwacht.norms.fields import Fields
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.text import load

FILE = "perimeter/consent_text.yaml"
KINDS = ("own", "supplier", "csirt")
PLACES = ("{organisation}", "{party}")


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A text of ours, with its version; Dutch, with places for the names of the parties."""

    version: str
    text: str

    def filled(self, *, organisation: str, party: str = "") -> str:
        """The text with the names in it."""
        return self.text.replace("{organisation}", organisation).replace("{party}", party or "De leverancier")


@dataclass(frozen=True, slots=True)
class ConsentTexts:
    """The text per kind of consent; what is not sure about them; the article of a CSIRT, and what is not sure about that."""

    texts: Mapping[str, ConsentText]
    uncertain: Mapping[str, str]
    article: str
    article_uncertain: Mapping[str, str]


def read_consent_texts(root: Path) -> ConsentTexts:
    """All of it, checked. Raises PackErrors with file and line of everything that is wrong."""
    problems: list[Problem] = []
    document = load(root / FILE, root=root)
    fields = Fields(document, document.value if isinstance(document.value, dict) else {}, FILE, problems, True)
    fields.only(("source", "uncertain", "texts", "article"))
    fields.text("source", needed=True)
    article = fields.nested("article")
    article.only(("text", "source", "uncertain"))
    article.text("source", needed=True)
    found = ConsentTexts(
        _texts(fields), fields.both("uncertain"), article.text("text", needed=True), article.both("uncertain")
    )
    if missing := [kind for kind in KINDS if kind not in found.texts]:
        fields.wrong("texts", f"there is no text for {', '.join(missing)}")
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def _texts(fields: Fields) -> dict[str, ConsentText]:
    rows: Any = fields.data.get("texts")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        fields.wrong("texts", "a list of mappings was expected")
        return {}
    found: dict[str, ConsentText] = {}
    for i, data in enumerate(rows):
        row = Fields(fields.document, data, str(data.get("kind", f"texts[{i}]")), fields.problems, True)
        row.only(("kind", "version", "text"))
        kind = row.one_of("kind", KINDS, KINDS[0])
        if kind in found:
            row.wrong("kind", f"{kind} stands here twice")
        text = row.text("text", needed=True)
        left = text
        for place in PLACES:
            left = left.replace(place, "")
        if "{" in left or "}" in left:
            row.wrong("text", f"a text has no other places than {' and '.join(PLACES)}")
        found[kind] = ConsentText(row.text("version", needed=True), text.strip())
    return found
