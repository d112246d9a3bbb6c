"""Lines of the log, plain or as JSON, without personal data: no addresses, no query strings, no values of a form.

What an exception says may repeat what somebody typed ("Key (email)=(…) already exists"), so of most only the kind and the
places in the code are told.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.template import TemplateDoesNotExist
from django.utils.log import AdminEmailHandler

CURRENT: ContextVar[str] = ContextVar("request_id", default="")
"""The number of the request that is being served."""
ACCESS = logging.getLogger("dijkwacht.access")
# What these say is about the code or the machine, never about a person.
TELLING = (
    OperationalError, InterfaceError, ImproperlyConfigured, TemplateDoesNotExist, ImportError, NameError, AttributeError,
    NotImplementedError, RecursionError, MemoryError,
)  # fmt: skip
_MAIL = re.compile(r"[\w.+%'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)*")
_CITIZEN = re.compile(r"(?<![\w.-])\d{9}(?!\w|-|\.\d)")
_CALLER = re.compile(r"\bip=\S+")
_MINUTE = 60.0


def scrub(text: str) -> str:
    """The text without e-mail addresses, and without numbers that may be those of a citizen."""
    return _CITIZEN.sub("[number]", _MAIL.sub("[address]", text))


def said(record: logging.LogRecord) -> str:
    """What a record says. Of a request that Django complains about: not its path, which may hold a secret or a name."""
    if hasattr(getattr(record, "request", None), "resolver_match") and record.name != ACCESS.name:
        if record.name == "django.security.csrf":
            reason = record.args[0] if isinstance(record.args, tuple) and record.args else ""
            return f"form refused: {scrub(str(reason))}"
        if not record.name.startswith("django.security"):
            return f"answered with {getattr(record, 'status_code', '?')}"
    text = record.getMessage()
    return scrub(_CALLER.sub("ip=-", text) if record.name.startswith("gunicorn") else text)


def about(record: logging.LogRecord) -> dict[str, Any]:
    """What is known beside the words: the number of the request, the name of the page, the fields of an access line."""
    request = getattr(record, "request", None)
    found: dict[str, Any] = {}
    if number := getattr(request, "request_id", "") or CURRENT.get():
        found["request"] = number
    if hasattr(request, "resolver_match"):
        found["view"] = view_name(request)
    return found | getattr(record, "fields", {})


def view_name(request: Any) -> str:
    """The name of the page that answers; never its address. ``-``: no page has this address."""
    if match := request.resolver_match:
        return match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "-"


def told(error: BaseException) -> Iterator[str]:
    """An exception in lines, and the ones that it came from: kind, and the places in the code."""
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        words = scrub((str(each).splitlines() or [""])[0])[:200] if isinstance(each, TELLING) else ""
        yield kind(each) + (f": {words}" if words else "")
        for frame in traceback.extract_tb(each.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def kind(error: BaseException) -> str:
    """The full name of its class."""
    module = type(error).__module__
    return type(error).__qualname__ if module == "builtins" else f"{module}.{type(error).__qualname__}"


class PlainForm(logging.Formatter):
    """One line for people, and below it where an error came from."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = self.formatTime(record)
        fields = "".join(f" {name}={value}" for name, value in about(record).items())
        lines = [f"{at} {record.levelname} {record.name} {said(record)}{fields}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += told(record.exc_info[1])
        return "\n".join(lines)


class JsonForm(logging.Formatter):
    """One line of JSON per record."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname, "logger": record.name, "said": said(record)}
        line |= about(record)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"], line["trace"] = kind(record.exc_info[1]), list(told(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)


class AdminMail(AdminEmailHandler):
    """Tells the administrators that something broke, and the number to find it by in the log. Nothing of the request itself.

    At most once a minute per process: what is broken breaks for everybody.
    """

    _last = float("-inf")

    def emit(self, record: logging.LogRecord) -> None:
        """Sends the mail, if somebody is to be told."""
        now = time.monotonic()
        if not settings.ADMINS or now - self._last < _MINUTE:
            return
        self._last = now
        error = record.exc_info[1] if record.exc_info else None
        lines = [f"{name}: {value}" for name, value in about(record).items()]
        lines += list(told(error)) if error else [said(record)]
        subject = f"{record.levelname}: {kind(error) if error else record.name}"
        self.send_mail(subject, "\n".join(lines), fail_silently=True)
