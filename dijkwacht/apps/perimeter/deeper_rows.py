"""The page about deeper looks: a row per name, with what may be done there or what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass

from dijkwacht.apps.perimeter.consent_words import refused_word
from dijkwacht.apps.perimeter.deeper_words import open_words
from dijkwacht.apps.perimeter.models import Domain
from dijkwacht.apps.perimeter.queries.deeper import Depth
from dijkwacht.core.text import capital


@dataclass(frozen=True, slots=True)
class Row:
    """A name. ``how``: what a deeper look would do; ``shut``: addresses without ports, with why; ``why``: not at all."""

    domain: Domain
    how: str
    shut: tuple[tuple[str, str], ...]
    why: str


def rows(found: Iterable[Depth]) -> list[Row]:
    """One row for each."""
    return [
        Row(
            each.domain, open_words(each) if each.may else "",
            tuple((address, refused_word(code)) for address, code in each.shut),
            capital(refused_word(each.why.code)) if each.why else "",
        )
        for each in found
    ]  # fmt: skip
