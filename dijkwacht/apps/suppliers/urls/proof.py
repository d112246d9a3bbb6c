"""Addresses of proof and findings."""

from django.urls import URLPattern, path

from dijkwacht.apps.suppliers.urls.here import HERE
from dijkwacht.apps.suppliers.views import findings, proof

ONE, WRONG = f"{HERE}bewijs/<int:pk>/", f"{HERE}bevindingen/<int:pk>/"
PAGES: list[URLPattern] = [
    path(f"{HERE}bewijs/", proof.proofs, name="proofs"),
    path(f"{HERE}bewijs/nieuw/", proof.proof_add, name="proof_add"),
    path(ONE, proof.proof, name="proof"),
    path(f"{ONE}wijzigen/", proof.proof_change, name="proof_change"),
    path(f"{ONE}beoordelen/", proof.proof_judge, name="proof_judge"),
    path(f"{ONE}vervallen/", proof.proof_withdraw, name="proof_withdraw"),
    path(f"{ONE}brief/", proof.letter_add, name="letter_add"),
    path(f"{HERE}brief/<int:pk>/intrekken/", proof.letter_withdraw, name="letter_withdraw"),
    path(f"{HERE}bevindingen/", findings.findings, name="findings"),
    path(f"{HERE}bevindingen/nieuw/", findings.finding_add, name="finding_add"),
    path(WRONG, findings.finding, name="finding"),
    path(f"{WRONG}wijzigen/", findings.finding_change, name="finding_change"),
    path(f"{WRONG}hersteld/", findings.finding_mend, name="finding_mend"),
    path(f"{WRONG}aanvaarden/", findings.finding_accept, name="finding_accept"),
    path(f"{WRONG}heropenen/", findings.finding_reopen, name="finding_reopen"),
]
