"""An incident for others: a report on paper, a MISP event, a STIX 2.1 bundle. Pure: what goes in is what comes out."""
