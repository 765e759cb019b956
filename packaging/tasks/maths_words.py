# SPDX-License-Identifier: Apache-2.0
"""Words and small helpers shared by the maths templates."""

SHE = ["Anna", "Mei", "Sofia", "Lena", "Amina", "Clara", "Ines", "Priya", "Ruth", "Wanda", "Yara", "Nora", "Hanna", "Tove"]
HE = ["Ben", "Omar", "Jonas", "Luis", "Kofi", "Emil", "Arjun", "Pavel", "Hugo", "Tariq", "Felix", "Marco", "Nils", "Sam"]
TOYS = ["marbles", "stickers", "shells", "stamps", "buttons", "coins", "cards", "beads", "pebbles", "postcards"]
FRUIT = ["apples", "pears", "plums", "oranges", "peaches", "lemons", "mangoes", "figs"]
GOODS = [("notebook", "notebooks"), ("mug", "mugs"), ("scarf", "scarves"), ("lamp", "lamps"), ("ticket", "tickets"),
         ("plant", "plants"), ("book", "books"), ("cap", "caps"), ("poster", "posters"), ("basket", "baskets")]
PLACES = ["school", "library", "museum", "club", "bakery", "hotel", "theatre", "farm"]


def person(rng):
    """A name with its pronoun and possessive."""
    if rng.random() < 0.5:
        return rng.choice(SHE), "She", "her"
    return rng.choice(HE), "He", "his"


def two(rng):
    """Two different names."""
    return rng.sample(SHE + HE, 2)
