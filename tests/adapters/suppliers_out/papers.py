"""A tender of an invented municipality."""

from dataclasses import replace
from datetime import date
from typing import Any

from dijkwacht.adapters.suppliers_out.tender import Answered, SetMark, TenderLine, TenderPaper

LINES = (
    TenderLine(1, "melden-24", ("Altijd", "Clouddienst"), "Incidenten", "must",
               "De leverancier meldt een incident dat de gemeente raakt binnen 24 uur nadat hij ervan weet.",
               "Vraag de meldprocedure en het laatste oefenverslag.", ("BIO2 5.24.01", "Cbw 26 lid 1"), "een jaar"),
    TenderLine(2, "log-bewaren", ("Clouddienst",), "Incidenten", "wish", "Logregels blijven zes maanden beschikbaar.",
               asked=("persoonsgegevens",), doubt="Hoe lang nodig is, verschilt per dienst."),
    TenderLine(3, "regio", ("Clouddienst",), "Gegevens", "must", "Gegevens blijven binnen de EER.",
               "Vraag de lijst van locaties.", ("BIO2 5.23.03",), asked=("persoonsgegevens",)),
)  # fmt: skip
PAPER = TenderPaper(
    "Inkoopeisen zaaksysteem", "Gemeente Dijkstad", date(2026, 11, 30), "nl", ("Altijd", "Clouddienst"), LINES,
    (Answered("persoonsgegevens", "Verwerkt de dienst persoonsgegevens?", None),
     Answered("kritiek", "Is het proces kritiek?", True)),
    SetMark("Inkoopeisen van Dijkwacht", "2026-11", "Eigen formulering, CC0-1.0"), ("Dit is niet de officiële eisenset.",),
)  # fmt: skip


def paper(**changes: Any) -> TenderPaper:
    return replace(PAPER, **changes)
