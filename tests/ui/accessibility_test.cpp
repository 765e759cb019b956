// SPDX-License-Identifier: GPL-3.0-or-later
// Every page and dialog can be read and worked by everybody: with letters twice as large on a small screen, by keyboard, by a
// screen reader, in light, dark and high contrast.
#include "tests/support/test_registry.h"
#include "tests/ui/interactive_widgets.h"
#include "tests/ui/window_fixture.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/change_dialog.h"
#include "ui/dialogs/command_palette.h"
#include "ui/frame/sidebar.h"
#include "ui/frame/still_progress_bar.h"
#include "ui/main_actions.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/theme.h"
#include "ui/widgets/plot_style.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QImage>
#include <QLabel>
#include <QScrollArea>
#include <QSet>
#include <QTextDocument>
#include <QToolBar>
#include <QTranslator>

#include <filesystem>
#include <functional>

using namespace lori::ui;
using lori::ui::test::interactive;
using lori::ui::test::whereIs;
using lori::ui::test::WindowFixture;

namespace {

/// A home with runs of every state, in a place of the test's own.
class FullHome final {
public:
    FullHome()
    {
        std::filesystem::copy(std::filesystem::path(LORI_SOURCE_DIR) / "tests/app/released/home", m_folder.path().toStdString(),
                              std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

/// Width that the text of a label or button needs without wrapping.
int neededWidth(const QWidget& widget, const QString& text)
{
    QString plain = text;
    if (Qt::mightBeRichText(text)) {
        QTextDocument document;
        document.setHtml(text);
        plain = document.toPlainText();
    }
    static const QRegularExpression mnemonic(QStringLiteral("&(?!&)"));
    plain.remove(mnemonic);
    int width = 0;
    for (const QString& line : plain.split(QLatin1Char('\n'))) {
        width = std::max(width, widget.fontMetrics().horizontalAdvance(line));
    }
    return width;
}

/// Why a person cannot read this text whole; "" when it is whole. A text that ends in an ellipsis by itself says that there is
/// more, and has a tip with it.
QString cutOf(const QWidget& widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget); label != nullptr && !label->text().isEmpty()) {
        const QRect room = label->contentsRect();
        if (label->wordWrap()) {
            const int needed = label->heightForWidth(label->width());
            return needed > label->height() + 1 ? QStringLiteral("needs %1 in height, has %2").arg(needed).arg(label->height())
                                                : QString();
        }
        const int needed = neededWidth(*label, label->text());
        return needed > room.width() + 1 ? QStringLiteral("needs %1, has %2").arg(needed).arg(room.width()) : QString();
    }
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget);
        button != nullptr && !button->text().isEmpty() && !button->inherits("QToolBarExtension")) {
        const int needed = neededWidth(*button, button->text());
        return needed > button->width() ? QStringLiteral("needs %1, has %2").arg(needed).arg(button->width()) : QString();
    }
    return {};
}

/// A part that lies outside its parent is not seen, unless the parent scrolls.
QString outsideOf(const QWidget& widget)
{
    for (const QWidget* inner = &widget; inner->parentWidget() != nullptr && !inner->isWindow(); inner = inner->parentWidget()) {
        const QWidget& parent = *inner->parentWidget();
        if (qobject_cast<const QAbstractScrollArea*>(parent.parentWidget()) != nullptr) {
            return {}; // a viewport
        }
        if (!parent.rect().adjusted(-1, -1, 1, 1).contains(inner->geometry())) {
            const QRect at = inner->geometry();
            return QStringLiteral("reaches out (%1,%2 to %3,%4) of %5 (%6 by %7)")
                .arg(at.left())
                .arg(at.top())
                .arg(at.right())
                .arg(at.bottom())
                .arg(whereIs(&parent))
                .arg(parent.width())
                .arg(parent.height());
        }
    }
    return {};
}

QStringList unreadable(QWidget& root)
{
    QStringList found;
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&root)) {
            continue;
        }
        const bool hasText =
            qobject_cast<const QLabel*>(widget) != nullptr || qobject_cast<const QAbstractButton*>(widget) != nullptr;
        QString problem = cutOf(*widget);
        if (problem.isEmpty() && hasText) {
            problem = outsideOf(*widget);
        }
        if (!problem.isEmpty()) {
            const auto* label = qobject_cast<const QLabel*>(widget);
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const QString text = label != nullptr ? label->text() : button != nullptr ? button->text() : QString();
            found.append(QStringLiteral("“%1” %2: %3").arg(text.left(60), problem, whereIs(widget)));
        }
    }
    return found;
}

