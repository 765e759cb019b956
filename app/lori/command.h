// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/run_folder.h"
#include "core/support/result.h"

#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>

namespace lori::app {

/// Whether what a command would do is put into the queue instead, see queueing.h.
struct QueueWish {
    bool asked = false;
    bool continueOnError = false;
    bool start = false; ///< start a worker of the queue when none is alive
    std::string at;     ///< not before, see startTime(); "" for none
};

/// What all commands share: where things live and how to answer.
struct Context {
    Home home = Home::fromEnvironment();
    bool json = false; ///< one JSON document on standard output instead of text
    int exitCode = 0;
    QueueWish queue{};
};

/// What a command found: the JSON document, and the same for people.
struct Answer {
    nlohmann::ordered_json json;
    std::string text;
    int exitCode = 0;
};

/// Adds a subcommand that runs `action` when chosen and prints its answer, or its error's one sentence on standard error with the
/// exit code of design §8.
CLI::App* addCommand(CLI::App& parent, Context& context, const std::string& name, const std::string& description,
                     std::function<Result<Answer>()> action);

/// Prints "lori: sentence" (and with --json the error as JSON) and sets the exit code.
void reportError(Context& context, const Error& error);

void addModelCommands(CLI::App& app, Context& context);
void addDataCommands(CLI::App& app, Context& context);
void addDataGetCommand(CLI::App& data, Context& context); ///< lori data get
void addMaskCommands(CLI::App& app, Context& context);
void addInterferenceCommand(CLI::App& app, Context& context);
void addMergeCommand(CLI::App& app, Context& context);
void addExportCommand(CLI::App& app, Context& context);
void addTextCommands(CLI::App& app, Context& context); ///< generate, tokens, logits
void addServeCommand(CLI::App& app, Context& context);
void addChatCommand(CLI::App& app, Context& context);
void addEvaluateCommand(CLI::App& app, Context& context);
void addScoreCommand(CLI::App& app, Context& context);
void addJobCommand(CLI::App& app, Context& context);
void addRunCommand(CLI::App& app, Context& context);
void addQueueCommand(CLI::App& app, Context& context); ///< only where the history is built
void addSequenceCommand(CLI::App& app, Context& context);
void addSweepCommand(CLI::App& app, Context& context);
void addRecipeCommand(CLI::App& app, Context& context);
void addBenchCommands(CLI::App& app, Context& context);

} // namespace lori::app
