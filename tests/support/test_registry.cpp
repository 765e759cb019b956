// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_registry.h"

#include <QStringList>
#include <QtTest>

#include <cstdio>
#include <utility>
#include <vector>

namespace lori::test {

namespace {

std::vector<std::pair<QString, Factory>>& registry()
{
    static std::vector<std::pair<QString, Factory>> tests;
    return tests;
}

} // namespace

bool registerTest(const char* className, Factory factory)
{
    registry().emplace_back(QString::fromLatin1(className), std::move(factory));
    return true;
}

/// Runs every registered class (or the one named by the first argument); the result is the number of classes that failed.
int runRegisteredTests(QStringList arguments)
{
    QString only;
    if (arguments.size() > 1 && !arguments[1].startsWith(QLatin1Char('-'))) {
        only = arguments.takeAt(1);
    }
    int failedClasses = 0;
    int ranClasses = 0;
    for (const auto& [name, factory] : registry()) {
        if (!only.isEmpty() && name != only) {
            continue;
        }
        ++ranClasses;
        const std::unique_ptr<QObject> test = factory();
        failedClasses += QTest::qExec(test.get(), arguments) == 0 ? 0 : 1;
    }
    if (ranClasses == 0) {
        std::fprintf(stderr, "no test class named '%s' in this program\n", qPrintable(only));
        return 2;
    }
    return failedClasses;
}

} // namespace lori::test
