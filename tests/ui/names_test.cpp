// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/interactive_widgets.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/sidebar.h"
#include "ui/main_actions.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/experiment/fields.h"
#include "ui/services/page_router.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QScrollBar>
#include <QSet>
#include <QTabBar>

using namespace lori::ui;
using lori::ui::test::interactive;
using lori::ui::test::whereIs;
using lori::ui::test::WindowFixture;

class NamesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyInteractiveWidgetHasAnObjectNameAndAnAccessibleName()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        for (const PageRow& row : pageTable()) {
            QVERIFY2(window->page(row.id) != nullptr, qPrintable(row.id));
        }
        pageOf<ExperimentPage>(*window).setAdvanced(true);
        QStringList nameless;
        for (QWidget* widget : interactive(*window)) {
            QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible != nullptr);
            if (widget->objectName().isEmpty() || accessible->text(QAccessible::Name).isEmpty()) {
                nameless.append(whereIs(widget));
            }
        }
        for (const QString& widget : nameless) {
            qInfo("without a name: %s", qPrintable(widget));
        }
        QCOMPARE(nameless.size(), 0);
    }

    void everyFieldSaysWhatItIs()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        for (const FieldSection& section : ExperimentFields::sections(WindowFixture::shortConfig())) {
            for (const FieldSpec& spec : section.fields) {
                QVERIFY2(!spec.label.isEmpty() && !spec.tip.isEmpty() && !spec.range.isEmpty(), qPrintable(spec.path));
                QVERIFY2(spec.label.contains(QLatin1Char('&')), qPrintable(spec.path));
                QVERIFY2(spec.tip.size() <= 100, qPrintable(spec.path));
            }
        }
    }

    void everyActionCanBeReachedByKeyboard()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        QSet<QString> keys;
        for (const QAction* action : window->actions().all()) {
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!keys.contains(key.toString()), qPrintable(key.toString()));
                keys.insert(key.toString());
            }
        }
        for (const PageRow& row : pageTable()) {
            QVERIFY2(!row.shortcut.isEmpty(), qPrintable(row.id));
            const QKeyCombination key = row.shortcut[0];
            QTest::keyClick(window.get(), key.key(), key.keyboardModifiers());
            QCOMPARE(window->currentPage(), row.id);
            QCOMPARE(window->findChild<Sidebar*>()->currentItem()->text(), pageTitle(row));
        }
    }

    void noLetterOfAPageIsThatOfAMenu_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("Chinese") << QStringLiteral("zh_CN");
    }
    void noLetterOfAPageIsThatOfAMenu()
    {
        QFETCH(QString, language);
        WindowFixture fixture;
        fixture.language->use(language);
        const auto window = fixture.makeWindow();
        for (const PageRow& row : pageTable()) {
            QVERIFY(window->page(row.id) != nullptr);
        }
        pageOf<ExperimentPage>(*window).setAdvanced(true);
        QSet<QString> menus;
        for (const QAction* menu : window->menuBar()->actions()) {
            menus.insert(QKeySequence::mnemonic(menu->text()).toString());
        }
        QCOMPARE(menus.size(), window->menuBar()->actions().size());
        QStringList taken;
        const auto look = [&](const QWidget* widget, const QString& text) {
            if (const QKeySequence key = QKeySequence::mnemonic(text); !key.isEmpty() && menus.contains(key.toString())) {
                taken.append(QStringLiteral("%1 in %2").arg(text, whereIs(widget)));
            }
        };
        for (const QAbstractButton* button : window->findChildren<QAbstractButton*>()) {
            look(button, button->text());
        }
        for (const QLabel* label : window->findChildren<QLabel*>()) {
            look(label, label->buddy() != nullptr ? label->text() : QString());
        }
        for (const QTabBar* bar : window->findChildren<QTabBar*>()) {
            for (int i = 0; i < bar->count(); ++i) {
                look(bar, bar->tabText(i));
            }
        }
        for (const QString& each : taken) {
            qInfo("%s", qPrintable(each));
        }
        QCOMPARE(taken.size(), 0);
    }

    void f10OpensTheFirstMenu()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        const QMenuBar* bar = window->menuBar();
        for (const PageRow& row : pageTable()) {
            window->showPage(row.id);
            QVERIFY(bar->activeAction() == nullptr);
            QTest::keyClick(window.get(), Qt::Key_F10);
            QCOMPARE(bar->activeAction(), bar->actions().first());
            if (QWidget* open = QApplication::activePopupWidget()) {
                QCOMPARE(open, bar->actions().first()->menu());
                QTest::keyClick(open, Qt::Key_Escape);
            }
            window->menuBar()->setActiveAction(nullptr);
        }
    }

    void aPageIsMadeWhenItIsFirstShownOrTold()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        QCOMPARE(window->currentPage(), QStringLiteral("home"));
        QCOMPARE(window->findChildren<Page*>().size(), 1);
        fixture.context.pages->tell(intents::ShowMasks{QStringLiteral("nobody")});
        QCOMPARE(window->findChildren<Page*>().size(), 2);
        QCOMPARE(window->currentPage(), QStringLiteral("home"));
        fixture.context.pages->go(intents::ShowHistory{});
        QCOMPARE(window->currentPage(), QStringLiteral("history"));
        window->showPage(QStringLiteral("there is no such page"));
        QCOMPARE(window->currentPage(), QStringLiteral("history"));
        QVERIFY(window->page(QStringLiteral("there is no such page")) == nullptr);
    }

    void everyIntentHasAPage()
    {
        const std::vector<Intent> all{intents::OpenRun{},       intents::NewExperiment{}, intents::QuickLook{},
                                      intents::EditRecipe{},    intents::UseSparsity{},   intents::ShowRecipe{},
                                      intents::ShowMasks{},     intents::ShowHistory{},   intents::TryAdapters{},
                                      intents::MergeAdapters{}, intents::CompareRuns{},   intents::OpenData{},
                                      intents::ShowAdapter{},   intents::PlanSequence{},  intents::ShowQueue{},
                                      intents::UseData{},       intents::UseLength{},     intents::UseModel{}};
        QCOMPARE(all.size(), std::variant_size_v<Intent>);
        for (const Intent& intent : all) {
            QVERIFY2(findPage(pageOf(intent)) != nullptr, qPrintable(pageOf(intent)));
        }
    }

    void theTenthPageHasAKey()
    {
        QSet<QString> keys;
        for (int place = 0; place < 19; ++place) {
            keys.insert(pageShortcut(place).toString(QKeySequence::PortableText));
        }
        QCOMPARE(keys.size(), 19);
        QCOMPARE(pageShortcut(8), QKeySequence(Qt::CTRL | Qt::Key_9));
        QCOMPARE(pageShortcut(9), QKeySequence(Qt::CTRL | Qt::Key_0));
        QVERIFY(pageShortcut(19).isEmpty());
    }

    void tabVisitsEveryFieldOfTheSimpleFormInOrder()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        window->activateWindow();
        auto* first = window->findChild<QWidget*>(QStringLiteral("simple.model"));
        first->setFocus();
        QStringList visited;
        for (int i = 0; i < 12; ++i) {
            visited.append(window->focusWidget()->objectName());
            QTest::keyClick(window->focusWidget(), Qt::Key_Tab);
        }
        int at = -1;
        for (const char* name : {"simple.model", "simple.task", "simple.goal", "simple.sparsity", "simple.duration",
                                 "simple.name", "simple.purpose", "startExperiment"}) {
            const auto next = static_cast<int>(visited.indexOf(QLatin1String(name)));
            QVERIFY2(next > at, qPrintable(QString::fromLatin1(name) + QStringLiteral(" in ") + visited.join(QLatin1Char(' '))));
            at = next;
        }
    }

    void theLanguageChangesAtOnce()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        QCOMPARE(window->actions().newExperiment->text(), QStringLiteral("&New experiment"));
        window->actions().languages[2]->trigger();
        QTRY_VERIFY(window->actions().newExperiment->text().contains(QStringLiteral("新实验")));
        QVERIFY(window->windowTitle().contains(QStringLiteral("工作台")));
        QCOMPARE(QGuiApplication::applicationDisplayName(), window->windowTitle()); // or titles would end in the English name
        window->actions().languages[1]->trigger();
        QTRY_COMPARE(window->actions().newExperiment->text(), QStringLiteral("&New experiment"));
    }

    void theWindowFitsASmallScreen()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        for (const char* locale : {"en", "zh_CN"}) {
            fixture.language->use(QLatin1String(locale));
            QCoreApplication::processEvents();
            const QSize least = window->minimumSizeHint();
            QVERIFY2(least.width() <= 1024 && least.height() <= 680,
                     qPrintable(QStringLiteral("%1: %2 x %3").arg(QLatin1String(locale)).arg(least.width()).arg(least.height())));
        }
    }
};

LORI_TEST(NamesTest)
#include "names_test.moc"
