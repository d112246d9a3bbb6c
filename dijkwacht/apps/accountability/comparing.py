"""Accounts of many organisations side by side. Pure: what was shared comes in, what a page shows goes out."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.accountability.forms import SIZES
from dijkwacht.apps.accountability.queries import Shared
from dijkwacht.core.verdict import Status

_KEYS: Mapping[str, Callable[[Shared], Any]] = {
    "least": lambda each: (each.tally is None, each.met),
    "not_met": lambda each: -each.counts.get(Status.NOT_MET, 0),
    "unknown": lambda each: -each.counts.get(Status.UNKNOWN, 0),
    "inhabitants": lambda each: -(each.share.owner.inhabitants or 0),
}


def most_shared(shared: Iterable[Shared]) -> list[str]:
    """The accounts that are shared, the one that most organisations share first."""
    return [account for account, _count in Counter(each.share.what for each in shared).most_common()]


def provinces(shared: Iterable[Shared]) -> list[str]:
    """The provinces in which these organisations lie."""
    return sorted({each.share.owner.province for each in shared} - {""})


def chosen(shared: Iterable[Shared], *, account: str, province: str, size: str) -> list[Shared]:
    """Those of one account, in a province and of a size class if given."""
    least, most = next(((low, high) for key, low, high in SIZES if key == size), (None, 0))
    return [
        each
        for each in shared
        if each.share.what == account
        and province in ("", each.share.owner.province)
        and (least is None or least <= (each.share.owner.inhabitants or 0) < most)
    ]


def ordered(shared: Iterable[Shared], *, by: str) -> list[Shared]:
    """In the order asked for; by name otherwise, and within what is equal."""
    found = sorted(shared, key=lambda each: each.share.owner.name)
    return sorted(found, key=_KEYS[by]) if by in _KEYS else found


def total(shared: Iterable[Shared]) -> dict[str, int]:
    """The lines of all together by status."""
    counts: Counter[str] = Counter()
    for each in shared:
        counts.update(each.counts)
    return {str(status): counts[status] for status in Status}


def sentence(shared: Sequence[Shared]) -> str:
    """How they stand together, in one sentence."""
    n = len(shared)
    if not n:
        return ""
    judged = [each for each in shared if each.tally is not None]
    words = {"n": n, "part": number_format(100 * sum(each.met for each in judged) / len(judged), 0) if judged else "0"}
    if not judged:
        return _("None of them has been judged yet.")
    return (
        ngettext(
            "%(n)d organisation shares this account; %(part)s%% of what applies to it is in order.",
            "%(n)d organisations share this account; on average %(part)s%% of what applies is in order.",
            n,
        )
        % words
    )
