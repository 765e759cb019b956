// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody who does anything: random clicks, keys, wheels and sizes on whatever is shown. No crash, no hang, no warning of Qt.
// LORI_MONKEY_ACTIONS says how many (600), LORI_MONKEY_SEED which (1; other seeds find other faults).
#include "core/support/files.h"
#include "tests/support/test_registry.h"
#include "tests/ui/interactive_widgets.h"
#include "tests/ui/window_fixture.h"
#include "ui/main_actions.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QElapsedTimer>
#include <QMenu>
#include <QTimer>

#include <array>
#include <filesystem>
#include <random>

using namespace lori::ui;
using lori::ui::test::whereIs;
using lori::ui::test::WindowFixture;

namespace {

QStringList& warnings()
{
    static QStringList list;
    return list;
}
QString& doing()
{
    static QString text;
    return text;
}

void note(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (text.startsWith(QLatin1String("This plugin does not support")) ||
        text.contains(QLatin1String("not accepted by receiving widget"))) {
        return; // what the offscreen platform lacks; what the tests' mouse says of a list that its own press has closed
    }
    if (type == QtWarningMsg || type == QtCriticalMsg) {
        warnings().append(QStringLiteral("%1 (while: %2)").arg(text, doing()));
    } else if (type != QtDebugMsg) {
        std::fprintf(stderr, "%s\n", qPrintable(text));
    }
}

/// Does one thing after another, also inside the loops of modal dialogs and menus.
class Monkey final : public QObject {
public:
    Monkey(MainWindow& window, std::uint32_t seed, int actions) : m_window(window), m_random(seed), m_left(actions) { later(); }
    [[nodiscard]] int left() const { return m_left; }
    [[nodiscard]] qint64 longestMs() const { return m_longest; }
    [[nodiscard]] const QString& longest() const { return m_longestName; }

private:
    int below(int count) { return std::uniform_int_distribution<int>(0, std::max(0, count - 1))(m_random); }

    /// A new timer for each: one that is at work does not fire in the loop of a menu that it opened.
    void later() { QTimer::singleShot(0, this, &Monkey::act); }

    void act()
    {
        later();
        if (m_left <= 0) {
            closeAll();
            return;
        }
        --m_left;
        QElapsedTimer clock;
        clock.start();
        const int before = m_left;
        one();
        if (m_left == before && clock.elapsed() > m_longest) { // else loops inside have acted meanwhile
            m_longest = clock.elapsed();
            m_longestName = doing();
        }
    }

    /// One after another from the innermost, as the blocked ones let nobody close them before.
    void closeAll()
    {
        if (QWidget* top = &root(); top != &m_window) {
            top->close();
        }
    }

    QWidget& root()
    {
        QWidget* shown = QApplication::activePopupWidget();
        shown = shown != nullptr ? shown : QApplication::activeModalWidget();
        return shown != nullptr ? *shown : static_cast<QWidget&>(m_window);
    }

    QWidget* anything(QWidget& root)
    {
        QList<QWidget*> shown;
        for (QWidget* widget : root.findChildren<QWidget*>()) {
            if (widget->isVisible() && widget->isEnabled() && !widget->size().isEmpty() && widget->window() == root.window()) {
                shown.append(widget);
            }
        }
        return shown.isEmpty() ? &root : shown[below(static_cast<int>(shown.size()))];
    }

