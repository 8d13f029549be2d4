"""What a photo's form was sent besides its fields: a file, and a credit line to take apart."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.files import File
from django.http import QueryDict

from articles.credit_lines import files, parse
from newsroom.lib import kept, metadata, pictures
from newsroom.lib.whole_files import is_full

NOT_KEPT = (
    "The picture that you had chosen is no longer kept; perhaps it is in the library already. "
    "If not, choose it again."
)
NO_ROOM = (
    "The disk of this site is full, so the picture could not be stored. Nothing else is lost: tell "
    "whoever runs the site, and send it again then."
)


@dataclass
class Intake:
    """What was found out, by the names of fields.

    `filled`: where nothing was typed; `left`: what a line says where something else was.
    """

    data: QueryDict = field(default_factory=QueryDict)
    upload: File | None = None  # a picture that we take
    refusal: str = ""
    filled: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)

    @property
    def ticket(self) -> str:
        return str(self.data.get("kept", ""))


def take_in(data: QueryDict, sent: Mapping[str, Any], names: Iterable[str], *, by: int) -> Intake:
    """What was typed and sent; a file is kept, so that a form with errors need not have it again.

    names: of the fields that may be filled. A line that was typed says more than the file.
    """
    intake = Intake(data.copy())
    found = line = read_line(intake.data)
    if file := sent.get("original"):
        found = take_file(intake, file, by) | found
    elif intake.ticket:
        fetch(intake, by)
    for name in names:
        if found.get(name) and not str(intake.data.get(name, "")).strip():
            intake.data[name] = intake.filled[name] = found[name]
    has = {name: " ".join(str(intake.data.get(name, "")).split()) for name in line}
    intake.left = {name: text for name, text in line.items() if has[name] != " ".join(text.split())}
    return intake


def read_line(data: QueryDict) -> dict[str, str]:
    """The parts of a line that has not been read before; what is corrected then stays so."""
    line = str(data.get("credit_line", ""))
    flat = " ".join(line.split())
    is_new = flat != data.get("credit_read", "")
    data["credit_read"] = flat
    return {name: text for name, text in asdict(parse(line)).items() if text} if is_new else {}


def take_file(intake: Intake, file: File, by: int) -> dict[str, str]:
    """Keep `file` if it is a picture that we take; what it says of itself."""
    try:
        pictures.accept(file, file.name or "", file.size)
    except pictures.Refused as error:
        intake.refusal = str(error)
        return {}
    said = metadata.read(file)
    try:
        intake.data["kept"] = kept.keep(file, by=by)
    except OSError as error:
        if not is_full(error):
            raise
        intake.refusal = NO_ROOM
        return {}
    fetch(intake, by)
    return files.parts(said)


def fetch(intake: Intake, by: int) -> None:
    intake.upload = kept.kept(intake.ticket, by=by)
    if intake.upload is None:
        intake.refusal, intake.data["kept"] = NOT_KEPT, ""
