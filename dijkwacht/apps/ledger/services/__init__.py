"""The verbs of this room, one module per subject. Each is one transaction and writes one entry in the trail."""
