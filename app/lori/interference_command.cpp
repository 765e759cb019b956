// SPDX-License-Identifier: Apache-2.0
// lori interference: how adapters would meet in a merge.
#include "app/lori/job_session.h"
#include "app/lori/model_options.h"
#include "app/lori/queueing.h"

namespace lori::app {

void addInterferenceCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<workers::InterferenceOptions>();
    CLI::App* command =
        addCommand(app, context, "interference", "How adapters would meet in a merge, without the base model", [a, &context] {
            const workers::InterferenceOptions options{absolutePaths(a->adapters), absolutePath(a->model)};
            return workAsJob(context, "interference", "Interference", events::fieldsOf(options));
        });
    command->add_option("adapters", a->adapters, "Two or more adapter folders or GGUF files")->required();
    command->add_option("--model", a->model, kBaseForAdapter);
    addQueueOptions(*command, context);
}

} // namespace lori::app
