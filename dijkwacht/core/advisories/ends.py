"""The first and the last affected version of a product (CSAF 2.0, 3.2.3.9): what they say of the versions between.

A first opens a stretch and the next last closes it. Where one of the two is lacking, the document does not tell how far it goes:
that part is a question. It ends where the document says something else of the product. Told with examples in docs/matching.md.
"""

from collections.abc import Collection, Iterable, Iterator

from dijkwacht.core.advisories.versions import LITERALS

__all__ = ["Point", "stretches"]

Point = tuple[str, bool]
"""Where a version stands in the order, and whether it is a last one."""


def stretches(
    points: Iterable[Point], *, starts: Collection[str], stops: Collection[str]
) -> Iterator[tuple[str, str, bool]]:
    """From where up to where, and whether the versions there are affected for sure; else it is a question.

    ``starts`` and ``stops``: where other stretches begin and end that the document tells of the same product.
    """
    opened = closed = ""  # no version stands at the empty place
    for place, last in sorted(points):
        if not last:
            if opened:
                yield opened, place, False
            opened = place
        else:
            lowest = closed or min((each for each in starts if each < place), default="")
            yield (opened, place, True) if opened else (lowest, place, False)
            opened, closed = "", place
    if opened:
        yield opened, max((each for each in stops if each > opened), default=LITERALS), False
