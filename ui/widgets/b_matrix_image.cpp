// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/b_matrix_image.h"

#include "ui/widgets/plot_style.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lori::ui {

QColor keptColour(double relative, const QPalette& palette)
{
    return sequentialColour(0.4 + 0.6 * relative, palette);
}

QColor droppedColour(double relative, const QPalette& palette)
{
    return mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.05 + 0.3 * relative);
}

QImage imageOf(const BMatrix& matrix, const QPalette& palette)
{
    constexpr int kShades = 256;
    std::array<QRgb, kShades> kept{};
    std::array<QRgb, kShades> dropped{};
    for (int shade = 0; shade < kShades; ++shade) {
        const double relative = shade / (kShades - 1.0);
        kept[static_cast<std::size_t>(shade)] = keptColour(relative, palette).rgb();
        dropped[static_cast<std::size_t>(shade)] = droppedColour(relative, palette).rgb();
    }
    float largest = 0;
    for (const float value : matrix.magnitude) {
        largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : largest;
    }
    QImage image(static_cast<int>(matrix.out), static_cast<int>(matrix.rank), QImage::Format_RGB32);
    for (std::int64_t r = 0; r < matrix.rank; ++r) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(r)));
        for (std::int64_t o = 0; o < matrix.out; ++o) {
            const double value = matrix.value(o, r);
            // The square root spreads the many small values over more shades.
            const double relative = largest > 0 && std::isfinite(value) ? std::sqrt(std::abs(value) / largest) : 1.0;
            const auto shade = static_cast<std::size_t>(relative * (kShades - 1));
            line[o] = matrix.isKept(o, r) ? kept[shade] : dropped[matrix.magnitude.empty() ? 0 : shade];
        }
    }
    return image;
}

} // namespace lori::ui
