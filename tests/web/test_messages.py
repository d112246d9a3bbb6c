"""The tool that keeps the catalogues."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, on an empty program."""
    tool = load("messages")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "SOURCE", tmp_path / "dijkwacht")
    monkeypatch.setattr(tool, "LOCALE", tmp_path / "locale")
    (tmp_path / "dijkwacht").mkdir()
    return tool


def write(messages: ModuleType, name: str, code: str) -> None:
    (messages.SOURCE / name).write_text(code, encoding="utf-8")


def test_texts_of_modules_and_templates_are_found(messages: ModuleType) -> None:
    write(messages, "a.py", 'from x import gettext as _\nA = _("One %(n)d") % {"n": 1}\nB = ngettext("a", "b", 2)\n')
    write(
        messages,
        "b.html",
        '<p>\n    {% translate "Two" %}\n  {% blocktranslate %}It is {{ day }}{% endblocktranslate %}</p>',
    )
    assert {message.id for message in messages.template() if message.id} == {
        "One %(n)d",
        ("a", "b"),
        "Two",
        "It is %(day)s",
    }


def test_a_missing_translation_and_another_placeholder_are_faults(messages: ModuleType) -> None:
    write(messages, "a.py", '_("One %(n)d")\n_("Two")\n')
    messages.extract()
    assert [line for line in messages.check() if line.startswith("nl: not translated")] != []
    assert not [line for line in messages.check() if line.startswith("en")]
    path = messages.LOCALE / "nl" / "LC_MESSAGES" / "django.po"
    told = (
        path.read_text()
        .replace('"One %(n)d"\nmsgstr ""', '"One %(n)d"\nmsgstr "Een %(m)d"')
        .replace('"Two"\nmsgstr ""', '"Two"\nmsgstr "Twee"')
    )
    path.write_text(told)
    assert messages.check() == ["nl: other placeholders: 'One %(n)d' (dijkwacht/a.py)"]
    path.write_text(told.replace("%(m)d", "%(n)d"))
    assert messages.check() == []
    messages.compile_all()
    assert path.with_suffix(".mo").stat().st_size > 0


def test_extracting_again_changes_nothing(messages: ModuleType) -> None:
    write(messages, "a.py", '_("One")\n')
    messages.extract()
    path = messages.LOCALE / "nl" / "LC_MESSAGES" / "django.po"
    once = path.read_text()
    messages.extract()
    assert path.read_text() == once


def test_a_text_that_is_gone_leaves_the_catalogue(messages: ModuleType) -> None:
    write(messages, "a.py", '_("One")\n')
    messages.extract()
    write(messages, "a.py", "")
    assert any("no longer used" in line for line in messages.check())
    messages.extract()
    assert messages.check() == []


@pytest.mark.parametrize(
    "code", ['_(f"Hello {name}")', '_("Hello " + name)', 'gettext("Hello %s" % name)', "_('a'.format(b))"]
)
def test_pieces_are_refused(messages: ModuleType, code: str) -> None:
    write(messages, "a.py", code)
    assert list(messages.lint()) != []


def test_the_styles_are_built_from_the_components_and_a_missing_one_is_named(tmp_path: Path) -> None:
    tool = load("build_css")
    with pytest.raises(FileNotFoundError, match="document-css"):
        tool.build(tmp_path, tmp_path / "out.css")
    for name in tool.COMPONENTS:
        folder = tmp_path / f"{name}-css" / "dist"
        folder.mkdir(parents=True)
        (folder / "index.min.css").write_text(f".{name}{{}}")
    tool.build(tmp_path, tmp_path / "out.css")
    assert ".pagination{}" in (tmp_path / "out.css").read_text()


def test_the_lock_file_names_no_host() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
