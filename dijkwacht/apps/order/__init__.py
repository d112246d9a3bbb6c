"""Disorder that is fuelled online: what an office holder may do on these facts and what not, the file of a decision, and the
log of signals with purpose and retention. Serves Gemeentewet 172 to 180, Wet openbare manifestaties, AVG 5 and 6. Watches nobody.
"""
