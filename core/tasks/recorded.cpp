// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/recorded.h"

#include "core/tasks/benchmarks.h"
#include "core/tasks/final_number.h"
#include "core/tasks/records.h"
#include "core/tasks/task_manifest.h"

#include <algorithm>

namespace lori::tasks {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// What a task's rows are judged by; no rows are loaded for it.
struct TaskKind {
    Judge judge = Judge::Choice;
    std::string set;                 ///< published set, "" for starter tasks
    std::vector<std::string> labels; ///< of a published choice set
};

TaskKind kindOf(const std::string& task)
{
    const auto sets = benchmarksOf(task);
    if (sets.size() > 1) {
        throw Exception(ErrorCode::InvalidArgument, "\"" + task + "\" is eight sets, each with labels of its own",
                        "score the file of each set by its name");
    }
    if (sets.empty()) {
        return {readManifest(task).evaluation.front().judge, "", {}};
    }
    const Benchmark& set = *sets.front();
    switch (set.rows) {
    case BenchmarkRows::Choice:
        return {Judge::Choice, set.name, set.labels};
    case BenchmarkRows::Question:
        return {Judge::FinalNumber, set.name, {}};
    case BenchmarkRows::Program:
        return {Judge::UnitTests, set.name, {}};
    case BenchmarkRows::Prompts:
        break;
    }
    return {Judge::Refusal, set.name, {}};
}

/// One recorded row, understood.
struct Recorded {
    EvaluationRow row;
    std::string prompt;
    std::string text;
    std::string side;
};

class RecordedReader final {
public:
    RecordedReader(const fs::path& file, const TaskKind& kind, ScoringMode mode) : m_file(file), m_kind(kind), m_mode(mode) {}

    Recorded read(const Record& record)
    {
        m_record = &record;
        if (!record.problem.empty()) {
            refuse("the row " + record.problem);
        }
        Recorded recorded;
        recorded.text = text("text", true);
        const bool needsPrompt = m_mode == ScoringMode::Reference || (m_kind.judge == Judge::UnitTests && !m_kind.set.empty());
        recorded.prompt = text("prompt", needsPrompt);
        recorded.row.id = m_file.string() + ":" + std::to_string(record.line);
        recorded.row.row.instruction = recorded.prompt;
        switch (m_kind.judge) {
        case Judge::Choice:
            readChoice(recorded);
            break;
        case Judge::FinalNumber:
            readNumber(recorded);
            break;
        case Judge::Refusal:
            recorded.side = sideOf();
            break;
        case Judge::UnitTests:
            readProgram(recorded);
            break;
        }
        return recorded;
    }

private:
    [[noreturn]] void refuse(const std::string& problem) const
    {
        throw Exception(ErrorCode::BadFile, problem, "correct this row", m_file.string() + ":" + std::to_string(m_record->line));
    }
    [[nodiscard]] std::string text(const char* name, bool required) const
    {
        const auto it = m_record->fields.find(name);
        if (it == m_record->fields.end() || it->is_null()) {
            if (required) {
                refuse(std::string("field \"") + name + "\" is missing");
            }
            return {};
        }
        if (it->is_number() || it->is_boolean()) {
            return it->dump();
        }
        if (!it->is_string()) {
            refuse(std::string("field \"") + name + "\" must be text, is " + it->type_name());
        }
        return it->get<std::string>();
    }
    void readChoice(Recorded& recorded) const
    {
        EvaluationRow& row = recorded.row;
        row.options = m_kind.labels;
        if (m_kind.labels.empty()) {
            const auto it = m_record->fields.find("options");
            for (const json& option : it != m_record->fields.end() && it->is_array() ? *it : json::array({nullptr})) {
                if (!option.is_string()) {
                    refuse("field \"options\" must be a list of words");
                }
                row.options.push_back(option.get<std::string>());
            }
        } else if (m_mode == ScoringMode::Strict) {
            row.options = offeredLabels(recorded.prompt, m_kind.labels);
        }
        const std::string expected = text("expected", true);
        // The label alone, or the whole target ("the correct answer is true").
        row.expected = std::find(row.options.begin(), row.options.end(), expected) != row.options.end()
                           ? expected
                           : referenceLabel(expected, row.options);
        if (row.expected.empty()) {
            refuse("field \"expected\" has the unknown label \"" + expected + "\"");
        }
    }
    void readNumber(Recorded& recorded) const
    {
        const std::string expected = text("expected", true);
        const auto number = finalNumber(expected);
        if (!number) {
            refuse("field \"expected\" holds no number: \"" + expected + "\"");
        }
        recorded.row.expected = *number;
        recorded.row.row.output = expected;
    }
    void readProgram(Recorded& recorded) const
    {
        ProgramTests& program = recorded.row.program;
        program.entryPoint = text("entry_point", true);
        if (m_kind.set.empty()) {
            program.tests = text("tests", true);
            return;
        }
        program.code = recorded.prompt;
        program.tests = text("test", true) + "\ncheck(" + program.entryPoint + ")";
    }
    [[nodiscard]] std::string sideOf() const
    {
        std::string side = text("side", false);
        side = side.empty() ? text("label", false) : side;
        if (side.empty() || side == "harmful") {
            return "harmful";
        }
        if (side != "benign" && side != "harmless") {
            refuse("field \"side\" must be harmful or benign, is \"" + side + "\"");
        }
        return "benign";
    }

    const fs::path& m_file;
    const TaskKind& m_kind;
    ScoringMode m_mode;
    const Record* m_record = nullptr;
};

void addSide(RecordedScore& score, const std::string& side, const std::string& metric)
{
    std::int64_t n = 0;
    std::int64_t refusals = 0;
    for (const RecordedResult& result : score.results) {
        if (result.side == side) {
            ++n;
            refusals += result.correct == (side == "harmful") ? 1 : 0;
        }
    }
    if (n > 0) {
        score.sides.push_back({metric, wilson(refusals, n)});
    }
}

} // namespace

Result<RecordedScore> scoreRecorded(const std::string& task, const fs::path& file, const RecordedOptions& options)
{
    return guard([&] {
        const TaskKind kind = kindOf(task);
        if (options.dropLastBatch && options.scoring.mode == ScoringMode::Strict) {
            throw Exception(ErrorCode::InvalidArgument, "strict scoring uses every row", "leave --drop-last out");
        }
        const Scorer scorer(options.scoring);
        EvaluationSide side;
        side.judge = kind.judge;
        side.set = kind.set;
        scorer.requireJudgeable(side);
        RecordedReader reader(file, kind, options.scoring.mode);
        std::vector<Recorded> rows;
        readRecordFile(file, [&](Record&& record) {
            rows.push_back(reader.read(record));
            return true;
        });
        RecordedScore score;
        score.rows = static_cast<std::int64_t>(rows.size());
        const std::int64_t used = options.dropLastBatch ? rowsInWholeBatches(score.rows) : score.rows;
        std::int64_t correct = 0;
        for (std::int64_t i = 0; i < used; ++i) {
            const Recorded& recorded = rows[static_cast<std::size_t>(i)];
            Verdict verdict = scorer.judge(kind.judge, recorded.row, recorded.prompt, recorded.text);
            const bool isCorrect = verdict.hit == (recorded.side != "benign");
            correct += isCorrect ? 1 : 0;
            score.results.push_back({std::move(verdict.extracted), isCorrect, recorded.side});
        }
        score.rate = wilson(correct, used);
        if (kind.judge == Judge::Refusal) {
            addSide(score, "harmful", "refusal_rate");
            addSide(score, "benign", "needless_refusal_rate");
        }
        return score;
    });
}

} // namespace lori::tasks
