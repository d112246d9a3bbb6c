"""A document against the JSON schema of OASIS. The schemas come with the package `csaf`; none of its code runs here."""

import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from dijkwacht.adapters.csaf.load import pointed
from dijkwacht.core.advisories.problems import Problem

FOLDERS = {"csaf-2.0": "v20", "csaf-2.1": "v21"}
MOST = 50  # findings of one document
# schemas that name themselves otherwise than they are referred to
_CALLED = {
    "https://www.first.org/cvss/cvss-v2.0.json": "cvss-v2.0.json",
    "https://www.first.org/cvss/cvss-v3.0.json": "cvss-v3.0.json",
    "https://www.first.org/cvss/cvss-v3.1.json": "cvss-v3.1.json",
    "https://www.first.org/cvss/cvss-v4.0.json": "cvss-v4.0.json",
    "https://certcc.github.io/SSVC/data/schema/v2/SelectionList_2_0_0.schema.json": "SelectionList_2_0_0.schema.json",
}


def against_schema(body: dict[str, Any], form: str) -> list[Problem]:
    """What the schema of this form (`csaf-2.0`, `csaf-2.1`) refuses, at most MOST.

    `schema` is grave; `format` (a date, an address that is not written as it should be) is a note: the reader copes with it.
    `not_checked` (grave): the checker itself gave up, on a number or a depth that no document has.
    """
    found = []
    try:
        for error in _validator(form).iter_errors(body):
            path = "".join(f"/{pointed(str(part))}" for part in error.instance_path)
            loose = isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Format)
            found.append(
                Problem(
                    "format" if loose else "schema", path, "note" if loose else "grave",
                    {"message": _short(error.message)},
                )
            )  # fmt: skip
            if len(found) >= MOST:
                break
    except Exception as error:
        found.append(Problem("not_checked", "", "grave", {"message": _short(str(error))}))
    return found


@cache
def _validator(form: str) -> Any:
    folder = _package() / "csaf" / FOLDERS[form] / "schema"
    known: dict[str, Any] = {}
    files = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.json"))}
    for schema in files.values():
        if isinstance(name := schema.get("$id") or schema.get("id"), str):
            known[name.split("?", maxsplit=1)[0]] = schema
    known |= {address: files[name] for address, name in _CALLED.items() if name in files}

    def held(address: str) -> Any:  # never over the network
        return known[address.split("?", maxsplit=1)[0]]

    return jsonschema_rs.Draft202012Validator(files["csaf.json"], retriever=held, validate_formats=True)


def _package() -> Path:
    spec = importlib.util.find_spec("csaf")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package csaf, which holds the schemas, is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:297]}..."
