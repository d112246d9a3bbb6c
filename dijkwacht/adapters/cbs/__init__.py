"""Public tables of Statistics Netherlands and the police as they were fetched: a file, a folder or a zip. Reads, never fetches.

OData v3 (`TypedDataSet`, `DataProperties`, lists of a dimension) and v4 (`Observations`, `MeasureCodes`, `…Codes`) as JSON, and
CSV with the same columns. What they look like is told in docs/crime.md. All of it or nothing.
"""

from dijkwacht.adapters.cbs.delivery import Delivery, read_delivery
from dijkwacht.adapters.cbs.trouble import LIMITS, CbsError, CbsLimits

__all__ = ["LIMITS", "CbsError", "CbsLimits", "Delivery", "read_delivery"]
