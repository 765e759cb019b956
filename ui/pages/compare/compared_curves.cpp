// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compared_curves.h"

#include "database/run_repository.h"
#include "ui/pages/compare/compare_words.h"
#include "ui/widgets/plot_painter.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <atomic>
#include <cmath>

namespace lori::ui {
namespace {

class CurveWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::CurveWords)
};

constexpr std::size_t kMostCharts = 8;
constexpr int kChartHeight = 300;
constexpr double kRoom = 0.05; ///< of the height above and below the curves

using Curves = std::vector<std::vector<PlotPoint>>;

std::vector<PlotPoint> curveOf(const database::RunRepository& repository, const CurveRun& run, const std::string& key)
{
    std::vector<PlotPoint> points;
    std::int64_t offset = 0;
    for (std::int64_t stage = -1; stage < static_cast<std::int64_t>(run.stageSteps.size()); ++stage) {
        const auto series = repository.series(run.id, stage, key);
        for (const database::MetricPoint& point : series.value()) {
            if (std::isfinite(point.value)) {
                points.push_back({static_cast<double>(offset + (stage < 0 ? 0 : point.step)), point.value});
            }
        }
        offset += stage < 0 ? 0 : run.stageSteps[static_cast<std::size_t>(stage)];
    }
    return points;
}

PlotRange rangeOf(const Curves& curves)
{
    std::optional<PlotRange> range;
    for (const auto& curve : curves) {
        for (const PlotPoint& point : curve) {
            range = range.value_or(PlotRange{point.x, point.x, point.y, point.y});
            range->xMin = std::min(range->xMin, point.x);
            range->xMax = std::max(range->xMax, point.x);
            range->yMin = std::min(range->yMin, point.y);
            range->yMax = std::max(range->yMax, point.y);
        }
    }
    PlotRange all = range.value_or(PlotRange{});
    all.xMax = all.xMax > all.xMin ? all.xMax : all.xMin + 1;
    const double height = all.yMax > all.yMin ? all.yMax - all.yMin : std::max(std::abs(all.yMax), 1.0);
    all.yMin -= height * kRoom;
    all.yMax += height * kRoom;
    return all;
}

void paintCurve(QPainter& painter, const PlotFrame& frame, const std::vector<PlotPoint>& curve, std::size_t place)
{
    const PlotStyle style = compare_words::style(place);
    const auto columns = static_cast<std::size_t>(frame.area.width());
    QPolygonF line;
    for (const PlotPoint& point : thinned(curve, frame.range.xMin, frame.range.xMax, columns)) {
        line.append(frame.toPixel(point.x, point.y));
    }
    painter.setPen(plotPen(style, frame.palette));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    if (curve.size() <= compare_words::kFewPoints) {
        paintMarkers(painter, frame, curve, style);
    }
}

/// Samples and names in as many lines as they need; the height that takes, in pixels.
double paintLegend(QPainter* painter, const QFont& font, const QPalette& palette, const std::vector<CurveRun>& runs,
                   const Curves& curves, double top)
{
    const QFontMetricsF metrics(font);
    const double line = metrics.height() * 1.4;
    double x = 0;
    double y = top;
    for (std::size_t i = 0; i < curves.size(); ++i) {
        if (curves[i].empty()) {
            continue;
        }
        const double width = line + 6 + metrics.horizontalAdvance(runs[i].title) + 18;
        if (x > 0 && x + width > kReportCurveWidth) {
            x = 0;
            y += line;
        }
        if (painter != nullptr) {
            paintSample(*painter, QRectF(x, y, line, line), compare_words::style(i), palette);
            painter->setPen(palette.color(QPalette::Text));
            painter->drawText(QRectF(x + line + 6, y, kReportCurveWidth, line), Qt::AlignLeft | Qt::AlignVCenter, runs[i].title);
        }
        x += width;
    }
    return y + line - top;
}

QImage chartOf(const std::vector<CurveRun>& runs, const Curves& curves, const std::string& key)
{
    PlotFrame frame;
    frame.palette = QPalette(QColor(240, 240, 240)); // black on white
    frame.font.setPixelSize(12);
    frame.range = rangeOf(curves);
    frame.format = compare_words::isScore(key) ? PlotFormat::Percent : PlotFormat::Number;
    frame.xTitle = CurveWords::tr("Step over all stages");
    frame.yTitle = compare_words::quantity(key);
    const double legend = paintLegend(nullptr, frame.font, frame.palette, runs, curves, 0);
    constexpr int kDense = 2;
    QImage image(kReportCurveWidth * kDense, static_cast<int>(std::ceil(kChartHeight + legend)) * kDense, QImage::Format_RGB32);
    image.setDevicePixelRatio(kDense);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(frame.font);
    frame.area = plotAreaIn(QRectF(0, 0, kReportCurveWidth, kChartHeight), frame);
    paintGrid(painter, frame);
    for (std::size_t i = 0; i < curves.size(); ++i) {
        paintCurve(painter, frame, curves[i], i);
    }
    paintLegend(&painter, frame.font, frame.palette, runs, curves, kChartHeight);
    return image;
}

bool isWorthAChart(const Curves& curves)
{
    return std::any_of(curves.begin(), curves.end(), [](const auto& curve) { return curve.size() > 1; });
}

} // namespace

std::vector<CurveRun> curveRunsOf(const Comparison& comparison)
{
    std::vector<CurveRun> runs;
    for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
        CurveRun run{comparison.runTitle(i), comparison.runs[i].summary.id, {}};
        for (const database::StageRow& stage : comparison.runs[i].stages) {
            run.stageSteps.push_back(stage.steps);
        }
        runs.push_back(std::move(run));
    }
    return runs;
}

Result<Curves> readCurves(const std::filesystem::path& historyFile, const std::vector<CurveRun>& runs, const std::string& key,
                          const BackgroundJob::Cancelled& cancelled)
{
    return guard([&] {
        const auto history = database::History::open(historyFile, database::History::Access::ReadOnly).value();
        const database::RunRepository repository(history);
        Curves curves;
        for (const CurveRun& run : runs) {
            if (!*cancelled) {
                curves.push_back(curveOf(repository, run, key));
            }
        }
        return curves;
    });
}

Result<std::vector<ReportCurve>> reportCurves(const std::filesystem::path& historyFile, const Comparison& comparison)
{
    return guard([&] {
        std::vector<std::string> keys{compare_words::lossKey(comparison.seriesKeys, "loss"),
                                      compare_words::lossKey(comparison.seriesKeys, "heldOutLoss")};
        std::copy_if(comparison.seriesKeys.begin(), comparison.seriesKeys.end(), std::back_inserter(keys),
                     [](const std::string& key) { return compare_words::isScore(key); });
        const std::vector<CurveRun> runs = curveRunsOf(comparison);
        std::vector<ReportCurve> charts;
        for (const std::string& key : keys) {
            const Curves curves = readCurves(historyFile, runs, key, std::make_shared<const std::atomic_bool>(false)).value();
            if (charts.size() < kMostCharts && isWorthAChart(curves)) {
                charts.push_back({compare_words::quantity(key), chartOf(runs, curves, key)});
            }
        }
        return charts;
    });
}

} // namespace lori::ui
