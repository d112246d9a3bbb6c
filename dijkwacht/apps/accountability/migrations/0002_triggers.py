from django.db import migrations

from dijkwacht.apps.accountability import triggers


def install(apps, editor):
    triggers.install_first(editor.connection)


def remove(apps, editor):
    triggers.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accountability", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
