// SPDX-License-Identifier: GPL-3.0-or-later
// The page where models are asked, over a fake served model.
#include "core/tasks/held_out.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "ui/dialogs/name_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/try/adapter_dialog.h"
#include "ui/pages/try/prompt_box.h"
#include "ui/pages/try/try_column.h"
#include "ui/pages/try/try_page.h"
#include "ui/services/chat_service.h"
#include "ui/services/page_router.h"
#include "ui/services/prompt_sets.h"
#include "ui/widgets/heat_map.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

#include <csignal>
#include <fstream>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::WindowFixture;

namespace {

namespace fs = std::filesystem;
using State = ChatService::State;

/// A folder as the program writes it, without tensors.
fs::path writeAdapter(const Home& home, const std::string& name)
{
    const auto run = jobs::RunFolder::create(home, WindowFixture::shortConfig()).value();
    const fs::path folder = run.path() / "adapter" / name;
    fs::create_directories(folder);
    std::ofstream(folder / "adapter_config.json") << R"({"peft_type": "LORA", "r": 8, "base_model_name_or_path": "tiny"})";
    return folder;
}

} // namespace

class TryPageTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
    TryPage* m_page = nullptr;

    template <typename Part>
    Part* part(const char* name) const
    {
        return m_page->findChild<Part*>(QLatin1String(name));
    }
    ChatService& chat() { return *m_fixture->chat; }
    QList<TryColumn*> columns() const
    {
        QList<TryColumn*> shown;
        for (TryColumn* column : m_page->findChildren<TryColumn*>()) {
            if (!column->isHidden()) {
                shown.append(column);
            }
        }
        return shown;
    }
    static QString in(const TryColumn* column, const char* label)
    {
        return column->findChild<QLabel*>(QLatin1String(label))->text();
    }
    static QString textOf(const TryColumn* column) { return column->findChild<QPlainTextEdit*>()->toPlainText(); }
    PromptBox* prompt() const { return part<PromptBox>("tryPrompt"); }
    void type(const QString& text)
    {
        prompt()->setFocus();
        QTest::keyClicks(prompt(), text);
    }
    void askAndWait(const QString& text)
    {
        QSignalSpy finished(&chat(), &ChatService::finished);
        type(text);
        QTest::keyClick(prompt(), Qt::Key_Return);
        QTRY_COMPARE(finished.count(), 1);
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<WindowFixture>();
        m_window = m_fixture->makeWindow();
        QVERIFY(m_window);
        m_window->showPage(QStringLiteral("try"));
        m_page = &pageOf<TryPage>(*m_window);
    }
    void cleanup()
    {
        m_window.reset();
        m_fixture.reset();
        qunsetenv("FAKE_LOAD_MS");
    }

    void emptyItOffersQuestionsAndLoadsNothing()
    {
        QCOMPARE(chat().state(), State::Off);
        QCOMPARE(columns().size(), 1);
        QVERIFY(!part<QPushButton>("tryAsk")->isEnabled());
        QVERIFY(!part<QPushButton>("tryAsk")->toolTip().isEmpty());
        QVERIFY(!part<QToolButton>("tryCopy")->isEnabled());
        auto* suggestion = part<QPushButton>("trySuggestion");
        QVERIFY(suggestion->isVisible());
        suggestion->click();
        QCOMPARE(prompt()->toPlainText(), suggestion->accessibleName());
        QVERIFY(part<QPushButton>("tryAsk")->isEnabled());
    }

    void theFirstLetterLoadsTheModelVisibly()
    {
        qputenv("FAKE_LOAD_MS", "400");
        type(QStringLiteral("h"));
        QCOMPARE(chat().state(), State::Loading);
        QVERIFY(part<QProgressBar>("tryProgress")->isVisible());
        QTRY_COMPARE(chat().state(), State::Ready);
        QVERIFY(!part<QProgressBar>("tryProgress")->isVisible());
        part<QPushButton>("tryFree")->click();
        QCOMPARE(chat().state(), State::Off);
    }

    void enterAsksEveryColumnAndTheAnswersAreStreamed()
    {
        const fs::path folder = writeAdapter(m_fixture->home, "first");
        m_fixture->context.pages->go(intents::TryAdapters{{folder}, {}});
        QCOMPARE(columns().size(), 2);
        const QSignalSpy pieces(&chat(), &ChatService::piece);
        askAndWait(QStringLiteral("hello"));
        QVERIFY(pieces.count() >= 6);
        QCOMPARE(textOf(columns()[0]), QStringLiteral("hello\nbase says: hello."));
        QCOMPARE(textOf(columns()[1]), QStringLiteral("hello\nfirst says: hello."));
        QVERIFY(prompt()->toPlainText().isEmpty());
        QVERIFY(in(columns()[1], "tryHash").contains(QStringLiteral("cccccccc")));
        QVERIFY(in(columns()[0], "tryHash") != in(columns()[1], "tryHash"));
        QTRY_COMPARE(in(columns()[1], "tryEffect"), QStringLiteral("changes the next word in 14 of 16 probes"));
        columns()[1]->findChild<QToolButton*>(QStringLiteral("tryCopy"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("first says: hello."));
    }

    void theConversationGoesOnUntilANewOneBegins()
    {
        askAndWait(QStringLiteral("one"));
        askAndWait(QStringLiteral("two"));
        QVERIFY2(textOf(columns()[0]).endsWith(QStringLiteral("base says: two (3 messages).")), qPrintable(textOf(columns()[0])));
        part<QPushButton>("tryNew")->click();
        QCOMPARE(textOf(columns()[0]), QString());
        askAndWait(QStringLiteral("three"));
        QCOMPARE(textOf(columns()[0]), QStringLiteral("three\nbase says: three."));
    }

    void shiftAndControlEnterBeginALineAndStartNoTraining_data()
    {
        QTest::addColumn<Qt::KeyboardModifier>("modifier");
        QTest::newRow("shift") << Qt::ShiftModifier;
        QTest::newRow("control") << Qt::ControlModifier;
    }
    void shiftAndControlEnterBeginALineAndStartNoTraining()
    {
        QFETCH(Qt::KeyboardModifier, modifier);
        const QSignalSpy started(m_fixture->runs.get(), &RunService::runStarted);
        type(QStringLiteral("one"));
        QTest::keyClick(prompt(), Qt::Key_Return, modifier);
        type(QStringLiteral("two"));
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("one\ntwo"));
        QVERIFY(!chat().isAsking());
        QTest::qWait(50);
        QCOMPARE(started.count(), 0);
    }

    void anAdapterWithoutEffectIsSaidToChangeNothing()
    {
        m_fixture->context.pages->go(intents::TryAdapters{{writeAdapter(m_fixture->home, "nothing")}, {}});
        QTRY_VERIFY(in(columns()[1], "tryEffect").startsWith(QStringLiteral("This adapter changes nothing")));
    }

    void anAdapterOfAnotherBaseIsSaidInItsColumnAndTheBaseAnswers()
    {
        m_fixture->context.pages->go(intents::TryAdapters{{writeAdapter(m_fixture->home, "other-base")}, {}});
        askAndWait(QStringLiteral("hello"));
        QVERIFY(in(columns()[1], "tryEffect").contains(QStringLiteral("another base model")));
        QVERIFY(in(columns()[1], "tryEnd").contains(QStringLiteral("another base model")));
        QCOMPARE(textOf(columns()[0]), QStringLiteral("hello\nbase says: hello."));
    }

    void escapeStopsTheAnswersAndKeepsThem()
    {
        type(QStringLiteral("endless"));
        QTest::keyClick(prompt(), Qt::Key_Enter, Qt::KeypadModifier);
        QTRY_VERIFY(textOf(columns()[0]).contains(QStringLiteral("base says:")));
        QVERIFY(part<QPushButton>("tryStop")->isEnabled());
        QVERIFY(!part<QPushButton>("tryNew")->isEnabled());
        QTest::keyClick(prompt(), Qt::Key_Escape);
        QTRY_VERIFY(!chat().isAsking());
        QVERIFY(in(columns()[0], "tryEnd").startsWith(QStringLiteral("stopped")));
        QVERIFY(!columns()[0]->turns().empty());
        QVERIFY(!part<QPushButton>("tryStop")->isEnabled());
    }

    void aDeadProcessIsSaidKeepsTheQuestionAndIsLoadedAgain()
    {
        askAndWait(QStringLiteral("die"));
        QCOMPARE(chat().state(), State::Failed);
        QVERIFY(part<QLabel>("tryState")->text().contains(QStringLiteral("the fake has died")));
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("die"));
        QVERIFY(part<QPushButton>("tryAgain")->isVisible());
        part<QPushButton>("tryAgain")->click();
        QTRY_COMPARE(chat().state(), State::Ready);
        prompt()->clear();
        askAndWait(QStringLiteral("hello"));
        QVERIFY(textOf(columns()[0]).endsWith(QStringLiteral("base says: hello.")));
    }

    void aProcessKilledFromOutsideIsSaid()
    {
        type(QStringLiteral("h"));
        QTRY_COMPARE(chat().state(), State::Ready);
        ::kill(static_cast<pid_t>(chat().pid()), SIGKILL);
        QTRY_COMPARE(chat().state(), State::Failed);
        QVERIFY(part<QLabel>("tryState")->text().contains(QStringLiteral("memory")));
    }

    void anotherIntentEndsTheQuestionAndBringsNewColumns()
    {
        type(QStringLiteral("endless"));
        QTest::keyClick(prompt(), Qt::Key_Return);
        QTRY_VERIFY(textOf(columns()[0]).contains(QStringLiteral("base says:")));
        m_fixture->context.pages->go(intents::TryAdapters{{writeAdapter(m_fixture->home, "first")}, {}});
        QTRY_VERIFY(!chat().isAsking());
        QCOMPARE(columns().size(), 2);
        QCOMPARE(textOf(columns()[0]), QString());
        prompt()->clear();
        askAndWait(QStringLiteral("hello"));
        QCOMPARE(textOf(columns()[1]), QStringLiteral("hello\nfirst says: hello."));
    }

    void aRunBringsRowsItWasMeasuredBy()
    {
        const auto run = jobs::RunFolder::create(m_fixture->home, WindowFixture::shortConfig()).value();
        const auto rows = measuredRows(m_fixture->home, QString::fromStdString(run.id()));
        QVERIFY(rows.size() >= 2);
        m_fixture->context.pages->go(intents::TryAdapters{{}, QString::fromStdString(run.id())});
        QTRY_VERIFY(!m_page->isBusy());
        QTRY_COMPARE(part<QPushButton>("trySuggestion")->accessibleName(), rows.front().prompt.simplified());
        QVERIFY(measuredRows(m_fixture->home, QStringLiteral("no-such-run")).empty());
    }

    void aRunOnAnOwnFileBringsTheRowsThatItSetAside()
    {
        const std::string file = (m_fixture->home.root / "capitals.jsonl").string();
        std::vector<std::pair<double, QString>> aside;
        {
            std::ofstream out(file);
            for (int i = 0; i < 60; ++i) {
                const tasks::Row row{"Capital of land " + std::to_string(i) + "?", "", "Town " + std::to_string(i), {}};
                out << "{\"question\": \"" << row.instruction << "\", \"answer\": \"" << row.output << "\"}\n";
                if (const double place = tasks::heldOutPlace(row); place < 0.2) {
                    aside.emplace_back(place, QString::fromStdString(row.instruction));
                }
            }
        }
        std::sort(aside.begin(), aside.end());
        QVERIFY(aside.size() >= 6);
        auto config = WindowFixture::shortConfig();
        config.data.sources = {{"", file, {}, experiment::PromptTemplate::Chat, 0}};
        config.data.sources[0].columns.instruction = "question";
        config.data.sources[0].columns.output = "answer";
        config.data.heldOutShare = 0.2;
        const auto run = jobs::RunFolder::create(m_fixture->home, config).value();
        const auto rows = measuredRows(m_fixture->home, QString::fromStdString(run.id()));
        QCOMPARE(rows.size(), std::size_t{6});
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE(rows[i].prompt, aside[i].second);
            QCOMPARE(rows[i].expected, QString(rows[i].prompt)
                                           .replace(QStringLiteral("Capital of land"), QStringLiteral("Town"))
                                           .remove(QLatin1Char('?')));
        }
        std::filesystem::remove(file);
        QVERIFY(measuredRows(m_fixture->home, QString::fromStdString(run.id())).front().prompt != aside.front().second);
    }

    void tooManyAdaptersAreCutAndSaid()
    {
        m_page->setAdapters({"/a/1", "/a/2", "/a/3", "/a/4"});
        QCOMPARE(columns().size(), 4);
        QVERIFY(m_fixture->context.messages->text().contains(QStringLiteral("too many")));
    }

    void aColumnIsTakenAwayAndTheLastOneStays()
    {
        m_page->setAdapters({writeAdapter(m_fixture->home, "first")});
        QTRY_VERIFY(chat().adapter(columns()[1]->adapter()) != nullptr);
        columns()[0]->findChild<QToolButton*>(QStringLiteral("tryRemove"))->click();
        QCOMPARE(columns().size(), 1);
        QVERIFY(!columns()[0]->findChild<QToolButton*>(QStringLiteral("tryRemove"))->isEnabled());
        askAndWait(QStringLiteral("hello"));
        QCOMPARE(textOf(columns()[0]), QStringLiteral("hello\nfirst says: hello."));
    }

    void aPartThatIsSwitchedOffIsLeftOutOfTheNextAnswerAlone()
    {
        const fs::path folder = writeAdapter(m_fixture->home, "first");
        m_page->setAdapters({folder});
        QTRY_VERIFY(chat().adapter(folder) != nullptr && chat().adapter(folder)->effect);
        QVERIFY(!columns()[0]->findChild<QToolButton*>(QStringLiteral("trySitesOpen"))->isVisible());
        auto* open = columns()[1]->findChild<QToolButton*>(QStringLiteral("trySitesOpen"));
        auto* map = columns()[1]->findChild<HeatMap*>(QStringLiteral("trySitesMap"));
        auto* reset = columns()[1]->findChild<QToolButton*>(QStringLiteral("trySitesReset"));
        QVERIFY(open->isVisible() && !map->isVisible() && !reset->isEnabled());
        open->click();
        QVERIFY(map->isVisible());
        QCOMPARE(map->grid().columns, QStringList({QStringLiteral("q"), QStringLiteral("v"), QStringLiteral("down")}));
        map->setFocus();
        QTest::keyClick(map, Qt::Key_Home);
        QTest::keyClick(map, Qt::Key_Return);
        QTest::keyClick(map, Qt::Key_Right);
        QTest::keyClick(map, Qt::Key_Return);
        QCOMPARE(in(columns()[1], "trySitesCount"), QStringLiteral("4 of 6 parts on"));
        QVERIFY(map->grid().cells[0].crossed && map->grid().cells[1].crossed && !map->grid().cells[2].crossed);
        askAndWait(QStringLiteral("hello"));
        QCOMPARE(textOf(columns()[0]), QStringLiteral("hello\nbase says: hello."));
        QCOMPARE(textOf(columns()[1]), QStringLiteral("hello\nfirst less 2 says: hello."));
        QVERIFY(in(columns()[1], "tryEnd").contains(QStringLiteral("2 parts off")));
        part<QPushButton>("tryNew")->click();
        QCOMPARE(in(columns()[1], "trySitesCount"), QStringLiteral("4 of 6 parts on"));
        columns()[1]->findChild<QToolButton*>(QStringLiteral("trySitesReset"))->click();
        QCOMPARE(in(columns()[1], "trySitesCount"), QStringLiteral("6 of 6 parts on"));
        askAndWait(QStringLiteral("again"));
        QCOMPARE(textOf(columns()[1]), QStringLiteral("again\nfirst says: again."));
    }

    void partsStayOffInLaterTurnsOfAConversation()
    {
        m_page->setAdapters({writeAdapter(m_fixture->home, "first")});
        askAndWait(QStringLiteral("one"));
        columns()[1]->setOff({{0, "q_proj"}});
        askAndWait(QStringLiteral("two"));
        QVERIFY(textOf(columns()[0]).endsWith(QStringLiteral("base says: two (3 messages).")));
        QVERIFY2(textOf(columns()[1]).endsWith(QStringLiteral("first less 1 says: two (3 messages).")),
                 qPrintable(textOf(columns()[1])));
        columns()[1]->setOff({});
        askAndWait(QStringLiteral("three"));
        QVERIFY(textOf(columns()[1]).endsWith(QStringLiteral("first says: three (5 messages).")));
    }

    void whatWasAskedIsKeptAsASetAskedAgainAndDeletedWithUndo()
    {
        auto* choice = part<QComboBox>("tryPromptSet");
        auto* keep = part<QPushButton>("tryPromptSetKeep");
        QVERIFY(!choice->isEnabled() && !keep->isEnabled() && !part<QPushButton>("tryPromptSetAsk")->isEnabled());
        askAndWait(QStringLiteral("one"));
        askAndWait(QStringLiteral("two"));
        keep->click();
        auto* dialog = m_page->findChild<NameDialog*>();
        QVERIFY(dialog != nullptr);
        QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("numbers"));
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_COMPARE(choice->currentText(), QStringLiteral("numbers"));
        part<QPushButton>("tryNew")->click();
        QTRY_COMPARE(part<QPushButton>("trySuggestion")->accessibleName(), QStringLiteral("one"));
        QSignalSpy finished(&chat(), &ChatService::finished);
        part<QPushButton>("tryPromptSetAsk")->click();
        QTRY_COMPARE(finished.count(), 2);
        QCOMPARE(textOf(columns()[0]), QStringLiteral("one\nbase says: one.\n\ntwo\nbase says: two (3 messages)."));
        part<QPushButton>("tryPromptSetDelete")->click();
        QVERIFY(PromptSets(m_fixture->home.root / "prompts.json").all().value().empty());
        QTRY_VERIFY(part<QPushButton>("trySuggestion")->accessibleName() != QStringLiteral("one"));
        m_fixture->context.messages->findChild<QPushButton*>(QStringLiteral("messageAction0"))->click(); // Undo
        const auto sets = PromptSets(m_fixture->home.root / "prompts.json").all().value();
        QCOMPARE(sets.size(), std::size_t{1});
        QCOMPARE(sets[0].prompts, QStringList({QStringLiteral("one"), QStringLiteral("two")}));
        QCOMPARE(choice->currentText(), QStringLiteral("numbers"));
    }

    void stoppingEndsAPromptSetToo()
    {
        const PromptSets file(m_fixture->home.root / "prompts.json");
        QVERIFY(file.save({QStringLiteral("long"), {QStringLiteral("endless"), QStringLiteral("after")}}).has_value());
        QVERIFY(!file.save({QStringLiteral(" "), {QStringLiteral("x")}}).has_value());
        m_window.reset();
        m_window = m_fixture->makeWindow();
        m_window->showPage(QStringLiteral("try"));
        m_page = &pageOf<TryPage>(*m_window);
        auto* choice = part<QComboBox>("tryPromptSet");
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Down);
        QCOMPARE(choice->currentText(), QStringLiteral("long"));
        part<QPushButton>("tryPromptSetAsk")->click();
        QTRY_VERIFY(textOf(columns()[0]).contains(QStringLiteral("base says:")));
        part<QPushButton>("tryStop")->click();
        QTRY_VERIFY(!chat().isAsking());
        QTest::qWait(50);
        QVERIFY(!chat().isAsking() && !textOf(columns()[0]).contains(QStringLiteral("after")));
    }

    void aFileThatHoldsNoPromptSetsIsLeftAlone()
    {
        const fs::path file = m_fixture->home.root / "prompts.json";
        std::ofstream(file) << "{ half";
        QCOMPARE(PromptSets(file).all().error().code, ErrorCode::BadFile);
        QVERIFY(!PromptSets(file).save({QStringLiteral("a"), {QStringLiteral("b")}}).has_value());
        std::ofstream(file) << R"({"version": 2, "sets": []})";
        QCOMPARE(PromptSets(file).all().error().code, ErrorCode::NewerVersion);
    }

    void theSettingsReachTheModelAndWrongOnesAreSaid()
    {
        part<QToolButton>("trySettingsButton")->click();
        auto* longest = part<QLineEdit>("tryLongest");
        QVERIFY(longest->isVisible());
        longest->selectAll();
        QTest::keyClicks(longest, QStringLiteral("0"));
        type(QStringLiteral("hello"));
        QTest::keyClick(prompt(), Qt::Key_Return);
        QVERIFY(!chat().isAsking());
        QVERIFY(part<QLabel>("tryProblem")->isVisible());
        longest->selectAll();
        QTest::keyClicks(longest, QStringLiteral("1"));
        askAndWait({});
        QVERIFY(!part<QLabel>("tryProblem")->isVisible());
        QVERIFY(in(columns()[0], "tryEnd").startsWith(QStringLiteral("cut at the longest answer")));
        QVERIFY(!part<QLineEdit>("trySeed")->isEnabled());
        part<QCheckBox>("tryGreedy")->click();
        QVERIFY(part<QLineEdit>("trySeed")->isEnabled());
    }

    void aTrainingAtWorkIsSaidAndQuestionsAreAnswered()
    {
        QVERIFY(!part<QLabel>("tryTraining")->isVisible());
        qputenv("FAKE_STEP_MS", "50");
        const auto run = m_fixture->runs->start(WindowFixture::shortConfig(400));
        qunsetenv("FAKE_STEP_MS");
        QVERIFY(run);
        QTRY_VERIFY(part<QLabel>("tryTraining")->isVisible());
        askAndWait(QStringLiteral("hello"));
        QVERIFY(!columns()[0]->turns().empty());
        QVERIFY(m_fixture->runs->send(*run, jobs::Command::StopAndKeep));
        QTRY_VERIFY(!part<QLabel>("tryTraining")->isVisible());
    }

    void adaptersAreChosenInADialog()
    {
        const fs::path folder = writeAdapter(m_fixture->home, "first");
        m_fixture->adapters->refresh();
        QTRY_VERIFY(m_fixture->adapters->find(folder) != nullptr);
        askAndWait(QStringLiteral("hello"));
        part<QPushButton>("tryChoose")->click();
        auto* dialog = m_page->findChild<AdapterDialog*>();
        QVERIFY(dialog != nullptr);
        auto* table = dialog->findChild<QTableView*>();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        table->selectRow(0);
        QTest::keyClick(dialog->findChild<QPushButton*>(QStringLiteral("tryAdapterAccept")), Qt::Key_Space);
        QTRY_COMPARE(columns().size(), 2);
        QCOMPARE(columns()[1]->adapter(), folder);
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("hello")); // to be asked of both
    }
};

LORI_TEST(TryPageTest)
#include "try_page_test.moc"
