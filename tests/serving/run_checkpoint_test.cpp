// SPDX-License-Identifier: Apache-2.0
// A run's checkpoint is the adapter that the run would write there.
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/serving/serving_fixture.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using namespace lori::serving;
using experiment::StageKind;

class RunCheckpointTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = m_folder.path().toStdString();
        m_home.root = m_root / "home";
        m_base = test::openTinyModel(m_root / "model");
        std::string rows;
        for (int i = 0; i < 20; ++i) {
            rows += nlohmann::json{{"instruction", "say " + std::to_string(i)}, {"output", std::to_string(i * 7)}}.dump() + "\n";
        }
        writeFileAtomically(m_root / "rows.jsonl", rows).value();
    }

    void isTheAdapterOfItsStage_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("LoRI-D") << int(StageKind::LoriD);
        QTest::newRow("LoRI-S, after its mask") << int(StageKind::LoriS);
        QTest::newRow("LoRA") << int(StageKind::Lora);
        QTest::newRow("DoRA") << int(StageKind::Dora);
    }

    void isTheAdapterOfItsStage()
    {
        QFETCH(int, kind);
        experiment::RunConfig config = configOf(StageKind(kind));
        const auto folder = jobs::RunFolder::create(m_home, config).value();
        QVERIFY(runs::runWorker(folder, {m_home, {}, nullptr}).has_value());
        const auto stage = static_cast<std::int64_t>(config.stages.size()) - 1;
        auto session = Session::create(m_base).value();
        const AdapterInfo checkpoint = session->attachCheckpoint(folder.path()).value();
        QCOMPARE(checkpoint.stage, stage);
        QCOMPARE(checkpoint.step, std::int64_t{4});
        const AdapterInfo saved = session->attach(folder.adapterFolder(stage, StageKind(kind))).value();
        QCOMPARE(checkpoint.contentHash, saved.contentHash);
        QCOMPARE(checkpoint.sites.size(), saved.sites.size());
        QCOMPARE(checkpoint.rank, std::int64_t{4});
        session->setMix({{checkpoint.handle, 1}}).value();
        QVERIFY(session->generate({"say 3", PromptForm::Chat, {}}).has_value());
    }

    void refusesARunWithoutOneAndOneOfAnotherModel()
    {
        const auto folder = jobs::RunFolder::create(m_home, configOf(StageKind::LoriD)).value();
        auto session = Session::create(m_base).value();
        QCOMPARE(session->attachCheckpoint(folder.path()).error().code, ErrorCode::NotFound);
        QVERIFY(runs::runWorker(folder, {m_home, {}, nullptr}).has_value());
        test::TinyModelOptions other;
        other.feedForward = 40;
        auto elsewhere = Session::create(test::openTinyModel(m_root / "other", other)).value();
        QCOMPARE(elsewhere->attachCheckpoint(folder.path()).error().code, ErrorCode::Mismatch);
    }

private:
    [[nodiscard]] experiment::RunConfig configOf(StageKind kind) const
    {
        experiment::RunConfig c;
        c.name = "small";
        c.model = (m_root / "model").string();
        c.device = experiment::Device::Cpu;
        c.adapter.rank = 4;
        c.adapter.alpha = 8;
        experiment::DataSource source;
        source.file = (m_root / "rows.jsonl").string();
        c.data.sources = {source};
        experiment::StageConfig stage;
        stage.kind = kind == StageKind::LoriS ? StageKind::LoriD : kind;
        stage.steps = 4;
        stage.batchRows = 4;
        stage.learningRate = 1e-2;
        c.stages = {stage};
        if (kind == StageKind::LoriS) {
            experiment::StageConfig mask;
            mask.kind = StageKind::Mask;
            mask.mask.sparsity = 0.7;
            c.stages.push_back(mask);
            stage.kind = kind;
            c.stages.push_back(stage);
        }
        c.evaluation.tasks.clear();
        c.checkpoint.everySteps = 2;
        return c;
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    Home m_home;
    std::shared_ptr<const model::BaseModel> m_base;
};

LORI_TEST(RunCheckpointTest)
#include "run_checkpoint_test.moc"
