// SPDX-License-Identifier: Apache-2.0
// A session answers as the commands do.
#include "core/evaluation/likelihood.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/serving/serving_fixture.h"
#include "tests/support/test_registry.h"

#include <ATen/Functions.h>

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <thread>

using namespace lori;
using namespace lori::serving;
using experiment::StageKind;
using test::AdapterRecipe;

class SessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = m_folder.path().toStdString();
        m_base = test::openTinyModel(m_root / "model");
        m_session = Session::create(m_base).value();
    }

    void init()
    {
        for (const AdapterInfo& info : m_session->adapters()) {
            m_session->detach(info.handle).value();
        }
        m_session->setSitesOff({}).value();
    }

    void writesTheBitsOfTheCommand_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("temperature");
        QTest::newRow("LoRI, greedy") << int(StageKind::LoriD) << 0.0;
        QTest::newRow("LoRI, sampled") << int(StageKind::LoriD) << 0.9;
        QTest::newRow("LoRA, sampled") << int(StageKind::Lora) << 0.9;
        QTest::newRow("DoRA, sampled") << int(StageKind::Dora) << 0.9;
        QTest::newRow("IA3, sampled") << int(StageKind::Ia3) << 0.9;
        QTest::newRow("full, sampled") << int(StageKind::Full) << 0.9;
    }

    void writesTheBitsOfTheCommand()
    {
        QFETCH(int, kind);
        QFETCH(double, temperature);
        const auto folder = writeAdapter(QTest::currentDataTag(), {StageKind(kind), 5});
        const test::Command command = test::openAsCommand(m_base, folder);
        TextRequest request{"Once upon a time", PromptForm::Plain, options(temperature)};
        const auto expected = asCommand(*command.decoder, request);
        m_session->setMix({{m_session->attach(folder).value().handle, 1}}).value();
        std::string pieces;
        const Answer answer = m_session->generate(request, [&](std::string_view piece) { pieces += piece; }).value();
        QCOMPARE(answer.ids, expected);
        QCOMPARE(answer.text, m_session->tokenizer().decode(expected, tokenizer::SpecialTokens::Skip));
        QCOMPARE(pieces, answer.text);
        QCOMPARE(answer.promptTokens, std::int64_t{16});
        QVERIFY(answer.secondsToFirstToken > 0 && answer.seconds >= answer.secondsToFirstToken);
        QCOMPARE(answer.weightsHash, m_session->weightsHash());
        m_session->setMix({}).value();
        QCOMPARE(m_session->generate(request).value().ids, asCommand(model::Decoder(m_base, nullptr), request));
    }

    void putsAPromptIntoTheChatTemplateWhenAsked()
    {
        const TextRequest chat{"Hi", PromptForm::Chat, options(0)};
        const TextRequest plain{"<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", PromptForm::Plain, options(0)};
        QCOMPARE(m_session->generate(chat).value().ids, m_session->generate(plain).value().ids);
    }

    void columnsAreTheTextsOfTheirMixes()
    {
        const AdapterHandle a = attach("column-a", {StageKind::LoriD, 1});
        const AdapterHandle b = attach("column-b", {StageKind::Lora, 2, 8});
        const AdapterHandle dora = attach("column-dora", {StageKind::Dora, 3});
        const AdapterHandle ia3 = attach("column-ia3", {StageKind::Ia3, 4});
        const AdapterHandle full = attach("column-full", {StageKind::Full, 5});
        const std::vector<Mix> mixes{{}, {{full, 1}}, {{a, 1}}, {{a, 0.5}, {b, -0.25}}, {{dora, 1}}, {{ia3, 1}}, {{a, 1}}};
        for (const double temperature : {0.0, 0.8}) {
            const TextRequest request{"The same prompt", PromptForm::Plain, options(temperature)};
            std::vector<std::string> pieces(mixes.size());
            const auto answers =
                m_session->columns(request, mixes, [&](std::size_t column, std::string_view piece) { pieces[column] += piece; })
                    .value();
            for (std::size_t i = 0; i < mixes.size(); ++i) {
                m_session->setMix(mixes[i]).value();
                const Answer alone = m_session->generate(request).value();
                QCOMPARE(answers[i].ids, alone.ids);
                QCOMPARE(answers[i].text, pieces[i]);
                QCOMPARE(answers[i].weightsHash, alone.weightsHash);
            }
        }
    }

    void optionsAreWeighedAsInEvaluation()
    {
        const auto folder = writeAdapter("options", {StageKind::LoriD, 9});
        const test::Command command = test::openAsCommand(m_base, folder);
        const tokenizer::Tokenizer& tokenizer = m_session->tokenizer();
        const evaluation::ChoicePrompt choice{
            tokenizer.encode("Is it so?"), {tokenizer.encode(" yes"), tokenizer.encode(" no"), tokenizer.encode(" yesterday")}};
        m_session->setMix({{m_session->attach(folder).value().handle, 1}}).value();
        const OptionScores scores = m_session->optionLogLikelihoods("Is it so?", {" yes", " no", " yesterday"}).value();
        QCOMPARE(scores.logLikelihoods, evaluation::answerLogProbabilities(*command.decoder, {choice}, 1).front());
        QCOMPARE(scores.tokens, (std::vector<std::int64_t>{4, 3, 10}));
        QCOMPARE(scores.weightsHash, m_session->weightsHash());
    }

    void theEffectIsTheMeanChangeOfTheProbesTokens()
    {
        const EffectRequest request{{"First probe", "Another one, longer"}, PromptForm::Plain, 4};
        QCOMPARE(m_session->effect(request).value().meanAbsoluteChange, 0.0);
        const auto folder = writeAdapter("effect", {StageKind::LoriD, 6});
        const test::Command command = test::openAsCommand(m_base, folder);
        m_session->setMix({{m_session->attach(folder).value().handle, 1}}).value();
        const Effect effect = m_session->effect(request).value();
        double sum = 0;
        double largest = 0;
        std::int64_t tokens = 0;
        const model::Decoder base(m_base, nullptr);
        for (const std::string& probe : request.probes) {
            const std::vector<std::int32_t> ids = m_session->tokenizer().encode(probe);
            const at::Tensor change = logProbabilities(*command.decoder, ids).sub(logProbabilities(base, ids));
            for (std::size_t i = 1; i < ids.size(); ++i, ++tokens) {
                const double moved = std::abs(change[std::int64_t(i) - 1][ids[i]].item<double>());
                sum += moved;
                largest = std::max(largest, moved);
            }
        }
        QCOMPARE(effect.tokens, tokens);
        QVERIFY(std::abs(effect.meanAbsoluteChange - sum / double(tokens)) < 1e-5);
        QCOMPARE(effect.mostChanged.size(), std::size_t{4});
        QVERIFY(std::abs(std::abs(effect.mostChanged.front().change()) - largest) < 1e-5);
        QCOMPARE(effect.next.size(), request.probes.size());
        QVERIFY(std::abs(effect.next[0][0].change()) >= std::abs(effect.next[0][1].change()));
    }

    void cancellingKeepsWhatWasWritten()
    {
        std::stop_source source;
        int pieces = 0;
        TextRequest request{"Write for a long time", PromptForm::Plain, options(0.9)};
        request.options.maxNewTokens = 400;
        const auto stopAfterThree = [&](std::string_view) {
            if (++pieces == 3) {
                source.request_stop();
            }
        };
        const Answer answer = m_session->generate(request, stopAfterThree, source.get_token()).value();
        QVERIFY(answer.end == AnswerEnd::Cancelled);
        QVERIFY(pieces <= 4); // the last one is what was held back
        request.options.maxNewTokens = std::int64_t(answer.ids.size());
        QCOMPARE(m_session->generate(request).value().ids, answer.ids);
        const Answer nothing = m_session->generate(request, {}, source.get_token()).value();
        QVERIFY(nothing.end == AnswerEnd::Cancelled && nothing.text.empty() && nothing.secondsToFirstToken == 0);
        QCOMPARE(m_session->effect({{"a probe"}}, source.get_token()).error().code, ErrorCode::Stopped);
    }

    void saysWhyATextEnded()
    {
        TextRequest request{std::string(500, 'x'), PromptForm::Plain, options(0)};
        request.options.maxNewTokens = 100; // the context holds 512
        const Answer answer = m_session->generate(request).value();
        QVERIFY(answer.end == AnswerEnd::ContextFull || answer.end == AnswerEnd::Ended);
        QVERIFY(answer.ids.size() <= 12);
        request.prompt = "x";
        request.options.maxNewTokens = 1;
        QVERIFY(m_session->generate(request).value().end == AnswerEnd::Length);
    }

