// SPDX-License-Identifier: Apache-2.0
// A conversation's cache: only what is new is read, and nothing else changes.
#include "tests/engine_support/compare_tensors.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/serving/serving_fixture.h"
#include "tests/support/test_registry.h"

#include <ATen/Functions.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using namespace lori::serving;
using experiment::StageKind;

class ConversationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = m_folder.path().toStdString();
        m_base = test::openTinyModel(m_root / "model");
        test::writeAdapter(m_base, m_root / "a", {StageKind::LoriD, 1});
    }

    void readingInPartsGivesTheLogitsOfReadingAtOnce_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::newRow("plain") << "{}";
        QTest::newRow("window") << R"({"model_type": "mistral", "architectures": ["MistralForCausalLM"], "sliding_window": 9})";
    }

    /// The tolerance of logits that may come from another order of sums: 1e-4, at logits of about 5.
    void readingInPartsGivesTheLogitsOfReadingAtOnce()
    {
        QFETCH(QString, patch);
        test::TinyModelOptions options;
        options.configPatch = patch.toStdString();
        const auto base = test::openTinyModel(m_root / QTest::currentDataTag(), options);
        const model::Decoder decoder(base, nullptr);
        std::vector<std::int32_t> ids;
        for (int i = 0; i < 150; ++i) {
            ids.push_back((i * 37) % 251);
        }
        model::KeyValueCache whole;
        const at::Tensor expected = decoder.logits(decoder.prefill(model::packRows({ids}, at::kCPU), 160, whole));
        for (const std::vector<int>& cuts : std::vector<std::vector<int>>{{1, 150}, {20, 21, 150}, {70, 149, 150}}) {
            model::KeyValueCache cache;
            at::Tensor x = decoder.prefill(model::packRows({{ids.begin(), ids.begin() + cuts[0]}}, at::kCPU), 8 + cuts[0], cache);
            for (std::size_t i = 1; i < cuts.size(); ++i) {
                x = decoder.extend({ids.begin() + cuts[i - 1], ids.begin() + cuts[i]}, cache);
            }
            LORI_VERIFY_CLOSE(decoder.logits(x), expected, 1e-4);
            QCOMPARE(cache.lengths.front(), std::int64_t{150});
            LORI_VERIFY_CLOSE(cache.keys[1].narrow(1, 0, 150), whole.keys[1].narrow(1, 0, 150), 1e-4);
        }
        at::Tensor q = at::randn({5, 32});
        const at::Tensor kv = at::randn({30, 16});
        LORI_VERIFY_CLOSE(model::attentionContinued(q, kv, kv.flip(0), base->heads(0)),
                          model::reference::attentionContinued(q, kv, kv.flip(0), base->heads(0)), 1e-5);
    }

    void aSecondTurnReadsOnlyWhatIsNew()
    {
        auto session = Session::create(m_base).value();
        session->setMix({{session->attach(m_root / "a").value().handle, 1}}).value();
        ChatRequest request = firstTurn("one");
        for (int turn = 0; turn < 4; ++turn) {
            const Answer answer = session->chat(request).value();
            ChatRequest withoutCache = request;
            withoutCache.conversation.clear();
            const Answer expected = session->chat(withoutCache).value();
            QCOMPARE(expected.reusedTokens, std::int64_t{0});
            QCOMPARE(answer.ids, expected.ids);
            QCOMPARE(answer.promptTokens, expected.promptTokens);
            if (turn > 0) {
                // All of the last prompt, and of its answer what its text encodes to again, is there already.
                QVERIFY(answer.reusedTokens >= m_before.promptTokens);
                QVERIFY(answer.reusedTokens < m_before.promptTokens + std::int64_t(m_before.ids.size()));
                QCOMPARE(answer.reusedTokens, sharedTokens(*session, request));
            }
            m_before = answer;
            m_idsBefore = session->tokenizer().encode(rendered(request));
            m_idsBefore.insert(m_idsBefore.end(), answer.ids.begin(), answer.ids.end() - 1);
            request.messages.push_back({"assistant", answer.text});
            request.messages.push_back({"user", "And then, " + std::to_string(turn) + "?"});
        }
    }

    void aTurnThatIsChangedIsReadAnew()
    {
        auto session = Session::create(m_base).value();
        ChatRequest request = firstTurn("edited");
        const Answer first = session->chat(request).value();
        request.messages.front().content = "Hallo";
        const Answer second = session->chat(request).value();
        QCOMPARE(second.reusedTokens, std::int64_t(std::string("<user\nH").size())); // a token for <|im_start|>, and bytes
        const Answer again = session->chat(request).value();
        QCOMPARE(again.reusedTokens, again.promptTokens - 1); // the last one runs in any case
        QCOMPARE(again.ids, second.ids);
        QVERIFY(first.ids != second.ids);
    }

    void otherWeightsHaveACacheOfTheirOwn()
    {
        auto session = Session::create(m_base).value();
        const AdapterHandle a = session->attach(m_root / "a").value().handle;
        const ChatRequest request = firstTurn("switch");
        const Answer base = session->chat(request).value();
        session->setMix({{a, 1}}).value();
        const Answer adapted = session->chat(request).value();
        QCOMPARE(adapted.reusedTokens, std::int64_t{0});
        QVERIFY(adapted.ids != base.ids && adapted.weightsHash != base.weightsHash);
        session->setSitesOff({{0, experiment::Projection::Q}}).value();
        QCOMPARE(session->chat(request).value().reusedTokens, std::int64_t{0});
        session->setSitesOff({}).value();
        session->setMix({}).value();
        const Answer back = session->chat(request).value();
        QVERIFY(back.reusedTokens > 0);
        QCOMPARE(back.ids, base.ids);
    }

    void theLeastRecentlyUsedConversationLeaves()
    {
        SessionLimits limits;
        limits.conversations = 2;
        auto session = Session::create(m_base, limits).value();
        for (const char* name : {"one", "two", "one", "three"}) {
            QVERIFY(session->chat(firstTurn(name)).has_value());
        }
        QCOMPARE(session->conversations().count(), std::size_t{2});
        QVERIFY(session->chat(firstTurn("one")).value().reusedTokens > 0);
        QCOMPARE(session->chat(firstTurn("two")).value().reusedTokens, std::int64_t{0});
        session->forgetConversation("two");
        QCOMPARE(session->conversations().count(), std::size_t{1});

        limits.conversations = 8;
        limits.cacheBytes = session->conversations().bytes() * 3 / 2;
        auto small = Session::create(m_base, limits).value();
        QVERIFY(small->chat(firstTurn("one")).has_value());
        QVERIFY(small->chat(firstTurn("two")).has_value());
        QCOMPARE(small->conversations().count(), std::size_t{1});
    }

    void aConversationGoesOnAfterACancelledTurn()
    {
        auto session = Session::create(m_base).value();
        ChatRequest request = firstTurn("cancelled");
        std::stop_source source;
        int pieces = 0;
        const Answer cut = session
                               ->chat(
                                   request,
                                   [&](std::string_view) {
                                       if (++pieces == 4) {
                                           source.request_stop();
                                       }
                                   },
                                   source.get_token())
                               .value();
        QVERIFY(cut.end == AnswerEnd::Cancelled && !cut.text.empty());
        request.messages.push_back({"assistant", cut.text});
        request.messages.push_back({"user", "Go on"});
        static_cast<void>(session->chat(request, {}, source.get_token())); // cancelled before it began
        const Answer next = session->chat(request).value();
        request.conversation.clear();
        QCOMPARE(next.ids, session->chat(request).value().ids);
    }

    void aModelWhoseAnglesChangeIsReadAnewBeyondItsFirstContext()
    {
        test::TinyModelOptions options;
        options.configPatch = R"({"rope_scaling": {"rope_type": "longrope", "short_factor": [1, 1, 1, 1],
            "long_factor": [2, 2, 2, 2], "original_max_position_embeddings": 90}})";
        auto session = Session::create(test::openTinyModel(m_root / "longrope", options)).value();
        ChatRequest request = firstTurn("long");
        const std::vector<std::int64_t> reused = turns(*session, request, {"a", "b", std::string(60, 'y'), "c"});
        QCOMPARE(reused.size(), std::size_t{4});
        QCOMPARE(reused[0], std::int64_t{0});
        QVERIFY(reused[1] > 0); // still within the first context
        QCOMPARE(reused[2], std::int64_t{0});
        QCOMPARE(reused[3], std::int64_t{0});
    }

