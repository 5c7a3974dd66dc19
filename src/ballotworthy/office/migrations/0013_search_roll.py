from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0012_second_looks"),
    ]

    operations = [
        migrations.AddField(
            model_name="search",
            name="roll",
            field=models.CharField(default="", max_length=64),
        ),
    ]
