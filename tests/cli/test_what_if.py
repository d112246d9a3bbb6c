"""`dijkwacht what-if supplier ID`: by which number it is found, what it tells, and what trouble sounds like."""

import argparse
import json
from typing import Any

import pytest
from django.utils import translation

from dijkwacht.apps.people.models import Organisation
from dijkwacht.cli import what_if
from dijkwacht.cli.common import CommandError
from tests.suppliers.dependence_world import link, service, shares, supplier, use

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    parser = argparse.ArgumentParser()
    what_if.add(parser.add_subparsers())

    def run(*arguments: str) -> Any:
        args = parser.parse_args(["what-if", "supplier", *arguments, "--on", "2026-11-25"])
        with translation.override("en"):
            assert args.run(args) == 0
        told = capsys.readouterr().out
        return json.loads(told) if "--json" in arguments else told

    return run


@pytest.fixture
def town(organisation: Organisation) -> Organisation:
    cloud = supplier(organisation, "Rekenwolk", "90000001", own_id="C-17")
    use(service(cloud, "Zaakwolk"), "Uitkeringen", 4)
    link(cloud, supplier(organisation, "Datahal"), 24)
    return organisation


def test_by_each_of_its_numbers(run: Any, town: Organisation) -> None:
    row = supplier(town, "Datahal")
    for asked, name, hours in (("90000001", "Rekenwolk", 4), ("C-17", "Rekenwolk", 4), (str(row.pk), "Datahal", 28)):
        data = run(asked, "--json")
        assert [each["name"] for each in data["gone"]] == [name]
        assert [(each["name"], each["hours"]) for each in data["stops"]] == [("Uitkeringen", hours)]


def test_for_people(run: Any, town: Organisation) -> None:
    first, row = run("90000001", "--org", "dijkstad").splitlines()
    assert first == "Without Rekenwolk, 1 process or system stops: after 4 hours."
    assert row.split() == ["after", "4", "hours", "Uitkeringen", "(Zaakwolk", "->", "Rekenwolk)"]


def test_what_others_share_only_when_asked(run: Any, town: Organisation, make_organisation: Any) -> None:
    other = make_organisation("polder", name="Polder")
    use(service(supplier(other, "Rekenwolk", "90000001")), "Reisdocumenten", 2)
    shares(other, town)
    assert len(run("90000001", "--org", "dijkstad", "--json")["stops"]) == 1
    data = run("90000001", "--org", "dijkstad", "--scope", "shared", "--json")
    assert [(each["organisation"], each["name"]) for each in data["stops"]] == [
        ("Polder", "Reisdocumenten"), ("Dijkstad", "Uitkeringen"),
    ]  # fmt: skip


def test_trouble_is_one_clear_line(run: Any, town: Organisation, make_organisation: Any) -> None:
    for asked in ("99999999", "zomaar", "", "9" * 40):
        with pytest.raises(CommandError, match="no supplier"):
            run(asked, "--org", "dijkstad")
    with pytest.raises(CommandError, match="no organisation nergens"):
        run("90000001", "--org", "nergens")
    supplier(make_organisation("polder"), "Een ander")
    with pytest.raises(CommandError, match="give --org"):
        run("90000001")


def test_without_any_register(run: Any, organisation: Organisation) -> None:
    with pytest.raises(CommandError, match="no register of suppliers"):
        run("90000001")
