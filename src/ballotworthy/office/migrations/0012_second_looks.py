from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0011_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="heldcase",
            name="second_kinds",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="heldcase",
            name="lot_alone",
            field=models.BooleanField(default=True),
        ),
    ]
