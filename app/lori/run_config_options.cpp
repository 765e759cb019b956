// SPDX-License-Identifier: Apache-2.0
#include "app/lori/run_config_options.h"
#include "core/experiment/config_issue.h"

namespace lori::app {

void RunConfigOptions::addTo(CLI::App& command)
{
    command.add_option("--config", configFile, "Configuration (JSON); 'Show recipe' in the window writes one");
    command.add_option("--preset", preset, "quick-look, paper-lori-d or paper-lori-s-90");
    command.add_option("--set", settings, "Change one field, e.g. --set adapter.rank=16 (may be repeated)");
    command.add_option("--name", name, "Name of the run");
    command.add_option("--device", device, "Where to compute")->check(CLI::IsMember({"auto", "cpu", "cuda"}));
}

experiment::RunConfig RunConfigOptions::config() const
{
    experiment::RunConfig config =
        configFile.empty() ? experiment::findPreset(preset).value().config : experiment::readRunConfig(configFile).value();
    if (!name.empty()) {
        config.name = name;
    }
    if (!device.empty()) {
        experiment::setField(config, "device", device).value();
    }
    for (const std::string& setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos) {
            throw Exception(ErrorCode::InvalidArgument, "'" + setting + "' has no '='", "write --set adapter.rank=16", "--set");
        }
        experiment::setField(config, setting.substr(0, equals), setting.substr(equals + 1)).value();
    }
    if (const auto issues = experiment::validate(config); !issues.empty()) {
        throw Exception(ErrorCode::InvalidArgument, issues.front().problem, issues.front().hint, issues.front().path);
    }
    return config;
}

} // namespace lori::app
