// SPDX-License-Identifier: Apache-2.0
#include "app/lori/command.h"
#include "app/lori/history_command.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <CLI/CLI.hpp>

#include <QtTest>

#include <algorithm>
#include <sstream>

using namespace lori;
using lori::test::kRun;
namespace fs = std::filesystem;

namespace {

struct Answer {
    int exitCode = 0;
    std::string out;
    std::string err;
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
};

/// `lori history WORDS…` with the given home.
Answer history(const Home& home, std::vector<std::string> words)
{
    CLI::App app;
    app::HistoryOptions options;
    app::addHistoryCommand(app, options);
    words.insert(words.begin(), "history");
    std::reverse(words.begin(), words.end());
    app.parse(words);
    std::ostringstream out;
    std::ostringstream err;
    const int exitCode = app::runHistoryCommand(options, home, out, err);
    return {exitCode, out.str(), err.str()};
}

} // namespace

class HistoryCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEmptyHistoryIsSaidSo()
    {
        const test::HomeFixture fixture;
        QCOMPARE(history(fixture.home(), {"list"}).out, std::string("The history is empty.\n"));
        QVERIFY(history(fixture.home(), {"list", "--json"}).json()["runs"].empty());
    }

    void listsAndShowsJobsAndWhatTheyMade()
    {
        const test::HomeFixture fixture;
        const fs::path job = fixture.makeJob("20261121-141600-merged-abcd", "merge", "Merged");
        test::writeFinishedJob(job, "mm", {"ff"});
        QVERIFY(history(fixture.home(), {"import", job.string(), "--json"}).json()["jobs"][0]["newEvents"] == 4);
        QVERIFY(history(fixture.home(), {"list", "--jobs", "--json"}).json()["jobs"][0]["state"] == "finished");
        QVERIFY(history(fixture.home(), {"list", "--jobs", "--kind", "export", "--json"}).json()["jobs"].empty());
        QVERIFY(history(fixture.home(), {"list", "--json"}).json()["runs"].empty());
        const nlohmann::json shown = history(fixture.home(), {"show", "20261121-1416", "--json"}).json();
        QVERIFY(shown["result"]["sha256"] == "mm");
        QVERIFY(shown["options"]["out"] == "somewhere");
        const nlohmann::json made = history(fixture.home(), {"artifacts", "--kind", "merge", "--json"}).json()["artifacts"];
        QCOMPARE(made.size(), std::size_t{1});
        QVERIFY(made[0]["maker"] == "20261121-141600-merged-abcd");
        QVERIFY(made[0]["present"] == true);
        QVERIFY(made[0]["parents"][0]["fingerprint"] == "ff");
        QVERIFY(made[0]["parents"][0]["maker"].is_null());
        QVERIFY(history(fixture.home(), {"check", "--json"}).json()["jobs"] == 1);
        QCOMPARE(history(fixture.home(), {"show", "nothing"}).exitCode, 2);
    }

    void importsListsShowsAndChecks()
    {
        const test::HomeFixture fixture;
        test::writeFinishedRun(fixture.makeRun(kRun, "Quick look"));
        const Answer imported = history(fixture.home(), {"import", "--json"});
        QCOMPARE(imported.json()["runs"][0]["newEvents"].get<int>(), 33);
        const Answer table = history(fixture.home(), {"list"});
        QVERIFY(table.out.find("Quick look") != std::string::npos);
        QVERIFY(table.out.find("refusal_rate 50 % → 100 %") != std::string::npos);
        const auto listed = history(fixture.home(), {"list", "--json", "--filter", "quick"}).json();
        QCOMPARE(listed["runs"][0]["state"].get<std::string>(), std::string("finished"));
        const auto shown = history(fixture.home(), {"show", "last", "--json"}).json();
        QCOMPARE(shown["config"]["adapter"]["rank"].get<int>(), 8);
        QVERIFY(history(fixture.home(), {"show", "2026"}).out.find("seal whole") != std::string::npos);
        const Answer checked = history(fixture.home(), {"check", "--json"});
        QCOMPARE(checked.exitCode, 0);
        QVERIFY(checked.json()["agrees"].get<bool>());
        QCOMPARE(history(fixture.home(), {"rebuild"}).exitCode, 0);
    }

    void aDisagreementIsExitCodeOne()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        test::writeFinishedRun(folder);
        QCOMPARE(history(fixture.home(), {"check", "--no-import"}).exitCode, 1);
        QCOMPARE(history(fixture.home(), {"check"}).exitCode, 0);
        fs::remove(folder / "masks" / "1.safetensors");
        const Answer answer = history(fixture.home(), {"check"});
        QCOMPARE(answer.exitCode, 1);
        QVERIFY(answer.out.find("the mask 'masks/1.safetensors' is not there") != std::string::npos);
    }

    void wrongInputIsOneSentenceAndExitCodeTwo()
    {
        const test::HomeFixture fixture;
        const Answer unknown = history(fixture.home(), {"show", "nobody"});
        QCOMPARE(unknown.exitCode, 2);
        QCOMPARE(unknown.err, std::string("lori: the history knows no run 'nobody'; see `lori history list`\n"));
        QCOMPARE(history(fixture.home(), {"import", "/nowhere/at/all"}).exitCode, 2);
    }

    void theProgramCarriesTheChosenCommandOut()
    {
        const test::HomeFixture fixture;
        app::Context context;
        context.home = fixture.home();
        CLI::App app;
        app::addHistoryCommand(app, context);
        app.parse("history show nobody");
        QCOMPARE(context.exitCode, 2);
    }

    void aFolderFullOfRunsIsImportedWhole()
    {
        const test::HomeFixture fixture;
        const test::HomeFixture other;
        test::writeFinishedRun(other.makeRun("one"));
        test::writeFinishedRun(other.makeRun("two"));
        QCOMPARE(history(fixture.home(), {"import", other.home().runs().string()}).exitCode, 0);
        QCOMPARE(history(fixture.home(), {"list", "--json"}).json()["runs"].size(), std::size_t{2});
        QCOMPARE(history(fixture.home(), {"check"}).exitCode, 0);
    }

    void runsAreComparedRowByRow()
    {
        const test::HomeFixture fixture;
        test::writeFinishedRun(fixture.makeRun("one"));
        test::writeFinishedRun(fixture.makeRun("two"));
        QCOMPARE(history(fixture.home(), {"import"}).exitCode, 0);
        const auto same = history(fixture.home(), {"compare", "one", "two", "--json"}).json();
        QCOMPARE(same["comparisons"].size(), std::size_t{1});
        QCOMPARE(same["comparisons"][0]["verdict"].get<std::string>(), std::string("no_clear_difference"));
        QCOMPARE(same["comparisons"][0]["bothRight"].get<int>(), 2);
        // The same run twice: before training, row "a" was answered.
        const auto within = history(fixture.home(), {"compare", "one", "one", "--json"}).json()["comparisons"][0];
        QCOMPARE(within["wrongToRight"], nlohmann::json::array({"a"}));
        QCOMPARE(within["first"]["hits"].get<int>(), 1);
        QCOMPARE(within["p"].get<double>(), 1.0);
        const Answer text = history(fixture.home(), {"compare", "one", "one"});
        QVERIFY(text.out.find("50.0 %") != std::string::npos && text.out.find("no clear difference") != std::string::npos);
        const Answer nothing = history(fixture.home(), {"compare", "one", "two", "--task", "maths"});
        QCOMPARE(nothing.exitCode, 2);
        QVERIFY(nothing.err.find("no scored rows of a common task") != std::string::npos);
    }

    void runsGoIntoAFileAndIntoAnotherHistory()
    {
        const test::HomeFixture fixture;
        const test::HomeFixture other;
        test::writeFinishedRun(fixture.makeRun(kRun, "Quick look"));
        QCOMPARE(history(fixture.home(), {"import"}).exitCode, 0);
        const std::string file = (other.home().root.parent_path() / "sent.lori").string();
        const auto exported = history(fixture.home(), {"export", "last", "--to", file.substr(0, file.size() - 5), "--json"});
        QCOMPARE(exported.exitCode, 0);
        QCOMPARE(exported.json()["file"], file); // the ending is added
        QCOMPARE(exported.json()["entries"], 1);
        QCOMPARE(history(fixture.home(), {"export", "last", "--to", file}).exitCode, 2); // there is one
        QCOMPARE(history(fixture.home(), {"export", "last", "--to", file, "--overwrite"}).exitCode, 0);

        QCOMPARE(history(other.home(), {"import", file}).out, std::string(kRun) + ": added\n");
        QCOMPARE(history(other.home(), {"import", file}).out, std::string(kRun) + ": is there already, the same\n");
        QCOMPARE(history(other.home(), {"import", file, "--json"}).json()["entries"][0]["outcome"], "there");
        QCOMPARE(history(other.home(), {"list", "--json"}).json()["runs"][0]["name"], "Quick look");
        const auto refused = history(other.home(), {"import", "/no/such/file.lori"});
        QCOMPARE(refused.exitCode, 2);
        QCOMPARE(refused.err, std::string("lori: /no/such/file.lori: there is no such file; check the path\n"));
    }
};

LORI_TEST(HistoryCommandTest)
#include "history_command_test.moc"
