// SPDX-License-Identifier: Apache-2.0
#pragma once

// Between tensors and PEFT folders. Internal to this room; everything here throws.

#include "core/adapters/site_index.h"
#include "core/formats/adapter_files.h"

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <string>
#include <vector>

namespace lori::adapters {

/// Opens an adapter's folder and checks that it fits the base: fingerprint, modules, shapes, and tensors of the base saved
/// along. Throws Exception: those of formats::openAnyAdapter, Mismatch in one sentence.
[[nodiscard]] formats::AdapterFiles openFitting(const model::BaseModel& base, const std::filesystem::path& folder);
/// The same for one kind; Mismatch for another.
[[nodiscard]] formats::AdapterFiles openFor(const model::BaseModel& base, const std::filesystem::path& folder,
                                            formats::AdapterKind kind);

/// How the base's class in transformers calls and cuts its layers.
[[nodiscard]] formats::AdapterPlace placeOf(const model::BaseModel& base);

/// A stored tensor as f32 on the base model's device.
[[nodiscard]] at::Tensor readTensor(const formats::TensorView& view, const model::BaseModel& base);

/// Collects tensors for writeAdapter and keeps their CPU copies alive until it is done.
class TensorList final {
public:
    void add(std::string name, const at::Tensor& tensor);
    [[nodiscard]] std::vector<formats::TensorToWrite> toWrite() const;

private:
    std::vector<std::pair<std::string, at::Tensor>> m_tensors;
};

} // namespace lori::adapters
