"""An advisory or VEX of our own: what stands in the form, what it still lacks, and the document that it becomes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from dijkwacht.core.advisories.handling import FLAGS
from dijkwacht.core.advisories.own_versions import read_versions
from dijkwacht.core.advisories.shapes import (
    Advisory,
    Note,
    ProductLine,
    Rating,
    Reference,
    Remedy,
    Said,
    Status,
    Tlp,
    Vulnerability,
)

__all__ = [
    "CVSS", "FLAGS", "REMEDIES", "SAYINGS", "Draft", "Issue", "Lack", "Link", "Product", "Todo", "Weakness", "content", "is_cve",
    "is_number",
]  # fmt: skip

Kind = Literal["csaf_security_advisory", "csaf_vex"]
VEX: Kind = "csaf_vex"
_STATED: tuple[Status, ...] = ("affected", "fixed", "investigated")
SAYINGS = (*_STATED, *FLAGS)
"""What is said of a product for a weakness: a status, or why it is not affected."""
REMEDIES = ("vendor_fix", "mitigation", "workaround", "none_available", "no_fix_planned")
CVSS = "cvss-3"
_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,}")
_NUMBER = re.compile(r"(?!CVE-)[A-Za-z0-9][A-Za-z0-9._-]*")


def is_cve(text: str) -> bool:
    """Whether a text is a CVE number."""
    return _CVE.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether a weakness may be called so: a CVE number, or one of our own that readers keep apart from a title."""
    return is_cve(text) or _NUMBER.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Product:
    """A product with its versions as a person writes them (`own_versions`)."""

    vendor: str
    product: str
    versions: str = ""

    @property
    def name(self) -> str:
        """The whole, as it was written."""
        return " ".join(each for each in (self.vendor, self.product, self.versions) if each)


@dataclass(frozen=True, slots=True)
class Weakness:
    """A weakness. ``number``: its CVE, else one of our own. ``said``: per product of the document one of SAYINGS, or nothing."""

    number: str
    title: str = ""
    description: str = ""
    vector: str = ""
    said: tuple[str, ...] = ()

    def about(self, *sayings: str) -> tuple[int, ...]:
        """The places of the products of which one of these is said."""
        return tuple(place for place, each in enumerate(self.said) if each in sayings)


@dataclass(frozen=True, slots=True)
class Todo:
    """What to do: a remedy. ``about``: the place of its weakness; None: all of them."""

    kind: str
    details: str
    url: str = ""
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A reference, with what it is."""

    url: str
    summary: str


@dataclass(frozen=True, slots=True)
class Lack:
    """Something without which it cannot be given out. ``field``: of the form (`weaknesses-0-description`)."""

    code: str
    field: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form."""

    kind: Kind
    tlp: Tlp
    title: str
    summary: str = ""
    products: tuple[Product, ...] = ()
    weaknesses: tuple[Weakness, ...] = ()
    remedies: tuple[Todo, ...] = ()
    links: tuple[Link, ...] = ()

    @classmethod
    def of(cls, kind: str, tlp: str, values: Mapping[str, Any]) -> "Draft":
        """A draft as it is kept. Raises ValueError for a kind or label that does not exist."""
        if kind not in get_args(Kind) or tlp not in get_args(Tlp):
            raise ValueError(f"{kind} {tlp}")
        weaknesses = [{**each, "said": tuple(each.get("said", ()))} for each in values.get("weaknesses", ())]
        return cls(
            kind, tlp, values.get("title", ""), values.get("summary", ""),  # type: ignore[arg-type]
            tuple(Product(**each) for each in values.get("products", ())), tuple(Weakness(**each) for each in weaknesses),
            tuple(Todo(**each) for each in values.get("remedies", ())), tuple(Link(**each) for each in values.get("links", ())),
        )  # fmt: skip

    def targets(self, todo: Todo, place: int) -> tuple[int, ...]:
        """Of the weakness at a place the products that a remedy is for: what is or may be affected; else what is fixed by it."""
        held = self.weaknesses[place]
        return (held.about("affected", "investigated") or held.about("fixed")) if todo.about in (None, place) else ()

    def lacks(self) -> tuple[Lack, ...]:
        """What is still missing, in the order of the form. Nothing: what `content` makes of it is valid CSAF 2.0."""
        return tuple(self._lacks())

    def _lacks(self) -> Iterator[Lack]:
        for name, held in (
            ("title", self.title), ("summary", self.summary), ("products", self.products), ("weaknesses", self.weaknesses)
        ):  # fmt: skip
            if not held:
                yield Lack(f"no_{name}", name)
        for place, each in enumerate(self.weaknesses):
            yield from self._lacking(place, each)
        for place, product in enumerate(self.products):
            if self.weaknesses and not any(any(each.said[place : place + 1]) for each in self.weaknesses):
                yield Lack("nothing_said", f"products-{place}-product", product.name)
        for place, todo in enumerate(self.remedies):
            if self.weaknesses and not any(self.targets(todo, each) for each in range(len(self.weaknesses))):
                yield Lack("no_target", f"remedies-{place}-about", todo.details)

    def _lacking(self, place: int, weakness: Weakness) -> Iterator[Lack]:
        if not weakness.number:
            yield Lack("no_number", f"weaknesses-{place}-number", weakness.title)
        if not weakness.description:
            yield Lack("no_description", f"weaknesses-{place}-description", weakness.number)
        if self.products and not any(weakness.said):
            yield Lack("no_status", f"weaknesses-{place}-said_0", weakness.number)
        asks = weakness.about("affected" if self.kind == VEX else "fixed")  # CSAF 2.0, test 6.1.27.10; 2.1, 6.1.27.13
        if asks and not any(self.targets(todo, place) for todo in self.remedies):
            yield Lack("no_remedy", "remedies", weakness.number)
        if (
            self.kind != VEX and any(weakness.said) and not weakness.about("affected", "fixed", *FLAGS)
        ):  # 2.1, 6.1.27.12
            yield Lack("not_conclusive", f"weaknesses-{place}-said_0", weakness.number)


