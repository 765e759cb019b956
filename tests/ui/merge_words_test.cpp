// SPDX-License-Identifier: GPL-3.0-or-later
// What the merge page says and asks for, without its widgets.
#include "tests/support/test_registry.h"
#include "tests/ui/merge_adapters.h"

#include "core/formats/adapter_sets.h"
#include "core/vocabulary/merge_methods.h"
#include "ui/pages/merge/interference_words.h"
#include "ui/pages/merge/measured_adapters.h"
#include "ui/pages/merge/merge_checks.h"
#include "ui/pages/merge/merge_planner.h"
#include "ui/pages/merge/merge_results.h"
#include "ui/pages/merge/merge_setup.h"
#include "ui/pages/merge/method_words.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <fstream>
#include <map>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::SmallAdapter;
using lori::ui::test::writeSmallAdapter;

namespace {

namespace fs = std::filesystem;

BackgroundJob::Cancelled notCancelled()
{
    return std::make_shared<const std::atomic_bool>(false);
}

/// |Σ wᵢ·ΔWᵢ|² of the adapters, by plain loops over every entry.
double denseEnergy(const std::vector<formats::AdapterFiles>& adapters, const std::vector<double>& weights)
{
    double energy = 0;
    for (const formats::SharedModule& module : formats::modulesByPlace(adapters)) {
        const std::int64_t out = module.parts[0]->b->shape[0];
        const std::int64_t in = module.parts[0]->a->shape[1];
        for (std::int64_t row = 0; row < out; ++row) {
            for (std::int64_t column = 0; column < in; ++column) {
                double entry = 0;
                for (std::size_t i = 0; i < adapters.size(); ++i) {
                    const auto* a = reinterpret_cast<const float*>(module.parts[i]->a->bytes.data());
                    const auto* b = reinterpret_cast<const float*>(module.parts[i]->b->bytes.data());
                    const std::int64_t rank = module.parts[i]->a->shape[0];
                    for (std::int64_t r = 0; r < rank; ++r) {
                        entry += weights[i] * adapters[i].scaling() * static_cast<double>(b[row * rank + r]) *
                                 static_cast<double>(a[r * in + column]);
                    }
                }
                energy += entry * entry;
            }
        }
    }
    return energy;
}

/// Those of these folders, with addresses that stay.
std::vector<KnownAdapter> described(const std::vector<fs::path>& folders)
{
    std::vector<KnownAdapter> adapters;
    for (const fs::path& folder : folders) {
        adapters.push_back(describeAdapter(folder).value());
    }
    return adapters;
}

std::vector<const KnownAdapter*> pointers(const std::vector<KnownAdapter>& adapters)
{
    std::vector<const KnownAdapter*> list;
    for (const KnownAdapter& adapter : adapters) {
        list.push_back(&adapter);
    }
    return list;
}

std::map<Tone, int> tones(const std::vector<MergeCheck>& checks)
{
    std::map<Tone, int> count;
    for (const MergeCheck& check : checks) {
        ++count[check.tone];
    }
    return count;
}

class MergeWordsTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    fs::path at(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }
    fs::path make(const char* name, const SmallAdapter& adapter) const
    {
        writeSmallAdapter(at(name), adapter);
        return at(name);
    }

private Q_SLOTS:
    void aDenseAdapterBesideASparseOneIsNotCalledIndependent()
    {
        analysis::InterferenceReport report;
        analysis::PairInterference pair;
        pair.second = 1;
        pair.shared = 100;
        pair.jaccard = 0.1;
        pair.jaccardChance = 0.1;
        pair.containment = 1; // all that the sparse one uses lies in the other: it uses everything
        report.total.pairs = {pair};
        const QString text = InterferenceWords::verdict(report, {QStringLiteral("d"), QStringLiteral("s")}).text;
        QVERIFY2(text.contains(QStringLiteral("dense")) && !text.contains(QStringLiteral("independent")), qPrintable(text));
        report.total.pairs.front().containment = 0.1;
        QVERIFY(InterferenceWords::verdict(report, {QStringLiteral("a"), QStringLiteral("b")})
                    .text.contains(QStringLiteral("as good as independent")));
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void everyMethodHasWords()
    {
        for (const MergeMethod& method : kMergeMethods) {
            QVERIFY2(MergeMethodWords::knows(method.name), std::string(method.name).c_str());
            QVERIFY(!MergeMethodWords::does(method.name).isEmpty());
            QVERIFY(!MergeMethodWords::fails(method.name).isEmpty());
        }
    }

    void theNumbersAreThoseOfTheAnalysis()
    {
        const std::vector<fs::path> folders{make("a", {.seed = 1, .entries = 1, .kept = 0.3}),
                                            make("b", {.seed = 2, .entries = 2, .kept = 0.3}),
                                            make("c", {.seed = 2, .entries = 3, .kept = 0.5})};
        const auto measured = measureAdapters(folders, notCancelled());
        QVERIFY(measured.has_value());
        std::vector<formats::AdapterFiles> adapters;
        for (const fs::path& folder : folders) {
            adapters.push_back(formats::openAdapter(folder).value());
        }
        const auto report = analysis::measureInterference(adapters).value();
        QCOMPARE(measured->report.norms, report.norms);
        QCOMPARE(measured->report.total.pairs.size(), std::size_t{3});
        for (const PairMeasure measure : {PairMeasure::Cosine, PairMeasure::MaskOverlap, PairMeasure::SignConflicts}) {
            const HeatGrid grid = InterferenceWords::grid(measured->report, measure, {"a", "b", "c"});
            QCOMPARE(grid.cells.size(), std::size_t{9});
            for (const auto& pair : report.total.pairs) {
                const double wanted = measure == PairMeasure::Cosine        ? pair.cosine
                                      : measure == PairMeasure::MaskOverlap ? pair.jaccard
                                                                            : pair.signConflicts;
                QCOMPARE(grid.cells[pair.first * 3 + pair.second].value, std::optional(wanted));
                QCOMPARE(grid.cells[pair.second * 3 + pair.first].value, std::optional(wanted));
            }
            QVERIFY(!grid.cells[0].value && !grid.cells[4].value);
        }
        const std::size_t pair = InterferenceWords::pairAt(report.total, 2, 1);
        QCOMPARE(pair, std::size_t{2});
        QCOMPARE(InterferenceWords::rows(measured->report, pair).size(), std::size_t{3}); // the model and two layers
        QCOMPARE(measured->report.sameProjection, (std::vector<std::pair<std::size_t, std::size_t>>{{1, 2}}));
        QCOMPARE(measured->sharedModules, std::int64_t{4});
        QVERIFY(measured->unshared.empty());
    }

    void theEnergyOfAWeightedSumIsThatOfDenseArithmetic()
    {
        const std::vector<fs::path> folders{make("a", {.seed = 1, .entries = 1}), make("b", {.seed = 1, .entries = 2, .size = 3}),
                                            make("c", {.seed = 3, .entries = 1, .kept = 0.4})};
        const auto measured = measureAdapters(folders, notCancelled()).value();
        std::vector<formats::AdapterFiles> adapters;
        for (const fs::path& folder : folders) {
            adapters.push_back(formats::openAdapter(folder).value());
        }
        for (const std::vector<double>& weights : {std::vector{1.0, 1.0, 1.0}, {0.5, -0.25, 0.4}, {0.0, 0.0, 2.0}}) {
            double apart = 0;
            for (std::size_t i = 0; i < 3; ++i) {
                std::vector<double> alone(3, 0.0);
                alone[i] = weights[i];
                apart += denseEnergy(adapters, alone);
            }
            const MergedEnergy energy = energyOf(measured.report, weights);
            QVERIFY(std::abs(energy.ratio - denseEnergy(adapters, weights) / apart) < 1e-9);
        }
        QVERIFY(std::abs(energyOf(measured.report, {1, 1, 1}).ratio - measured.report.total.energyRatio) < 1e-12);
        const std::vector<double> balanced = balancedWeights(measured.report, 1.5);
        QVERIFY(std::abs(balanced[0] + balanced[1] + balanced[2] - 1.5) < 1e-12);
        for (const double share : energyOf(measured.report, balanced).shares) {
            QVERIFY(std::abs(share - 1.0 / 3) < 1e-12);
        }
    }

    void aComparisonCanBeStopped()
    {
        const std::vector<fs::path> folders{make("a", {}), make("b", {.seed = 2})};
        const auto stopped = measureAdapters(folders, std::make_shared<const std::atomic_bool>(true));
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Stopped);
    }

