// SPDX-License-Identifier: Apache-2.0
// Over the wire, bad requests are answered in one sentence, and the next one as if they had not been.
#include "tests/engine_support/tiny_model.h"
#include "tests/serving/server_fixture.h"
#include "tests/serving/serving_fixture.h"
#include "tests/support/test_registry.h"
#include "tests/wire/line_mutations.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using namespace lori::serving;
using test::sentenceOf;

class ServerRefusalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = m_folder.path().toStdString();
        m_base = test::openTinyModel(m_root / "model");
        test::writeAdapter(m_base, m_root / "a", {experiment::StageKind::LoriD, 1});
    }

    void whatCannotBeDoneIsSaidAndTheNextIsAnswered()
    {
        ServerOptions options;
        options.longestLine = 1000;
        test::ServedLines served(m_base, options);
        const auto good = std::get<wire::Weights>(served.ask(1, wire::AskHash{}));
        const std::vector<std::pair<wire::Request, std::string>> bad{
            {wire::Detach{9}, "no adapter is attached under the handle 9"},
            {wire::SetMix{{{9, 1}}}, "handle 9"},
            {wire::SetSites{{{77, "q_proj"}}}, "there is no layer 77"},
            {wire::SetSites{{{0, "z_proj"}}}, "off[0].projection: there is no projection 'z_proj'"},
            {wire::Attach{}, "exactly one of folder and run is needed"},
            {wire::Attach{"/nowhere/to/be/found", ""}, "/nowhere/to/be/found"},
            {wire::Attach{"", "no-run"}, "no-run"},
            {wire::Generate{"", "plain"}, "the prompt has 0 tokens"},
            {wire::Generate{"x", "round"}, "a form must be plain or chat"},
            {wire::Generate{"x", "plain", {.seed = -1}}, "a seed must be 0 or more"},
            {wire::Generate{"x", "plain", {.temperature = -1}}, "temperature"},
            {wire::Chat{}, "the conversation has no turn"},
            {wire::Chat{"", {{"", "x"}}}, "messages[0].role: a message needs a role"},
            {wire::Chat{"", {{"user", "x"}}, wire::json(3)}, "must be an object"},
            {wire::Columns{"x"}, "no mix is named"},
            {wire::WeighOptions{"x"}, "no option"},
            {wire::MeasureEffect{}, "no probe"},
        };
        for (const auto& [request, said] : bad) {
            const std::string sentence = sentenceOf(served.ask("bad", request));
            QVERIFY2(sentence.find(said) != std::string::npos, sentence.c_str());
        }
        served.sendText("\n  \n" + std::string(5000, 'x') + "\nnonsense\n");
        QVERIFY(sentenceOf(served.next()->answer).find("longer than 1000 bytes") != std::string::npos);
        const auto nonsense = served.next();
        QVERIFY(nonsense->id.is_null() && sentenceOf(nonsense->answer).find("not JSON") != std::string::npos);
        QCOMPARE(std::get<wire::Weights>(served.ask(2, wire::AskHash{})), good);
    }

    void anIdThatIsInUseIsRefused()
    {
        test::ServedLines served(m_base);
        served.send(1, wire::Generate{"Write on", "plain", {400, 1.0, 1.0}});
        served.send(1, wire::AskHash{});
        const auto isError = [](const wire::ReadAnswer& a) {
            return std::holds_alternative<wire::Failure>(a.answer);
        };
        QVERIFY(sentenceOf(served.until(isError).back().answer).find("not answered yet") != std::string::npos);
    }

    void weightsThatOverflowAreSaid()
    {
        test::ServedLines served(m_base);
        QVERIFY(std::holds_alternative<wire::Attached>(served.ask(1, wire::Attach{(m_root / "a").string(), ""})));
        QVERIFY(std::holds_alternative<wire::Weights>(served.ask(2, wire::SetMix{{{1, 1e38}}})));
        QVERIFY(sentenceOf(served.ask(3, wire::Generate{"x"})).find("smaller weights") != std::string::npos);
        QVERIFY(std::holds_alternative<wire::Weights>(served.ask(4, wire::SetMix{})));
        QVERIFY(std::holds_alternative<wire::Done>(served.ask(5, wire::Generate{"x"})));
    }

    void randomLinesDoNotEndIt_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (const unsigned seed : {4711U, 4712U, 4713U}) {
            QTest::addRow("%u", seed) << seed;
        }
    }

    void randomLinesDoNotEndIt()
    {
        QFETCH(unsigned, seed);
        const std::string folder = (m_root / "a").string();
        std::vector<std::string> valid;
        const auto add = [&](const wire::Request& request) {
            std::string line = wire::requestLine("fuzz", request);
            line.pop_back();
            valid.push_back(line);
        };
        add(wire::Attach{folder, ""});
        add(wire::Detach{2});
        add(wire::SetMix{{{1, 0.5}}});
        add(wire::SetSites{{{1, "q_proj"}}});
        add(wire::ListAdapters{});
        add(wire::Generate{"Once", "chat", {4, 0.9, 0.9, 5, 3, false}});
        add(wire::Chat{"one", {{"system", "s"}, {"user", "Hi"}}, {{"a", 1}}, {4}});
        add(wire::Columns{"x", "plain", {{}, {{1, 1}}}, {3}});
        add(wire::MeasureEffect{{"How are you?"}, "plain", 2});
        add(wire::WeighOptions{"Is it?", {" yes", " no"}, "plain"});
        add(wire::AskHash{});
        add(wire::Forget{"one"});
        add(wire::Cancel{"fuzz"});
        test::ServedLines served(m_base);
        test::LineMutations lines(valid, seed);
        std::thread sender([&] {
            for (int i = 0; i < 1000; ++i) {
                std::string line = lines.next();
                if (const std::size_t id = line.find("\"fuzz\""); id != std::string::npos) {
                    line.insert(id + 5, std::to_string(i)); // an id of its own; those without share one
                }
                if (line.find("quit") == std::string::npos) {
                    served.sendText(line + "\n");
                }
            }
            served.send("the end", wire::SetMix{});
            served.send("valid", wire::Generate{"Once upon a time", "plain", {.maxNewTokens = 8, .greedy = true}});
        });
        int answers = 0, refusals = 0;
        const auto all = served.until(
            [](const wire::ReadAnswer& a) { return a.id == "valid" && !std::holds_alternative<wire::Token>(a.answer); });
        sender.join();
        for (const wire::ReadAnswer& a : all) {
            ++answers;
            refusals += std::holds_alternative<wire::Failure>(a.answer) ? 1 : 0;
            const std::string said = sentenceOf(a.answer);
            QVERIFY2(said.find('\n') == std::string::npos && said.find("exception") == std::string::npos, said.c_str());
            QVERIFY2(said.empty() || std::get<wire::Failure>(a.answer).error.code != "internal", said.c_str());
        }
        QVERIFY(answers >= 800 && refusals > 300);
        QVERIFY(std::holds_alternative<wire::Done>(all.back().answer));
        qInfo("%d answers, %d of them refusals", answers, refusals);
    }

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::shared_ptr<const model::BaseModel> m_base;
};

LORI_TEST(ServerRefusalsTest)
#include "server_refusals_test.moc"
