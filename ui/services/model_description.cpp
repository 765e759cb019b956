// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/model_description.h"

#include "core/formats/model_files.h"
#include "core/tokenizer/tokenizer.h"
#include "ui/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <vector>

namespace lori::ui {
namespace {

class ModelDescriptionWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::ModelDescriptionWords)
};

std::string typesOf(const std::map<std::string, std::int64_t>& entries)
{
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

} // namespace

Result<ModelDescription> describeModel(const std::filesystem::path& path)
{
    return guard([&] {
        const formats::ModelFiles files = formats::openModel(path).value();
        ModelDescription model;
        model.config = files.config;
        model.container = files.container;
        std::map<std::string, std::int64_t> entries;
        for (const formats::TensorView& tensor : files.tensors->tensors()) {
            entries[formats::dtypeName(tensor.dtype)] += tensor.count();
            model.parameters += tensor.count();
            model.bytes += static_cast<std::int64_t>(tensor.bytes.size());
        }
        model.storedAs = typesOf(entries);
        const auto tokenizer = tokenizer::Tokenizer::fromJson(files.tokenizerJson, files.tokenizerConfig).value();
        model.tokenizer = tokenizer->kind();
        model.tokens = tokenizer->vocabularySize();
        const auto chat = files.tokenizerConfig.find("chat_template");
        model.hasChatTemplate = chat != files.tokenizerConfig.end() && !chat->is_null() && !chat->empty();
        model.fingerprint = formats::modelFingerprint(files);
        return model;
    });
}

std::filesystem::path modelPathOf(const std::filesystem::path& chosen)
{
    const std::string ending = chosen.extension().string();
    std::error_code ignored; // what is not there is said when it is opened
    const bool isPart = ending == ".json" || ending == ".safetensors";
    return isPart && std::filesystem::is_regular_file(chosen, ignored) ? chosen.parent_path() : chosen;
}

QString modelInBrief(const ModelDescription& model)
{
    return ModelDescriptionWords::tr("%1, %2 parameters, %3", "family, how many, size")
        .arg(QString::fromStdString(model.config.family), Text::count(static_cast<double>(model.parameters)),
             Text::bytes(static_cast<double>(model.bytes)));
}

} // namespace lori::ui
