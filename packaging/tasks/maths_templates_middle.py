# SPDX-License-Identifier: Apache-2.0
"""Problems with two steps. A template returns the question, the worked sentences and the answer."""
from maths_words import FRUIT, GOODS, PLACES, TOYS, person, two


def change(rng):
    name, _, _ = person(rng)
    (_, goods), n, price = rng.choice(GOODS), rng.randint(2, 9), rng.randint(2, 12)
    cost = n * price
    paid = (cost // 10 + rng.randint(1, 4)) * 10
    question = (f"{name} buys {n} {goods} at {price} euros each and pays with {paid} euros. "
                "How many euros does the cashier give back?")
    return question, [f"The {goods} cost {n} * {price} = {cost} euros.", f"The change is {paid} - {cost} = {paid - cost}."], paid - cost


def gainingAndLosing(rng):
    name, she, _ = person(rng)
    item, a, b = rng.choice(TOYS), rng.randint(20, 80), rng.randint(10, 40)
    c = rng.randint(5, a)
    question = f"{name} has {a} {item}. {she} finds {b} more and then gives {c} to a friend. How many {item} remain?"
    return question, [f"After finding some there are {a} + {b} = {a + b}.", f"Then {a + b} - {c} = {a + b - c} remain."], a + b - c


def twoKinds(rng):
    place = rng.choice(PLACES)
    (_, one), (_, other) = rng.sample(GOODS, 2)
    n, p, m, q = rng.randint(2, 9), rng.randint(2, 15), rng.randint(2, 9), rng.randint(2, 15)
    question = (f"A {place} buys {n} {one} at {p} euros each and {m} {other} at {q} euros each. "
                "How many euros does it pay in total?")
    return question, [f"The {one} cost {n} * {p} = {n * p} euros.", f"The {other} cost {m} * {q} = {m * q} euros.",
                      f"Together that is {n * p} + {m * q} = {n * p + m * q}."], n * p + m * q


def leftOver(rng):
    item, boxes, each = rng.choice(FRUIT), rng.randint(4, 12), rng.randint(6, 15)
    bad = rng.randint(3, 20)
    question = (f"A farmer fills {boxes} crates with {each} {item} each. Later {bad} {item} turn out to be bad and are thrown away. "
                f"How many good {item} are left?")
    total = boxes * each
    return question, [f"At first there are {boxes} * {each} = {total} {item}.", f"{total} - {bad} = {total - bad} are good."], total - bad


def saving(rng):
    name, she, _ = person(rng)
    start, week, weeks = rng.randint(10, 60), rng.randint(3, 15), rng.randint(3, 12)
    question = (f"{name} has {start} euros in a jar. {she} adds {week} euros every week. "
                f"How many euros are in the jar after {weeks} weeks?")
    saved = week * weeks
    return question, [f"In {weeks} weeks {name} adds {weeks} * {week} = {saved} euros.",
                      f"The jar then holds {start} + {saved} = {start + saved}."], start + saved


def timesAsMany(rng):
    one, other = two(rng)
    item, a, factor = rng.choice(TOYS), rng.randint(5, 30), rng.randint(2, 6)
    question = (f"{one} has {a} {item}. {other} has {factor} times as many. "
                f"How many {item} do they have together?")
    b = a * factor
    return question, [f"{other} has {factor} * {a} = {b} {item}.", f"Together they have {a} + {b} = {a + b}."], a + b


def travelling(rng):
    name, she, _ = person(rng)
    hours, speed, further = rng.randint(2, 6), rng.choice([12, 15, 18, 20, 40, 50, 60, 70, 80]), rng.randint(5, 60)
    question = (f"{name} travels for {hours} hours at {speed} kilometres per hour and then another {further} kilometres. "
                f"How many kilometres does {name} travel in total?")
    way = hours * speed
    return question, [f"The first part is {hours} * {speed} = {way} kilometres.",
                      f"{she} covers {way} + {further} = {way + further} in total."], way + further


def halving(rng):
    name, she, _ = person(rng)
    item, half, eaten = rng.choice(FRUIT), rng.randint(8, 40), rng.randint(1, 7)
    question = f"{name} picks {2 * half} {item}. {she} sells half of them and eats {eaten}. How many {item} are left?"
    return question, [f"Half of {2 * half} is {half}, so {half} {item} stay.", f"{half} - {eaten} = {half - eaten}."], half - eaten


def groups(rng):
    place, girls, boys, size = rng.choice(PLACES), rng.randint(8, 40), rng.randint(8, 40), rng.randint(3, 8)
    boys += -(girls + boys) % size
    total = girls + boys
    question = (f"On a trip to the {place} there are {girls} girls and {boys} boys. They form groups of {size} children. "
                "How many groups are there?")
    return question, [f"There are {girls} + {boys} = {total} children.", f"{total} / {size} = {total // size} groups."], total // size


TEMPLATES = [(template, "two steps") for template in (change, gainingAndLosing, twoKinds, leftOver, saving, timesAsMany,
                                                      travelling, halving, groups)]