/// What a keyboard cannot reach, or a screen reader cannot name.
QStringList unreachable(QWidget& root)
{
    QSet<const QWidget*> chain;
    for (QWidget* each = root.nextInFocusChain(); each != &root && !chain.contains(each); each = each->nextInFocusChain()) {
        chain.insert(each);
    }
    QStringList found;
    for (QWidget* widget : interactive(root)) {
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
        const bool named = accessible != nullptr && !accessible->text(QAccessible::Name).isEmpty();
        const bool hasRole =
            accessible != nullptr && accessible->role() != QAccessible::NoRole && accessible->role() != QAccessible::Client;
        const bool inner = widget->inherits("QTableCornerButton") || widget->objectName().startsWith(QLatin1String("qt_"));
        if (!inner && (!named || !hasRole || !chain.contains(widget))) {
            found.append(
                QStringLiteral("%1%2%3: %4")
                    .arg(named ? QString() : QStringLiteral("no name "), hasRole ? QString() : QStringLiteral("no role "),
                         chain.contains(widget) ? QString() : QStringLiteral("not in the focus chain "), whereIs(widget)));
        }
    }
    return found;
}

/// What `look` finds in the end: pages fill while they are shown (a model's card is read on a thread), and a busy machine lays
/// them out late. What is found still after five seconds is a fault.
QStringList lasting(QWidget& root, const std::function<QStringList(QWidget&)>& look)
{
    constexpr int tries = 100;
    QTest::qWait(150); // what comes late may bring a fault too
    QStringList found = look(root);
    for (int i = 0; i < tries && !found.isEmpty(); ++i) {
        QTest::qWait(50);
        found = look(root);
    }
    return found;
}

/// Every text of the program 40 % longer, as in a language of long words.
class LongWords final : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* source, const char*, int) const override
    {
        const QString text = QString::fromUtf8(source);
        if (!QByteArray(context).startsWith("lori") && qstrcmp(context, "Palette") != 0) {
            return {}; // Qt's own
        }
        QString longer = text;
        const qsizetype wanted = text.size() + (text.size() * 2 + 4) / 5;
        while (longer.size() < wanted) {
            longer += longer.size() % 9 == 0 ? QLatin1Char(' ') : QLatin1Char('e');
        }
        return longer;
    }
};

void say(const QString& where, const QStringList& problems)
{
    for (const QString& problem : problems) {
        qInfo("%s: %s", qPrintable(where), qPrintable(problem));
    }
}

} // namespace

class AccessibilityTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_font = QApplication::font(); }
    void cleanup()
    {
        QApplication::setFont(m_font);
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void everyTextIsWhole_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<double>("scale");
        QTest::newRow("English") << QStringLiteral("en") << 1.0;
        QTest::newRow("Chinese") << QStringLiteral("zh_CN") << 1.0;
        QTest::newRow("English, twice as large") << QStringLiteral("en") << 2.0;
        QTest::newRow("Chinese, twice as large") << QStringLiteral("zh_CN") << 2.0;
    }
    void everyTextIsWhole()
    {
        QFETCH(QString, language);
        QFETCH(double, scale);
        QFont font = m_font;
        font.setPointSizeF(font.pointSizeF() * scale);
        QApplication::setFont(font);
        const FullHome home;
        WindowFixture fixture(home.path());
        fixture.language->use(language);
        const auto window = fixture.makeWindow();
        window->begin();
        window->resize(1024, 680);
        QStringList all;
        QCOMPARE(window->size(), QSize(1024, 680)); // it does not grow past a small screen either
        for (const PageRow& row : pageTable()) {
            window->showPage(row.id);
            const QStringList problems = lasting(*window, unreadable);
            say(row.id, problems);
            all += problems;
        }
        window->showPage(QStringLiteral("experiment"));
        pageOf<ExperimentPage>(*window).setAdvanced(true);
        const QStringList advanced = lasting(*window, unreadable);
        say(QStringLiteral("every setting"), advanced);
        all += advanced;
        for (QDialog* dialog : dialogs(*window, fixture)) {
            QTRY_VERIFY(dialog->isVisible());
            const QStringList problems = lasting(*dialog, unreadable);
            say(dialog->objectName(), problems);
            all += problems;
            QVERIFY2(dialog->width() <= 1024 && dialog->height() <= 680, qPrintable(dialog->objectName()));
            dialog->close();
        }
        QCOMPARE(all.size(), 0);
    }

    void everyTextIsWholeFromTheRightAndInLongWords_data()
    {
        QTest::addColumn<bool>("fromTheRight");
        QTest::addColumn<bool>("longWords");
        QTest::newRow("from right to left") << true << false;
        QTest::newRow("every text 40 % longer") << false << true;
    }
    void everyTextIsWholeFromTheRightAndInLongWords()
    {
        QFETCH(bool, fromTheRight);
        QFETCH(bool, longWords);
        QApplication::setLayoutDirection(fromTheRight ? Qt::RightToLeft : Qt::LeftToRight);
        const FullHome home;
        WindowFixture fixture(home.path());
        LongWords translator;
        if (longWords) {
            QCoreApplication::installTranslator(&translator);
        }
        const auto window = fixture.makeWindow();
        window->begin();
        window->resize(1280, 800);
        QCOMPARE(window->size(), QSize(1280, 800));
        QCOMPARE(window->actions().quit->text().size() > 5, longWords); // "&Quit"
        QStringList all;
        for (const PageRow& row : pageTable()) {
            window->showPage(row.id);
            const QStringList problems = lasting(*window, unreadable);
            say(row.id, problems);
            all += problems;
        }
        if (fromTheRight) { // what is first stands at the right
            const auto* sidebar = window->findChild<Sidebar*>();
            QVERIFY(sidebar->mapTo(window.get(), QPoint()).x() > window->width() / 2);
        }
        QCOMPARE(all.size(), 0);
    }

    void everythingIsReachedAndNamed()
    {
        const FullHome home;
        WindowFixture fixture(home.path());
        const auto window = fixture.makeWindow();
        window->begin();
        QStringList all;
        for (const PageRow& row : pageTable()) {
            window->showPage(row.id);
            const QStringList problems = lasting(*window, unreachable);
            say(row.id, problems);
            all += problems;
        }
        for (QDialog* dialog : dialogs(*window, fixture)) {
            QTRY_VERIFY(dialog->isVisible());
            const QStringList problems = lasting(*dialog, unreachable);
            say(dialog->objectName(), problems);
            all += problems;
            QTest::keyClick(dialog, Qt::Key_Escape); // and left by keyboard
            QVERIFY2(!dialog->isVisible(), qPrintable(dialog->objectName()));
        }
        QCOMPARE(all.size(), 0);
    }

    void textAndLinesStandOut_data()
    {
        QTest::addColumn<QPalette>("palette");
        const QPalette before = QApplication::palette();
        applyLook(Look::Light);
        QTest::newRow("light") << QApplication::palette();
        applyLook(Look::Dark);
        QTest::newRow("dark") << QApplication::palette();
        applyLook(Look::System);
        QApplication::setPalette(before);
        QPalette contrast(Qt::white, Qt::black, Qt::white, Qt::black, Qt::white, Qt::white, Qt::white, Qt::black, Qt::black);
        contrast.setColor(QPalette::Highlight, QColor(0x1a, 0xeb, 0xff));
        contrast.setColor(QPalette::HighlightedText, Qt::black);
        contrast.setColor(QPalette::PlaceholderText, Qt::white);
        contrast.setColor(QPalette::Link, Qt::yellow);
        QTest::newRow("high contrast") << contrast;
    }
    void textAndLinesStandOut()
    {
        QFETCH(QPalette, palette);
        const auto ratio = [&](QPalette::ColorRole ink, QPalette::ColorRole ground) {
            return contrastRatio(palette.color(QPalette::Active, ink), palette.color(QPalette::Active, ground));
        };
        using Pair = std::pair<QPalette::ColorRole, QPalette::ColorRole>;
        for (const auto& [ink, ground] :
             {Pair{QPalette::WindowText, QPalette::Window}, Pair{QPalette::Text, QPalette::Base},
              Pair{QPalette::Text, QPalette::AlternateBase}, Pair{QPalette::ButtonText, QPalette::Button},
              Pair{QPalette::HighlightedText, QPalette::Highlight}, Pair{QPalette::PlaceholderText, QPalette::Base},
              Pair{QPalette::ToolTipText, QPalette::ToolTipBase}, Pair{QPalette::Link, QPalette::Window}}) {
            QVERIFY2(ratio(ink, ground) >= 4.5,
                     qPrintable(QStringLiteral("%1 on %2: %3").arg(ink).arg(ground).arg(ratio(ink, ground))));
        }
        for (const Tone tone : {Tone::Accent, Tone::Good, Tone::Caution, Tone::Alarm, Tone::Quiet}) {
            for (const QPalette::ColorRole ground : {QPalette::Window, QPalette::Base}) {
                QVERIFY(contrastRatio(toneColour(tone, palette), palette.color(ground)) >= 4.5);
            }
            QVERIFY(contrastRatio(palette.color(QPalette::WindowText), toneFill(tone, palette)) >= 4.5);
        }
        for (int i = 0; i < 8; ++i) {
            QVERIFY2(contrastRatio(plotColour(i, palette), palette.color(QPalette::Base)) >= 3, qPrintable(QString::number(i)));
        }
    }

    void theTrackOfABarIsSeenInTheDark()
    {
        const QPalette before = QApplication::palette();
        applyLook(Look::Dark);
        const QPalette dark = QApplication::palette();
        StillProgressBar bar;
        bar.setRange(0, 100);
        bar.setValue(10);
        bar.setTextVisible(false);
        bar.resize(200, 24);
        const QImage image = bar.grab().toImage();
        applyLook(Look::System);
        QApplication::setPalette(before);
        QCOMPARE(image.width(), 200);
        const QColor window = dark.color(QPalette::Window);
        const QColor edge = image.pixelColor(199, 12); // where nothing is filled
        QVERIFY2(contrastRatio(edge, window) >= 3, qPrintable(QStringLiteral("%1 on %2").arg(edge.name(), window.name())));
        QVERIFY(contrastRatio(image.pixelColor(100, 0), window) >= 3);
        QCOMPARE(image.pixelColor(10, 12), dark.color(QPalette::Highlight)); // and what is filled keeps its colour
    }

    void theFocusIsSeenInTheSideBar()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        auto* sidebar = window->findChild<Sidebar*>();
        QVERIFY(sidebar->currentItem() != nullptr);
        const QPoint edge(sidebar->visualItemRect(sidebar->currentItem()).left() + 1,
                          sidebar->visualItemRect(sidebar->currentItem()).center().y());
        const auto colour = [&] {
            return sidebar->viewport()->grab().toImage().pixelColor(edge);
        };
        sidebar->clearFocus();
        QVERIFY(!sidebar->hasFocus());
        const QColor without = colour();
        sidebar->setFocus(Qt::TabFocusReason);
        QVERIFY(sidebar->hasFocus());
        QCOMPARE(colour(), sidebar->palette().color(QPalette::Text));
        QVERIFY(colour() != without);
        sidebar->clearFocus();
        QCOMPARE(colour(), without);
    }

