// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/serving/served_mix.h"

#include <cstdint>
#include <list>
#include <memory>
#include <stop_token>
#include <string>

namespace lori::serving {

/// Folded weights of the mixes used last, so that going back to one costs nothing. Internal to this room.
class FoldedShelf final {
public:
    /// `bytes`: how much may lie here; the set in use stays whatever its size.
    explicit FoldedShelf(std::int64_t bytes) : m_limit(bytes) {}

    /// Gives the mix its folded weights, made now when they are not here: one pass over the adapted W. Does nothing for a mix
    /// that is not worth folding. Throws Stopped; what was folded until then is lost.
    void prepare(ServedMix& mix, const std::stop_token& stop);
    /// Forgets what an adapter which is gone has a part in; the memory of one set stays for the next mix.
    void forget(const std::string& contentHash);
    [[nodiscard]] std::int64_t bytes() const; ///< of all sets and the spare memory

private:
    std::int64_t m_limit;
    std::list<std::shared_ptr<const FoldedWeights>> m_sets; ///< the one used last first
    FoldedWeights m_spare;                                  ///< memory without meaning
};

} // namespace lori::serving
