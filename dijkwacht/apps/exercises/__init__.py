"""Scenario sessions: a script with injects on a clock, roles, decision points, live in the browser, and what came of it. Serves
Cbw 21 paragraph 3 under c, BIO2 5.29 and 5.30; what was exercised goes to the ledger as a fact (`measured_by: exercises`).
"""
