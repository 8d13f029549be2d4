from django import forms
from django.core.exceptions import ValidationError

from articles.models import Spelling
from articles.search.spellings import Spellings, words_of

MOST = 12  # spellings of a name; a search asks for each
LONGEST = 100


class SpellingForm(forms.ModelForm):
    class Meta:
        model = Spelling
        fields = ["forms"]
        widgets = {"forms": forms.Textarea({"rows": 6})}

    def clean_forms(self) -> str:
        """Each spelling once, as search sees it, and in no other list."""
        typed = [" ".join(line.split()) for line in self.cleaned_data["forms"].splitlines()]
        lines = {tuple(words): line for line in reversed(typed) if (words := words_of(line))}
        if len(lines) < 2:
            raise ValidationError("Two different spellings make a name of several.")
        if len(lines) > MOST or max(map(len, lines.values())) > LONGEST:
            raise ValidationError(f"At most {MOST} spellings, of {LONGEST} characters each.")
        others = Spellings(row.lines for row in Spelling.objects.exclude(pk=self.instance.pk))
        for key, line in lines.items():
            if listed := others.of(key):
                raise ValidationError(f"“{line}” is listed already, with {', '.join(listed)}.")
        return "\n".join(reversed(lines.values()))
