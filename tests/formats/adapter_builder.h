// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/formats/file_builders.h"

#include <algorithm>
#include <cstdint>

namespace lori::test {

/// An adapter on two projections of two layers, rank 2, hidden 32, feed-forward 64, whose configuration and tensors may be
/// changed.
struct AdapterBuilder {
    TestFolder folder;
    nlohmann::json config;
    std::vector<std::string> names;
    std::vector<std::vector<std::int64_t>> shapes;
    std::vector<std::vector<float>> values;

    AdapterBuilder()
    {
        config = nlohmann::json::parse(R"({"peft_type":"LORA","task_type":"CAUSAL_LM","base_model_name_or_path":"base","r":2,
                                 "lora_alpha":4,"target_modules":["q_proj","down_proj"]})");
        for (const int layer : {0, 1}) {
            for (const experiment::Projection p : {experiment::Projection::Q, experiment::Projection::Down}) {
                add(formats::peftKey(layer, p, 'A'), {2, p == experiment::Projection::Q ? 32 : 64});
                add(formats::peftKey(layer, p, 'B'), {32, 2});
            }
        }
    }
    void add(const std::string& name, const std::vector<std::int64_t>& shape)
    {
        std::int64_t count = 1;
        for (const std::int64_t extent : shape) {
            count *= extent;
        }
        names.push_back(name);
        shapes.push_back(shape);
        values.emplace_back(static_cast<std::size_t>(count), 0.5F);
    }
    [[nodiscard]] std::vector<formats::TensorToWrite> tensors(std::size_t from = 0, std::size_t to = SIZE_MAX) const
    {
        std::vector<formats::TensorToWrite> list;
        for (std::size_t i = from; i < std::min(to, names.size()); ++i) {
            list.push_back({names[i], formats::DType::F32, shapes[i], std::as_bytes(std::span(values[i]))});
        }
        return list;
    }
    std::filesystem::path write(const std::string& place = "adapter") const
    {
        folder.write(place + "/adapter_config.json", config.dump());
        formats::writeSafetensors(folder.path() / place / "adapter_model.safetensors", tensors(), {}).value();
        return folder.path() / place;
    }
    [[nodiscard]] Result<formats::AdapterFiles> open() const { return formats::openAnyAdapter(write()); }
};

/// Every field that LoraConfig of PEFT 0.21.2 writes, with its default; null where it may be.
inline nlohmann::json everyField()
{
    return nlohmann::json::parse(R"({"alora_invocation_tokens":null,"alpha_pattern":{},"arrow_config":null,"auto_mapping":null,
        "base_model_name_or_path":null,"bias":"none","corda_config":null,"ensure_weight_tying":false,"eva_config":null,
        "exclude_modules":null,"fan_in_fan_out":false,"inference_mode":true,"init_lora_weights":true,"kasa_config":null,
        "layer_replication":null,"layers_pattern":null,"layers_to_transform":null,"loftq_config":{},"lora_alpha":4,
        "lora_bias":false,"lora_dropout":0.0,"lora_ga_config":null,"megatron_config":null,"megatron_core":"megatron.core",
        "modules_to_save":null,"monteclora_config":null,"peft_type":"LORA","peft_version":"0.21.2","qalora_group_size":16,"r":2,
        "rank_pattern":{},"revision":null,"target_modules":["q_proj","down_proj"],"target_parameters":null,
        "task_type":"CAUSAL_LM","trainable_token_indices":null,"use_bdlora":null,"use_dora":false,"use_qalora":false,
        "use_rslora":false,"velora_config":null})");
}

} // namespace lori::test
