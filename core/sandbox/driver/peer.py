# SPDX-License-Identifier: Apache-2.0
# The conversation between the process of the tests and the process of the program: one JSON text a line over a socket.
# Only plain data crosses. Anything else stays where it is and is spoken to through a reference, so that no object of the program
# (with an __eq__ of its own, say) is ever compared in the process of the tests.
import builtins
import collections.abc
import decimal
import fractions
import json
import os
import resource

LONGEST_MESSAGE = 16 << 20


def limit_self(limits):
    """Hard limits of this process and all its children; they cannot be raised again."""
    for name, value in limits.items():
        number = getattr(resource, "RLIMIT_" + name)
        resource.setrlimit(number, (value, value))


class Ended(BaseException):
    """The other side is gone, or said something that it never says. Not an Exception: no test may catch it."""


class Broken(Exception):
    """Something that cannot be sent or understood."""


class Remote:
    """An object of the other process. Equal only to itself."""

    def __init__(self, peer, ref, name, truth):
        self.__dict__.update(_peer=peer, _ref=ref, _truth=truth, __name__=name)

    def __bool__(self):
        return self._truth

    def __call__(self, *arguments, **named):
        return self._peer.call(self, arguments, named)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._peer.request("get", on=self._ref, name=name)

    def __iter__(self):
        return self._peer.request("method", on=self._ref, name="__iter__", args=[])

    def __next__(self):
        return self._peer.request("method", on=self._ref, name="__next__", args=[])

    def __len__(self):
        return self._peer.request("method", on=self._ref, name="__len__", args=[])

    def __getitem__(self, key):
        return self._peer.request("method", on=self._ref, name="__getitem__", args=[self._peer.encode(key)])

    def __contains__(self, value):
        return bool(self._peer.request("method", on=self._ref, name="__contains__", args=[self._peer.encode(value)]))


class Encoder:
    """Plain data as JSON. Lists, dictionaries and sets that occur twice are sent once, so that sharing survives."""

    def __init__(self, peer):
        self.peer = peer
        self.seen = {}

    def shared(self, value, tag, items):
        if id(value) in self.seen:
            return ["=", self.seen[id(value)]]
        self.seen[id(value)] = len(self.seen)
        return [tag, [self.encode(item) for item in items]]

    def encode(self, value):
        if value is None or value is True or value is False:
            return value
        if isinstance(value, str):
            return str(value)
        if isinstance(value, int):
            number = int(value)
            return number if -(2 ** 53) < number < 2 ** 53 else ["x", format(number, "x")]
        if isinstance(value, float):
            return float(value)
        if isinstance(value, list):
            return self.shared(value, "l", list(value))
        if isinstance(value, tuple):
            return ["t", [self.encode(item) for item in value]]
        if isinstance(value, dict):
            return self.shared(value, "d", [part for pair in dict(value).items() for part in pair])
        if isinstance(value, set):
            return self.shared(value, "s", set(value))
        if isinstance(value, (frozenset, collections.abc.KeysView, collections.abc.ItemsView)):
            return ["fs", [self.encode(item) for item in value]]
        if isinstance(value, (bytes, bytearray)):
            return ["b" if isinstance(value, bytes) else "ba", bytes(value).hex()]
        if isinstance(value, complex):
            return ["c", [value.real, value.imag]]
        if isinstance(value, decimal.Decimal):
            return ["D", str(value)]
        if isinstance(value, fractions.Fraction):
            return ["F", [self.encode(value.numerator), self.encode(value.denominator)]]
        if isinstance(value, range):
            return ["R", [self.encode(part) for part in (value.start, value.stop, value.step)]]
        return self.peer.reference(value)


class Decoder:
    def __init__(self, peer):
        self.peer = peer
        self.seen = []

    def container(self, empty):
        self.seen.append(empty)
        return empty

    def decode(self, text):
        if text is None or isinstance(text, (bool, int, float, str)):
            return text
        if not isinstance(text, list) or len(text) < 2:
            raise Broken("a value that is no value")
        tag, body = text[0], text[1]
        if tag == "l":
            made = self.container([])
            made.extend(self.decode(item) for item in body)
            return made
        if tag == "d":
            made = self.container({})
            parts = iter([self.decode(item) for item in body])
            made.update(zip(parts, parts))
            return made
        if tag == "s":
            made = self.container(set())
            made.update(self.decode(item) for item in body)
            return made
        if tag == "=":
            return self.seen[body]
        if tag == "t":
            return tuple([self.decode(item) for item in body])
        if tag == "x":
            return int(body, 16)
        if tag == "fs":
            return frozenset([self.decode(item) for item in body])
        if tag in ("b", "ba"):
            return bytes.fromhex(body) if tag == "b" else bytearray.fromhex(body)
        if tag == "c":
            return complex(*body)
        if tag == "D":
            return decimal.Decimal(body)
        if tag == "F":
            return fractions.Fraction(*[self.decode(part) for part in body])
        if tag == "R":
            return range(*[self.decode(part) for part in body])
        return self.peer.referenced(text)