private:
    std::filesystem::path writeAdapter(const std::string& name, const AdapterRecipe& recipe)
    {
        return test::writeAdapter(m_base, m_root / name, recipe);
    }
    AdapterHandle attach(const std::string& name, const AdapterRecipe& recipe)
    {
        return m_session->attach(writeAdapter(name, recipe)).value().handle;
    }
    static generation::GenerateOptions options(double temperature)
    {
        generation::GenerateOptions o;
        o.maxNewTokens = 24;
        o.temperature = temperature;
        o.topP = 0.95;
        o.seed = 7;
        return o;
    }
    std::vector<std::int32_t> asCommand(const model::Decoder& decoder, const TextRequest& request)
    {
        generation::GenerateOptions o = request.options;
        o.stopIds = m_base->config().eosIds;
        return generation::generate(decoder, {m_session->tokenizer().encode(request.prompt)}, o).value().front().ids;
    }
    static at::Tensor logProbabilities(const model::Decoder& decoder, const std::vector<std::int32_t>& ids)
    {
        return at::log_softmax(decoder.logits(decoder.forward(model::packRows({ids}, at::kCPU), nullptr)).to(at::kDouble), -1);
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::shared_ptr<const model::BaseModel> m_base;
    std::unique_ptr<Session> m_session;
};

LORI_TEST(SessionTest)
#include "session_test.moc"
