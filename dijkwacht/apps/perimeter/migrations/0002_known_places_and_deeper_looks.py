import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_assignment_due"),
        ("people", "0004_share_framework"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("perimeter", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="JobLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("worker", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("lines", models.PositiveIntegerField()),
                ("refused", models.PositiveIntegerField()),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("packed", models.BinaryField()),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["at"], name="perimeter_log_at")],
            },
        ),
        migrations.CreateModel(
            name="Served",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=253)),
                ("address", models.CharField(max_length=45)),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["address"], name="perimeter_served_at"),
                    models.Index(fields=["seen_at"], name="perimeter_served_seen"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SettledName",
            fields=[
                ("name", models.CharField(max_length=253, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="VersionSaid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product", models.CharField(max_length=120)),
                ("version", models.CharField(max_length=60)),
                ("runs", models.BooleanField()),
                ("advisories", models.JSONField(default=list)),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="run",
            name="perimeter_run_kind",
        ),
        migrations.AddField(
            model_name="domain",
            name="deep_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="domain",
            name="sounded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="deep",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="run",
            name="kind",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("asked", "On request"),
                    ("confirm", "Second measurement before something counts as wrong"),
                    ("csirt", "By the CSIRT"),
                    ("deep", "Deeper, with ports and names below"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="domain",
            index=models.Index(
                condition=models.Q(("state", "watched")), fields=["sounded_at"], name="perimeter_sounded"
            ),
        ),
        migrations.AddIndex(
            model_name="domain",
            index=models.Index(fields=["name"], name="perimeter_name"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["planned", "asked", "confirm", "csirt", "deep"])),
                name="perimeter_run_kind",
            ),
        ),
        migrations.AddField(
            model_name="joblog",
            name="job",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="logs", to="perimeter.job"
            ),
        ),
        migrations.AddField(
            model_name="joblog",
            name="run",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="perimeter.run"),
        ),
        migrations.AddField(
            model_name="served",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.organisation"
            ),
        ),
        migrations.AddField(
            model_name="settledname",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
            ),
        ),
        migrations.AddField(
            model_name="versionsaid",
            name="domain",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="perimeter.domain"
            ),
        ),
        migrations.AddField(
            model_name="versionsaid",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
            ),
        ),
        migrations.AddField(
            model_name="versionsaid",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="served",
            constraint=models.UniqueConstraint(
                fields=("organisation", "name", "address"), name="perimeter_served_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="versionsaid",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("domain", "product", "version"),
                name="perimeter_said_once",
            ),
        ),
    ]
