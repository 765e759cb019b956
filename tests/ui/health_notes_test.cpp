// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "ui/services/health_notes.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace lori::ui;
using lori::events::Event;
using nlohmann::json;

namespace {

Event makeEvent(const std::string& type, json values)
{
    return {1, 1, lori::events::payloadFrom(type, values.dump())};
}

Event step(double loss)
{
    return makeEvent("step", {{"stage", 0}, {"step", 1}, {"loss", loss}});
}

std::vector<std::string> codes(HealthNotes& notes, const std::vector<Event>& events)
{
    std::vector<std::string> found;
    for (const HealthRemark& remark : notes.append(events)) {
        found.push_back(remark.code);
    }
    return found;
}

using Codes = std::vector<std::string>;

} // namespace

class HealthNotesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLossThatIsNoNumberIsTold()
    {
        HealthNotes notes;
        QCOMPARE(codes(notes, {makeEvent("step", {{"loss", nullptr}})}), Codes{"loss-not-finite"});
        QCOMPARE(codes(notes, {makeEvent("step", {{"loss", nullptr}})}), Codes{}); // once a run
    }

    void aLossOfZeroIsTold()
    {
        HealthNotes notes;
        QCOMPARE(codes(notes, {step(0.0)}), Codes{"loss-zero"});
    }

    void whatTheWorkerNoticedIsToldOnceAndInTheWindowsWords()
    {
        HealthNotes notes;
        const auto note = [](const char* code, json values) {
            return makeEvent(
                "note", {{"level", "warning"}, {"code", code}, {"text", "words of the worker"}, {"values", std::move(values)}});
        };
        QCOMPARE(codes(notes, {note("loss_zero", json::object()), step(0.0)}), Codes{"loss-zero"});
        const auto rows = notes.append({note("truncated_rows", {{"rows", 12}})});
        QCOMPARE(rows.size(), std::size_t{1});
        QCOMPARE(rows.front().text, QStringLiteral("12 rows were too long and were shortened."));
        const auto cut = HealthNotes().append({note("truncated_rows", {{"rows", 12}, {"prompts", 9}, {"answers", 4}})});
        QCOMPARE(cut.front().text, QStringLiteral("12 rows were too long and were shortened: in 9 the prompt, in 4 the answer."));
        QVERIFY(HealthNotes().append({note("rewritten_answers", {{"answers", 3}})}).front().text.contains("3 earlier answers"));
        for (const char* code : {"needless_refusals", "not_frozen", "held_out_rising", "gradient_zero", "mask_ties",
                                 "mask_moment", "rows_beyond_context"}) {
            const auto found = notes.append({note(code, {{"value", 0.5}})});
            QCOMPARE(found.size(), std::size_t{1});
            QVERIFY2(!found.front().text.contains(QStringLiteral("words of the worker")), code);
        }
        const auto unknown = notes.append({note("from_a_newer_worker", json::object())});
        QCOMPARE(unknown.front().text, QStringLiteral("words of the worker"));
    }

    void whatCanBeDoneAboutARemarkIsOffered()
    {
        QCOMPARE(HealthNotes::remedy("overfitting", true), Remedy::EndStage);
        QCOMPARE(HealthNotes::remedy("overfitting", false), Remedy::SetUpAgain);
        QCOMPARE(HealthNotes::remedy("loss-not-finite", true), Remedy::ChangeRate);
        QCOMPARE(HealthNotes::remedy("loss-not-finite", false), Remedy::GoOnSlower);
        QCOMPARE(HealthNotes::remedy("mask-ties", false), Remedy::ShowMasks);
        QCOMPARE(HealthNotes::remedy("seal-broken", false), Remedy::CopyReport);
        QCOMPARE(HealthNotes::remedy("mask-moment", true), Remedy::None);
        QCOMPARE(HealthNotes::remedy("worker:from_a_newer_worker", true), Remedy::None);
    }

    void aFlatLossIsToldAfterFortySteps()
    {
        HealthNotes notes;
        QCOMPARE(codes(notes, std::vector<Event>(39, step(1.5))), Codes{});
        QCOMPARE(codes(notes, {step(1.5)}), Codes{"flat"});
    }

    void aFallingLossIsNoTrouble()
    {
        HealthNotes notes;
        std::vector<Event> events;
        for (int i = 0; i < 200; ++i) {
            events.push_back(step(3.0 - i * 0.01));
        }
        QCOMPARE(codes(notes, events), Codes{});
    }

    void memorizingIsTold()
    {
        HealthNotes notes;
        std::vector<Event> events;
        for (int check = 0; check < 4; ++check) {
            for (int i = 0; i < 10; ++i) {
                events.push_back(step(2.0 - check * 0.3 - i * 0.02));
            }
            events.push_back(makeEvent("heldout", {{"loss", 1.0 + check * 0.1}}));
        }
        QCOMPARE(codes(notes, events), Codes{"overfitting"});
    }

    void aBestThatComesBackIsNoMemorizing_data()
    {
        QTest::addColumn<QList<double>>("losses");
        QTest::addColumn<int>("rows");
        QTest::addColumn<bool>("told");
        QTest::newRow("one rise, two falls below it") << QList<double>{4.2, 3.61, 4.04, 3.91, 3.60} << 64 << false;
        QTest::newRow("three checks above the best") << QList<double>{3.61, 4.04, 3.91, 3.80} << 64 << true;
        QTest::newRow("the same on two rows") << QList<double>{3.61, 4.04, 3.91, 3.80} << 2 << false;
        QTest::newRow("rising on fifteen rows") << QList<double>{1.0, 1.1, 1.2, 1.3, 1.4} << 15 << false;
        QTest::newRow("rising on sixteen rows") << QList<double>{1.0, 1.1, 1.2, 1.3, 1.4} << 16 << true;
    }
    void aBestThatComesBackIsNoMemorizing()
    {
        QFETCH(QList<double>, losses);
        QFETCH(int, rows);
        QFETCH(bool, told);
        HealthNotes notes;
        std::vector<Event> events;
        int check = 0;
        for (const double loss : losses) {
            for (int i = 0; i < 10; ++i) {
                events.push_back(step(2.0 - check * 0.3 - i * 0.02));
            }
            events.push_back(makeEvent("heldout", {{"loss", loss}, {"rows", rows}}));
            ++check;
        }
        QCOMPARE(codes(notes, events), told ? Codes{"overfitting"} : Codes{});
        // the worker's own note is silent on so few rows too
        HealthNotes worker;
        const auto found = codes(worker, {makeEvent("heldout", {{"loss", 1.0}, {"rows", rows}}),
                                          makeEvent("note", {{"level", "warning"}, {"code", "held_out_rising"}, {"text", "x"}})});
        QCOMPARE(found, rows < 16 ? Codes{} : Codes{"overfitting"});
    }

    void risingNeedlessRefusalsAreToldOnlyOutsideTheNoise()
    {
        const auto score = [](int stage, double value, double low, double high) {
            return makeEvent("score", {{"stage", stage},
                                       {"task", "safety"},
                                       {"metric", "needless_refusal_rate"},
                                       {"value", value},
                                       {"low", low},
                                       {"high", high}});
        };
        HealthNotes notes;
        Event check = score(0, 0.8, 0.6, 0.9); // a few rows early in a stage
        std::get<lori::events::Score>(check.payload).final = false;
        QCOMPARE(codes(notes, {score(-1, 0.0, 0.0, 0.16), check}), Codes{});
        QCOMPARE(codes(notes, {score(-1, 0.0, 0.0, 0.16), score(0, 0.2, 0.1, 0.35)}), Codes{});
        QCOMPARE(codes(notes, {score(0, 0.8, 0.6, 0.9)}), Codes{"needless-refusals"});
    }

    void aBrokenSealIsAnAlarm()
    {
        HealthNotes notes;
        const auto remarks =
            notes.append({makeEvent("seal", {{"aUnchanged", true}, {"baseUnchanged", false}, {"outsideMaskZero", true}})});
        QCOMPARE(remarks.size(), std::size_t{1});
        QCOMPARE(remarks.front().tone, Tone::Alarm);
    }

    void theWorkersNotesArePassedOn()
    {
        HealthNotes notes;
        const auto remarks =
            notes.append({makeEvent("note", {{"level", "warning"}, {"code", "rows-cut"}, {"text", "12 rows were cut"}})});
        QCOMPARE(remarks.front().text, QStringLiteral("12 rows were cut"));
    }
};

LORI_TEST(HealthNotesTest)
#include "health_notes_test.moc"
