"""The words in supplier registers of municipalities: headers of columns, periods, hours, countries."""

import re
from collections.abc import Mapping

from dijkwacht.core.checks.naming import NameProblem, host_name
from dijkwacht.core.days import Duration, parse_duration
from dijkwacht.core.intake_columns import Vocabulary
from dijkwacht.core.intake_values import CellError, plain, shown

# Per role the headers that say it outright, then, after ||, those that are taken when no column says it outright.
_HEADERS: Mapping[str, str] = {
    "supplier": "leveranciersnaam|leverancier naam|naam leverancier|supplier name|name of supplier|vendor name|crediteurnaam"
    "|naam crediteur||leverancier|supplier|vendor|aanbieder|dienstverlener|contractpartij|opdrachtnemer|crediteur|provider",
    "kvk": "kvk|kvk-nummer|kvk nummer|kvknummer|kvk nr|nummer kvk|kamer van koophandel|kvk leverancier|kvk number"
    "|chamber of commerce|chamber of commerce number|coc number",
    "own_id": "leveranciersnummer|leveranciernummer|leverancier id|leverancier-id|crediteurnummer|crediteurennummer"
    "|crediteur nr|crediteurnr|leverancier nr"
    "|supplier number|supplier id|vendor number|vendor id|creditor number||relatienummer",
    "domain": "website|website leverancier|webadres|domein|domeinnaam|domain|domain name|supplier website||url|site|homepage",
    "country": "vestigingsland|land van vestiging|country|country of establishment||land",
    "service": "dienst|dienstnaam|naam dienst|naam van de dienst|service|service name|dienst/applicatie|dienst of applicatie"
    "|dienst/product|dienst/applicatie/product|dienst of product|service/application||diensten|applicatie|applicaties"
    "|applicatienaam"
    "|naam applicatie|application|product|productnaam|pakket|software|dienstverlening",
    "what": "omschrijving|omschrijving dienst|beschrijving|beschrijving dienst|wat|what|description|service description",
    "cloud": "cloud|clouddienst|cloud dienst|cloud service|in de cloud||saas",
    "personal": "persoonsgegevens|verwerkt persoonsgegevens|bevat persoonsgegevens|personal data|processes personal data",
    "admin": "beheertoegang|beheerstoegang|toegang als beheerder|beheerrechten|admin access|administrator access"
    "|administrative access|privileged access",
    "contract_number": "contractnummer|contract nummer|contractnr|contract nr|contract id|contract-id|contract number"
    "|contractkenmerk||contract",
    "contract_title": "contracttitel|titel contract|contractnaam|naam contract|contractomschrijving|omschrijving contract"
    "|contract title|contract name",
    "start": "ingangsdatum|ingangsdatum contract|startdatum|startdatum contract|contract startdatum|begindatum|start date"
    "|contract start"
    "|start contract||start|ingang|begin|looptijd van|van|from",
    "end": "einddatum|einddatum contract|contract einddatum|contracteinddatum|end date|contract end|einde contract"
    "|vervaldatum|expiratiedatum|expiry date"
    "||end|einde|eind|looptijd tot|looptijd t/m|loopt tot|tot en met|t/m|tot|until",
    "notice": "opzegtermijn|opzegtermijn contract|notice period|notice",
    "processing": "verwerkersovereenkomst|verwerkersovereenkomst aanwezig|processing agreement|data processing agreement"
    "||dpa|vwo",
    "audit": "auditrecht|auditrechten|recht op audit|audit right|audit rights|right to audit||audit",
    "exit": "exit geregeld|exitregeling|exit-regeling|exitplan|exit-plan|exitafspraken|exit-afspraken|exit arranged"
    "|exit plan||exit|exitstrategie|exit-strategie",
    "subs": "subleveranciers|subleverancier|sub-leveranciers|sub-leverancier|sub-suppliers|sub-supplier|sub suppliers"
    "|subsuppliers||onderaannemers|onderaannemer|subcontractors|subverwerkers|sub-verwerkers|subprocessors|sub-processors",
    "process": "proces|processen|bedrijfsproces|bedrijfsprocessen|process|processes|business process||werkproces|werkprocessen",
    "system": "systeem|systemen|informatiesysteem|informatiesystemen|system|systems",
    "hours": "uren|uren tot het knelt|uren tot hinder|uren zonder|hours|hours until it hurts|maximale uitval in uren"
    "||maximale uitvalsduur|maximale uitvalduur|maximale uitval|mtd|mtpd",
    "owner": "e-mail eigenaar|eigenaar e-mail|e-mailadres eigenaar|contracteigenaar|e-mail contracteigenaar|owner e-mail"
    "|owner email|e-mail owner||eigenaar|owner|contractmanager|contractbeheerder|proceseigenaar|e-mail|email|e-mailadres",
}  # fmt: skip
REGISTER = Vocabulary.of(_HEADERS, enough=(("supplier",),))

