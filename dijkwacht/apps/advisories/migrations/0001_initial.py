import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dijkwacht.apps.people.creating import Creating


class Migration(Creating):
    initial = True

    dependencies = [
        ("people", "0004_share_framework"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enriched",
            fields=[
                ("cve", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("used_on", models.DateField(blank=True, null=True)),
                ("ransomware", models.BooleanField(default=False)),
                ("epss", models.FloatField(blank=True, null=True)),
                ("epss_on", models.DateField(blank=True, null=True)),
                ("ssvc", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["cve"],
            },
        ),
        migrations.CreateModel(
            name="Advisory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("publisher", models.CharField(max_length=300)),
                ("number", models.CharField(max_length=300)),
                ("title", models.CharField(max_length=500)),
                ("publisher_name", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(blank=True, max_length=60)),
                ("version", models.CharField(max_length=60)),
                ("published", models.DateTimeField(blank=True, null=True)),
                ("revised", models.DateTimeField(blank=True, null=True)),
                (
                    "tlp",
                    models.CharField(
                        choices=[
                            ("CLEAR", "TLP:CLEAR"),
                            ("GREEN", "TLP:GREEN"),
                            ("AMBER", "TLP:AMBER"),
                            ("AMBER+STRICT", "TLP:AMBER+STRICT"),
                            ("RED", "TLP:RED"),
                        ],
                        max_length=12,
                    ),
                ),
                ("named", models.JSONField(default=list)),
                ("withdrawn", models.BooleanField(default=False)),
                ("level", models.PositiveSmallIntegerField(default=1)),
                ("used", models.BooleanField(default=False)),
                ("week", models.BooleanField(blank=True, null=True)),
                ("own", models.BooleanField(default=False)),
                ("came_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("change", models.JSONField(blank=True, default=dict)),
                ("ratings", models.JSONField(blank=True, default=list)),
                ("affected", models.PositiveIntegerField(default=0)),
                ("asked", models.PositiveIntegerField(default=0)),
                ("exposed", models.BooleanField(default=False)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("open", "Not decided yet"),
                            ("warn", "Warn whoever it concerns"),
                            ("not", "No warning"),
                            ("wait", "Wait"),
                        ],
                        default="open",
                        max_length=4,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("because", models.CharField(blank=True, max_length=500)),
                ("wait_until", models.DateField(blank=True, null=True)),
                ("decided_version", models.CharField(blank=True, max_length=60)),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-level", "-changed_at", "-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "decision", "-level", "-changed_at"], name="advisory_queue")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "publisher", "number"), name="advisory_once"),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["open", "warn", "not", "wait"])), name="advisory_decision"
                    ),
                    models.CheckConstraint(condition=models.Q(("level__lte", 3)), name="advisory_level"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("general", "General contact (ACIB)"), ("trusted", "Trusted contact (VCIB)")],
                        max_length=7,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("rank", models.PositiveSmallIntegerField(default=1)),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["role", "rank", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("organisation", "role", "rank"),
                        name="advisory_contact_rank",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=500)),
                ("form", models.CharField(blank=True, max_length=10)),
                ("publisher", models.CharField(blank=True, max_length=300)),
                ("number", models.CharField(blank=True, max_length=300)),
                ("version", models.CharField(blank=True, max_length=60)),
                ("status", models.CharField(blank=True, max_length=10)),
                ("revised", models.DateTimeField(blank=True, null=True)),
                ("title", models.CharField(blank=True, max_length=500)),
                (
                    "tlp",
                    models.CharField(
                        choices=[
                            ("CLEAR", "TLP:CLEAR"),
                            ("GREEN", "TLP:GREEN"),
                            ("AMBER", "TLP:AMBER"),
                            ("AMBER+STRICT", "TLP:AMBER+STRICT"),
                            ("RED", "TLP:RED"),
                        ],
                        max_length=12,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("packed", models.BinaryField()),
                ("came_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("read", "Taken in"), ("aside", "Set aside"), ("refused", "Refused by a person")],
                        default="read",
                        max_length=7,
                    ),
                ),
                ("findings", models.JSONField(default=list)),
                ("hashed", models.CharField(default="none", max_length=10)),
                ("signed", models.CharField(default="none", max_length=12)),
                ("signer", models.CharField(blank=True, max_length=200)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("because", models.CharField(blank=True, max_length=500)),
                (
                    "advisory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="advisories.advisory",
                    ),
                ),
                (
                    "came_by",
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
                    "settled_by",
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
                "ordering": ["-came_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "aside")),
                        fields=["organisation", "-came_at"],
                        name="advisory_aside",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "digest"), name="advisory_document_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["read", "aside", "refused"])), name="advisory_document_state"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="advisory",
            name="document",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="advisories.document"
            ),
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ident", models.CharField(max_length=24)),
                ("kind", models.CharField(max_length=20)),
                ("label", models.CharField(blank=True, max_length=120)),
                ("vendor", models.CharField(blank=True, max_length=300)),
                ("product", models.CharField(blank=True, max_length=300)),
                ("version", models.CharField(blank=True, max_length=200)),
                ("purl", models.CharField(blank=True, max_length=1000)),
                ("cpe", models.CharField(blank=True, max_length=1000)),
                ("name", models.CharField(blank=True, max_length=300)),
                ("owner", models.CharField(blank=True, max_length=300)),
                ("location", models.CharField(blank=True, max_length=300)),
                ("part_of", models.CharField(blank=True, max_length=300)),
                ("status", models.CharField(blank=True, max_length=300)),
                (
                    "stated",
                    models.CharField(
                        choices=[("present", "In use"), ("planned", "Not in use yet"), ("absent", "Not in use")],
                        default="present",
                        max_length=7,
                    ),
                ),
                ("exposed", models.BooleanField(blank=True, null=True)),
                ("as_of", models.DateField(blank=True, null=True)),
                ("row", models.PositiveIntegerField(default=0)),
                ("raw", models.CharField(blank=True, max_length=300)),
                ("since", models.DateField()),
                ("confirmed", models.DateField()),
                ("gone", models.DateField(blank=True, null=True)),
                ("answered", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["vendor", "product", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "ident"), name="advisory_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("stated__in", ["present", "planned", "absent"])),
                        name="advisory_line_stated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Asset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purl", models.CharField(blank=True, max_length=1000)),
                ("cpe", models.CharField(blank=True, max_length=1000)),
                ("exposed", models.BooleanField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asset", to="advisories.line"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("reminder", "Reminder"),
                            ("digest", "Digest of the day"),
                            ("weekly", "Weekly overview"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("warnings", models.JSONField(default=list)),
                ("pointer", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="advisories.contact"
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("claimed_at__isnull", True)),
                        fields=["claimed_at"],
                        name="advisory_mail_waits",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("contact", "kind", "key"), name="advisory_mail_once")],
            },
        ),
        migrations.CreateModel(
            name="Own",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("csaf_security_advisory", "Security advisory"),
                            ("csaf_vex", "Not affected, or fixed (VEX)"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "tlp",
                    models.CharField(
                        choices=[
                            ("CLEAR", "TLP:CLEAR"),
                            ("GREEN", "TLP:GREEN"),
                            ("AMBER", "TLP:AMBER"),
                            ("AMBER+STRICT", "TLP:AMBER+STRICT"),
                            ("RED", "TLP:RED"),
                        ],
                        max_length=12,
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("version", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="advisory_own_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["csaf_security_advisory", "csaf_vex"])),
                        name="advisory_own_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product", models.CharField(max_length=510)),
                ("version", models.CharField(max_length=510)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="advisories.asset"
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
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["product", "version"], name="advisory_place_at"),
                    models.Index(fields=["organisation"], name="advisory_place_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("web", "A provider on the web"),
                            ("folder", "A folder on the server"),
                            ("hand", "Files by hand"),
                        ],
                        default="web",
                        max_length=6,
                    ),
                ),
                ("url", models.CharField(blank=True, max_length=500)),
                (
                    "tlp",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CLEAR", "TLP:CLEAR"),
                            ("GREEN", "TLP:GREEN"),
                            ("AMBER", "TLP:AMBER"),
                            ("AMBER+STRICT", "TLP:AMBER+STRICT"),
                            ("RED", "TLP:RED"),
                        ],
                        max_length=12,
                    ),
                ),
                ("must", models.JSONField(default=list)),
                ("named", models.JSONField(default=list)),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                ("last_at", models.DateTimeField(blank=True, null=True)),
                ("last_new", models.PositiveIntegerField(default=0)),
                ("last_left", models.PositiveIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=300)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at"],
                        name="advisory_provider_next",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), models.Q(("url", ""), _negated=True)),
                        fields=("organisation", "kind", "url"),
                        name="advisory_provider_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="document",
            name="provider",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="advisories.provider",
            ),
        ),
        migrations.CreateModel(
            name="PullKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
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
                "ordering": ["-made_at"],
            },
        ),
        migrations.CreateModel(
            name="Rejected",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vendor", models.CharField(max_length=300)),
                ("product", models.CharField(max_length=300)),
                ("to_vendor", models.CharField(max_length=300)),
                ("to_product", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "vendor", "product", "to_vendor", "to_product"),
                        name="advisory_rejected_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
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
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="advisories.document"
                    ),
                ),
                (
                    "own",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="advisories.own"
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [models.UniqueConstraint(fields=("own", "version"), name="advisory_release_once")],
            },
        ),
        migrations.CreateModel(
            name="Row",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product", models.CharField(max_length=510)),
                ("start", models.CharField(blank=True, max_length=510)),
                ("stop", models.CharField(max_length=510)),
                ("sure", models.BooleanField()),
                (
                    "advisory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="advisories.advisory"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["product", "start"], name="advisory_row_at")],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=1000)),
                ("stamp", models.CharField(blank=True, max_length=120)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("had", models.BooleanField(default=False)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seen", to="advisories.provider"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("provider", "url"), name="advisory_seen_once")],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.CharField(blank=True, max_length=300)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
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
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
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
                "ordering": ["organisation__name", "since"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("organisation", "desk"),
                        name="advisory_service_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisation", models.F("desk")), _negated=True),
                        name="advisory_service_of_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("vendor", "Everything of a vendor"), ("keyword", "Everything with these words")],
                        max_length=7,
                    ),
                ),
                ("text", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "text"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organisation", "kind", "text"),
                        name="advisory_followed_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("technical", "Who installs and repairs"),
                            ("management", "Who decides and answers for it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("body", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "advisory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="advisories.advisory"
                    ),
                ),
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
            ],
            options={
                "ordering": ["audience", "-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vendor", models.CharField(max_length=300)),
                ("product", models.CharField(max_length=300)),
                ("key", models.CharField(max_length=510)),
                (
                    "advisory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="told", to="advisories.advisory"
                    ),
                ),
            ],
            options={
                "ordering": ["vendor", "product"],
                "indexes": [models.Index(fields=["key"], name="advisory_told_key")],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("label", models.CharField(blank=True, max_length=120)),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("lines", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("gone", models.PositiveIntegerField(default=0)),
                ("after", models.CharField(max_length=64)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Warned",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=500)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("affected", "You use an affected version"),
                            ("undetermined", "We cannot tell whether you are affected"),
                            ("caught", "You follow this"),
                        ],
                        max_length=12,
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                (
                    "tlp",
                    models.CharField(
                        choices=[
                            ("CLEAR", "TLP:CLEAR"),
                            ("GREEN", "TLP:GREEN"),
                            ("AMBER", "TLP:AMBER"),
                            ("AMBER+STRICT", "TLP:AMBER+STRICT"),
                            ("RED", "TLP:RED"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.CharField(max_length=60)),
                ("texts", models.JSONField(default=dict)),
                ("told_at", models.DateTimeField()),
                ("todo_at", models.DateTimeField()),
                ("week", models.BooleanField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not remediated"),
                            ("in_progress", "In progress"),
                            ("done", "Done"),
                            ("not_affected", "Not affected"),
                            ("accepted", "Risk accepted"),
                            ("lapsed", "Lapsed: no longer about you"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("step_at", models.DateTimeField(blank=True, null=True)),
                ("reminded", models.PositiveSmallIntegerField(default=0)),
                (
                    "advisory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="warnings", to="advisories.advisory"
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "handler",
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
                "ordering": ["-level", "-told_at", "-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "state"], name="advisory_warning_open"),
                    models.Index(fields=["desk", "-told_at"], name="advisory_warning_desk"),
                    models.Index(
                        condition=models.Q(("step_at__isnull", False)), fields=["step_at"], name="advisory_warning_step"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("advisory", "organisation"), name="advisory_warning_once"),
                    models.UniqueConstraint(fields=("organisation", "number"), name="advisory_warning_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "in_progress", "done", "not_affected", "accepted", "lapsed"])
                        ),
                        name="advisory_warning_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Touched",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("affected", "You use an affected version"),
                            ("undetermined", "We cannot tell whether you are affected"),
                            ("caught", "You follow this"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.JSONField(default=dict)),
                ("version", models.CharField(blank=True, max_length=200)),
                ("exposed", models.BooleanField(blank=True, null=True)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="advisories.line"
                    ),
                ),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="touched", to="advisories.warned"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("warning", "line"), name="advisory_touched_once")],
            },
        ),
        migrations.CreateModel(
            name="Handled",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weakness", models.CharField(max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Not remediated"),
                            ("in_progress", "In progress"),
                            ("done", "Done"),
                            ("not_affected", "Not affected"),
                            ("accepted", "Risk accepted"),
                            ("lapsed", "Lapsed: no longer about you"),
                        ],
                        max_length=12,
                    ),
                ),
                ("flag", models.CharField(blank=True, max_length=60)),
                ("because", models.CharField(blank=True, max_length=500)),
                ("until", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField()),
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="advisories.line"
                    ),
                ),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handled", to="advisories.warned"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("warning", "line", "weakness"), name="advisory_handled_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=40)),
                ("due_at", models.DateTimeField()),
                ("at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=300)),
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
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advisories.contact",
                    ),
                ),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="advisories.warned"
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("at__isnull", True)), fields=("warning",), name="advisory_call_open_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("likelihood", models.CharField(blank=True, max_length=6)),
                ("damage", models.CharField(blank=True, max_length=6)),
                ("because", models.CharField(blank=True, max_length=500)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Not remediated"),
                            ("in_progress", "In progress"),
                            ("done", "Done"),
                            ("not_affected", "Not affected"),
                            ("accepted", "Risk accepted"),
                            ("lapsed", "Lapsed: no longer about you"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
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
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="advisories.warned"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="WarningEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "Told"),
                            ("again", "Told again"),
                            ("task", "New task: what is to be done changed"),
                            ("shown", "Changed, nothing more to do"),
                            ("lapsed", "Lapsed"),
                        ],
                        max_length=6,
                    ),
                ),
                ("version", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("reasons", models.JSONField(default=list)),
                ("week", models.BooleanField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="advisories.warned"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Weakness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=300)),
                ("cve", models.CharField(blank=True, max_length=30)),
                ("title", models.CharField(blank=True, max_length=500)),
                (
                    "advisory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="weaknesses", to="advisories.advisory"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("cve", ""), _negated=True), fields=["cve"], name="advisory_weakness_cve"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vendor", models.CharField(max_length=300)),
                ("product", models.CharField(blank=True, max_length=300)),
                ("to_vendor", models.CharField(max_length=300)),
                ("to_product", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                    "ended_by",
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
                "ordering": ["vendor", "product"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organisation", "vendor", "product"),
                        name="advisory_alias_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sure", models.BooleanField()),
                ("assets", models.PositiveIntegerField(default=0)),
                ("exposed", models.BooleanField(default=False)),
                ("caught", models.CharField(blank=True, max_length=300)),
                (
                    "advisory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="concerns", to="advisories.advisory"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["organisation"], name="advisory_concern_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("advisory", "organisation"), name="advisory_concern_once")
                ],
            },
        ),
    ]
