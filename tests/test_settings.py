"""What an installation may choose: understood, or refused in one clear line; and the key that is made once."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from dijkwacht.secret import secret_key

SHOW = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
from django.conf import settings
print(settings.DATABASES["default"]["ENGINE"].rpartition(".")[2], settings.SESSION_COOKIE_NAME, len(settings.SECRET_KEY))
"""


@pytest.fixture
def start(tmp_path):
    def run(**environment):
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DIJKWACHT_", "DATABASE_URL"))
        }
        kept |= {
            "DIJKWACHT_DATA": str(tmp_path / "deep" / "data"),
            "PYTHONPATH": os.pathsep.join(sys.path),
            **environment,
        }
        return subprocess.run([sys.executable, "-c", SHOW], env=kept, capture_output=True, text=True, check=False)

    return run


def test_with_nothing_chosen_everything_missing_is_made(start, tmp_path):
    done = start()
    assert done.stdout.split()[:2] == ["sqlite3", "session"], done.stderr
    data = tmp_path / "deep" / "data"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((data / "secret_key").stat().st_mode) == 0o600


def test_the_database_is_private_in_a_folder_that_is_not(start, tmp_path):
    data = tmp_path / "deep" / "data"
    data.mkdir(parents=True, mode=0o755)
    assert start().returncode == 0
    assert stat.S_IMODE((data / "db.sqlite3").stat().st_mode) == 0o600


def test_https_and_postgresql(start):
    done = start(DIJKWACHT_HTTPS="1", DATABASE_URL="postgres://u:p@localhost/x", DIJKWACHT_SECRET_KEY="k" * 50)
    assert done.stdout.split() == ["postgresql", "__Host-session", "50"]


def test_an_empty_variable_is_as_good_as_none(start):
    done = start(DATABASE_URL="", DIJKWACHT_HTTPS="", DIJKWACHT_PROXIES="", DIJKWACHT_SECRET_KEY="")
    assert done.stdout.startswith("sqlite3 session")


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DIJKWACHT_HTTPS", "yes", "DIJKWACHT_HTTPS is 0 or 1, not 'yes'"),
        ("DIJKWACHT_PROXIES", "-1", "DIJKWACHT_PROXIES is a whole number"),
        ("DIJKWACHT_MAIL_PORT", "smtp", "DIJKWACHT_MAIL_PORT is a whole number"),
        ("DIJKWACHT_SECRET_KEY", "short", "at least 50 characters"),
        ("DATABASE_URL", "nonsense://u:geheim@h/x", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "mysql://u:geheim@h/x", "DATABASE_URL starts with sqlite:/// or postgres://"),
    ],
)
def test_what_cannot_be_understood_stops_the_start(start, variable, value, said):
    done = start(**{variable: value})
    assert done.returncode != 0
    assert said in done.stderr.splitlines()[-1]
    assert "geheim" not in done.stderr


def test_the_key_is_made_once_even_by_many_at_once(tmp_path):
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _number: secret_key(path), range(16)))
    assert len(keys) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_key_is_named(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("x")
    with pytest.raises(OSError, match="too short"):
        secret_key(path)
