"""The way in for a WSGI server: ``gunicorn dijkwacht.wsgi``."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijkwacht.settings")
application = get_wsgi_application()

# Read the packs before the first visitor comes: it takes a tenth of a second, and with preloading workers share it.
from django.urls import get_resolver  # noqa: E402 - Django must be ready

from dijkwacht.apps.ledger.packs import packs_on  # noqa: E402 - Django must be ready
from dijkwacht.web.clock import real_today  # noqa: E402

packs_on(real_today()).dependencies  # noqa: B018 - reads them

# What lives as long as the process (packs, models, addresses) need not be walked at each full collection.
get_resolver().url_patterns  # noqa: B018 - reads them
gc.collect()
gc.freeze()
