"""Slowing down who guesses passwords, without letting a stranger lock out the owner of an account.

Wrong attempts are counted per address and account together, so those of one do not hinder another. Who guesses from many
addresses meets a second, slower count per account. That one does not hold at an address from which this account signed
in before, and a new password, asked for by mail, ends it. The numbers stand in ``ACCOUNT_RATE_LIMITS``.
"""

from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

APP, ANYWHERE = "allauth.account", "login_failed_anywhere"
REMEMBERED = 90 * 24 * 3600  # seconds for which an address is known after signing in


class GuessingAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Signing in as allauth does it, with these two counts."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts this attempt. Raises allauth's ValidationError when there were too many; it is not tried then."""
        super().pre_authenticate(request, **credentials)
        if cache.get(_address_key(request, credentials)):
            return
        anywhere = ratelimit.consume(request, app=APP, action=ANYWHERE, key=_login(credentials))
        if anywhere is None:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += anywhere.usage  # taken back together when the password is right

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The person with these credentials, or None; from where somebody signed in is remembered."""
        person = super().authenticate(request, **credentials)
        if person is not None:
            cache.set(_address_key(request, credentials), True, REMEMBERED)
        return person

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What allauth counts by: address and account, where of itself it takes the account alone."""
        return f"{ratelimit.get_ip(request)}:{_login(credentials)}"

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Called after a new password was set by mail: all that was counted is forgotten."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        ratelimit.clear(request, app=APP, action=ANYWHERE, key=_login(credentials))


def _login(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).lower()


def _address_key(request: HttpRequest, credentials: dict[str, Any]) -> str:
    text = f"{ratelimit.get_ip(request)} {_login(credentials)}"
    return f"people:signed-in-from:{sha256(text.encode()).hexdigest()}"