private:
    /// Every dialog that the window's actions open, and those of pages that need nothing chosen.
    static QList<QDialog*> dialogs(MainWindow& window, WindowFixture& fixture)
    {
        QList<QDialog*> opened;
        const auto remember = [&] {
            for (QDialog* dialog : window.findChildren<QDialog*>()) {
                if (!opened.contains(dialog)) {
                    opened.append(dialog);
                }
            }
        };
        window.showPage(QStringLiteral("experiment"));
        for (const char* name : {"about", "shortcuts", "settings", "help", "recipe", "palette"}) {
            for (QAction* action : window.actions().all()) {
                if (action->objectName().contains(QLatin1String(name), Qt::CaseInsensitive) && action->isEnabled()) {
                    action->trigger();
                    remember();
                    break;
                }
            }
        }
        Q_UNUSED(fixture)
        auto* change = new ChangeDialog(ChangeDialog::Purpose::AtWork, {QStringLiteral("LoRI-D"), 5e-4, 60, 12, 0}, {}, &window);
        auto* branch = new ChangeDialog(ChangeDialog::Purpose::Branch, {QStringLiteral("LoRI-D"), 5e-4, 60, 12, 0},
                                        QStringLiteral("Mine, continued"), &window);
        change->open();
        branch->open();
        remember();
        return opened;
    }

    QFont m_font;
};

LORI_TEST(AccessibilityTest)
#include "accessibility_test.moc"
