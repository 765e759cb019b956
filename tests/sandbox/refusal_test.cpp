// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "tests/sandbox/sandbox_case.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <chrono>
#include <filesystem>

using namespace lori;
using namespace lori::sandbox;

/// Refusals, wrong use, and running many at once.
class RefusalTest : public QObject {
    Q_OBJECT

    static Program simple(const std::string& body = "    return 1") { return {"def f():\n" + body, "assert f() == 1", "f", {}}; }

private Q_SLOTS:
    void withoutBubblewrapNothingRuns()
    {
        SandboxTools tools;
        tools.bubblewrap = "/nowhere/bwrap";
        const auto result = runProgram(simple(), {}, {}, tools);
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, ErrorCode::Unsupported);
        QVERIFY(result.error().sentence().find("install the package bubblewrap") != std::string::npos);
        QCOMPARE(probeSandbox(tools).error().code, ErrorCode::Unsupported);
    }

    void withoutPythonNothingRuns()
    {
        SandboxTools tools;
        tools.python = "/nowhere/python3";
        QCOMPARE(probeSandbox(tools).error().code, ErrorCode::Unsupported);
    }

    void aSystemThatForbidsNamespacesIsRefusedWithItsReason()
    {
        const QTemporaryDir folder;
        QVERIFY(QFile::setPermissions(folder.path(), QFile::permissions(folder.path()) | QFile::ExeOther | QFile::ReadOther));
        const std::filesystem::path tool = std::filesystem::path(folder.path().toStdString()) / "bwrap";
        writeFileAtomically(tool, "#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1\n").value();
        std::filesystem::permissions(tool, std::filesystem::perms(0755));
        SandboxTools tools;
        tools.bubblewrap = tool;
        const auto result = runProgram(simple(), {}, {}, tools);
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, ErrorCode::Unsupported);
        QVERIFY2(result.error().sentence().find("No permissions to create a new namespace") != std::string::npos,
                 result.error().sentence().c_str());
    }

    void limitsAndNamesAreChecked()
    {
        SandboxLimits limits;
        limits.memoryBytes = 1;
        QCOMPARE(runProgram(simple(), limits).error().code, ErrorCode::InvalidArgument);
        limits = {};
        limits.wallTime = std::chrono::milliseconds(-1);
        QCOMPARE(runProgram(simple(), limits).error().code, ErrorCode::InvalidArgument);
        for (const char* name : {"", "1f", "f()", "f\nimport os", "os.system"}) {
            Program program = simple();
            program.entryPoint = name;
            QCOMPARE(runProgram(program, {}).error().code, ErrorCode::InvalidArgument);
        }
    }

    void testsThatNeverCallTheProgramPassNothing()
    {
        LORI_NEED_SANDBOX();
        for (const char* tests : {"", "def check(candidate):\n    assert candidate() == 1\n", "assert True"}) {
            Program program = simple();
            program.tests = tests;
            const auto result = runProgram(program, {});
            QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
            QVERIFY(!result->passed());
        }
    }

    void aProgramIsEndedWhenCancelled()
    {
        LORI_NEED_SANDBOX();
        SandboxLimits limits;
        limits.wallTime = std::chrono::minutes(5);
        const auto begin = std::chrono::steady_clock::now();
        const auto result = runProgram(simple("    while True: pass"), limits,
                                       [&] { return std::chrono::steady_clock::now() - begin > std::chrono::milliseconds(500); });
        QCOMPARE(result.error().code, ErrorCode::Stopped);
        QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
    }

    void manyProgramsKeepTheirOrder()
    {
        LORI_NEED_SANDBOX();
        std::vector<Program> programs;
        for (int i = 0; i < 12; ++i) {
            programs.push_back(simple("    return " + std::to_string(i % 3)));
        }
        PoolOptions options;
        options.parallel = 4;
        options.limits.wallTime = std::chrono::seconds(30);
        std::vector<std::size_t> seen;
        std::size_t last = 0;
        options.onResult = [&](std::size_t index, const ProgramResult& result, std::size_t done) {
            seen.push_back(index);
            const bool inOrder = done == last + 1;
            last = done;
            return inOrder && result.passed() == (index % 3 == 1);
        };
        const auto results = runPrograms(programs, options);
        QVERIFY2(results.has_value(), results ? "" : results.error().sentence().c_str());
        QCOMPARE(seen.size(), std::size_t{12});
        for (std::size_t i = 0; i < results->size(); ++i) {
            QCOMPARE(results->at(i).passed(), i % 3 == 1);
        }
    }

    void aPoolStopsWhenTold()
    {
        LORI_NEED_SANDBOX();
        const std::vector<Program> programs(50, simple());
        PoolOptions options;
        options.parallel = 2;
        options.limits.wallTime = std::chrono::seconds(30);
        std::size_t calls = 0;
        options.onResult = [&](std::size_t, const ProgramResult&, std::size_t) {
            return ++calls < 3;
        };
        const auto results = runPrograms(programs, options);
        QCOMPARE(results.error().code, ErrorCode::Stopped);
        QCOMPARE(calls, std::size_t{3});
    }

    void noProgramsGiveNoResults() { QVERIFY(runPrograms({}, {}).value().empty()); }
};

LORI_TEST(RefusalTest)
#include "refusal_test.moc"
