"""The landscape of an organisation as open data, for whoever wants to count or draw with it."""

import json
from collections.abc import Mapping
from typing import Any

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet
from dijkwacht.apps.landscape.queries.cells import landscape_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.landscape.form import rows_of


def open_data(organisation: Organisation, *, language: str) -> tuple[bytes, bytes]:
    """The landscape here as CSV and as JSON, without signature: every cell with its names in a language."""
    here = landscape_of(organisation)
    names: dict[str, Mapping[str, Any]] = {
        "area": here.areas, "phase": here.phases, "layer": here.layers, "actor": here.actors, "role": here.roles,
    }  # fmt: skip
    rows = [
        {
            "id": key,
            **fields,
            **{f"{part}_name": _said(named[fields[part]].name, language) for part, named in names.items()},
        }
        for key, fields in rows_of(here).items()
    ]
    heads = tuple(rows[0]) if rows else ("id",)
    lines = tuple(tuple(" ".join(v) if isinstance(v, list) else str(v) for v in row.values()) for row in rows)
    told = {
        "name": dict(here.name), "version": here.version, "as_of": here.as_of.isoformat(), "licence": "CC0-1.0", "cells": rows,
    }  # fmt: skip
    return write_csv(Sheet("landscape", heads, lines)), json.dumps(told, ensure_ascii=False, indent=1).encode()


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get("nl", "")
