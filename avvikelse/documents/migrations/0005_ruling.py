from django.db import migrations, models

SORTS = [
    ("investigation", "Utredning"),
    ("analysis", "Händelseanalys"),
    ("ruling", "Beslut"),
    ("delegated", "Delegationsbeslut"),
    ("notice", "Anmälan till IVO"),
    ("reply", "Svar till IVO"),
    ("remedy", "Återrapportering till IVO"),
]


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_delegated")]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="document_sort_known"),
        migrations.AlterField(model_name="document", name="sort", field=models.CharField(choices=SORTS, max_length=20)),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("sort__in", [value for value, _ in SORTS])), name="document_sort_known"
            ),
        ),
    ]
