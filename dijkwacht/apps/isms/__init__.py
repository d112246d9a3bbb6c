"""The management system for information security: what we decided, what can go wrong, what we will do, and who looks.

Serves ISO 27001 clauses 4 to 10, part 1 of BIO2 and articles 21 and 24 of the Cyberbeveiligingswet. It holds plans, weighings,
texts and links only. Whatever decides a verdict is a fact in the ledger: this room records it there, with evidence.
"""
