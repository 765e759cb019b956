// SPDX-License-Identifier: Apache-2.0
#include "core/model/key_value_cache.h"

#include <ATen/Functions.h>

#include <utility>

namespace lori::model {

std::int64_t KeyValueCache::bytes() const
{
    std::int64_t total = 0;
    for (std::size_t layer = 0; layer < keys.size(); ++layer) {
        total += static_cast<std::int64_t>(keys[layer].nbytes() + values[layer].nbytes());
    }
    return total;
}

void KeyValueCache::keepRows(const std::vector<std::int64_t>& rows)
{
    if (rows.size() == lengths.size()) {
        return;
    }
    const at::Tensor index = at::tensor(rows, at::kLong).to(keys.front().device());
    for (std::size_t layer = 0; layer < keys.size(); ++layer) {
        keys[layer] = keys[layer].index_select(0, index);
        values[layer] = values[layer].index_select(0, index);
    }
    std::vector<std::int64_t> keptLengths;
    std::vector<std::vector<std::int32_t>> keptIds;
    for (const std::int64_t row : rows) {
        keptLengths.push_back(lengths[static_cast<std::size_t>(row)]);
        if (!ids.empty()) {
            keptIds.push_back(std::move(ids[static_cast<std::size_t>(row)]));
        }
    }
    lengths = std::move(keptLengths);
    ids = std::move(keptIds);
}

void KeyValueCache::truncate(std::int64_t length)
{
    lengths.front() = length;
    if (!ids.empty()) {
        ids.front().resize(static_cast<std::size_t>(length));
    }
}

void KeyValueCache::reserve(std::int64_t tokens)
{
    if (tokens <= capacity()) {
        return;
    }
    const auto grown = [&](const at::Tensor& old) {
        at::Tensor larger = at::empty({old.size(0), tokens, old.size(2)}, old.options());
        larger.narrow(1, 0, old.size(1)).copy_(old);
        return larger;
    };
    for (std::size_t layer = 0; layer < keys.size(); ++layer) {
        keys[layer] = grown(keys[layer]);
        values[layer] = grown(values[layer]);
    }
}

} // namespace lori::model
