#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plants each violation in a temporary tree and expects the check to see it, and to stay quiet without it."""
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import check_architecture  # noqa: E402
import check_links  # noqa: E402
import check_sizes  # noqa: E402
import check_text  # noqa: E402

APACHE = "// SPDX-License-Identifier: Apache-2.0\n"
GPL = "// SPDX-License-Identifier: GPL-3.0-or-later\n"


class Planted(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="lori-checks-"))
        self.addCleanup(shutil.rmtree, self.root)

    def plant(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def assert_found(self, check, words):
        problems = check(str(self.root))
        self.assertEqual(len(problems), 1, problems)
        self.assertIn(words, problems[0])

    def assert_quiet(self, check):
        self.assertEqual(check(str(self.root)), [])


class Architecture(Planted):
    FORBIDDEN = [
        ("core/formats/x.cpp", "<QString>", "may not include Qt"),
        ("core/model/x.cpp", "<QtCore/QObject>", "core may not include Qt"),
        ("core/training/x.cpp", "<SQLiteCpp/Database.h>", "core may not include SQLite"),
        ("core/tasks/x.h", "<torch/types.h>", "may not include Torch"),
        ("core/analysis/x.h", "<ATen/ATen.h>", "may not include Torch"),
        ("core/support/x.h", "<c10/core/Device.h>", "may not include Torch"),
        ("core/support/x.h", "<boost/any.hpp>", "may use only"),
        ("core/model/x.cpp", "<cuda_runtime.h>", "only core/cuda"),
        ("core/support/x.h", '"core/experiment/events.h"', "core/support may not include core/experiment"),
        ("core/experiment/x.h", '"core/formats/tensor_file.h"', "core/experiment may not include core/formats"),
        ("core/analysis/x.cpp", '"core/model/model.h"', "core/analysis may not include core/model"),
        ("core/model/x.cpp", '"core/training/trainer.h"', "core/model may not include core/training"),
        ("core/model/x.cpp", '"database/history.h"', "core may not include database"),
        ("core/odd/x.cpp", "<vector>", "core has no room 'odd'"),
        ("database/x.cpp", "<QtSql/QSqlDatabase>", "database may not include Qt"),
        ("database/x.cpp", "<torch/torch.h>", "database may not include Torch"),
        ("database/x.cpp", '"core/training/trainer.h"', "only the Torch-free rooms"),
        ("database/x.cpp", '"ui/pages/home_page.h"', "database may not include ui"),
        ("ui/pages/x.cpp", "<torch/torch.h>", "ui may not include Torch"),
        ("ui/pages/x.cpp", '"core/generation/generator.h"', "only the Torch-free rooms"),
        ("ui/pages/x.cpp", "<QtCharts/QChartView>", "only ui/widgets/plot_view.*"),
        ("ui/pages/x.cpp", "<QLineSeries>", "only ui/widgets/plot_view.*"),
        ("ui/pages/x.cpp", '"app/commands.h"', "ui may not include app"),
        ("ui/services/x.cpp", '"ui/models/history_model.h"', "ui/services may not include ui/models"),
        ("ui/services/x.cpp", '"ui/main_window.h"', "ui/services may not include ui/(its own folder)"),
        ("ui/models/x.cpp", '"ui/widgets/plot_view.h"', "ui/models may not include ui/widgets"),
        ("ui/widgets/x.cpp", '"ui/frame/card.h"', "ui/widgets may not include ui/frame"),
        ("ui/frame/x.cpp", '"ui/dialogs/help_dialog.h"', "ui/frame may not include ui/dialogs"),
        ("ui/frame/x.cpp", '"ui/pages/page.h"', "ui/frame may not include ui/pages"),
        ("ui/dialogs/x.cpp", '"ui/pages/page.h"', "ui/dialogs may not include ui/pages"),
        ("ui/pages/home/x.cpp", '"ui/main_window.h"', "ui/pages may not include ui/(its own folder)"),
        ("ui/pages/home/x.cpp", '"ui/pages/runs/runs_page.h"', "its own folder"),
        ("ui/pages/home/x.cpp", '"ui/pages/page_table.h"', "its own folder"),
        ("ui/text.cpp", '"ui/services/language.h"', "may include nothing else of ui"),
        ("ui/odd/x.cpp", '"ui/frame/card.h"', "ui has no room 'odd'"),
        ("app/workbench/x.cpp", "<torch/torch.h>", "only app/lori may include Torch"),
        ("app/lori/x.cpp", "<sqlite3.h>", "may not include SQLite"),
    ]
    ALLOWED = [
        ("core/formats/x.cpp", '"core/vocabulary/projection.h"'), ("core/formats/x.cpp", "<sys/mman.h>"),
        ("core/analysis/x.cpp", "<Eigen/Core>"), ("core/model/x.cpp", "<ATen/ATen.h>"), ("core/cuda/x.cu", "<cuda_runtime.h>"),
        ("core/training/x.cpp", '"core/adapters/lori.h"'), ("database/x.cpp", "<SQLiteCpp/Database.h>"),
        ("ui/widgets/plot_view.cpp", "<QtCharts/QChartView>"), ("ui/pages/x.cpp", '"database/history.h"'),
        ("ui/pages/x.cpp", '"ui/pages/home/home_page.h"'), ("ui/pages/home/x.cpp", '"ui/pages/home/home_page.h"'),
        ("ui/pages/home/x.cpp", '"ui/pages/page.h"'), ("ui/pages/home/x.cpp", '"ui/dialogs/help_dialog.h"'),
        ("ui/dialogs/x.cpp", '"ui/widgets/number_field.h"'), ("ui/widgets/x.cpp", '"ui/models/mask_words.h"'),
        ("ui/models/x.cpp", '"ui/services/run_service.h"'), ("ui/services/x.cpp", '"ui/text.h"'),
        ("ui/main_window.cpp", '"ui/pages/page_stack.h"'),
        ("app/lori/x.cpp", "<CLI/CLI.hpp>"), ("app/lori/x.cpp", "<ATen/core/Tensor.h>"),
    ]

    def test_every_forbidden_arrow_is_found(self):
        for number, (name, header, words) in enumerate(self.FORBIDDEN):
            with self.subTest(name=name, header=header):
                self.root = Path(tempfile.mkdtemp(prefix="lori-checks-"))
                self.addCleanup(shutil.rmtree, self.root)
                self.plant(name, f"{APACHE}#include {header}\n")
                self.assert_found(check_architecture.check, words)
        self.assertGreater(number, 20)

    def test_arrows_of_the_plan_are_quiet(self):
        for name, header in self.ALLOWED:
            path = self.root / name
            old = path.read_text() if path.exists() else APACHE
            self.plant(name, f"{old}#include {header}\n")
        self.assert_quiet(check_architecture.check)

    def test_a_program_may_not_be_window_and_engine_at_once(self):
        self.plant("app/both.cpp", '#include <QApplication>\n#include "core/training/trainer.h"\n')
        self.assert_found(check_architecture.check, "two programs")

    def test_a_ring_of_rooms_is_found(self):
        self.assertEqual(check_architecture.cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}), ["a", "b", "c"])

    def test_the_plan_itself_has_no_ring(self):
        self.assertEqual(check_architecture.cycles(check_architecture.ROOMS), [])
        self.assertEqual(check_architecture.cycles(check_architecture.UI_ROOMS), [])


