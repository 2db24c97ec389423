"""Uploads that wait in the database, where every web process and machine of the portal finds them."""

from uuid import uuid4

from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Now


class StoredUpload(models.Model):
    """An uploaded file between its preview and its confirmation; it is no record and has no history."""

    token = models.UUIDField(primary_key=True, default=uuid4)
    account = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=200)  # the model that its rows are of
    name = models.TextField()
    data = models.BinaryField()
    fingerprint = models.TextField()  # of the preview
    stored_at = models.DateTimeField(db_default=Now())  # by the clock of the database, which all machines share

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name
