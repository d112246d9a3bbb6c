"""The pages under one entry of the menu: which stand there for whom, and which is current."""

import pytest
from django.urls import reverse

RECEIVED = ("accountability:overview", "ensia:region", "ensia:map", "ensia:shared_quality")


def shell(client, name, *more, slug="dijkstad"):
    return client.get(reverse(name, args=[slug, *more])).context["shell"]


def current(entries):
    return [entry.url for entry in entries if entry.current]


@pytest.mark.parametrize(
    ("name", "more", "menu", "tab"),
    [
        ("accountability:accounts", (), "accountability:accounts", "accountability:accounts"),
        ("accountability:catalog", ("bio2",), "accountability:accounts", "accountability:accounts"),
        ("ledger:requirement", ("bio2:1",), "accountability:accounts", "accountability:accounts"),
        ("ensia:now", (), "accountability:accounts", "ensia:now"),
        ("ensia:relied_on", (), "accountability:accounts", "ensia:answered_for"),
        ("frameworks:own_text", ("bio2:1",), "accountability:accounts", "frameworks:frameworks"),
        ("accountability:overview", (), "accountability:accounts", "accountability:overview"),
        ("ensia:region", (), "accountability:accounts", "ensia:region"),
        ("isms:home", (), "isms:home", "isms:home"),
        ("isms:risk_add", (), "isms:home", "isms:risks"),
        ("isms:circumstance_add", (), "isms:home", "isms:scope"),
        ("accountability:keys", (), "accountability:accounts", "accountability:keys"),
        ("accountability:statements", (), "accountability:accounts", "accountability:statements"),
        ("perimeter:home", (), "perimeter:home", "perimeter:home"),
        ("perimeter:issues", (), "perimeter:home", "perimeter:home"),
        ("perimeter:names_add", (), "perimeter:home", "perimeter:names"),
        ("perimeter:changes", (), "perimeter:home", "perimeter:changes"),
        ("incidents:home", (), "incidents:home", "incidents:home"),
        ("incidents:tell", (), "incidents:home", "incidents:home"),
        ("incidents:received", (), "incidents:home", "incidents:received"),
    ],
)
def test_one_entry_and_one_page_under_it_are_current(browser, own, say, name, more, menu, tab):
    say("house.policy", True)
    found = shell(browser, name, *more)
    assert current(found.menu) == [reverse(menu, args=["dijkstad"])]
    assert current(found.tabs) == [reverse(tab, args=["dijkstad"])]


@pytest.mark.parametrize("name", ["today:today", "ledger:questions"])
def test_where_there_is_one_page_there_are_none_beside_it(browser, own, name):
    assert shell(browser, name).tabs == []


def test_who_receives_has_his_own(make_person, client_for, organisation):
    supervisor = client_for(make_person("supervisor", language="en"))
    found = shell(supervisor, "ensia:map")
    assert [entry.url for entry in found.tabs] == [reverse(name, args=["dijkstad"]) for name in RECEIVED]
    assert current(found.menu) == [reverse("accountability:overview", args=["dijkstad"])]


def test_the_menu_has_at_most_nine_entries(browser, own):
    found = shell(browser, "perimeter:home")
    assert len(found.menu) <= 9
    assert found.menu[-1].url == reverse("landscape:beyond", args=["dijkstad"])


@pytest.mark.parametrize("role", ["college", "auditor", "process_owner"])
def test_nobody_is_led_to_what_he_may_not_see(visitor, own, say, role):
    say("house.policy", True)
    client = visitor(role)
    found = shell(client, "accountability:accounts")
    for entry in [*found.menu, *found.tabs]:
        assert client.get(entry.url, follow=True).status_code == 200, entry.url
