"""Which suppliers of a file are ours already: by KvK number, by the number in our own books, by name. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from dijkwacht.core.intake_values import plain
from dijkwacht.core.suppliers.identity import folded
from dijkwacht.core.suppliers.register_held import HeldSupplier, Noted, Values
from dijkwacht.core.suppliers.register_rows import SupplierRow


class Matched:
    """Which supplier of ours each of the file is: the surest sign first, and none of ours twice unless it was merged."""

    def __init__(self, rows: Sequence[SupplierRow], held: Sequence[HeldSupplier], notes: Noted) -> None:
        self._held = {each.id: each for each in held}
        self._at: dict[int, tuple[HeldSupplier, bool]] = {}
        self._taken: set[int] = set()
        self._ours: dict[str, dict[str, list[HeldSupplier]]] = {name: defaultdict(list) for name in _KEYS}
        for name, (_, key) in _KEYS.items():
            for each in held:
                if said := key(each.values):
                    self._ours[name][said].append(each)
        for name in _KEYS:
            for at, row in enumerate(rows):
                if at not in self._at:
                    self._match(at, row, name, notes)

    def _match(self, at: int, row: SupplierRow, name: str, notes: Noted) -> None:
        said = _KEYS[name][0](row)
        fits = [each for each in self._ours[name].get(said, ()) if said and self._free(each)]
        if name != "kvk":
            other = [each for each in fits if row.kvk and each.values["kvk"] not in ("", row.kvk)]
            if name == "own_id" and fits and len(other) == len(fits):
                notes.problem(
                    "kvk_conflict", row.row, name=row.name[:60], value=row.kvk, other=str(other[0].values["kvk"])
                )
            fits = [each for each in fits if each not in other]
        fits = [each for each in fits if each.into is None] or fits
        ends = {self._end(each).id for each in fits}
        if len(ends) == 1:
            one = self._end(fits[0])
            self._at[at] = (one, fits[0].into is not None)
            self._taken |= {fits[0].id} if fits[0].into is None else set()

    def _free(self, each: HeldSupplier) -> bool:
        return each.into is not None or each.id not in self._taken

    def _end(self, each: HeldSupplier) -> HeldSupplier:
        for _ in range(len(self._held)):
            if each.into is None or each.into not in self._held:
                break
            each = self._held[each.into]
        return each

    def of(self, at: int) -> tuple[HeldSupplier, bool] | None:
        """Who of ours it is, and whether by what a merged one was called."""
        return self._at.get(at)

    def named(self, name: str) -> int | None:
        """The number of the one of ours that is called this; None when there is none, or several."""
        for key in (plain, folded):
            fits = self._ours["name" if key is plain else "folded"].get(key(name), [])
            ends = {self._end(each).id for each in fits}
            if len(ends) == 1:
                return ends.pop()
        return None


_KEYS: Mapping[str, tuple[Callable[[SupplierRow], str], Callable[[Values], str]]] = {
    "kvk": (lambda row: row.kvk, lambda values: str(values["kvk"])),
    "own_id": (lambda row: plain(row.own_id), lambda values: plain(str(values["own_id"]))),
    "name": (lambda row: plain(row.name), lambda values: plain(str(values["name"]))),
    "folded": (lambda row: folded(row.name), lambda values: folded(str(values["name"]))),
}
