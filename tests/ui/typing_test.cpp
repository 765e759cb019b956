// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/experiment/advanced_form.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/experiment/fields.h"
#include "ui/services/experiment_draft.h"
#include "ui/widgets/number_field.h"

#include <nlohmann/json.hpp>

#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

using namespace lori;
using namespace lori::ui;
using ui::test::WindowFixture;
using Kind = TypedNumber::Kind;

namespace {

struct Typed {
    QString text;
    double value; ///< NaN: no number in this locale
};

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool hasIssue(const ExperimentDraft& draft, const QString& path)
{
    const auto issues = draft.issues();
    return std::any_of(issues.begin(), issues.end(), [&](const auto& issue) { return issue.path == path.toStdString(); });
}

/// The number that the configuration holds for a field of the form; NaN without one.
double valueOf(const ExperimentDraft& draft, const QString& path)
{
    const nlohmann::json json = experiment::toJson(draft.config());
    if (path == QLatin1String("evaluation.floors")) {
        const auto& floors = json["evaluation"]["floors"];
        return floors.empty() ? 0 : floors[0]["points"].get<double>();
    }
    if (path.startsWith(QLatin1String("evaluation.tasks."))) {
        for (const auto& task : json["evaluation"]["tasks"]) {
            if (path == QStringLiteral("evaluation.tasks.%1.limit").arg(QString::fromStdString(task["task"]))) {
                return task["limit"].get<double>();
            }
        }
        return kNone;
    }
    QString pointer = QStringLiteral("/") + path;
    pointer.replace(QLatin1Char('.'), QLatin1Char('/')).replace(QLatin1Char('['), QLatin1Char('/')).remove(QLatin1Char(']'));
    const auto& value = json[nlohmann::json::json_pointer(pointer.toStdString())];
    return value.is_number() ? value.get<double>() : kNone;
}

} // namespace

