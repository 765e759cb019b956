// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>
#include <memory>

namespace lori::test {

using Factory = std::function<std::unique_ptr<QObject>()>;
/// Adds a test class to this program; called by LORI_TEST before main().
bool registerTest(const char* className, Factory factory);

} // namespace lori::test

/// Registers a Qt Test class of this program. Put it after the class, before the include of the .moc file.
/// `test_room ClassName` runs one class, `test_room ClassName slot` one slot.
#define LORI_TEST(Class)                                                                                                         \
    static const bool registered##Class = ::lori::test::registerTest(#Class, [] { return std::make_unique<Class>(); });
