// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/files.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/dialogs/name_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/own_presets.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace lori;
using namespace lori::ui;
using ui::test::WindowFixture;

class OwnPresetsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsKeptIsReadBackAndForeignFilesAreNamed()
    {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        const OwnPresets presets(root / "presets");
        QVERIFY(presets.names().isEmpty());
        const auto config = WindowFixture::shortConfig(12);
        QVERIFY(presets.save(QStringLiteral("Código 90 %"), config));
        QVERIFY(presets.save(QStringLiteral("a first"), config));
        QCOMPARE(presets.names(), QStringList({QStringLiteral("a first"), QStringLiteral("Código 90 %")}));
        QCOMPARE(experiment::toJson(presets.read(QStringLiteral("Código 90 %")).value()), experiment::toJson(config));
        for (const char* wrong : {"", ".hidden", "a/b", "../up", "a:b", " blank"}) {
            QVERIFY2(!presets.save(QString::fromLatin1(wrong), config), wrong);
        }
        QVERIFY(writeFileAtomically(root / "presets/foreign.json", std::string_view("[1,2]")));
        QVERIFY(writeFileAtomically(root / "presets/later.json", std::string_view(R"({"preset":2,"config":{}})")));
        QCOMPARE(presets.names().size(), 2);
        QCOMPARE(presets.read(QStringLiteral("foreign")).error().code, ErrorCode::BadFile);
        QCOMPARE(presets.read(QStringLiteral("later")).error().code, ErrorCode::NewerVersion);
        QVERIFY(presets.remove(QStringLiteral("a first")));
        QCOMPARE(presets.remove(QStringLiteral("a first")).error().code, ErrorCode::NotFound);
    }

    void settingsAreKeptUnderANameAndComeBackByTheMenu()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        auto config = WindowFixture::shortConfig(17);
        config.adapter.rank = 12;
        page.draft().startFrom(config, QString());
        choose(page, QStringLiteral("Keep these settings"));
        auto* dialog = page.findChild<NameDialog*>();
        QVERIFY(dialog != nullptr);
        auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("name"));
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("a/b"));
        QVERIFY(!dialog->findChild<QPushButton*>(QStringLiteral("useName"))->isEnabled());
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("Rank twelve"));
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(fixture.context.messages->text().contains(QStringLiteral("Rank twelve")));

        page.usePreset(experiment::presets().front().id);
        QVERIFY(page.draft().config().adapter.rank != 12);
        choose(page, QStringLiteral("Rank twelve"));
        QCOMPARE(page.draft().config().adapter.rank, 12);
        QCOMPARE(page.draft().config().stages.front().steps, 17);
        QVERIFY(page.draft().config().adapter.projectionSeed != config.adapter.projectionSeed); // a frozen A of its own
        QVERIFY(page.draft().changedPaths().empty());
        auto* explanation = page.findChild<QLabel*>(QStringLiteral("presetExplanation"));
        QTRY_VERIFY(explanation->text().contains(QStringLiteral("Rank twelve")));
        fixture.undo.undo();
        QVERIFY(page.draft().config().adapter.rank != 12);
    }

private:
    /// Opens the menu and chooses the first entry that begins so.
    static void choose(ExperimentPage& page, const QString& beginning)
    {
        QMenu* menu = page.findChild<QToolButton*>(QStringLiteral("ownPresets"))->menu();
        Q_EMIT menu->aboutToShow();
        for (QAction* action : menu->actions()) {
            if (QString(action->text()).remove(QLatin1Char('&')).startsWith(beginning)) {
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(beginning));
    }
};

LORI_TEST(OwnPresetsTest)
#include "own_presets_test.moc"