/// Numbers typed key by key, as a person does, into every number field of the form.
class TypingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTextIsReadByTheRulesOfItsLocale_data()
    {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("written"); ///< "" = a problem
        const auto row = [](const char* locale, const char* text, Kind kind, const char* written) {
            QTest::addRow("%s %s %d", locale, text, static_cast<int>(kind))
                << QString::fromLatin1(locale) << QString::fromUtf8(text) << static_cast<int>(kind)
                << QString::fromLatin1(written);
        };
        for (const char* each : {"en_US", "zh_CN", "de_DE"}) {
            row(each, "5e-5", Kind::Real, "5e-05");
            row(each, "5E-5", Kind::Real, "5e-05");
            row(each, "5e", Kind::Real, "");
            row(each, "5e-", Kind::Real, "");
            row(each, "", Kind::Real, "");
            row(each, "-", Kind::Real, "");
            row(each, ".", Kind::Real, "");
            row(each, "fast", Kind::Real, "");
            row(each, "1e999", Kind::Real, "");
            row(each, "1e-999", Kind::Real, "");
            row(each, "0.001", Kind::Real, "0.001");
            row(each, "12.3 %", Kind::Percent, "0.123");
            row(each, "64,5", Kind::Whole, "");
            row(each, "64.5", Kind::Whole, "");
            row(each, "1e3", Kind::Whole, "1000");
            row(each, "10 000", Kind::Whole, "10000");
            row(each, "18446744073709551615", Kind::Whole, "18446744073709551615");
            row(each, "18446744073709551616", Kind::Whole, "");
            row(each, "１２．５", Kind::Real, "12.5");
            row(each, "1,2,3", Kind::Real, "");
            row(each, "1,234.5", Kind::Real, "1234.5");
            row(each, "nan", Kind::Real, "");
            row(each, "0x10", Kind::Whole, "");
        }
        row("de_DE", "0,001", Kind::Real, "0.001");
        row("de_DE", "64,5", Kind::Real, "64.5");
        row("de_DE", "64,5", Kind::Percent, "0.645");
        row("de_DE", "1.000", Kind::Whole, "1000");
        row("de_DE", "1.125", Kind::Real, ""); // a thousand and more, or little more than one?
        row("de_DE", "1.125e-3", Kind::Real, "0.001125");
        row("en_US", "0,001", Kind::Real, "");
        row("en_US", "64,5", Kind::Real, "");
        row("en_US", "1,000", Kind::Whole, "1000");
        row("en_US", "1,000", Kind::Real, "");
        row("zh_CN", "64,5", Kind::Percent, "");
        row("fr_FR", "64,5", Kind::Real, "64.5");
    }
    void aTextIsReadByTheRulesOfItsLocale()
    {
        QFETCH(QString, locale);
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(QString, written);
        const TypedNumber number = TypedNumber::read(text, static_cast<Kind>(kind), QLocale(locale));
        QCOMPARE(number.json(), written);
        QCOMPARE(number.isNumber(), !written.isEmpty());
    }

    void whatIsShownReadsBackAsTheSameNumber()
    {
        for (const char* name : {"en_US", "zh_CN", "de_DE", "sv_SE", "fr_FR", "ar_EG"}) {
            const QLocale locale{QString::fromLatin1(name)};
            for (const double value : {5e-5, 0.0015, 1.0, 64.0, 0.1, 1e-8, 1.125, 12345.678, 1e22, 0.0}) {
                const QString shown = TypedNumber::shown(value, Kind::Real, locale);
                const TypedNumber back = TypedNumber::read(shown, Kind::Real, locale);
                QVERIFY2(back.isNumber() && back.typed() == value, qPrintable(shown + QLatin1Char(' ') + back.problem()));
            }
            for (int permille = 0; permille <= 999; ++permille) {
                const QString shown = TypedNumber::shown(permille / 1000.0, Kind::Percent, locale);
                QCOMPARE(TypedNumber::read(shown, Kind::Percent, locale).json().toDouble(), permille / 1000.0);
            }
        }
    }

    void everyNumberFieldOfTheFormKeepsWhatIsTyped_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("numbers");
        QTest::newRow("English") << QStringLiteral("en") << QStringLiteral("en_US");
        QTest::newRow("German") << QStringLiteral("en") << QStringLiteral("de_DE");
        QTest::newRow("Chinese") << QStringLiteral("zh_CN") << QStringLiteral("zh_CN");
    }
    void everyNumberFieldOfTheFormKeepsWhatIsTyped()
    {
        QFETCH(QString, language);
        QFETCH(QString, numbers);
        WindowFixture fixture;
        fixture.language->use(language);
        QLocale::setDefault(QLocale(numbers));
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        page.setAdvanced(true);
        tickEveryTask(page);
        QVERIFY(window->findChildren<QAbstractSpinBox*>().isEmpty()); // one class of number field in the whole window
        const bool comma = numbers == QLatin1String("de_DE");
        QStringList seen;
        for (NumberField* field : page.findChild<ExperimentAdvancedForm*>()->findChildren<NumberField*>()) {
            const QString path = field->objectName();
            seen.append(path);
            const Kind kind = kindOf(page, path);
            std::vector<Typed> texts{{QStringLiteral("5e"), kNone}, {QStringLiteral("5e-"), kNone}};
            if (kind == Kind::Whole) {
                texts.insert(texts.end(), {{QStringLiteral("64,5"), kNone}, {QStringLiteral("7"), 7}});
            } else {
                const double scale = kind == Kind::Percent ? 0.01 : 1;
                texts.insert(texts.end(), {{QStringLiteral("5e-5"), 5e-5 * scale},
                                           {QStringLiteral("1e-4"), 1e-4 * scale},
                                           {QStringLiteral("0,001"), comma ? 0.001 * scale : kNone},
                                           {QStringLiteral("64,5"), comma ? 64.5 * scale : kNone},
                                           {QStringLiteral("0.002"), 0.002 * scale}});
            }
            texts.push_back({QString(), kNone});
            for (const Typed& typed : texts) {
                const bool beyond = path == QLatin1String("data.heldOutShare") && typed.value > 0.5;
                typeAndCheck(page, field, beyond ? Typed{typed.text, kNone} : typed);
                if (QTest::currentTestFailed()) {
                    return;
                }
            }
        }
        for (const FieldSection& section : ExperimentFields::sections(page.draft().config())) {
            for (const FieldSpec& spec : section.fields) {
                const bool isNumber = spec.kind == FieldKind::Real || spec.kind == FieldKind::Whole ||
                                      spec.kind == FieldKind::Share || spec.kind == FieldKind::SafetyFloor;
                QVERIFY2(!isNumber || seen.contains(spec.path), qPrintable(spec.path));
            }
        }
        QVERIFY2(seen.size() > 35, qPrintable(QString::number(seen.size())));
        qInfo("%lld number fields", static_cast<long long>(seen.size()));
    }

    void halfANumberIsShownBesideItsFieldAndInTheListUntilItIsWhole()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        page.setAdvanced(true);
        const QString path = QStringLiteral("stages[0].learningRate");
        auto* field = page.findChild<NumberField*>(path);
        auto* beside = page.findChild<QLabel*>(path + QStringLiteral(".problem"));
        auto* start = page.findChild<QPushButton*>(QStringLiteral("startExperiment"));
        type(field, QStringLiteral("5e-"));
        QTRY_VERIFY(beside->isVisible());
        QVERIFY2(beside->text().contains(QStringLiteral("half a number")), qPrintable(beside->text()));
        QVERIFY(listed(page, path));
        QVERIFY(!start->isEnabled() && !page.canStart());
        // another field, another form and back: the half number stays what it was
        page.draft().setField(QStringLiteral("optimizer.warmupSteps"), QStringLiteral("9"));
        page.setAdvanced(false);
        page.setAdvanced(true);
        fixture.language->use(QStringLiteral("zh_CN")); // builds the form anew
        QCoreApplication::processEvents();
        field = page.findChild<ExperimentAdvancedForm*>()->widgetFor(path)->window()->isVisible()
                    ? qobject_cast<NumberField*>(page.findChild<ExperimentAdvancedForm*>()->widgetFor(path))
                    : nullptr;
        QVERIFY(field != nullptr);
        QCOMPARE(field->text(), QStringLiteral("5e-"));
        QVERIFY(hasIssue(page.draft(), path));
        field->setFocus();
        field->setCursorPosition(3);
        QTest::keyClicks(field, QStringLiteral("5"));
        QCOMPARE(field->text(), QStringLiteral("5e-5"));
        QVERIFY(!hasIssue(page.draft(), path));
        QCOMPARE(page.draft().config().stages[0].learningRate, 5e-5);
        QTRY_VERIFY(!listed(page, path));
    }

    void aPresetTakesTheHalfNumberAway()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.setAdvanced(true);
        auto* field = page.findChild<NumberField*>(QStringLiteral("stages[0].learningRate"));
        type(field, QStringLiteral("5e-"));
        page.usePreset("paper-lori-d");
        QVERIFY(page.draft().issues().empty());
        field = qobject_cast<NumberField*>(
            page.findChild<ExperimentAdvancedForm*>()->widgetFor(QStringLiteral("stages[0].learningRate")));
        QCOMPARE(field->text(), QStringLiteral("5e-5"));
    }

    void theSimpleFormsSparsityKeepsWhatIsTyped()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        auto* field = page.findChild<NumberField*>(QStringLiteral("simple.sparsity.value"));
        type(field, QStringLiteral("64,5"));
        QCOMPARE(field->text(), QStringLiteral("64,5"));
        QVERIFY(hasIssue(page.draft(), QStringLiteral("stages[1].mask.sparsity")));
        type(field, QStringLiteral("64.5"));
        QCOMPARE(page.draft().config().stages[1].mask.sparsity, 0.645);
        QVERIFY(page.draft().issues().empty());
    }

    void aFloorThatNothingWatchesIsAProblem()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        page.setAdvanced(true);
        type(page.findChild<NumberField*>(QStringLiteral("evaluation.everySteps")), QStringLiteral("0"));
        QVERIFY(page.draft().issues().empty());
        type(page.findChild<NumberField*>(QStringLiteral("evaluation.floors")), QStringLiteral("10"));
        QCOMPARE(page.draft().config().evaluation.floors.size(), std::size_t{1});
        QVERIFY(hasIssue(page.draft(), QStringLiteral("evaluation.everySteps")));
        QTRY_VERIFY(page.findChild<QLabel*>(QStringLiteral("evaluation.everySteps.problem"))->isVisible());
        type(page.findChild<NumberField*>(QStringLiteral("evaluation.everySteps")), QStringLiteral("30"));
        QVERIFY(page.draft().issues().empty());
    }

    void whatTheFormCannotShowOfTheEvaluationStays()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        experiment::RunConfig config = WindowFixture::shortConfig();
        experiment::EvaluationTask gsm8k{"gsm8k", 50};
        gsm8k.samples = 4;
        experiment::EvaluationTask arc{"a set of mine", 30};
        arc.how = experiment::EvaluationHow::LogLikelihood;
        experiment::EvaluationTask maths{"maths", 20};
        maths.scoring = experiment::ScoringMode::Reference;
        config.evaluation.tasks = {gsm8k, maths, arc, {"safety", 7}};
        config.evaluation.floors = {{"maths", "accuracy", 3}, {"safety", "refusal_rate", 7.5}};
        page.useConfig(config);
        page.setAdvanced(true);
        QVERIFY(page.findChild<QLabel*>(QStringLiteral("evaluation.tasks.others"))
                    ->text()
                    .endsWith(QStringLiteral(": a set of mine")));
        QVERIFY(page.findChild<QCheckBox*>(QStringLiteral("evaluation.tasks.gsm8k"))->isChecked());
        QVERIFY(!page.findChild<QCheckBox*>(QStringLiteral("evaluation.tasks.boolq"))->isChecked());
        type(page.findChild<NumberField*>(QStringLiteral("evaluation.tasks.safety.limit")), QStringLiteral("9"));
        auto expected = config;
        expected.evaluation.tasks[3].limit = 9;
        QCOMPARE(page.draft().config().evaluation.tasks, expected.evaluation.tasks);
        auto* box = page.findChild<QCheckBox*>(QStringLiteral("evaluation.tasks.maths"));
        box->click();
        expected.evaluation.tasks.erase(expected.evaluation.tasks.begin() + 1);
        QCOMPARE(page.draft().config().evaluation.tasks, expected.evaluation.tasks);
        box->click(); // and back: as it was, at the end of the list
        expected.evaluation.tasks.push_back(maths);
        QCOMPARE(page.draft().config().evaluation.tasks, expected.evaluation.tasks);
        type(page.findChild<NumberField*>(QStringLiteral("evaluation.floors")), QStringLiteral("8"));
        expected.evaluation.floors[1].points = 8;
        QCOMPARE(page.draft().config().evaluation.floors, expected.evaluation.floors);
    }

