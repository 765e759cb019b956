// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/adapter_folder.h"

#include "core/formats/messages.h"
#include "core/support/error.h"

#include <ATen/Functions.h>

namespace lori::adapters {

namespace {

const char* nameOf(formats::AdapterKind kind)
{
    switch (kind) {
    case formats::AdapterKind::LowRank:
        return "LoRA or LoRI";
    case formats::AdapterKind::Dora:
        return "DoRA";
    case formats::AdapterKind::Ia3:
        return "IA3";
    case formats::AdapterKind::Weights:
        break;
    }
    return "full fine-tuning";
}

void checkFits(const formats::AdapterFiles& files, const model::BaseModel& base, const std::filesystem::path& folder)
{
    if (files.record && !files.record->baseFingerprint.empty() && files.record->baseFingerprint != base.fingerprint()) {
        throw Exception(ErrorCode::Mismatch, formats::messages::kOtherBase, {files.baseModel}, folder.string());
    }
    formats::checkAdapterFits(files, base.config().shape).value();
    formats::checkSavedTensors(files, base.files()).value();
}

} // namespace

formats::AdapterFiles openFitting(const model::BaseModel& base, const std::filesystem::path& folder)
{
    formats::AdapterFiles files = formats::openAnyAdapter(folder, &base.config().shape).value();
    checkFits(files, base, folder);
    return files;
}

formats::AdapterFiles openFor(const model::BaseModel& base, const std::filesystem::path& folder, formats::AdapterKind kind)
{
    formats::AdapterFiles files = formats::openAnyAdapter(folder, &base.config().shape).value();
    if (files.kind != kind) {
        throw Exception(ErrorCode::Mismatch,
                        std::string("this is a ") + nameOf(files.kind) + " adapter, but a " + nameOf(kind) + " adapter is needed",
                        "choose another adapter", folder.string());
    }
    checkFits(files, base, folder);
    return files;
}

formats::AdapterPlace placeOf(const model::BaseModel& base)
{
    return formats::adapterPlace(base.config().family, base.files().modulePrefix, base.config().shape);
}

at::Tensor readTensor(const formats::TensorView& view, const model::BaseModel& base)
{
    at::Tensor tensor = at::empty(view.shape, at::kFloat);
    formats::toFloat(view, {tensor.mutable_data_ptr<float>(), static_cast<std::size_t>(tensor.numel())}).value();
    return tensor.to(base.device());
}

void TensorList::add(std::string name, const at::Tensor& tensor)
{
    m_tensors.emplace_back(std::move(name), tensor.to(at::kCPU).contiguous());
}

std::vector<formats::TensorToWrite> TensorList::toWrite() const
{
    std::vector<formats::TensorToWrite> list;
    for (const auto& [name, tensor] : m_tensors) {
        list.push_back({name, formats::DType::F32, tensor.sizes().vec(),
                        std::as_bytes(std::span(tensor.const_data_ptr<float>(), static_cast<std::size_t>(tensor.numel())))});
    }
    return list;
}

} // namespace lori::adapters
