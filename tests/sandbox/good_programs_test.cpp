// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "tests/sandbox/sandbox_case.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace lori;
using namespace lori::sandbox;

namespace {

struct Case {
    const char* name;
    const char* source;
    const char* tests;
};

/// Programs that use Python as people do; the entry point is f.
constexpr Case kGood[] = {
    {"plain numbers", "def f(a, b=2):\n    return a * b",
     "assert f(3) == 6\nassert f(3, b=5) == 15\nassert abs(f(0.1) - 0.2) < 1e-12"},
    {"text that is no ASCII", "def f(s):\n    return s[::-1]", "assert f('aé語\\n\\ud83d') == '\\ud83d\\n語éa'"},
    {"nested containers", "def f(x):\n    return {'a': [x, (x, {1, 2})], (1, 2): None}",
     "assert f(1) == {'a': [1, (1, {1, 2})], (1, 2): None}\nassert type(f(1)['a'][1]) is tuple"},
    {"large and special numbers", "def f(n):\n    return n ** 300, float('inf'), 1j * n, -0.0",
     "assert f(7)[0] == 7 ** 300\nassert f(7)[1] == float('inf')\nassert f(2)[2] == 2j\nassert str(f(1)[3]) == '-0.0'"},
    {"fractions, decimals, bytes, ranges",
     "from fractions import Fraction\nfrom decimal import Decimal\ndef f():\n    return [Fraction(1, 3), Decimal('0.1'), "
     "b'a\\0', range(3)]",
     "from fractions import Fraction\nfrom decimal import Decimal\nassert f() == [Fraction(1, 3), Decimal('0.1'), b'a\\0', "
     "range(3)]"},
    {"subclasses of plain data",
     "from collections import Counter, OrderedDict, namedtuple, defaultdict\nP = namedtuple('P', 'x y')\n"
     "def f():\n    return Counter('aab'), OrderedDict(a=1), P(1, 2), defaultdict(list, a=[1])",
     "assert f() == ({'a': 2, 'b': 1}, {'a': 1}, (1, 2), {'a': [1]})"},
    {"a list changed in place", "def f(x):\n    x.append(len(x))\n    x.sort(reverse=True)",
     "a = [5, 9]\nassert f(a) is None\nassert a == [9, 5, 2]\nd = [[3]]\nf(d[0])\nassert d == [[3, 1]]"},
    {"sharing survives", "def f(n):\n    return [[] for _ in range(n)]", "a = f(2)\na[0].append(1)\nassert a[1] == []"},
    {"a function handed over", "def f(g, x):\n    return g(g(x))",
     "assert f(lambda x: x + 1, 5) == 7\nassert f(str.upper, 'a') == 'A'\nassert f(lambda x: f(lambda y: y * 2, x), 1) == 16"},
    {"a function handed back", "def f(n):\n    return lambda x: x + n",
     "assert f(2)(3) == 5\nadd = f(10)\nassert [add(i) for i in range(3)] == [10, 11, 12]"},
    {"a generator", "def f(n):\n    for i in range(n):\n        yield i * i",
     "assert list(f(4)) == [0, 1, 4, 9]\nassert next(f(1)) == 0"},
    {"an object of its own class",
     "class f:\n    def __init__(self):\n        self.items = []\n    def push(self, x):\n        self.items.append(x)\n    def "
     "__len__(self):\n        return len(self.items)",
     "s = f()\ns.push(3)\ns.push('a')\nassert len(s) == 2\nassert s.items == [3, 'a']"},
    {"expected errors", "def f(x):\n    if x < 0:\n        raise ValueError('below zero')\n    return x",
     "try:\n    f(-1)\nexcept ValueError as e:\n    assert str(e) == 'below zero'\nelse:\n    assert False\nassert f(1) == 1"},
    {"imports and helpers",
     "import math, re, itertools, functools\n@functools.lru_cache\ndef g(n):\n    return n if n < 2 else g(n-1) + g(n-2)\ndef "
     "f(n):\n    return g(n) + math.gcd(4, 6)",
     "assert f(30) == 832042\nassert g(10) == 55"},
    {"tests that import and loop", "def f(x):\n    return sorted(x)",
     "import random\nrng = random.Random(1)\nfor _ in range(50):\n    x = [rng.randint(0, 9) for _ in range(20)]\n    assert "
     "f(x) == sorted(x)"},
    {"recursion", "def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)", "assert f(900) == 900"},
    {"printing a little", "import sys\ndef f():\n    print('hello')\n    print('trouble', file=sys.stderr)\n    return 1",
     "assert f() == 1"},
    {"a thread that ends",
     "import threading\ndef f():\n    r = []\n    t = threading.Thread(target=r.append, args=(1,))\n    t.start()\n    "
     "t.join()\n    return r",
     "assert f() == [1]"},
    {"a temporary file",
     "import tempfile\ndef f():\n    with tempfile.TemporaryFile() as t:\n        t.write(b'abc')\n        t.seek(0)\n        "
     "return t.read()",
     "assert f() == b'abc'"},
    {"a child that is waited for",
     "import os\ndef f():\n    p = os.fork()\n    if p == 0:\n        os._exit(7)\n    return "
     "os.waitstatus_to_exitcode(os.waitpid(p, 0)[1])",
     "assert f() == 7"},
    {"a main part that must not run", "def f():\n    return 1\nif __name__ == '__main__':\n    raise SystemExit(1)",
     "assert f() == 1"},
    {"two megabytes of answer", "def f(n):\n    return list(range(n))", "assert f(250000) == list(range(250000))"},
};

Program unitTestProgram(std::string source, std::string tests, std::string entryPoint)
{
    return {std::move(source), std::move(tests), std::move(entryPoint), {}};
}

/// A row of HumanEval with a completion: the tests are its own and the call of its check.
Program humanEvalProgram(const nlohmann::json& row, const std::string& completion)
{
    const std::string prompt = row.at("prompt");
    const std::string entryPoint = row.at("entry_point");
    return {prompt + completion, row.at("test").get<std::string>() + "\ncheck(" + entryPoint + ")", entryPoint, prompt};
}

std::vector<nlohmann::json> jsonLines(const std::filesystem::path& file)
{
    std::vector<nlohmann::json> rows;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        rows.push_back(nlohmann::json::parse(line));
    }
    return rows;
}

