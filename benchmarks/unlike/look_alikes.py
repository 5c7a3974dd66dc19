"""What is near the truth and another thing: given names of two people of one home, houses down the same street."""

from __future__ import annotations

import numpy as np

PAIRS = (
    ("Mary", "Marcy"), ("Linda", "Lina"), ("Brenda", "Brendan"), ("Martha", "Marta"), ("Wanda", "Wenda"),
    ("Tammy", "Tommy"), ("Bobbie", "Bobby"), ("Glenda", "Glenna"), ("Rhonda", "Ronda"), ("Jolene", "Joleen"),
    ("Darlene", "Charlene"), ("Norma", "Norman"), ("Sheila", "Shelia"), ("Misty", "Kristy"), ("Lacey", "Stacey"),
    ("Tonya", "Tanya"), ("Faye", "Kaye"), ("Margaret", "Margarita"), ("Susan", "Suzan"), ("Deborah", "Debra"),
    ("James", "Jamie"), ("Robert", "Roberta"), ("John", "Joan"), ("Billy", "Billie"), ("Larry", "Barry"),
    ("Jerry", "Terry"), ("Roy", "Ray"), ("Floyd", "Lloyd"), ("Randall", "Randal"), ("Ricky", "Vicky"),
    ("Samuel", "Samuela"), ("Joseph", "Josepha"), ("Daniel", "Danielle"), ("Jesse", "Jessie"), ("Earl", "Pearl"),
    ("Maria", "Mario"), ("Ana", "Ada"), ("Rosa", "Rose"), ("Juana", "Juan"), ("Alejandra", "Alejandro"),
    ("Fernanda", "Fernando"), ("Silvia", "Silvio"), ("Gabriela", "Gabriel"), ("Jose", "Josue"), ("Luis", "Luisa"),
    ("Carlos", "Carlo"), ("Francisco", "Francisca"), ("Manuel", "Manuela"), ("Ricardo", "Ricarda"), ("Ramon", "Ramona"),
    ("Oscar", "Oskar"), ("Wei", "Mei"), ("Ming", "Ling"), ("Jun", "Jung"), ("Yan", "Yun"), ("Michael", "Micheal"),
    ("Andrew", "Andrea"), ("Anthony", "Antony"), ("Patrick", "Patricia"), ("Nicole", "Nicola"), ("Sarah", "Sara"),
    ("Michelle", "Michele"), ("Jonathan", "Johnathan"), ("Emma", "Emmy"), ("Joan", "Jean"), ("Carol", "Carl"),
    ("Diane", "Diana"), ("Janet", "Jane"), ("Julie", "Julia"), ("Theresa", "Teresa"), ("Ann", "Dan"), ("Lynn", "Glynn"),
    ("Eric", "Erica"), ("Erik", "Erika"), ("Bryan", "Ryan"), ("Mark", "Marc"), ("Donald", "Ronald"), ("Alan", "Alana"),
    ("Allen", "Ellen"), ("Peter", "Petra"), ("Paul", "Paula"), ("Sean", "Dean"), ("Neil", "Neal"), ("Jill", "Bill"),
)  # fmt: skip
"""As census lists have them; some are spellings of one name, which relatives seldom bear both."""
ALIKE = dict((*PAIRS, *(pair[::-1] for pair in PAIRS)))


def alike(name: str, otherwise: str, share: float, rng: np.random.Generator) -> str:
    """Give a name that is like another in so large a share of cases, where one is known; else the other one."""
    return ALIKE[name] if share and name in ALIKE and rng.random() < share else otherwise


def down_the_street(number: str, rng: np.random.Generator) -> str:
    """Give the number of another house of that street, one digit away; "" where there is no number."""
    if not number.isdigit():
        return ""
    at = len(number) - 1 - int(rng.random() < 0.4 and len(number) > 1)
    digits = [digit for digit in "123456789" if digit != number[at]]
    return number[:at] + str(rng.choice(digits)) + number[at + 1 :]