# The names that an export of the GEMMA Softwarecatalogus has for what is in our register too.
GEMMA = Vocabulary.of(
    {
        "supplier": "leverancier naam|leveranciersnaam|_aanbieder||leverancier",
        "service": "pakket naam|pakketnaam|applicatienaam||naam|pakket",
        "what": "pakket beschrijving|beschrijvingkort|pakketbeschrijving",
        "status": "status gebruik|gebruiksstatus",
    },
    enough=(("supplier", "service"),),
)

_PERIOD = re.compile(
    r"(\d{1,4}|een|één|one|twee|two|drie|three|vier|four|zes|six|twaalf|twelve) ?"
    r"(jaar|jaren|years?|kwartaal|kwartalen|quarters?|maand|maanden|mnd|months?|week|weken|weeks?|dag|dagen|days?)",
    re.ASCII,
)
_AMOUNT = {"een": 1, "één": 1, "one": 1, "twee": 2, "two": 2, "drie": 3, "three": 3, "vier": 4, "four": 4, "zes": 6, "six": 6,
           "twaalf": 12, "twelve": 12}  # fmt: skip
_HOURS = re.compile(r"(-?\d{1,6}(?:[.,]\d{1,3})?) ?(uur|uren|u|hours?|h|dag|dagen|days?)?", re.ASCII)
_ENDLESS = frozenset(("onbepaald", "onbepaalde tijd", "voor onbepaalde tijd", "doorlopend", "geen einddatum", "indefinite",
                      "open ended", "no end date"))  # fmt: skip
_COUNTRIES = {
    name: code
    for code, names in {
        "NL": "nederland|netherlands|the netherlands|holland", "BE": "belgië|belgie|belgium", "DE": "duitsland|germany",
        "FR": "frankrijk|france", "LU": "luxemburg|luxembourg", "IE": "ierland|ireland", "DK": "denemarken|denmark",
        "SE": "zweden|sweden", "NO": "noorwegen|norway", "FI": "finland", "AT": "oostenrijk|austria", "ES": "spanje|spain",
        "PT": "portugal", "IT": "italië|italie|italy", "PL": "polen|poland", "CZ": "tsjechië|czechia",
        "RO": "roemenië|romania",
        "CH": "zwitserland|switzerland", "EE": "estland|estonia", "LV": "letland|latvia", "LT": "litouwen|lithuania",
        "GB": "verenigd koninkrijk|united kingdom|uk|great britain|engeland", "IL": "israël|israel", "IN": "india",
        "US": "verenigde staten|verenigde staten van amerika|united states|united states of america|usa|vs|u.s.a|u.s",
        "CA": "canada", "CN": "china", "JP": "japan", "AU": "australië|australia", "UA": "oekraïne|ukraine",
    }.items()
    for name in names.split("|")
}  # fmt: skip


def period(text: str) -> Duration | None:
    """*3 maanden*, *één jaar*, *2 quarters*, ``P3M``; None when nothing is said. Raises CellError ``not_a_duration``."""
    said = plain(text)
    if not said:
        return None
    try:
        if not (match := _PERIOD.fullmatch(said)):
            return parse_duration(text.strip().upper())
        amount = _AMOUNT.get(match[1]) or int(match[1])
        if match[2][0] in "kq":
            return parse_duration(f"P{amount * 3}M")
        return parse_duration(f"P{amount}{ {'j': 'Y', 'y': 'Y', 'm': 'M', 'w': 'W', 'd': 'D'}[match[2][0]] }")
    except ValueError:
        raise CellError("not_a_duration", value=shown(text)) from None


def hours(text: str) -> float | None:
    """*4*, *0,5 uur*, *2 dagen*; None when nothing is said. Raises CellError ``not_hours``, also below zero."""
    said = text.strip().casefold().rstrip(".")
    if not said:
        return None
    match = _HOURS.fullmatch(said)
    if not match or match[1].startswith("-"):
        raise CellError("not_hours", value=shown(text))
    found = float(match[1].replace(",", "."))
    return found * 24 if (match[2] or "").startswith("d") else found


def domain(text: str) -> str:
    """The domain of a site, also out of its address, without ``www.``. Raises CellError ``not_a_domain``."""
    if not text:
        return ""
    try:
        return host_name(text).removeprefix("www.")
    except NameProblem:
        raise CellError("not_a_domain", value=shown(text)) from None


def country(text: str) -> str:
    """Two letters of ISO 3166 when the country is recognised, else as written."""
    said = plain(text)
    return _COUNTRIES.get(said) or (text.upper() if re.fullmatch(r"[a-z]{2}", said) else text)


def is_endless(text: str) -> bool:
    """Whether an end says that there is none."""
    return plain(text) in _ENDLESS
