"""The incident desk: what happened, whether the law calls it significant, which legal terms run, who was told what and when.

Serves articles 25 to 30, 43 and 44 of the Cyberbeveiligingswet, articles 33 and 34 of the GDPR, article 17 of the Wet
weerbaarheid kritieke entiteiten, and BIO2 5.24 to 5.28. Terms, thresholds, receivers and forms are data (`norms/clocks`,
`norms/incidents`); `core/clocks` and `core/significance` decide. What decides a verdict on a norm goes to the ledger as a
fact; an exercise never does.
"""
