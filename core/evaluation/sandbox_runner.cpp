// SPDX-License-Identifier: Apache-2.0
#include "core/evaluation/sandbox_runner.h"

#include "core/sandbox/sandbox.h"

namespace lori::evaluation {

tasks::ProgramRunner sandboxRunner(std::function<bool()> cancelled)
{
    static_cast<void>(sandbox::probeSandbox().value());
    return [cancelled = std::move(cancelled)](const tasks::CandidateProgram& program) {
        const sandbox::ProgramResult result =
            sandbox::runProgram({program.source, program.tests, program.entryPoint, program.helpers}, {}, cancelled).value();
        return tasks::ProgramOutcome{result.passed(), result.reason};
    };
}

} // namespace lori::evaluation
