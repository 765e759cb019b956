// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_files.h"
#include "core/training/training_rows.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <map>
#include <set>

using namespace lori;
using training::TrainingData;

/// What the sources' weights make of an epoch.
class TrainingRowsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const std::filesystem::path model = m_folder.path().toStdString() + "/model"; // only its tokenizer is of use here
        test::writeTinyModel(model);
        const formats::ModelFiles files = formats::openModel(model).value();
        m_tokenizer = tokenizer::Tokenizer::fromJson(files.tokenizerJson, files.tokenizerConfig).value();
        for (const char* name : {"a", "b"}) {
            std::ofstream file(pathOf(name));
            for (int row = 0; row < 40; ++row) {
                file << "{\"instruction\": \"" << name << ' ' << row << "\", \"output\": \"yes\"}\n";
            }
        }
    }

    void everyRowComesOnceWithoutAWeight()
    {
        const Sources both{{"a", 1}, {"b", 1}};
        QCOMPARE(counts(both), (std::map<std::size_t, std::size_t>{{1, load(both).train.size()}}));
        QCOMPARE(static_cast<std::int64_t>(load(both).train.size()) + load(both).heldOutTotal, std::int64_t{80});
    }

    void aWholeWeightRepeatsEveryRow()
    {
        QCOMPARE(load({{"a", 3}}).train.size(), 3 * load({{"a", 1}}).train.size());
        QCOMPARE(counts({{"a", 3}}), (std::map<std::size_t, std::size_t>{{3, load({{"a", 1}}).train.size()}}));
    }

    void aShareTakesExactlyThatManyAndAlwaysTheSame()
    {
        const std::size_t all = load({{"a", 1}}).train.size();
        const std::set<Ids> half = distinct(load({{"a", 0.5}}));
        QCOMPARE(half.size(), (all + 1) / 2);
        QVERIFY(half == distinct(load({{"b", 2}, {"a", 0.5}}), "a")); // whatever stands beside it
        const std::set<Ids> more = distinct(load({{"a", 0.75}}));
        QVERIFY(std::includes(more.begin(), more.end(), half.begin(), half.end())); // a larger share keeps a smaller one's rows
        QCOMPARE(load({{"a", 2.5}}).train.size(), 2 * all + (all + 1) / 2);
    }

    void aTinyWeightStillTeachesOneRow() { QCOMPARE(load({{"a", 0.001}}).train.size(), std::size_t{1}); }

    void heldOutRowsStayAsTheyAre()
    {
        QCOMPARE(load({{"a", 3}, {"b", 0.1}}).heldOutTotal, load({{"a", 1}, {"b", 1}}).heldOutTotal);
    }

private:
    using Ids = std::vector<std::int32_t>;
    using Sources = std::vector<std::pair<std::string, double>>;

    [[nodiscard]] std::string pathOf(const std::string& name) const
    {
        return m_folder.path().toStdString() + "/" + name + ".jsonl";
    }

    [[nodiscard]] TrainingData load(const Sources& sources) const
    {
        experiment::DataConfig config;
        config.heldOutShare = 0.2;
        for (const auto& [name, weight] : sources) {
            experiment::DataSource source;
            source.file = pathOf(name);
            source.promptTemplate = experiment::PromptTemplate::Plain;
            source.weight = weight;
            config.sources.push_back(source);
        }
        return training::loadTrainingData(config, *m_tokenizer, {}, std::nullopt, 0).value();
    }

    /// The different rows; with `beginsWith`, those whose text begins so.
    [[nodiscard]] std::set<Ids> distinct(const TrainingData& data, const std::string& beginsWith = {}) const
    {
        std::set<Ids> rows;
        for (const training::TokenizedRow& row : data.train) {
            if (m_tokenizer->decode(row.prompt, tokenizer::SpecialTokens::Skip).starts_with(beginsWith)) {
                rows.emplace(row.prompt.begin(), row.prompt.end());
            }
        }
        return rows;
    }

    /// How many different rows come how often.
    [[nodiscard]] std::map<std::size_t, std::size_t> counts(const Sources& sources) const
    {
        std::map<Ids, std::size_t> seen;
        for (const training::TokenizedRow& row : load(sources).train) {
            ++seen[{row.prompt.begin(), row.prompt.end()}];
        }
        std::map<std::size_t, std::size_t> often;
        for (const auto& [ids, times] : seen) {
            ++often[times];
        }
        return often;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<tokenizer::Tokenizer> m_tokenizer;
};

LORI_TEST(TrainingRowsTest)
#include "training_rows_test.moc"
