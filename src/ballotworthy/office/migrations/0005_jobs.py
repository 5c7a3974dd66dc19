import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def jobs_of_bulk_acts(apps, _schema_editor):
    """Give every bulk act that was begun the job that it is now; one that ran goes on."""
    acts, jobs = apps.get_model("office", "Bulk"), apps.get_model("office", "Job")
    for bulk in acts.objects.exclude(state="drafted"):
        bulk.job = jobs.objects.create(
            held=bulk.held, account=bulk.account, kind="bulk", at=bulk.at, ended=bulk.ended, told=bulk.told,
            state="waiting" if bulk.state == "running" else bulk.state, status=409 if bulk.state == "refused" else 0,
        )  # fmt: skip
        bulk.save(update_fields=["job"])


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0004_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("said", models.JSONField(default=dict)),
                ("state", models.CharField(db_index=True, default="waiting", max_length=10)),
                ("worker", models.CharField(blank=True, max_length=40)),
                ("until", models.DateTimeField(null=True)),
                ("stage", models.CharField(blank=True, max_length=80)),
                ("cursor", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("told", models.TextField(blank=True)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("held", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="office.heldcase")),
            ],
        ),
        migrations.AddField(
            model_name="bulk",
            name="job",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to="office.job"),
        ),
        migrations.RunPython(jobs_of_bulk_acts, migrations.RunPython.noop),
        migrations.RemoveField(model_name="bulk", name="state"),
        migrations.RemoveField(model_name="bulk", name="told"),
        migrations.RemoveField(model_name="bulk", name="ended"),
    ]
