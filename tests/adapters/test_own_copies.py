"""Own copies of a norm: the Markdown of BIO2, and a table with number, title and text."""

import pytest

from dijkwacht.adapters.bio2_markdown import read_measures
from dijkwacht.adapters.limits import TableError
from dijkwacht.adapters.own_text import read_texts

MARKDOWN = b"""# DEEL 2
Vooraf.

## 5.01.01
Er is **beleid**.<br><br>
- een
- twee

## 5.01.02 Met een titel
Elk jaar.

# DEEL 3
Dit hoort bij niets.
"""


def test_measures() -> None:
    first, second = read_measures(MARKDOWN)
    assert (first.number, first.title, first.text) == ("5.01.01", "5.01.01", "Er is beleid.\n\n- een\n- twee")
    assert (second.number, second.title, second.text) == ("5.01.02", "Met een titel", "Elk jaar.")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_measures"), (b"# 5.1\ntekst", "no_measures"), (b"\xff\xfe", "no_measures"),
        (b"## 5.01.01\na\n## 5.01.01\nb", "number_twice"), (b"#" * (6 * 1024 * 1024), "too_large"),
    ],
)  # fmt: skip
def test_no_measures(content: bytes, code: str) -> None:
    with pytest.raises(TableError) as caught:
        read_measures(content)
    assert caught.value.problem.code == code


OTHER_ORDER = "mijn norm\nID;Omschrijving;Naam\n5.01;Maak beleid;Beleid\n5.02;;Rollen\n"


@pytest.mark.parametrize(
    "table",
    [
        "Nummer;Titel;Tekst\n5.01;Beleid;Maak beleid\n;kop;\n5.02;Rollen;\n",
        OTHER_ORDER,
    ],
)
def test_table(table: str) -> None:
    first, second = read_texts(table.encode(), name="norm.csv")
    assert (first.number, first.title, first.text) == ("5.01", "Beleid", "Maak beleid")
    assert (second.number, second.title, second.text) == ("5.02", "Rollen", "")


@pytest.mark.parametrize(
    ("table", "code", "row"),
    [
        ("a;b\n1;2\n", "no_text_header", None), ("nummer;antwoord\n1;ja\n", "no_text_header", None),
        ("nummer;tekst\n5.01;a\n5.01;b\n", "number_twice", 3),
    ],
)  # fmt: skip
def test_no_table(table: str, code: str, row: int | None) -> None:
    with pytest.raises(TableError) as caught:
        read_texts(table.encode(), name="norm.csv")
    assert (caught.value.problem.code, caught.value.problem.place.row) == (code, row)
