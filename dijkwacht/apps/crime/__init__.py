"""Cybercrime in the municipality: figures with how sure they are, what helps against it, what runs here, and where a victim goes.
Serves the covenant Digital Safety of Municipalities and Gemeentewet 172 (order) by telling what is known, of no person anything.
"""