class Peer:
    """One side. `serves` names what the other side may ask of this one."""

    def __init__(self, descriptor, serves):
        self.incoming = open(descriptor, "rb", closefd=False)
        self.outgoing = open(descriptor, "wb", closefd=False)
        self.serves = serves
        self.own = {}
        self.remotes = {}
        self.end_reason = None

    def end(self, reason):
        """The Ended to raise; from then on every request raises it again, whatever swallowed the first."""
        self.end_reason = self.end_reason or reason
        return Ended(self.end_reason)

    def encode(self, value):
        return Encoder(self).encode(value)

    def decode(self, text):
        try:
            return Decoder(self).decode(text)
        except (Broken, TypeError, ValueError, LookupError, ArithmeticError, RecursionError) as problem:
            raise self.end("an answer of the program could not be understood") from problem

    def reference(self, value):
        if isinstance(value, Remote):
            return ["home", value._ref]
        self.own[id(value)] = value
        return ["ref", id(value), str(getattr(value, "__name__", type(value).__name__)), bool(value)]

    def referenced(self, text):
        if text[0] == "home":
            return self.own[text[1]]
        if text[0] != "ref" or not isinstance(text[1], int):
            raise Broken("a value of no known kind")
        if text[1] not in self.remotes:
            self.remotes[text[1]] = Remote(self, text[1], str(text[2]), bool(text[3]))
        return self.remotes[text[1]]

    def send(self, message):
        line = json.dumps(message).encode("ascii") + b"\n"
        if len(line) > LONGEST_MESSAGE:
            raise Broken("a value of more than 16 MiB")
        try:
            self.outgoing.write(line)
            self.outgoing.flush()
        except OSError as problem:
            raise self.end("the program ended before the tests did") from problem

    def receive(self):
        try:
            line = self.incoming.readline(LONGEST_MESSAGE + 1)
        except OSError as problem:
            raise self.end("the program ended before the tests did") from problem
        if not line.endswith(b"\n"):
            cut = len(line) <= LONGEST_MESSAGE
            raise self.end("the program ended before the tests did" if cut else "an answer of the program is too long")
        try:
            message = json.loads(line)
        except (ValueError, RecursionError) as problem:
            raise self.end("an answer of the program could not be understood") from problem
        if not isinstance(message, dict):
            raise self.end("an answer of the program could not be understood")
        return message

    def request(self, op, **fields):
        if self.end_reason:
            raise Ended(self.end_reason)
        ticket = os.urandom(8).hex()
        self.send({"id": ticket, "op": op, **fields})
        while True:
            answer = self.receive()
            if "op" in answer:
                self.serve(answer)
            elif answer.get("id") != ticket:
                raise self.end("the program answered what nobody asked")
            elif "ok" in answer:
                return self.answered(answer, fields)
            else:
                self.failed(answer)

    def answered(self, answer, _fields):
        return self.decode(answer["ok"])

    def failed(self, answer):
        if "ended" in answer:
            raise self.end(f"the program ended itself: {str(answer['ended'])[:200]}")
        name, text = str(answer.get("error")), str(answer.get("text"))[:2000]
        kind = getattr(builtins, name, None)
        if isinstance(kind, type) and issubclass(kind, Exception):
            try:
                raised = kind(text)
            except TypeError:
                raised = RuntimeError(f"{name}: {text}")
        else:
            raised = RuntimeError(f"{name}: {text}")
        raised.of_program = True
        raise raised

    def call(self, remote, arguments, named):
        return self.request("call", on=remote._ref, args=self.encode(list(arguments)),
                            named={key: self.encode(value) for key, value in named.items()})

    def serve(self, message):
        """Does what the other side asks and answers."""
        answer = {"id": message.get("id")}
        try:
            if message["op"] not in self.serves:
                raise Broken("not served")
            answer.update(getattr(self, "serve_" + message["op"])(message))
            self.send(answer)
        except Exception as problem:
            builtin = [kind.__name__ for kind in type(problem).__mro__ if getattr(builtins, kind.__name__, None) is kind]
            self.send({"id": message.get("id"), "error": builtin[0], "text": self.text_of(problem)})

    @staticmethod
    def text_of(problem):
        try:
            text = str(problem.args[0]) if len(problem.args) == 1 else str(problem)
        except Exception:
            text = "(an error without a text)"
        return text[:2000]

    def serve_call(self, message):
        arguments = self.decode(message["args"])
        result = self.own[message["on"]](*arguments, **{key: self.decode(value) for key, value in message.get("named", {}).items()})
        answer = {"ok": self.encode(result)}
        try:
            after = self.encode(arguments)
        except Exception:
            return answer
        if after != message["args"]:
            answer["args"] = after  # the function changed what it was given
        return answer
