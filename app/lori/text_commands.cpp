// SPDX-License-Identifier: Apache-2.0
// lori generate, lori tokens, lori logits.
#include "app/lori/chat_options.h"
#include "app/lori/model_options.h"
#include "app/lori/progress_line.h"
#include "app/lori/string_list.h"
#include "core/generation/generator.h"

#include <ATen/Functions.h>

#include <span>

namespace lori::app {

namespace {

struct GenerateArguments {
    ModelOptions model;
    std::string promptFile;
    std::string prompt;
    bool greedy = false;
    bool chat = false;
    ChatOptions chatOptions;
    generation::GenerateOptions options;
};

Answer generateAnswer(const Context& context, GenerateArguments a)
{
    std::vector<std::string> prompts = a.promptFile.empty() ? std::vector<std::string>{a.prompt} : readStrings(a.promptFile);
    const OpenedModel opened = openModel(context, a.model).value();
    opened.prepareAnswers();
    std::vector<std::vector<std::int32_t>> ids;
    ids.reserve(prompts.size());
    const auto chat = chat::ChatForm::fromConfig(opened.base->files().tokenizerConfig);
    const chat::RenderOptions rendering = a.chatOptions.rendering();
    for (const std::string& prompt : prompts) {
        ids.push_back(opened.tokenizer->encode(a.chat ? chat.prompt(prompt, rendering).value() : prompt));
    }
    if (a.greedy) {
        a.options.temperature = 0;
    }
    a.options.stopIds = opened.base->config().eosIds;
    ProgressLine line;
    const auto generated = generation::generate(*opened.decoder, ids, a.options, [&](std::int64_t done, std::int64_t total) {
                               line.show("generating", done, total, -1);
                               return true;
                           }).value();
    line.clear();
    Answer answer;
    answer.json["results"] = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        const std::string text = opened.tokenizer->decode(generated[i].ids, tokenizer::SpecialTokens::Skip);
        answer.json["results"].push_back(
            {{"prompt", prompts[i]}, {"text", text}, {"ids", generated[i].ids}, {"ended", generated[i].ended}});
        answer.text += (prompts.size() > 1 ? "--- " + std::to_string(i + 1) + "\n" : "") + text + "\n";
    }
    return answer;
}

void addGenerate(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<GenerateArguments>();
    a->options.temperature = 0.7;
    a->options.topP = 0.9;
    CLI::App* command = addCommand(app, context, "generate", "Continue prompts with a model and, if named, an adapter",
                                   [a, &context] { return guard([&] { return generateAnswer(context, *a); }); });
    a->model.addTo(*command, true);
    auto* file = command->add_option("--prompt-file", a->promptFile, "JSON list of prompts, used as they are");
    auto* text = command->add_option("--prompt", a->prompt, "One prompt")->excludes(file);
    file->excludes(text);
    command->add_flag("--chat", a->chat, "Put each prompt into the model's chat template first");
    a->chatOptions.addTo(*command);
    command->add_option("--max-new", a->options.maxNewTokens, "New tokens at most")
        ->check(CLI::Range(1, 1 << 20))
        ->capture_default_str();
    command->add_flag("--greedy", a->greedy, "Always take the likeliest token");
    command->add_option("--temperature", a->options.temperature, "Above 0")->check(CLI::Range(0.0, 100.0))->capture_default_str();
    command->add_option("--top-p", a->options.topP, "Nucleus, above 0 to 1")->check(CLI::Range(1e-9, 1.0))->capture_default_str();
    command->add_option("--top-k", a->options.topK, "0 = off")->check(CLI::NonNegativeNumber)->capture_default_str();
    command->add_option("--seed", a->options.seed, "For sampling")->capture_default_str();
    command->add_option("--batch", a->options.batchRows, "Prompts at a time")->check(CLI::Range(1, 4096))->capture_default_str();
}

struct TokensArguments {
    std::string model = "smollm2-135m-instruct";
    std::string file;
    std::string messages;
    bool noGenerationPrompt = false;
    ChatOptions chatOptions;
};

Answer tokensAnswer(const Context& context, const TokensArguments& a)
{
    if (a.file.empty() == a.messages.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of --file and --messages is needed",
                        "name a file of strings or of conversations");
    }
    const std::vector<std::string> strings = a.file.empty() ? std::vector<std::string>() : readStrings(a.file);
    const std::vector<nlohmann::ordered_json> conversations =
        a.messages.empty() ? std::vector<nlohmann::ordered_json>() : readConversations(a.messages);
    const formats::ModelFiles files = formats::openModel(formats::resolveModel(context.home.root, a.model).value()).value();
    const auto tokenizer = tokenizer::Tokenizer::fromJson(files.tokenizerJson, files.tokenizerConfig).value();
    Answer answer;
    answer.json["results"] = nlohmann::ordered_json::array();
    const auto add = [&](const std::vector<std::int32_t>& ids, const std::string& text) {
        answer.json["results"].push_back({{"ids", ids}, {"text", text}});
        for (const std::int32_t id : ids) {
            answer.text += std::to_string(id) + " ";
        }
        answer.text += "\n";
    };
    for (const std::string& text : strings) {
        const std::vector<std::int32_t> ids = tokenizer->encode(text);
        add(ids, tokenizer->decode(ids, tokenizer::SpecialTokens::Keep));
    }
    const auto chat = chat::ChatForm::fromConfig(files.tokenizerConfig);
    chat::RenderOptions rendering = a.chatOptions.rendering();
    rendering.addGenerationPrompt = !a.noGenerationPrompt;
    for (const nlohmann::ordered_json& conversation : conversations) {
        const std::string text = chat.renderJson(conversation, rendering).value().text;
        answer.text += text + "\n";
        add(tokenizer->encode(text), text);
    }
    return answer;
}

