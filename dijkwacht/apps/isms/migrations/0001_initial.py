import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dijkwacht.apps.people.creating import Creating


class Migration(Creating):
    initial = True

    dependencies = [
        ("ledger", "0002_triggers"),
        ("people", "0003_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("internal", "Internal audit"),
                            ("technical", "Technical test"),
                            ("external", "External audit"),
                        ],
                        max_length=10,
                    ),
                ),
                ("scope", models.TextField(blank=True)),
                ("requirements", models.JSONField(default=list)),
                ("auditor", models.CharField(max_length=200)),
                ("planned_on", models.DateField()),
                ("adopted_on", models.DateField(blank=True, null=True)),
                ("finished_on", models.DateField(blank=True, null=True)),
                ("conclusion", models.TextField(blank=True)),
                ("independent", models.BooleanField(default=False)),
                ("cancelled_on", models.DateField(blank=True, null=True)),
                (
                    "finished_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["planned_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["internal", "technical", "external"])), name="audit_kind_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Circumstance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("internal", "Within the organisation"),
                            ("external", "Around the organisation"),
                            ("party", "Interested party"),
                        ],
                        max_length=10,
                    ),
                ),
                ("known_as", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("added_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "title", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["internal", "external", "party"])),
                        name="circumstance_kind_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True), models.Q(("known_as", ""), _negated=True)),
                        fields=("organisation", "known_as"),
                        name="circumstance_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Classified",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("availability", models.PositiveSmallIntegerField()),
                ("integrity", models.PositiveSmallIntegerField()),
                ("confidentiality", models.PositiveSmallIntegerField()),
                ("recovery", models.PositiveIntegerField(blank=True, null=True)),
                ("loss", models.PositiveIntegerField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("superseded_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.subject"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_on__isnull", True)),
                        fields=("subject",),
                        name="classified_stands_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("organisation", "person"),
                        name="feed_key_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("major", "Nonconformity, major"),
                            ("minor", "Nonconformity, minor"),
                            ("observation", "Observation"),
                        ],
                        max_length=12,
                    ),
                ),
                ("requirement", models.CharField(blank=True, max_length=80)),
                ("text", models.TextField()),
                ("cause", models.TextField(blank=True)),
                ("due", models.DateField()),
                ("found_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_because", models.TextField(blank=True)),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="isms.audit"
                    ),
                ),
                (
                    "closed_by",
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
                    "found_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["due", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["major", "minor", "observation"])),
                        name="finding_severity_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Leaning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("added_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.subject"
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.subject"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("process", "system"),
                        name="leaning_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_as", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("place", models.CharField(blank=True, max_length=500)),
                ("version", models.CharField(blank=True, max_length=40)),
                ("months", models.PositiveSmallIntegerField(default=12)),
                ("added_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["title", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True), models.Q(("known_as", ""), _negated=True)),
                        fields=("organisation", "known_as"),
                        name="policy_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("adopted", "Adopted"), ("reviewed", "Reviewed, still right")], max_length=10
                    ),
                ),
                ("on", models.DateField()),
                ("by", models.CharField(max_length=200)),
                ("version", models.CharField(blank=True, max_length=40)),
                ("recorded_on", models.DateField()),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.evidence",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="isms.policy"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["adopted", "reviewed"])), name="policy_event_kind_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("planned_on", models.DateField()),
                ("present", models.TextField(blank=True)),
                ("minutes", models.JSONField(default=dict)),
                ("figures", models.JSONField(default=dict)),
                ("conclusion", models.TextField(blank=True)),
                ("prepared_on", models.DateField(blank=True, null=True)),
                ("signed_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-planned_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("cause", models.TextField(blank=True)),
                ("consequence", models.TextField(blank=True)),
                ("known_as", models.CharField(blank=True, max_length=40)),
                ("requirements", models.JSONField(default=list)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_because", models.TextField(blank=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("subjects", models.ManyToManyField(blank=True, related_name="+", to="ledger.subject")),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("organisation", "number"), name="risk_number_once")],
            },
        ),
        migrations.CreateModel(
            name="Deviation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requirement", models.CharField(max_length=80)),
                ("reason", models.TextField()),
                ("instead", models.TextField(blank=True)),
                ("granted_on", models.DateField()),
                ("until", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "granted_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deviations", to="isms.risk"
                    ),
                ),
            ],
            options={
                "ordering": ["until", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("organisation", "requirement"),
                        name="deviation_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("due", models.DateField()),
                ("cost", models.PositiveIntegerField(blank=True, null=True)),
                ("requirement", models.CharField(blank=True, max_length=80)),
                ("fact_type", models.CharField(blank=True, max_length=120)),
                ("opened_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                ("dropped_on", models.DateField(blank=True, null=True)),
                ("result", models.TextField(blank=True)),
                ("act", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("evidence", models.ManyToManyField(blank=True, related_name="+", to="ledger.evidence")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "owner",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subject",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="isms.finding",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="isms.review",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="isms.risk",
                    ),
                ),
            ],
            options={
                "ordering": ["due", "number"],
                "indexes": [models.Index(fields=["organisation", "due"], name="action_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="action_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("done_on__isnull", True), ("dropped_on__isnull", True), _connector="OR"),
                        name="action_ends_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScopeDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inside", models.TextField()),
                ("outside", models.TextField(blank=True)),
                ("reasons", models.TextField()),
                ("drafted_on", models.DateField()),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("published_at", models.URLField(blank=True, max_length=500)),
                ("superseded_on", models.DateField(blank=True, null=True)),
                (
                    "decided_by",
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
                    "drafted_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_on__isnull", True), ("superseded_on__isnull", True)),
                        fields=("organisation",),
                        name="scope_one_draft",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_on__isnull", False), ("superseded_on__isnull", True)),
                        fields=("organisation",),
                        name="scope_stands_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("held_on", models.DateField()),
                ("invited", models.PositiveIntegerField(blank=True, null=True)),
                ("attended", models.PositiveIntegerField(blank=True, null=True)),
                ("provider", models.CharField(blank=True, max_length=200)),
                ("recorded_on", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Treatment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mitigate", "Mitigate: take measures"),
                            ("avoid", "Avoid: stop doing it"),
                            ("transfer", "Transfer: let another bear it"),
                            ("accept", "Accept for a time"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("until", models.DateField(blank=True, null=True)),
                ("decided_on", models.DateField()),
                ("superseded_on", models.DateField(blank=True, null=True)),
                (
                    "decided_by",
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
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="treatments", to="isms.risk"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["mitigate", "avoid", "transfer", "accept"])),
                        name="treatment_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "accept"), _negated=True), ("until__isnull", False), _connector="OR"
                        ),
                        name="treatment_acceptance_ends",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_on__isnull", True)),
                        fields=("risk",),
                        name="treatment_stands_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Weighing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("inherent", "Without measures"), ("residual", "With what is in place")], max_length=10
                    ),
                ),
                ("likelihood", models.PositiveSmallIntegerField()),
                ("impacts", models.JSONField()),
                ("reason", models.TextField(blank=True)),
                ("on", models.DateField()),
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
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="weighings", to="isms.risk"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["inherent", "residual"])), name="weighing_kind_known"
                    )
                ],
            },
        ),
    ]
