import dijkwacht.apps.ledger.models.facts
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
            name="Brought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("files", models.JSONField(encoder=dijkwacht.apps.ledger.models.facts.Compact)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organisation", "act"), name="brought_act_once")],
            },
        ),
        migrations.CreateModel(
            name="Framework",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("catalog", "OSCAL catalog"),
                            ("profile", "OSCAL profile, resolved"),
                            ("library", "library of CISO Assistant"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ref", models.CharField(max_length=300)),
                ("file", models.CharField(max_length=300)),
                ("title", models.CharField(max_length=300)),
                ("version", models.CharField(blank=True, max_length=100)),
                ("counts", models.JSONField(default=dict, encoder=dijkwacht.apps.ledger.models.facts.Compact)),
                ("document", models.BinaryField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "brought",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="frameworks", to="frameworks.brought"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="frameworks.framework",
                    ),
                ),
            ],
            options={
                "ordering": ["title", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["catalog", "profile", "library"])),
                        name="framework_origin_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=300)),
                ("number", models.CharField(max_length=300)),
                ("title", models.TextField()),
                ("text", models.TextField(blank=True)),
                ("group", models.TextField(blank=True)),
                ("parent", models.CharField(blank=True, max_length=300)),
                ("withdrawn", models.BooleanField(default=False)),
                (
                    "framework",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="frameworks.framework",
                    ),
                ),
            ],
            options={
                "ordering": ["framework", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("framework", "position"), name="line_position_once"),
                    models.UniqueConstraint(fields=("framework", "key"), name="line_key_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MappingSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=300)),
                ("file", models.CharField(max_length=300)),
                ("title", models.CharField(max_length=300)),
                ("version", models.CharField(blank=True, max_length=100)),
                ("source_name", models.CharField(max_length=300)),
                ("source_norm", models.CharField(blank=True, max_length=40)),
                ("target_name", models.CharField(max_length=300)),
                ("target_norm", models.CharField(blank=True, max_length=40)),
                ("maps", models.JSONField(encoder=dijkwacht.apps.ledger.models.facts.Compact)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "brought",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mappings", to="frameworks.brought"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="frameworks.framework",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="frameworks.framework",
                    ),
                ),
            ],
            options={
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TextSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("norm", models.CharField(max_length=40)),
                ("file", models.CharField(max_length=300)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "brought",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="text_sets", to="frameworks.brought"
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
                "ordering": ["norm", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OwnText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requirement", models.CharField(max_length=80)),
                ("title", models.TextField()),
                ("text", models.TextField(blank=True)),
                (
                    "text_set",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="frameworks.textset",
                    ),
                ),
            ],
            options={
                "ordering": ["text_set", "requirement"],
                "constraints": [models.UniqueConstraint(fields=("text_set", "requirement"), name="own_text_once")],
            },
        ),
    ]
