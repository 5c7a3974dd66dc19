import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0007_ruled_anew"),
    ]

    operations = [
        migrations.AddField(
            model_name="lease",
            name="answers",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="TakenBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                ),
                ("held", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="office.heldcase")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("held", "line"), name="taken_back_once")],
            },
        ),
    ]
