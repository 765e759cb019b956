// SPDX-License-Identifier: Apache-2.0
#include "core/model/weight.h"

#include "core/support/result.h"

#include <ATen/Functions.h>

namespace lori::model {

Weight::Weight(formats::DType type, std::int64_t in, at::Tensor bytes) : m_data(std::move(bytes)), m_type(type), m_in(in) {}

const at::Tensor& Weight::dense() const
{
    if (isBlocks()) {
        throw Exception(ErrorCode::Unsupported, "this needs weights of f32, bf16 or f16, and they are held as the file's blocks",
                        "choose f32 weights");
    }
    return m_data;
}

ops::BlockMatrix Weight::blocks() const
{
    return {m_type, m_data.size(0), m_in, m_data.size(1), static_cast<const std::byte*>(m_data.const_data_ptr())};
}

Weight Weight::withRows(at::Tensor held) const
{
    Weight other(*this);
    other.m_data = std::move(held);
    return other;
}

at::Tensor Weight::asFloat() const
{
    return defined() ? wideRows(0, m_data.size(0)) : at::Tensor();
}

at::Tensor Weight::wideRows(std::int64_t first, std::int64_t count) const
{
    if (!isBlocks()) {
        return m_data.narrow(0, first, count).to(at::kFloat);
    }
    at::Tensor wide = at::empty({count, m_in}, at::kFloat);
    ops::widenRows(blocks(), first, count, wide.mutable_data_ptr<float>());
    return wide;
}

at::Tensor Weight::lookUp(const at::Tensor& ids_N) const
{
    if (!isBlocks()) {
        return m_data.index_select(0, ids_N).to(at::kFloat);
    }
    const Weight chosen(m_type, m_in, m_data.index_select(0, ids_N));
    return chosen.asFloat();
}

} // namespace lori::model
