import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dijkwacht.apps.people.creating import Creating


class Migration(Creating):
    initial = True

    dependencies = [
        ("ledger", "0003_assignment_due"),
        ("people", "0004_share_framework"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=40)),
                ("what", models.CharField(max_length=300)),
                ("digest", models.CharField(blank=True, max_length=128)),
                ("secured_at", models.DateTimeField()),
                ("secured_by", models.CharField(max_length=150)),
                ("where", models.CharField(blank=True, max_length=200)),
                ("keep_until", models.DateField(blank=True, null=True)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.evidence",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Custody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("given_by", models.CharField(max_length=150)),
                ("taken_by", models.CharField(max_length=150)),
                ("purpose", models.CharField(max_length=300)),
                ("written_at", models.DateTimeField()),
                (
                    "by",
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
                    "exhibit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="custody", to="incidents.exhibit"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Hit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("availability", "Availability"),
                            ("integrity", "Integrity"),
                            ("confidentiality", "Confidentiality"),
                        ],
                        max_length=16,
                    ),
                ),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.subject"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="incident_hit_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("incident", "Incident"), ("near_miss", "Near miss"), ("threat", "Threat")],
                        default="incident",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("contained", "Contained"),
                            ("handled", "Handled"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("exercise", models.BooleanField(default=False)),
                ("restricted", models.BooleanField(default=False)),
                ("what", models.TextField()),
                ("effects", models.TextField(blank=True)),
                ("measures", models.TextField(blank=True)),
                ("rsit", models.CharField(blank=True, max_length=60)),
                ("cause", models.CharField(blank=True, max_length=40)),
                ("root_cause", models.TextField(blank=True)),
                ("detection", models.CharField(blank=True, max_length=40)),
                ("indicators", models.TextField(blank=True)),
                (
                    "unlawful",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                (
                    "cross_border",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                ("cross_border_text", models.TextField(blank=True)),
                (
                    "recipients",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                (
                    "essential",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                (
                    "personal_data",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                (
                    "data_role",
                    models.CharField(
                        choices=[
                            ("controller", "Controller"),
                            ("processor", "Processor, for another"),
                            ("both", "Both"),
                        ],
                        default="controller",
                        max_length=10,
                    ),
                ),
                (
                    "data_risk",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                (
                    "high_risk",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                ("people_hit", models.PositiveIntegerField(blank=True, null=True)),
                ("records_hit", models.PositiveIntegerField(blank=True, null=True)),
                ("loss", models.PositiveBigIntegerField(blank=True, null=True)),
                ("began_at", models.DateTimeField(blank=True, null=True)),
                ("noticed_at", models.DateTimeField(blank=True, null=True)),
                ("noticed_by", models.CharField(blank=True, max_length=200)),
                ("known_at", models.DateTimeField()),
                ("known_by", models.CharField(max_length=200)),
                ("significant_at", models.DateTimeField(blank=True, null=True)),
                ("breach_at", models.DateTimeField(blank=True, null=True)),
                ("contained_at", models.DateTimeField(blank=True, null=True)),
                ("recovery_expected_at", models.DateTimeField(blank=True, null=True)),
                ("recovered_at", models.DateTimeField(blank=True, null=True)),
                ("handled_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField()),
                (
                    "handler",
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
                ("subjects", models.ManyToManyField(related_name="+", through="incidents.Hit", to="ledger.subject")),
                (
                    "told_by",
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
                "ordering": ["-told_at", "-pk"],
                "indexes": [models.Index(fields=["organisation", "state"], name="incident_open")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "year", "number"), name="incident_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "contained", "handled", "closed"])),
                        name="incident_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["incident", "near_miss", "threat"])), name="incident_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("significant_at__isnull", True),
                            ("significant_at__gte", models.F("known_at")),
                            _connector="OR",
                        ),
                        name="incident_known_first",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="hit",
            name="incident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="hits", to="incidents.incident"
            ),
        ),
        migrations.AddField(
            model_name="exhibit",
            name="incident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="incidents.incident"
            ),
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("function", models.CharField(blank=True, max_length=150)),
                ("organisation_name", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="incidents.incident"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("improvement", models.CharField(blank=True, max_length=300)),
                ("due", models.DateField(blank=True, null=True)),
                ("written_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=500)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lessons", to="incidents.incident"
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
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "direction",
                    models.CharField(choices=[("out", "From us"), ("in", "To us")], default="out", max_length=3),
                ),
                ("party", models.CharField(max_length=200)),
                ("channel", models.CharField(max_length=60)),
                ("text", models.TextField()),
                ("public", models.BooleanField(default=False)),
                ("audience", models.CharField(blank=True, max_length=40)),
                ("written_at", models.DateTimeField()),
                (
                    "by",
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
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="incidents.incident"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Moment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("event", "Happened"),
                            ("act", "Done by us"),
                            ("decision", "Decided"),
                            ("found", "Found out"),
                        ],
                        default="event",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("approximate", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                (
                    "by",
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
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moments", to="incidents.incident"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="incidents.moment",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("values", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("told_at", models.DateTimeField()),
                ("receipt", models.CharField(blank=True, max_length=120)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "told_by",
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
                "ordering": ["-told_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Rehearsal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scenario", models.CharField(blank=True, max_length=40)),
                ("goal", models.CharField(blank=True, max_length=300)),
                ("began_at", models.DateTimeField()),
                ("ahead", models.DurationField(default=datetime.timedelta(0))),
                ("told", models.PositiveSmallIntegerField(default=0)),
                (
                    "begun_by",
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
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rehearsal", to="incidents.incident"
                    ),
                ),
            ],
            options={
                "ordering": ["-began_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ahead__gte", datetime.timedelta(0))), name="rehearsal_only_ahead"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=40)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being written"), ("sent", "Sent"), ("dropped", "Not sent")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("asked_by", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("asked_before", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("frozen", models.BinaryField(blank=True, null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("voluntary", models.BooleanField(default=False)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="incidents.incident"
                    ),
                ),
                (
                    "made_by",
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
                    "sent_by",
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
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "form", "number"), name="incident_report_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("incident", "form"),
                        name="incident_report_one_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            models.Q(("frozen__isnull", False), ("sent_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="incident_report_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("receiver", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("capacity", models.CharField(blank=True, max_length=20)),
                ("channel", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("receipt", models.CharField(blank=True, max_length=120)),
                ("receipt_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "seen_by",
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="incidents.report"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["organisation", "-at"], name="incident_delivered_to")],
                "constraints": [models.UniqueConstraint(fields=("report", "receiver"), name="incident_delivered_once")],
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(blank=True, max_length=80)),
                ("rule", models.CharField(max_length=40)),
                ("key", models.CharField(blank=True, max_length=80)),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("target_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Comes only if something does not happen"),
                            ("running", "Running"),
                            ("met", "Met"),
                            ("void", "No longer holds"),
                        ],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                ("met_because", models.CharField(blank=True, max_length=300)),
                ("void_at", models.DateTimeField(blank=True, null=True)),
                ("void_because", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                ("fired", models.JSONField(default=list)),
                ("unsure", models.JSONField(default=list)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="incidents.clock",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="incidents.incident",
                    ),
                ),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incidents.report",
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="incident_clock_next"
                    ),
                    models.Index(fields=["organisation", "state"], name="incident_clock_open"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "void"), _negated=True),
                        fields=("incident", "rule", "key"),
                        name="incident_clock_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "met", "void"])),
                        name="incident_clock_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "met"), _negated=True), ("met_at__isnull", False), _connector="OR"
                        ),
                        name="incident_clock_met",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "running"]), ("next_at__isnull", True), _connector="OR"
                        ),
                        name="incident_clock_fires",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=500)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
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
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="incidents.incident"
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
                "ordering": ["due_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done_at__isnull", True), ("dropped_at__isnull", True), _connector="OR"),
                        name="incident_task_ends_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Weighing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("answers", models.JSONField(default=dict)),
                ("verdict", models.CharField(max_length=16)),
                ("reasons", models.JSONField(default=list)),
                ("decided", models.BooleanField()),
                ("because", models.TextField(blank=True)),
                ("known_at", models.DateTimeField(blank=True, null=True)),
                ("rules", models.CharField(max_length=40)),
                ("again_at", models.DateTimeField(blank=True, null=True)),
                ("asked_again_at", models.DateTimeField(blank=True, null=True)),
                ("asked_again_for", models.CharField(blank=True, max_length=200)),
                (
                    "by",
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
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="weighings", to="incidents.incident"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("asked_again_at__isnull", True)), fields=["again_at"], name="weighing_again"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decided", False), ("known_at__isnull", False), _connector="OR"),
                        name="weighing_significant_since",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=20)),
                ("role", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="incidents.clock"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("claimed_at__isnull", True)),
                        fields=["claimed_at"],
                        name="incident_alert_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("clock", "mark", "person"), name="incident_alert_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reporter", "Reports to the authorities"),
                            ("decider", "Decides whether an incident is significant"),
                            ("privacy", "Weighs data breaches"),
                            ("board", "Is told when a term is at risk"),
                        ],
                        max_length=10,
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=1)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("eherkenning", models.CharField(blank=True, max_length=4)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
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
                "ordering": ["role", "rank"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="duty_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("organisation", "role", "person"),
                        name="duty_person_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("organisation", "role", "rank"),
                        name="duty_rank_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntityRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=40)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["role", "since"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("organisation", "role"),
                        name="entity_role_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="hit",
            constraint=models.UniqueConstraint(fields=("incident", "subject", "effect"), name="incident_hit_once"),
        ),
        migrations.AddConstraint(
            model_name="exhibit",
            constraint=models.UniqueConstraint(fields=("incident", "label"), name="incident_exhibit_once"),
        ),
    ]
