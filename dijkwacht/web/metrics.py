"""Figures for Prometheus. Read only where an installation wants them; labels name pages and parts, never persons or objects.

Every process writes its counts into files of its own (PROMETHEUS_MULTIPROC_DIR, set by the settings before this is read); whoever
is asked adds them up. How the site stands (queues, last runs) is looked up when asked.
"""

import platform
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from dijkwacht import __version__, pulse
from dijkwacht.web import clock
from dijkwacht.web.health import brief_connection
from dijkwacht.web.logs import view_name

LOOPBACK = "loopback"
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
REQUESTS = Counter("dijkwacht_requests", "Requests answered", ("view", "status"), registry=None)
DURATION = Histogram("dijkwacht_request_seconds", "Time to an answer", ("view",), buckets=_BUCKETS, registry=None)
DATABASE = Counter("dijkwacht_database_seconds", "Time spent waiting for the database", ("view",), registry=None)
QUERIES = Counter("dijkwacht_database_queries", "Questions to the database", ("view",), registry=None)
Handler = Callable[[HttpRequest], HttpResponse]


class Measured:
    """Counts every request, its time, and the part of it that the database took."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serves the request."""
        spent, began = _Spent(), time.perf_counter()
        with connection.execute_wrapper(spent):
            response = self.get_response(request)
        view = view_name(request)
        REQUESTS.labels(view, response.status_code).inc()
        DURATION.labels(view).observe(time.perf_counter() - began)
        if spent.queries:
            DATABASE.labels(view).inc(spent.seconds)
            QUERIES.labels(view).inc(spent.queries)
        return response


class _Spent:
    """What the database took, while it wraps the questions to it."""

    def __init__(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.queries += 1


def may_read(request: HttpRequest) -> bool:
    """Whether this caller may see the figures: by its token, or because it calls from this machine and through no proxy."""
    wanted = settings.DIJKWACHT_METRICS
    if not wanted:
        return False
    if wanted == LOOPBACK:
        return _from_here(request.META)
    given = request.META.get("HTTP_AUTHORIZATION", "")
    return constant_time_compare(given, f"Bearer {wanted}")


def _from_here(meta: Mapping[str, Any]) -> bool:
    if any(meta.get(name) for name in _FORWARDED):
        return False
    try:
        return ip_address(str(meta.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False


def exposed(request: HttpRequest) -> HttpResponse:
    """All figures, in the form that the caller asks for."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(Site(clock.now(request)))
    encode, form = choose_encoder(request.META.get("HTTP_ACCEPT", ""))
    return HttpResponse(encode(registry), content_type=form)


class Site(Collector):
    """How the site stands at the moment that it is asked."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures."""
        yield from _build()
        yield from _runs()
        yield from _queues(self._at)


def _gauge(name: str, text: str, values: Mapping[str, float], *, label: str = "") -> GaugeMetricFamily:
    """One figure, or one per value of a label."""
    family = GaugeMetricFamily(f"dijkwacht_{name}", text, labels=[label] if label else None)
    for key, value in values.items():
        family.add_metric([key] if label else [], value)
    return family


def _build() -> Iterator[GaugeMetricFamily]:
    family = GaugeMetricFamily("dijkwacht_build_info", "What runs here", labels=["version", "python", "database"])
    family.add_metric([__version__, platform.python_version(), connection.vendor], 1)
    yield family


def _runs() -> Iterator[GaugeMetricFamily]:
    """When tick and the verification of the trail last ran, and their parts."""
    for name, text in ((pulse.TICK, "The tick"), (pulse.VERIFY, "Following the trail"), (pulse.BACKUP, "The backup")):
        beat = pulse.last(settings.DATA_DIR, name)
        if beat is None:
            continue
        yield _gauge(f"{name}_last_run_timestamp_seconds", f"{text}: last ended", {"": beat.ended.timestamp()})
        yield _gauge(f"{name}_well", f"{text}: whether the last run found all well", {"": float(beat.well)})
        yield _gauge(f"{name}_seconds", f"{text}: how long the last run took", {"": beat.seconds})
        well = {"": beat.last_well.timestamp()} if beat.last_well else {}
        yield _gauge(f"{name}_last_success_timestamp_seconds", f"{text}: last ended well", well)
        if beat.parts:
            took = {part: each.seconds for part, each in beat.parts.items()}
            since = {part: each.last_well.timestamp() for part, each in beat.parts.items() if each.last_well}
            yield _gauge(f"{name}_part_seconds", f"{text}: how long each part took", took, label="part")
            yield _gauge(
                f"{name}_part_last_success_timestamp_seconds",
                f"{text}: when each part last did well",
                since,
                label="part",
            )


def _queues(at: datetime) -> Iterator[GaugeMetricFamily]:
    """How long the queues are; when the database does not answer only that."""
    up, lengths = 1.0, {}
    try:
        brief = brief_connection()
        try:
            brief.ensure_connection()
        finally:
            brief.close()
        lengths = import_string(settings.DIJKWACHT_QUEUES)(at=at)
    except Exception:  # noqa: BLE001, RUF100 - whatever it is: the figures that need no database are still told
        up = 0.0
    yield _gauge("database_up", "Whether the database answers", {"": up})
    yield _gauge("queue_length", "What waits, per queue", lengths, label="queue")
