"""Texts of the statement of applicability: Dutch and English, side by side."""

from collections.abc import Mapping

from dijkwacht.adapters.documents.wording import Pair

TEXTS: Mapping[str, Pair] = {
    "title": ("Verklaring van toepasselijkheid", "Statement of applicability"),
    "answer": (
        "Deze verklaring gaat over {n} maatregelen. Voor {organisation} zijn er {yes} van toepassing en {no} niet; van "
        "{open} staat dat nog niet vast.",
        "This statement is about {n} measures. To {organisation} {yes} apply and {no} do not; of {open} it is not yet settled.",
    ),
    "placed": (
        "Van de {n} maatregelen die kunnen gelden zijn er {placed} op orde.",
        "Of the {n} that may apply {placed} are in order.",
    ),
    "reading": ("Hoe u dit leest", "How to read this"),
    "explained": (
        "Bij elke maatregel staat of zij van toepassing is en waarom, en hoe ver zij is. De titels zijn onze eigen korte "
        "omschrijving; de officiële tekst van het kader beslist.",
        "Each measure says whether it applies and why, and how far it is. The titles are our own short description; the "
        "official text of the norm decides.",
    ),
    "included_bio2": (
        "verplichte overheidsmaatregelen. Een overheidsmaatregel vervalt alleen als zij niet van toepassing kán zijn. Het risico "
        "accepteren mag niet.",
        "obligatory government measures. A government measure only falls away when it cannot apply. Accepting the risk is not "
        "allowed.",
    ),
    "included_iso27002": (
        "beheersmaatregelen. Zij gelden, tenzij een risicoanalyse anders uitwijst. Wie afwijkt, zet dat met een verwijzing naar "
        "die analyse in de bijlage Uitzonderingen.",
        "controls. They hold, unless a risk analysis shows otherwise. Deviating is listed in the annex of exceptions, with a "
        "reference to that analysis.",
    ),
    "because_bio2": ("Verplichte overheidsmaatregel", "Obligatory government measure"),
    "because_part1": ("Verplicht volgens deel 1 van BIO2", "Obligatory under part 1 of BIO2"),
    "because_iso27002": (
        "Geldt, tenzij een risicoanalyse anders uitwijst",
        "Holds, unless a risk analysis shows otherwise",
    ),
    "because": ("Eis van het kader", "Required by the norm"),
    "not_there": (
        "De situatie waarvoor deze maatregel is bedoeld, komt bij ons niet voor",
        "The situation for which this measure is meant does not occur here",
    ),
    "not_known": ("Wordt nog onderzocht", "Still being looked into"),
    "inside": ("Niet publiceren", "Do not publish"),
    "inside_whole": (
        "Deze versie bevat redenen, namen en uitzonderingen waar een aanvaller iets aan heeft. Publiceer de openbare versie.",
        "This version holds reasons, names and exceptions that help an attacker. Publish the public version.",
    ),
    "not_inside": ("Openbare versie", "Public version"),
    "not_inside_public": (
        "Wat een aanvaller helpt, is weggelaten: redenen, namen van systemen en leveranciers, bewijs en de inhoud van "
        "uitzonderingen. Of een maatregel deels, niet of nog niet aantoonbaar op orde is, staat er ook niet in. De volledige "
        "versie heeft hetzelfde nummer en hetzelfde controlegetal.",
        "What helps an attacker is left out: reasons, names of systems and suppliers, evidence and what the exceptions are "
        "about. Nor does it say whether a measure is partly in order, not in order or not yet shown. The whole version has the "
        "same number and the same root.",
    ),
    "id": ("Kenmerk", "Id"),
    "number": ("Nummer", "Number"),
    "measure": ("Maatregel", "Measure"),
    "applies": ("Van toepassing", "Applies"),
    "applies_yes": ("ja", "yes"),
    "applies_no": ("nee", "no"),
    "applies_open": ("nog niet vastgesteld", "not yet settled"),
    "why": ("Waarom", "Why"),
    "stand": ("Stand", "State"),
    "remark": ("Toelichting", "Explanation"),
    "subject": ("Onderwerp", "Subject"),
    "in_place": ("op orde", "in order"),
    "not_yet": ("nog niet aangetoond", "not yet shown"),
    "table": ("Maatregelen van het thema {theme}", "Measures of the theme {theme}"),
    "shown_1": ("Blijkt uit 1 gegeven ({how}).", "Shown by 1 fact ({how})."),
    "shown_n": ("Blijkt uit {n} gegevens ({how}).", "Shown by {n} facts ({how})."),
    "see_exception": ("Zie uitzondering {numbers}.", "See exception {numbers}."),
    "doubt": ("Onzeker: {doubt}", "Uncertain: {doubt}"),
    "for_inside": (
        "de eigen organisatie, de auditor en de toezichthouder",
        "the organisation itself, its auditor and its supervisor",
    ),
    "exceptions": ("Bijlage: Uitzonderingen", "Annex: exceptions"),
    "left_out": ("Wat niet van toepassing is", "What does not apply"),
    "left_out_public": ("Niet van toepassing: {numbers}.", "Not applicable: {numbers}."),
    "nothing_left_out": (
        "Van geen enkele maatregel staat vast dat zij niet van toepassing is.",
        "Of no measure it is settled that it does not apply.",
    ),
    "deviations": ("Waarvan tijdelijk wordt afgeweken", "What is deviated from for a time"),
    "exceptions_law": (
        "Een uitzondering is tijdelijk en heeft een reden, een eigenaar en een einddatum.",
        "An exception is temporary and has a reason, an owner and an end date.",
    ),
    "no_exceptions": ("Deze verklaring rust op geen enkele uitzondering.", "This statement rests on no exception."),
    "exceptions_public_1": (
        "Deze verklaring rust op 1 uitzondering, bij {numbers}. De inhoud is niet openbaar.",
        "This statement rests on 1 exception, at {numbers}. What it is about is not public.",
    ),
    "exceptions_public_n": (
        "Deze verklaring rust op {n} uitzonderingen, bij {numbers}. De inhoud is niet openbaar.",
        "This statement rests on {n} exceptions, at {numbers}. What they are about is not public.",
    ),
    "granted_public_1": (
        "Er geldt 1 uitzondering, bij {numbers}. Waarom, en wat er zolang voor in de plaats komt, is niet openbaar.",
        "1 exception holds, at {numbers}. Why, and what is done instead, is not public.",
    ),
    "granted_public_n": (
        "Er gelden {n} uitzonderingen, bij {numbers}. Waarom, en wat er zolang voor in de plaats komt, is niet openbaar.",
        "{n} exceptions hold, at {numbers}. Why, and what is done instead, is not public.",
    ),
    "nr": ("Nr", "No."),
    "on_number": ("Bij nummer", "At number"),
    "what": ("Waarvan wordt afgeweken", "What is deviated from"),
    "reason": ("Reden", "Reason"),
    "owner": ("Eigenaar", "Owner"),
    "until": ("Tot en met", "Until"),
    "over": ("{until} (voorbij)", "{until} (over)"),
    "instead": ("Wat in de plaats komt", "What is done instead"),
    "granted": ("Toegestaan door, op", "Granted by, on"),
    "granted_by": ("{who} ({name}), {day}.", "{who} ({name}), {day}."),
    "granted_as": ("{who}, {day}.", "{who}, {day}."),
    "on_risk": ("Risicoanalyse: risico {risk}.", "Risk analysis: risk {risk}."),
    "mandate": ("Toegestaan door", "Granted by"),
    "risk": ("Nummer van het risico", "Number of the risk"),
    "recorded": ("Vastgelegd door, op", "Recorded by, on"),
    "said_by": ("Vastgelegd door", "Recorded by"),
    "recorded_on": ("Vastgelegd op", "Recorded on"),
    "sheet": ("maatregelen", "measures"),
    "exceptions_sheet": ("uitzonderingen", "exceptions"),
}
