"""Texts of the statement of the board for DigiD and Suwinet: Dutch and English, side by side."""

from collections.abc import Mapping

from dijkwacht.adapters.documents.wording import Pair

TEXTS: Mapping[str, Pair] = {
    "title_digid": ("Collegeverklaring DigiD", "Statement of the board on DigiD"),
    "title_suwinet": ("Collegeverklaring Suwinet", "Statement of the board on Suwinet"),
    "title_line": ("{account}", "{account}"),
    "answer_digid_n": (
        "Op {on} voldeden onze {connections} DigiD-aansluitingen samen aan {met} van de {n} normen die gelden.",
        "On {on} our {connections} DigiD connections together met {met} of the {n} norms that hold.",
    ),
    "rest": ("De andere: {counts}.", "The others: {counts}."),
    "answer_line": (
        "Op {on} was {met} van de {n} eisen die gelden op orde.",
        "On {on} {met} of the {n} requirements that hold were in order.",
    ),
    "answer_digid": (
        "Op {on} voldeed de DigiD-aansluiting {subject} aan {met} van de {n} normen die gelden.",
        "On {on} the DigiD connection {subject} met {met} of the {n} norms that hold.",
    ),
    "answer_suwinet": (
        "Op {on} voldeed het gebruik van Suwinet aan {met} van de {n} normen die wij konden toetsen.",
        "On {on} the use of Suwinet met {met} of the {n} norms that we could check.",
    ),
    "answer_nothing": ("Op {on} gold geen van de normen.", "On {on} none of the norms held."),
    "incomplete": ("Onvolledig", "Incomplete"),
    "incomplete_means": (
        "De lijst hieronder is niet volledig: de rest is niet in een openbare bron gevonden. Gebruik dit stuk nooit als "
        "volledige verantwoording: toets wat ontbreekt aan de lijst van de toezichthouder en voeg de uitkomst toe.",
        "The list below is not complete: the rest was not found in a public source. Never use this paper as a full account: "
        "check what is missing against the list of the supervisor and add the result.",
    ),
    "declares": ("{board} van {organisation} verklaart:", "{board} of {organisation} declares:"),
    "declared_responsible_line": (
        "wij zijn verantwoordelijk voor deze taak, ook voor wat anderen er voor ons aan doen;",
        "we are responsible for this task, also for what others do of it for us;",
    ),
    "declared_responsible": (
        "wij zijn verantwoordelijk voor de beveiliging, ook van wat leveranciers voor ons doen;",
        "we are responsible for security, also of what suppliers do for us;",
    ),
    "declared_judged": (
        "het oordeel geldt voor {on} en rust op wat wij op {known} wisten;",
        "the verdict holds for {on} and rests on what we knew on {known};",
    ),
    "declared_open": (
        "wat niet op orde is of niet is aangetoond, staat in deze verklaring;",
        "where something is not in order or not shown, this statement says so;",
    ),
    "declared_no_exceptions": (
        "deze verklaring rust niet op uitzonderingen.",
        "this statement rests on no exceptions.",
    ),
    "declared_exceptions_1": (
        "deze verklaring rust op 1 tijdelijke uitzondering.",
        "this statement rests on 1 temporary exception.",
    ),
    "declared_exceptions_n": (
        "deze verklaring rust op {n} tijdelijke uitzonderingen.",
        "this statement rests on {n} temporary exceptions.",
    ),
    "result": ("Uitkomst", "Result"),
    "open": ("Niet, deels of niet aantoonbaar op orde", "Not, partly or not demonstrably in order"),
    "all_in_order": ("Alle normen die gelden, zijn op orde.", "All norms that hold are in order."),
    "basis": ("Waarop het oordeel rust", "What the verdict rests on"),
    "demand": (
        "Op orde betekent dat de antwoorden ten minste {least} zijn. Aan te tonen is {shows}. Wat dat niet haalt, heet onbekend.",
        "In order means that the answers are at least {least}. To be shown is {shows}. What falls short is called unknown.",
    ),
    "per_number": (
        "wat bij elk nummer staat: opzet, bestaan of werking",
        "what each number says: design, existence or operation",
    ),
    "demand_operation": (
        "Voor {numbers} moet ook {shows} zijn aangetoond, over een periode.",
        "For {numbers} also {shows} must be shown, over a period.",
    ),
    "demand_event": (
        "Deed zich in die periode niets voor, dan telt een toets op een vergelijkbare gebeurtenis. Zonder die toets is het "
        "oordeel onbekend.",
        "If nothing happened in that period, a test of a comparable event counts. Without that test the verdict is unknown.",
    ),
    "demand_by": (
        "Zekerheid (assurance) geeft een {by} in een eigen rapport. Dat rapport hoort bij deze verklaring en zit er niet in.",
        "Assurance is given by a {by} in a report of their own; that report belongs with this statement and is not part of it.",
    ),
    "demand_unknown": ("De kaders kennen deze verantwoording niet.", "The norms do not know this account."),
    "law": ("Grondslag: {law}.", "Legal basis: {law}."),
    "form_digid": (
        "Het officiële model van de collegeverklaring en de indeling van de bijlagen B en C zijn niet in een openbare bron "
        "gevonden. In bijlage B staat hier de aansluiting en wie wat uitvoert, in bijlage C het oordeel per norm. "
        "Neem de uitkomst over in het model van dit jaar; vraag uw auditor erom. Dit stuk is dan de onderbouwing.",
        "The official form of the statement and the division over annexes B and C were not found in a public source. We put the "
        "connection and who runs what in annex B, and the verdict per norm in annex C. Copy the result into the form of this "
        "year; ask your auditor for it. This paper is then its grounds.",
    ),
    "form_suwinet": (
        "Het officiële model van de collegeverklaring en van de bijlage is niet in een openbare bron gevonden. De "
        "indeling is van ons. Neem de uitkomst over in het model van dit jaar; vraag BKWI of uw auditor erom.",
        "The official form of the statement and of its annex was not found in a public source. The layout is ours. Copy "
        "the result into the form of this year; ask BKWI or your auditor for it.",
    ),
    "form_line": (
        "Het officiële formulier van deze verantwoording is niet in een openbare bron gevonden. De indeling is van ons; wat de "
        "toezichthouder vraagt, gaat voor. Neem de uitkomst daarom over in het formulier dat u van de toezichthouder krijgt.",
        "The official form of this account was not found in a public source. The layout is ours; what the supervisor asks goes "
        "first. So copy the result into the form that the supervisor gives you.",
    ),
    "which": ("Welke verklaring dit is", "Which statement this is"),
    "annex_b": ("Bijlage B: de aansluiting {subject}", "Annex B: the connection {subject}"),
    "annex_b_what": (
        "Deze bijlage beschrijft de aansluiting en wie welk deel uitvoert, volgens de gegevens achter deze verklaring.",
        "This annex describes the connection and who runs which part, by the facts behind this statement.",
    ),
    "annex_b_number": (
        "Logius vraagt in de rapportage de naam en het nummer van de aansluiting. Staat het nummer hieronder niet, vul "
        "het dan aan.",
        "Logius asks for the name and number of the connection in the report. If the number is not below, add it.",
    ),
    "connection": ("De aansluiting zelf", "The connection itself"),
    "around": ("De systemen, leveranciers en domeinen erachter", "Systems, suppliers and domains behind it"),
    "add": ("Nog aan te vullen", "Still to be added"),
    "annex_c": ("Bijlage C: oordeel per norm voor {subject}", "Annex C: verdict per norm for {subject}"),
    "annex_c_what": (
        "Per norm staat wat getoond moest worden, het oordeel en waar dat uit blijkt. De titels zijn onze eigen "
        "korte omschrijving.",
        "Each norm says what had to be shown, the verdict and what shows it. The titles are our own short description.",
    ),
    "annex_suwinet": ("Bijlage Suwinet: oordeel per norm", "Annex Suwinet: verdict per norm"),
    "annex_line": ("Bijlage: oordeel per eis", "Annex: verdict per requirement"),
    "annex_line_what": (
        "Per eis staat wat getoond moest worden, het oordeel en waar dat uit blijkt. De titels zijn onze eigen "
        "korte omschrijving.",
        "Each requirement says what had to be shown, the verdict and what shows it. The titles are our own short description.",
    ),
    "annex_suwinet_what": (
        "Alleen de normen die in een openbare bron zijn gevonden. De titels zijn onze eigen korte omschrijving.",
        "Only the norms that were found in a public source. The titles are our own short description.",
    ),
    "verdicts": ("Oordeel per norm, thema {theme}", "Verdict per norm, theme {theme}"),
    "number": ("Nummer", "Number"),
    "norm": ("Norm", "Norm"),
    "asked": ("Gevraagd", "Asked"),
    "verdict": ("Oordeel", "Verdict"),
    "remark": ("Toelichting", "Explanation"),
    "question": ("Vraag", "Question"),
    "value": ("Antwoord", "Answer"),
    "sure": ("Zekerheid", "Assurance"),
    "who": ("Wie, wanneer", "Who, when"),
    "no_facts": ("Hierover is niets vastgelegd.", "Nothing is recorded about this."),
    "shown_1": ("Blijkt uit 1 gegeven ({how}).", "Shown by 1 fact ({how})."),
    "shown_n": ("Blijkt uit {n} gegevens ({how}).", "Shown by {n} facts ({how})."),
    "evidence_1": ("Bewijs: {hashes}", "Evidence: {hashes}"),
    "evidence_n": ("Bewijs ({n} stukken): {hashes}", "Evidence ({n} pieces): {hashes}"),
    "doubt": ("Onzeker bij {numbers}: {doubt}", "Uncertain at {numbers}: {doubt}"),
}
