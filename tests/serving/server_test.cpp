// SPDX-License-Identifier: Apache-2.0
// The wire: every request is answered, in order, and what is cancelled ends.
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/serving/server_fixture.h"
#include "tests/serving/serving_fixture.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <chrono>

using namespace lori;
using namespace lori::serving;
using experiment::StageKind;
using test::sentenceOf;

class ServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = m_folder.path().toStdString();
        m_base = test::openTinyModel(m_root / "model");
        test::writeAdapter(m_base, m_root / "a", {StageKind::LoriD, 1});
        test::writeAdapter(m_base, m_root / "b", {StageKind::Lora, 2});
    }

    void saysWhatIsServed()
    {
        test::ServedLines served(m_base, {{}, "lori 1", "tiny"});
        const auto first = served.next();
        QVERIFY(first && first->id.is_null());
        const auto& ready = std::get<wire::Ready>(first->answer);
        QCOMPARE(ready.program, std::string("lori 1"));
        QCOMPARE(ready.model, std::string("tiny"));
        QCOMPARE(ready.fingerprint, m_base->fingerprint());
        QCOMPARE(ready.contextLength, std::int64_t{512});
        QCOMPARE(ready.weights, std::string("f32"));
        QCOMPARE(ready.weightsHash.size(), std::size_t{64});
        QVERIFY(ready.pid > 0 && ready.adapters.empty() && ready.mix.empty());
    }

    void everyRequestIsAnswered()
    {
        test::ServedLines served(m_base);
        const auto session = Session::create(m_base).value();
        const auto a = std::get<wire::Attached>(served.ask(1, wire::Attach{(m_root / "a").string(), ""})).adapter;
        const auto b = std::get<wire::Attached>(served.ask("b", wire::Attach{(m_root / "b").string(), ""})).adapter;
        QVERIFY(a.handle == 1 && b.handle == 2 && a.kind == "lori-d" && b.kind == "lora" && a.mixes && a.rank == 4);
        QCOMPARE(a.sites.front().projection, std::string("q_proj"));
        QVERIFY(session->attach(m_root / "a").has_value());
        QVERIFY(session->attach(m_root / "b").has_value());
        QCOMPARE(std::get<wire::Adapters>(served.ask(3, wire::ListAdapters{})).adapters, (std::vector{a, b}));

        const auto mixed = std::get<wire::Weights>(served.ask(4, wire::SetMix{{{1, 0.5}, {2, -0.25}}}));
        session->setMix({{1, 0.5}, {2, -0.25}}).value();
        QCOMPARE(mixed.weightsHash, session->weightsHash());
        QCOMPARE(mixed.mix.size(), std::size_t{2});
        const auto off = std::get<wire::Weights>(served.ask(5, wire::SetSites{{{1, "down_proj"}}}));
        session->setSitesOff({{1, experiment::Projection::Down}}).value();
        QCOMPARE(off.weightsHash, session->weightsHash());
        QCOMPARE(std::get<wire::Weights>(served.ask(6, wire::AskHash{})), off);

        const wire::TextOptions drawn{24, 0.9, 0.95, 0, 7, false};
        const auto text = std::get<wire::Done>(served.ask(7, wire::Generate{"Once upon a time", "plain", drawn}));
        TextRequest request{"Once upon a time", PromptForm::Plain, {}};
        request.options.maxNewTokens = 24;
        request.options.temperature = 0.9;
        request.options.topP = 0.95;
        request.options.seed = 7;
        const Answer expected = session->generate(request).value();
        QCOMPARE(text.text, expected.text);
        QVERIFY(std::equal(text.ids.begin(), text.ids.end(), expected.ids.begin(), expected.ids.end()));
        QCOMPARE(pieces(served.before, 0), text.text);
        QCOMPARE(text.weightsHash, off.weightsHash);
        QVERIFY(text.promptTokens == 16 && text.seconds >= text.secondsToFirstToken && text.secondsToFirstToken > 0);
        QVERIFY(text.tokensPerSecond > 0 && (text.end == "length" || text.end == "ended"));

        const wire::TextOptions greedy{.greedy = true};
        const auto columns =
            std::get<wire::ColumnsDone>(served.ask(8, wire::Columns{"The same", "plain", {{}, {{1, 1}}}, greedy}));
        QCOMPARE(columns.columns.size(), std::size_t{2});
        QCOMPARE(pieces(served.before, 0), columns.columns[0].text);
        QCOMPARE(pieces(served.before, 1), columns.columns[1].text);
        QVERIFY(columns.columns[0].weightsHash != columns.columns[1].weightsHash);

        const auto effect = std::get<wire::EffectDone>(served.ask(9, wire::MeasureEffect{{"How are you?"}, "plain", 3}));
        QVERIFY(effect.meanAbsoluteChange > 0 && effect.mostChanged.size() == 3 && effect.next.size() == 1);
        QCOMPARE(effect.weightsHash, off.weightsHash);
        const auto options = std::get<wire::OptionsDone>(served.ask(10, wire::WeighOptions{"Is it so?", {" yes", " no"}}));
        QVERIFY(options.logLikelihoods.size() == 2 && options.tokens.size() == 2 && options.logLikelihoods[0] < 0);

        const wire::Chat chat{"one", {{"user", "Hi"}}, wire::json::object(), greedy};
        QVERIFY(!std::get<wire::Done>(served.ask(11, chat)).ids.empty());
        QCOMPARE(std::get<wire::Forgotten>(served.ask(12, wire::Forget{"one"})).conversation, std::string("one"));
        QCOMPARE(std::get<wire::Done>(served.ask(13, chat)).reusedTokens, std::int64_t{0});
        QVERIFY(!std::get<wire::Cancelling>(served.ask(14, wire::Cancel{7})).found);
        const auto alone = std::get<wire::Weights>(served.ask(15, wire::Detach{1}));
        QCOMPARE(alone.mix, (std::vector<wire::MixPart>{{2, -0.25}}));
        QCOMPARE(served.ask("end", wire::Quit{}), wire::Answer(wire::Bye{}));
        QVERIFY(served.end() == ServerEnd::Quit);
    }

    void aRunIsAttachedByItsId()
    {
        ServerOptions options;
        options.home.root = m_root / "home";
        experiment::RunConfig config;
        config.name = "small";
        config.model = (m_root / "model").string();
        config.device = experiment::Device::Cpu;
        config.adapter.rank = 4;
        std::string rows;
        for (int i = 0; i < 20; ++i) {
            rows += wire::json{{"instruction", "say " + std::to_string(i)}, {"output", std::to_string(i)}}.dump() + "\n";
        }
        writeFileAtomically(m_root / "rows.jsonl", rows).value();
        experiment::DataSource source;
        source.file = (m_root / "rows.jsonl").string();
        config.data.sources = {source};
        experiment::StageConfig stage;
        stage.steps = 2;
        stage.batchRows = 4;
        config.stages = {stage};
        config.evaluation.tasks.clear();
        config.checkpoint.everySteps = 1;
        const auto folder = jobs::RunFolder::create(options.home, config).value();
        const auto worked = runs::runWorker(folder, {options.home, {}, nullptr});
        QVERIFY2(worked.has_value(), worked ? "" : worked.error().sentence().c_str());
        test::ServedLines served(m_base, options);
        const wire::Answer answer = served.ask(1, wire::Attach{"", folder.id()});
        QVERIFY2(sentenceOf(answer).empty(), sentenceOf(answer).c_str());
        QCOMPARE(std::get<wire::Attached>(answer).adapter.step, std::int64_t{2});
    }

    void answersComeInTheOrderOfTheRequests()
    {
        test::ServedLines served(m_base);
        std::string lines;
        for (int i = 1; i <= 60; ++i) {
            lines += i % 3 == 0 ? wire::requestLine(i, wire::Generate{"x", "plain", {4}}) : wire::requestLine(i, wire::AskHash{});
        }
        served.sendText(lines.substr(0, lines.size() - 1)); // the last line needs no line feed
        served.endInput();
        std::int64_t last = 0;
        for (auto answer = served.next(); answer; answer = served.next()) {
            if (answer->id.is_number() && !std::holds_alternative<wire::Token>(answer->answer)) {
                QCOMPARE(answer->id.get<std::int64_t>(), last + 1);
                ++last;
            } else if (std::holds_alternative<wire::Token>(answer->answer)) {
                QCOMPARE(answer->id.get<std::int64_t>(), last + 1);
            }
        }
        QCOMPARE(last, std::int64_t{60});
        QVERIFY(served.end() == ServerEnd::InputEnded);
    }

    void runningAndWaitingRequestsAreCancelled()
    {
        test::ServedLines served(m_base);
        served.send("long", wire::Generate{"Write on", "plain", {480, 1.0, 1.0}});
        served.send("waits", wire::Chat{"", {{"user", "Hi"}}});
        served.send("waits too", wire::MeasureEffect{{"How are you?"}});
        served.send("columns", wire::Columns{"x", "plain", {{}, {}}});
        served.send("stays", wire::AskHash{});
        const auto isToken = [](const wire::ReadAnswer& a) {
            return std::holds_alternative<wire::Token>(a.answer);
        };
        QVERIFY(isToken(served.until(isToken).back()));
        for (const char* target : {"waits", "waits too", "columns", "never asked", "long"}) {
            served.send(std::string("cancel ") + target, wire::Cancel{target});
        }
        const auto begin = std::chrono::steady_clock::now();
        std::map<std::string, wire::Answer> answers;
        std::vector<std::string> order;
        for (const auto& a : served.until([](const wire::ReadAnswer& r) { return r.id == "stays"; })) {
            if (!isToken(a)) {
                answers[a.id.get<std::string>()] = a.answer;
                order.push_back(a.id.get<std::string>());
            }
        }
        qInfo("cancelled and answered after %.1f ms",
              std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
        const auto& running = std::get<wire::Done>(answers.at("long"));
        QVERIFY(running.end == "cancelled" && !running.text.empty() && running.ids.size() < 480);
        QCOMPARE(running.weightsHash.size(), std::size_t{64});
        const auto& waiting = std::get<wire::Done>(answers.at("waits"));
        QVERIFY(waiting.end == "cancelled" && waiting.text.empty());
        QCOMPARE(std::get<wire::Failure>(answers.at("waits too")).error.code, std::string("stopped"));
        QCOMPARE(std::get<wire::ColumnsDone>(answers.at("columns")).columns.size(), std::size_t{2});
        QVERIFY(std::get<wire::Cancelling>(answers.at("cancel long")).found);
        QVERIFY(!std::get<wire::Cancelling>(answers.at("cancel never asked")).found);
        QVERIFY(std::holds_alternative<wire::Weights>(answers.at("stays")));
        QCOMPARE(order.back(), std::string("stays"));
    }

    void aSecondTurnReadsOnlyWhatIsNew()
    {
        test::ServedLines served(m_base);
        wire::Chat chat{"one", {{"user", "Hello there"}}, wire::json::object(), {.maxNewTokens = 16, .greedy = true}};
        const auto first = std::get<wire::Done>(served.ask(1, chat));
        QCOMPARE(first.reusedTokens, std::int64_t{0});
        chat.messages.push_back({"assistant", first.text});
        chat.messages.push_back({"user", "And then?"});
        const auto second = std::get<wire::Done>(served.ask(2, chat));
        QVERIFY(second.reusedTokens >= first.promptTokens);
        chat.conversation.clear();
        const auto anew = std::get<wire::Done>(served.ask(3, chat));
        QCOMPARE(anew.text, second.text);
        QCOMPARE(anew.reusedTokens, std::int64_t{0});
    }

    void anInterruptAndAReaderWhoLeavesEndIt()
    {
        const wire::Generate longText{"Write on", "plain", {480, 1.0, 1.0}};
        test::ServedLines served(m_base);
        served.send(1, longText);
        served.send(2, longText);
        served.interrupt();
        QVERIFY(served.end() == ServerEnd::Interrupted);
        test::ServedLines left(m_base);
        QVERIFY(left.next().has_value());
        left.closeOutput();
        QVERIFY(left.end() == ServerEnd::OutputClosed);
    }

private:
    static std::string pieces(const std::vector<wire::ReadAnswer>& answers, std::int64_t column)
    {
        std::string text;
        for (const wire::ReadAnswer& answer : answers) {
            const auto* token = std::get_if<wire::Token>(&answer.answer);
            text += token != nullptr && token->column == column ? token->piece : "";
        }
        return text;
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::shared_ptr<const model::BaseModel> m_base;
};

LORI_TEST(ServerTest)
#include "server_test.moc"
