// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/support/home.h"

#include <string>

namespace lori::workers {

/// Any adapter, or only those that are W + scaling · B · A (Unsupported names the others).
enum class WantedAdapter : std::uint8_t { Any, LowRank };

/// An adapter for a command that needs no base model. Some cannot be read without: GGUF files that do not say how rows are
/// ordered, and adapters of other programs on layers that the model fuses. Then `model` (a registered name or a path, "" when
/// none was named) is looked at. Errors: those of formats::openAnyAdapter and of the model.
[[nodiscard]] Result<formats::AdapterFiles> openAdapterFiles(const Home& home, const std::string& path, const std::string& model,
                                                             WantedAdapter wanted);

} // namespace lori::workers