class Sizes(Planted):
    def test_a_file_over_the_limit_is_found(self):
        self.plant("core/formats/x.cpp", "int x;\n" * 501)
        self.assert_found(check_sizes.check, "501 lines")

    def test_a_file_at_the_limit_is_quiet(self):
        self.plant("core/formats/x.cpp", "int x;\n" * 500)
        self.assert_quiet(check_sizes.check)


class Text(Planted):
    def test_a_missing_licence_is_found(self):
        self.plant("core/formats/x.cpp", "int x;\n")
        self.assert_found(check_text.check, "no SPDX")

    def test_the_wrong_licence_is_found(self):
        self.plant("core/formats/x.cpp", GPL)
        self.assert_found(check_text.check, "this folder's is Apache-2.0")
        self.plant("core/formats/x.cpp", APACHE)
        self.plant("ui/pages/x.cpp", APACHE)
        self.assert_found(check_text.check, "this folder's is GPL-3.0-or-later")

    def test_places_of_one_machine_are_found(self):
        for place in ("/ho" + "me/somebody/model", "/ro" + "ot/.cache", "/wo" + "rk/main/core"):
            with self.subTest(place=place):
                self.plant("README.md", f"see {place}\n")
                self.assert_found(check_text.check, "one machine")

    def test_mirrors_and_unknown_hosts_are_found(self):
        self.plant("packaging/x.sh", "# SPDX-License-Identifier: Apache-2.0\npip install --index" + "-url x torch\n")
        self.assert_found(check_text.check, "mirror")
        self.plant("packaging/x.sh", "# SPDX-License-Identifier: Apache-2.0\ncurl http" + "://10.1.2.3:8080/x\n")
        self.assert_found(check_text.check, "unknown host '10.1.2.3'")

    def test_ordinary_text_is_quiet(self):
        self.plant("core/formats/x.cpp", APACHE + "// https://arxiv.org/abs/2504.07448, $HOME/.cache and /usr/share\n")
        self.assert_quiet(check_text.check)


class Links(Planted):
    def test_a_linked_library_is_found(self):
        program = shutil.which("python3")
        self.assertEqual(len(check_links.check(program, ["libc.so"])), 1)
        self.assertEqual(check_links.check(program, ["libtorch", "libQt"]), [])

    def configure(self, link):
        self.plant("CMakeLists.txt", "cmake_minimum_required(VERSION 3.25)\nproject(planted LANGUAGES NONE)\n"
                   f'include("{HERE}/check_targets.cmake")\n'
                   "add_library(torch INTERFACE)\nadd_library(engine INTERFACE)\nadd_library(window INTERFACE)\n"
                   f"target_link_libraries(engine INTERFACE torch)\n{link}\n"
                   'lori_forbid_link(window "torch" "the window must stay free of Torch")\n')
        return subprocess.run(["cmake", "-S", self.root, "-B", self.root / "build"], capture_output=True, text=True, check=False)

    @unittest.skipUnless(shutil.which("cmake"), "cmake is not on the path")
    def test_a_target_that_reaches_torch_fails_to_configure(self):
        self.assertEqual(self.configure("").returncode, 0)
        failed = self.configure("target_link_libraries(window INTERFACE engine)")
        self.assertNotEqual(failed.returncode, 0)
        self.assertIn("window links torch", failed.stderr)


if __name__ == "__main__":
    unittest.main()
