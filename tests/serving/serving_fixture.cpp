// SPDX-License-Identifier: Apache-2.0
#include "tests/serving/serving_fixture.h"

#include "core/adapters/method_choice.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

namespace lori::test {

std::filesystem::path writeAdapter(const std::shared_ptr<const model::BaseModel>& base, const std::filesystem::path& folder,
                                   const AdapterRecipe& recipe)
{
    experiment::AdapterConfig config;
    config.rank = recipe.rank;
    config.alpha = 2.0 * static_cast<double>(recipe.rank);
    config.projectionSeed = recipe.seed;
    config.targets = recipe.targets;
    const auto method = adapters::createMethod(recipe.kind, base, config).value();
    at::Generator generator = at::detail::createCPUGenerator(recipe.seed + 100);
    for (adapters::Parameter& parameter : method->parameters()) {
        parameter.value.add_(at::empty_like(parameter.value).normal_(0, 0.1, generator));
        if (recipe.withoutDown && parameter.name.find("down_proj") != std::string::npos) {
            parameter.value.zero_();
        }
    }
    method->parametersChanged();
    method->save(folder, "tiny", {}).value();
    return folder;
}

Command openAsCommand(const std::shared_ptr<const model::BaseModel>& base, const std::filesystem::path& folder)
{
    Command command;
    command.method = adapters::openTrained(base, folder).value();
    command.method->prepareInference();
    command.decoder = std::make_unique<model::Decoder>(command.method->model(), command.method.get());
    return command;
}

std::string sentenceProblem(const Error& error)
{
    const std::string sentence = error.sentence();
    if (error.what.empty()) {
        return "it says nothing";
    }
    if (sentence.find('\n') != std::string::npos) {
        return "it is more than one line: " + sentence;
    }
    return error.code == ErrorCode::Internal ? "it is a defect: " + sentence : "";
}

} // namespace lori::test
