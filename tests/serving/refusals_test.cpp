// SPDX-License-Identifier: Apache-2.0
// A bad request is answered by one sentence, and the next one as if it had not been.
#include "core/support/files.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/serving/serving_fixture.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace lori;
using namespace lori::serving;
using experiment::StageKind;

class RefusalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = m_folder.path().toStdString();
        const auto base = test::openTinyModel(m_root / "model");
        m_session = Session::create(base).value();
        m_good = attach(base, "good", {StageKind::LoriD, 1});
        m_dora = attach(base, "dora", {StageKind::Dora, 2});
        m_full = attach(base, "full", {StageKind::Full, 3});
        test::TinyModelOptions other;
        other.feedForward = 40;
        test::writeAdapter(test::openTinyModel(m_root / "other", other), m_root / "of-other", {StageKind::LoriD, 1});
        std::filesystem::copy(m_root / "good", m_root / "broken", std::filesystem::copy_options::recursive);
        writeFileAtomically(m_root / "broken" / "adapter_model.safetensors", "nonsense").value();
    }

    void isOneSentenceAndTheNextRequestIsAnswered()
    {
        m_session->setMix({{m_good, 0.5}}).value();
        const std::string hash = m_session->weightsHash();
        const Answer expected = m_session->generate(good()).value();
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const auto text = [&](const std::function<void(TextRequest&)>& spoil) {
            TextRequest request = good();
            spoil(request);
            return m_session->generate(request).error();
        };
        const auto code = [](const auto& result) {
            return result.has_value() ? Error{ErrorCode::Internal, "", "", ""} : result.error();
        };
        const std::vector<std::pair<ErrorCode, Error>> refusals{
            {ErrorCode::NotFound, code(m_session->setMix({{99, 1}}))},
            {ErrorCode::NotFound, code(m_session->detach(99))},
            {ErrorCode::InvalidArgument, code(m_session->setMix({{m_good, nan}}))},
            {ErrorCode::InvalidArgument, code(m_session->setMix({{m_good, 1}, {m_good, 1}}))},
            {ErrorCode::Unsupported, code(m_session->setMix({{m_good, 1}, {m_dora, 1}}))},
            {ErrorCode::Unsupported, code(m_session->setMix({{m_dora, 0.5}}))},
            {ErrorCode::Unsupported, code(m_session->setMix({{m_full, 2}}))},
            {ErrorCode::InvalidArgument, code(m_session->setSitesOff({{7, experiment::Projection::Q}}))},
            {ErrorCode::NotFound, code(m_session->attach(m_root / "nowhere"))},
            {ErrorCode::Mismatch, code(m_session->attach(m_root / "of-other"))},
            {ErrorCode::BadFile, code(m_session->attach(m_root / "broken"))},
            {ErrorCode::NotFound, code(m_session->attachCheckpoint(m_root / "nowhere"))},
            {ErrorCode::InvalidArgument, text([](TextRequest& r) { r.prompt.clear(); })},
            {ErrorCode::InvalidArgument, text([](TextRequest& r) { r.prompt.assign(600, 'x'); })},
            {ErrorCode::InvalidArgument, text([](TextRequest& r) { r.options.maxNewTokens = 0; })},
            {ErrorCode::InvalidArgument, text([&](TextRequest& r) { r.options.temperature = nan; })},
            {ErrorCode::InvalidArgument, text([](TextRequest& r) { r.options.topP = 0; })},
            {ErrorCode::InvalidArgument, text([](TextRequest& r) { r.options.topK = -1; })},
            {ErrorCode::InvalidArgument, code(m_session->chat({"c", {}, nlohmann::ordered_json::object(), {}}))},
            {ErrorCode::InvalidArgument, code(m_session->columns(good(), {}))},
            {ErrorCode::NotFound, code(m_session->columns(good(), {{}, {{99, 1}}}))},
            {ErrorCode::InvalidArgument, code(m_session->effect({{}}))},
            {ErrorCode::InvalidArgument, code(m_session->effect({{"a"}, PromptForm::Plain}))},
            {ErrorCode::InvalidArgument, code(m_session->optionLogLikelihoods("Which?", {}))},
            {ErrorCode::InvalidArgument, code(m_session->optionLogLikelihoods("Which?", {"a", ""}))},
            {ErrorCode::InvalidArgument, code(m_session->optionLogLikelihoods("", {"a"}))},
        };
        for (std::size_t i = 0; i < refusals.size(); ++i) {
            const auto& [wanted, error] = refusals[i];
            const std::string problem = test::sentenceProblem(error);
            QVERIFY2(problem.empty(), (std::to_string(i) + ": " + problem).c_str());
            QVERIFY2(error.code == wanted, (std::to_string(i) + ": " + error.sentence()).c_str());
        }
        QCOMPARE(m_session->weightsHash(), hash);
        QCOMPARE(m_session->generate(good()).value().ids, expected.ids);
        m_session->setMix({{m_full, 1}}).value();
        QCOMPARE(code(m_session->setSitesOff({{0, experiment::Projection::Q}})).code, ErrorCode::Unsupported);
    }

    void whatTheReceiverThrowsEndsTheRequestOnly()
    {
        m_session->setMix({}).value();
        const auto result =
            m_session->generate(good(), [](std::string_view) { throw Exception(ErrorCode::Io, "the reader went away"); });
        QCOMPARE(result.error().code, ErrorCode::Io);
        QVERIFY(m_session->generate(good()).has_value());
    }

private:
    AdapterHandle attach(const std::shared_ptr<const model::BaseModel>& base, const std::string& name,
                         const test::AdapterRecipe& recipe)
    {
        return m_session->attach(test::writeAdapter(base, m_root / name, recipe)).value().handle;
    }
    static TextRequest good()
    {
        TextRequest request{"A good request", PromptForm::Plain, {}};
        request.options.maxNewTokens = 8;
        return request;
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::unique_ptr<Session> m_session;
    AdapterHandle m_good = 0, m_dora = 0, m_full = 0;
};

LORI_TEST(RefusalsTest)
#include "refusals_test.moc"
