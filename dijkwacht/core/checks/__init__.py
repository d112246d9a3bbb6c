"""Checks of the outside: what was observed in, findings out. Pure; one file per subject.

`observed` holds what probes saw (no verdict, no policy), `finding` what a check says, `policy` the thresholds and lists that
`norms/perimeter` gives with their period and source. Probing knows no policy; a check opens no connection. Words are those of
internet.nl; where we mean something else than internet.nl, a finding carries both words.
"""
