// SPDX-License-Identifier: Apache-2.0
#include "core/support/this_machine.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <thread>

using namespace lori;

class ThisMachineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { qunsetenv("LORI_THREADS"); }

    void aQueueMayGiveAJobFewerThreads()
    {
        const auto all = static_cast<std::int64_t>(std::thread::hardware_concurrency());
        QCOMPARE(availableThreads(), all);
        qputenv("LORI_THREADS", "1");
        QCOMPARE(availableThreads(), std::int64_t{1});
        for (const char* text : {"", "0", "-3", "many", "1000000"}) { // what it cannot mean counts as nothing said
            qputenv("LORI_THREADS", text);
            QCOMPARE(availableThreads(), all);
        }
    }

    void theSystemSaysWhatMemoryIsFree() { QVERIFY(availableMemoryBytes() > 0); }
};

LORI_TEST(ThisMachineTest)
#include "this_machine_test.moc"
