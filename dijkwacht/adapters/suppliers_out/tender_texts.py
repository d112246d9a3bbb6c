"""What the papers of a tender say around the requirements, in Dutch and in English."""

from collections.abc import Mapping

from dijkwacht.adapters.documents.wording import Pair

TEXTS: Mapping[str, Pair] = {
    "kind": ("Inkoopeisen informatiebeveiliging", "Security requirements for a tender"),
    "titled": ("Inkoopeisen: {bought}", "Requirements: {bought}"),
    "page": ("pagina {page} van {pages}", "page {page} of {pages}"),
    "marks": ("{set}, versie {version} · {day}", "{set}, version {version} · {day}"),
    "about": ("Deze aanbesteding", "This tender"),
    "organisation": ("Organisatie", "Organisation"),
    "day": ("Datum", "Date"),
    "parts": ("Wat wordt ingekocht", "What is bought"),
    "set": ("Eisenset", "Set of requirements"),
    "set_value": ("{name}, versie {version}", "{name}, version {version}"),
    "source": ("Bron", "Source"),
    "counted": ("Aantal", "Number"),
    "musts_1": ("1 eis", "1 requirement"),
    "musts_n": ("{n} eisen", "{n} requirements"),
    "wishes_1": ("1 wens", "1 wish"),
    "wishes_n": ("{n} wensen", "{n} wishes"),
    "both": ("{musts} en {wishes}", "{musts} and {wishes}"),
    "lead": (
        "Aan een eis moet elke aanbieding voldoen. Een wens telt mee bij de beoordeling.",
        "Every offer must meet a requirement. A wish counts in the assessment.",
    ),
    "none": ("Bij deze keuze horen geen eisen.", "No requirements come with this choice."),
    "must": ("Eis", "Requirement"),
    "wish": ("Wens", "Wish"),
    "numbered": ("{number}. {weight}", "{number}. {weight}"),
    "verify": ("Verificatie: {text}", "Verification: {text}"),
    "follow": (
        "Na gunning opnieuw bekeken, telkens na {term}.",
        "After the award looked at again, each time after {term}.",
    ),
    "small": ("{id} · Dient voor: {links} · Hoort bij: {parts}", "{id} · Serves: {links} · Comes with: {parts}"),
    "no_links": ("geen norm genoemd", "no norm named"),
    "doubts": ("Kanttekeningen voor de inkoper", "Remarks for the buyer"),
    "doubts_lead": (
        "Weeg deze punten voordat u de eisen uitvraagt, en laat dit hoofdstuk dan weg.",
        "Weigh these points before the tender goes out, and then leave this chapter out.",
    ),
    "doubt": ("{number} ({id}): {text}", "{number} ({id}): {text}"),
    "context": ("De context", "The context"),
    "context_lead": (
        "Deze antwoorden bepalen welke eisen meegaan en hoe zwaar zij wegen. Zolang een vraag niet is beantwoord, blijft staan"
        " wat ervan afhangt; dat kan nog vervallen of van wens eis worden.",
        "These answers decide which requirements are included and how heavy they are. As long as a question is not answered,"
        " what depends on it stays; it may still fall away or turn from a wish into a requirement.",
    ),
    "question": ("Vraag", "Question"),
    "answer": ("Antwoord", "Answer"),
    "hangs": ("Hangt hiervan af", "Depends on this"),
    "yes": ("ja", "yes"),
    "no": ("nee", "no"),
    "partly": ("deels", "partly"),
    "unknown": ("niet beantwoord", "not answered"),
    "open": ("nummer {numbers}", "number {numbers}"),
    "notes": ("Over deze eisen", "About these requirements"),
    "note": ("Let op", "Note"),
    # the workbook
    "sheet_lines": ("Eisen", "Requirements"),
    "sheet_context": ("Context", "Context"),
    "sheet_how": ("Uitleg", "Explanation"),
    "number": ("Nr.", "No."),
    "id": ("Kenmerk", "Reference"),
    "theme": ("Thema", "Theme"),
    "part": ("Onderdeel", "Part"),
    "weight": ("Eis of wens", "Requirement or wish"),
    "text": ("Eis", "Requirement"),
    "how": ("Verificatie", "Verification"),
    "says": ("Voldoet u? (ja, deels of nee)", "Do you comply? (yes, partly or no)"),
    "explanation": ("Toelichting", "Explanation"),
    "evidence": ("Bewijs", "Evidence"),
    "serves": ("Dient voor", "Serves"),
    "topic": ("Onderwerp", "Topic"),
    "said": ("Uitleg", "Explanation"),
    "fill": ("Invullen", "Filling in"),
    "fill_text": (
        "Vul op het blad Eisen de drie gekleurde kolommen in: voldoet u (ja, deels of nee), een toelichting en waar het bewijs"
        " staat. Een leeg antwoord telt als niet beantwoord. Laat de andere kolommen zoals zij zijn; aan het kenmerk herkennen"
        " wij de regel.",
        "On the sheet Requirements fill in the three coloured columns: do you comply (yes, partly or no), an explanation, and"
        " where the evidence is. An empty answer counts as not answered. Leave the other columns as they are; we know the line"
        " by its reference.",
    ),
    "partly_topic": ("Deels", "Partly"),
    "partly_text": (
        "Kies deels wanneer u aan een deel van de eis voldoet. Zeg in de toelichting aan welk deel niet, en wanneer wel.",
        "Choose partly when you meet part of the requirement. Say in the explanation which part you do not meet, and when you"
        " will.",
    ),
    "return_topic": ("Terugsturen", "Sending it back"),
    "return_text": (
        "Stuur dit werkblad terug als ODS, XLSX of CSV. Formules lezen wij niet: plak waarden.",
        "Send this workbook back as ODS, XLSX or CSV. We do not read formulas: paste values.",
    ),
}  # fmt: skip