private:
    static ChatRequest firstTurn(const std::string& name)
    {
        ChatRequest request;
        request.conversation = name;
        request.messages = {{"user", "Hello there"}};
        request.options.maxNewTokens = 16;
        return request;
    }
    /// Asks one thing after the other, each compared with an answer without a cache; how much was read before.
    static std::vector<std::int64_t> turns(Session& session, ChatRequest request, const std::vector<std::string>& questions)
    {
        std::vector<std::int64_t> reused;
        request.messages.clear();
        request.options.maxNewTokens = 4;
        for (const std::string& question : questions) {
            request.messages.push_back({"user", question});
            const Answer answer = session.chat(request).value();
            ChatRequest alone = request;
            alone.conversation.clear();
            if (session.chat(alone).value().ids != answer.ids) {
                return {};
            }
            reused.push_back(answer.reusedTokens);
            request.messages.push_back({"assistant", "."});
        }
        return reused;
    }
    static std::string rendered(const ChatRequest& request)
    {
        std::string text;
        for (const chat::Message& message : request.messages) {
            text += "<|im_start|>" + message.role + "\n" + message.content + "<|im_end|>\n";
        }
        return text + "<|im_start|>assistant\n";
    }
    [[nodiscard]] std::int64_t sharedTokens(const Session& session, const ChatRequest& request) const
    {
        const std::vector<std::int32_t> ids = session.tokenizer().encode(rendered(request));
        std::size_t shared = 0;
        while (shared < std::min(ids.size(), m_idsBefore.size()) && ids[shared] == m_idsBefore[shared]) {
            ++shared;
        }
        return static_cast<std::int64_t>(shared);
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::shared_ptr<const model::BaseModel> m_base;
    Answer m_before;
    std::vector<std::int32_t> m_idsBefore;
};

LORI_TEST(ConversationTest)
#include "conversation_test.moc"
