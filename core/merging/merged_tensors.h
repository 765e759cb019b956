// SPDX-License-Identifier: Apache-2.0
#pragma once

// The merged model's tensors, for whoever writes them. Internal to this room.

#include "core/formats/adapter_files.h"
#include "core/formats/model_files.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace lori::merging {

/// Makes the tensors of a base model with an adapter in its weights one after the other, in f32 and in Hugging Face's order of
/// rows. Model and adapter must outlive it.
class MergedTensors final {
public:
    MergedTensors(const formats::ModelFiles& model, const formats::AdapterFiles& adapter);
    ~MergedTensors();
    MergedTensors(const MergedTensors&) = delete;
    MergedTensors& operator=(const MergedTensors&) = delete;
    /// Hands the tensor's f32 values over in pieces. Throws NonFinite.
    void make(const formats::TensorView& view, const ByteSink& sink) const;

private:
    class Maker;
    std::unique_ptr<Maker> m_maker;
};

/// The base model's tensors that belong into an export: a tied model's needless copy of its head is left out.
[[nodiscard]] std::vector<const formats::TensorView*> writtenTensors(const formats::ModelFiles& model);

/// Throws Mismatch (the adapter is of another base), DiskFull, InvalidArgument (`place` is what it is made of).
void checkExport(const formats::ModelFiles& model, const formats::AdapterFiles& adapter, const std::filesystem::path& place,
                 std::uint64_t bytes);

} // namespace lori::merging
