// SPDX-License-Identifier: Apache-2.0
#include "core/evaluation/likelihood.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <ATen/Functions.h>

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace lori;
using evaluation::ChoicePrompt;

class LikelihoodTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_decoder = std::make_unique<model::Decoder>(test::openTinyModel(m_folder.path().toStdString()), nullptr);
    }

    /// Options that differ in the last token, earlier, in length, and one that begins another.
    void sharedRowsGiveWhatEachAnswerAloneGives()
    {
        const std::vector<ChoicePrompt> prompts{
            {{72, 105, 32}, {{65, 66}, {65, 67}, {65}}},
            {{80, 81, 82, 83, 84}, {{1, 2, 3}, {4, 5}, {1, 2, 3, 9, 9}, {4, 5}}},
            {{7}, {{200}}},
        };
        for (const std::int64_t batch : {1, 2, 16}) {
            const auto result = evaluation::answerLogProbabilities(*m_decoder, prompts, batch);
            for (std::size_t p = 0; p < prompts.size(); ++p) {
                QCOMPARE(result[p].size(), prompts[p].answers.size());
                for (std::size_t a = 0; a < prompts[p].answers.size(); ++a) {
                    const double expected = alone(prompts[p].prompt, prompts[p].answers[a]);
                    QVERIFY2(std::abs(result[p][a] - expected) < 1e-4, std::to_string(result[p][a] - expected).c_str());
                }
            }
        }
    }

    void whatCannotRunIsRefused()
    {
        for (const ChoicePrompt& bad :
             {ChoicePrompt{{}, {{1}}}, ChoicePrompt{{1}, {{}}}, ChoicePrompt{std::vector<std::int32_t>(2000, 65), {{1}}}}) {
            QVERIFY_EXCEPTION_THROWN(static_cast<void>(evaluation::answerLogProbabilities(*m_decoder, {bad}, 4)), Exception);
        }
    }

    void stopsWhenAsked()
    {
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(evaluation::answerLogProbabilities(
                                     *m_decoder, {{{1}, {{2}}}}, 4, [](std::int64_t, std::int64_t) { return false; })),
                                 Exception);
    }

private:
    /// The plain way: the whole row, log-softmax in f64.
    [[nodiscard]] double alone(std::vector<std::int32_t> row, const std::vector<std::int32_t>& answer) const
    {
        const auto start = static_cast<std::int64_t>(row.size());
        row.insert(row.end(), answer.begin(), answer.end());
        const at::Tensor x_TD = m_decoder->forward(model::packRows({row}, at::kCPU), nullptr);
        const at::Tensor logp_TV = at::log_softmax(m_decoder->logits(x_TD).to(at::kDouble), -1);
        double sum = 0;
        for (std::size_t t = 0; t < answer.size(); ++t) {
            sum += logp_TV[start + static_cast<std::int64_t>(t) - 1][answer[t]].item<double>();
        }
        return sum;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<model::Decoder> m_decoder;
};

LORI_TEST(LikelihoodTest)
#include "likelihood_test.moc"
