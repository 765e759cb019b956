// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "tests/sandbox/sandbox_case.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

using namespace lori;
using namespace lori::sandbox;

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* kSecret = "the secret of the person who runs this";
constexpr const char* kEscape = "lori-sandbox-escape";

/// One file of tests/sandbox/hostile: its comments say what it tries, which verdict it must get, and the tests it claims to pass.
struct Hostile {
    std::string expected;
    Program program;
};

Hostile readHostile(const fs::path& file, const std::string& secretPath)
{
    Hostile hostile;
    hostile.program.entryPoint = "f";
    hostile.program.source = readTextFile(file).value();
    std::istringstream lines(hostile.program.source);
    for (std::string line; std::getline(lines, line);) {
        const auto after = [&](const std::string& word) {
            return line.starts_with(word) ? line.substr(word.size()) : "";
        };
        hostile.expected += after("# Verdict: ");
        if (const std::string test = after("# Test: "); !test.empty()) {
            hostile.program.tests += test + "\n";
        }
        if (const std::string helper = after("# Helpers: "); !helper.empty()) {
            hostile.program.helpers += helper + "\n";
        }
    }
    for (std::string* text : {&hostile.program.tests, &hostile.program.source}) {
        if (const std::size_t at = text->find("@SECRET@"); at != std::string::npos) {
            text->replace(at, 8, secretPath);
        }
    }
    return hostile;
}

/// Processes of any kind whose command line carries `mark`.
std::string processesWith(const std::string& mark)
{
    std::string found;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator("/proc", ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") == std::string::npos && std::stoi(name) != ::getpid()) {
            std::ifstream file(entry.path() / "cmdline", std::ios::binary);
            std::ostringstream text;
            text << file.rdbuf();
            if (text.str().find(mark) != std::string::npos) {
                found += name + " ";
            }
        }
    }
    return found;
}

std::string escapes()
{
    std::string found;
    std::error_code ignored;
    for (const char* folder : {"/", "/etc", "/var/tmp", "/home", "/root", "/dev", "/dev/shm", "/run", "/usr", "/lib", "/tmp"}) {
        if (fs::exists(fs::path(folder) / kEscape, ignored)) {
            found += std::string(folder) + " ";
        }
    }
    return found;
}

/// The most memory this process ever held, in MiB.
long peakMemory()
{
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmHWM:")) {
            return std::stol(line.substr(6)) / 1024;
        }
    }
    return 0;
}

std::string openDescriptors()
{
    return std::to_string(std::distance(fs::directory_iterator("/proc/self/fd"), {}));
}

} // namespace

/// Each of the programs in tests/sandbox/hostile is contained and counts as a failure.
class HostileProgramsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        LORI_NEED_SANDBOX();
        qputenv("LORI_HOSTILE_SECRET", "in the environment");
        m_secret = fs::path(m_folder.path().toStdString()) / "secret.txt";
        writeFileAtomically(m_secret, kSecret).value();
        // A limit like no other: whatever carries it on its command line comes from this test.
        m_limits.fileBytes = (16ULL << 20U) + static_cast<std::uint64_t>(::getpid());
        m_mark = "\"FSIZE\":" + std::to_string(m_limits.fileBytes);
        m_peakBefore = peakMemory();
    }

    void everyHostileProgramIsContainedAndFails_data()
    {
        QTest::addColumn<QString>("file");
        std::vector<fs::path> files;
        for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(LORI_SOURCE_DIR) / "tests/sandbox/hostile")) {
            files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
        QVERIFY(files.size() >= 40);
        for (const fs::path& file : files) {
            QTest::newRow(file.stem().c_str()) << QString::fromStdString(file.string());
        }
    }
    void everyHostileProgramIsContainedAndFails()
    {
        QFETCH(QString, file);
        const Hostile hostile = readHostile(file.toStdString(), m_secret.string());
        QVERIFY2(!hostile.expected.empty() && !hostile.program.tests.empty(), "the file lacks its comments");
        const std::string descriptors = openDescriptors();
        const auto begin = Clock::now();
        const auto result = runProgram(hostile.program, m_limits);
        const std::chrono::duration<double> all = Clock::now() - begin;
        QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
        const std::string said =
            std::string(verdictName(result->verdict)) + ": " + result->reason + " | " + result->output.substr(0, 300);
        QVERIFY2(!result->passed(), "counted as passed");
        // On a busy machine any of them may run out of time first, which is a failure too.
        QVERIFY2(hostile.expected == "any" || result->verdict == Verdict::TimedOut ||
                     hostile.expected == verdictName(result->verdict),
                 said.c_str());
        QVERIFY2(!result->reason.empty() && result->reason.size() < 1200, said.c_str());
        QVERIFY(result->output.size() <= m_limits.keptOutputBytes * 3); // each bad byte became a replacement character
        QVERIFY2(result->seconds < 3 + 3, said.c_str());
        QVERIFY2(all.count() < 60, "took too long to start and clean up");
        QCOMPARE(processesWith(m_mark), std::string());
        QCOMPARE(escapes(), std::string());
        QCOMPARE(readTextFile(m_secret).value(), std::string(kSecret));
        QCOMPARE(openDescriptors(), descriptors);
        QVERIFY2(peakMemory() - m_peakBefore < 64, "this process grew");
    }

private:
    QTemporaryDir m_folder;
    fs::path m_secret;
    SandboxLimits m_limits;
    std::string m_mark;
    long m_peakBefore = 0;
};

LORI_TEST(HostileProgramsTest)
#include "hostile_programs_test.moc"
