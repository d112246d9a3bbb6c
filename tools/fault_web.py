"""Kills a worker of gunicorn while it records an answer that a browser sent, and sends it again."""

import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tools.fault_kit import ROOT, Place, Steps, arm, forked, looked
from tools.fault_work import STEPS, TOWN

COOKIE = "c" * 32


STEPS_OF = Steps()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """The site, in which the header X-Fault says at which step of this request the worker kills itself."""
    if not STEPS_OF.armed:
        arm(STEPS_OF)
    STEPS_OF.taken, STEPS_OF.fatal = 0, int(environ.get("HTTP_X_FAULT") or 0) or None
    return _site()(environ, start_response)


def ready() -> Any:
    """The same, with the site read before workers are forked, so that a new one is there at once."""
    _site()
    return application


def _site() -> Any:
    from dijkwacht.wsgi import application as site

    return site


def killing(place: Place, *, rounds: int, dice: random.Random) -> dict[str, Any]:
    """Each round another answer than the one before it: killed at a step of it, and sent again as a person would."""
    began = time.perf_counter()
    place.reset()
    cookie = forked(_signed_in).said
    wrong: list[str] = []
    killed = again = number = 0
    with _server(place) as address:
        steps = 45
        facts = forked(_facts).said["facts"]
        while killed < rounds and number < 10 * rounds:
            number += 1
            value = "yes" if number % 2 == 0 else "no"
            said = _post(address, cookie, value, fault=dice.randint(1, steps))
            killed += said is None
            while said is None:
                again += 1
                said = _post(address, cookie, value)
            found = forked(_facts).said
            right = found["facts"] == facts + 1 and found["standing"] == [value == "yes"]
            if said != 302 or not right:
                wrong.append(f"round {number}: answer {said}, {found} after {facts}")
            facts = found["facts"]
    found = looked(None, on=_today(), touches=(TOWN,)).said
    return {
        "path": "web", "rounds": number, "killed": killed, "sent_again": again, "wrong": wrong + found["wrong"],
        "seconds": round(time.perf_counter() - began),
    }  # fmt: skip


def _today() -> Any:
    from dijkwacht.web import clock

    return clock.real_today()


def _signed_in() -> str:
    """A session of the CISO."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from tools.fault_work import _person, organisation

    person, session = _person(organisation(TOWN)), SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session.save()
    return str(session.session_key)


def _facts() -> dict[str, Any]:
    from dijkwacht.apps.ledger.models import Fact

    rows = Fact.objects.filter(organisation__slug=TOWN, fact_type=STEPS)
    standing = rows.filter(superseded_at__isnull=True).order_by("-pk")
    return {"facts": rows.count(), "standing": [each.value for each in standing if each.valid_to is None]}


def _post(address: str, cookie: str, value: str, *, fault: int = 0) -> int | None:
    """Sends an answer as a form does; the status, or None when nobody answered."""
    data = {"value": value, "wrong": "changed", "csrfmiddlewaretoken": COOKIE, "explanation": secrets.token_hex(4)}
    request = urllib.request.Request(
        f"{address}/o/{TOWN}/vragen/{TOWN}/{STEPS}/", data=urllib.parse.urlencode(data).encode(),
        headers={"Cookie": f"session={cookie}; csrf={COOKIE}", "X-Fault": str(fault)},
    )  # fmt: skip
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


class _Stay(urllib.request.HTTPRedirectHandler):
    """Goes nowhere: the status is what is asked."""

    def redirect_request(self, *_args: Any) -> None:
        return None


@contextmanager
def _server(place: Place) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "tools.fault_web:ready()", "--bind", f"127.0.0.1:{port}", "--preload",
         "--no-control-socket", "--log-level", "critical"],
        env=place.environment("live"), cwd=ROOT, stderr=None if "FAULTS_LOUD" in os.environ else subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _answering(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(timeout=60)


def _answering(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the site does not answer")
