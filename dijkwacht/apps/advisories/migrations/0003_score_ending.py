from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("advisories", "0002_bytes")]

    operations = [
        migrations.AddField(
            model_name="advisory",
            name="score",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="told",
            name="purl",
            field=models.CharField(blank=True, default="", max_length=510),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="told",
            name="cpe",
            field=models.CharField(blank=True, default="", max_length=510),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="mail",
            name="ending",
            field=models.JSONField(default=list),
        ),
    ]
