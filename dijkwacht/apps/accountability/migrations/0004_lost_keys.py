from django.db import migrations, models

from dijkwacht.apps.accountability import triggers


def take_off(apps, editor):
    """SQLite makes a table anew to add a constraint, and forgets the lock on it; so it is put on again after."""
    triggers.remove(editor.connection)


def put_on(apps, editor):
    triggers.install(editor.connection)


def put_on_as_it_was(apps, editor):
    triggers.install_first(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accountability", "0003_remark")]

    operations = [
        migrations.RunPython(take_off, put_on_as_it_was),
        migrations.AddField("signingkey", "lost_from", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("signingkey", "lost_act", models.PositiveBigIntegerField(blank=True, null=True)),
        migrations.AddConstraint(
            "signingkey",
            models.CheckConstraint(
                condition=models.Q(("lost_act__isnull", True), ("lost_from__isnull", True))
                | models.Q(
                    ("lost_act__isnull", False), ("until__isnull", False), ("why__in", ("rotated", "retired"))
                ),
                name="signing_key_lost_by_an_act",
            ),
        ),
        migrations.RunPython(put_on, take_off),
    ]
