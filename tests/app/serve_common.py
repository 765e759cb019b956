# SPDX-License-Identifier: Apache-2.0
"""A `lori serve` that is spoken to: requests out, answers in."""
import json
import os
import subprocess
import time

import app_common


class Serve:
    def __init__(self, model, *arguments, environment=None):
        self.process = subprocess.Popen([app_common.lori_program(), "serve", "--model", str(model), *map(str, arguments)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env=environment or os.environ)
        self.ready = self.next()
        self.last_id = 0

    def raw(self, text):
        self.process.stdin.write(text if isinstance(text, bytes) else text.encode())
        self.process.stdin.flush()

    def send(self, kind, **fields):
        self.last_id += 1
        self.raw(json.dumps({"id": self.last_id, "type": kind, **fields}) + "\n")
        return self.last_id

    def next(self):
        """The next answer; None when there is none any more. Nothing but JSON may come."""
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def wait_for(self, wanted):
        """(the answer with this id, the pieces before it)."""
        pieces = []
        while True:
            answer = self.next()
            if answer is None:
                raise AssertionError("it ended: " + self.process.stderr.read().decode(errors="replace")[-800:])
            if answer["id"] != wanted:
                continue
            if answer["type"] != "token":
                return answer, pieces
            pieces.append(answer["piece"])

    def ask(self, kind, **fields):
        answer, pieces = self.wait_for(self.send(kind, **fields))
        return {**answer, "pieces": pieces}

    def cancel_seconds(self, options, **fields):
        """How long a text that is being written takes to end once it is cancelled; None when it had ended before."""
        running = self.send("generate", options=options, **fields)
        while self.next()["type"] != "token":
            pass
        begin = time.monotonic()
        self.send("cancel", target=running)
        answer, _ = self.wait_for(running)
        return time.monotonic() - begin if answer["end"] == "cancelled" else None

    def end(self, timeout=60):
        """Closes its input: (exit code, what was left on its output, standard error)."""
        output, errors = self.process.communicate(timeout=timeout)
        return self.process.returncode, output.decode(), errors.decode()

    def close(self):
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except BrokenPipeError:
                pass
        self.process.wait()
