"""The photo library for other screens: a chooser with an upload, and what its forms ask for."""

from dataclasses import asdict, fields
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from articles import photos, renditions
from articles.credit_lines import Credit, parse
from articles.forms import PhotoForm
from articles.forms.photo import READ, UploadForm
from articles.models import Photo
from newsroom.lib import kept
from newsroom.lib.lists import CappedPaginator
from newsroom.lib.meeting import MeetingAdmin
from newsroom.models import User

N_CHOICES = 24


class PhotoChooser(MeetingAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("choose/", wrap(self.choose), name="articles_photo_choose"),
            path("credit/", wrap(self.parts_of_credit), name="articles_photo_credit"),
            path("kept/<str:ticket>/", wrap(self.kept_picture), name="articles_photo_kept"),
            path("<int:pk>/thumbnail/", wrap(self.thumbnail), name="articles_photo_thumbnail"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def thumbnail(self, request: HttpRequest, pk: int) -> HttpResponseRedirect:
        """The picture of a photo known by its id alone, as it stands in a body."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(photos.whole(get_object_or_404(Photo, pk=pk)))

    @method_decorator(require_POST)
    def parts_of_credit(self, request: HttpRequest) -> HttpResponse:
        """The parts of a `line`, or of what is typed in their fields, and the line of them."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        parts = {part.name: request.POST.get(part.name, "") for part in fields(Credit)}
        credit = parse(request.POST["line"]) if "line" in request.POST else Credit(**parts)
        return JsonResponse({**asdict(credit), "credit": str(credit)})

    @method_decorator(require_safe)
    def kept_picture(self, request: HttpRequest, ticket: str) -> HttpResponse:
        """A picture that waits for its form, for those alone who have chosen it."""
        file = kept.kept(ticket, by=user_of(request).pk)
        if not self.has_add_permission(request) or file is None:
            raise Http404
        return HttpResponse(renditions.safe_copy(file), content_type="image/jpeg")

    def choose(self, request: HttpRequest) -> HttpResponse:
        """What the chooser's dialog shows: a search, pictures to pick, a form to upload one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.upload(request)
        return self.chooser(request, self.upload_form(request))

    def upload(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.upload_form(request)
        if not form.is_valid():
            return self.chooser(request, form, status=200 if READ in form.data else 422)
        photo = form.save(commit=False)
        try:
            self.save_model(request, photo, form, change=False)
            self.log_addition(request, photo, "Uploaded")
        except photos.Stored as stored:  # by the same button, pressed twice
            photo = stored.photo
        return self.chooser(request, type(form)(), chosen=photo.pk)

    def upload_form(self, request: HttpRequest) -> PhotoForm:
        is_post = request.method == "POST"
        form: type[PhotoForm] = type("DeskUploadForm", (UploadForm,), {"user": request.user})
        return form(request.POST, request.FILES) if is_post else form()

    def chooser(
        self, request: HttpRequest, form: PhotoForm, *, chosen: int = 0, status: int = 200
    ) -> HttpResponse:
        term = request.GET.get("q", "").replace("\x00", "")
        paginator = CappedPaginator(Photo.objects.search(term), N_CHOICES)
        context = {
            **self.admin_site.each_context(request),
            "title": "Photo library",
            "chosen": chosen,
            "form": form,
            "may_add": self.has_add_permission(request),
            "picture": kept_address(form),
            "page": paginator.get_page(request.GET.get("page")),
            "term": term,
        }
        return render(request, "admin/articles/photo/choose.html", context, status=status)

    def save_model(self, request: HttpRequest, obj: Photo, form: PhotoForm, change: bool) -> None:
        if not change:
            obj.uploaded_by = user_of(request)
        if form.upload:
            photos.store(obj, form.upload, ticket=form.intake.ticket)
            transaction.on_commit(lambda: kept.drop(form.intake.ticket))
        elif {"focal_x", "focal_y"} & set(form.changed):
            photos.recut(obj)
        else:
            photos.describe(obj, form.changed)


def kept_address(form: PhotoForm) -> str:
    """Where the picture is shown that the form has, if it has one that is not saved yet."""
    return reverse("admin:articles_photo_kept", args=[form.intake.ticket]) if form.upload else ""


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)  # admin_view lets nobody else in
