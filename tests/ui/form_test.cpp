// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/experiment/advanced_form.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/experiment/fields.h"
#include "ui/services/experiment_draft.h"
#include "ui/text.h"

#include <nlohmann/json.hpp>

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

#include <algorithm>

using namespace lori;
using namespace lori::ui;
using ui::test::WindowFixture;

namespace {

/// Changes what an input shows, as a person would; false for inputs that are not simple.
bool change(QWidget* input)
{
    if (auto* check = qobject_cast<QCheckBox*>(input)) {
        check->toggle();
    } else if (auto* combo = qobject_cast<QComboBox*>(input)) {
        combo->setCurrentIndex((combo->currentIndex() + 1) % combo->count());
    } else if (auto* line = qobject_cast<QLineEdit*>(input)) {
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("7"));
    } else {
        return false;
    }
    return true;
}

} // namespace

class FormTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPresetThatReplacesChangesSaysSoAndGivesThemBack()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.draft().setField(QStringLiteral("adapter.rank"), QStringLiteral("11"));
        auto* preset = page.findChild<QPushButton*>(QStringLiteral("preset.quick-look"));
        QTest::mouseClick(preset, Qt::LeftButton);
        QVERIFY(page.draft().config().adapter.rank != 11);
        QVERIFY2(fixture.context.messages->text().contains(QStringLiteral("1 change")),
                 qPrintable(fixture.context.messages->text()));
        auto* undo = window->findChild<QPushButton*>(QStringLiteral("messageAction0"));
        QTest::mouseClick(undo, Qt::LeftButton);
        QCOMPARE(page.draft().config().adapter.rank, 11);
    }

    void aNewExperimentBeginsAnewOnlyAfterAStartOrWhenAskedTo()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.draft().setField(QStringLiteral("adapter.rank"), QStringLiteral("11"));
        QTest::keyClick(window.get(), Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(page.draft().config().adapter.rank, 11); // somebody was at it
        QVERIFY(fixture.context.messages->text().contains(QStringLiteral("setting up")));
        QTest::mouseClick(window->findChild<QPushButton*>(QStringLiteral("messageAction0")), Qt::LeftButton);
        QVERIFY(page.draft().changedPaths().empty());

        page.draft().startFrom(WindowFixture::shortConfig(5), QString());
        QTRY_VERIFY(page.canStart());
        page.start();
        QTest::keyClick(window.get(), Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(window->currentPage(), QStringLiteral("experiment"));
        QVERIFY(page.draft().config().stages.front().steps != 5); // the run has it
        fixture.undo.undo();
        QCOMPARE(page.draft().config().stages.front().steps, 5);
    }

    void everyFieldReachesTheConfigurationAndUndoBringsItBack()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        page.setAdvanced(true);
        auto* form = page.findChild<ExperimentAdvancedForm*>();
        int fields = 0;
        for (const FieldSection& section : ExperimentFields::sections(page.draft().config())) {
            for (const FieldSpec& spec : section.fields) {
                const experiment::RunConfig before = page.draft().config();
                const int undoIndex = fixture.undo.index();
                QWidget* input = form->widgetFor(spec.path);
                QVERIFY2(input != nullptr, qPrintable(spec.path));
                QVERIFY2(change(input), qPrintable(spec.path));
                QVERIFY2(!(page.draft().config() == before), qPrintable(spec.path));
                const auto difference =
                    nlohmann::json::diff(experiment::toJson(before), experiment::toJson(page.draft().config()));
                QString pointer = QString::fromStdString(difference.front().at("path").get<std::string>());
                QString expected = QStringLiteral("/") + spec.path;
                expected.replace(QLatin1Char('.'), QLatin1Char('/'))
                    .replace(QLatin1Char('['), QLatin1Char('/'))
                    .remove(QLatin1Char(']'));
                QVERIFY2(pointer.startsWith(expected), qPrintable(pointer + QStringLiteral(" for ") + spec.path));
                fixture.undo.setIndex(undoIndex);
                QVERIFY2(page.draft().config() == before, qPrintable(spec.path));
                ++fields;
            }
        }
        QVERIFY2(fields > 45, qPrintable(QString::number(fields)));
    }

    void everyFieldOfTheConfigurationHasAnEditor()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        auto* form = pageOf<ExperimentPage>(*window).findChild<ExperimentAdvancedForm*>();
        const QStringList elsewhere{QStringLiteral("name"),   QStringLiteral("purpose"),   QStringLiteral("model"),
                                    QStringLiteral("preset"), QStringLiteral("parentRun"), QStringLiteral("version")};
        const auto flat = experiment::toJson(pageOf<ExperimentPage>(*window).draft().config()).flatten();
        for (const auto& [pointer, value] : flat.items()) {
            QString path;
            for (const QString& token : QString::fromStdString(pointer).split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
                bool isIndex = false;
                token.toInt(&isIndex);
                path += isIndex ? QStringLiteral("[%1]").arg(token) : (path.isEmpty() ? token : QLatin1Char('.') + token);
            }
            const bool ofAnotherKind = path.startsWith(QLatin1String("stages[")) || path.startsWith(QLatin1String("adapter.ia3"));
            if (!elsewhere.contains(path) && !ofAnotherKind) {
                QVERIFY2(form->widgetFor(path) != nullptr, qPrintable(path));
            }
        }
    }

    void fieldsOfAMethodComeWithIt()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.setAdvanced(true);
        auto* form = page.findChild<ExperimentAdvancedForm*>();
        QVERIFY(form->widgetFor(QStringLiteral("adapter.ia3Targets")) == nullptr);
        page.draft().setField(QStringLiteral("stages[0].kind"), QStringLiteral("\"ia3\""));
        QTRY_VERIFY(form->widgetFor(QStringLiteral("adapter.ia3Targets")) != nullptr);
        QVERIFY(form->widgetFor(QStringLiteral("adapter.ia3FeedForward")) != nullptr);
    }

    void oldValuesAndUndoSpeakAsTheFormDoes()
    {
        FieldSpec share;
        share.kind = FieldKind::Share;
        QCOMPARE(ExperimentFields::valueWords(share, QStringLiteral("0.05")), Text::percent(0.05));
        FieldSpec tasks;
        tasks.kind = FieldKind::Tasks;
        const QString measured =
            ExperimentFields::valueWords(tasks, QStringLiteral(R"([{"task":"safety","limit":0},{"task":"maths","limit":20}])"));
        QVERIFY2(measured.startsWith(QStringLiteral("Safety, Maths (20 row")),
                 qPrintable(measured)); // no plurals without the window
        QCOMPARE(ExperimentFields::valueWords(tasks, QStringLiteral("[]")), QStringLiteral("nothing"));
        FieldSpec flag;
        flag.kind = FieldKind::Flag;
        QCOMPARE(ExperimentFields::valueWords(flag, QStringLiteral("true")), QStringLiteral("on"));
        FieldSpec choice;
        choice.kind = FieldKind::Choice;
        choice.choices = {{QStringLiteral("auto"), QStringLiteral("As usual")}};
        QCOMPARE(ExperimentFields::valueWords(choice, QStringLiteral("auto")), QStringLiteral("As usual"));

        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.setAdvanced(true);
        auto* form = page.findChild<ExperimentAdvancedForm*>();
        QVERIFY(change(form->widgetFor(QStringLiteral("adapter.rank"))));
        QVERIFY2(fixture.undo.undoText().contains(QStringLiteral("Rank")), qPrintable(fixture.undo.undoText()));
        QVERIFY(!fixture.undo.undoText().contains(QLatin1Char('.')));
    }

    void switchingBetweenSimpleAndAdvancedLosesNothing()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.draft().setField(QStringLiteral("optimizer.warmupSteps"), QStringLiteral("7"));
        const experiment::RunConfig before = page.draft().config();
        for (const bool advanced : {true, false, true, false}) {
            page.setAdvanced(advanced);
            QCOMPARE(page.isAdvanced(), advanced);
        }
        QVERIFY(page.draft().config() == before);
        QCOMPARE(page.draft().changedPaths(), std::vector<std::string>{"optimizer.warmupSteps"});
        QCOMPARE(page.draft().valueAtStart(QStringLiteral("optimizer.warmupSteps")), QStringLiteral("0"));
    }

    void undoTypedInALineIsTheFormsUndo()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        page.setAdvanced(true);
        page.draft().startFrom(WindowFixture::shortConfig(5), QStringLiteral("start"));
        auto* line =
            qobject_cast<QLineEdit*>(page.findChild<ExperimentAdvancedForm*>()->widgetFor(QStringLiteral("adapter.rank")));
        QVERIFY(line != nullptr);
        const experiment::RunConfig first = page.draft().config();
        page.draft().setField(QStringLiteral("stages[0].steps"), QStringLiteral("6"));
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("7"));
        QCOMPARE(page.draft().config().adapter.rank, 7);

        QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(page.draft().config().adapter.rank, first.adapter.rank);
        QCOMPARE(line->text(), QString::number(first.adapter.rank));
        QCOMPARE(page.draft().config().stages.front().steps, 6);
        QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier); // what was changed elsewhere in the form
        QVERIFY(page.draft().config() == first);
        QTest::keyClick(line, Qt::Key_Y, Qt::ControlModifier);
        QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(page.draft().config().stages.front().steps, 6);
        QCOMPARE(page.draft().config().adapter.rank, 7);

        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("x")); // no number: the form does not hold it, so its line takes it back
        QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(line->text(), QStringLiteral("7"));
        QCOMPARE(page.draft().config().adapter.rank, 7);

        page.setAdvanced(false);
        auto* name = page.findChild<QLineEdit*>(QStringLiteral("simple.name"));
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("n"));
        QCOMPARE(page.draft().config().name, std::string("n"));
        QTest::keyClick(name, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(page.draft().config().name, first.name);
        QCOMPARE(page.draft().config().adapter.rank, 7);
    }

    void fieldsDoNotStretchOverAWideWindow()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        window->resize(1920, 1000);
        const int widest = page.fontMetrics().averageCharWidth() * 120;
        auto* forms = page.findChild<QWidget*>(QStringLiteral("forms"));
        for (const bool advanced : {false, true}) {
            page.setAdvanced(advanced);
            QTRY_COMPARE(forms->width(), std::max(widest, forms->minimumSizeHint().width()));
            QVERIFY(forms->width() < forms->parentWidget()->width() * 9 / 10);
            QVERIFY2(forms->x() < widest / 10, qPrintable(QString::number(forms->x()))); // at the left, under the presets
        }
    }

    void aProblemIsListedDisablesStartAndLeadsToItsField()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        page.draft().setField(QStringLiteral("stages[0].learningRate"), QStringLiteral("fast"));
        auto* start = page.findChild<QPushButton*>(QStringLiteral("startExperiment"));
        auto* problems = page.findChild<QListWidget*>(QStringLiteral("problems"));
        QTRY_VERIFY(!start->isEnabled() && problems->count() > 0);
        QVERIFY(!start->toolTip().isEmpty());
        QListWidgetItem* wanted = nullptr;
        for (int i = 0; i < problems->count(); ++i) {
            if (problems->item(i)->data(Qt::UserRole).toString() == QLatin1String("stages[0].learningRate")) {
                wanted = problems->item(i);
            }
        }
        QVERIFY(wanted != nullptr);
        Q_EMIT problems->itemActivated(wanted);
        QVERIFY(page.isAdvanced());
        QVERIFY(window->focusWidget() != nullptr);
        QCOMPARE(window->focusWidget()->objectName(), QStringLiteral("stages[0].learningRate"));
        page.draft().setField(QStringLiteral("stages[0].learningRate"), QStringLiteral("5e-4"));
        QVERIFY(page.draft().issues().empty());
    }

    void everyPresetIsValidAndShown()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        for (const experiment::Preset& preset : experiment::presets()) {
            auto* button = page.findChild<QPushButton*>(QStringLiteral("preset.") + QString::fromStdString(preset.id));
            QVERIFY(button != nullptr);
            button->click();
            QVERIFY(page.draft().issues().empty());
            QVERIFY(page.draft().changedPaths().empty());
            QVERIFY(page.draft().config().stages == preset.config.stages);
        }
    }
};

LORI_TEST(FormTest)
#include "form_test.moc"
