"""The security advisories of the demo world, as the bytes of real CSAF documents. Publishers, products, numbers: invented."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dijkwacht.adapters.csaf.check import file_name
from dijkwacht.adapters.csaf.write import write_csaf
from dijkwacht.core.advisories.shapes import (
    Advisory,
    Note,
    ProductLine,
    Rating,
    Reference,
    Remedy,
    Said,
    Tlp,
    VersionForm,
    Vulnerability,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CSIRT = ("https://csirt.voorbeeld.example", "CSIRT Voorbeeld")
TERPWARE = ("https://terpware.example", "Terpware BV")
NETWORK = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
LOCAL = "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N"
WHY_WITHDRAWN = "De leverancier toont aan dat de fout niet bestaat."
Product = tuple[str, str, str]
"""Vendor, product, and versions: ``3.1`` one version, ``vers:unknown/<3.2`` a range, nothing none told."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, and how long before the moment of the demo it came in. ``likely``, ``harm``: as the publisher rates them."""

    number: str
    title: str
    products: Sequence[Product]
    cves: Sequence[str]
    ago: timedelta
    what: str = ""
    fix: str = ""
    around: str = ""  # what can be done in the meantime
    likely: str = "medium"
    harm: str = "medium"
    vector: str = ""
    tlp: Tlp = "CLEAR"
    version: int = 1
    used: bool = False
    vex: bool = False
    library: str = ""
    by: tuple[str, str] = CSIRT

    @property
    def name(self) -> str:
        """The name of its file."""
        return file_name(self.number)


_MAIL = ("Polderpost", "Mailserver", "vers:unknown/<9.4")
_POST = ("Terpware", "Verbindingspoort", "vers:unknown/<22.7")
URGENT = Paper(
    "VB-2026-0041", "Zaakzicht Zaaksysteem: aanvallers lezen zonder aanmelden mee",
    [("Zaakzicht", "Zaaksysteem", "vers:unknown/<3.2")], ["CVE-2026-1041", "CVE-2026-1042"],
    3 * DAY, likely="high", harm="high", vector=NETWORK, used=True,
    what="Een fout in de koppeling met het documentregister geeft een aanvaller zonder account toegang tot zaken en bijlagen. "
    "De fout wordt misbruikt.",
    fix="Installeer Zaaksysteem 3.2 of nieuwer.", around="Sluit de koppeling /api/documenten af voor verkeer van buiten.",
)  # fmt: skip
ASKED = Paper(
    "VB-2026-0042", "Polderpost Mailserver voert opdrachten uit een bijlage uit", [_MAIL], ["CVE-2026-1043"], 2 * DAY,
    likely="medium", harm="high", vector=NETWORK, fix="Installeer Mailserver 9.4.",
    what="Wie een bericht met een bijlage stuurt, kan de mailserver opdrachten laten uitvoeren.",
)  # fmt: skip
AMBER = Paper(
    "VB-2026-0043", "Terpware Verbindingspoort laat aanmelden zonder tweede factor", [_POST], ["CVE-2026-1044"], DAY,
    likely="high", harm="high", tlp="AMBER", fix="Installeer 22.7 en trek alle sessies in.",
    what="De controle van de tweede factor kan worden overgeslagen. De leverancier maakt dit pas volgende week bekend.",
)  # fmt: skip
DROPPED = Paper(
    "VB-2026-0037", "Burgerloket Formulieren toont gegevens van een ander",
    [("Burgerloket Software", "Formulieren", "vers:unknown/<5.1")], ["CVE-2026-1037"],
    16 * DAY, fix="Installeer 5.1.", what="Een formulier zou gegevens van de vorige bezoeker tonen.",
)  # fmt: skip
REVISED = Paper(
    "VB-2026-0039", "Sluiswachter Firewall valt stil op een verzoek van buiten",
    [("Sluiswachter", "Firewall", "vers:unknown/<7.0.5")], ["CVE-2026-1039"],
    9 * DAY, likely="medium", harm="high", vector=NETWORK, fix="Installeer 7.0.4.",
    what="Een verzoek naar het beheerscherm legt de firewall stil.",
)  # fmt: skip
AGAIN = Paper(
    "VB-2026-0039", "Sluiswachter Firewall valt stil op een verzoek van buiten", REVISED.products, REVISED.cves, 30 * HOUR,
    likely="medium", harm="high", vector=NETWORK, fix="Installeer 7.0.5: versie 7.0.4 herstelt de fout niet.", version=2,
    what="Een verzoek naar het beheerscherm legt de firewall stil. De eerste herstelversie bleek niet genoeg.",
)  # fmt: skip
VENDOR = Paper(
    "TW-2026-007", "Terpware Verbindingspoort: herstelversie 22.7", [_POST], ["CVE-2026-1044"], 20 * HOUR, vector=NETWORK,
    fix="Install 22.7.", what="A missing check in the second step of signing in.", by=TERPWARE, likely="", harm="",
)  # fmt: skip
VEX = Paper(
    "TW-2026-008", "Terpware Documentlezer is niet kwetsbaar voor CVE-2026-1041", [("Terpware", "Documentlezer", "4.2")],
    ["CVE-2026-1041"], 40 * HOUR, vex=True, by=TERPWARE, likely="", harm="",
    what="The component with the weakness is not part of this product.",
)  # fmt: skip
LIBRARY = Paper(
    "VB-2026-0044", "Lisdodde Logboek schrijft buiten zijn map", [("Lisdodde", "Logboek", "vers:maven/<2.17.1")],
    ["CVE-2026-1045"], 26 * HOUR, likely="medium", harm="high", fix="Vraag uw leverancier om een versie met Logboek 2.17.1.",
    what="De bibliotheek Logboek zit in veel toepassingen en schrijft bestanden buiten zijn map.",
    library="pkg:maven/example.lisdodde/logboek",
)  # fmt: skip
FOLLOWED = Paper(
    "VB-2026-0045", "Gemaalwerk Besturing: vast wachtwoord in de bediening van rioolgemalen",
    [("Gemaalwerk", "Besturing", "vers:unknown/<2.3")], ["CVE-2026-1046"],
    5 * HOUR, likely="medium", harm="medium", fix="Installeer 2.3 en wijzig het wachtwoord.",
    what="De bediening van rioolgemalen heeft een vast wachtwoord.",
)  # fmt: skip
NOBODY = (
    Paper(
        "VB-2026-0046", "Molenaar Databank geeft te veel rechten", [("Molenaar", "Databank", "vers:unknown/<14.2")],
        ["CVE-2026-1047"],
        28 * HOUR, fix="Installeer 14.2.",
        what="Een gewone gebruiker kan zich beheerdersrechten geven.", vector=LOCAL,
    ),
    Paper(
        "VB-2026-0038", "Wiekwerk Website toont foutmeldingen met paden", [("Wiekwerk", "Website", "vers:unknown/<6.6")],
        ["CVE-2026-1038"],
        12 * DAY, likely="low", harm="low", fix="Installeer 6.6.", what="Een foutmelding toont waar bestanden staan.",
    ),
    Paper(
        "VB-2026-0047", "Rietveld Kantoor opent bestanden zonder te waarschuwen", [("Rietveld", "Kantoor", "2026")],
        ["CVE-2026-1048"], 8 * HOUR, likely="high", harm="medium", fix="", around="Blokkeer macro's uit bestanden van buiten.",
        what="Een bestand van buiten start opdrachten. Er is nog geen herstelversie.",
    ),
)  # fmt: skip


