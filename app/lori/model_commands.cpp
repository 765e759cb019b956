// SPDX-License-Identifier: Apache-2.0
// lori model add | list | inspect.
#include "app/lori/command.h"
#include "core/formats/model_files.h"

namespace lori::app {

namespace {

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
    answer.json["tokenizer"] = !files.tokenizerJson.is_null();
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
