"""The papers are true: every setting and command is described, links lead somewhere, the metadata is in order."""

import argparse
import re
import tomllib

import pytest
import yaml

from dijkwacht.cli import _parser
from tests.architecture import house

README = (house.ROOT / "README.md").read_text()
SETTINGS = (house.ROOT / "docs" / "settings.md").read_text()
PAPERS = sorted(path for path in house.repository_files() if path.suffix == ".md")
PUBLICCODE = yaml.safe_load((house.ROOT / "publiccode.yml").read_text())


def _commands(parser: argparse.ArgumentParser, before: str = "dijkwacht") -> list[str]:
    """Every command in full, ``dijkwacht norms check`` for one."""
    choices = [each.choices for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not choices:
        return [before]
    return [found for name, inner in choices[0].items() for found in _commands(inner, f"{before} {name}")]


def _settings() -> set[str]:
    source = "\n".join(path.read_text() for path in house.modules())
    return {*re.findall(r"""["'](DIJKWACHT_[A-Z_]+)["']""", source), "DATABASE_URL"}


def test_every_setting_is_described() -> None:
    assert {name for name in _settings() if f"`{name}`" not in SETTINGS} == set()


def test_no_setting_is_described_that_does_not_exist() -> None:
    assert set(re.findall(r"`(DIJKWACHT_[A-Z_]+)`", SETTINGS + README)) - _settings() == set()


@pytest.mark.parametrize("paper", ["README.md", "LEESMIJ.md"])
def test_every_command_is_in_the_readme(paper: str) -> None:
    told = (house.ROOT / paper).read_text()
    assert {name for name in _commands(_parser()) if f"`{name}" not in told} == set()


@pytest.mark.parametrize("paper", ["README.md", "LEESMIJ.md"])
def test_no_command_or_option_is_described_that_does_not_exist(paper: str) -> None:
    told = (house.ROOT / paper).read_text()
    rows = re.findall(r"^\| `(dijkwacht [^`]+)`", told, re.MULTILINE)
    known = _commands(_parser())
    assert [row for row in rows if not any(f"{row} ".startswith(f"{name} ") for name in known)] == []
    source = "".join(path.read_text() for path in sorted((house.PACKAGE / "cli").glob("*.py")))
    assert {option for row in rows for option in re.findall(r"--[a-z-]+", row) if f'"{option}"' not in source} == set()


def test_every_make_target_is_described() -> None:
    makefile = (house.ROOT / "Makefile").read_text()
    told = README + (house.ROOT / "CONTRIBUTING.md").read_text()
    targets = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert {target for target in targets if f"make {target}" not in told} == set()


@pytest.mark.parametrize("paper", PAPERS, ids=house.name)
def test_links_lead_somewhere(paper) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", paper.read_text()):
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        if not (paper.parent / target.partition("#")[0]).exists():
            broken.append(target)
    assert broken == []


def test_publiccode_follows_the_standard() -> None:
    mandatory = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert mandatory <= PUBLICCODE.keys()
    assert PUBLICCODE["legal"]["license"] == "EUPL-1.2"
    assert PUBLICCODE["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert PUBLICCODE["maintenance"]["contacts"][0]["name"]
    for text in PUBLICCODE["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_one_version_everywhere() -> None:
    version = tomllib.loads((house.ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert PUBLICCODE["softwareVersion"] == version
    assert f'__version__ = "{version}"' in (house.PACKAGE / "__init__.py").read_text()
    assert f"## {version}" in (house.ROOT / "CHANGELOG.md").read_text()


def test_decisions_are_numbered_and_listed() -> None:
    folder = house.ROOT / "docs" / "decisions"
    decisions = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [name[:4] for name in decisions] == [f"{number:04}" for number in range(len(decisions))]
    index = (folder / "README.md").read_text()
    assert {name for name in decisions if name not in index} == set()


def test_the_map_leads_to_files_that_exist() -> None:
    text = (house.ROOT / "ARCHITECTURE.md").read_text()
    rows = text[text.index("<!-- map:start -->") : text.index("<!-- map:end -->")]
    lost = []
    for path in re.findall(r"`([\w<>./-]+)`", rows):
        if "/" in path or path.endswith(".py"):
            pattern = re.sub(r"<\w+>", "*", path)
            if not any(any(folder.glob(pattern)) for folder in (house.PACKAGE, house.ROOT)):
                lost.append(path)
    assert lost == []
