// SPDX-License-Identifier: Apache-2.0
#include "core/generation/generator.h"
#include "core/generation/sampler.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <ATen/Functions.h>

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

using namespace lori;

namespace {

/// The plain way: everything in order, then walked through.
std::int64_t drawnInOrder(const std::vector<float>& logits, const generation::GenerateOptions& options, std::mt19937_64& stream)
{
    std::vector<std::size_t> order(logits.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return logits[a] > logits[b]; });
    order.resize(options.topK > 0 ? std::min(order.size(), static_cast<std::size_t>(options.topK)) : order.size());
    std::vector<double> weights;
    for (const std::size_t id : order) {
        weights.push_back(std::exp((double(logits[id]) - double(logits[order.front()])) / options.temperature));
    }
    double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (options.topP < 1) {
        std::size_t keep = 0;
        double reached = 0;
        while (keep < weights.size() && (keep == 0 || reached < options.topP * total)) {
            reached += weights[keep++];
        }
        weights.resize(keep);
        total = reached;
    }
    double draw = double(stream() >> 11U) * 0x1.0p-53 * total;
    std::size_t place = 0;
    while (place + 1 < weights.size() && (draw -= weights[place]) >= 0) {
        ++place;
    }
    return static_cast<std::int64_t>(order[place]);
}

} // namespace

class GeneratorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_decoder = std::make_unique<model::Decoder>(test::openTinyModel(m_folder.path().toStdString()), nullptr);
        m_options.maxNewTokens = 12;
    }

    void theCacheGivesWhatReadingEverythingAgainGives()
    {
        const auto generated = generation::generate(*m_decoder, m_prompts, m_options).value();
        for (std::size_t p = 0; p < m_prompts.size(); ++p) {
            std::vector<std::int32_t> row = m_prompts[p];
            for (const std::int32_t id : generated[p].ids) {
                const at::Tensor x = m_decoder->forward(model::packRows({row}, at::kCPU), nullptr);
                const at::Tensor logits = m_decoder->logits(x.narrow(0, x.size(0) - 1, 1));
                QCOMPARE(id, static_cast<std::int32_t>(logits.argmax().item<std::int64_t>()));
                row.push_back(id);
            }
            QCOMPARE(generated[p].ids.size(), std::size_t{12});
        }
    }

    void aBatchChangesNoRow()
    {
        const auto together = generation::generate(*m_decoder, m_prompts, m_options).value();
        generation::GenerateOptions alone = m_options;
        alone.batchRows = 1;
        const auto apart = generation::generate(*m_decoder, m_prompts, alone).value();
        for (std::size_t p = 0; p < m_prompts.size(); ++p) {
            QCOMPARE(together[p].ids, apart[p].ids);
        }
    }

    void stopsAtAStopIdAndLeavesItOut()
    {
        const auto free = generation::generate(*m_decoder, {m_prompts[0]}, m_options).value();
        generation::GenerateOptions stopping = m_options;
        stopping.stopIds = {free[0].ids[5]};
        const auto stopped = generation::generate(*m_decoder, m_prompts, stopping).value();
        QVERIFY(stopped[0].ended);
        QVERIFY(stopped[0].ids.size() <= 5);
        QVERIFY(std::equal(stopped[0].ids.begin(), stopped[0].ids.end(), free[0].ids.begin()));
    }

    void cancelsWhenAsked()
    {
        const auto result =
            generation::generate(*m_decoder, m_prompts, m_options, [](std::int64_t, std::int64_t) { return false; });
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, ErrorCode::Stopped);
    }

    void refusesAnEmptyPromptAndOneBeyondTheContext()
    {
        QCOMPARE(generation::generate(*m_decoder, {{}}, m_options).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(generation::generate(*m_decoder, {std::vector<std::int32_t>(600, 65)}, m_options).error().code,
                 ErrorCode::InvalidArgument);
    }

    void samplingFollowsTheProbabilities()
    {
        const std::vector<float> logits{std::log(0.5F), std::log(0.3F), std::log(0.15F), std::log(0.05F)};
        generation::GenerateOptions options;
        options.temperature = 1;
        options.topP = 0.9;
        std::mt19937_64 stream(1);
        std::map<std::int64_t, int> counts;
        constexpr int kDraws = 20000;
        for (int i = 0; i < kDraws; ++i) {
            ++counts[generation::sampleToken(logits.data(), 4, options, stream)];
        }
        QCOMPARE(counts[3], 0); // the nucleus of 0.9 is the first three: 0.5 + 0.3 + 0.15
        QVERIFY(std::abs(counts[0] / double(kDraws) - 0.5 / 0.95) < 0.02);
        QVERIFY(std::abs(counts[2] / double(kDraws) - 0.15 / 0.95) < 0.02);
        options.topK = 1;
        QCOMPARE(generation::sampleToken(logits.data(), 4, options, stream), std::int64_t{0});
    }

    /// Only the likely tokens are put in order; the choice is that of a whole vocabulary in order.
    void aDrawIsThatOfTheWholeVocabularyInOrder()
    {
        constexpr std::int64_t kVocabulary = 20'000;
        std::mt19937_64 random(3);
        std::normal_distribution<float> normal(0, 2);
        std::vector<float> logits(kVocabulary);
        for (float& logit : logits) {
            logit = std::round(normal(random) * 8) / 8; // many ties
        }
        std::set<std::int64_t> seen;
        for (const double temperature : {0.3, 1.0, 3.0}) {
            for (const double topP : {1.0, 0.9, 0.2}) {
                for (const std::int64_t topK : {0, 40, 5000}) {
                    generation::GenerateOptions options;
                    options.temperature = temperature;
                    options.topP = topP;
                    options.topK = topK;
                    for (std::uint64_t seed = 0; seed < 6; ++seed) {
                        std::mt19937_64 one(seed);
                        std::mt19937_64 other(seed);
                        const std::int64_t drawn = generation::sampleToken(logits.data(), kVocabulary, options, one);
                        QCOMPARE(drawn, drawnInOrder(logits, options, other));
                        QVERIFY(one == other);
                        seen.insert(drawn);
                    }
                }
            }
        }
        QVERIFY(seen.size() > 50);
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<model::Decoder> m_decoder;
    generation::GenerateOptions m_options;
    std::vector<std::vector<std::int32_t>> m_prompts{{1, 2, 3}, {50, 60, 70, 80, 90, 100}, {9}};
};

LORI_TEST(GeneratorTest)
#include "generator_test.moc"
