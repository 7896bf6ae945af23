from django.db import migrations

from runtut.core.append_only import append_only_triggers


class Migration(migrations.Migration):
    """The audit trail only grows."""

    dependencies = [("core", "0001_initial")]

    operations = [*append_only_triggers("core_auditentry")]
