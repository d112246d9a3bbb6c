import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dijkwacht.apps.people.creating import Creating


class Migration(Creating):
    initial = True

    dependencies = [
        ("people", "0003_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Year",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "coordinator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-year"],
                "constraints": [models.UniqueConstraint(fields=("organisation", "year"), name="ensia_year_once")],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("on", models.DateField()),
                ("remind_at", models.DateField(blank=True, null=True)),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="ensia.year"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "key"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("remind_at__isnull", False)), fields=["remind_at"], name="ensia_term_due"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("year", "key"), name="ensia_term_once")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("handout", "Handed out"), ("reminder", "Reminder")], max_length=10),
                ),
                ("lines", models.JSONField(default=list)),
                ("term", models.CharField(blank=True, max_length=40)),
                ("on", models.DateField()),
                ("note", models.TextField(blank=True)),
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
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="ensia.year"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("claimed_at__isnull", True)),
                        fields=["year", "kind"],
                        name="ensia_notice_wait",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["handout", "reminder"])), name="ensia_notice_kind"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "reminder")),
                        fields=("year", "person", "term", "on"),
                        name="ensia_reminded_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=30)),
                ("on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=500)),
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
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hand_ins", to="ensia.year"
                    ),
                ),
            ],
            options={
                "ordering": ["line"],
                "constraints": [models.UniqueConstraint(fields=("year", "line"), name="ensia_handed_in_once")],
            },
        ),
        migrations.CreateModel(
            name="Answerer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=30)),
                ("theme", models.CharField(blank=True, max_length=80)),
                ("lead", models.BooleanField(default=False)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answerers", to="ensia.year"
                    ),
                ),
            ],
            options={
                "ordering": ["-lead", "person__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("year", "line", "theme", "person"),
                        name="ensia_answerer_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lead", True), ("until__isnull", True)),
                        fields=("year", "line"),
                        name="ensia_one_lead",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
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
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("organisation",),
                        name="ensia_consent_once",
                    )
                ],
            },
        ),
    ]
