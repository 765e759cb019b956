// SPDX-License-Identifier: Apache-2.0
// lori: the engine's command line. Only parses and wires; see design: commands, JSON shapes and exit codes are a contract.
#include "app/lori/command.h"
#ifdef LORI_WITH_DATABASE
#include "app/lori/history_command.h"
#include "database/history.h"
#endif

#include "core/support/this_machine.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv)
{
    const c10::InferenceMode noGraph;             // the engine computes gradients by hand
    if (std::getenv("LORI_THREADS") != nullptr) { // NOLINT(concurrency-mt-unsafe): no other thread yet
        at::set_num_threads(static_cast<int>(lori::availableThreads()));
    }
    lori::app::Context context;
    CLI::App app("LoRI fine-tuning from the command line: run, score, generate, inspect masks, keep a history.", "lori");
    std::string versionText = std::string("lori ") + LORI_VERSION;
#ifdef LORI_WITH_DATABASE
    versionText += "\nSQLite " + lori::database::sqliteVersion();
#endif
    app.set_version_flag("--version", versionText);
    app.require_subcommand(1);
    app.fallthrough(false);
    lori::app::addModelCommands(app, context);
    lori::app::addDataCommands(app, context);
    lori::app::addRunCommand(app, context);
    lori::app::addJobCommand(app, context);
    lori::app::addSequenceCommand(app, context);
    lori::app::addSweepCommand(app, context);
    lori::app::addRecipeCommand(app, context);
    lori::app::addMaskCommands(app, context);
    lori::app::addInterferenceCommand(app, context);
    lori::app::addMergeCommand(app, context);
    lori::app::addExportCommand(app, context);
    lori::app::addEvaluateCommand(app, context);
    lori::app::addScoreCommand(app, context);
    lori::app::addTextCommands(app, context);
    lori::app::addServeCommand(app, context);
    lori::app::addChatCommand(app, context);
#ifdef LORI_WITH_DATABASE
    lori::app::addHistoryCommand(app, context);
    lori::app::addQueueCommand(app, context);
#endif
    lori::app::addBenchCommands(app, context);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::CallForAllHelp& help) {
        return app.exit(help);
    } catch (const CLI::CallForVersion& version) {
        return app.exit(version);
    } catch (const CLI::ParseError& error) {
        std::cerr << "lori: " << error.what() << "; see lori --help\n";
        return 2;
    } catch (...) {
        lori::app::reportError(context, lori::errorFromCurrentException());
    }
    return context.exitCode;
}
