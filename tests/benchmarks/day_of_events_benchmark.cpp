// SPDX-License-Identifier: GPL-3.0-or-later
// What a day-long run costs the window: `day_of_events_benchmark [EVENTS]` writes a finished run of a million events into a home
// of its own, opens it on the Runs page and prints the memory that this took, then the processor time of the idle window.
#include "core/events/event.h"
#include "core/jobs/run_folder.h"
#include "tests/benchmarks/window_figures.h"
#include "ui/main_window.h"
#include "ui/services/services.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>

using namespace lori;
using namespace lori::benchmarks;

namespace {

constexpr std::int64_t kMegabyte = 1'000'000;

/// Ten steps a second and a heart-beat, as a fast run writes them.
void writeDay(const std::filesystem::path& file, std::int64_t count)
{
    std::ofstream out(file, std::ios::binary);
    std::int64_t step = 0;
    for (std::int64_t seq = 1; seq <= count; ++seq) {
        events::Event event{seq, 1'763'733'600'000 + seq * 90, events::Heartbeat{}};
        if (seq == 1) {
            event.payload = events::Started{.pid = 1, .host = "here", .device = "cpu"};
        } else if (seq == 2) {
            event.payload = events::StageStarted{.stage = 0, .name = "LoRI-D", .kind = "lori-d", .steps = count};
        } else if (seq == count) {
            event.payload = events::Stopped{0, step, true};
        } else if (seq % 11 == 0) {
            event.payload = events::Heartbeat{.state = "running", .stage = 0, .step = step, .rssBytes = 1'200'000'000 + seq};
        } else {
            ++step;
            event.payload = events::Step{.stage = 0,
                                         .step = step,
                                         .loss = 2 + std::sin(static_cast<double>(step) * 1e-4),
                                         .tokens = 1200,
                                         .rows = 8,
                                         .gradNorm = 0.5,
                                         .learningRate = 5e-4,
                                         .tokensPerSecond = 210};
        }
        out << events::toLine(event) << '\n';
    }
}

} // namespace

int main(int argc, char** argv)
{
    const QTemporaryDir place;
    qputenv("LORI_HOME", place.path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", place.path().toLocal8Bit() + "/config");
    const QApplication application(argc, argv);
    const std::int64_t count = argc > 1 ? std::atoll(argv[1]) : kMegabyte;
    const Home home{place.path().toStdString()};
    experiment::RunConfig config = experiment::presets().front().config;
    const auto folder = jobs::RunFolder::create(home, config).value();
    writeDay(folder.eventsFile(), count);

    ui::Services services(home);
    ui::RunService& runs = services.runs;
    ui::MainWindow window(services.context);
    window.show();
    waitFor(500);
    const std::int64_t before = residentBytes();
    const double started = processorSeconds();
    window.showRun(QString::fromStdString(folder.id()));
    const std::uint64_t size = std::filesystem::file_size(folder.eventsFile());
    QElapsedTimer clock;
    clock.start();
    while (runs.position(QString::fromStdString(folder.id())) < size && clock.elapsed() < 300'000) {
        waitFor(20);
    }
    waitFor(3000);
    std::printf("%lld events, %.0f MB on the disk: read in %.1f s of processor time, %.0f MB more in memory\n",
                static_cast<long long>(count), static_cast<double>(size) / 1e6, processorSeconds() - started,
                static_cast<double>(residentBytes() - before) / 1e6);
    const double idleFrom = processorSeconds();
    waitFor(10'000);
    std::printf("idle with this run shown: %.2f %% of a core\n", (processorSeconds() - idleFrom) * 10);
    return 0;
}
