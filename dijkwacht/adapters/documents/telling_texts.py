"""Texts that every document has: Dutch and English, side by side."""

from collections.abc import Mapping

from dijkwacht.adapters.documents.wording import Pair

TEXTS: Mapping[str, Pair] = {
    "board": ("het college van burgemeester en wethouders", "the college of mayor and aldermen"),
    "board_shared": ("het dagelijks bestuur", "the executive board"),
    "marks": (
        "{organisation} · verklaring {number} · peildatum {on} · wortel {root}…",
        "{organisation} · statement {number} · reference date {on} · root {root}…",
    ),
    "unsigned": ("niet ondertekend", "not signed"),
    "forecast": (
        "niet ondertekend; vooruitblik, de peildatum komt nog",
        "not signed; a forecast, the reference date is yet to come",
    ),
    "unsigned_means": (
        "De gegevens zijn vastgelegd en verzegeld met de sleutel van de organisatie. Niemand met het mandaat heeft "
        "ondertekend. Dit stuk geldt daarom niet als verklaring van het bestuur.",
        "The data are frozen and sealed with the key of the organisation. Nobody with the mandate has signed. This paper "
        "therefore does not count as a statement of the board.",
    ),
    "secret": ("Vertrouwelijk", "Confidential"),
    "page": ("pagina {{page}} van {{pages}}", "page {{page}} of {{pages}}"),
    "identity": ("Welke verklaring dit is", "Which statement this is"),
    "organisation": ("Organisatie", "Organisation"),
    "code": ("Code", "Code"),
    "account": ("Verantwoording", "Account"),
    "subject": ("Aansluiting", "Connection"),
    "addressee": ("Aan", "To"),
    "on": ("Peildatum", "Reference date"),
    "known_at": ("Stand van kennis op", "As known on"),
    "number": ("Verklaring", "Statement"),
    "number_at": ("nummer {number}, vastgelegd op {at}", "number {number}, frozen on {at}"),
    "number_replaces": (
        "nummer {number}, vastgelegd op {at}; vervangt nummer {old}: {why}",
        "number {number}, frozen on {at}; replaces number {old}: {why}",
    ),
    "versions": ("Versies van de kaders", "Versions of the norms"),
    "signed": ("Ondertekening", "Signature"),
    "signed_by": ("{name}, {role}. Mandaat: {mandate}", "{name}, {role}. Mandate: {mandate}"),
    "root": ("Wortel over de regels", "Root over the lines"),
    "head": ("Kop van het spoor", "Head of the trail"),
    "on_behalf": ("Namens {board} van {organisation},", "On behalf of {board} of {organisation},"),
    "mandate": ("Mandaat: {mandate}", "Mandate: {mandate}"),
    "signed_at": ("Ondertekend op {at}", "Signed on {at}"),
    "bar": ("{n} regels: {counts}.", "{n} lines: {counts}."),
    "more_1": ("En nog 1 reden.", "And 1 more reason."),
    "more_n": ("En nog {n} redenen.", "And {n} more reasons."),
    "doubt": ("Onzeker", "Uncertain"),
    "sheet_about": ("verklaring", "statement"),
    "what": ("Gegeven", "What"),
    "value": ("Waarde", "Value"),
}
