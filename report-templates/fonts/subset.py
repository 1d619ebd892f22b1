"""Makes the web fonts `bilan-sans-*.woff2` out of Source Sans 3: Latin letters and the signs of the report, under another name.

The licence (OFL.txt) reserves the name "Source" for unmodified files; a subset is a modified file.
Run in this folder: pip install fonttools==4.68.0 brotli==1.2.1 && python3 subset.py
"""

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Bilan Sans"
FILES = {"Regular": "SourceSans3_400Regular", "SemiBold": "SourceSans3_600SemiBold", "Bold": "SourceSans3_700Bold"}
SIGNS = "\u02b3\u02e2\u1d49\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2026\u202f\u2032\u2033\u20ac\u2190\u2192\u2212\u2248\u2260\u2264\u2265"
CHARACTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, SIGNS)]

for weight, file in FILES.items():
    font = TTFont(f"{file}.ttf", recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.hinting = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    names = {1: FAMILY, 2: weight, 3: f"{FAMILY} {weight}, subset", 4: f"{FAMILY} {weight}", 6: f"BilanSans-{weight}", 16: FAMILY, 17: weight}
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())
    font.flavor = "woff2"
    font.save(f"bilan-sans-{weight.lower()}.woff2")
