"""Who sees what of a joint review: the whole table, cell by cell. `pytest -s` prints it."""

from dataclasses import fields

import pytest

from dijkwacht.core.access import Tlp
from dijkwacht.core.suppliers.entitled import NOTHING, WIDE, Sight, Stand, sees_file, sight
from dijkwacht.core.suppliers.review import Phase

COLUMNS = {
    "outcome": "O", "answers": "A", "files": "F", "strict_files": "S", "details": "D", "notes": "N", "parties": "P",
    "opened": "L", "judges": "J", "keeps": "K", "replies": "R",
}  # fmt: skip
"""One letter per thing that may be seen or done."""

TABLE = """
stand    works  draft       answering   judging     concluded   withdrawn
holder   yes    OAFSDNPLJK. OAFSDNPLJK. OAFSDNPLJK. OAFSDNPLJK. OAFSDNPLJ..
holder   no     O.....P.... O.....P.... O.....P.... O.....P.... O.....P....
reviewer yes    OAFSDNPLJ.. OAFSDNPLJ.. OAFSDNPLJ.. OAFSDNPLJ.. OAFSDNPLJ..
reviewer no     O.....P.... O.....P.... O.....P.... O.....P.... O.....P....
joined   yes    ........... O.....P.... O.....P.... OAF...P.... O.....P....
joined   no     ........... O.....P.... O.....P.... OAF...P.... O.....P....
supplier yes    ........... OAFSD.PL..R OAFSD.PL..R OAFSD.PL..R OAFSD.PL...
supplier no     ........... OAFSD.PL... OAFSD.PL... OAFSD.PL... OAFSD.PL...
outsider yes    ........... ........... ........... ........... ...........
outsider no     ........... ........... ........... ........... ...........
"""
"""Under TLP:AMBER. With AMBER+STRICT and RED only who joined sees less: no answers and no files."""


def letters(seen: Sight) -> str:
    return "".join(letter if getattr(seen, name) else "." for name, letter in COLUMNS.items())


def row(stand: Stand, works: bool, tlp: Tlp) -> str:
    cells = (letters(sight(stand, works=works, tlp=tlp, phase=phase)) for phase in Phase)
    return " ".join([f"{stand:<8}", f"{'yes' if works else 'no':<6}", *cells])


def table(tlp: Tlp) -> str:
    head = " ".join([f"{'stand':<8}", f"{'works':<6}", *(f"{phase:<11}" for phase in Phase)]).rstrip()
    return "\n".join(["", head, *(row(stand, works, tlp) for stand in Stand for works in (True, False)), ""])


@pytest.mark.parametrize("tlp", sorted(WIDE))
def test_every_cell(tlp: Tlp) -> None:
    print(table(tlp))  # noqa: T201 - to be read with `pytest -s`
    assert table(tlp) == TABLE


@pytest.mark.parametrize("tlp", [Tlp.AMBER_STRICT, Tlp.RED])
def test_with_a_narrow_label_who_joined_sees_no_answers(tlp: Tlp) -> None:
    assert table(tlp) == TABLE.replace("OAF...P....", "O.....P....")


def test_the_table_has_every_column() -> None:
    assert [each.name for each in fields(Sight)] == list(COLUMNS)


def test_files_by_their_own_label() -> None:
    joined = Sight(outcome=True, files=True)
    reviewer = Sight(outcome=True, files=True, strict_files=True)
    assert {tlp for tlp in Tlp if sees_file(joined, tlp)} == WIDE
    assert {tlp for tlp in Tlp if sees_file(reviewer, tlp)} == set(Tlp)
    assert not any(sees_file(NOTHING, tlp) for tlp in Tlp)


def test_who_sees_nothing_has_no_review() -> None:
    assert not NOTHING
    assert Sight(outcome=True)
