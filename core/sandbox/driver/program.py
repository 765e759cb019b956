# SPDX-License-Identifier: Apache-2.0
# The process of the program: nothing here is trusted once the program runs, and nothing here knows the tests.
import sys
import types

CHANNEL = 3


class Program(Peer):
    def __init__(self, source):
        super().__init__(CHANNEL, {"load", "names", "get", "method", "call"})
        self.source = source
        self.module = types.ModuleType("program")  # not __main__: as in the usual harness, its main part does not run

    def serve_load(self, _message):
        sys.modules["program"] = self.module
        exec(compile(self.source, "<program>", "exec"), self.module.__dict__)
        return {"ok": None}

    def serve_names(self, message):
        space = self.module.__dict__
        return {"ok": self.encode({name: space[name] for name in message["names"] if name in space})}

    def serve_get(self, message):
        return {"ok": self.encode(getattr(self.own[message["on"]], message["name"]))}

    def serve_method(self, message):
        target = self.own[message["on"]]
        method = getattr(target, message["name"], None)
        if method is None:
            raise TypeError(f"'{type(target).__name__}' object has no {message['name']}")
        return {"ok": self.encode(method(*[self.decode(value) for value in message["args"]]))}


def main():
    limit_self(json.loads(sys.argv[1]))
    peer = Program(sys.stdin.buffer.read().decode("utf-8"))
    peer.send({"hello": 1})
    while True:
        try:
            message = peer.receive()
        except Ended:
            return  # the tests are over
        try:
            peer.serve(message)
        except Ended:
            return
        except BaseException as problem:
            peer.send({"id": message.get("id"), "ended": f"{type(problem).__name__}: {Peer.text_of(problem)}"})
            return


main()
