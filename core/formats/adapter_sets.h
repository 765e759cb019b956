// SPDX-License-Identifier: Apache-2.0
#pragma once

// Several adapters side by side: what merging and comparing both ask of them.

#include "core/formats/adapter_files.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::formats {

/// One module that at least one of several adapters has.
struct SharedModule {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    std::vector<const AdapterModule*> parts; ///< by adapter; nullptr where one lacks the module
};
/// By layer, then projection. The parts point into `adapters`.
[[nodiscard]] std::vector<SharedModule> modulesByPlace(const std::vector<AdapterFiles>& adapters);

/// Throws Mismatch when two adapters say that they were trained on different base models; `hint` says what to do. One that was
/// made elsewhere says nothing: only its shapes can be compared.
void checkOneBase(const std::vector<AdapterFiles>& adapters, const std::string& hint);

} // namespace lori::formats
