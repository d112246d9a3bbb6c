"""The small pack of the ledger, its verbs, and the clock that pages read."""

from tests.ledger.conftest import _data, _english, _small_pack, ciso, own, register, say  # noqa: F401 (fixtures)
from tests.ledger.pages import browser_, clock_, visitor_  # noqa: F401 (fixtures)
