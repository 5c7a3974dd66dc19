import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0008_claims"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "held_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("line", models.BinaryField()),
                (
                    "held",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="office.heldcase"
                    ),
                ),
            ],
        ),
    ]
