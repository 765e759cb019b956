// SPDX-License-Identifier: Apache-2.0
#include "core/formats/family_defaults.h"

namespace lori::formats {

nlohmann::json innerGemma3()
{
    return {
        {"vocab_size", 262208},     {"hidden_size", 2304},      {"intermediate_size", 9216}, {"num_hidden_layers", 26},
        {"num_attention_heads", 8}, {"num_key_value_heads", 4}, {"head_dim", 256},           {"max_position_embeddings", 131072},
        {"sliding_window", 4096},   {"rms_norm_eps", 1e-6}};
}

nlohmann::json innerMistral()
{
    return {{"vocab_size", 131072},
            {"hidden_size", 5120},
            {"intermediate_size", 32768},
            {"num_hidden_layers", 40},
            {"num_attention_heads", 32},
            {"num_key_value_heads", 8},
            {"head_dim", 128},
            {"max_position_embeddings", 131072},
            {"rms_norm_eps", 1e-5},
            {"rope_theta", 1e9},
            {"sliding_window", nullptr}};
}

nlohmann::json innerMinistral3()
{
    return {{"vocab_size", 131072},
            {"hidden_size", 4096},
            {"intermediate_size", 14336},
            {"num_hidden_layers", 34},
            {"num_attention_heads", 32},
            {"num_key_value_heads", 8},
            {"head_dim", 128},
            {"max_position_embeddings", 262144},
            {"rms_norm_eps", 1e-5}};
}

nlohmann::json ropeOfMinistral3()
{
    return {{"rope_type", "yarn"},
            {"rope_theta", 1e6},
            {"factor", 16.0},
            {"original_max_position_embeddings", 16384},
            {"mscale_all_dim", 1.0},
            {"mscale", 1.0},
            {"llama_4_scaling_beta", 0.1}};
}

} // namespace lori::formats
