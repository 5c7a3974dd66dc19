from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0010_went_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="keys",
            field=models.JSONField(default=dict),
        ),
    ]
