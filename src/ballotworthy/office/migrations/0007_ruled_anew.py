from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0006_sessions"),
    ]

    operations = [
        migrations.AddField(
            model_name="lease",
            name="why",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]
