"""Statements that were frozen, drafts that wait for a signature, keys, and remarks of who reads along. No decisions."""

from dijkwacht.apps.accountability.models.remarks import Remark, RemarkState
from dijkwacht.apps.accountability.models.statements import Draft, SigningKey, Statement, StatementState

__all__ = ["Draft", "Remark", "RemarkState", "SigningKey", "Statement", "StatementState"]
