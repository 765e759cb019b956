// SPDX-License-Identifier: GPL-3.0-or-later
// What the large pictures cost: `picture_benchmark [POINTS] [SIDE]` prints, for a chart of a million stored points, an update and
// a move of the mouse; for a mask of 4096 × 4096 entries, a step of the zoom; medians and the worst, each with its target.
// Offscreen it measures the painting alone.
#include "ui/widgets/b_matrix_view.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/run_charts.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

using namespace lori;
using namespace lori::ui;

namespace {

/// Times one call of `work` for each of 0 … count − 1, and prints the median and the worst beside the target.
void report(const char* name, int count, double targetMs, const std::function<void(int)>& work)
{
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        QElapsedTimer clock;
        clock.start();
        work(i);
        times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    std::printf("%-44s median %8.2f ms  worst %8.2f ms  (target %.1f)\n", name, times[times.size() / 2], times.back(), targetMs);
}

std::vector<events::Event> steps(int first, int count)
{
    std::vector<events::Event> result;
    result.reserve(static_cast<std::size_t>(count));
    for (int i = first; i < first + count; ++i) {
        events::Event event;
        event.payload = events::Step{
            .stage = 0, .step = i, .loss = 2 + std::sin(i * 0.001) + 0.2 * std::sin(i * 1.7), .tokensPerSecond = 200.0};
        result.push_back(std::move(event));
    }
    return result;
}

void chart(int points)
{
    RunCharts charts;
    charts.resize(1200, 900);
    charts.show();
    constexpr int kPiece = 100'000;
    QElapsedTimer clock;
    clock.start();
    for (int done = 0; done < points; done += kPiece) {
        charts.append(steps(done + 1, std::min(kPiece, points - done)));
    }
    std::printf("%-44s %15.2f ms once\n", "absorbing all points", static_cast<double>(clock.nsecsElapsed()) / 1e6);
    charts.updateNow();
    PlotView* loss = charts.panel(QStringLiteral("loss"))->view();
    QImage picture(loss->size(), QImage::Format_ARGB32_Premultiplied);
    const auto paint = [&] {
        static_cast<QWidget*>(loss)->render(&picture);
    };
    report("one step more, thinned and painted", 15, 15, [&](int i) {
        charts.append(steps(points + i + 1, 1));
        charts.updateNow();
        loss->refreshNow();
        paint();
    });
    report("the mouse moves over the curve", 60, 5, [&](int i) {
        const QPointF at(100 + i * 10, loss->height() / 2.0);
        QMouseEvent move(QEvent::MouseMove, at, loss->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(loss, &move);
        paint();
    });
}

void matrix(std::int64_t side)
{
    BMatrix values;
    values.out = side;
    values.rank = side;
    values.magnitude.resize(static_cast<std::size_t>(side * side));
    values.kept.resize(values.magnitude.size());
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < values.magnitude.size(); ++i) {
        state = state * 1664525U + 1013904223U;
        values.magnitude[i] = static_cast<float>(state >> 8U) / static_cast<float>(1U << 24U);
        values.kept[i] = values.magnitude[i] > 0.9F ? 1 : 0;
    }
    BMatrixView view;
    view.resize(1000, 700);
    view.show();
    QElapsedTimer clock;
    clock.start();
    view.setMatrix(std::move(values));
    std::printf("%-44s %15.2f ms once\n", "taking the mask", static_cast<double>(clock.nsecsElapsed()) / 1e6);
    QImage picture(view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
    constexpr double kFrameMs = 1000.0 / 60;
    report("a step of the zoom, in and out", 80, kFrameMs, [&](int i) {
        view.zoomAt(i < 40 ? 1.15 : 1 / 1.15, QPointF(300, 300));
        view.viewport()->render(&picture);
    });
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    chart(argc > 1 ? std::max(1000, std::atoi(argv[1])) : 1'000'000);
    matrix(argc > 2 ? std::max(64, std::atoi(argv[2])) : 4096);
    return 0;
}