    void adaptersOfDifferentBasesAreRefusedAndOneSeedIsWarnedOf()
    {
        const auto fit = described({make("a", {.seed = 1}), make("b", {.seed = 2, .rank = 2})});
        QVERIFY(MergeChecks::allow(pointers(fit)));
        QCOMPARE(tones(MergeChecks::of(pointers(fit), nullptr))[Tone::Alarm], 0);
        QCOMPARE(tones(MergeChecks::of(pointers(fit), nullptr))[Tone::Caution], 0);
        const auto oneSeed = described({at("a"), make("c", {.seed = 1, .entries = 5})});
        QVERIFY(MergeChecks::allow(pointers(oneSeed)));
        QCOMPARE(tones(MergeChecks::of(pointers(oneSeed), nullptr))[Tone::Caution], 1);
        const auto bases = described({at("a"), make("d", {.base = "other"})});
        QVERIFY(!MergeChecks::allow(pointers(bases)));
        QCOMPARE(tones(MergeChecks::of(pointers(bases), nullptr))[Tone::Alarm], 1);
        QVERIFY(!MergeChecks::allow({&fit.front()}));
        QCOMPARE(MergeChecks::mergeable(described({at("a"), at("b"), at("d")})), std::size_t{2});
    }

    void theJobHasWhatWasSetUp()
    {
        MergeSetup setup{.adapters = {"/x/a", "/x/b"}, .weights = {0.4, 0.6}, .method = "ties", .density = 0.5};
        const jobs::JobRecord record = jobOf(setup, QStringLiteral("a + b"));
        QCOMPARE(record.kind, std::string("merge"));
        QCOMPARE(record.options.at("adapters").at(1).at("folder").get<std::string>(), std::string("/x/b"));
        QCOMPARE(record.options.at("adapters").at(1).at("weight").get<double>(), 0.6);
        QCOMPARE(record.options.at("method").get<std::string>(), std::string("ties"));
        QCOMPARE(record.options.at("density").get<double>(), 0.5);
        const QStringList words = planArguments(setup);
        QVERIFY(words.contains(QStringLiteral("--plan")) && words.contains(QStringLiteral("--json")));
        QVERIFY(words.at(2).startsWith(QStringLiteral("/x/b=0.6")) || words.at(2).startsWith(QStringLiteral("/x/b=0.59999")));
        QCOMPARE(words.at(2).section(QLatin1Char('='), 1).toDouble(), 0.6);
    }

