"""The accounts of the covenant in words, each as a value in which every figure says where it comes from."""

from collections.abc import Callable, Mapping
from datetime import date

from dijkwacht.apps.landscape.accounts.evaluation import evaluation
from dijkwacht.apps.landscape.accounts.investment import investment
from dijkwacht.apps.landscape.accounts.office import council, region
from dijkwacht.apps.landscape.accounts.progress import nds, nlcs
from dijkwacht.apps.landscape.queries.covenant import Stand, stand
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.covenant.papers import Account

ACCOUNTS: Mapping[str, Callable[[Stand], Account]] = {
    "nds": nds, "nlcs": nlcs, "evaluation": evaluation, "investment": investment, "council": council, "region": region,
}  # fmt: skip
OF_OFFICE = frozenset({"council", "region"})
"""Accounts that tell of decisions on public order: only for whoever may see those, until they were made."""


def account(organisation: Organisation, product: str, *, on: date) -> Account:
    """An account of an organisation as it stands on a day, in the active language. Raises KeyError for an unknown one."""
    return ACCOUNTS[product](stand(organisation, on=on))
