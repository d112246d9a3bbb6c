"""Settings of the tests: those of the site, with a data folder of their own that is gone afterwards."""

import atexit
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="dijkwacht-test-")
os.environ["DIJKWACHT_DATA"] = _DATA
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)

from dijkwacht.settings import *  # noqa: E402, F403
from dijkwacht.settings import DATA_DIR, DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: only then do several threads see one database, with the locks that it has in use.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    # What a crash of the server would lose is not tested here, so nothing waits for a disk.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
