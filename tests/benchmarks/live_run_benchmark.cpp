// SPDX-License-Identifier: GPL-3.0-or-later
// What the window costs beside a run: `live_run_benchmark FAKE-WORKER [SECONDS]` starts a run of ten steps a second with the
// tests' worker, shows it, and prints the share of a core that the window takes while it runs, is paused, and has stopped.
#include "core/experiment/run_config.h"
#include "tests/benchmarks/window_figures.h"
#include "ui/main_window.h"
#include "ui/services/services.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>

using namespace lori;
using namespace lori::benchmarks;

namespace {

/// Waits until the run is in `state`; false after half a minute.
bool reaches(const ui::RunService& runs, const QString& run, jobs::JobState state)
{
    QElapsedTimer clock;
    clock.start();
    while (runs.state(run) != state && clock.elapsed() < 30'000) {
        waitFor(50);
    }
    return runs.state(run) == state;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("live_run_benchmark: name the tests' worker, bin/fake_worker\n", stderr);
        return 2;
    }
    const QTemporaryDir place;
    qputenv("LORI_HOME", place.path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", place.path().toLocal8Bit() + "/config");
    qputenv("LORI_WORKER", argv[1]);
    qputenv("FAKE_STEP_MS", "100");
    qputenv("FAKE_STEPS", "1000000");
    const QApplication application(argc, argv);
    const int measured = (argc > 2 ? std::atoi(argv[2]) : 30) * 1000;
    const Home home{place.path().toStdString()};
    ui::Services services(home);
    ui::RunService& runs = services.runs;
    ui::MainWindow window(services.context);
    window.resize(1280, 800);
    window.show();
    window.begin();
    const auto run = runs.start(experiment::presets().front().config);
    if (!run) {
        std::fprintf(stderr, "%s\n", run.error().sentence().c_str());
        return 1;
    }
    window.showRun(*run);
    if (!reaches(runs, *run, jobs::JobState::Running)) {
        std::fputs("the run did not begin\n", stderr);
        return 1;
    }
    waitFor(5000); // the page is built and the first curves are there
    std::printf("running, ten steps a second: %.2f %% of a core\n", processorShare(measured));
    const auto ask = [&](jobs::Command command, jobs::JobState state) {
        return static_cast<bool>(runs.send(*run, command)) && reaches(runs, *run, state);
    };
    if (!ask(jobs::Command::Pause, jobs::JobState::Paused)) {
        std::fputs("the run did not pause\n", stderr);
        return 1;
    }
    waitFor(3000);
    std::printf("paused: %.2f %% of a core\n", processorShare(measured));
    if (!ask(jobs::Command::StopAndKeep, jobs::JobState::Stopped)) {
        std::fputs("the run did not stop\n", stderr);
        return 1;
    }
    waitFor(3000);
    std::printf("stopped: %.2f %% of a core\n", processorShare(measured));
    return 0;
}
