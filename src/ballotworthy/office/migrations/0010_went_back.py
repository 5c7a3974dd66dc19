import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0009_records"),
    ]

    operations = [
        migrations.CreateModel(
            name="WentBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=40)),
                ("why", models.CharField(max_length=20)),
                ("lines", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                ),
                ("held", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="office.heldcase")),
            ],
        ),
    ]
