// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <string>

namespace lori::test {

/// "" when no entry differs by more than `tolerance`; else shapes and types, the worst entry's place and both its values.
[[nodiscard]] std::string differenceProblem(const at::Tensor& actual, const at::Tensor& expected, double tolerance);

} // namespace lori::test

/// In a test: compares two tensors entry by entry and says where and by how much they differ most.
#define LORI_VERIFY_CLOSE(actual, expected, tolerance)                                                                           \
    do {                                                                                                                         \
        const std::string problem_ = lori::test::differenceProblem((actual), (expected), (tolerance));                           \
        QVERIFY2(problem_.empty(), (#actual " against " #expected ": " + problem_).c_str());                                     \
    } while (false)
