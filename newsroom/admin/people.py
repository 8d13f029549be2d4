"""Accounts and roles: who may do what."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, Permission
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from newsroom.lib.meeting import MeetingAdmin
from newsroom.models import User

admin.site.unregister(Group)
PERSON = ("first_name", "last_name", "email")
ACCESS = ("is_active", "is_staff", "groups")


class NewUserForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User


@admin.register(User)
class UserAdmin(MeetingAdmin, DjangoUserAdmin):
    """Nobody gives away more than they have: see `roles_within`."""

    add_form = NewUserForm
    add_form_template = None
    actions = None
    list_display = ["username", "full_name", "roles", "email", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    show_full_result_count = False
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": PERSON}),
        ("Access", {"fields": ACCESS}),
    ]
    superuser_fieldsets = [
        *fieldsets,
        ("Beyond roles", {"fields": ["is_superuser", "user_permissions"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "password1", "password2"]}),
        ("Person", {"fields": PERSON}),
        ("Access", {"fields": ["groups"]}),
    ]

    @admin.display(description="name", ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join([*(["superuser"] if user.is_superuser else []), *names])

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj and request.user.is_superuser:
            return self.superuser_fieldsets
        return super().get_fieldsets(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts that may do more than one's own are out of reach."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or outranks(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts are switched off, so that what they did keeps a name."""
        return bool(request.user.is_superuser and super().has_delete_permission(request, obj))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"queryset": roles_within(request.user), "label": "Roles"}
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True  # readers have no account
        super().save_model(request, obj, form, change)


def roles_within(user: Any) -> QuerySet[Group]:
    """The roles whose every permission `user` has."""
    if user.is_superuser:
        return Group.objects.order_by("name")
    mine = Permission.objects.filter(Q(group__user=user) | Q(user=user))
    beyond = Permission.objects.exclude(pk__in=mine)
    return Group.objects.exclude(permissions__in=beyond).order_by("name")


def outranks(user: Any, other: User) -> bool:
    """Whether `other` may do nothing that `user` may not."""
    if user.is_superuser:
        return True
    return not other.is_superuser and other.get_all_permissions() <= user.get_all_permissions()


@admin.register(Group)
class RoleAdmin(MeetingAdmin, GroupAdmin):
    """What each role may do: to read for those who give roles, to change for superusers."""

    actions = None
    filter_horizontal = []
    list_display = ["name", "n_people"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        found: QuerySet[Group] = super().get_queryset(request)
        return found.annotate(n_people=Count("user"))

    @admin.display(description="people")
    def n_people(self, group: Any) -> int:
        return int(group.n_people)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("newsroom.change_user"))

    def has_view_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return bool(request.user.has_perm("newsroom.change_user"))