/// "name: reason" of every program that did not pass.
QString failures(const std::vector<std::string>& names, const std::vector<Program>& programs, int parallel = 0)
{
    PoolOptions options;
    options.parallel = parallel;
    options.limits.wallTime = std::chrono::seconds(30); // the machine of a test may be busy
    const auto results = runPrograms(programs, options);
    if (!results) {
        return QString::fromStdString(results.error().sentence());
    }
    QString found;
    for (std::size_t i = 0; i < programs.size(); ++i) {
        if (!results->at(i).passed()) {
            found += QString::fromStdString(names[i] + ": " + verdictName(results->at(i).verdict) + ", " + results->at(i).reason +
                                            "\n");
        }
    }
    return found;
}

} // namespace

class GoodProgramsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodProgramsPass_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(kGood)); ++i) {
            QTest::newRow(kGood[i].name) << i;
        }
    }
    void goodProgramsPass()
    {
        LORI_NEED_SANDBOX();
        QFETCH(int, index);
        SandboxLimits limits;
        limits.wallTime = std::chrono::seconds(30);
        const auto result = runProgram(unitTestProgram(kGood[index].source, kGood[index].tests, "f"), limits);
        QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
        QVERIFY2(result->passed(), (result->reason + " | " + result->output).c_str());
    }

    void outputIsKeptAndCounted()
    {
        LORI_NEED_SANDBOX();
        SandboxLimits limits;
        limits.keptOutputBytes = 10;
        const auto result = runProgram({"print('x' * 99)\ndef f():\n    return 1", "assert f() == 1", "f", {}}, limits);
        QVERIFY(result.has_value() && result->passed());
        QCOMPARE(result->output, std::string(10, 'x'));
        QCOMPARE(result->outputBytes, std::uint64_t{100});
    }

    void everyCanonicalHumanEvalSolutionPasses()
    {
        const std::filesystem::path file = std::filesystem::path(LORI_SHARED_DATA) / "code" / "HumanEval.jsonl";
        if (!std::filesystem::exists(file)) {
            QSKIP("HumanEval is not on this machine");
        }
        LORI_NEED_SANDBOX();
        std::vector<std::string> names;
        std::vector<Program> programs;
        for (const nlohmann::json& row : jsonLines(file)) {
            names.push_back(row.at("task_id"));
            programs.push_back(humanEvalProgram(row, row.at("canonical_solution")));
        }
        QCOMPARE(names.size(), std::size_t{164});
        const QString found = failures(names, programs);
        QVERIFY2(found.isEmpty(), qPrintable(found));
    }

    void everyHumanEvalProblemFailsWithoutABody()
    {
        const std::filesystem::path file = std::filesystem::path(LORI_SHARED_DATA) / "code" / "HumanEval.jsonl";
        if (!std::filesystem::exists(file)) {
            QSKIP("HumanEval is not on this machine");
        }
        LORI_NEED_SANDBOX();
        std::vector<Program> programs;
        for (const nlohmann::json& row : jsonLines(file)) {
            programs.push_back(humanEvalProgram(row, "    return None\n"));
        }
        const auto results = runPrograms(programs, {}).value();
        QCOMPARE(std::count_if(results.begin(), results.end(), [](const ProgramResult& r) { return r.passed(); }), 0);
    }

    void everyStarterTaskSolutionPasses()
    {
        LORI_NEED_SANDBOX();
        std::vector<std::string> names;
        std::vector<Program> programs;
        for (const nlohmann::json& row : jsonLines(std::filesystem::path(LORI_SOURCE_DIR) / "resources/tasks/code/train.jsonl")) {
            const std::string source = row.at("output");
            const std::size_t name = source.find("def ") + 4;
            names.push_back(source.substr(name, source.find('(', name) - name));
            programs.push_back(unitTestProgram(source, row.at("tests"), names.back()));
        }
        QVERIFY(programs.size() > 100);
        const QString found = failures(names, programs);
        QVERIFY2(found.isEmpty(), qPrintable(found));
    }
};

LORI_TEST(GoodProgramsTest)
#include "good_programs_test.moc"