def data(paper: Paper, at: datetime) -> bytes:
    """The document of a paper, for a demo at this moment."""
    first = at - paper.ago - (6 * DAY if paper.version > 1 else DAY / 2)
    revised = at - paper.ago - HOUR
    moments = [first, revised][2 - min(paper.version, 2) :] if paper.version > 1 else [revised]
    return write_csaf(
        Advisory(
            paper.by[0], paper.number, str(paper.version), paper.title,
            kind="csaf_vex" if paper.vex else "csaf_security_advisory",
            publisher_name=paper.by[1], published=moments[0], revised=revised, language="en" if paper.by is TERPWARE else "nl",
            tlp=paper.tlp, products=_products(paper), vulnerabilities=tuple(_weakness(paper, cve, at) for cve in paper.cves),
            notes=_notes(paper), references=(Reference(f"{paper.by[0]}/{paper.number.lower()}", paper.title, "self"),),
            revisions=tuple(
                (str(number), moment.isoformat(), "Eerste versie" if number == 1 else "Andere herstelversie")
                for number, moment in enumerate(moments, 1)
            ),
        ),
        category="vendor" if paper.by is TERPWARE else "coordinator",
    )  # fmt: skip


def withdrawn(paper: Paper, at: datetime) -> bytes:
    """A next revision that says that the document no longer holds."""
    body = json.loads(data(paper, at))
    revised = (at - 10 * DAY).isoformat()
    body["document"]["category"] = "csaf_withdrawn"
    body["document"]["title"] = f"Ingetrokken: {paper.title}"
    body["document"]["notes"] = [
        {"category": "description", "title": "Reasoning for Withdrawal", "text": WHY_WITHDRAWN}
    ]  # fmt: skip
    tracking = body["document"]["tracking"]
    tracking["version"], tracking["current_release_date"] = "2", revised
    tracking["revision_history"].append({"number": "2", "date": revised, "summary": "Ingetrokken"})
    body.pop("vulnerabilities")
    body.pop("product_tree")
    return _bytes(body)


def broken(at: datetime) -> bytes:
    """A document without what the schema asks: it is set aside."""
    body = json.loads(
        data(
            Paper(
                "VB-2026-0048",
                "Polderpost Agenda deelt te veel",
                [("Polderpost", "Agenda", "2.0")],
                ["CVE-2026-1049"],
                HOUR,
            ),
            at,
        )
    )
    del body["document"]["publisher"]["category"]
    body["document"]["tracking"]["status"] = "af"
    return _bytes(body)


def _bytes(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, indent=2).encode()


def _products(paper: Paper) -> dict[str, ProductLine]:
    found = {}
    for place, (vendor, product, versions) in enumerate(paper.products, 1):
        form: VersionForm = "none" if not versions else "range" if "/" in versions else "version"
        name = f"{vendor} {product} {versions.rpartition('/')[2]}".strip()
        found[f"P{place}"] = ProductLine(f"P{place}", vendor, product, versions, form, name, purl=paper.library)
    return found


def _weakness(paper: Paper, cve: str, at: datetime) -> Vulnerability:
    ids = tuple(_products(paper))
    told = [("vendor_fix", paper.fix), ("workaround", paper.around)]
    if paper.vex:
        said = tuple(Said(each, "not_affected", "component_not_present") for each in ids)
    else:
        said = tuple(Said(each, "affected") for each in ids)
    return Vulnerability(
        cve, cve, paper.title, said=said, exploited=(at - paper.ago).date() if paper.used else None,
        remedies=tuple(Remedy(kind, text, ids) for kind, text in told if text),
        ratings=(Rating("cvss-3", paper.vector),) if paper.vector else (),
        notes=(Note("description", "", paper.what),),
    )  # fmt: skip


def _notes(paper: Paper) -> tuple[Note, ...]:
    rated = [Note("general", "Kans", paper.likely), Note("general", "Schade", paper.harm)] if paper.likely else []
    return (Note("summary", "Feiten", paper.what), *rated)
