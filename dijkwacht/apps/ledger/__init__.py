"""What an organisation knows about itself: subjects, facts with their evidence, and the verdicts that follow.

A fact is recorded once and serves every norm. It is never changed or deleted: a correction closes it and records a new
one, so what was so on a day, and what was known on a day, can always be told. This room serves every duty to show that
something is in order (Cbw art. 21, BIO2 5.36, the accounts to council, Logius and RDI): it remembers, ``core`` decides.
"""