void addTokens(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<TokensArguments>();
    CLI::App* command = addCommand(app, context, "tokens", "Token ids of strings, or of conversations as the model sees them",
                                   [a, &context] { return guard([&] { return tokensAnswer(context, *a); }); });
    command->add_option("--model", a->model, "Registered name, GGUF file or Hugging Face folder")->capture_default_str();
    command->add_option("--file", a->file, "JSON list of strings");
    command->add_option(
        "--messages", a->messages,
        R"(JSON list of conversations, each a list of {"role", "content"}: rendered by the model's chat template)");
    command->add_flag("--no-generation-prompt", a->noGenerationPrompt, "Do not end with what makes the model answer");
    a->chatOptions.addTo(*command);
}

struct LogitsArguments {
    ModelOptions model;
    std::vector<std::int64_t> ids;
    std::string out;
};

Answer logitsAnswer(const Context& context, const LogitsArguments& a)
{
    const OpenedModel opened = openModel(context, a.model, GemmChoice::MostAccurate).value();
    const std::int64_t vocabulary = opened.base->config().shape.vocabulary;
    std::vector<std::int32_t> row;
    for (const std::int64_t id : a.ids) {
        if (id < 0 || id >= vocabulary) {
            throw Exception(ErrorCode::InvalidArgument,
                            "the id " + std::to_string(id) + " is outside the vocabulary of " + std::to_string(vocabulary),
                            "use ids from lori tokens", "--ids");
        }
        row.push_back(static_cast<std::int32_t>(id));
    }
    const at::Tensor x_TD = opened.decoder->forward(model::packRows({row}, opened.base->device()), nullptr);
    const at::Tensor logits_TV = opened.decoder->logits(x_TD).to(at::kCPU, at::kFloat).contiguous();
    Answer answer;
    if (!a.out.empty()) {
        const std::span values(logits_TV.const_data_ptr<float>(), static_cast<std::size_t>(logits_TV.numel()));
        formats::writeSafetensors(a.out, {{"logits", formats::DType::F32, logits_TV.sizes().vec(), std::as_bytes(values)}}, {})
            .value();
    }
    answer.json["positions"] = nlohmann::ordered_json::array();
    for (std::int64_t t = 0; t < logits_TV.size(0); ++t) {
        const auto best = logits_TV[t].argmax().item<std::int64_t>();
        answer.json["positions"].push_back(
            {{"id", row[static_cast<std::size_t>(t)]},
             {"likeliest", best},
             {"text", opened.tokenizer->decode({static_cast<std::int32_t>(best)}, tokenizer::SpecialTokens::Keep)},
             {"logit", logits_TV[t][best].item<double>()}});
        answer.text += std::to_string(row[static_cast<std::size_t>(t)]) + " → " + std::to_string(best) + "\n";
    }
    return answer;
}

void addLogits(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<LogitsArguments>();
    CLI::App* command = addCommand(app, context, "logits", "Logits of every position of one row of ids",
                                   [a, &context] { return guard([&] { return logitsAnswer(context, *a); }); });
    a->model.addTo(*command, true);
    command->add_option("--ids", a->ids, "Token ids, comma separated")
        ->delimiter(',')
        ->required()
        ->check([](const std::string& id) {
            return id.empty() ? std::string("an id is missing: write numbers, comma separated") : "";
        });
    command->add_option("--out", a->out, "Write the tensor 'logits' [T, V] to this safetensors file");
}

} // namespace

void addTextCommands(CLI::App& app, Context& context)
{
    addGenerate(app, context);
    addTokens(app, context);
    addLogits(app, context);
}

} // namespace lori::app
