import django.db.models.deletion
from django.db import migrations, models


STATES = [
    ("open", "Not remediated"), ("in_progress", "In progress"), ("done", "Done"), ("not_affected", "Not affected"),
    ("accepted", "Risk accepted"), ("lapsed", "Lapsed"),
]  # fmt: skip
MAILS = [
    ("at_once", "At once"), ("reminder", "Reminder"), ("digest", "Digest of the day"), ("weekly", "Weekly overview"),
    ("over", "Advisory withdrawn"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("advisories", "0004_products")]

    operations = [
        migrations.AddField(model_name="provider", name="passes_on", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="warned",
            name="document",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="advisories.document",
            ),
        ),
        migrations.AlterField(
            model_name="anew",
            name="alias",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="advisories.alias"
            ),
        ),
        migrations.AlterField("assessment", "verdict", models.CharField(blank=True, choices=STATES, max_length=12)),
        migrations.AlterField("handled", "status", models.CharField(choices=STATES, max_length=12)),
        migrations.AlterField("mail", "kind", models.CharField(choices=MAILS, max_length=8)),
        migrations.AlterField("warned", "state", models.CharField(choices=STATES, default="open", max_length=12)),
    ]  # fmt: skip
