// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <QString>
#include <QtTest>

namespace lori::test {

/// "" when no entry differs by more than `tolerance`; else shapes and types, the worst entry's place and both its values.
[[nodiscard]] QString differenceProblem(const at::Tensor& actual, const at::Tensor& expected, double tolerance);

} // namespace lori::test

/// Compares two tensors entry by entry and says where and by how much they differ most.
#define LORI_VERIFY_CLOSE(actual, expected, tolerance)                                                                           \
    do {                                                                                                                         \
        const QString problem_ = lori::test::differenceProblem((actual), (expected), (tolerance));                               \
        QVERIFY2(problem_.isEmpty(), qPrintable(QStringLiteral(#actual " against " #expected ": ") + problem_));                 \
    } while (false)
