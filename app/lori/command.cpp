// SPDX-License-Identifier: Apache-2.0
#include "app/lori/command.h"

#include <iostream>

namespace lori::app {

void reportError(Context& context, const Error& error)
{
    context.exitCode = exitCodeFor(error.code);
    std::cerr << "lori: " << error.sentence() << "\n";
    if (context.json) {
        const nlohmann::ordered_json json{
            {"error", {{"code", codeName(error.code)}, {"what", error.what}, {"hint", error.hint}, {"where", error.where}}}};
        std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
    }
}

CLI::App* addCommand(CLI::App& parent, Context& context, const std::string& name, const std::string& description,
                     std::function<Result<Answer>()> action)
{
    CLI::App* command = parent.add_subcommand(name, description);
    command->add_flag("--json", context.json, "Print one JSON document on standard output");
    command->callback([&context, action = std::move(action)] {
        const Result<Answer> answer = action();
        if (!answer) {
            reportError(context, answer.error());
            return;
        }
        context.exitCode = answer->exitCode;
        if (context.json) {
            std::cout << answer->json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
        } else {
            std::cout << answer->text;
        }
    });
    return command;
}

} // namespace lori::app
