// SPDX-License-Identifier: Apache-2.0
#include "tests/engine_support/compare_tensors.h"

#include <ATen/Functions.h>

namespace lori::test {

namespace {

QString described(const at::Tensor& tensor)
{
    QString text = QString::fromLatin1(c10::toString(tensor.scalar_type())) + QStringLiteral(" [");
    for (std::int64_t d = 0; d < tensor.dim(); ++d) {
        text += (d > 0 ? QStringLiteral(", ") : QString()) + QString::number(tensor.size(d));
    }
    return text + QStringLiteral("]");
}

} // namespace

QString differenceProblem(const at::Tensor& actual, const at::Tensor& expected, double tolerance)
{
    if (actual.sizes() != expected.sizes()) {
        return described(actual) + QStringLiteral(" against ") + described(expected);
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
    QString place;
    std::int64_t rest = worst;
    for (std::int64_t d = a.dim() - 1; d >= 0; --d) {
        place = QString::number(rest % a.size(d)) + (place.isEmpty() ? QString() : QStringLiteral(", ")) + place;
        rest /= a.size(d);
    }
    return QStringLiteral("%1, worst at [%2]: %3 against %4, apart by %5, allowed %6")
        .arg(described(actual), place)
        .arg(a.view({-1})[worst].item<double>(), 0, 'g', 9)
        .arg(b.view({-1})[worst].item<double>(), 0, 'g', 9)
        .arg(most, 0, 'g', 3)
        .arg(tolerance, 0, 'g', 3);
}

} // namespace lori::test
