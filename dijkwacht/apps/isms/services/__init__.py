"""The verbs of this room. Each is one transaction; what decides a verdict is recorded in the ledger on the way."""
