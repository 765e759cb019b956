# SPDX-License-Identifier: Apache-2.0
"""Problems with one step. A template returns the question, the worked sentences and the answer."""
from maths_words import FRUIT, GOODS, PLACES, TOYS, person, two


def gaining(rng):
    name, she, _ = person(rng)
    item, a, b = rng.choice(TOYS), rng.randint(12, 90), rng.randint(5, 60)
    giver = rng.choice(["a friend", "an aunt", "a neighbour", "a cousin"])
    question = f"{name} has {a} {item}. {she} gets {b} more from {giver}. How many {item} does {name} have now?"
    return question, [f"{name} starts with {a} {item} and gets {b} more.", f"{a} + {b} = {a + b}."], a + b


def losing(rng):
    name, _, _ = person(rng)
    item, a = rng.choice(TOYS), rng.randint(40, 120)
    b = rng.randint(5, a - 10)
    verb = rng.choice(["gives away", "loses", "sells", "trades away"])
    question = f"{name} owns {a} {item} and {verb} {b} of them. How many {item} are left?"
    return question, [f"At first there are {a} {item}, and {b} are gone afterwards.", f"{a} - {b} = {a - b}."], a - b


def packing(rng):
    item, n, each = rng.choice(FRUIT), rng.randint(3, 15), rng.randint(4, 20)
    box = rng.choice(["boxes", "baskets", "bags", "crates"])
    question = f"A shop has {n} {box} with {each} {item} in each. How many {item} does the shop have altogether?"
    return question, [f"There are {n} {box} with {each} {item} each.", f"{n} * {each} = {n * each}."], n * each


def sharing(rng):
    name, _, her = person(rng)
    friends, each, item = rng.randint(3, 12), rng.randint(3, 15), rng.choice(TOYS)
    total = friends * each
    question = f"{name} shares {total} {item} equally among {friends} of {her} friends. How many {item} does each friend get?"
    return question, [f"{total} {item} are split into {friends} equal parts.", f"{total} / {friends} = {each}."], each


def paying(rng):
    name, _, _ = person(rng)
    (_, goods), n, price = rng.choice(GOODS), rng.randint(2, 12), rng.randint(3, 25)
    question = f"{name} buys {n} {goods} for {price} euros each. How many euros does {name} pay?"
    return question, [f"Each of the {n} {goods} costs {price} euros.", f"{n} * {price} = {n * price}."], n * price


def comparing(rng):
    one, other = two(rng)
    item, a, more = rng.choice(TOYS), rng.randint(10, 80), rng.randint(4, 50)
    question = (f"{one} collected {a} {item} and {other} collected {a + more}. "
                f"How many more {item} did {other} collect than {one}?")
    return question, ["The difference between the two numbers is needed.", f"{a + more} - {a} = {more}."], more


def rows(rng):
    place, n, each = rng.choice(PLACES), rng.randint(4, 18), rng.randint(6, 20)
    question = f"The hall of a {place} has {n} rows with {each} chairs in each row. How many chairs are in the hall?"
    return question, [f"Multiply the {n} rows by the {each} chairs in a row.", f"{n} * {each} = {n * each}."], n * each


def reading(rng):
    name, _, _ = person(rng)
    days, each = rng.randint(4, 20), rng.randint(6, 30)
    question = f"A book has {days * each} pages. {name} reads {each} pages every day. After how many days is the book finished?"
    return question, [f"{name} reads {each} of {days * each} pages a day.", f"{days * each} / {each} = {days}."], days


TEMPLATES = [(template, "one step") for template in (gaining, losing, packing, sharing, paying, comparing, rows, reading)]