private:
    static void type(NumberField* field, const QString& text)
    {
        field->setFocus();
        field->selectAll();
        QTest::keyClick(field, Qt::Key_Backspace);
        QTest::keyClicks(field, text);
    }

    static void tickEveryTask(ExperimentPage& page)
    {
        for (QCheckBox* box : page.findChildren<QCheckBox*>()) {
            if (box->objectName().startsWith(QLatin1String("evaluation.tasks.")) && !box->isChecked()) {
                box->click();
            }
        }
    }

    static Kind kindOf(ExperimentPage& page, const QString& path)
    {
        for (const FieldSection& section : ExperimentFields::sections(page.draft().config())) {
            for (const FieldSpec& spec : section.fields) {
                if (spec.path == path) {
                    return spec.kind == FieldKind::Share   ? Kind::Percent
                           : spec.kind == FieldKind::Whole ? Kind::Whole
                                                           : Kind::Real;
                }
            }
        }
        return Kind::Whole; // the limits of the measured tasks
    }

    static bool listed(ExperimentPage& page, const QString& path)
    {
        auto* problems = page.findChild<QListWidget*>(QStringLiteral("problems"));
        for (int i = 0; i < problems->count(); ++i) {
            if (problems->item(i)->data(Qt::UserRole).toString() == path) {
                return true;
            }
        }
        return false;
    }

    static void typeAndCheck(ExperimentPage& page, NumberField* field, const Typed& typed)
    {
        const QString path = field->objectName();
        field->setFocus();
        field->selectAll();
        QTest::keyClick(field, Qt::Key_Backspace);
        QVERIFY2(field->text().isEmpty(), qPrintable(path));
        for (int i = 0; i < typed.text.size(); ++i) {
            QTest::keyClicks(field, typed.text.mid(i, 1));
            QVERIFY2(field->text() == typed.text.left(i + 1), qPrintable(path + QStringLiteral(" shows ") + field->text()));
        }
        const QString what = path + QLatin1Char(' ') + typed.text;
        if (std::isnan(typed.value)) {
            QVERIFY2(hasIssue(page.draft(), path), qPrintable(what));
            QVERIFY2(valueOf(page.draft(), path) != 645, qPrintable(what));
        } else {
            const double value = valueOf(page.draft(), path);
            QVERIFY2(std::abs(value - typed.value) <= 1e-12 * std::abs(typed.value),
                     qPrintable(what + QStringLiteral(" became ") + QString::number(value)));
        }
    }
};

LORI_TEST(TypingTest)
#include "typing_test.moc"
