import dijkwacht.apps.ledger.models.facts
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dijkwacht.apps.people.creating import Creating


class Migration(Creating):
    initial = True

    dependencies = [
        ("people", "0002_cache"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Due",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact_type", models.CharField(blank=True, max_length=120)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("made_on", models.DateField(blank=True, null=True)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-added_at", "-pk"],
                "constraints": [models.UniqueConstraint(fields=("organisation", "sha256"), name="evidence_once")],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organisation", "Organisation"),
                            ("process", "Process"),
                            ("system", "System"),
                            ("supplier", "Supplier"),
                            ("service", "Service"),
                            ("digid_connection", "DigiD connection"),
                            ("domain", "Domain"),
                            ("location", "Location"),
                            ("board_member", "Board member"),
                        ],
                        max_length=20,
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("recorded_at", models.DateField()),
                ("archived_at", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "key"), name="subject_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "organisation",
                                    "process",
                                    "system",
                                    "supplier",
                                    "service",
                                    "digid_connection",
                                    "domain",
                                    "location",
                                    "board_member",
                                ],
                            )
                        ),
                        name="subject_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inheritance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateField()),
                ("superseded_at", models.DateField(blank=True, null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="heirs", to="ledger.subject"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inheritances", to="ledger.subject"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)), fields=("subject",), name="inherits_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact_type", models.CharField(max_length=120)),
                ("value", models.JSONField(encoder=dijkwacht.apps.ledger.models.facts.Compact)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateField()),
                ("superseded_at", models.DateField(blank=True, null=True)),
                ("observed", models.JSONField(encoder=dijkwacht.apps.ledger.models.facts.Compact)),
                (
                    "assurance",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Stated"), (2, "Documented"), (3, "Measured"), (4, "Audited")]
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("person", "Answer"),
                            ("import", "Import"),
                            ("self_assessment", "Self-assessment"),
                            ("measurement", "Measurement"),
                            ("audit", "Audit"),
                        ],
                        max_length=20,
                    ),
                ),
                ("said_by", models.CharField(blank=True, max_length=200)),
                ("explanation", models.TextField(blank=True)),
                ("act", models.PositiveBigIntegerField()),
                ("superseded_act", models.PositiveBigIntegerField(blank=True, null=True)),
                ("evidence", models.ManyToManyField(related_name="facts", to="ledger.evidence")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["organisation", "fact_type", "subject"], name="fact_question"),
                    models.Index(fields=["organisation", "act"], name="fact_act"),
                    models.Index(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=["subject", "fact_type"],
                        name="fact_subject",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="fact_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("superseded_act__isnull", True), ("superseded_at__isnull", True)),
                            models.Q(("superseded_act__isnull", False), ("superseded_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="fact_closed_by_an_act",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("assurance__in", [1, 2, 3, 4])), name="fact_assurance_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ["person", "import", "self_assessment", "measurement", "audit"])
                        ),
                        name="fact_origin_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deferral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact_type", models.CharField(max_length=120)),
                ("on", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "subject", "fact_type", "person"), name="deferral_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requirement", models.CharField(max_length=80)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("partly", "Partly"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=20,
                    ),
                ),
                ("explanation", models.TextField(blank=True)),
                ("evidence_note", models.TextField(blank=True)),
                ("answered_on", models.DateField()),
                ("owner_name", models.CharField(blank=True, max_length=200)),
                ("source", models.CharField(max_length=250)),
                ("recorded_at", models.DateField()),
                ("superseded_at", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "ordering": ["requirement", "-pk"],
                "indexes": [models.Index(fields=["organisation", "requirement"], name="claim_requirement")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("organisation", "requirement", "subject"),
                        name="claim_stands_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requirement", models.CharField(blank=True, max_length=80)),
                ("fact_type", models.CharField(blank=True, max_length=120)),
                ("note", models.TextField(blank=True)),
                ("asked_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_on", "pk"],
                "indexes": [models.Index(fields=["organisation", "person"], name="assignment_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("fact_type", ""),
                                ("subject__isnull", True),
                                models.Q(("requirement", ""), _negated=True),
                            ),
                            models.Q(
                                ("requirement", ""),
                                ("subject__isnull", False),
                                models.Q(("fact_type", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assignment_of_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=80)),
                ("met", models.PositiveIntegerField(default=0)),
                ("partly", models.PositiveIntegerField(default=0)),
                ("not_met", models.PositiveIntegerField(default=0)),
                ("not_applicable", models.PositiveIntegerField(default=0)),
                ("unknown", models.PositiveIntegerField(default=0)),
                ("settled", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                ("judged_on", models.DateField()),
                ("packs", models.CharField(max_length=16)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "organisation"], name="tally_account")],
                "constraints": [models.UniqueConstraint(fields=("organisation", "account"), name="tally_once")],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requirement", models.CharField(max_length=80)),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("met", "In order"),
                            ("partly", "Partly"),
                            ("not_met", "Not in order"),
                            ("not_applicable", "Not applicable"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("met", "In order"),
                            ("partly", "Partly"),
                            ("not_met", "Not in order"),
                            ("not_applicable", "Not applicable"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField()),
                ("act", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "requirement", "subject"], name="turn_line"),
                    models.Index(fields=["organisation", "on"], name="turn_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requirement", models.CharField(max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("met", "In order"),
                            ("partly", "Partly"),
                            ("not_met", "Not in order"),
                            ("not_applicable", "Not applicable"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "assurance",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Stated"), (2, "Documented"), (3, "Measured"), (4, "Audited")],
                        null=True,
                    ),
                ),
                (
                    "shown",
                    models.PositiveSmallIntegerField(
                        blank=True, choices=[(1, "design"), (2, "existence"), (3, "operation")], null=True
                    ),
                ),
                ("nothing_happened", models.BooleanField(default=False)),
                ("reasons", models.JSONField(default=list, encoder=dijkwacht.apps.ledger.models.facts.Compact)),
                ("stale_at", models.DateField(blank=True, null=True)),
                ("judged_on", models.DateField()),
                ("inputs_hash", models.CharField(max_length=64)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("stale_at__isnull", False)),
                        fields=["stale_at", "organisation"],
                        name="verdict_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "requirement", "subject"), name="verdict_once")
                ],
            },
        ),
    ]
