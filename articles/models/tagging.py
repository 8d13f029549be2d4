"""Other names of tags, and tags that became one."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower

from articles.models.searched_text import NameWords
from articles.models.taxonomy import Tag


class TagAliasQuerySet(models.QuerySet["TagAlias"]):
    def named(self, names: Iterable[str]) -> "TagAliasQuerySet":
        """Those with one of these names, whatever their capitals."""
        folded = [Lower(Value(name)) for name in names]
        return self.alias(folded=Lower("name")).filter(folded__in=folded)

    def resolved(self, names: list[str]) -> list[str]:
        """`names` with tags' own names for their aliases, each once, in order; 1 query."""
        found = self.named(names).select_related("tag") if names else []
        own = {alias.name.casefold(): alias.tag.name for alias in found}
        chosen: dict[str, str] = {}
        for name in names:
            resolved = own.get(name.casefold(), name)
            chosen.setdefault(resolved.casefold(), resolved)
        return list(chosen.values())

    def objection(self, names: list[str], tag: Tag) -> str:
        """Why `tag` cannot have these names, "" if it can; 2 queries."""
        folded = [Lower(Value(name)) for name in names]
        tags = Tag.objects.alias(folded=Lower("name")).filter(folded__in=folded)
        for other in tags.exclude(pk=tag.pk):
            advice = "; merge the two instead" if tag.pk else ""
            return f"“{other.name}” is a tag already{advice}."
        for alias in self.named(names).exclude(tag=tag.pk).select_related("tag"):
            return f"“{alias.name}” means the tag “{alias.tag.name}” already."
        return ""


class TagAlias(models.Model):
    """Another name of a tag: whoever types it means the tag. A tag's own name comes first."""

    name = models.CharField(max_length=100)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="aliases")

    objects = TagAliasQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        default_permissions = ()
        verbose_name_plural = "tag aliases"
        indexes = [GinIndex(NameWords("name"), name="articles_tagalias_words")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="articles_tagalias_name_ci_unique",
                violation_error_message="This is another name of a tag already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TagMerge(models.Model):
    """A tag that became part of another one, with all that it takes to part them again.

    kept: what the tag was and what was moved, as `services.tagging.merging` writes it.
    """

    name = models.CharField(max_length=100, help_text="Of the tag that is gone.")
    into = models.ForeignKey(Tag, on_delete=models.DO_NOTHING, db_constraint=False)
    into_name = models.CharField(max_length=100)
    n_pieces = models.PositiveIntegerField()
    kept = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()
        verbose_name = "merge of tags"
        verbose_name_plural = "merges of tags"

    def __str__(self) -> str:
        return f"{self.name} → {self.into_name}"
