"""A migration that only makes new tables, made at once: Django would build all models anew for each of them."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from django.db.models import Model

OF_A_TABLE = (migrations.AddField, migrations.AddConstraint, migrations.AddIndex)


class Creating(migrations.Migration):
    """The same as a plain migration where anything but new tables is in it, and for whoever wants to see the SQL.

    Making the tables of a room one by one took minutes: each reloads every model that hangs together with it, which is all.
    `tests/test_migrations.py` holds the outcome against the models.
    """

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Makes the tables; the state after it, as any migration."""
        made = [each.name for each in self.operations if isinstance(each, migrations.CreateModel)]
        if collect_sql or not all(_of(each, made) for each in self.operations):
            return super().apply(project_state, schema_editor, collect_sql)
        project_state.__dict__.pop("apps", None)  # nothing is reloaded before all of it is known
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for name in made:
            model: type[Model] = project_state.apps.get_model(self.app_label, name)
            schema_editor.create_model(model)
        return project_state


def _of(operation: Any, made: list[str]) -> bool:
    """Whether an operation makes a table, or adds to one that is made here."""
    if isinstance(operation, migrations.CreateModel):
        return not operation.options.get("proxy") and operation.options.get("managed", True)
    return isinstance(operation, OF_A_TABLE) and operation.model_name.lower() in {each.lower() for each in made}
