// SPDX-License-Identifier: Apache-2.0
#pragma once

// What some families need beyond the fields of their row in families.cpp. Internal to this room.

#include "core/formats/model_config.h"

#include <string>

namespace lori::formats {

class Fields;
class GgufMetadata;

/// Granite 4's class holds dense models, experts and Mamba; throws Unsupported unless it is dense.
void checkGraniteHybrid(const Fields& fields);

// GgufForm::readOwn. Shape, rope and window size have been read. Throw BadFile and Unsupported.
void readGgufGemma2(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture);
void readGgufGemma3(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture);
void readGgufGranite(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture);
/// SmolLM3: its files carry no list; every fourth layer knows no positions.
void everyFourthUnrotated(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture);
/// For families of which some layers have a window that GGUF files do not describe.
void refuseGgufWindow(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture);

} // namespace lori::formats
