"""A report on paper: accessible, with the JSON inside, and nothing of a stranger is read as markup."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf

from dijkwacht.adapters.incidents.paper import Labels, Paper, Section, write

LABELS = Labels(
    "pagina {page} van {pages}", "Gevraagd", "Ingevuld", "Artikel", "Verstuurd aan", "Als gegevens", "Onzeker"
)
AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def paper(**more) -> Paper:
    return Paper(
        **{
            "title": "Vroegtijdige waarschuwing", "organisation": "Dijkstad", "language": "nl", "at": AT,
            "facts": [("Incident", "2026-001 Zaaksysteem")], "labels": LABELS,
            "sections": [Section("1. Organisatie", [("Naam", "", "Dijkstad"), ("Wat", "Cbw 27", "#let x = 1\n$a$ *vet*")])],
            **more,
        }
    )  # fmt: skip


def test_the_data_stand_inside_to_the_byte() -> None:
    with pikepdf.open(BytesIO(write(paper(), json=b'{"a": 1}'))) as made:
        assert made.attachments["melding.json"].get_file().read_bytes() == b'{"a": 1}'
        assert made.Root.MarkInfo.Marked
        assert str(made.Root.Lang).startswith("nl")


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write(paper(), json=b"{}") == write(paper(), json=b"{}")


def test_exercise_receivers_doubts_and_empty_sections_can_be_written() -> None:
    full = paper(
        warning="OEFENING", secret="Vertrouwelijk", doubts=["De regeling is niet gelezen."],
        sent=[("NCSC", "portal", "N-1")], sent_heads=("Ontvanger", "Weg", "Bevestiging"), sections=[Section("Leeg", [])],
    )  # fmt: skip
    assert write(full, json=b"{}").startswith(b"%PDF")


def test_texts_of_strangers_that_no_typeface_has() -> None:
    odd = [Section("1", [("Wat", "", "\u202etxt.exe \U0001f4a3 " + "w" * 3000)])]
    assert write(paper(sections=odd), json=b"{}").startswith(b"%PDF")
