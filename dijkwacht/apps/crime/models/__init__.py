"""What this room remembers, one file per part. Whoever uses a table imports it from its part."""

from dijkwacht.apps.crime.models import figures
from dijkwacht.apps.crime.models import help as helping

__all__ = ["figures", "helping"]
