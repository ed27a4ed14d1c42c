from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="GrantEnd",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("object_type", models.CharField(max_length=100)),
                ("object_id", models.UUIDField()),
                ("group_id", models.IntegerField()),
                ("ends_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["ends_at"], name="events_grantend_due")],
            },
        ),
    ]
