"""Packs that go out signed, and packs that come in: looked at first, then taken over with a choice for each conflict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dijkwacht.adapters import landscape_pack as adapter
from dijkwacht.adapters.landscape_pack import LARGEST, PackTrouble, Signed
from dijkwacht.apps.accountability.services.keys import ensure_key, private_key
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.landscape.models import Doing, Edition, LocalCell
from dijkwacht.apps.landscape.queries.cells import (
    as_locals,
    base_of,
    edition_of,
    holder_of,
    landscape_of,
    locals_of,
)
from dijkwacht.apps.landscape.services.doing import Deed, Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.landscape.form import rows_of
from dijkwacht.core.landscape.merge import Choice, Merge, Rows, merge
from dijkwacht.norms.landscape import landscape_pack
from dijkwacht.web.moments import day_of

__all__ = ["LARGEST", "Preview", "leave_edition", "make_pack", "preview", "seen_mark", "take_over"]


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking over a pack would do. ``holder``: whose key it is here; None: a stranger's, of whom nobody here knows.

    ``older``: made before the one of the same key that counts now: maybe somebody plays an old one again.
    """

    pack: Signed
    holder: Organisation | None
    merge: Merge
    older: bool = False


def make_pack(organisation: Organisation, *, person: Person, at: datetime) -> bytes:
    """The landscape of this organisation as a signed pack. Raises Refused (key): its private key is not there."""
    on = day_of(at)
    key = ensure_key(organisation, person=person, actor="", on=on, at=at)
    try:
        pem = private_key(key)
    except Refusal:
        raise Refused("key") from None
    with doing(organisation, person=person, at=at) as deed:
        here = landscape_of(organisation)
        told = adapter.content(
            here, name=here.name["nl"], version=f"{here.version}+{on.isoformat()}", publisher=organisation.name, on=on
        )
        data = adapter.sign(told, pem=pem)
        deed.write("pack_made", about=f"key:{key.key}", cells=len(here.cells), key=key.key)
    return data


def preview(organisation: Organisation, data: bytes, *, choices: Mapping[str, Choice] | None = None) -> Preview:
    """What a pack would do here. Raises Refused with the code of the trouble (large, no_json, form, changed, signature …)."""
    house = landscape_pack().landscape
    try:
        pack = adapter.read(data, known=house)
    except PackTrouble as error:
        raise Refused(error.code, where="pack", **error.params) from None
    found = merge(rows_of(base_of(organisation)), pack.cells, as_locals(locals_of(organisation)), choices=choices)
    return Preview(pack, holder_of(pack.key), found, _older(pack, edition_of(organisation)))


def _older(pack: Signed, now: Edition | None) -> bool:
    return now is not None and now.key == pack.key and str(now.content.get("made_on", "")) > pack.made_on.isoformat()


def take_over(
    organisation: Organisation,
    data: bytes,
    *,
    choices: Mapping[str, Choice],
    confirmed: str,
    seen: str | None = None,
    person: Person,
    at: datetime,
) -> Edition:
    """The pack takes the place of the one before it; what stays local is kept.

    Raises what `preview` raises, and Refused: stranger or older (signed by a key that is nobody's here, or made before the one
    that counts, and the number of its key was not confirmed), unchosen (a conflict without a
    choice), seen (what was shown is not what is here now, by `seen_mark`).
    """
    with doing(organisation, person=person, at=at) as deed:
        looked = preview(organisation, data, choices=choices)
        if seen is not None and seen != seen_mark(organisation):
            raise Refused("seen")
        if (looked.holder is None or looked.older) and confirmed.strip().lower() != looked.pack.key.lower():
            raise Refused("older" if looked.older else "stranger", field="confirmed")
        if any(each.id not in choices for each in looked.merge.conflicts):
            raise Refused("unchosen")
        rows = _locals_anew(deed, looked.merge, looked.pack.cells)
        before = _end_edition(deed)
        edition = Edition.objects.create(
            organisation=organisation, name=looked.pack.name, version=looked.pack.version, key=looked.pack.key,
            publisher=looked.holder.name if looked.holder else looked.pack.publisher, public=looked.pack.public,
            known=looked.holder is not None, sha256=looked.pack.sha256,
            content={"cells": dict(looked.pack.cells), "made_on": looked.pack.made_on.isoformat()},
            taken_on=day_of(at), taken_by=person,
        )  # fmt: skip
        deed.write(
            "edition_taken", about=f"edition:{edition.pk}", rows=[edition, *before, *rows], name=str(edition),
            publisher=edition.publisher, key=edition.key, choices={key: str(each) for key, each in choices.items()},
        )  # fmt: skip
    return edition


def seen_mark(organisation: Organisation) -> str:
    """What tells whether anything was done to the landscape here since it was looked at."""
    edition = edition_of(organisation)
    rows = ",".join(str(pk) for pk in locals_of(organisation).order_by("pk").values_list("pk", flat=True))
    return f"{edition.pk if edition else 0}:{rows}"


def leave_edition(organisation: Organisation, *, person: Person, at: datetime) -> None:
    """Back to the pack of the house; what was done here stays, and what was changed of a cell that the house does not have
    becomes a cell of one's own. Raises Refused (gone): no pack was taken over."""
    with doing(organisation, person=person, at=at) as deed:
        base, house = rows_of(base_of(organisation)), rows_of(landscape_pack().landscape)
        ended = _end_edition(deed)
        if not ended:
            raise Refused("gone")
        rows = _locals_anew(deed, merge(base, house, as_locals(locals_of(organisation))), house)
        deed.write("edition_left", about=f"edition:{ended[0].pk}", rows=[*ended, *rows], name=str(ended[0]))


def _end_edition(deed: Deed) -> list[Edition]:
    row = edition_of(deed.organisation)
    if row is None:
        return []
    row.until = day_of(deed.at)
    row.save(update_fields=["until"])
    return [row]


def _locals_anew(deed: Deed, merged: Merge, pack: Rows) -> list[LocalCell]:
    """The local rows as the merge left them; those that did not change stand as they were. ``pack``: what they lie on now."""
    kept = {each.cell: each for each in merged.kept}
    touched: list[LocalCell] = []
    for row in locals_of(deed.organisation):
        left = kept.get(row.cell)
        if left is not None and (row.doing, row.fields) == (left.doing, dict(left.fields)):
            continue
        row.until = day_of(deed.at)
        row.save(update_fields=["until"])
        touched.append(row)
        if left is not None:
            base = pack.get(row.cell, {})
            touched.append(
                LocalCell.objects.create(
                    organisation=deed.organisation, cell=row.cell, doing=Doing(left.doing.value), fields=dict(left.fields),
                    base={key: base.get(key) for key in left.fields}, because=row.because, since=day_of(deed.at),
                    by=deed.person,
                )
            )  # fmt: skip
    return touched
