"""A service as an OSCAL component definition: valid by NIST's schema and compliance-trestle, and honest about what remains."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from trestle.oscal import component as trestle

from dijkwacht.adapters.suppliers_out.component import Covers, Service, component_definition
from dijkwacht.norms.read import read_norms
from tests.adapters.oscal import made

NORMS = read_norms()
ONE, TWO = (name for name in list(NORMS.requirements)[:2])
OTHER = next(name for name in NORMS.requirements if name.partition(":")[0] != ONE.partition(":")[0])
SERVICE = Service(
    "voorbeeld-log", "Logdienst  van\nDijkdata", "Bewaart logregels en slaat alarm.", "Dijkdata Coöperatie", date(2026, 11, 30),
    "1", (Covers(ONE, "whole"), Covers(TWO, "part", "Zelf de logs aansluiten."), Covers(OTHER, "whole", "Niets vergeten.")),
)  # fmt: skip


def body(service: Service) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(component_definition(service, NORMS))["component-definition"]
    return found


@pytest.mark.parametrize(
    "service", [SERVICE, replace(SERVICE, covers=()), replace(SERVICE, name="", text=" ", holder=" ")]
)
def test_valid(service: Service) -> None:
    content = component_definition(service, NORMS)
    assert made.wrong(content) == []
    trestle.Model.model_validate(json.loads(content))
    assert component_definition(service, NORMS) == content


def test_what_it_covers_how_far_and_what_remains() -> None:
    found = body(SERVICE)
    assert found["metadata"]["oscal-version"] == "1.1.2"
    (one,) = found["components"]
    assert (one["type"], one["title"]) == ("service", "Logdienst van Dijkdata")
    assert len(one["control-implementations"]) == 2
    rows = [row for each in one["control-implementations"] for row in each["implemented-requirements"]]
    assert [row["props"][0]["value"] for row in rows] == ["whole", "part", "whole"]
    assert [row.get("remarks") for row in rows] == [
        None, "Zelf nog te doen: Zelf de logs aansluiten.", "Zelf nog te doen: Niets vergeten.",
    ]  # fmt: skip
    sources = {each["source"][1:] for each in one["control-implementations"]}
    assert sources == {each["uuid"] for each in found["back-matter"]["resources"]}


def test_the_identity_follows_from_the_content() -> None:
    other = replace(SERVICE, covers=SERVICE.covers[:1])
    assert body(SERVICE)["uuid"] != body(other)["uuid"]
    assert body(SERVICE)["components"][0]["uuid"] == body(other)["components"][0]["uuid"]


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(ValueError, match="in part, and what remains is not said"):
        Covers(ONE, "part", " ")
    with pytest.raises(ValueError, match="covers bio2:99, which no norm has"):
        body(replace(SERVICE, covers=(Covers("bio2:99", "whole"),)))
    with pytest.raises(ValueError, match="twice"):
        body(replace(SERVICE, covers=(Covers(ONE, "whole"), Covers(ONE, "whole"))))
