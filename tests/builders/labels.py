"""Words that put a label on people: nowhere in what anybody reads."""

from __future__ import annotations

LABELS = (
    r"zwak(ke|ker|kere|ste|keling)?",
    r"weak(er|est|ness|ling)?",
    r"minderhe(id|den)",
    r"minorit(y|ies)",
    r"proble(e)?m[ -]?(leerling|student|kind|geval)\w*",
    r"achterstand\w*",
    r"achterblijver\w*",
    r"disadvantaged",
    r"underperform\w*",
    r"low[ -]performer\w*",
    r"at[ -]risk",
    r"risico(student|leerling)\w*",
    r"kansarm\w*",
    r"allochto\w*",
    r"autochto\w*",
    r"dom(me|mer|ste)?",
    r"stupid",
    r"lui(e)?",
    r"lazy",
    r"moeilijke (student|leerling)\w*",
    r"difficult student\w*",
    r"struggling",
    r"uitvaller\w*",
    r"outsider\w*",
    r"buitenbeentje\w*",
)
