import django.core.validators
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
            name="Lease",
            fields=[
                ("key", models.CharField(max_length=260, primary_key=True, serialize=False)),
                ("holder", models.CharField(max_length=80)),
                ("until", models.DateTimeField()),
            ],
            options={
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="Domain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=253)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Found, not yet decided"),
                            ("watched", "Watched"),
                            ("paused", "Paused"),
                            ("not_ours", "Not ours"),
                            ("ended", "Ended"),
                        ],
                        default="watched",
                        max_length=10,
                    ),
                ),
                (
                    "found_by",
                    models.CharField(
                        choices=[
                            ("hand", "Entered by hand"),
                            ("file", "From a file"),
                            ("ct", "From the certificate logs"),
                            ("dns", "From the name system"),
                            ("redirect", "From a redirect"),
                        ],
                        default="hand",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField()),
                ("due", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("web_score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("mail_score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="perimeter.domain",
                    ),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("due__isnull", False), ("state", "watched")),
                        fields=["due"],
                        name="perimeter_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "name"), name="perimeter_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "watched", "paused", "not_ours", "ended"])),
                        name="perimeter_domain_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.CharField(max_length=5)),
                ("check_id", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("explained", "Explained"), ("fixed", "Mended")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("word", models.CharField(max_length=10)),
                ("first_seen", models.DateTimeField()),
                ("last_seen", models.DateTimeField()),
                ("fixed_at", models.DateTimeField(blank=True, null=True)),
                ("regressions", models.PositiveSmallIntegerField(default=0)),
                ("term", models.DateField(blank=True, null=True)),
                ("explanation", models.TextField(blank=True)),
                ("explained_until", models.DateField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issues", to="perimeter.domain"
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
                "ordering": ["-first_seen", "pk"],
                "indexes": [models.Index(fields=["organisation", "state"], name="perimeter_issue_state_ix")],
                "constraints": [
                    models.UniqueConstraint(fields=("domain", "area", "check_id"), name="perimeter_one_issue"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "explained", "fixed"])), name="perimeter_issue_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "explained"), _negated=True),
                            ("explained_until__isnull", False),
                            _connector="OR",
                        ),
                        name="perimeter_explained_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=253)),
                ("area", models.CharField(max_length=5)),
                ("check_id", models.CharField(max_length=40)),
                ("word", models.CharField(max_length=10)),
                ("seen_at", models.DateTimeField()),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("noted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="perimeter.issue"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
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
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "sent_by",
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
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("noted_at__isnull", True)),
                        fields=["organisation"],
                        name="perimeter_notice_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OptOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=253)),
                ("asked_by", models.CharField(max_length=200)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["what"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "what"), name="perimeter_opt_out_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["organisation__name"],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("asked", "On request"),
                            ("confirm", "Second measurement before something counts as wrong"),
                            ("csirt", "By the CSIRT"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("stopped", "Stopped"),
                            ("done", "Done"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("policy", models.CharField(max_length=60)),
                ("tool", models.CharField(max_length=40)),
                ("jobs_total", models.PositiveIntegerField(default=0)),
                ("turned", models.PositiveIntegerField(default=0)),
                ("connections", models.PositiveIntegerField(default=0)),
                ("questions", models.PositiveIntegerField(default=0)),
                ("refusals", models.JSONField(default=dict)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
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
                "ordering": ["-started_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["planned", "asked", "confirm", "csirt"])),
                        name="perimeter_run_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "paused", "stopped", "done"])),
                        name="perimeter_run_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.CharField(max_length=5)),
                ("check_id", models.CharField(max_length=40)),
                ("word", models.CharField(max_length=10)),
                ("peer", models.CharField(max_length=10)),
                ("law", models.CharField(blank=True, max_length=10)),
                ("norm", models.CharField(blank=True, max_length=10)),
                ("targets", models.JSONField(default=list)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("confirmed", models.BooleanField(default=True)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="perimeter.domain"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="perimeter.run"
                    ),
                ),
            ],
            options={
                "ordering": ["area", "check_id", "-since"],
                "indexes": [models.Index(fields=["domain", "since"], name="perimeter_reading_since")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("domain", "area", "check_id"),
                        name="perimeter_one_reading",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("raw", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="observations", to="perimeter.domain"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="perimeter.run"
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "indexes": [models.Index(fields=["domain", "-at"], name="perimeter_observed")],
                "constraints": [models.UniqueConstraint(fields=("domain", "run"), name="perimeter_observed_once")],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("claimed", "Being measured"),
                            ("done", "Measured"),
                            ("failed", "Not measured"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("worker", models.CharField(blank=True, max_length=80)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("answers", models.JSONField(default=dict)),
                ("settled", models.BooleanField(default=False)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="perimeter.domain"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="jobs",
                        to="perimeter.run",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "claimed"])),
                        fields=["state", "lease_until"],
                        name="perimeter_job_open",
                    ),
                    models.Index(
                        condition=models.Q(("settled", False), ("state", "done")),
                        fields=["run"],
                        name="perimeter_job_untold",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "domain"), name="perimeter_job_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "claimed", "done", "failed"])),
                        name="perimeter_job_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("found", "Found"),
                            ("regressed", "Came back"),
                            ("worsened", "Got worse"),
                            ("eased", "Got less bad"),
                            ("fixed", "Mended"),
                            ("assigned", "Given to someone"),
                            ("explained", "Explained"),
                            ("reopened", "Counts again"),
                            ("noted", "Noted"),
                            ("remeasure", "Measured again on request"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("text", models.TextField(blank=True)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="perimeter.issue"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="perimeter.run",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="perimeter.notice",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="perimeter.run",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("claimed_at__isnull", True)),
                        fields=["made_at"],
                        name="perimeter_alert_wait",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "person"), name="perimeter_alerted_once"),
                    models.UniqueConstraint(fields=("notice", "person"), name="perimeter_noticed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("run__isnull", True), ("notice__isnull", True), _connector="XOR"),
                        name="perimeter_alert_about_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
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
                "ordering": ["person__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("organisation", "person"),
                        name="perimeter_subscribed_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comparing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
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
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organisation",),
                        name="perimeter_comparing_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own", "The organisation itself"),
                            ("supplier", "Its supplier, for shared addresses"),
                            ("csirt", "The CSIRT, by law, without intrusion"),
                        ],
                        default="own",
                        max_length=10,
                    ),
                ),
                ("party", models.CharField(blank=True, max_length=200)),
                ("scope", models.JSONField(default=list)),
                ("exclude", models.JSONField(default=list)),
                ("level", models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(4)])),
                ("window", models.JSONField(blank=True, default=list)),
                ("text", models.TextField()),
                ("text_version", models.CharField(max_length=20)),
                ("text_hash", models.CharField(max_length=64)),
                ("signatory", models.CharField(max_length=150)),
                ("mandate", models.CharField(max_length=200)),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("given_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_for", models.CharField(blank=True, max_length=300)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
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
                    "revoked_by",
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
                "ordering": ["-since", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("level__lte", 4)), name="perimeter_consent_level"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["own", "supplier", "csirt"])), name="perimeter_consent_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"),
                        name="perimeter_consent_period",
                    ),
                ],
            },
        ),
    ]
