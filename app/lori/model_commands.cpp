// SPDX-License-Identifier: Apache-2.0
// lori model add | list | inspect.
#include "app/lori/command.h"
#include "core/formats/model_files.h"
#include "core/tokenizer/tokenizer.h"

#include <algorithm>
#include <map>
#include <vector>

namespace lori::app {

namespace {

/// "none", "4096 tokens", "4096 tokens in 14 of 28 layers"
std::string windowText(const formats::ModelConfig& config)
{
    const auto sliding = std::count(config.slidingLayers.begin(), config.slidingLayers.end(), true);
    if (config.slidingWindow == 0) {
        return "none";
    }
    const std::string some = " in " + std::to_string(sliding) + " of " + std::to_string(config.shape.layers) + " layers";
    return std::to_string(config.slidingWindow) + " tokens" + (config.slidingLayers.empty() ? "" : some);
}

/// "theta 500000, llama3 scaling by 8", with the layers that have no positions
std::string ropeText(const formats::ModelConfig& config)
{
    std::string text = "theta " + nlohmann::json(config.ropeTheta).dump();
    if (config.ropeScaling.kind == "table") {
        text += ", scaling by a table in the file";
    } else if (!config.ropeScaling.kind.empty()) {
        text += ", " + config.ropeScaling.kind + " scaling by " + nlohmann::json(config.ropeScaling.factor).dump();
    }
    const auto without = std::count(config.unrotatedLayers.begin(), config.unrotatedLayers.end(), true);
    return text + (without > 0 ? ", " + std::to_string(without) + " layers without positions" : "");
}

/// What kind of BPE the model's tokenizer is.
std::string tokenizerKind(const formats::ModelFiles& files)
{
    const auto tokenizer = tokenizer::Tokenizer::fromJson(files.tokenizerJson, files.tokenizerConfig);
    if (!tokenizer) {
        return "not supported: " + tokenizer.error().what;
    }
    return std::string(tokenizer.value()->kind()) + ", " + std::to_string(tokenizer.value()->vocabularySize()) + " tokens";
}

/// The types of the tensors, most entries first: "BF16", "Q4_1, F32".
std::string storedAs(const formats::ModelFiles& files)
{
    std::map<std::string, std::int64_t> entries;
    for (const formats::TensorView& tensor : files.tensors->tensors()) {
        entries[formats::dtypeName(tensor.dtype)] += tensor.count();
    }
    std::vector<std::pair<std::int64_t, std::string>> sorted;
    for (const auto& [name, count] : entries) {
        sorted.emplace_back(-count, name);
    }
    std::sort(sorted.begin(), sorted.end());
    std::string text;
    for (const auto& [count, name] : sorted) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

nlohmann::ordered_json describe(const formats::ModelConfig& config)
{
    const experiment::ModelShape& s = config.shape;
    std::int64_t linear = 0;
    for (const experiment::Projection p : experiment::kAllProjections) {
        const experiment::ProjectionShape shape = experiment::projectionShape(s, p);
        linear += shape.in * shape.out * s.layers;
    }
    return {{"family", config.family},
            {"name", config.name},
            {"layers", s.layers},
            {"hidden", s.hidden},
            {"heads", s.heads},
            {"kv_heads", s.kvHeads},
            {"head_size", s.headSize},
            {"feed_forward", s.feedForward},
            {"vocabulary", s.vocabulary},
            {"tied_embeddings", s.tiedEmbeddings},
            {"context", config.contextLength},
            {"sliding_window", windowText(config)},
            {"rope", ropeText(config)},
            {"linear_parameters", linear},
            {"parameters", linear + s.vocabulary * s.hidden * (s.tiedEmbeddings ? 1 : 2) + s.hidden * (2 * s.layers + 1)}};
}

Answer inspect(const Context& context, const std::string& model)
{
    const std::filesystem::path path = formats::resolveModel(context.home.root, model).value();
    const formats::ModelFiles files = formats::openModel(path).value();
    Answer answer;
    answer.json = describe(files.config);
    answer.json["path"] = path.string();
    answer.json["container"] = files.container;
    answer.json["fingerprint"] = formats::modelFingerprint(files);
    answer.json["tokenizer"] = tokenizerKind(files);
    answer.json["stored_as"] = storedAs(files);
    for (const auto& [key, value] : answer.json.items()) {
        answer.text += key + ": " + (value.is_string() ? value.get<std::string>() : value.dump()) + "\n";
    }
    return answer;
}

Answer list(const Context& context)
{
    Answer answer;
    answer.json["models"] = nlohmann::ordered_json::array();
    for (const formats::RegisteredModel& model : formats::registeredModels(context.home.root)) {
        answer.json["models"].push_back({{"name", model.name}, {"path", model.path.string()}, {"present", model.present}});
        answer.text += model.name + "  " + model.path.string() + (model.present ? "" : "  (not there)") + "\n";
    }
    return answer;
}

} // namespace

void addModelCommands(CLI::App& app, Context& context)
{
    struct Arguments {
        std::string path;
        std::string name;
    };
    const auto a = std::make_shared<Arguments>();
    CLI::App* model = app.add_subcommand("model", "Base models: add, list, inspect");
    model->require_subcommand(1);
    CLI::App* add = addCommand(*model, context, "add", "Register a GGUF file or Hugging Face folder under a name", [a, &context] {
        return guard([&] {
            const std::filesystem::path path = std::filesystem::absolute(a->path);
            const formats::ModelFiles files = formats::openModel(path).value(); // refuses what could not be used later
            const std::string name = a->name.empty() ? path.stem().string() : a->name;
            formats::registerModel(context.home.root, name, path).value();
            return Answer{{{"name", name}, {"path", path.string()}, {"family", files.config.family}}, "added " + name + "\n", 0};
        });
    });
    add->add_option("path", a->path, "GGUF file or Hugging Face folder")->required();
    add->add_option("--name", a->name, "Name to use; the file's name when left out");
    addCommand(*model, context, "list", "Registered models", [&context] { return guard([&] { return list(context); }); });
    CLI::App* show = addCommand(*model, context, "inspect", "What a model is: family, sizes, fingerprint",
                                [a, &context] { return guard([&] { return inspect(context, a->path); }); });
    show->add_option("model", a->path, "Registered name, GGUF file or Hugging Face folder")->required();
}

} // namespace lori::app
