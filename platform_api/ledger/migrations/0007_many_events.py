"""An entry of a batch has more events than a small integer counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_event_append_only")]

    operations = [
        migrations.AlterField(
            model_name="event", name="ordinal", field=models.PositiveIntegerField()
        ),
    ]
