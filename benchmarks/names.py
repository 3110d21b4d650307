"""Names to draw invented people from; no combination is meant to be anybody."""

from __future__ import annotations

_FIRST = {
    "v": """
        Noor Sanne Fleur Anouk Femke Lotte Maud Roos Esmée Renée Zoë Chloë Marijke Sietske Jildou Hanneke
        Fatima Samira Naima Yasmina Elif Zeynep Merve Priya Shanti Anjali Mei Lin Agnieszka Zofia Kasia
        Ama Efua Shanice Gwendolyn Ayşe Inés Lucía Danique Britt
    """,
    "m": """
        Sem Daan Bram Thijs Lars Joost Gijs Stijn Sjoerd Wiebe Tjeerd André Noël René Björn Jurriën
        Youssef Bilal Hamza Mohamed Emre Mehmet Kaan Rohan Ravi Vikash Wei Jun Piotr Łukasz Kwame Kofi
        Jermaine Rafaël Mateus José Dirk Ruben Ali Tariq
    """,
    "x": "Robin Sam Charlie Jip Noa Kim Bo Puck Alex Sascha Quinn Rowan",
}
_PLAIN = """
    Jansen, Bakker, Visser, Smit, Mulder, Bosch, Peeters, Hendriks, Dekker, Brouwer, Kuipers, Wolters,
    Postma, Hoekstra, Dijkstra, Terpstra, Sijtsma, Boersma, Müller, Crèvecoeur, Geluk-Bleumink,
    Yıldız, Öztürk, Çelik, Kaya, Demir, El Amrani, Bouazza, Benali, Ouali, Haddou,
    Ramdin, Jaglal, Soekhoe, Bhagwandin, Pinas, Kartosen, Martina, Croes, Wernet,
    Nowak, Wójcik, Kowalczyk, Chen, Huang, Nguyễn, Tran, Mensah, Owusu, Boateng,
    da Silva, García Moreno, Fernandes, Siahaya, Pattiasina, Rahman, Karimi, O'Brien, D'Hondt
"""
_WITH_INFIX = """
    van den|Berg, van der|Veen, van|Dijk, de|Vries, de|Wit, de|Groot, van 't|Hof, van der|Linden, ter|Horst,
    ten|Broek, van de|Ven, op den|Kamp, in 't|Veld, van|Leeuwen, den|Hartog, la|Fontaine
"""

# By the letters of a Gender column.
FIRST_NAMES = {gender: tuple(names.split()) for gender, names in _FIRST.items()}
# Surnames; those with a tussenvoegsel have it apart, as Dutch class lists do.
PLAIN_SURNAMES = tuple(name.strip() for name in _PLAIN.split(","))
INFIXED_SURNAMES = tuple(
    (infix.strip(), last.strip()) for infix, last in (name.split("|") for name in _WITH_INFIX.split(","))
)
