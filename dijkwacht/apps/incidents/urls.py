"""Addresses of this room."""

from django.urls import URLPattern, path

from dijkwacht.apps.incidents.views import (
    desk,
    duty,
    keeping,
    monitoring,
    overview,
    received,
    registration,
    rehearsal,
    reports,
    weighing,
)

app_name = "incidents"
HERE = "o/<slug:organisation>/incidenten/"
DESK: list[URLPattern] = [
    path(HERE, desk.home, name="home"),
    path(f"{HERE}melden/", desk.tell, name="tell"),
    path(f"{HERE}<int:pk>/", desk.incident, name="incident"),
    path(f"{HERE}<int:pk>/verteld/", desk.told, name="told"),
    path(f"{HERE}<int:pk>/gezien/", desk.seen, name="seen"),
    path(f"{HERE}<int:pk>/wat/", desk.change, {"part": "what"}, name="change_what"),
    path(f"{HERE}<int:pk>/wanneer/", desk.change, {"part": "moments"}, name="change_moments"),
    path(f"{HERE}<int:pk>/gevolgen/", desk.change, {"part": "consequences"}, name="change_consequences"),
    path(f"{HERE}<int:pk>/persoonsgegevens/", desk.change, {"part": "data"}, name="change_data"),
    path(f"{HERE}<int:pk>/behandelaar/", desk.give, name="give"),
    path(f"{HERE}<int:pk>/stand/", desk.move, name="move"),
    path(f"{HERE}<int:pk>/geraakt/", keeping.hit, name="hit"),
    path(f"{HERE}geraakt/<int:pk>/weg/", keeping.unhit, name="unhit"),
    path(f"{HERE}<int:pk>/tijdlijn/", keeping.note, name="note"),
    path(f"{HERE}<int:pk>/taken/", keeping.task_add, name="task_add"),
    path(f"{HERE}taken/<int:pk>/klaar/", keeping.task_finish, name="task_finish"),
    path(f"{HERE}<int:pk>/contacten/", keeping.contact_add, name="contact_add"),
    path(f"{HERE}contacten/<int:pk>/weg/", keeping.contact_end, name="contact_end"),
    path(f"{HERE}<int:pk>/sporen/", keeping.secure, name="secure"),
    path(f"{HERE}sporen/<int:pk>/overdracht/", keeping.hand_over, name="hand_over"),
    path(f"{HERE}<int:pk>/berichten/", keeping.message_add, name="message_add"),
    path(f"{HERE}<int:pk>/lessen/", keeping.learn, name="learn"),
    path(f"{HERE}lessen/<int:pk>/klaar/", keeping.lesson_finish, name="lesson_finish"),
]
REPORTS: list[URLPattern] = [
    path(f"{HERE}<int:pk>/weging/", weighing.weigh, name="weigh"),
    path(f"{HERE}<int:pk>/meldingen/", reports.reports, name="reports"),
    path(f"{HERE}<int:pk>/meldingen/nieuw/", reports.begin, name="report_begin"),
    path(f"{HERE}<int:pk>/delen/", reports.share, name="share"),
    path(f"{HERE}<int:pk>/delen/misp.json", reports.export, {"kind": "misp"}, name="misp"),
    path(f"{HERE}<int:pk>/delen/stix.json", reports.export, {"kind": "stix"}, name="stix"),
    path(f"{HERE}melding/<int:pk>/", reports.report, name="report"),
    path(f"{HERE}melding/<int:pk>/schrijven/", reports.edit, name="report_edit"),
    path(f"{HERE}melding/<int:pk>/versturen/", reports.check, name="report_check"),
    path(f"{HERE}melding/<int:pk>/laten-vallen/", reports.drop, name="report_drop"),
    path(f"{HERE}melding/<int:pk>/melding.pdf", reports.file, {"kind": "pdf"}, name="report_pdf"),
    path(f"{HERE}melding/<int:pk>/melding.json", reports.file, {"kind": "json"}, name="report_json"),
    path(f"{HERE}melding/<int:pk>/melding.txt", reports.file, {"kind": "txt"}, name="report_txt"),
    path(f"{HERE}ontvanger/<int:pk>/bevestiging/", reports.receipt, name="receipt"),
    path(f"{HERE}ontvanger/<int:pk>/antwoord/", reports.answered, name="answered"),
    path(f"{HERE}ontvangen/", received.received, name="received"),
    path(f"{HERE}ontvangen/<int:pk>/", received.delivery, name="delivery"),
    path(f"{HERE}ontvangen/<int:pk>/openen/", received.open_delivery, name="delivery_open"),
    path(f"{HERE}ontvangen/<int:pk>/antwoord/", received.reply, name="delivery_reply"),
    path(f"{HERE}ontvangen/<int:pk>/melding.pdf", received.file, {"kind": "pdf"}, name="delivery_pdf"),
    path(f"{HERE}ontvangen/<int:pk>/melding.json", received.file, {"kind": "json"}, name="delivery_json"),
]
HOUSE: list[URLPattern] = [
    path(f"{HERE}wie-dienst-heeft/", duty.duty, name="duty"),
    path(f"{HERE}wie-dienst-heeft/toevoegen/", duty.duty_add, name="duty_add"),
    path(f"{HERE}wie-dienst-heeft/<int:pk>/af/", duty.duty_end, name="duty_end"),
    path(f"{HERE}registratie/", registration.registration, name="registration"),
    path(f"{HERE}registratie/doorgegeven/", registration.registration_tell, name="registration_tell"),
    path(f"{HERE}registratie/gezien/", registration.registration_seen, name="registration_seen"),
    path(f"{HERE}registratie/hoedanigheid/", registration.role_add, name="role_add"),
    path(f"{HERE}registratie/hoedanigheid/<int:pk>/einde/", registration.role_end, name="role_end"),
    path(f"{HERE}oefenen/", rehearsal.rehearse, name="rehearse"),
    path(f"{HERE}oefenen/<int:pk>/", rehearsal.rehearsal, name="rehearsal"),
    path(f"{HERE}oefenen/<int:pk>/klok/", rehearsal.rehearsal_run, name="rehearsal_run"),
    path(f"{HERE}oefenen/<int:pk>/verslag/", rehearsal.rehearsal_report, name="rehearsal_report"),
    path(f"{HERE}overzicht/", overview.overview, name="overview"),
    path(f"{HERE}overzicht/incidenten.csv", overview.overview_csv, name="overview_csv"),
]
MONITORING: list[URLPattern] = [
    path(f"{HERE}bewaking/", monitoring.reports, name="monitoring"),
    path(f"{HERE}bewaking/inlezen/", monitoring.bring, name="monitoring_bring"),
    path(f"{HERE}bewaking/inlezen/<str:token>/", monitoring.preview, name="monitoring_preview"),
    path(f"{HERE}bewaking/<int:pk>/", monitoring.report, name="monitoring_report"),
    path(f"{HERE}bewaking/alarm/<int:pk>/incident/", monitoring.incident, name="monitoring_incident"),
]
urlpatterns = [*DESK, *REPORTS, *HOUSE, *MONITORING]
