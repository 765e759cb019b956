// SPDX-License-Identifier: Apache-2.0
#include "core/serving/folded_shelf.h"

#include <algorithm>
#include <utility>

namespace lori::serving {

std::int64_t FoldedShelf::bytes() const
{
    std::int64_t total = m_spare.bytes();
    for (const auto& set : m_sets) {
        total += set->bytes();
    }
    return total;
}

void FoldedShelf::prepare(ServedMix& mix, const std::stop_token& stop)
{
    mix.prepareMethod();
    const std::int64_t needed = mix.foldedBytes();
    if (needed == 0) {
        return;
    }
    const auto found = std::find_if(m_sets.begin(), m_sets.end(), [&](const auto& set) { return set->key == mix.key(); });
    if (found != m_sets.end()) {
        m_sets.splice(m_sets.begin(), m_sets, found);
        mix.useFolded(m_sets.front());
        return;
    }
    FoldedWeights scratch = std::exchange(m_spare, {});
    while (!m_sets.empty() && bytes() + needed > m_limit) {
        // The memory of the set that leaves is used again: new memory costs more than the sums that go into it.
        if (m_sets.back().use_count() == 1) {
            scratch = *m_sets.back();
        }
        m_sets.pop_back();
    }
    m_sets.push_front(mix.fold(std::move(scratch), stop));
    mix.useFolded(m_sets.front());
}

void FoldedShelf::forget(const std::string& contentHash)
{
    for (auto set = m_sets.begin(); set != m_sets.end();) {
        if ((*set)->key.find(contentHash) == std::string::npos) {
            ++set;
            continue;
        }
        if (m_spare.w_OI.empty() && set->use_count() == 1) {
            m_spare = **set;
        }
        set = m_sets.erase(set);
    }
}

} // namespace lori::serving
