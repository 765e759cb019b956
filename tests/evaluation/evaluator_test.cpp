// SPDX-License-Identifier: Apache-2.0
#include "core/evaluation/evaluator.h"
#include "core/evaluation/second_scorer.h"
#include "core/evaluation/summaries.h"
#include "core/formats/model_files.h"
#include "core/support/files.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <filesystem>

using namespace lori;
using namespace lori::evaluation;
namespace fs = std::filesystem;

namespace {

std::string choiceRow(const std::string& question, const std::string& first, const std::string& second, const std::string& right)
{
    return nlohmann::json{{"instruction", question + "\n\nAnswer format: " + first + "/" + second},
                          {"input", ""},
                          {"output", "the correct answer is " + right},
                          {"answer", right}}
               .dump() +
           "\n";
}

const SideScore& find(const std::vector<SideScore>& scores, std::string_view metric)
{
    const auto it = std::find_if(scores.begin(), scores.end(), [&](const SideScore& s) { return s.metric == metric; });
    if (it == scores.end()) {
        throw std::runtime_error("no score " + std::string(metric));
    }
    return *it;
}

} // namespace

/// A random model on small published sets: what is measured, kept and refused.
class EvaluatorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const fs::path place = m_folder.path().toStdString();
        m_decoder = std::make_unique<model::Decoder>(test::openTinyModel(place / "model"), nullptr);
        const formats::ModelFiles files = formats::openModel(place / "model").value();
        m_tokenizer = tokenizer::Tokenizer::fromJson(files.tokenizerJson, files.tokenizerConfig).value();
        m_options.data = {place / "data"};
        m_options.promptTemplate = experiment::PromptTemplate::Plain;
        m_options.maxNewTokens = 6;
        std::string boolq;
        for (int i = 0; i < 10; ++i) {
            boolq += choiceRow("q" + std::to_string(i), "true", "false", i % 2 == 0 ? "true" : "false");
        }
        write("boolq/test.jsonl", boolq);
        write("piqa/test.jsonl", choiceRow("goal", "solution1", "solution2", "solution2"));
        write("hellaswag/test.jsonl", choiceRow("scene", "ending1", "ending2", "ending2"));
        write("winogrande/test.jsonl", choiceRow("blank", "option1", "option2", "option2"));
        for (const char* name : {"siqa", "arc-e", "arc-c", "obqa"}) {
            write(std::string(name) + "/test.jsonl", choiceRow("q", "answer1", "answer2", "answer1"));
        }
        write("gsm8k/test.jsonl",
              "{\"question\":\"2 and 2?\",\"answer\":\"#### 4\"}\n{\"question\":\"3 and 2?\",\"answer\":\"#### 5\"}\n");
        write(
            "HumanEval.jsonl",
            R"({"task_id":"HumanEval/0","prompt":"def f(x):\n","entry_point":"f","test":"def check(c): pass","canonical_solution":"    return x"})");
        write("safety/eval_harmful.jsonl", R"({"prompt":"bad","label":"harmful"})");
        write("safety/eval_benign.jsonl", R"({"prompt":"good","label":"benign"})");
    }

    void everyItemIsKept()
    {
        const auto scores = evaluate("boolq", m_options).value();
        QCOMPARE(scores.size(), std::size_t{1});
        QCOMPARE(scores[0].items.size(), std::size_t{10});
        QCOMPARE(scores[0].available, std::int64_t{10});
        QCOMPARE(scores[0].items[3].id, std::string("boolq/00004"));
        QCOMPARE(scores[0].items[3].expected, std::string("false"));
        const auto line = nlohmann::json::parse(itemLines({scores[0].items[3]}));
        for (const char* field : {"id", "prompt", "expected", "answer", "extracted", "hit"}) {
            QVERIFY(line.contains(field));
        }
    }

    void theLikeliestOptionIsChosenAndBothChoicesAreReported()
    {
        EvaluateOptions options = m_options;
        options.how = experiment::EvaluationHow::LogLikelihood;
        options.limit = 6;
        const auto scores = evaluate("boolq", options).value();
        QCOMPARE(scores.size(), std::size_t{2});
        QCOMPARE(scores[1].metric, std::string("accuracy_normalized"));
        std::int64_t raw = 0;
        std::int64_t normalized = 0;
        for (const Item& item : scores[0].items) {
            QCOMPARE(item.options.size(), std::size_t{2});
            const OptionScore& yes = item.options[0];
            const OptionScore& no = item.options[1];
            QCOMPARE(yes.tokens, static_cast<std::int64_t>(std::string("the correct answer is true").size()));
            QCOMPARE(item.answer, yes.logProbability >= no.logProbability ? yes.option : no.option);
            raw += item.answer == item.expected ? 1 : 0;
            const bool yesPerToken =
                yes.logProbability / static_cast<double>(yes.tokens) >= no.logProbability / static_cast<double>(no.tokens);
            normalized += (yesPerToken ? "true" : "false") == item.expected ? 1 : 0;
        }
        QCOMPARE(scores[0].rate.hits, raw);
        QCOMPARE(scores[1].rate.hits, normalized);
        QCOMPARE(scores[0].rate.n, std::int64_t{6});
        QCOMPARE(scores[0].available, std::int64_t{10});
        QVERIFY(itemLines(scores[0].items).find("\"logProbability\":") != std::string::npos);
    }

    void theEightSetsGiveTheirMeanAndTheirPool()
    {
        EvaluateOptions options = m_options;
        options.how = experiment::EvaluationHow::LogLikelihood;
        const auto scores = evaluate("nlu", options).value();
        QCOMPARE(scores.size(), std::size_t{20});
        double mean = 0;
        std::int64_t hits = 0;
        for (const char* name : {"boolq", "piqa", "siqa", "hellaswag", "winogrande", "arc-e", "arc-c", "obqa"}) {
            const SideScore& side = find(scores, std::string(name) + "_accuracy");
            mean += side.rate.value / 8;
            hits += side.rate.hits;
        }
        QCOMPARE(scores[0].metric, std::string("accuracy"));
        QVERIFY(std::abs(scores[0].rate.value - mean) < 1e-12);
        const SideScore& pooled = find(scores, "pooled_accuracy");
        QCOMPARE(pooled.rate.hits, hits);
        QCOMPARE(pooled.rate.n, std::int64_t{17});
        QVERIFY(pooled.items.empty());
    }

    void severalSamplesGivePassAtK()
    {
        EvaluateOptions options = m_options;
        options.samples = 5;
        int calls = 0;
        options.scoring.runner = [&](const tasks::CandidateProgram&) {
            return tasks::ProgramOutcome{++calls == 2, "AssertionError"};
        };
        const auto scores = evaluate("humaneval", options).value();
        QCOMPARE(calls, 5);
        QCOMPARE(scores.size(), std::size_t{3}); // pass@10 needs ten samples
        QCOMPARE(scores[0].metric, std::string("pass_rate"));
        QCOMPARE(scores[0].items.size(), std::size_t{5});
        QCOMPARE(scores[0].items[1].id, std::string("HumanEval/0#2"));
        QCOMPARE(scores[0].items[0].verdict.extracted, std::string("AssertionError"));
        QVERIFY(std::abs(find(scores, "pass_at_1").rate.value - 0.2) < 1e-12);
        QVERIFY(std::abs(find(scores, "pass_at_5").rate.value - 1) < 1e-12);
    }

    void theReferenceSeesThePromptToo()
    {
        EvaluateOptions options = m_options;
        options.scoring.mode = experiment::ScoringMode::Reference;
        const auto scores = evaluate("gsm8k", options).value();
        for (const Item& item : scores[0].items) {
            QVERIFY(!item.verdict.extracted.empty() && item.verdict.extracted != "inf"); // the question's numbers at least
        }
        options.dropLastBatch = true;
        const auto dropped = evaluate("gsm8k", options).value();
        QCOMPARE(dropped[0].rate.n, std::int64_t{0});
        QCOMPARE(dropped[0].available, std::int64_t{2});
    }

    void promptsAreCountedWithoutAModel()
    {
        EvaluateOptions options = m_options;
        QCOMPARE(countPrompts("nlu", options).value(), std::int64_t{17});
        options.limit = 3;
        options.samples = 4;
        QCOMPARE(countPrompts("boolq", options).value(), std::int64_t{12});
    }

    void safetyHasTwoSides()
    {
        const auto scores = evaluate("safety-prompts", m_options).value();
        QCOMPARE(scores.size(), std::size_t{2});
        QCOMPARE(scores[1].metric, std::string("needless_refusal_rate"));
    }

    void theSecondScorerStandsBesideThePhrases()
    {
        EvaluateOptions options = m_options;
        options.secondScorer = m_decoder.get();
        const auto scores = evaluate("safety-prompts", options).value();
        QCOMPARE(scores.size(), std::size_t{6});
        for (const std::string metric : {"refusal_rate", "needless_refusal_rate"}) {
            const SideScore& side = find(scores, metric);
            const SideScore& likelihood = find(scores, metric + "_likelihood");
            const SideScore& disagreement = find(scores, metric + "_disagreement");
            QVERIFY(!side.isSecond && likelihood.isSecond && disagreement.isSecond);
            QCOMPARE(likelihood.higherIsBetter, side.higherIsBetter);
            QVERIFY(!disagreement.higherIsBetter);
            std::int64_t refused = 0;
            std::int64_t differing = 0;
            std::vector<std::string> answers;
            for (const Item& item : side.items) {
                QVERIFY(item.second.has_value());
                QCOMPARE(item.second->hit, item.second->leaning > 0);
                refused += item.second->hit ? 1 : 0;
                differing += item.second->hit != item.verdict.hit ? 1 : 0;
                answers.push_back(item.answer);
            }
            QCOMPARE(likelihood.rate.hits, refused);
            QCOMPARE(disagreement.rate.hits, differing);
            QCOMPARE(likelihood.rate.n, side.rate.n);
            const auto leanings = refusalLeanings(*m_decoder, *m_tokenizer, answers, 1);
            for (std::size_t i = 0; i < leanings.size(); ++i) {
                QVERIFY(std::abs(leanings[i] - side.items[i].second->leaning) < 1e-4);
            }
            const auto line = nlohmann::json::parse(itemLines({side.items.front()}));
            QVERIFY(line.contains("secondHit") && line.contains("leaning"));
        }
        QCOMPARE(evaluate("gsm8k", options).value().size(), std::size_t{1}); // numbers have no second scorer
        QCOMPARE(refusalLeanings(*m_decoder, *m_tokenizer, {"", "  "}, 4), (std::vector<double>{0, 0}));
    }

    void whatDoesNotFitIsRefusedBeforeAnythingRuns()
    {
        EvaluateOptions likelihood = m_options;
        likelihood.how = experiment::EvaluationHow::LogLikelihood;
        QCOMPARE(evaluate("gsm8k", likelihood).error().code, ErrorCode::InvalidArgument);
        likelihood.scoring.mode = experiment::ScoringMode::Reference;
        QCOMPARE(evaluate("boolq", likelihood).error().code, ErrorCode::InvalidArgument);
        EvaluateOptions reference = m_options;
        reference.scoring.mode = experiment::ScoringMode::Reference;
        QCOMPARE(evaluate("safety-prompts", reference).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(evaluate("humaneval", m_options).error().code, ErrorCode::Unsupported);
        QCOMPARE(countPrompts("safety-prompts", reference).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(countPrompts("humaneval", m_options).error().code, ErrorCode::Unsupported);
        QCOMPARE(evaluate("no-such-task", m_options).error().code, ErrorCode::NotFound);
        EvaluateOptions none = m_options;
        none.samples = 0;
        QCOMPARE(evaluate("boolq", none).error().code, ErrorCode::InvalidArgument);
    }

    void theMeansIntervalJoinsThoseOfTheSets()
    {
        const std::vector<tasks::Rate> rates{tasks::wilson(5, 10), tasks::wilson(10, 10)};
        const tasks::Rate mean = meanRate(rates);
        QVERIFY(std::abs(mean.value - 0.75) < 1e-12);
        const double below = std::sqrt(std::pow((0.5 - rates[0].low) / 2, 2) + std::pow((1 - rates[1].low) / 2, 2));
        QVERIFY(std::abs(mean.low - (0.75 - below)) < 1e-12);
        QVERIFY(std::abs(mean.high - (0.75 + (rates[0].high - 0.5) / 2)) < 1e-12);
        QCOMPARE(mean.n, std::int64_t{20});
    }

private:
    [[nodiscard]] Result<std::vector<SideScore>> evaluate(const std::string& task, const EvaluateOptions& options) const
    {
        return evaluateTask(*m_decoder, *m_tokenizer, task, options);
    }
    void write(const std::string& place, const std::string& text) const
    {
        const fs::path file = m_options.data.path / place;
        fs::create_directories(file.parent_path());
        writeFileAtomically(file, text).value();
    }

    QTemporaryDir m_folder;
    EvaluateOptions m_options;
    std::unique_ptr<model::Decoder> m_decoder;
    std::unique_ptr<tokenizer::Tokenizer> m_tokenizer;
};

LORI_TEST(EvaluatorTest)
#include "evaluator_test.moc"
