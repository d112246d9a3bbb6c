"""Names, keys and aliases."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.advisories.naming import (
    Alias,
    Aliases,
    cpe_key,
    cpe_parts,
    fold,
    fold_product,
    fold_vendor,
    name_key,
    product_keys,
    purl_key,
    purl_parts,
    scheme_of,
    stated_version,
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Voorbeeld Software B.V.", "Zaaksysteem"), ("voorbeeld software bv", "zaak-systeem")),
        (("Contoso Corporation", "Contoso Exchange Server"), ("contoso", "exchange_server")),
        (("Contoso, Inc.", "Mail™ Server (R)"), ("CONTOSO INC", "Mail Server")),
        (("Größe GmbH & Co. KG", "Bürgerbüro"), ("Grosse", "Burgerburo")),
        (("The Example Foundation", "Web Server"), ("Example Foundation", "Webserver")),
        (("Foo S.p.A.", "Foo  Bar"), ("foo spa", "Bar")),
        (("Node.js", "Node.js"), ("node js", "nodejs")),
        (("Citroen Systems, Inc.", "Citroen ADC"), ("Citroen Systems", "ADC")),
        (("Éxample", "Ｆｕｌｌ"), ("example", "full")),
    ],
)  # fmt: skip
def test_the_same_product(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert name_key(*one) == name_key(*other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Contoso", "Server 2.0"), ("Contoso", "Server 20")),
        (("Contoso", "Server 10 1"), ("Contoso", "Server 101")),
        (("Contoso", "Notepad++"), ("Contoso", "Notepad")),
        (("Contoso", "C#"), ("Contoso", "C")),
        (("Contoso", "Mail"), ("Fabrikam", "Mail")),
        (("日本", "製品"), ("日本", "別製品")),
    ],
)
def test_another_product(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert name_key(*one) != name_key(*other)


@pytest.mark.parametrize("name", [("", "x"), ("x", ""), ("!", "x"), ("x", "?!")])
def test_half_a_name_is_no_key(name: tuple[str, str]) -> None:
    assert name_key(*name) == ""


@given(st.text(max_size=40), st.text(max_size=40))
def test_folding_settles(vendor: str, product: str) -> None:
    assert fold(fold(vendor)) == fold(vendor)
    assert fold_vendor(vendor) == fold_vendor(vendor.upper().lower()) or not vendor.isascii()
    assert isinstance(fold_product(product, vendor), str)


def test_a_vendor_keeps_a_word() -> None:
    assert fold_vendor("SA") == "sa"
    assert fold_vendor("Inc. B.V.") == "inc"
    assert fold_product("Contoso", "Contoso B.V.") == "contoso"


CPES = [
    ("cpe:2.3:a:contoso:mail_server:2019:cu12:*:*:*:*:*:*", ("a", "contoso", "mail_server", "2019 cu12")),
    ("cpe:2.3:o:contoso:os:-:*:*:*:*:*:*:*", ("o", "contoso", "os", "")),
    (r"cpe:2.3:a:con\:toso:ma\.il:1.0:*:*:*:*:*:*:*", ("a", "con:toso", "ma.il", "1.0")),
    ("CPE:2.3:H:Contoso:Box:*:*:*:*:*:*:*:*", ("h", "contoso", "box", "")),
    ("cpe:/a:contoso:mail%21:1.0:sp1", ("a", "contoso", "mail!", "1.0 sp1")),
    ("cpe:/a:contoso:mail", ("a", "contoso", "mail", "")),
]


@pytest.mark.parametrize(("text", "parts"), CPES)
def test_cpe(text: str, parts: tuple[str, ...]) -> None:
    assert cpe_parts(text) == parts
    assert cpe_key(text) == "c|{}:{}:{}".format(*parts)


@pytest.mark.parametrize(
    "text",
    ["", "x", "cpe:", "cpe:2.3:a:b", "cpe:2.3:a:*:b:*:*:*:*:*:*:*:*", "cpe:2.3:a:b:*:*:*:*:*:*:*:*:*", "cpe:/a:b",
     "cpe:2.3:x:b:c:*:*:*:*:*:*:*:*", "cpe:/a:b:c:d:e:f:g:h", "cpe:2.3:a:b:c:*:*:*:*:*:*:*:*:*"],
)  # fmt: skip
def test_no_cpe(text: str) -> None:
    assert cpe_parts(text) is None
    assert cpe_key(text) == ""


PURLS = [
    ("pkg:npm/%40scope/core@12.3.1", ("npm", "@scope", "core", "12.3.1")),
    ("pkg:npm/@scope/core", ("npm", "@scope", "core", "")),
    ("pkg:PyPI/Django_Rest.x@3.0?vcs=x#sub", ("pypi", "", "django-rest-x", "3.0")),
    ("pkg:deb/debian/curl@7.50.3-1%2Bdeb9?arch=i386", ("deb", "debian", "curl", "7.50.3-1+deb9")),
    ("pkg:maven/org.Example/Lib@1", ("maven", "org.Example", "Lib", "1")),
    ("pkg:golang/example.com/x/y@v1.2.3", ("golang", "example.com/x", "y", "v1.2.3")),
    ("pkg://generic/thing@1:2", ("generic", "", "thing", "1:2")),
]


@pytest.mark.parametrize(("text", "parts"), PURLS)
def test_purl(text: str, parts: tuple[str, ...]) -> None:
    assert purl_parts(text) == parts
    assert purl_key(text) == "p|{}/{}/{}".format(*parts)
    assert scheme_of(purl_key(text)) == parts[0]


@pytest.mark.parametrize("text", ["", "npm/x", "pkg:", "pkg:npm", "pkg:npm/", "pkg:1npm/x", "pkg:/x"])
def test_no_purl(text: str) -> None:
    assert purl_parts(text) is None
    assert purl_key(text) == ""


@given(st.text(max_size=60))
def test_strange_identifiers_never_fail(text: str) -> None:
    for each in (text, f"cpe:2.3:{text}", f"cpe:/{text}", f"pkg:{text}", f"pkg:npm/{text}"):
        assert isinstance(product_keys(vendor=text, product=each, purl=each, cpe=each), tuple)


def test_keys_the_most_exact_first() -> None:
    keys = product_keys(vendor="Contoso", product="Mail", purl="pkg:npm/mail@1", cpe="cpe:/a:contoso:mailer")
    assert keys == ("p|npm//mail", "c|a:contoso:mailer", "n|contoso|mail")


def test_a_cpe_gives_the_name_where_there_is_none() -> None:
    keys = product_keys(vendor="", product="", cpe="cpe:/a:contoso:mail_server:1")
    assert keys == ("c|a:contoso:mail_server", "n|contoso|mailserver")


def test_the_version_that_is_told() -> None:
    assert stated_version("1", "pkg:npm/x@2", "cpe:/a:b:c:3") == "1"
    assert stated_version(" ", "pkg:npm/x@2", "cpe:/a:b:c:3") == "2"
    assert stated_version("", "pkg:npm/x", "cpe:/a:b:c:3") == "3"
    assert stated_version("", "", "") == ""


def _alias(vendor: str, product: str, to_vendor: str, to_product: str) -> Alias:
    return Alias(vendor, product, to_vendor, to_product, who="J. Bakker", on=date(2026, 11, 1))


def test_an_alias_joins_what_a_person_confirmed() -> None:
    aliases = Aliases(
        [_alias("Contoso", "Mail", "Fabrikam B.V.", "Fabrikam Post"), _alias("Old Name", "", "Contoso", "")]
    )
    assert name_key("contoso bv", "mail", aliases) == name_key("Fabrikam", "Post")
    assert name_key("Old-Name", "Mail", aliases) == name_key("Fabrikam", "Post")  # a chain
    assert name_key("Old Name", "Other", aliases) == name_key("Contoso", "Other")
    assert name_key("Contoso", "Other", aliases) == name_key("Contoso", "Other")
    assert aliases.source["contoso", "mail"].who == "J. Bakker"


def test_a_circle_of_aliases_ends_and_is_one() -> None:
    aliases = Aliases(
        [_alias("A", "1", "B", "2"), _alias("B", "2", "C", "3"), _alias("C", "3", "A", "1"), _alias("D", "4", "B", "2")]
    )
    assert len({name_key(vendor, product, aliases) for vendor, product in ("A1", "B2", "C3", "D4")}) == 1
    vendors = Aliases([_alias("A", "", "B", ""), _alias("B", "", "A", "")])
    assert name_key("A", "x", vendors) == name_key("B", "x", vendors)
