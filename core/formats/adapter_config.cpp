// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_config.h"

#include "core/formats/adapter_keys.h"
#include "core/support/files.h"

namespace lori::formats {

AdapterConfigFile readAdapterConfig(AdapterFiles& adapter)
{
    const std::filesystem::path file = adapter.folder / "adapter_config.json";
    if (!std::filesystem::exists(file)) {
        throw Exception(ErrorCode::NotFound, "there is no adapter here (adapter_config.json is missing)",
                        "choose an adapter's folder", adapter.folder.string());
    }
    const std::string text = readTextFile(file).value();
    const nlohmann::json object = parseObject(text, file.string());
    const Fields fields(object, file.string());
    adapter.kind = checkedKind(fields);
    checkKeys(object, fields);
    adapter.baseModel = fields.textOr("base_model_name_or_path", "");
    AdapterConfigFile config{AdapterTargets(fields, text), {}};
    if (adapter.kind == AdapterKind::Ia3) {
        config.feedForward = NameSet(fields, "feedforward_modules");
        return config;
    }
    adapter.rank = fields.integerOr("r", 1, kMaxRank, 8); // PEFT's defaults
    adapter.alpha = fields.numberOr("lora_alpha", 1e-9, kMaxAlpha, 8);
    adapter.useRslora = fields.flagOr("use_rslora", false);
    return config;
}

} // namespace lori::formats
