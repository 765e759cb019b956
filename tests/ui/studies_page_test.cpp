// SPDX-License-Identifier: GPL-3.0-or-later
// Studies: what each asks, its job, and what it found.
#include "core/support/files.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/studies/studies_page.h"
#include "ui/pages/studies/study_phrases.h"
#include "ui/pages/studies/study_words.h"
#include "ui/services/job_service.h"
#include "ui/services/language.h"
#include "ui/services/lori_answer.h"
#include "ui/widgets/plot_view.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableWidget>

#include <algorithm>

using namespace lori::ui;
using lori::ui::test::kPatience;
using lori::ui::test::WindowFixture;
using nlohmann::json;

namespace {

/// What core/recipes writes, as far as the page reads it.
json reportJson()
{
    return json::parse(R"({"title": "T", "relations": [{"title": "Overlap and loss", "note": "", "x": "overlap", "y": "lost",
        "points": [{"group": "one A", "label": "loss.code", "x": 1, "y": 0.5}, {"group": "one A", "label": "loss.maths", "x": 1, "y": 0.7},
                   {"group": "random A", "label": "loss.code", "x": 0.06, "y": 0.1}],
        "groups": [{"title": "one A", "sets": 1, "x": 1, "y": 0.6, "range": null}, {"title": "random A", "sets": 1, "x": 0.06, "y": 0.1, "range": [0.05, 0.15]}],
        "sets": 4, "rank": 0.8, "rankRange": [0.2, 1.0]}],
        "tables": [{"title": "Scores", "note": "", "columns": ["code"], "rows": [{"title": "alone", "cells": [{"value": 0.34, "low": 0.22, "high": 0.48, "rate": true, "runs": 1}]},
                   {"title": "merged", "cells": [null]}]}],
        "claims": [{"paper": "Merging keeps it", "verdict": "agrees", "change": {"value": 0.1, "low": 0.02, "high": 0.2}}]})");
}

struct Shown {
    WindowFixture fixture;
    std::unique_ptr<MainWindow> window;
    StudiesPage* page = nullptr;

    explicit Shown(const json& report = nullptr)
    {
        if (report.is_object()) {
            const auto folder = fixture.home.root / "recipes" / "small-orthogonality";
            std::filesystem::create_directories(folder);
            lori::writeFileAtomically(folder / "report.json", report.dump()).value();
            lori::writeFileAtomically(folder / "report.md", "# T\n").value();
        }
        window = fixture.makeWindow();
        window->begin();
        window->showPage(QStringLiteral("studies"));
        page = &pageOf<StudiesPage>(*window);
    }
    template <typename Widget>
    [[nodiscard]] Widget* in(const char* name) const
    {
        return page->findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] bool isRead() const { return in<QListWidget>("studyList")->count() > 0; }
};

} // namespace

/// All words of a report that this recipe makes, with the placeholders of its rows filled in.
void addWords(const json& recipe, QStringList& words)
{
    const auto add = [&](const json& text) {
        words.append(QString::fromStdString(text.get<std::string>()));
    };
    for (const json& table : recipe.value("tables", json::array())) {
        add(table.at("title"));
        add(table.value("note", json("")));
        for (const json& column : table.at("columns")) {
            add(column.at("title"));
        }
        for (const json& row : table.at("rows")) {
            QStringList titles{QString::fromStdString(row.at("title").get<std::string>())};
            const json loops = row.value("for", json::object());
            for (const auto& [name, values] : loops.items()) {
                QStringList filled;
                for (const json& value : values) {
                    for (QString title : titles) {
                        filled.append(title.replace(QStringLiteral("{%1}").arg(QString::fromStdString(name)),
                                                    QString::fromStdString(value.get<std::string>())));
                    }
                }
                titles = filled;
            }
            words.append(titles);
        }
    }
    for (const json& relation : recipe.value("relations", json::array())) {
        for (const char* name : {"title", "xTitle", "yTitle"}) {
            add(relation.at(name));
        }
    }
    for (const json& claim : recipe.value("claims", json::array())) {
        add(claim.at("paper"));
    }
    for (const json& kind : recipe.value("values", json::object()).value("groups", json::object())) {
        for (const json& group : kind) {
            add(group);
        }
    }
}

class StudiesPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reportsOfShippedStudiesAreInTheWindowsLanguage()
    {
        QStringList words;
        for (const auto& file :
             std::filesystem::directory_iterator(std::filesystem::path(LORI_SOURCE_DIR) / "resources" / "recipes")) {
            if (file.path().extension() == ".json") {
                addWords(json::parse(lori::readTextFile(file.path()).value()), words);
            }
        }
        QVERIFY(words.size() > 100);
        QCOMPARE(StudyPhrases::said(QStringLiteral("lora, merged by concat")), QStringLiteral("LoRA, merged by concat"));
        QCOMPARE(StudyPhrases::said(QStringLiteral("A title, of my own")), QStringLiteral("A title, of my own"));
        Language language;
        language.use(QStringLiteral("zh_CN"));
        static const QRegularExpression kNames(
            QStringLiteral("^(NLU|GSM8K|HumanEval pass@1(0)?|(Lo|Do)RA|LoRI-[DS]|concat|linear|"
                           "magnitude|ties|dare-linear|dare-ties)$"));
        for (const QString& text : words) {
            for (const QString& part : StudyPhrases::said(text).split(QStringLiteral("，"))) {
                const bool isChinese =
                    std::any_of(part.begin(), part.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
                QVERIFY2(text.isEmpty() || isChinese || kNames.match(part).hasMatch(), qPrintable(text));
            }
        }
        language.use(QStringLiteral("en"));
    }

    void everyShippedStudyIsListedSmallOnesFirst()
    {
        const Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.isRead(), kPatience);
        auto* list = shown.in<QListWidget>("studyList");
        QVERIFY(list->count() >= 8);
        QVERIFY(list->item(0)->data(Qt::UserRole).toString().startsWith(QLatin1String("small")));
        for (int i = 0; i < list->count(); ++i) {
            list->setCurrentRow(i);
            QVERIFY(!shown.in<QLabel>("studyTitle")->text().isEmpty());
            QVERIFY(!shown.in<QLabel>("studyExplanation")->text().isEmpty());
        }
    }

    void oneThatNeedsPublishedDataSaysSo()
    {
        const Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.isRead(), kPatience);
        shown.page->choose(QStringLiteral("small-story"));
        QVERIFY(!shown.in<QPushButton>("studyStart")->isEnabled());
        QVERIFY(shown.in<QLabel>("studyState")->text().contains(QLatin1String("published data")));
        QVERIFY(shown.in<QPushButton>("studyData")->isVisible());
        shown.page->choose(QStringLiteral("small-orthogonality"));
        QVERIFY(shown.in<QPushButton>("studyStart")->isEnabled());
        QVERIFY(!shown.in<QPushButton>("studyData")->isVisible());
    }

    void whatWasFoundIsShown()
    {
        const Shown shown(reportJson());
        QTRY_VERIFY_WITH_TIMEOUT(shown.isRead(), kPatience);
        shown.page->choose(QStringLiteral("small-orthogonality"));
        const auto* plot = shown.page->findChild<PlotView*>();
        QVERIFY(plot != nullptr);
        QCOMPARE(plot->series().size(), std::size_t{2});
        QCOMPARE(plot->series()[0].points.size(), std::size_t{2});
        QVERIFY(shown.in<QLabel>("studySentence0")->text().contains(QLatin1String("More overlap goes with more loss")));
        auto* groups = shown.in<QTableWidget>("studyGroups0");
        QCOMPARE(groups->item(0, 4)->text(), QStringLiteral("unknown"));
        QCOMPARE(groups->item(1, 4)->text(), QStringLiteral("+0.050 to +0.150"));
        auto* scores = shown.in<QTableWidget>("studyTable0");
        QCOMPARE(scores->item(0, 1)->text(), QStringLiteral("34.0 % [22.0–48.0]"));
        QCOMPARE(scores->item(1, 1)->text(), QStringLiteral("–"));
        QCOMPARE(shown.in<QTableWidget>("studyClaims")->item(0, 1)->text(), QStringLiteral("agrees"));
        QVERIFY(shown.in<QPushButton>("studySave")->isEnabled());
    }

    void anAnswerForAPageThatIsGoneIsDropped()
    {
        const QTemporaryDir folder;
        const QString slow = folder.filePath(QStringLiteral("slow"));
        lori::writeFileAtomically(slow.toStdString(), "#!/bin/sh\nexec sleep 20\n").value();
        QFile::setPermissions(slow, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const QByteArray before = qgetenv("LORI_WORKER");
        qputenv("LORI_WORKER", slow.toLocal8Bit());
        auto page = std::make_unique<QWidget>();
        bool isCalled = false;
        askLori({QStringLiteral("recipe")}, page.get(), [&](const auto&) { isCalled = true; });
        qputenv("LORI_WORKER", before);
        QTest::qWait(100);
        QVERIFY(!isCalled);
        page.reset(); // ends the process at once
        QTest::qWait(100);
        QVERIFY(!isCalled);
    }

    void startedItIsAJobThatCanBeStopped()
    {
        qputenv("FAKE_STEPS", "2000");
        const Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.isRead(), kPatience);
        shown.page->choose(QStringLiteral("small-orthogonality"));
        QTest::mouseClick(shown.in<QPushButton>("studyStart"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(shown.in<QPushButton>("studyStop")->isVisible(), kPatience);
        QVERIFY(!shown.in<QPushButton>("studyStart")->isEnabled()); // not twice
        const QStringList live = shown.fixture.context.jobs->liveJobs();
        QCOMPARE(live.size(), 1);
        const auto record = shown.fixture.context.jobs->record(live.front()).value();
        QCOMPARE(record.kind, std::string("recipe"));
        QCOMPARE(record.options.at("recipe").at("id"), json("small-orthogonality"));
        QTest::mouseClick(shown.in<QPushButton>("studyStop"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!shown.in<QPushButton>("studyStop")->isVisible(), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(shown.in<QPushButton>("studyStart")->isEnabled(), kPatience);
        qunsetenv("FAKE_STEPS");
    }
};

LORI_TEST(StudiesPageTest)
#include "studies_page_test.moc"