    void one()
    {
        QWidget& place = root();
        QPointer<QWidget> target = anything(place);
        const QPoint point(below(target->width()), below(target->height()));
        const int kind = below(100);
        const auto say = [&](const char* what) {
            doing() = QLatin1String(what) + QLatin1Char(' ') + whereIs(target);
        };
        if (kind < 45) {
            say("click");
            QTest::mouseClick(target, Qt::LeftButton, kind < 3 ? Qt::ControlModifier : Qt::NoModifier, point);
        } else if (kind < 50) {
            say("double click");
            QTest::mouseDClick(target, Qt::LeftButton, {}, point);
        } else if (kind < 53) {
            say("drag");
            QTest::mousePress(target, Qt::LeftButton, {}, point);
            if (target) {
                QTest::mouseMove(target, QPoint(below(target->width()), below(target->height())));
            }
            if (target) {
                QTest::mouseRelease(target, Qt::LeftButton, {}, QPoint(below(target->width()), below(target->height())));
            }
        } else if (kind < 58) {
            say("wheel");
            QWheelEvent wheel(point, target->mapToGlobal(point), {}, {0, 120 * (below(7) - 3)}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(target, &wheel);
        } else if (kind < 75) {
            key(place);
        } else if (kind < 85) {
            type(place);
        } else if (kind < 95) {
            QWidget* focus = QApplication::focusWidget();
            target = focus != nullptr ? focus : &place;
            say("escape");
            QTest::keyClick(target, Qt::Key_Escape);
        } else if (kind < 98) {
            doing() = QStringLiteral("resize");
            m_window.resize(700 + below(900), 400 + below(700));
        } else {
            const PageRow& row = pageTable()[static_cast<std::size_t>(below(static_cast<int>(pageTable().size())))];
            doing() = QStringLiteral("page ") + row.id;
            m_window.showPage(row.id);
        }
    }

    void key(QWidget& place)
    {
        static constexpr std::array kKeys{Qt::Key_Tab,  Qt::Key_Tab,  Qt::Key_Tab,      Qt::Key_Backtab, Qt::Key_Up,
                                          Qt::Key_Down, Qt::Key_Left, Qt::Key_Right,    Qt::Key_Return,  Qt::Key_Space,
                                          Qt::Key_Home, Qt::Key_End,  Qt::Key_PageDown, Qt::Key_PageUp,  Qt::Key_Delete,
                                          Qt::Key_F1,   Qt::Key_Plus, Qt::Key_Minus,    Qt::Key_F2};
        static constexpr std::array kWithControl{Qt::Key_Z, Qt::Key_Y, Qt::Key_K, Qt::Key_N,     Qt::Key_P,     Qt::Key_D,
                                                 Qt::Key_F, Qt::Key_A, Qt::Key_C, Qt::Key_Comma, Qt::Key_Return};
        QWidget* focus = QApplication::focusWidget();
        QWidget* to = focus != nullptr ? focus : &place;
        if (below(4) == 0) {
            const Qt::Key pressed = kWithControl[static_cast<std::size_t>(below(static_cast<int>(kWithControl.size())))];
            doing() = QStringLiteral("Ctrl+key %1 in %2").arg(pressed).arg(whereIs(to));
            QTest::keyClick(to, pressed, Qt::ControlModifier);
        } else {
            const Qt::Key pressed = kKeys[static_cast<std::size_t>(below(static_cast<int>(kKeys.size())))];
            doing() = QStringLiteral("key %1 in %2").arg(pressed).arg(whereIs(to));
            QTest::keyClick(to, pressed, below(6) == 0 ? Qt::AltModifier : Qt::NoModifier);
        }
    }

    void type(QWidget& place)
    {
        static const std::array kTexts{QStringLiteral("0"),       QStringLiteral("-1"),     QStringLiteral("1e9"),
                                       QStringLiteral("0.5"),     QStringLiteral("safety"), QStringLiteral("äé 漢字"),
                                       QStringLiteral(">0.8"),    QStringLiteral("%1"),     QStringLiteral("/"),
                                       QStringLiteral("<b>x</b>")};
        QWidget* focus = QApplication::focusWidget();
        QPointer<QWidget> to = focus != nullptr ? focus : &place;
        const QString& text = kTexts[static_cast<std::size_t>(below(static_cast<int>(kTexts.size())))];
        doing() = QStringLiteral("type %1 into %2").arg(text, whereIs(to));
        for (const QChar letter : text) {
            if (to) {
                QTest::sendKeyEvent(QTest::Click, to, Qt::Key_unknown, QString(letter), Qt::NoModifier);
            }
        }
    }

    MainWindow& m_window;
    std::mt19937 m_random;
    int m_left;
    qint64 m_longest = 0;
    QString m_longestName;
};

} // namespace

class MonkeyTest final : public QObject {
    Q_OBJECT

public Q_SLOTS:
    void opened(const QUrl&) {} // nothing outside the window is started

private Q_SLOTS:
    void nothingThatAnybodyDoesBreaksTheWindow()
    {
        bool isNumber = false;
        const int asked = qEnvironmentVariableIntValue("LORI_MONKEY_ACTIONS", &isNumber);
        const int actions = isNumber ? asked : 600;
        const int seed = qEnvironmentVariableIntValue("LORI_MONKEY_SEED", &isNumber);
        const std::uint32_t used = isNumber ? static_cast<std::uint32_t>(seed) : 1;
        qInfo("seed %u, %d actions", used, actions);
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        for (const char* scheme : {"file", "http", "https", "mailto"}) {
            QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "opened");
        }
        qputenv("FAKE_STEP_MS", "5");
        QTemporaryDir place;
        std::filesystem::copy(std::filesystem::path(LORI_SOURCE_DIR) / "tests/app/released/home", place.path().toStdString(),
                              std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
        QDir::setCurrent(place.path()); // what it saves stays there
        qputenv("HOME", place.path().toLocal8Bit());
        WindowFixture fixture(place.path());
        const auto window = fixture.makeWindow();
        window->begin();
        window->resize(1280, 800);
        QCoreApplication::setQuitLockEnabled(false);
        const QtMessageHandler before = qInstallMessageHandler(note);
        {
            Monkey monkey(*window, used, actions);
            QElapsedTimer clock;
            clock.start();
            while (monkey.left() > 0 && clock.elapsed() < 40LL * 60 * 1000) {
                QTest::qWait(20);
                if (!window->isVisible()) { // it may be closed: then it is opened again
                    window->show();
                }
            }
            while (QApplication::activePopupWidget() != nullptr || QApplication::activeModalWidget() != nullptr) {
                QTest::qWait(20);
            }
            qInstallMessageHandler(before);
            QCOMPARE(monkey.left(), 0);
            qInfo("longest: %lld ms, %s", static_cast<long long>(monkey.longestMs()), qPrintable(monkey.longest()));
            if (monkey.longestMs() > 2000) {
                QWARN("longer than two seconds");
            }
        }
        for (const QString& warning : warnings()) {
            qInfo("%s", qPrintable(warning));
        }
        QCOMPARE(warnings().size(), 0);
        for (const char* scheme : {"file", "http", "https", "mailto"}) {
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
        }
        for (const QString& run : fixture.runs->liveRuns()) {
            static_cast<void>(fixture.runs->send(run, lori::jobs::Command::StopAndKeep));
        }
    }
};

LORI_TEST(MonkeyTest)
#include "monkey_test.moc"
