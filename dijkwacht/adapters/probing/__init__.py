"""Probing: talks to name servers, web and mail hosts of others, and writes down what it saw. It knows no policy.

`gate` is the only way to open a socket: it asks `core.consent` first. All else here gets a gate handed to it.
"""
