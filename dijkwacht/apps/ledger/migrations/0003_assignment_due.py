"""Before which day something is asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, empty for what was asked before."""

    dependencies = [("ledger", "0002_triggers")]

    operations = [
        migrations.AddField(model_name="assignment", name="due", field=models.DateField(blank=True, null=True)),
    ]
