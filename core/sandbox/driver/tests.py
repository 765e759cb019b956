# SPDX-License-Identifier: Apache-2.0
# The process of the tests: the program never runs here. It says "passed" only after the last statement of the tests.
import ast
import builtins
import sys

CHANNEL = 3
VERDICT = 6


class Tests(Peer):
    def __init__(self):
        super().__init__(CHANNEL, {"call"})
        self.called = False
        self.given = []  # arguments of the calls under way, innermost last

    def reference(self, value):
        if not isinstance(value, Remote) and not callable(value):
            raise TypeError(f"the tests hand over a {type(value).__name__}, which cannot be sent to the program")
        return super().reference(value)

    def call(self, remote, arguments, named):
        self.called = True
        self.given.append(arguments)
        try:
            return super().call(remote, arguments, named)
        finally:
            self.given.pop()

    def answered(self, answer, fields):
        if "args" in answer and "args" in fields and self.given:
            changed = self.decode(answer["args"])
            if not isinstance(changed, list):
                raise self.end("an answer of the program could not be understood")
            for mine, theirs in zip(self.given[-1], changed):
                self.write_back(mine, theirs)
        return self.decode(answer["ok"])

    @staticmethod
    def write_back(mine, theirs):
        """Lets the tests see what the program changed in a list, dictionary or set that it was given."""
        if isinstance(mine, list) and isinstance(theirs, list):
            mine[:] = theirs
        elif isinstance(mine, (dict, set)) and type(mine) is type(theirs):
            mine.clear()
            mine.update(theirs)


def say(**message):
    os.write(VERDICT, json.dumps(message).encode("ascii") + b"\n")


def wanted_names(tree):
    """Names that the tests use and that Python itself does not have."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return sorted(name for name in used if not hasattr(builtins, name))


def reason_of(problem, tests):
    """One line: which line of the tests, and what happened there."""
    line, step = 0, problem.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<tests>":
            line = step.tb_lineno
        step = step.tb_next
    lines = tests.split("\n")
    where = f" at line {line} of the tests: {lines[line - 1].strip()}" if 0 < line <= len(lines) else ""
    text = Peer.text_of(problem)
    if getattr(problem, "of_program", False):
        what = f"the program raised {type(problem).__name__}"
    else:
        what = "a test does not hold" if isinstance(problem, AssertionError) else type(problem).__name__
    return (what + (": " + text if text else "") + where)[:1000]


def run(job, peer):
    namespace = {"__name__": "tests"}
    if job["helpers"]:
        exec(compile(job["helpers"], "<helpers>", "exec"), namespace)
    code = compile(job["tests"], "<tests>", "exec")
    peer.request("load")
    wanted = [job["entry"]]
    for name in wanted_names(ast.parse(job["tests"])):
        if name == job["entry"] or name in namespace:
            continue
        if name in sys.stdlib_module_names:
            namespace[name] = __import__(name)  # never a module that the program made
        else:
            wanted.append(name)
    found = peer.request("names", names=wanted)
    if not isinstance(found, dict) or job["entry"] not in found:
        raise NameError(f"the program does not define {job['entry']}")
    namespace.update(found)
    exec(code, namespace)
    if not peer.called:
        raise RuntimeError("the tests never called the program")  # a check that is only defined, say


def main():
    sys.path = [place for place in sys.path if place]
    limit_self(json.loads(sys.argv[1]))
    job = json.loads(sys.stdin.buffer.read())
    peer = Tests()
    if peer.receive() != {"hello": 1}:
        raise SystemExit("the program's process did not start")
    say(started=sys.version.split()[0])
    try:
        run(job, peer)
        if peer.end_reason:
            raise Ended(peer.end_reason)
        say(verdict="passed")
    except Ended as problem:
        say(verdict="ended", reason=str(problem))
    except MemoryError as problem:
        problem.of_program = getattr(problem, "of_program", False)
        say(verdict="memory", reason=reason_of(problem, job["tests"]))
    except SyntaxError as problem:
        say(verdict="failed", reason=f"{type(problem).__name__}: {Peer.text_of(problem)}"[:1000])
    except BaseException as problem:
        say(verdict="failed", reason=reason_of(problem, job["tests"]))
    while os.read(CHANNEL, 65536):  # the channel stays open until the other processes were counted
        pass


main()
