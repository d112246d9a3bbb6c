"""What the pages about packs say: whose it is, what it changes, what must be chosen, why it is refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.landscape.models import Edition, LocalCell
from dijkwacht.apps.landscape.services.exchange import Preview
from dijkwacht.apps.landscape.words.cells import CELL, CLASHES, DOINGS, FIELDS, NO_KEY, WRONG, refusal
from dijkwacht.apps.ledger.services.deeds import Refused
from dijkwacht.core.landscape.cells import Landscape
from dijkwacht.core.landscape.merge import Conflict
from dijkwacht.web.terms import text_of

__all__ = ["answer", "conflict", "local_rows", "preview_answer", "refusal", "trouble"]


def answer(edition: Edition | None, local: int) -> str:
    """The sentence under the title of the page."""
    if edition is None:
        told = _("You read the pack of the house.")
    else:
        told = _("You read %(name)s of %(who)s.") % {"name": edition, "who": edition.publisher}
    more = ngettext("You did something to %(n)s cell yourself.", "You did something to %(n)s cells yourself.", local)
    return f"{told} {more % {'n': local}}"


def local_rows(rows: Iterable[LocalCell], base: Landscape, here: Landscape) -> list[tuple[LocalCell, str, str, bool]]:
    """What was done here: the row, what the cell says, what was done, and whether it counts: a cell that the pack no longer
    has cannot be changed or hidden, and one of one's own may use a name that is there no longer."""
    found = []
    for row in rows:
        known = base.cells.get(row.cell)
        text = row.fields.get("nl") or (text_of(known.text) if known else row.base.get("nl", "")) or row.cell
        found.append((row, text, str(DOINGS[row.doing]), known is not None or row.cell in here.cells))
    return found


def preview_answer(found: Preview) -> str:
    """What taking over would do, as a sentence."""
    merge, n = found.merge, len(found.merge.conflicts)
    told = _("%(added)s cells are new, %(changed)s change, %(removed)s go out; nothing was recorded yet.") % {
        "added": len(merge.added), "changed": len(merge.changed), "removed": len(merge.removed),
    }  # fmt: skip
    if not n:
        return told
    more = ngettext("There is %(n)s conflict to choose.", "There are %(n)s conflicts to choose.", n) % {"n": n}
    return f"{told} {more}"


def conflict(each: Conflict, found: Preview) -> tuple[str, str, str, str, str]:
    """A conflict in words: which cell, about what, why, what ours says and what theirs."""
    whole = found.pack.cells.get(each.cell) or (each.base if isinstance(each.base, Mapping) else {})
    what = str(FIELDS.get(each.field, "")) if each.field else ""
    return (
        str(whole.get("nl", each.cell)),
        what,
        str(CLASHES[each.clash]),
        _told(each.ours, _("left out")),
        _told(each.theirs, _("not there")),
    )


def _told(value: Any, nothing: str) -> str:
    if value is None:
        return nothing
    if isinstance(value, Mapping):
        return "; ".join(
            f"{FIELDS[key]}: {_told(said, nothing)}" for key, said in value.items() if key in FIELDS and said
        )
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value) or "–"


def trouble(error: Refused) -> str:
    """Why a pack is refused."""
    if error.code == "cell":
        field, why = error.params["field"], error.params["why"]
        return str(CELL) % {"cell": error.params["cell"], "field": FIELDS.get(field, field), "why": WRONG.get(why, why)}
    if error.code == "key" and error.params.get("where") == "pack":
        return str(NO_KEY)
    return refusal(error)
