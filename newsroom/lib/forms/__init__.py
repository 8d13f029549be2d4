"""Form fields that Django lacks, none of which needs JavaScript."""

from newsroom.lib.forms.moment import MomentField
from newsroom.lib.forms.named import NamedField
from newsroom.lib.forms.rows import RowsField

__all__ = ["MomentField", "NamedField", "RowsField"]
