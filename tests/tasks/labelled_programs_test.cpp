// SPDX-License-Identifier: Apache-2.0
// The programs taken from answers, run against their tests: each passes or fails as a person who read the answer labelled it.
#include "core/tasks/program.h"
#include "tests/sandbox/sandbox_case.h"
#include "tests/support/test_registry.h"
#include "tests/tasks/labelled_answers.h"

using namespace lori;
using namespace lori::tasks;

class LabelledProgramsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void programsAreTakenAsAPersonTakesThem()
    {
        LORI_NEED_SANDBOX();
        const auto tasks = labelledFile("program_tasks.json");
        Agreement agreement;
        for (const auto& row : labelledAnswers("programs.jsonl")) {
            const std::string name = row["task"];
            const ProgramTests tests{tasks[name]["code"], name, tasks[name]["tests"]};
            const CandidateProgram program = candidateProgram(tests, row["text"].get<std::string>());
            sandbox::SandboxLimits patient; // a busy machine must not fail a right program
            patient.wallTime = std::chrono::seconds(20);
            const auto result =
                sandbox::runProgram({program.source, program.tests, program.entryPoint, program.helpers}, patient).value();
            agreement.add(result.passed() == row["passes"].get<bool>(), row["text"], result.passed() ? "passed" : result.reason);
        }
        agreement.require("programs", 0.97);
    }
};

LORI_TEST(LabelledProgramsTest)
#include "labelled_programs_test.moc"
