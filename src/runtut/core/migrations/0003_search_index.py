from django.db import migrations

from runtut.core.search.tables import index_operations


class Migration(migrations.Migration):
    """The index of the terms beside the entries."""

    dependencies = [("core", "0002_append_only")]

    operations = [*index_operations()]
