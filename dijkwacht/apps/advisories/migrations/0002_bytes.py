from django.db import migrations

from dijkwacht.apps.advisories import collation


def compare_bytes(apps, editor):
    collation.compare_bytes(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("advisories", "0001_initial")]

    operations = [migrations.RunPython(compare_bytes, migrations.RunPython.noop)]
