"""Candidates and subscriptions: what is shown to a person when names do not meet."""

from dijkwacht.core.advisories.candidates import candidates
from dijkwacht.core.advisories.naming import Alias, Aliases
from dijkwacht.core.advisories.shapes import Advisory, Vulnerability
from dijkwacht.core.advisories.subscriptions import Net, Subscription
from tests.core.advisories.matching_made import line


def test_the_same_vendor_and_a_rare_word() -> None:
    ours = [("Contoso", "Exchange 2019"), ("Contoso", "Mail"), ("Fabrikam", "Exchange")]
    told = [
        ("Contoso Corporation", "Exchange Server"),
        ("Contoso", "Mail"),
        ("Contoso", "Backup Server"),
        ("Fabrikam", "Post"),
    ]
    found = candidates(ours, told)
    assert [(each.registered, each.told, each.words) for each in found] == [
        (("Contoso", "Exchange 2019"), ("Contoso Corporation", "Exchange Server"), ("exchange",))
    ]


def test_a_word_that_many_products_have_tells_nothing() -> None:
    told = [("Contoso", f"Server {name}") for name in ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot")]
    assert candidates([("Contoso", "Server Golf")], told) == []


def test_the_likeliest_first_and_what_is_one_already_not_at_all() -> None:
    told = [
        ("Contoso", "Access Gateway"),
        ("Contoso", "Gateway Appliance Classic Line"),
        ("Contoso", "Secure Access Gateway"),
    ]
    found = candidates([("Contoso", "Access Gateway Plus"), ("Contoso", "Secure-Access Gateway")], told)
    assert next(each.told[1] for each in found if each.registered[1] == "Access Gateway Plus") == "Access Gateway"
    assert not any(each.registered[1] == "Secure-Access Gateway" for each in found)
    aliases = Aliases([Alias("Contoso", "Access Gateway Plus", "Contoso", "Access Gateway")])
    assert not any(
        each.registered[1] == "Access Gateway Plus"
        for each in candidates([("Contoso", "Access Gateway Plus")], told, aliases)
    )


def test_no_words_no_candidate() -> None:
    assert candidates([("Contoso", "2019"), ("", "Mail"), ("Contoso", "")], [("Contoso", "2022"), ("", "Mail")]) == []


def _advisory() -> Advisory:
    products = {"a": line("1", name="a", vendor="Contoso Inc.", product="Mail Server"), "b": line("2", name="b")}
    weakness = Vulnerability("CVE-2026-0001", cve="CVE-2026-0001", title="Heap overflow")
    return Advisory(
        "https://csirt.example", "EX", "1", "Kwetsbaarheden in Mail", products=products, vulnerabilities=(weakness,)
    )


def test_a_subscription_catches_a_vendor_or_a_word() -> None:
    net = Net(
        [
            Subscription("dijkstad", "vendor", "contoso"), Subscription("dijkstad", "keyword", "mail server"),
            Subscription("waterstad", "keyword", "ail"), Subscription("waterstad", "keyword", "cve-2026-0001"),
            Subscription("waterstad", "vendor", "Fabrikam"), Subscription("waterstad", "keyword", " "),
        ]
    )  # fmt: skip
    found = [(each.subscription.organisation, each.subscription.text, each.found) for each in net.caught(_advisory())]
    assert found == [
        ("dijkstad", "contoso", "Contoso Inc."), ("dijkstad", "mail server", "Contoso Inc. Mail Server"),
        ("waterstad", "cve-2026-0001", "CVE-2026-0001"),
    ]  # fmt: skip


def test_a_subscription_follows_an_alias_of_the_vendor() -> None:
    net = Net([Subscription("dijkstad", "vendor", "Old Name")], Aliases([Alias("Old Name", "", "Contoso", "")]))
    assert [each.found for each in net.caught(_advisory())] == ["Contoso Inc."]
