"""Columns that no class list needs: special categories of personal data, and the BSN.

Health, ethnic origin, religion, sexual orientation, political views, trade unions
and convictions are dropped by their heading; a citizen service number (BSN) also
by its check digit. Gender is none of these: groups may be balanced on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.rosters.heading_vocabulary import spaced

_SPECIAL = re.compile(
    "|".join(
        (
            # health
            r"\bdysl(?:exi|ect)|\bdyscalc|\badhd\b|\bautis|\basperger|\bneurodiver|\bhandicap",
            r"\b(?:functie)?beperking(?!en in)\b|\bdisab(?:ility|ilities|led)|\bimpairment",
            r"\bmedisch|\bmedical|\bmedicatie|\bmedication|\bdiagnos(?:e|es|is)\b|\ballerg|\bchronisch|\bchronic",
            r"\bgezondheid(?!s?zorg|swetens|skunde)|\bhealth(?! ?care| science| stud| manag)",
            r"\bziekte(?!verzuim)|\billness|\bdisease|\bpsych(?:isch|iatr)|\bmentale gezondheid",
            r"\bzwanger|\bpregnan|\brolstoel|\bwheelchair|\bdieet|\bdietary|\bbloedgroep|\bblood type",
            r"\b(?:toets|examen|studie)voorziening|\bextra (?:toets|examen|exam|test) ?(?:tijd|time)\b",
            r"\brecht op extra tijd|\bspecial (?:educational )?needs|\bfysieke klacht",
            r"\bgeneti(?:c|sch)|\bbiometri",
            # origin
            r"\betnis|\betnic|\bethnic|\bras\b|\brace\b|\bhuidskleur|\bskin colou?r|\bafkomst|^herkomst$",
            r"\bmigratieachtergrond|\bmigration background|\bnationalit|\bcitizenship|\ballochto",
            r"\bgeboorteland|\bland van (?:herkomst|geboorte)|\bcountry of (?:birth|origin)|\bbirth country",
            r"\bvluchteling|\brefugee|\bminorit(?:y|ies|eit)|\bminderhe(?:id|den)\w*|\burm\b",
            r"\bunder ?represented|\bondervertegenwoordig",
            # belief and opinion
            r"\breligi(?:e|eus|euze|on|ons|ous)?\b|^geloof\b(?! dat| ik| je| in )|\bgeloofs|\bfaith\b",
            r"\b(?:je|jouw|uw|mijn|welk) geloof\b|\blevensbeschouw|\blevensovertuiging|\bkerkelijk",
            r"\bpoliti(?:ek|cal|cs)\w* (?:voorkeur|overtuiging|kleur|partij|gezindheid|opvatting)",
            r"\bpolitical (?:preference|view|affiliation|opinion|party)|\bvakbond",
            r"\btrade union|\bunion member",
            # life and law
            r"\bseksue(?:e)?l|\bsexual|\bseksualiteit|\bgeaardheid|\blhbt|\blgbt|\btransgender",
            r"\bstrafblad|\bcriminal record",
        )
    )
)
_BSN = re.compile(
    r"\bbsn(?:nummer|nr)?\b|\bburger ?service ?n(?:umme)?r|\bsofi ?(?:n(?:umme)?r)?\b|\bcitizen service n"
    r"|\bsocial security|\bssn\b|\bonderwijs(?:nummer|nr)\b|\bpersoonsgebonden n|\bpgn\b|\bpassport n"
    r"|\bpaspoortn|\bnational id\b|\brijksregister"
)
_LONGEST_HEADING = 1_000  # letters that are looked at
_NINE = re.compile(r"\d{8,9}", re.ASCII)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
# One number in eleven passes by chance: five of five leave little doubt.
_ENOUGH = 5


def is_special(heading: str) -> bool:
    """Whether a heading asks for a special category of personal data."""
    return _SPECIAL.search(spaced(heading[:_LONGEST_HEADING])) is not None


def is_bsn_heading(heading: str) -> bool:
    """Whether a heading says that the column holds the BSN or a number like it."""
    return _BSN.search(spaced(heading[:_LONGEST_HEADING])) is not None


def are_bsn(cells: Sequence[str]) -> bool:
    """Whether the cells of a column are BSNs: nine digits each, and all pass the 11-test."""
    once = set(filter(None, cells))
    if len(once) < _ENOUGH:  # the few answers of most columns
        return False
    digits = [cell.replace(".", "").replace(" ", "") for cell in cells if cell]
    return (
        len(set(digits)) >= _ENOUGH
        and all(_NINE.fullmatch(number) for number in digits)
        and sum(len(number) == 9 for number in digits) * 2 > len(digits)
        and all(passes_eleven_test(number.zfill(9)) for number in digits)
    )


def passes_eleven_test(digits: str) -> bool:
    """Whether nine digits pass the check of the BSN."""
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
