#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An installed `lori` starts and finds the tasks and recipes that were installed beside it, not those of the source tree."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["LORI_PROGRAM"]).parent.parent


class Installation(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.prefix = pathlib.Path(place.name) / "a prefix"
        subprocess.run(["cmake", "--install", BUILD, "--prefix", self.prefix], check=True, capture_output=True)

    def ask(self, *arguments):
        environment = {name: value for name, value in os.environ.items() if name != "LORI_RESOURCES"}
        environment["LORI_HOME"] = str(self.prefix / "home")
        done = subprocess.run([self.prefix / "bin/lori", *arguments, "--json"], env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_recipes_come_from_the_installed_folder(self):
        files = [pathlib.Path(recipe["file"]) for recipe in self.ask("recipe", "list")["recipes"]]
        self.assertIn("small-story.json", [file.name for file in files])
        for file in files:
            self.assertEqual(file.parent, self.prefix / "share/lori-workbench/recipes")

    def test_without_its_tasks_the_installed_program_says_where_it_looked(self):
        shutil.rmtree(self.prefix / "share/lori-workbench")
        environment = {**os.environ, "LORI_RESOURCES": str(self.prefix / "share/lori-workbench")}
        done = subprocess.run([self.prefix / "bin/lori", "recipe", "list"], env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(str(self.prefix / "share/lori-workbench"), done.stderr)


if __name__ == "__main__":
    if shutil.which("cmake") is None:
        print("skipped: needs cmake")
        sys.exit(77)
    unittest.main()
