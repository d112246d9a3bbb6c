"""The words in product registers of municipalities: headers of columns, J and N, the state of a product."""

import re
from collections.abc import Mapping

from dijkwacht.core.advisories.register_lines import Stated
from dijkwacht.core.intake_columns import Vocabulary
from dijkwacht.core.intake_values import plain
from dijkwacht.core.sheets import Cell

# Per role the headers that say it outright, then, after ||, those that may also head another column. Who makes a product goes
# before who sells it: advisories name the maker.
_HEADERS: Mapping[str, str] = {
    "vendor": "fabrikant|manufacturer|vendor|producent|publisher|software publisher|maker|merk|vendor name|naam fabrikant"
    "|leverancier naam|leveranciersnaam|naam leverancier|_aanbieder||leverancier|softwareleverancier|leverancier/merk|supplier"
    "|supplier name|aanbieder|uitgever|brand|ontwikkelaar|developer|leverancier pakket",
    "product": "product|productnaam|product name|product_name|pakket|pakketnaam|pakket naam|applicatie|applicatienaam"
    "|naam applicatie|application|application name|software|softwarenaam|software name|softwareproduct|softwarepakket|producten"
    "|hard- en software|hardware/software||naam|name|titel|title|model|systeem|component|artikel|omschrijving|description"
    "|ci|asset|display name",
    "version": "versie|version|versienummer|version number|productversie|product version|softwareversie|software version"
    "|pakketversie|pakketversie naam|release|firmware|firmwareversie|geïnstalleerde versie|installed version|huidige versie"
    "|current version|applicatie versie|applicatieversie|_moduleversies|in gebruik zijnde versie||moduleversies|ver|build"
    "|releasenummer|versie(s)|versies",
    "purl": "purl|package url|packageurl|package-url|package_url",
    "cpe": "cpe|cpe 2.3|cpe23|cpe-naam|cpe name|cpe_name|cpe uri|cpe_uri|cpe23uri|cpe 2.3 uri",
    "name": "ci-naam|ci naam|ci name|asset name|assetnaam|eigen naam|roepnaam|interne naam|naam in de organisatie|weergavenaam"
    "||naam|name|display name|systeem|system|label",
    "owner": "eigenaar|owner|systeemeigenaar|applicatie-eigenaar|applicatie eigenaar|proceseigenaar|application owner"
    "|system owner||beheerder|functioneel beheerder|technisch beheerder|applicatiebeheerder|verantwoordelijke|contactpersoon"
    "|responsible|managed by|afdeling|department",
    "location": "locatie|location|hostname|hostnaam|host|server|servernaam|server name|computernaam|computer name|device name"
    "||standplaats|apparaat|device|omgeving|environment|domein|ip-adres|ip address|site",
    "exposed": "extern bereikbaar|extern benaderbaar|van buiten bereikbaar|bereikbaar van buiten|internet facing|internet-facing"
    "|internetfacing|public facing|exposed|externally exposed|vanaf internet bereikbaar|bereikbaar vanaf internet"
    "|publiek bereikbaar|publiek toegankelijk||extern|external|internet|dmz|publiek|public",
    "as_of": "peildatum|bijgewerkt op|laatst bijgewerkt|laatst gewijzigd|laatst gezien|laatst gecontroleerd|datum controle"
    "|last seen|last updated|updated at|last modified|last scan|last inventory|as of|inventarisatiedatum|mutatiedatum"
    "|mutatiedatum pakketversie||datum|date|gewijzigd|updated|modified",
    "present": "aanwezig|aanwezig j/n|aanwezig ja/nee|aanwezig ja / nee|aanwezig j / n|in gebruik|in gebruik j/n"
    "|in gebruik ja/nee|j/n|ja/nee|present|in use|in use y/n||gebruik|gebruikt|used|actief|active|antwoord|keuze",
    "status": "status|levensfase|lifecycle|lifecycle status|pakketstatus|pakketversie status|status gebruik|gebruiksstatus"
    "|operational status||fase|state|stage",
    "organisation": "organisatie|organisation|organization|gemeente|municipality|organisatienaam|gemeentenaam"
    "|naam gemeente||klant|tenant|customer",
}  # fmt: skip
REGISTER = Vocabulary.of(_HEADERS, enough=(("product",), ("purl",), ("cpe",), ("name",)))
PHOTO = Vocabulary.of(_HEADERS, enough=(("product", "present"), ("cpe", "present")))

# A column with one of these words is about something else than the role that another of its words suggests.
_ASIDE = re.compile(
    r"(?<![^\W_])(?:id|uuid|guid|url|link|website|nieuwste|latest|minimale?|minimum|aantal|count|prijs|kosten|cost|contract\w*"
    r"|licenti\w+|license\w*|installatiedatum|einddatum|end|eind|type|code|categorie|category|beschrijving\w*|nummer|kvk)(?![^\W_])"
)
_SAID_OUTRIGHT = frozenset().union(*REGISTER.strong.values(), *REGISTER.weak.values())


def headers(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The headers that may be given a role: an id, a link or a price of a product is not the product."""
    return tuple(
        None if isinstance(cell, str) and (said := plain(cell)) not in _SAID_OUTRIGHT and _ASIDE.search(said) else cell
        for cell in cells
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(map(plain, text.split("|")))


_YES = _words("j|ja|y|yes|x|v|1|true|waar|aanwezig|in gebruik|present|in use|✓|✔|√|☑")
_NO = _words("n|nee|neen|no|0|false|onwaar|afwezig|niet aanwezig|niet in gebruik|not in use|absent|✗|✘")
_NOTHING = _words("onbekend|weet ik niet|weet niet|unknown|n.b|nader te bepalen|n.t.b|tbd")
_MARKS = frozenset(("", "?", "-", "–", "—", "??", "..."))


class WordError(ValueError):
    """A cell that says neither yes nor no."""


def says_yes(cell: Cell) -> bool | None:
    """J or N in a cell; None when it says nothing. Raises WordError on anything else."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return cell
    said = plain(str(cell)) if isinstance(cell, str | int | float) else "?!"
    if isinstance(cell, str) and (cell.strip() in _MARKS or said in _NOTHING):
        return None
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise WordError(said)


_STATUS: Mapping[Stated, frozenset[str]] = {
    "absent": _words(
        "uitgefaseerd|beëindigd|beeindigd|verwijderd|afgevoerd|vervallen|uit gebruik|buiten gebruik|niet in gebruik|uitgezet"
        "|retired|decommissioned|disposed|removed|not in use|uninstalled|end of use|afgestoten"
    ),
    "planned": _words(
        "gepland|planned|in ontwikkeling|verwerving|in bestelling|besteld|on order|nog niet in gebruik|concept"
    ),
}


def stated_by(status: str) -> Stated:
    """What a status says of use. Only words that leave no doubt say *absent* or *planned*."""
    said = plain(status)
    return next((stated for stated, words in _STATUS.items() if said in words), "present")


_NO_VERSION = _words(
    "onbekend|unknown|n.v.t|nvt|n/a|na|niet van toepassing|not applicable|none|null|geen|saas|cloud|productie|productieversie"
    "|divers|diverse|diversen|laatste|laatste versie|latest|nieuwste|nieuwste versie|actueel|current|x|xx|x.x|tbd|*"
)


def is_no_version(text: str) -> bool:
    """Whether a text in a column of versions names none: *onbekend*, *SaaS*, *productieversie*."""
    return text in _MARKS or plain(text) in _NO_VERSION
