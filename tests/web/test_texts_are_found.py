"""Texts for people stand where the tool that keeps the catalogues finds them."""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "dijkwacht"
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}


def hidden(code: str) -> list[str]:
    """The texts within an f-string: the extractor sees one long string there, and nobody translates them."""
    strings = [each for each in ast.walk(ast.parse(code)) if isinstance(each, ast.JoinedStr)]
    calls = [each for string in strings for each in ast.walk(string) if isinstance(each, ast.Call)]
    return [ast.unparse(each) for each in calls if isinstance(each.func, ast.Name) and each.func.id in MARKS]


def renamed(code: str) -> list[str]:
    """Names under which a function that marks texts is imported, and that the extractor does not know."""
    imports = [each for each in ast.walk(ast.parse(code)) if isinstance(each, ast.ImportFrom)]
    names = [each for one in imports if one.module == "django.utils.translation" for each in one.names]
    return [each.asname for each in names if each.asname and each.name in MARKS and each.asname not in MARKS]


def test_none_goes_under_another_name() -> None:
    assert renamed("from django.utils.translation import gettext_lazy as lazy") == ["lazy"]
    assert renamed("from django.utils.translation import gettext_lazy as _") == []
    found = {str(path.relative_to(SOURCE)): renamed(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}
    assert {name: names for name, names in found.items() if names} == {}


def test_one_in_a_string_is_seen() -> None:
    assert hidden("""a = f"{_('Adopted.')} {turned}" """) == ["_('Adopted.')"]
    assert hidden("""a = f"{said} {turned % {'n': 1}}" + _("Adopted.")""") == []


def test_no_text_hides_in_a_string() -> None:
    found = {str(path.relative_to(SOURCE)): hidden(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}
    assert {name: texts for name, texts in found.items() if texts} == {}
