// SPDX-License-Identifier: Apache-2.0
#include "tests/engine_support/compare_tensors.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <sstream>

namespace lori::test {

namespace {

std::string described(const at::Tensor& tensor)
{
    std::string text = std::string(c10::toString(tensor.scalar_type())) + " [";
    for (std::int64_t d = 0; d < tensor.dim(); ++d) {
        text += (d > 0 ? ", " : "") + std::to_string(tensor.size(d));
    }
    return text + "]";
}

} // namespace

std::string differenceProblem(const at::Tensor& actual, const at::Tensor& expected, double tolerance)
{
    if (actual.sizes() != expected.sizes()) {
        return described(actual) + " against " + described(expected);
    }
    if (actual.numel() == 0) {
        return {};
    }
    const at::Tensor a = actual.to(at::kCPU, at::kDouble).contiguous();
    const at::Tensor b = expected.to(at::kCPU, at::kDouble).contiguous();
    const at::Tensor apart = (a - b).abs().nan_to_num(1e300).view({-1}); // NaN is the worst of all
    const auto worst = apart.argmax().item<std::int64_t>();
    const auto most = apart[worst].item<double>();
    if (most <= tolerance) {
        return {};
    }
    std::string place;
    std::int64_t rest = worst;
    for (std::int64_t d = a.dim() - 1; d >= 0; --d) {
        place = std::to_string(rest % a.size(d)) + (place.empty() ? "" : ", ") + place;
        rest /= a.size(d);
    }
    std::ostringstream text;
    text.precision(9);
    text << described(actual) << ", worst at [" << place << "]: " << a.view({-1})[worst].item<double>() << " against "
         << b.view({-1})[worst].item<double>() << ", apart by " << most << ", allowed " << tolerance;
    return text.str();
}

} // namespace lori::test
