"""Texts that every document has: Dutch and English, side by side."""

from collections.abc import Mapping

from dijkwacht.adapters.documents.wording import Pair

TEXTS: Mapping[str, Pair] = {
    "board": ("het college van burgemeester en wethouders", "the college of mayor and aldermen"),
    "board_shared": ("het dagelijks bestuur", "the executive board"),
    "marks": (
        "{organisation} · verklaring {number} · peildatum {on} · controlegetal {root}…",
        "{organisation} · statement {number} · reference date {on} · root {root}…",
    ),
    "marks_concept": ("{organisation} · concept · peildatum {on}", "{organisation} · concept · reference date {on}"),
    "concept": ("concept, nog niet vastgelegd", "concept, not frozen yet"),
    "concept_means": (
        "Dit stuk is gemaakt om te lezen voordat iemand ondertekent. De gegevens kunnen nog veranderen en er is geen bewijs bij.",
        "This paper was made to be read before anyone signs. The data may still change, and no proof goes with it.",
    ),
    "number_concept": ("Nog geen; gemaakt op {at}", "None yet; made on {at}"),
    "unsigned": ("niet ondertekend", "not signed"),
    "forecast": (
        "niet ondertekend; vooruitblik, de peildatum komt nog",
        "not signed; a forecast, the reference date is yet to come",
    ),
    "unsigned_means": (
        "De gegevens zijn vastgelegd en verzegeld met de sleutel van de organisatie, maar niemand met het mandaat heeft "
        "ondertekend. Dit stuk geldt daarom niet als verklaring van het bestuur.",
        "The data are frozen and sealed with the key of the organisation, but nobody with the mandate has signed. This paper "
        "therefore does not count as a statement of the board.",
    ),
    "unsigned_means_submitted": (
        "De gegevens zijn vastgelegd en verzegeld met de sleutel van de organisatie, maar niemand met het mandaat heeft "
        "ondertekend. Dit stuk is daarom nog niet voorgelegd aan {board}.",
        "The data are frozen and sealed with the key of the organisation, but nobody with the mandate has signed. This paper "
        "has therefore not been submitted to {board} yet.",
    ),
    "secret": ("Vertrouwelijk", "Confidential"),
    "page": ("pagina {{page}} van {{pages}}", "page {{page}} of {{pages}}"),
    "identity": ("Welke verklaring dit is", "Which statement this is"),
    "organisation": ("Organisatie", "Organisation"),
    "code": ("Code", "Code"),
    "account": ("Verantwoording", "Account"),
    "subject": ("Aansluiting", "Connection"),
    "interim": ("Tussenstand", "Interim state"),
    "interim_means": (
        "Deze verantwoording heeft {fixed} als peildatum{doubt}. Dit stuk gaat over {on} en is dus niet de verantwoording zelf.",
        "The reference date of this account is {fixed}{doubt}. This paper is about {on} and so is not the account itself.",
    ),
    "interim_doubt": (" (nog te controleren)", " (to be verified)"),
    "addressee": ("Aan", "To"),
    "on": ("Peildatum", "Reference date"),
    "known_at": ("Zoals bekend op", "As known on"),
    "number": ("Verklaring", "Statement"),
    "number_at": ("nummer {number}, vastgelegd op {at}", "number {number}, frozen on {at}"),
    "number_replaces": (
        "nummer {number}, vastgelegd op {at}; vervangt nummer {old}: {why}",
        "number {number}, frozen on {at}; replaces number {old}: {why}",
    ),
    "versions": ("Kaders en versies", "Norms and versions"),
    "signed": ("Ondertekening", "Signature"),
    "signed_by": ("{name}, {role}. Mandaat: {mandate}", "{name}, {role}. Mandate: {mandate}"),
    "root": ("Controlegetal over de regels", "Root over the lines"),
    "head": ("Stand van het spoor", "Head of the trail"),
    "on_behalf": ("Namens {board} van {organisation},", "On behalf of {board} of {organisation},"),
    "submitted": ("Voorgelegd aan {board} van {organisation} door", "Submitted to {board} of {organisation} by"),
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
