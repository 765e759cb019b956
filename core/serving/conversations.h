// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/key_value_cache.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <vector>

namespace lori::serving {

/// One row that was read: its tokens and their keys and values, equally many.
struct ReadRow {
    std::vector<std::int32_t> ids;
    model::KeyValueCache cache;
};

/// Caches of conversations, one for each weights a conversation was read with. The least recently used leaves first. Internal to
/// this room.
class Conversations final {
public:
    Conversations(std::size_t most, std::int64_t bytes) : m_most(most), m_limit(bytes) {}

    /// Hands the row over, so that work which fails half-way leaves nothing wrong behind; nothing when there is none.
    [[nodiscard]] std::optional<ReadRow> take(const std::string& conversation, const std::string& weightsHash);
    void put(const std::string& conversation, const std::string& weightsHash, ReadRow row);
    void forget(const std::string& conversation);
    [[nodiscard]] std::size_t count() const { return m_kept.size(); }
    [[nodiscard]] std::int64_t bytes() const;

private:
    struct Kept {
        std::string conversation, weightsHash;
        ReadRow row;
    };
    std::size_t m_most;
    std::int64_t m_limit;
    std::list<Kept> m_kept; ///< the one used last first
};

} // namespace lori::serving
