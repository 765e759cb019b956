// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_words.h"

#include "ui/text.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPixmap>

#include <algorithm>

namespace lori::ui::compare_words {
namespace {

class CompareWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::CompareWords)
};

} // namespace

QString scoreTitle(const ScoreKey& key)
{
    const QString metric = key.metric == "pooled_accuracy" ? CompareWords::tr("right answers of all parts together")
                                                           : Text::metric(QString::fromStdString(key.metric));
    return CompareWords::tr("%1: %2", "task and what was measured").arg(Text::task(QString::fromStdString(key.task)), metric);
}

bool isScore(const std::string& key)
{
    return key.find('.') != std::string::npos;
}

std::string lossKey(const std::vector<std::string>& keys, const std::string& asTrained)
{
    const std::string perToken = asTrained + "PerToken";
    return std::find(keys.begin(), keys.end(), perToken) != keys.end() ? perToken : asTrained;
}

QString quantity(const std::string& key)
{
    if (isScore(key)) {
        const std::size_t dot = key.rfind('.');
        return scoreTitle({key.substr(0, dot), key.substr(dot + 1)});
    }
    return key == "lossPerToken"          ? CompareWords::tr("Training loss per token")
           : key == "heldOutLossPerToken" ? CompareWords::tr("Held-out loss per token")
           : key == "loss"                ? CompareWords::tr("Training loss as trained")
           : key == "heldOutLoss"         ? CompareWords::tr("Held-out loss as trained")
           : key == "gradNorm"            ? CompareWords::tr("Gradient norm")
           : key == "learningRate"        ? CompareWords::tr("Learning rate")
           : key == "tokensPerSecond"     ? CompareWords::tr("Tokens per second")
           : key == "tokens"              ? CompareWords::tr("Trained tokens per step")
           : key == "rows"                ? CompareWords::tr("Rows per step")
           : key == "rssBytes"            ? CompareWords::tr("Memory in bytes")
           : key == "gpuBytes"            ? CompareWords::tr("GPU memory in bytes")
                                          : QString::fromStdString(key);
}

PlotStyle style(std::size_t place)
{
    static constexpr PlotDash kDashes[]{PlotDash::Solid, PlotDash::Dash, PlotDash::Dot};
    static constexpr PlotMarker kMarkers[]{PlotMarker::Circle, PlotMarker::Square, PlotMarker::Triangle, PlotMarker::Diamond};
    return {.colour = static_cast<int>(place), .dash = kDashes[place % 3], .marker = kMarkers[place % 4]};
}

QIcon swatch(std::size_t place, const QPalette& palette)
{
    constexpr int kSide = 32; // drawn at twice the size of a small icon, for dense screens
    QPixmap picture(kSide, kSide);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen = plotPen(style(place), palette);
    pen.setWidthF(pen.widthF() * 2);
    painter.setPen(pen);
    painter.drawLine(0, kSide / 2, kSide, kSide / 2);
    painter.translate(kSide / 2.0, kSide / 2.0);
    painter.fillPath(markerPath(style(place).marker, kSide * 0.6), pen.color());
    return QIcon(picture);
}

} // namespace lori::ui::compare_words
