# SPDX-License-Identifier: Apache-2.0
"""Problems with three or four steps. A template returns the question, the worked sentences and the answer."""
from maths_words import FRUIT, GOODS, PLACES, TOYS, person, two


def profit(rng):
    name, she, _ = person(rng)
    (_, goods), n, cost, gain = rng.choice(GOODS), rng.randint(5, 20), rng.randint(2, 12), rng.randint(2, 9)
    fee = rng.randint(1, n * gain - 1)
    question = (f"{name} buys {n} {goods} at {cost} euros each and sells them all at {cost + gain} euros each. "
                f"{she} also pays {fee} euros for the market stall. How many euros of profit remain?")
    bought, sold = n * cost, n * (cost + gain)
    return question, [f"Buying costs {n} * {cost} = {bought} euros.", f"Selling brings {n} * {cost + gain} = {sold} euros.",
                      f"The gain is {sold} - {bought} = {sold - bought} euros.",
                      f"After the stall {sold - bought} - {fee} = {sold - bought - fee} remain."], sold - bought - fee


def discount(rng):
    name, _, _ = person(rng)
    (good, goods), n, price = rng.choice(GOODS), rng.randint(2, 8), rng.randint(1, 6) * 20
    percent = rng.choice([5, 10, 20, 25, 50])
    off = price * percent // 100
    question = (f"A {good} costs {price} euros. In the sale it is {percent} percent cheaper. "
                f"How many euros does {name} pay for {n} {goods} in the sale?")
    return question, [f"{percent} percent of {price} is {off} euros.", f"One {good} costs {price} - {off} = {price - off} euros.",
                      f"{n} {goods} cost {n} * {price - off} = {n * (price - off)}."], n * (price - off)


def threePeople(rng):
    one, other = two(rng)
    third = rng.choice(["Ida", "Otto", "Greta", "Malik"])
    item, a, factor, less = rng.choice(TOYS), rng.randint(8, 30), rng.randint(2, 4), rng.randint(2, 7)
    b = a * factor
    question = (f"{one} has {a} {item}. {other} has {factor} times as many as {one}, and {third} has {less} fewer than {other}. "
                f"How many {item} do the three have in total?")
    return question, [f"{other} has {factor} * {a} = {b} {item}.", f"{third} has {b} - {less} = {b - less} {item}.",
                      f"Together that is {a} + {b} + {b - less} = {a + b + b - less}."], a + b + b - less


def wages(rng):
    name, she, _ = person(rng)
    hours, days, wage, rent = rng.randint(3, 8), rng.randint(3, 6), rng.randint(9, 20), rng.randint(20, 80)
    worked, earned = hours * days, hours * days * wage
    question = (f"{name} works {hours} hours a day on {days} days and earns {wage} euros an hour. "
                f"{she} spends {rent} euros on food. How many euros are left?")
    return question, [f"{name} works {days} * {hours} = {worked} hours.", f"{she} earns {worked} * {wage} = {earned} euros.",
                      f"{earned} - {rent} = {earned - rent} euros are left."], earned - rent


def tank(rng):
    place, minutes, inflow, loss = rng.choice(PLACES), rng.randint(5, 30), rng.randint(8, 25), rng.randint(1, 6)
    start = rng.randint(10, 90)
    net = inflow - loss
    question = (f"A tank behind the {place} holds {start} litres. Each minute {inflow} litres flow in and {loss} litres leak out. "
                f"How many litres are in the tank after {minutes} minutes?")
    return question, [f"Each minute adds {inflow} - {loss} = {net} litres.", f"In {minutes} minutes that is {minutes} * {net} = {minutes * net} litres.",
                      f"The tank holds {start} + {minutes * net} = {start + minutes * net}."], start + minutes * net


def bags(rng):
    name, she, _ = person(rng)
    item, trees, each, size = rng.choice(FRUIT), rng.randint(3, 9), rng.randint(10, 30), rng.randint(3, 8)
    total = trees * each
    kept = total % size or size
    sold = (total - kept) // size
    price = rng.randint(2, 6)
    question = (f"{name} has {trees} trees and picks {each} {item} from each. {she} keeps {kept} and packs the rest in bags of {size}, "
                f"which sell for {price} euros a bag. How many euros do the bags bring?")
    return question, [f"{she} picks {trees} * {each} = {total} {item}.", f"{total} - {kept} = {total - kept} go into bags.",
                      f"That makes {total - kept} / {size} = {sold} bags.", f"They bring {sold} * {price} = {sold * price} euros."], sold * price


def ages(rng):
    one, other = two(rng)
    young, factor, years = rng.randint(4, 14), rng.randint(2, 5), rng.randint(2, 15)
    old = young * factor
    total = young + old + 2 * years
    question = (f"{one} is {young} years old. {other} is {factor} times as old. "
                f"How old will they be together in {years} years?")
    return question, [f"{other} is {factor} * {young} = {old} years old.", f"In {years} years {one} is {young} + {years} = {young + years} and {other} is {old} + {years} = {old + years}.",
                      f"Together they are {young + years} + {old + years} = {total}."], total


def fence(rng):
    name, _, _ = person(rng)
    length, width, price = rng.randint(6, 30), rng.randint(4, 20), rng.randint(2, 9)
    around = 2 * (length + width)
    question = (f"{name} puts a fence around a garden that is {length} metres long and {width} metres wide. "
                f"One metre of fence costs {price} euros. How many euros does the fence cost?")
    return question, [f"Length and width add up to {length} + {width} = {length + width} metres.", f"The way around is 2 * {length + width} = {around} metres.",
                      f"The fence costs {around} * {price} = {around * price}."], around * price


def average(rng):
    name, she, _ = person(rng)
    mean = rng.randint(20, 45)
    a, b = mean + rng.randint(-8, 8), mean + rng.randint(-8, 8)
    c = 3 * mean - a - b
    sport = rng.choice(["runs", "swims", "cycles", "rows"])
    question = (f"{name} {sport} {a} minutes on Monday, {b} minutes on Wednesday and {c} minutes on Friday. "
                f"What is the average number of minutes per day on these three days?")
    return question, [f"{name} {sport} {a} + {b} + {c} = {3 * mean} minutes in total.", "There are 3 days.",
                      f"{3 * mean} / 3 = {mean}."], mean


TEMPLATES = [(template, "three steps or more") for template in (profit, discount, threePeople, wages, tank, bags, ages, fence,
                                                                average)]
