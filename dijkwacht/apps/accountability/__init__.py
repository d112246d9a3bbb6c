"""Accounting: to whom we must answer, for which lines, how far we are, and what is still missing.

Serves art. 5.36 of BIO2, the ENSIA round and the duty of care of the Cyberbeveiligingswet. An account moves with the facts
of the ledger until it is signed: then it is a statement, which this room keeps with the keys it is signed with. For a
CSIRT, a supervisor or a coach: what others share with them.
"""
