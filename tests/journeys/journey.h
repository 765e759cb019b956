// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event_follower.h"
#include "core/formats/model_files.h"
#include "core/jobs/run_folder.h"
#include "tests/ui/run_events.h"
#include "tests/ui/window_fixture.h"

#include <QApplication>
#include <QtTest>

#include <algorithm>
#include <map>
#include <vector>

/// What the journeys share. A journey runs with the fake worker, or with the real one when $LORI_WORKER names it.
namespace lori::ui::test::journey {

inline bool hasRealWorker()
{
    return !qEnvironmentVariableIsEmpty("LORI_WORKER") && qEnvironmentVariable("LORI_WORKER") != QLatin1String(LORI_FAKE_WORKER);
}

/// Milliseconds to wait for a worker: the real one trains for minutes, the fake one for a second.
inline int patience()
{
    return hasRealWorker() ? 500'000 : 20'000;
}

inline bool modelIsHere()
{
    return formats::resolveModel(Home::fromEnvironment().root, "smollm2-135m-instruct").has_value();
}

/// Loss points of the run that the window has read so far.
inline std::int64_t lossPoints(const RunService& runs, const QString& id)
{
    return ui::test::stepsSeen(runs, id);
}

/// Loss by (stage, step) as the run's folder has it; the newest line of a step counts.
inline std::map<std::pair<std::int64_t, std::int64_t>, double> lossesOnDisk(const jobs::RunFolder& run)
{
    std::map<std::pair<std::int64_t, std::int64_t>, double> losses;
    events::EventFollower follower(run.eventsFile());
    for (auto events = follower.poll(); events && !events->empty(); events = follower.poll()) {
        for (const events::Event& event : *events) {
            if (const auto* step = event.as<events::Step>()) {
                losses[{step->stage, step->step}] = step->loss.value();
            }
        }
    }
    return losses;
}

/// Presses Tab until `wanted` has the focus; false after a whole round without it.
inline bool tabTo(QWidget& window, const QWidget* wanted)
{
    for (int i = 0; i < 200 && QApplication::focusWidget() != wanted; ++i) {
        QWidget* from = QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &window;
        QTest::keyClick(from, Qt::Key_Tab);
    }
    return QApplication::focusWidget() == wanted;
}

/// Replaces what a field holds, as a person does: select all, type, leave with Tab.
inline void typeInto(QWidget* field, const QString& text)
{
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Tab);
}

} // namespace lori::ui::test::journey

#define JOURNEY_NEEDS_THE_MODEL()                                                                                                \
    do {                                                                                                                         \
        if (!lori::ui::test::journey::modelIsHere()) {                                                                           \
            QSKIP("the embedded model is not here; packaging/run.sh fetches it");                                                \
        }                                                                                                                        \
    } while (false)

/// Minutes of training more than every change can wait for.
#define JOURNEY_TRAINS_LONG()                                                                                                    \
    do {                                                                                                                         \
        if (lori::ui::test::journey::hasRealWorker() && qEnvironmentVariableIsEmpty("LORI_FULL_JOURNEYS")) {                     \
            QSKIP("trains for minutes; set LORI_FULL_JOURNEYS=1 to take it");                                                    \
        }                                                                                                                        \
    } while (false)
