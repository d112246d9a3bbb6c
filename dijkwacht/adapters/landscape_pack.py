"""A landscape as an open data pack that is signed: one JSON document with its hash, its key and its signature.

Form and checks are told in docs/landscape.md. The document and what is signed of it are in the one way to write JSON
(core/chain.canonical), so that no two documents read alike.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from dijkwacht.adapters import signing
from dijkwacht.core.chain import canonical
from dijkwacht.core.days import parse_day
from dijkwacht.core.landscape.cells import Landscape
from dijkwacht.core.landscape.form import FIELDS, CellError, cell_of, plain, rows_of
from dijkwacht.core.shown import as_shown, one_line
from dijkwacht.core.statement_form import FormError, read_json

FORM = "dijkwacht landscape 1"
PREFIX = b"dijkwacht landscape 1\n"
LARGEST = 10 * 1024 * 1024
MOST = 10_000
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}", re.ASCII)  # it stands in addresses


class PackTrouble(ValueError):
    """A document that is no pack, or not any more what was signed. ``code`` with parameters says why."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Signed:
    """A pack of which hash and signature fit. ``key``: the number of the key; whether it is to be trusted is another matter.

    ``made_on``: as its maker says.
    """

    name: str
    version: str
    publisher: str
    made_on: date
    cells: Mapping[str, Mapping[str, Any]]
    sha256: str
    key: str
    public: str


def content(landscape: Landscape, *, name: str, version: str, publisher: str, on: date) -> dict[str, Any]:
    """What is signed: the cells with who publishes them, and the names that they use for who reads them elsewhere."""
    names = {each.id: dict(each.name) for each in landscape.actors.values()}
    return {
        "name": name, "version": version, "publisher": publisher, "made_on": on.isoformat(), "licence": "CC0-1.0",
        "cells": rows_of(landscape), "actors": names,
    }  # fmt: skip


def sign(pack: Mapping[str, Any], *, pem: bytes) -> bytes:
    """The document: pack, SHA-256, key and Ed25519 signature over prefix and canonical form. Raises KeyTrouble."""
    body = canonical(pack)
    public = signing.public_of(pem)
    return canonical(
        {
            "form": FORM, "pack": pack, "sha256": sha256(body).hexdigest(),
            "key": {"id": signing.key_id(public), "algorithm": signing.ALGORITHM, "public": public},
            "signature": signing.sign(pem, PREFIX + body),
        }
    )  # fmt: skip


def read(data: bytes, *, known: Landscape) -> Signed:
    """The pack, its hash and signature checked and every cell held against the names that we know.

    Cells come in the one way to write them: a field that was left out says what an empty one says.
    Raises PackTrouble: large, no_json, form, changed (hash), signature, key, many, cell (with cell, field, why).
    """
    if len(data) > LARGEST:
        raise PackTrouble("large", most=LARGEST // 1024 // 1024)
    try:
        found: Any = read_json(data)
    except (FormError, RecursionError):
        raise PackTrouble("no_json") from None
    if not isinstance(found, dict) or found.get("form") != FORM:
        raise PackTrouble("form")
    pack, key = found.get("pack"), found.get("key")
    if not isinstance(pack, dict) or not isinstance(key, dict):
        raise PackTrouble("form")
    public = _checked(pack, found, key)
    return _read(pack, str(found["sha256"]), public, known)


def _checked(pack: Mapping[str, Any], found: Mapping[str, Any], key: Mapping[str, Any]) -> str:
    """The public key, once hash, number and signature fit."""
    body = canonical(pack)
    if sha256(body).hexdigest() != found.get("sha256"):
        raise PackTrouble("changed")
    public, signature = key.get("public"), found.get("signature")
    if not isinstance(public, str) or not isinstance(signature, str):
        raise PackTrouble("form")
    try:
        right = signing.key_id(public)
    except ValueError:
        raise PackTrouble("key") from None
    if key.get("id") != right:
        raise PackTrouble("key")
    if not signing.holds(public, signature, PREFIX + body):
        raise PackTrouble("signature")
    return public


def _read(pack: Mapping[str, Any], digest: str, public: str, known: Landscape) -> Signed:
    cells = pack.get("cells")
    texts = [pack.get(name) for name in ("name", "version", "publisher")]
    if not isinstance(cells, dict) or not all(
        isinstance(each, str) and len(each) <= 200 and one_line(each) for each in texts
    ):
        raise PackTrouble("form")
    if len(cells) > MOST:
        raise PackTrouble("many", most=MOST)
    found = {name: _cell(name, fields, known) for name, fields in cells.items()}
    name, version, publisher = (str(each) for each in texts)
    return Signed(name, version[:40], publisher, _day(pack), found, digest, signing.key_id(public), public)


def _cell(name: str, fields: Any, known: Landscape) -> dict[str, Any]:
    if not isinstance(fields, dict) or not _NAME.fullmatch(name):
        raise PackTrouble("cell", cell=as_shown(name[:80]), field="", why="text")
    if more := sorted({*fields} - {*FIELDS}):
        raise PackTrouble("cell", cell=name, field=as_shown(more[0][:80]), why="unknown")
    try:
        return plain(cell_of(name, fields, known))
    except CellError as error:
        raise PackTrouble("cell", cell=name, field=error.field, why=error.code) from None


def _day(pack: Mapping[str, Any]) -> date:
    try:
        return parse_day(str(pack.get("made_on")))
    except ValueError:
        raise PackTrouble("form") from None
