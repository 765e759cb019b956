// SPDX-License-Identifier: GPL-3.0-or-later
// Anything can be found by its name, by keyboard alone.
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "ui/dialogs/command_palette.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/main_actions.h"
#include "ui/text.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>

using namespace lori::ui;
using lori::ui::test::WindowFixture;

namespace {

class PaletteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBestFitComesFirst()
    {
        const std::vector<PaletteEntry> entries{{QStringLiteral("Quit"), QStringLiteral("Action"), {}, {}, {}},
                                                {QStringLiteral("My capitals"), QStringLiteral("Run"), {}, {}, {}},
                                                {QStringLiteral("Capitals · LoRI-S"), QStringLiteral("Adapter"), {}, {}, {}},
                                                {QStringLiteral("Recapitalize"), QStringLiteral("Run"), {}, {}, {}}};
        using Places = std::vector<std::size_t>;
        QCOMPARE(CommandPalette::matches(entries, QStringLiteral("CAPITAL"), 9), (Places{2, 1, 3}));
        QCOMPARE(CommandPalette::matches(entries, QStringLiteral("capital run"), 9), (Places{1, 3}));
        QCOMPARE(CommandPalette::matches(entries, QString(), 2), (Places{0, 1}));
        QVERIFY(CommandPalette::matches(entries, QStringLiteral("zzz"), 9).empty());
    }

    void aPageIsReachedByTypingItsName()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window->findChild<CommandPalette*>();
        QVERIFY(palette != nullptr);
        auto* line = palette->findChild<QLineEdit*>(QStringLiteral("paletteLine"));
        QTRY_VERIFY(palette->isVisible());
        QTest::keyClicks(line, QStringLiteral("masks"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(window->currentPage(), QStringLiteral("masks"));
        QTRY_VERIFY(window->findChild<CommandPalette*>() == nullptr);
    }

    void aSettingAndATextOfTheHelpAreFound()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        const auto choose = [&](const QString& words) {
            window->actions().palette->trigger();
            auto* palette = window->findChild<CommandPalette*>();
            QVERIFY(palette != nullptr);
            auto* line = palette->findChild<QLineEdit*>(QStringLiteral("paletteLine"));
            QTRY_VERIFY(palette->isVisible());
            QTest::keyClicks(line, words);
            QTest::keyClick(line, Qt::Key_Return);
            QTRY_VERIFY(window->findChild<CommandPalette*>() == nullptr);
        };
        choose(QStringLiteral("processor threads setting"));
        auto* settings = window->findChild<SettingsDialog*>();
        QVERIFY(settings != nullptr);
        QTRY_VERIFY(settings->findChild<QComboBox*>(QStringLiteral("settingsThreads"))->isVisible());
        QVERIFY(!settings->findChild<QComboBox*>(QStringLiteral("settingsLook"))->isVisible());
        settings->close();
        const QVector<HelpTopic> topics = HelpDialog::topics();
        QVERIFY(topics.size() > 3);
        choose(topics[2].title + QStringLiteral(" help"));
        auto* help = window->findChild<HelpDialog*>();
        QVERIFY(help != nullptr);
        QCOMPARE(help->findChild<QListWidget*>(QStringLiteral("helpTopics"))->currentRow(), 2);
        help->close();
    }

    void everyLineOfTheSettingsIsAmongTheirNames()
    {
        WindowFixture fixture;
        SettingsDialog dialog(fixture.context, nullptr);
        QStringList titles;
        for (const QLabel* title : dialog.findChildren<QLabel*>(QStringLiteral("settingsTitle"))) {
            titles.append(Text::withoutMnemonic(title->text()));
        }
        QCOMPARE(titles, SettingsDialog::names());
    }

    void arrowsChooseWhileTheTextKeepsTheFocus()
    {
        bool first = false;
        bool second = false;
        auto* palette = new CommandPalette({{QStringLiteral("A"),
                                             {},
                                             {},
                                             {},
                                             [&] {
                                                 first = true;
                                             }},
                                            {QStringLiteral("B"),
                                             {},
                                             {},
                                             {},
                                             [&] {
                                                 second = true;
                                             }}},
                                           nullptr);
        palette->open();
        auto* line = palette->findChild<QLineEdit*>(QStringLiteral("paletteLine"));
        QTest::keyClick(line, Qt::Key_Down);
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(second && !first);
        line->setText(QStringLiteral("nothing like it"));
        palette->open();
        QTest::keyClick(line, Qt::Key_Return); // nothing happens
        QVERIFY(palette->isVisible());
        delete palette;
    }
};

} // namespace

LORI_TEST(PaletteTest)
#include "palette_test.moc"
