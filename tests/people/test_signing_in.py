"""Signing in: by invitation only, with limits that all workers share, second factors, and a strict browser policy."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.people.models import Person

PASSWORD = "een lange zin als wachtwoord"


@pytest.fixture
def person(make_person):
    person = make_person("ciso", email="jo@voorbeeld.test", password=PASSWORD, language="en")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


@pytest.fixture
def signed_in(person):
    browser = Client()
    sign_in(browser)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})  # asked for before a second factor changes
    return browser


def sign_in(browser, email="jo@voorbeeld.test", password=PASSWORD, address="192.0.2.1"):
    return browser.post(reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=address)


def comes_in(address="192.0.2.1"):
    sign_in(browser := Client(), address=address)
    return browser.get(reverse("people:profile")).status_code == 200


@pytest.mark.parametrize("email", ["jo@voorbeeld.test", "Jo@Voorbeeld.Test"])
def test_with_address_and_password(person, email):
    browser = Client()
    assert sign_in(browser, email).url == "/"
    assert browser.get(reverse("people:profile")).status_code == 200


def test_a_wrong_password_and_an_unknown_address_look_the_same(person):
    cookies = {"language": "en"}
    answers = []
    for email in ("jo@voorbeeld.test", "wie@voorbeeld.test"):
        browser = Client()
        browser.cookies.load(cookies)
        response = sign_in(browser, email, "verkeerd")
        assert response.status_code == 200
        answers.append(response.context["form"].non_field_errors())
    assert answers[0] == answers[1]


def test_a_closed_account_does_not_come_in(person):
    Person.objects.update(is_active=False)
    browser = Client()
    sign_in(browser)
    assert browser.get(reverse("people:profile")).status_code == 302


def test_strangers_cannot_make_an_account(db):
    data = {"email": "wie@voorbeeld.test", "password1": PASSWORD, "password2": PASSWORD}
    response = Client().post(reverse("account_signup"), data)
    assert response.status_code == 200
    assert not Person.objects.exists()


def guess(times, address="192.0.2.66", email="jo@voorbeeld.test"):
    for _ in range(times):
        sign_in(Client(), email, "verkeerd", address)


def later(monkeypatch, seconds):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds)


def test_guessing_is_stopped_for_all_workers_together(person):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    guess(5)
    assert not comes_in("192.0.2.66")
    cache.clear()
    assert comes_in("192.0.2.66")


def test_a_stranger_does_not_lock_out_the_owner(person):
    guess(30)
    assert not comes_in("192.0.2.66")
    assert comes_in("192.0.2.1")
    guess(30, email="JO@voorbeeld.test")
    assert comes_in("192.0.2.1")


def test_many_strangers_are_slowed_down_and_do_not_lock_out_who_was_here_before(person):
    assert comes_in("192.0.2.1")
    for number in range(40):
        guess(1, f"198.51.100.{number}")
    assert not comes_in("198.51.100.200")  # also with the right password, which the forty may have guessed
    assert comes_in("192.0.2.1")


def test_the_longer_guessing_goes_on_the_slower_it_gets(person, monkeypatch):
    tried = []
    monkeypatch.setattr(Person, "check_password", lambda self, raw: bool(tried.append(raw)))
    for hour in range(4):
        later(monkeypatch, 3601 if hour else 0)
        for number in range(60):
            guess(1, f"198.51.{hour}.{number}")
    assert len(tried) == 4 * 20
    later(monkeypatch, 3601)
    for number in range(60):
        guess(1, f"198.51.4.{number}")
    later(monkeypatch, 3601)
    guess(1, "198.51.5.1")
    assert len(tried) == 100  # the whole day


def test_a_new_password_by_mail_ends_the_waiting(person):
    for number in range(40):
        guess(1, f"198.51.100.{number}")
    assert not comes_in("203.0.113.9")
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": person.email}, REMOTE_ADDR="203.0.113.9")
    path = re.search(r"https?://[^/]+(/\S*password/reset/key/\S+)", mail.outbox[-1].body).group(1)
    form = browser.get(path, follow=True, REMOTE_ADDR="203.0.113.9")
    data = {"password1": PASSWORD, "password2": PASSWORD}
    browser.post(form.redirect_chain[-1][0], data, REMOTE_ADDR="203.0.113.9")
    assert comes_in("203.0.113.9")


def test_counts_are_not_thrown_away_by_who_fills_the_cache(person):
    guess(5)
    for number in range(400):
        cache.set(f"vulling-{number}", number)
    assert not comes_in("192.0.2.66")


def test_asking_for_a_new_password_says_nothing_about_who_has_an_account(person):
    pages = []
    for email in ("jo@voorbeeld.test", "wie@voorbeeld.test"):
        response = Client().post(reverse("account_reset_password"), {"email": email})
        pages.append((response.status_code, response.url))
    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [["jo@voorbeeld.test"], ["wie@voorbeeld.test"]]
    assert "password/reset/key" not in mail.outbox[1].body


@pytest.mark.parametrize("password", ["kort", "123456789012", "jo@voorbeeld.test", "password1234"])
def test_a_weak_password_is_refused(signed_in, password):
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert signed_in.post(reverse("account_change_password"), data).status_code == 200
    assert Person.objects.get().check_password(PASSWORD)


def test_an_authenticator_app_is_set_up_and_asked_for(signed_in):
    page = signed_in.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = page.context["form"].secret
    signed_in.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    other = Client()
    assert sign_in(other).url == reverse("mfa_authenticate")
    assert other.get(reverse("people:profile")).status_code == 302
    assert other.get(reverse("mfa_authenticate")).status_code == 200
    cache.clear()
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert other.get(reverse("people:profile")).status_code == 302


def _code(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


PAGES = [
    "account_change_password", "account_email", "account_logout", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn",
    "mfa_add_webauthn", "account_reauthenticate",
]  # fmt: skip
OPEN_PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_inactive",
]


@pytest.mark.parametrize("name", PAGES + OPEN_PAGES)
def test_every_page_wears_our_dress_and_runs_nothing_inline(signed_in, name):
    browser = Client() if name in OPEN_PAGES else signed_in
    response = browser.get(reverse(name))
    assert response.status_code == 200
    page = response.text
    assert 'id="main"' in page
    for attributes, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", page, re.DOTALL):
        assert "src=" in attributes or 'type="application/json"' in attributes
        assert not ("src=" in attributes and body.strip())
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_goes_to_sign_in(db, name):
    response = Client().get(reverse(name))
    assert response.status_code == 302


def test_what_the_browser_is_told(db):
    headers = Client().get(reverse("account_login")).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_cookies_are_out_of_reach_of_scripts(signed_in):
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        if name in signed_in.cookies:
            assert signed_in.cookies[name]["httponly"]
            assert signed_in.cookies[name]["samesite"] == "Lax"


def test_nothing_is_open_by_forgetting(db):
    """Every address asks to sign in, except those that say otherwise."""
    response = Client().get("/o/dijkstad/mensen/")
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
