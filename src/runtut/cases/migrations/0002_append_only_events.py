from django.db import migrations

from runtut.core.append_only import append_only_triggers


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [*append_only_triggers("cases_caseevent")]
