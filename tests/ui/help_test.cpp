// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/main_actions.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QListWidget>
#include <QPushButton>
#include <QSysInfo>
#include <QTextBrowser>
#include <QTextTable>

using namespace lori::ui;
using lori::ui::test::WindowFixture;

namespace {

int tablesIn(const QTextDocument& document)
{
    int tables = 0;
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        tables += qobject_cast<QTextTable*>(frame) != nullptr ? 1 : 0;
    }
    return tables;
}

} // namespace

class HelpTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDiagnosticsSayWhatIsAskedForAndNothingOfAPerson()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        auto config = WindowFixture::shortConfig(3);
        config.name = "a secret project";
        const auto id = fixture.runs->start(config);
        QVERIFY(id.has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), lori::jobs::JobState::Finished, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.history->list()->size(), std::size_t{1}, 20'000);
        window->actions().about->trigger();
        auto* copy = window->findChild<QPushButton*>(QStringLiteral("copyDiagnostics"));
        QVERIFY(copy != nullptr);
        copy->click();
        const QString text = QApplication::clipboard()->text();
        for (const QString& said :
             {QStringLiteral("LoRI Workbench ") + QStringLiteral(LORI_VERSION), QString::fromLatin1(qVersion()),
              QStringLiteral("SQLite "), QSysInfo::kernelVersion(), QStringLiteral("runs: 1 ")}) {
            QVERIFY2(text.contains(said), qPrintable(said + QStringLiteral(" in ") + text));
        }
        for (const QString& kept : {QStringLiteral("secret"), QString::fromStdString(fixture.home.root.string()), *id,
                                    QDir::homePath(), QSysInfo::machineHostName()}) {
            QVERIFY2(kept.size() < 2 || !text.contains(kept), qPrintable(text));
        }
    }

    void everyTopicIsThereInBothLanguages()
    {
        const auto english = HelpDialog::topics(QStringLiteral("en"));
        const auto chinese = HelpDialog::topics(QStringLiteral("zh_CN"));
        QVERIFY(!english.isEmpty());
        QCOMPARE(chinese.size(), english.size());
        for (int i = 0; i < english.size(); ++i) {
            QVERIFY(!english[i].title.isEmpty() && !chinese[i].title.isEmpty());
            QVERIFY(english[i].title != chinese[i].title);
            // The same numbers: as many rows of tables, and every interval.
            QCOMPARE(chinese[i].text.count(QLatin1String("\n|")), english[i].text.count(QLatin1String("\n|")));
            QCOMPARE(chinese[i].text.count(QLatin1String(" % [")), english[i].text.count(QLatin1String(" % [")));
        }
        QCOMPARE(HelpDialog::topics(QStringLiteral("fr")).size(), english.size()); // English where there is no other
    }

    void theMenuShowsTheTables()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        QAction* action = window->findChild<QAction*>(QStringLiteral("measured"));
        QVERIFY(action != nullptr);
        action->trigger();
        auto* dialog = window->findChild<HelpDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto* list = dialog->findChild<QListWidget*>(QStringLiteral("helpTopics"));
        auto* text = dialog->findChild<QTextBrowser*>(QStringLiteral("helpText"));
        for (int i = 0; i < list->count(); ++i) {
            list->setCurrentRow(i);
            const HelpTopic topic = HelpDialog::topics(QStringLiteral("en"))[i];
            QCOMPARE(tablesIn(*text->document()) > 0, topic.text.contains(QLatin1String("\n|")));
            QVERIFY(text->toPlainText().startsWith(list->item(i)->text()));
        }
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(window->findChild<HelpDialog*>() == nullptr);
    }

    void everyPageHasItsHelpAtF1()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        for (const PageRow& row : pageTable()) {
            window->showPage(row.id);
            window->activateWindow(); // the dialog before had it
            QVERIFY(QTest::qWaitForWindowActive(window.get()));
            QTest::keyClick(window.get(), Qt::Key_F1);
            auto* dialog = window->findChild<HelpDialog*>();
            QVERIFY2(dialog != nullptr, qPrintable(row.id));
            const QString title = dialog->findChild<QListWidget*>(QStringLiteral("helpTopics"))->currentItem()->text();
            QVERIFY2(title.endsWith(pageTitle(row)), qPrintable(row.id + QStringLiteral(": ") + title));
            QTest::keyClick(dialog, Qt::Key_Escape);
            QTRY_VERIFY(window->findChild<HelpDialog*>() == nullptr);
        }
    }
};

LORI_TEST(HelpTest)
#include "help_test.moc"