    void aRefusalIsReadAsAnError()
    {
        const auto refused = readPlan(R"({"error":{"code":"mismatch","what":"ranks differ","hint":"","where":"1"}})");
        QVERIFY(!refused && refused.error().code == ErrorCode::Mismatch && refused.error().what == "ranks differ");
        QVERIFY(!readPlan("not json"));
        QVERIFY(!readPlan(R"({"rank": 3})"));
    }

    void onlyFinishedMergesWhoseAdapterIsThereAreFound()
    {
        const Home home{at("home")};
        const auto job = [&](const char* kind, bool keepsFolder) {
            const auto folder = jobs::JobFolder::create(home, {.kind = kind,
                                                               .name = "a + b",
                                                               .options = {{"adapters", {{{"folder", "/x/a"}, {"weight", 0.5}}}}},
                                                               .key = {},
                                                               .createdMs = 0})
                                    .value();
            const fs::path merged = folder.path() / "merged";
            if (keepsFolder) {
                fs::create_directories(merged);
            }
            std::ofstream(folder.resultFile())
                << nlohmann::json{{"folder", merged.string()}, {"plan", {{"method", "svd"}, {"rank", 4}, {"fileBytes", 12}}},
                                  {"weights", {0.5}},          {"loss", {{"total", 0.1}, {"worst", 0.2}}},
                                  {"self", {{"total", 0.0}}},  {"seconds", 2.5}}
                       .dump();
            return QString::fromStdString(folder.id());
        };
        const QString there = job("merge", true);
        job("merge", false);
        job("interference", true);
        static_cast<void>(jobs::JobFolder::create(home, {.kind = "merge", .name = "waits", .key = {}, .createdMs = 0}).value());
        const FoundMerges found = findMerges(home);
        QCOMPARE(found.done.size(), std::size_t{1});
        QCOMPARE(found.done.front().jobId, there);
        QCOMPARE(found.done.front().method, std::string("svd"));
        QCOMPARE(found.done.front().worstLoss, 0.2);
        QVERIFY(found.live.isEmpty());
        QVERIFY(findMerges(Home{at("nowhere")}).done.empty());
    }
};

} // namespace

LORI_TEST(MergeWordsTest)
#include "merge_words_test.moc"