@dataclass(frozen=True, slots=True)
class Issue:
    """Under what name, number and revision it is given out. ``revisions``: those before this one."""

    publisher: str
    publisher_name: str
    number: str
    version: int
    published: datetime
    at: datetime
    summary: str
    revisions: tuple[tuple[str, str, str], ...] = ()
    language: str = ""
    address: str = ""  # where everybody finds it


def content(draft: Draft, issue: Issue) -> Advisory:
    """The document that a draft becomes. Raises own_versions.Unclear for versions that the form would not have let through."""
    version = str(issue.version)
    lines = [_line(number, each) for number, each in enumerate(draft.products, 1)]
    links = [Reference(each.url, each.summary) for each in draft.links]
    here = [Reference(issue.address, issue.number, "self")] if issue.address else []
    return Advisory(
        issue.publisher, issue.number, version, draft.title, kind=draft.kind, form="csaf-2.0",
        publisher_name=issue.publisher_name, published=issue.published, revised=issue.at, language=issue.language,
        tlp=draft.tlp, products={each.id: each for each in lines},
        vulnerabilities=tuple(_weakness(draft, place, issue) for place in range(len(draft.weaknesses))),
        notes=(Note("summary", "", draft.summary),) if draft.summary else (), references=(*here, *links),
        revisions=(*issue.revisions, (version, issue.at.isoformat(), issue.summary)),
    )  # fmt: skip


def _id(place: int) -> str:
    return f"P{place + 1}"


def _line(number: int, product: Product) -> ProductLine:
    versions = read_versions(product.versions)
    return ProductLine(f"P{number}", product.vendor, product.product, versions.text, versions.form, product.name)


def _weakness(draft: Draft, place: int, issue: Issue) -> Vulnerability:
    held = draft.weaknesses[place]
    remedies = [
        Remedy(todo.kind, todo.details, tuple(_id(each) for each in targets), todo.url)
        for todo in draft.remedies
        if (targets := draft.targets(todo, place))
    ]
    return Vulnerability(
        held.number, held.number if is_cve(held.number) else "", held.title, said=tuple(_said(held)),
        remedies=tuple(remedies), ratings=(Rating(CVSS, held.vector, issue.publisher),) if held.vector else (),
        notes=(Note("description", "", held.description),) if held.description else (),
    )  # fmt: skip


def _said(held: Weakness) -> Iterator[Said]:
    """What is said, by status: so it stands in the document, and so it is read."""
    for status in _STATED:
        yield from (Said(_id(place), status) for place in held.about(status))
    yield from (Said(_id(place), "not_affected", held.said[place]) for place in held.about(*FLAGS))
