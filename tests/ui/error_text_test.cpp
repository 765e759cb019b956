// SPDX-License-Identifier: GPL-3.0-or-later
// Every sentence of the core that has a code is said in the window's language, with its arguments.
#include "core/bundles/messages.h"
#include "core/experiment/config_issue.h"
#include "core/experiment/config_messages.h"
#include "core/formats/messages.h"
#include "core/formats/model_files.h"
#include "core/jobs/messages.h"
#include "core/jobs/run_folder.h"
#include "core/tasks/messages.h"
#include "tests/support/test_registry.h"
#include "ui/services/error_text.h"
#include "ui/services/language.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <set>

using namespace lori;
using namespace lori::ui;

namespace {

std::vector<CodedMessage> allMessages()
{
    std::vector<CodedMessage> all(experiment::configMessages().begin(), experiment::configMessages().end());
    all.insert(all.end(), formats::messages::kMessages.begin(), formats::messages::kMessages.end());
    all.insert(all.end(), tasks::messages::kMessages.begin(), tasks::messages::kMessages.end());
    all.insert(all.end(), jobs::messages::kMessages.begin(), jobs::messages::kMessages.end());
    all.insert(all.end(), bundles::messages::kMessages.begin(), bundles::messages::kMessages.end());
    return all;
}

bool hasChinese(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

const std::vector<std::string> kArguments{"first", "second", "third"};

QString saidAsIssue(const CodedMessage& message)
{
    return ErrorText::problem(experiment::issueOf("adapter.rank", message, kArguments));
}

} // namespace

class ErrorTextTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_language.use(QStringLiteral("en")); }

    void everyCodeIsOneSentence()
    {
        std::set<std::string_view> codes;
        for (const CodedMessage& message : allMessages()) {
            QVERIFY2(codes.insert(message.code).second, message.code.data());
            QVERIFY2(!message.what.empty() && !message.hint.empty(), message.code.data());
        }
    }

    void everyCodeIsSaidInBothLanguages()
    {
        for (const CodedMessage& message : allMessages()) {
            QVERIFY2(ErrorText::knows(message.code), message.code.data());
            m_language.use(QStringLiteral("en"));
            const QString english = saidAsIssue(message);
            QVERIFY2(!english.isEmpty() && !hasChinese(english), message.code.data());
            m_language.use(QStringLiteral("zh_CN"));
            const QString chinese = saidAsIssue(message);
            QVERIFY2(hasChinese(chinese), message.code.data());
            QVERIFY2(!chinese.contains(QLatin1Char('%')), message.code.data());
            const Error error = errorOf(ErrorCode::BadFile, message, kArguments, "file");
            QVERIFY2(ErrorText::sentence(error).contains(chinese), message.code.data());
        }
    }

    void whatACoreSentenceQuotesIsQuotedInEveryLanguage()
    {
        // A place that the core fills with a value of the person's must not get lost; those of hints alone may.
        for (const CodedMessage& message : allMessages()) {
            for (std::size_t i = 0; i < kArguments.size(); ++i) {
                const std::string place = "%" + std::to_string(i + 1);
                if (message.what.find(place) == std::string_view::npos) {
                    continue;
                }
                for (const char* locale : {"en", "zh_CN"}) {
                    m_language.use(QLatin1String(locale));
                    QVERIFY2(saidAsIssue(message).contains(QString::fromStdString(kArguments[i])), message.code.data());
                }
            }
        }
    }

    void validationAndOpeningGiveCodes()
    {
        experiment::RunConfig config;
        config.adapter.rank = 0;
        config.stages.resize(1);
        config.stages[0].kind = experiment::StageKind::LoriS;
        for (const experiment::ConfigIssue& issue : experiment::validate(config)) {
            QVERIFY2(ErrorText::knows(issue.code), issue.problem.c_str());
        }
        m_language.use(QStringLiteral("zh_CN"));
        const auto model = formats::openModel("/no/such/model");
        QVERIFY(!model);
        QVERIFY(ErrorText::sentence(model.error()).contains(QStringLiteral("没有这样的模型")));
    }

    void aRunOrModelThatIsGoneIsSaidInTheWindowsWords()
    {
        const QTemporaryDir folder;
        const Home home{folder.path().toStdString()};
        const auto run = jobs::RunFolder::open(home, "no-such-run");
        QVERIFY(!run);
        QCOMPARE(ErrorText::sentence(run.error()),
                 QStringLiteral("Not found – no-such-run: there is no such run; choose one on the History page"));
        const auto empty = jobs::RunFolder::open(home, folder.path().toStdString());
        QVERIFY(!empty);
        QCOMPARE(empty.error().code, ErrorCode::BadFile);
        QVERIFY2(
            ErrorText::sentence(empty.error())
                .endsWith(QStringLiteral("this folder holds no run: its config.json is missing; choose the folder of a run")),
            qPrintable(ErrorText::sentence(empty.error())));
        const auto model = formats::resolveModel(home.root, "nobody");
        QVERIFY(!model);
        const QString said = ErrorText::sentence(model.error());
        QVERIFY2(said.startsWith(QStringLiteral("Not found – “nobody” is no model on the list")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("smollm2-135m-instruct")), qPrintable(said));
        m_language.use(QStringLiteral("zh_CN"));
        QVERIFY(ErrorText::sentence(run.error()).contains(QStringLiteral("没有这样的运行")));
    }

    void textWithoutACodeIsShownAsItIs()
    {
        QCOMPARE(ErrorText::problem({"adapter.rank", "half of a number", {}}), QStringLiteral("half of a number"));
        QVERIFY(ErrorText::sentence({ErrorCode::Io, "the cable is out", "plug it in", "disk"})
                    .contains(QStringLiteral("disk: the cable is out; plug it in")));
    }

private:
    Language m_language;
};

LORI_TEST(ErrorTextTest)
#include "error_text_test.moc"
