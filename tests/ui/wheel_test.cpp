// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/services/experiment_draft.h"

#include <QAbstractSlider>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QWheelEvent>

using namespace lori;
using namespace lori::ui;
using ui::test::WindowFixture;

namespace {

/// One notch of the wheel over the middle of a widget, by the way of the window system: over whatever lies there.
void turnWheel(QWidget* widget, int notches)
{
    const QPointF local = QRectF(widget->rect()).center();
    QWheelEvent event(local, widget->mapToGlobal(local), QPoint(), QPoint(0, notches * 120), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&event); // only such an event goes on to the parents, and may hand over the focus
    qApp->notify(widget, &event);
}

QList<QWidget*> fields(QWidget& page)
{
    QList<QWidget*> found;
    for (QWidget* widget : page.findChildren<QWidget*>()) {
        const bool bar = qobject_cast<QScrollBar*>(widget) != nullptr;
        if (widget->isVisible() && !bar &&
            (qobject_cast<QComboBox*>(widget) != nullptr || qobject_cast<QAbstractSlider*>(widget) != nullptr ||
             qobject_cast<QLineEdit*>(widget) != nullptr)) {
            found.append(widget);
        }
    }
    return found;
}

} // namespace

class WheelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWheelOverAnyFieldScrollsTheFormAndChangesNothing_data()
    {
        QTest::addColumn<bool>("advanced");
        QTest::newRow("simple") << false;
        QTest::newRow("advanced") << true;
    }
    void theWheelOverAnyFieldScrollsTheFormAndChangesNothing()
    {
        QFETCH(bool, advanced);
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->resize(960, 480);
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        page.setAdvanced(advanced);
        auto* scroll = page.findChild<QScrollArea*>(QStringLiteral("formScroll"));
        scroll->setMaximumHeight(200); // low, so that even the simple form must scroll
        QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 0);
        const experiment::RunConfig before = page.draft().config();
        page.findChild<QWidget*>(QStringLiteral("startExperiment"))->setFocus();
        const QWidget* focused = QApplication::focusWidget();
        const QList<QWidget*> all = fields(*scroll->widget());
        QVERIFY2(all.size() >= (advanced ? 60 : 7), qPrintable(QString::number(all.size())));
        for (QWidget* field : all) {
            scroll->verticalScrollBar()->setValue(0);
            turnWheel(field, -1);
            QVERIFY2(page.draft().config() == before, qPrintable(field->objectName()));
            QVERIFY2(scroll->verticalScrollBar()->value() > 0, qPrintable(field->objectName()));
            QVERIFY2(QApplication::focusWidget() == focused, qPrintable(field->objectName()));
            QVERIFY2(field->focusPolicy() != Qt::WheelFocus, qPrintable(field->objectName()));
            turnWheel(field, 1);
            QVERIFY2(page.draft().config() == before, qPrintable(field->objectName()));
        }
    }

    void aFocusedListTakesTheWheel()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        auto* slider = window->findChild<QAbstractSlider*>(QStringLiteral("simple.sparsity"));
        slider->setFocus();
        const int before = slider->value();
        turnWheel(slider, -1);
        QVERIFY(slider->value() != before);
    }

    void theWheelChangesNothingOnTheOtherPages()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        for (const QString& page : {QStringLiteral("runs"), QStringLiteral("masks"), QStringLiteral("history")}) {
            window->showPage(page);
            window->setFocus();
            for (QWidget* widget : fields(*window)) {
                if (widget->hasFocus()) {
                    continue;
                }
                auto* combo = qobject_cast<QComboBox*>(widget);
                auto* slider = qobject_cast<QAbstractSlider*>(widget);
                const int before = combo != nullptr ? combo->currentIndex() : slider != nullptr ? slider->value() : 0;
                turnWheel(widget, -1);
                const int after = combo != nullptr ? combo->currentIndex() : slider != nullptr ? slider->value() : 0;
                QVERIFY2(after == before, qPrintable(widget->objectName()));
            }
        }
    }
};

LORI_TEST(WheelTest)
#include "wheel_test.moc"
