// SPDX-License-Identifier: GPL-3.0-or-later
// How long the charts need for an update with 100,000 steps: absorbing, thinning, and painting, each on its own.
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/run_charts.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <vector>

namespace {

std::vector<lori::events::Event> steps(int count)
{
    std::vector<lori::events::Event> events;
    for (int i = 1; i <= count; ++i) {
        lori::events::Event event;
        event.payload = lori::events::Step{
            .stage = 0, .step = i, .loss = 2 + std::sin(i * 0.01) + 0.2 * std::sin(i * 1.7), .tokensPerSecond = 200.0};
        events.push_back(std::move(event));
    }
    return events;
}

double medianMs(const std::function<void()>& work)
{
    std::vector<double> times;
    for (int i = 0; i < 15; ++i) {
        QElapsedTimer clock;
        clock.start();
        work();
        times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    std::nth_element(times.begin(), times.begin() + 7, times.end());
    return times[7];
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    lori::ui::RunCharts charts;
    charts.resize(1200, 900);
    charts.show();
    const std::vector<lori::events::Event> events = steps(100000);
    QElapsedTimer clock;
    clock.start();
    charts.append(events);
    std::printf("absorb 100000 steps          %8.2f ms (once)\n", static_cast<double>(clock.nsecsElapsed()) / 1e6);
    charts.updateNow();
    lori::ui::PlotView* loss = charts.panel(QStringLiteral("loss"))->view();
    QImage picture(loss->size(), QImage::Format_ARGB32_Premultiplied);
    std::printf("smooth and hand to the plots %8.2f ms\n", medianMs([&] { charts.updateNow(); }));
    const double thin = medianMs([&] { loss->refreshNow(); });
    const double paint = medianMs([&] { static_cast<QWidget*>(loss)->render(&picture); });
    std::printf("thin and replace (loss)      %8.2f ms\npaint (loss)                 %8.2f ms\npaint path                   "
                "%8.2f ms (target 15)\n",
                thin, paint, thin + paint);
    return thin + paint < 15 ? 0 : 1;
}
