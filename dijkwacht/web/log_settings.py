"""How the log is set up and who sees figures, from what the environment says. Read by the settings: needs none of them."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMS = ("plain", "json")


def who_sees_figures(value: str, *, proxies: int) -> str:
    """A token, ``loopback``, or nothing: nobody. Raises ImproperlyConfigured on what would let in too many."""
    if value == "loopback" and proxies:
        raise ImproperlyConfigured("DIJKWACHT_METRICS=loopback lets in all who come through a proxy; set a token")
    if value not in ("", "loopback") and (len(value) < 32 or not value.isascii() or " " in value):
        raise ImproperlyConfigured("DIJKWACHT_METRICS is loopback, or a token of at least 32 characters")
    return value


def log_settings(words: str) -> dict[str, Any]:
    """For LOGGING, from ``json`` or ``plain``, a level, or both with a comma between. Raises ImproperlyConfigured."""
    chosen = [word.strip() for word in words.split(",") if word.strip()]
    forms = [word for word in chosen if word in FORMS]
    levels = [word.upper() for word in chosen if word.upper() in LEVELS]
    if len(forms) + len(levels) != len(chosen) or len(forms) > 1 or len(levels) > 1:
        raise ImproperlyConfigured(
            f"DIJKWACHT_LOG is json or plain, DEBUG, INFO, WARNING or ERROR, or one of each, not {words!r}"
        )
    form, level = forms[0] if forms else "plain", levels[0] if levels else "WARNING"
    # As JSON it is read by a machine, which wants a line for every request.
    access = "INFO" if form == "json" and level == "WARNING" else level
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": {"()": f"dijkwacht.web.logs.{form.title()}Form"}},
        "filters": {"in_use": {"()": "django.utils.log.RequireDebugFalse"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "chosen"},
            "admins": {"class": "dijkwacht.web.logs.AdminMail", "level": "ERROR", "filters": ["in_use"]},
        },
        "loggers": {
            "django": {"handlers": ["admins"], "level": level},
            "django.db.backends": {"level": "INFO"},  # below that it tells the values of every query
            "dijkwacht.access": {"level": access},
            "gunicorn.error": {"handlers": ["console"], "propagate": False},
        },
        "root": {"handlers": ["console"], "level": level},
    }
