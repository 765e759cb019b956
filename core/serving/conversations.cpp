// SPDX-License-Identifier: Apache-2.0
#include "core/serving/conversations.h"

#include <algorithm>
#include <utility>

namespace lori::serving {

std::int64_t Conversations::bytes() const
{
    std::int64_t total = 0;
    for (const Kept& kept : m_kept) {
        total += kept.row.cache.bytes();
    }
    return total;
}

std::optional<ReadRow> Conversations::take(const std::string& conversation, const std::string& weightsHash)
{
    const auto found = std::find_if(m_kept.begin(), m_kept.end(), [&](const Kept& kept) {
        return kept.conversation == conversation && kept.weightsHash == weightsHash;
    });
    if (found == m_kept.end()) {
        return std::nullopt;
    }
    std::optional<ReadRow> row(std::move(found->row));
    m_kept.erase(found);
    return row;
}

void Conversations::put(const std::string& conversation, const std::string& weightsHash, ReadRow row)
{
    static_cast<void>(take(conversation, weightsHash));
    m_kept.push_front({conversation, weightsHash, std::move(row)});
    while (!m_kept.empty() && (m_kept.size() > m_most || bytes() > m_limit)) {
        m_kept.pop_back();
    }
}

void Conversations::forget(const std::string& conversation)
{
    m_kept.remove_if([&](const Kept& kept) { return kept.conversation == conversation; });
}

} // namespace lori::serving
