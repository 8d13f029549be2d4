"""Cuts the three web fonts from their source files; README.md says where those come from.

    PYTHONHASHSEED=0 python build.py SOURCE_DIRECTORY    (the same bytes each time)

Prints the sizes, and the @font-face lines that make the fallback faces take the same room.
"""

import io
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont
from fontTools.varLib.iup import iup_delta_optimize

HERE = Path(__file__).resolve().parent
TEXT = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "\u00a0\u2009\u202f¡§©«°·»¿×÷£€½¼¾²³–—‘’‚“”„†‡•…′″‹›−™←→↑↓"
    + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    + "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŸŹźŻżŽžȘșȚț"
)
FEATURES = ["kern", "liga", "locl", "ccmp", "onum", "pnum", "tnum"]
ENGLISH = "etaoinshrdlucmfwygpbvk" + " " * 4  # letters by use, for the average width


def subset(source: Path, axes: dict[str, float | tuple[float, float, float]]) -> TTFont:
    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 13, 14])
    cutter = Subsetter(options)
    cutter.populate(text=TEXT)
    cutter.subset(font)
    return reopen(instantiateVariableFont(reopen(font), axes))


def reopen(font: TTFont) -> TTFont:
    buffer = io.BytesIO()
    font.save(buffer)
    buffer.seek(0)
    return TTFont(buffer, recalcTimestamp=False)


def prune_kerning(font: TTFont, least: float) -> None:
    """Leave out single pairs below `least` em, for accented letters below twice that."""
    plain = {font.getBestCmap()[code] for code in range(0x20, 0x7F)}
    unit = least * font["head"].unitsPerEm
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if table.LookupType == 2 and table.Format == 1:
                for first, pairs in zip(table.Coverage.glyphs, table.PairSet, strict=True):
                    pairs.PairValueRecord = [
                        pair
                        for pair in pairs.PairValueRecord
                        if abs(pair.Value1.XAdvance)
                        >= (unit if {first, pair.SecondGlyph} <= plain else 2 * unit)
                    ]


def round_deltas(font: TTFont) -> None:
    """Let points follow their neighbours where that is less than a thousandth of an em off."""
    for glyph, deltas in font["gvar"].variations.items():
        points, shape = font["glyf"]._getCoordinatesAndControls(  # noqa: SLF001  its only way
            glyph, font["hmtx"].metrics
        )
        for delta in deltas:
            delta.calcInferredDeltas(points, shape.endPts)
            delta.coordinates = iup_delta_optimize(
                delta.coordinates, points, shape.endPts, tolerance=1
            )
            delta.roundDeltas()


def drop_corner(font: TTFont) -> None:
    """Leave out the extra design of heavy display cuts: weight and size simply add up."""
    for glyph, deltas in font["gvar"].variations.items():
        font["gvar"].variations[glyph] = [d for d in deltas if len(d.axes) < 2]
    del font["HVAR"]  # the widths follow from the outlines


def build(name: str, source: Path, axes: dict, *, least_kern: float, kerned_at: dict) -> None:
    font = subset(source, axes)
    if "opsz" in axes and "gvar" in font:  # one set of kerning pairs for all sizes and weights
        still = subset(source, kerned_at)
        font["GPOS"], font["GDEF"] = still["GPOS"], still["GDEF"]
        font["GPOS"].ensureDecompiled()
        drop_corner(font)
    prune_kerning(font, least_kern)
    scale_upem(font, 1000)
    if "gvar" in font:
        round_deltas(font)
    font.flavor = "woff2"
    font.save(HERE / name)
    print(f"{name}: {(HERE / name).stat().st_size:,} bytes")


def width(font: TTFont) -> float:
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    total = sum(metrics[cmap[ord(letter)]][0] for letter in ENGLISH)
    return total / len(ENGLISH) / font["head"].unitsPerEm


def print_fallback(name: str, font: TTFont, local: Path) -> None:
    """How the reader's own font must be scaled to take the room of ours."""
    adjust = width(font) / width(TTFont(local))
    hhea, em = font["hhea"], font["head"].unitsPerEm
    up, down = (value / em / adjust for value in (hhea.ascent, -hhea.descent))
    print(f"{name}: size-adjust: {adjust:.1%}; ascent-override: {up:.1%}; ", end="")
    print(f"descent-override: {down:.1%}; line-gap-override: 0%")


def main(sources: Path) -> None:
    serif = sources / "Newsreader[opsz,wght].ttf"
    text, display = {"wght": 400, "opsz": 18}, {"wght": 500, "opsz": 72}
    both = {"wght": (400, 400, 700), "opsz": (18, 18, 72)}
    middle = {"wght": 400, "opsz": 24}
    build("newsreader.woff2", serif, both, least_kern=0.012, kerned_at=middle)
    italic = sources / "Newsreader-Italic[opsz,wght].ttf"
    build("newsreader-italic.woff2", italic, text, least_kern=0.025, kerned_at=text)
    sans = sources / "LibreFranklin[wght].ttf"
    build("libre-franklin.woff2", sans, {"wght": (400, 400, 700)}, least_kern=0.01, kerned_at={})

    local = Path("/usr/share/fonts/truetype/liberation")  # the metrics of Times and Arial
    print_fallback("text", subset(serif, text), local / "LiberationSerif-Regular.ttf")
    print_fallback("italic", subset(italic, text), local / "LiberationSerif-Italic.ttf")
    print_fallback("display", subset(serif, display), local / "LiberationSerif-Regular.ttf")
    print_fallback("sans", subset(sans, {"wght": 400}), local / "LiberationSans-Regular.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
