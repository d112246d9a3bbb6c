"""Lists that tell more about a weakness: the CVE list itself, what is being used (KEV), how likely it is (EPSS)."""
