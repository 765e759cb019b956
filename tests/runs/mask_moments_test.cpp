// SPDX-License-Identifier: Apache-2.0
// The mask through training time: made by calibration's own rule, told in events, and without any effect on the training.
#include "core/events/event_follower.h"
#include "core/jobs/control.h"
#include "core/runs/mask_moments.h"
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "core/support/sha256.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/engine_support/tiny_run.h"
#include "tests/runs/event_count.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace lori;
namespace fs = std::filesystem;

namespace {

std::vector<std::int64_t> momentsOf(std::int64_t steps, std::int64_t moments)
{
    std::vector<std::int64_t> at;
    for (std::int64_t done = 1; done <= steps; ++done) {
        if (runs::isMoment(done, steps, moments)) {
            at.push_back(done);
        }
    }
    return at;
}

std::string hashOf(const fs::path& file)
{
    return sha256OfFile(file).value();
}

} // namespace

class MaskMomentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_place = m_folder.path().toStdString();
        m_home.root = m_place / "home";
        test::writeTinyModel(m_place / "model");
        test::writeTinyRows(m_place / "rows.jsonl", 40);
    }

    void momentsAreEquallyFarApartAndNeverTheEnd()
    {
        QCOMPARE(momentsOf(100, 4), (std::vector<std::int64_t>{25, 50, 75}));
        QCOMPARE(momentsOf(8, 3), (std::vector<std::int64_t>{3, 6}));
        QCOMPARE(momentsOf(3, 12), (std::vector<std::int64_t>{1, 2}));
        QCOMPARE(momentsOf(1, 12), std::vector<std::int64_t>{});
        QCOMPARE(momentsOf(100, 0), std::vector<std::int64_t>{});
        QCOMPARE(momentsOf(100, 1), std::vector<std::int64_t>{});
    }

    /// Byte for byte the mask of a run whose LoRI-D ends there: the same rows in the same order at the same rate.
    void aMomentIsTheMaskOfATrainingThatEndsThere()
    {
        const jobs::RunFolder whole = run(config(8, 4));
        QCOMPARE(test::countEvents(whole, "mask_moment"), 3);
        for (const std::int64_t step : {2, 4, 6}) {
            const jobs::RunFolder brief = run(config(step, 0));
            QCOMPARE(hashOf(runs::momentFile(whole, 1, step)), hashOf(brief.masks() / "1-mask.safetensors"));
        }
        QVERIFY(hashOf(runs::momentFile(whole, 1, 2)) != hashOf(whole.masks() / "1-mask.safetensors"));
        QVERIFY(!fs::exists(whole.masks() / "moments" / ".now"));
        for (const events::Event& event : events::EventFollower(whole.eventsFile()).poll().value()) {
            if (const auto* moment = event.as<events::MaskMoment>()) {
                QCOMPARE(moment->stage, std::int64_t{0});
                QCOMPARE(moment->maskStage, std::int64_t{1});
                QVERIFY(fs::exists(whole.path() / moment->file));
                QCOMPARE(formats::readMask(whole.path() / moment->file).value().kept(), moment->kept);
            }
        }
    }

    void theTrainingKeepsItsBits()
    {
        const jobs::RunFolder with = run(config(8, 8));
        const jobs::RunFolder without = run(config(8, 0));
        QCOMPARE(test::lossesOf(with), test::lossesOf(without));
        QVERIFY(!fs::exists(without.masks() / "moments"));
    }

    void aRunThatWasStoppedHasTheSameMoments()
    {
        const jobs::RunFolder straight = run(config(8, 8));
        const auto folder = jobs::RunFolder::create(m_home, config(8, 8)).value();
        int steps = 0;
        const auto stopped = runs::runWorker(folder, {m_home,
                                                      [&](const events::Event& event) {
                                                          if (event.type() == "step" && ++steps == 4) {
                                                              folder.sendCommand(jobs::Command::StopAndKeep).value();
                                                          }
                                                      },
                                                      nullptr});
        QCOMPARE(stopped.error().code, ErrorCode::Stopped);
        QVERIFY(runs::runWorker(folder, {m_home, {}, nullptr}).has_value());
        for (std::int64_t step = 1; step < 8; ++step) {
            QCOMPARE(hashOf(runs::momentFile(folder, 1, step)), hashOf(runs::momentFile(straight, 1, step)));
        }
    }

    void onlyAStageThatAMaskIsMadeFromHasMoments()
    {
        experiment::RunConfig dense = config(8, 4);
        dense.stages.resize(1);
        QCOMPARE(test::countEvents(run(dense), "mask_moment"), 0);
        experiment::RunConfig twice = config(8, 4); // the mask is that of the second training
        twice.stages.insert(twice.stages.begin(), twice.stages.front());
        const jobs::RunFolder folder = run(twice);
        QCOMPARE(test::countEvents(folder, "mask_moment"), 3);
        QVERIFY(fs::exists(runs::momentFile(folder, 2, 4)));
    }

    void whatCannotBeKeptIsSaidOnceAndTheRunGoesOn()
    {
        const auto folder = jobs::RunFolder::create(m_home, config(8, 8)).value();
        fs::create_directories(folder.masks());
        std::ofstream(folder.masks() / "moments") << "a file where a folder should be";
        QVERIFY(runs::runWorker(folder, {m_home, {}, nullptr}).has_value());
        QCOMPARE(test::countEvents(folder, "mask_moment"), 0);
        int notes = 0;
        for (const events::Event& event : events::EventFollower(folder.eventsFile()).poll().value()) {
            if (const auto* note = event.as<events::Note>(); note != nullptr && note->code == "mask_moment") {
                ++notes;
                QVERIFY(note->text.find("could not be kept") != std::string::npos);
            }
        }
        QCOMPARE(notes, 1);
    }

private:
    [[nodiscard]] experiment::RunConfig config(std::int64_t steps, std::int64_t moments) const
    {
        experiment::RunConfig c = test::tinyRun(m_place / "model", m_place / "rows.jsonl");
        c.stages[0].steps = steps;
        c.evaluation.maskMoments = moments;
        return c;
    }
    [[nodiscard]] jobs::RunFolder run(const experiment::RunConfig& config) const
    {
        const auto folder = jobs::RunFolder::create(m_home, config).value();
        static_cast<void>(runs::runWorker(folder, {m_home, {}, nullptr}).value());
        return folder;
    }

    QTemporaryDir m_folder;
    fs::path m_place;
    Home m_home;
};

LORI_TEST(MaskMomentsTest)
#include "mask_moments_test.moc"
