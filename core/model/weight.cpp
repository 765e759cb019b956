// SPDX-License-Identifier: Apache-2.0
#include "core/model/weight.h"

#include "core/support/result.h"

#include <ATen/Functions.h>

#include <mutex>
#include <optional>

namespace lori::model {

struct Weight::KeptTiles {
    std::once_flag once[2];
    std::optional<ops::Bf16Columns> columns[2]; ///< forward, backward
};

ops::MatrixView viewOf(const at::Tensor& t)
{
    return {t.const_data_ptr(), t.stride(0), t.stride(1), t.scalar_type() == at::kBFloat16};
}

Weight Weight::keepingTiles() const
{
    Weight kept(*this);
    kept.m_tiles = std::make_shared<KeptTiles>();
    return kept;
}

const ops::Bf16Columns* Weight::forwardTiles() const
{
    if (!m_tiles) {
        return nullptr;
    }
    std::call_once(m_tiles->once[0], [&] { m_tiles->columns[0].emplace(viewOf(m_data.t()), m_data.size(1), m_data.size(0)); });
    return &*m_tiles->columns[0];
}

const ops::Bf16Columns* Weight::backwardTiles() const
{
    if (!m_tiles) {
        return nullptr;
    }
    std::call_once(m_tiles->once[1], [&] { m_tiles->columns[1].emplace(viewOf(m_data), m_data.size(0), m_data.size(1)); });
    return &*m_tiles->columns[1];
}

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
    other.m_tiles.reset();
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
