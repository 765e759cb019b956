// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of curves as eyes see them that lack one kind of cones.
#include "tests/support/test_registry.h"
#include "ui/theme.h"
#include "ui/widgets/plot_style.h"

#include <QApplication>
#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

using namespace lori::ui;

namespace {

/// Eyes without one kind of cones: Machado, Oliveira and Fernandes 2009, at full strength, for linear light.
using Eyes = std::array<std::array<double, 3>, 3>;
constexpr Eyes kAllCones{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Eyes kNoRed{{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Eyes kNoGreen{{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Eyes kNoBlue{{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

/// A colour as these eyes see it, in CIELAB (D65).
std::array<double, 3> labOf(const QColor& colour, const Eyes& eyes)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    const std::array<double, 3> light{linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())};
    std::array<double, 3> seen{};
    for (std::size_t i = 0; i < 3; ++i) {
        seen.at(i) = std::clamp(std::inner_product(light.begin(), light.end(), eyes.at(i).begin(), 0.0), 0.0, 1.0);
    }
    const auto [r, g, b] = seen;
    const auto root = [](double t) {
        return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    };
    const double x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const double y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

} // namespace

class ColourVisionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void colourBlindEyesTellTheCurvesApart_data()
    {
        QTest::addColumn<int>("look");
        QTest::newRow("light") << static_cast<int>(Look::Light);
        QTest::newRow("dark") << static_cast<int>(Look::Dark);
    }
    void colourBlindEyesTellTheCurvesApart()
    {
        constexpr double kApart = 12; // CIELAB; about five times what is just noticed
        QFETCH(int, look);
        const QPalette before = QApplication::palette();
        applyLook(static_cast<Look>(look));
        const QPalette palette = QApplication::palette();
        applyLook(Look::System);
        QApplication::setPalette(before);
        for (const Eyes& eyes : {kAllCones, kNoRed, kNoGreen, kNoBlue}) {
            for (int i = 0; i < kPlotColours; ++i) {
                for (int k = 0; k < i; ++k) {
                    const auto one = labOf(plotColour(i, palette), eyes);
                    const auto other = labOf(plotColour(k, palette), eyes);
                    const double apart = std::hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
                    QVERIFY2(apart >= kApart, qPrintable(QStringLiteral("%1 and %2: %3").arg(k).arg(i).arg(apart)));
                }
            }
        }
    }
};

LORI_TEST(ColourVisionTest)
#include "colour_vision_test.moc"
