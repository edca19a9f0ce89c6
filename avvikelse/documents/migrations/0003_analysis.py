from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_locked")]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="document_sort_known"),
        migrations.AlterField(
            model_name="document",
            name="sort",
            field=models.CharField(
                choices=[("investigation", "Utredning"), ("analysis", "Händelseanalys")], max_length=20
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("sort__in", ["investigation", "analysis"])), name="document_sort_known"
            ),
        ),
    ]
