import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("advisories", "0003_score_ending"), ("people", "0004_share_framework")]

    operations = [
        migrations.AddField(model_name="line", name="key", field=models.CharField(blank=True, max_length=510)),
        migrations.AddIndex(
            model_name="line", index=models.Index(fields=["organisation", "key"], name="advisory_line_key")
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=510)),
                ("name", models.CharField(max_length=610)),
                (
                    "stated",
                    models.CharField(
                        choices=[("present", "In use"), ("planned", "Not in use yet"), ("absent", "Not in use")],
                        max_length=7,
                    ),
                ),
                ("has_version", models.BooleanField()),
                ("as_of", models.DateField()),
                ("exposed", models.BooleanField(blank=True, null=True)),
                ("differs", models.BooleanField()),
                ("texts", models.TextField(blank=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "indexes": [models.Index(fields=["organisation", "stated", "name"], name="advisory_product_page")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "key"), name="advisory_product_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Anew",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "alias",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="advisories.alias"
                    ),
                ),
                (
                    "advisory",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+",
                        to="advisories.advisory",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
    ]  # fmt: skip
