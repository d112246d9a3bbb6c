"""Made-up advisories and registers in the shape in which NCSC-NL publishes: names and versions only, ``vers:unknown/…``.

The seed is fixed. No measurement of the real world: only the mix of forms follows what real feeds show. All vendors and products
are invented.
"""

import json
import random
from collections.abc import Iterator
from typing import Any

from dijkwacht.core.advisories.shapes import Asset

VENDORS, PRODUCTS = 250, 3000
VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
NAMESPACE = "https://csirt.example/advisories"


class Market:
    """Vendors, products and the versions that exist of each; a few products are everywhere, most are rare."""

    def __init__(self, seed: int = 20261130) -> None:
        self.dice = random.Random(seed)
        self.products: list[tuple[str, str, list[str]]] = []
        for number in range(PRODUCTS):
            vendor = f"Leverancier {self.dice.randrange(VENDORS)} B.V."
            versions = sorted({self._version() for _ in range(self.dice.randint(4, 40))})
            self.products.append((vendor, f"Product {number} Suite", versions))
        self.weights = [1 / (1 + number) ** 0.7 for number in range(PRODUCTS)]

    def _version(self) -> str:
        dice = self.dice
        text = ".".join(str(dice.randrange(limit)) for limit in (12, 10, 20)[: dice.choice((2, 3, 3, 3))])
        return text + dice.choice(("", "", "", "", "", "-rc1", " SP1", "a", "SU2", "-HF3"))

    def pick(self, count: int) -> list[tuple[str, str, list[str]]]:
        """Products, the popular ones more often."""
        return self.dice.choices(self.products, self.weights, k=count)

    def said(self, versions: list[str]) -> tuple[str, str]:
        """The category of a branch, and how it names versions: the mix of forms that real feeds show."""
        dice = self.dice
        kind = dice.random()
        one, other = dice.choice(versions), dice.choice(versions)
        if kind < 0.40:
            return "product_version_range", f"vers:unknown/<{one}"
        if kind < 0.72:
            return "product_version_range", f"vers:unknown/{one}"
        if kind < 0.88:
            return "product_version_range", f"vers:unknown/>={one}|<{other}"
        if kind < 0.92:
            return "product_version_range", "vers:unknown/*"
        if kind < 0.97:
            return "product_version", one
        return "product_version_range", dice.choice((f"prior to {one}", f"{one} and earlier", "zie leverancier"))


def documents(market: Market, count: int, *, lines: int = 10) -> Iterator[bytes]:
    """CSAF 2.0 documents, as bytes; about ``lines`` products in each, of one to five products."""
    for number in range(count):
        yield json.dumps(document(market, number, lines=lines)).encode()


def document(market: Market, number: int, *, lines: int = 10) -> dict[str, Any]:
    """One document."""
    dice = market.dice
    chosen = market.pick(dice.randint(2, lines))
    branches: list[dict[str, Any]] = []
    ids: list[str] = []
    for vendor, product, versions in chosen:
        leaves = []
        for _ in range(max(1, dice.randint(1, 2 * lines) // len(chosen))):
            category, name = market.said(versions)
            ids.append(f"CSAFPID-{number}-{len(ids)}")
            leaf = {"product_id": ids[-1], "name": f"{vendor} {product} {name}"}
            leaves.append({"category": category, "name": name, "product": leaf})
        node = {"category": "product_name", "name": product, "branches": leaves}
        branches.append({"category": "vendor", "name": vendor, "branches": [node]})
    weaknesses = [
        {
            "cve": f"CVE-2026-{number * 10 + each:05}", "product_status": {"known_affected": ids},
            "scores": [{"products": ids, "cvss_v3": {"version": "3.1", "vectorString": VECTOR,
                                                     "baseScore": 9.8, "baseSeverity": "CRITICAL"}}],
            "notes": [{"category": "description", "text": "Een aanvaller kan dit misbruiken. " * 6}],
        }
        for each in range(dice.randint(1, 4))
    ]  # fmt: skip
    day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}T10:00:00Z"
    return {
        "document": {
            "category": "csaf_security_advisory", "csaf_version": "2.0", "lang": "nl", "title": f"Kwetsbaarheden {number}",
            "distribution": {"tlp": {"label": "WHITE"}},
            "publisher": {"category": "coordinator", "name": "Voorbeeld-CSIRT", "namespace": NAMESPACE},
            "tracking": {"id": f"EX-2026-{number:04}", "version": "1.0.0", "status": "final", "initial_release_date": day,
                         "current_release_date": day,
                         "revision_history": [{"date": day, "number": "1.0.0", "summary": "Eerste versie"}]},
            "notes": [{"category": "general", "title": "Kans", "text": "medium"},
                      {"category": "general", "title": "Schade", "text": "high"}],
        },
        "product_tree": {"branches": branches}, "vulnerabilities": weaknesses,
    }  # fmt: skip


def registers(market: Market, organisations: int, each: int) -> list[Asset]:
    """The assets of all organisations; one in five without a version."""
    dice = market.dice
    found = []
    for number in range(organisations):
        for row, (vendor, product, versions) in enumerate(market.pick(each)):
            version = "" if dice.random() < 0.2 else dice.choice(versions)
            found.append(Asset(f"gemeente-{number:03}", f"{number}-{row}", vendor, product, version))
    return found


def cve_records(market: Market, count: int) -> Iterator[bytes]:
    """Records of the CVE list, format 5, as bytes: an ``affected`` block or three, mostly ``lessThan``."""
    dice = market.dice
    for number in range(count):
        blocks = []
        for vendor, product, versions in market.pick(dice.choice((1, 1, 1, 2, 3))):
            listed: list[dict[str, str]] = []
            for _ in range(dice.randint(1, 5)):
                one, other = dice.choice(versions), dice.choice(versions)
                kind = dice.random()
                end = {"lessThan": other} if kind < 0.5 else {"lessThanOrEqual": other} if kind < 0.65 else {}
                listed.append(
                    {"version": "0" if kind < 0.3 else one, "status": "affected", "versionType": "custom", **end}
                )
            blocks.append({"vendor": vendor, "product": product, "versions": listed, "defaultStatus": "unaffected"})
        yield json.dumps({
            "dataType": "CVE_RECORD", "dataVersion": "5.1",
            "cveMetadata": {"cveId": f"CVE-2026-{number:05}", "state": "PUBLISHED", "assignerShortName": "voorbeeld"},
            "containers": {"cna": {"affected": blocks, "descriptions": [{"lang": "en", "value": "An attacker may do this. " * 8}],
                                   "title": f"Weakness {number}"}},
        }).encode()  # fmt: skip
